"""A policy file -> a policy: shape, readings laid out, every name checked; all faults collected."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Mapping as Items
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from policyengine.diagnostics import Diagnostic, diagnostic, has_errors, nearest
from policyengine.errors import PolicyError
from policyengine.loading import library
from policyengine.loading.calendar import read_calendar
from policyengine.loading.citations import citation_faults
from policyengine.loading.header import header_faults, salvaged_header, word_faults
from policyengine.loading.names import Scope, repeated, unknown_zone
from policyengine.loading.omissions import omissions
from policyengine.loading.order import order_faults
from policyengine.loading.places import declared, reach, start, walk
from policyengine.loading.provisions import common_faults, provision_faults
from policyengine.loading.shape import as_json, misplaced, told, validate
from policyengine.loading.tables import SUBJECTS, meeting_faults, table_faults
from policyengine.loading.variants import (
    admitted,
    choices,
    combinations,
    holding,
    reading_faults,
    readings_met,
    resolved,
    without_under,
)
from policyengine.loading.vocabulary import Words, read_words
from policyengine.loading.yaml_nodes import Document, Mapping, Node, Scalar, Sequence, Source, parse, read_source
from policyengine.model.base import IDENTIFIER, Title
from policyengine.model.deadline import Counting
from policyengine.model.policy import Header, Policy, Variants
from policyengine.model.provision import DecisionTable, Gap, Provision
from policyengine.model.vocabulary import Vocabulary
from policyengine.temporal.zone import UnknownZoneError, Zone
from policyengine.wording import Wording

if TYPE_CHECKING:
    from policyengine.temporal.calendar import Calendar

Part = TypeVar("Part", Provision, Gap, DecisionTable, Counting)
Check = Callable[[Scope, Part], Iterator[Diagnostic]]

_NO_WORDS = Vocabulary(vocabulary="stub", title=Title(zh="-", en="-"))

_IDENTIFIER = re.compile(IDENTIFIER)

SECTIONS = ("tables", "provisions", "gaps", "counting")
"""The parts of a file in which readings may stand; the rest is its header."""


def load_policy(name: str | Path) -> Policy:
    """Return the policy of a packaged id (or unique prefix of one), or of a file.

    Raises:
        PolicyError: holds every fault of the file, its vocabulary and its calendar.
    """
    policy, faults = read_policy(name)
    if policy is None:
        raise PolicyError(faults)
    return policy


def read_policy(name: str | Path) -> tuple[Policy | None, tuple[Diagnostic, ...]]:
    """Return the policy, or ``None`` when it has errors, and everything that is wrong with it, warnings included."""
    path, faults = _locate(name)
    if path is None:
        return None, faults
    source, faults = read_source(path)
    return (None, faults) if source is None else read_policy_text(source, beside=path.parent)


def read_policy_text(source: Source, beside: Path | None = None) -> tuple[Policy | None, tuple[Diagnostic, ...]]:
    """Return the policy in a text; vocabularies and calendars are looked for *beside* it, then among the packaged."""
    document = parse(source)
    if document.root is None:
        return None, document.diagnostics
    other = misplaced(document, "policy")
    if other is not None:
        return None, told(document, [other])
    assembly = _Assembly(document, document.root)
    policy = assembly.policy(beside)
    faults = told(document, assembly.faults)
    return (None if has_errors(faults) else policy), faults


def _locate(name: str | Path) -> tuple[Path | None, tuple[Diagnostic, ...]]:
    path = Path(name)
    if isinstance(name, Path) or len(path.parts) > 1 or path.suffix or library.is_file(path):
        return path, ()
    known = library.packaged_policies()
    found = [each for each in known if each.startswith(name)] if name else []
    if name in known or len(found) == 1:
        return known.get(name) or known[found[0]], ()
    if found:
        return None, (diagnostic("PE216", name=name, known=_whole(found)),)
    return None, (diagnostic("PE213", name=name, known=_whole(known)),)


def _whole(names: Iterable[str]) -> Wording:
    """Return *names* as one text that is never cut: they are our own."""
    shown = ", ".join(names)
    return Wording(shown, shown)


def _digest(text: str, words: Words, calendar: Calendar) -> str:
    """Return the digest of everything that a policy's answers rest on: its text, its vocabulary, its calendar."""
    parts = (text, words.text, calendar.canonical())
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


@dataclass(slots=True)
class _Assembly:
    """One policy being put together; `faults` gathers what is wrong."""

    document: Document
    root: Node
    faults: list[Diagnostic] = field(default_factory=list)

    def policy(self, beside: Path | None) -> Policy | None:
        """Return the policy, as far as one can be made; the caller looks at `faults` before using it."""
        header = self.header()
        words, calendar, zone = self.words(beside), self.calendar(beside), self.zone()
        scope = Scope(
            self.root,
            self.document,
            header or salvaged_header(self.head()),
            words.vocabulary if words is not None else _NO_WORDS,
            words.document if words is not None else None,
            self.ids("provisions"),
            self.ids("gaps"),
        )
        self.faults += header_faults(scope, beside)
        # Without its vocabulary, nothing can be said of a policy's words; its shape and its readings are checked.
        if words is not None:
            self.faults += word_faults(scope)
        tables = self.parts("tables", DecisionTable, scope, _no_faults if words is None else table_faults)
        provisions = self.parts("provisions", Provision, scope, _no_faults if words is None else provision_faults)
        gaps = self.parts("gaps", Gap, scope, _no_faults if words is None else _gap_faults)
        counting = self.counting(scope)
        self.faults += self.cross_faults(scope, tables, provisions, gaps, counting=counting)
        if header is None or words is None or calendar is None or zone is None or counting is None:
            return None
        text = as_json(self.root)
        return Policy(
            digest=_digest(text, words, calendar),
            header=header,
            vocabulary=words.vocabulary,
            zone=zone,
            calendar=calendar,
            counting=counting,
            tables=tables,
            provisions=provisions,
            gaps=gaps,
            document=text,
        )

    def header(self) -> Header | None:
        header, faults = validate(Header, self.head(), self.document, beside=SECTIONS)
        self.faults += faults
        return header

    def head(self) -> Node:
        """Return the file without the parts that readings may stand in."""
        if not isinstance(self.root, Mapping):
            return self.root
        return Mapping(tuple(entry for entry in self.root.entries if entry[0].value not in SECTIONS), self.root.span)

    def ids(self, section: str) -> frozenset[str] | None:
        """Return the ids of the provisions or gaps, or ``None`` when one is unsound: then others may mean that one."""
        node = self.root.get(section) if isinstance(self.root, Mapping) else None
        names = tuple(_ids(_items(self.root, section)))
        sound = {name for name in names if _IDENTIFIER.fullmatch(name)}
        readable = isinstance(node, Sequence) and len(sound) == len(node.items)
        return frozenset(names) if readable or (node is None and section == "gaps") else None

    def words(self, beside: Path | None) -> Words | None:
        path = self.file("vocabulary", "vocabulary", "PE201", beside)
        if path is None:
            return None
        words, faults = read_words(path)
        self.faults += faults
        return words

    def calendar(self, beside: Path | None) -> Calendar | None:
        path = self.file("calendar", "calendars", "PE202", beside)
        if path is None:
            return None
        calendar, faults = read_calendar(path)
        self.faults += faults
        return calendar

    def file(self, key: str, kind: str, code: str, beside: Path | None) -> Path | None:
        """Return the file that the header's *key* names; a name that is no name is the header's own fault."""
        node = self.root.get(key) if isinstance(self.root, Mapping) else None
        if not isinstance(node, Scalar) or not isinstance(node.value, str):
            return None
        if any(each.span == node.span for each in self.faults):
            return None
        path = library.find(kind, node.value, beside)
        if path is None:
            known = library.packaged(kind)
            suggestion = nearest(node.value, known)
            self.faults.append(
                self.document.fault(code, node.span, name=node.value, known=_whole(known), suggestion=suggestion)
            )
        return path

    def zone(self) -> Zone | None:
        node = self.root.get("time_zone") if isinstance(self.root, Mapping) else None
        if not isinstance(node, Scalar) or not isinstance(node.value, str):
            return None
        try:
            return Zone(node.value)
        except UnknownZoneError:
            self.faults.append(unknown_zone(node.value, node.span, self.document))
            return None

    def parts(self, section: str, kind: type[Part], scope: Scope, check: Check[Part]) -> tuple[Variants[Part], ...]:
        """Return the provisions or gaps, each laid out for its readings."""
        node = self.root.get(section) if isinstance(self.root, Mapping) else None
        misspelt = any(each.suggestion == section for each in self.faults)
        if node is None and section == "provisions" and not misspelt and isinstance(self.root, Mapping):
            self.faults.append(self.document.fault("PE114", start(self.root), name=section))
        if node is not None and not isinstance(node, Sequence):
            self.faults += validate(list, node, self.document)[1]
        return tuple(self.variants(item, kind, scope, check) for item in _items(self.root, section))

    def variants(self, node: Node, kind: type[Part], scope: Scope, check: Check[Part]) -> Variants[Part]:
        """Return *node* laid out for each combination of the options of its readings."""
        if not choices(node):
            return Variants((), (((), self.part(node, kind, scope, check)),))
        readings, met = scope.header.readings, readings_met(node)
        name, admits = _called(node), kind is not Counting
        if met and not (declared(self.root, ("readings",)).keys() - readings.keys()).isdisjoint(met):
            return Variants((), ())
        faults = list(reading_faults(node, name, readings, self.document, admits=admits))
        if met:
            faults += self.nameless(node, kind)
        self.faults += faults
        if has_errors(faults):
            return Variants((), ())
        laid_out: list[tuple[tuple[str, ...], Part | None]] = []
        every = [(chosen, admitted(node, chosen)) for chosen in combinations(met, readings)]
        taken: Items[tuple[str, ...], tuple[Diagnostic, ...]] = {}
        if kind is Provision and met:
            there = [chosen for chosen, is_there in every if is_there]
            taken = omissions(node, name, there, readings=readings, document=self.document)
        within = holding(node)
        for chosen, is_there in every:
            options, part = tuple(chosen.values()), None
            self.faults += taken.get(options, ())
            if is_there and options not in taken:
                laid = resolved(node, chosen, readings, within=within)
                part = self.part(without_under(laid), kind, scope, check)
            laid_out.append((options, part))
        return Variants(met, tuple(laid_out))

    def nameless(self, node: Node, kind: type[object]) -> Iterator[Diagnostic]:
        """Yield a fault if a provision or gap has no id but under options, where it is no name that others can use."""
        if kind in {Provision, Gap} and isinstance(node, Mapping) and node.get("id") is None:
            yield self.document.fault("PE114", start(node), name="id")

    def part(self, node: Node, kind: type[Part], scope: Scope, check: Check[Part]) -> Part | None:
        value, faults = validate(kind, node, self.document)
        self.faults += faults
        if value is not None:
            self.faults += check(scope._replace(node=node), value)
        return value

    def counting(self, scope: Scope) -> Variants[Counting] | None:
        node = self.root.get("counting") if isinstance(self.root, Mapping) else None
        if node is None:
            return Variants((), (((), Counting()),))
        found = self.variants(node, Counting, scope, _no_faults)
        return found if found.nodes() else None

    def cross_faults(
        self,
        scope: Scope,
        tables: tuple[Variants[DecisionTable], ...],
        provisions: tuple[Variants[Provision], ...],
        gaps: tuple[Variants[Gap], ...],
        *,
        counting: Variants[Counting] | None,
    ) -> Iterator[Diagnostic]:
        """Yield what only shows when the parts are seen together."""
        yield from repeated(self.document, ("provisions",), ("gaps",))
        every: tuple[Variants[Any], ...] = (*tables, *provisions, *gaps, *((counting,) if counting else ()))
        used = {name for each in every for name in each.readings}
        for name in scope.header.readings:
            if name not in used and not has_errors(self.faults):
                yield self.document.fault("PE218", walk(self.root, ("readings", name), key=True)[1], name=name)
        # A clause that names a provision or gap by a misspelt id has been told of already.
        meant = frozenset(each.suggestion or "" for each in self.faults if each.code in {"PE211", "PE222"})
        yield from citation_faults(scope, "provisions", provisions, meant)
        yield from citation_faults(scope, "gaps", gaps, meant)
        yield from meeting_faults(tables, self.document)
        yield from order_faults(provisions, self.document)


def _items(root: Node, section: str) -> tuple[Node, ...]:
    node = root.get(section) if isinstance(root, Mapping) else None
    return node.items if isinstance(node, Sequence) else ()


def _ids(nodes: tuple[Node, ...]) -> Iterator[str]:
    for node in nodes:
        value = node.get("id") if isinstance(node, Mapping) else None
        if isinstance(value, Scalar) and isinstance(value.value, str):
            yield value.value


def _called(node: Node) -> str:
    """Return what a message calls a part of the file: its id, what its table decides, or else `counting`."""
    names = [reach(node, (key,)) for key in ("id", *SUBJECTS)]
    found = (each.value for each in names if isinstance(each, Scalar) and isinstance(each.value, str))
    return next(found, "counting")


def _gap_faults(scope: Scope, gap: Gap) -> Iterator[Diagnostic]:
    yield from common_faults(scope, gap)
    for place, name in enumerate(gap.instead_of or ()):
        yield from scope.provision(name, ("instead_of", place))
    for place, name in enumerate(gap.acts or ()):
        if name not in scope.vocabulary.acts:
            yield scope.unknown("PE204", name, scope.vocabulary.acts, ("acts", place))


def _no_faults(_scope: Scope, _part: object) -> Iterator[Diagnostic]:
    return iter(())
