"""A policy file -> a policy: shape, readings laid out, every name checked; all faults collected."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from policyengine.diagnostics import Diagnostic, diagnostic, has_errors, nearest
from policyengine.errors import PolicyError
from policyengine.loading import library
from policyengine.loading.calendar import read_calendar
from policyengine.loading.header import header_faults, salvaged_header, word_faults
from policyengine.loading.names import Scope, repeated, unknown_zone
from policyengine.loading.order import order_faults
from policyengine.loading.places import declared, start, walk
from policyengine.loading.provisions import common_faults, provision_faults
from policyengine.loading.shape import misplaced, told, validate
from policyengine.loading.tables import table_faults
from policyengine.loading.variants import admitted, combinations, reading_faults, readings_met, resolved, without_under
from policyengine.loading.vocabulary import Words, read_words
from policyengine.loading.yaml_nodes import Document, Mapping, Node, Scalar, Sequence, Source, parse, plain, read_source
from policyengine.model.base import Title
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

_KINDS = MappingProxyType({"provisions": Wording("规定", "provision"), "gaps": Wording("空白", "gap")})
_NO_WORDS = Vocabulary(vocabulary="stub", title=Title(zh="-", en="-"))

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
    if isinstance(name, Path) or len(path.parts) > 1 or path.suffix or path.is_file():
        return path, ()
    known = library.packaged_policies()
    found = [each for each in known if each.startswith(name)] if name else []
    if name in known or len(found) == 1:
        return known.get(name) or known[found[0]], ()
    if found:
        return None, (diagnostic("PE216", name=name, known=", ".join(found)),)
    return None, (diagnostic("PE213", name=name, known=", ".join(known)),)


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
        self.faults += header_faults(scope)
        # Without its vocabulary, nothing can be said of a policy's words; its shape and its readings are checked.
        if words is not None:
            self.faults += word_faults(scope)
        tables = self.parts("tables", DecisionTable, scope, _no_faults if words is None else table_faults)
        provisions = self.parts("provisions", Provision, scope, _no_faults if words is None else provision_faults)
        gaps = self.parts("gaps", Gap, scope, _no_faults if words is None else _gap_faults)
        counting = self.counting(scope)
        self.faults += self.cross_faults(
            scope, provisions, gaps, (*tables, *provisions, *gaps, *((counting,) if counting else ()))
        )
        if header is None or words is None or calendar is None or zone is None or counting is None:
            return None
        text = json.dumps(plain(self.root), ensure_ascii=False)
        return Policy(
            digest=hashlib.sha256(text.encode()).hexdigest()[:16],
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
        """Return the ids of the provisions or gaps, or ``None`` when one of them cannot be read."""
        node = self.root.get(section) if isinstance(self.root, Mapping) else None
        names = tuple(_ids(_items(self.root, section)))
        readable = isinstance(node, Sequence) and len(names) == len(node.items)
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
                self.document.fault(code, node.span, name=node.value, known=", ".join(known), suggestion=suggestion)
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
        readings, met = scope.header.readings, readings_met(node)
        name, admits = next(_ids((node,)), kind.__name__.lower()), kind is not Counting
        unsound = declared(self.root, ("readings",)).keys() - readings.keys()
        if not unsound.isdisjoint(met):
            return Variants((), ())
        faults = tuple(reading_faults(node, name, readings, self.document, admits=admits))
        self.faults += faults
        if has_errors(faults):
            return Variants((), ())
        laid_out: list[tuple[tuple[str, ...], Part | None]] = []
        for chosen in combinations(met, readings):
            part = None
            if admitted(node, chosen):
                part = self.part(without_under(resolved(node, chosen, readings)), kind, scope, check)
            laid_out.append((tuple(chosen.values()), part))
        return Variants(met, tuple(laid_out))

    def part(self, node: Node, kind: type[Part], scope: Scope, check: Check[Part]) -> Part | None:
        value, faults = validate(kind, node, self.document)
        self.faults += faults
        if value is not None:
            self.faults += check(replace(scope, node=node), value)
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
        provisions: tuple[Variants[Provision], ...],
        gaps: tuple[Variants[Gap], ...],
        every: Iterable[Variants[Any]],
    ) -> Iterator[Diagnostic]:
        """Yield what only shows when the parts are seen together."""
        yield from repeated(self.document, ("provisions",), ("gaps",))
        used = {name for each in every for name in each.readings}
        for name in scope.header.readings:
            if name not in used and not has_errors(self.faults):
                yield self.document.fault("PE218", walk(self.root, ("readings", name), key=True)[1], name=name)
        yield from self.uncited(scope, _placed(provisions))
        yield from self.uncited(scope, _placed(gaps))
        yield from order_faults(provisions, self.document)

    def uncited(self, scope: Scope, parts: Iterable[tuple[int, Provision | Gap]]) -> Iterator[Diagnostic]:
        """Yield provisions and gaps, by their place in the file, that their own clause does not name.

        A clause that names one by a misspelt id has been told of already.
        """
        meant = {each.suggestion for each in self.faults if each.code in {"PE211", "PE222"}}
        for place, each in parts:
            section = "gaps" if isinstance(each, Gap) else "provisions"
            for index, clause in enumerate(each.clause):
                entry = scope.header.source.clauses.get(clause)
                if entry is not None and each.id not in {*(getattr(entry, section) or ()), *meant}:
                    span = walk(self.root, (section, place, "clause", index))[1]
                    kind = _KINDS[section]
                    yield self.document.fault("PE220", span, clause=clause, name=each.id, kind=kind, section=section)


def _placed(parts: Iterable[Variants[Part]]) -> Iterator[tuple[int, Part]]:
    """Yield every layout of every part with the part's place in its section."""
    return ((place, node) for place, each in enumerate(parts) for node in each.nodes())


def _items(root: Node, section: str) -> tuple[Node, ...]:
    node = root.get(section) if isinstance(root, Mapping) else None
    return node.items if isinstance(node, Sequence) else ()


def _ids(nodes: tuple[Node, ...]) -> Iterator[str]:
    for node in nodes:
        value = node.get("id") if isinstance(node, Mapping) else None
        if isinstance(value, Scalar) and isinstance(value.value, str):
            yield value.value


def _gap_faults(scope: Scope, gap: Gap) -> Iterator[Diagnostic]:
    yield from common_faults(scope, gap)
    for place, name in enumerate(gap.instead_of or ()):
        yield from scope.provision(name, ("instead_of", place))


def _no_faults(_scope: Scope, _part: object) -> Iterator[Diagnostic]:
    return iter(())
