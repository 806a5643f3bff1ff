"""A policy file -> a policy: shape, readings laid out, every name checked; all faults collected."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from policyengine.diagnostics import Diagnostic, diagnostic, has_errors, ordered
from policyengine.errors import PolicyError
from policyengine.load import library
from policyengine.load.calendar import read_calendar
from policyengine.load.header import header_faults
from policyengine.load.names import Scope
from policyengine.load.order import order_faults
from policyengine.load.provisions import common_faults, provision_faults
from policyengine.load.shape import head, validate, walk
from policyengine.load.variants import admitted, combinations, reading_faults, readings_met, resolved, without_under
from policyengine.load.vocabulary import read_vocabulary
from policyengine.load.yaml_nodes import Document, Mapping, Node, Scalar, Sequence, Source, parse, plain, read_source
from policyengine.model.policy import Counting, Gap, Header, Policy, Provision, Variants
from policyengine.temporal.zone import UnknownZoneError, Zone

if TYPE_CHECKING:
    from policyengine.model.vocabulary import Vocabulary
    from policyengine.temporal.calendar import Calendar

Part = TypeVar("Part", Provision, Gap, Counting)
Check = Callable[[Scope, Part], Iterator[Diagnostic]]

SECTIONS = ("provisions", "gaps", "counting")
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
    if document.root is None or has_errors(document.diagnostics):
        return None, document.diagnostics
    assembly = _Assembly(document, document.root, list(document.diagnostics))
    policy = assembly.policy(beside)
    faults = ordered(assembly.faults)
    return (None if has_errors(faults) else policy), faults


def _locate(name: str | Path) -> tuple[Path | None, tuple[Diagnostic, ...]]:
    path = Path(name)
    if isinstance(name, Path) or len(path.parts) > 1 or path.suffix or path.exists():
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
        vocabulary, calendar = self.vocabulary(beside), self.calendar(beside)
        zone = self.zone()
        if header is None or vocabulary is None:
            self.check_shapes()
            return None
        names = frozenset(_ids(_items(self.root, "provisions")))
        scope = Scope(self.root, self.document, header, vocabulary, names)
        self.faults += header_faults(scope, frozenset(_ids(_items(self.root, "gaps"))))
        provisions = self.parts("provisions", Provision, header, vocabulary, names, provision_faults)
        gaps = self.parts("gaps", Gap, header, vocabulary, names, _gap_faults)
        counting = self.counting(header, vocabulary)
        self.faults += self.cross_faults(header, provisions, gaps, counting)
        if calendar is None or zone is None or counting is None:
            return None
        text = json.dumps(plain(self.root), ensure_ascii=False)
        return Policy(
            digest=hashlib.sha256(text.encode()).hexdigest()[:16],
            header=header,
            vocabulary=vocabulary,
            zone=zone,
            calendar=calendar,
            counting=counting,
            provisions=provisions,
            gaps=gaps,
            document=text,
        )

    def header(self) -> Header | None:
        root = self.root
        if isinstance(root, Mapping):
            rest = tuple(entry for entry in root.entries if entry[0].value not in SECTIONS)
            root = Mapping(rest, root.span)
        header, faults = validate(Header, root, self.document)
        self.faults += faults
        return header

    def check_shapes(self) -> None:
        """Report the shapes of provisions and gaps as far as they need neither header nor vocabulary."""
        for section, kind in (("provisions", Provision), ("gaps", Gap)):
            for node in _items(self.root, section):
                if not readings_met(node):
                    self.faults += validate(kind, without_under(node), self.document)[1]

    def vocabulary(self, beside: Path | None) -> Vocabulary | None:
        path = self.file("vocabulary", "vocabulary", "PE201", beside)
        if path is None:
            return None
        vocabulary, faults = read_vocabulary(path)
        self.faults += faults
        return vocabulary

    def calendar(self, beside: Path | None) -> Calendar | None:
        path = self.file("calendar", "calendars", "PE202", beside)
        if path is None:
            return None
        calendar, faults = read_calendar(path)
        self.faults += faults
        return calendar

    def file(self, key: str, kind: str, code: str, beside: Path | None) -> Path | None:
        """Return the file that the header's *key* names; names that are no names are the header's own fault."""
        node = self.root.get(key) if isinstance(self.root, Mapping) else None
        name = node.value if isinstance(node, Scalar) else None
        if node is None or not isinstance(name, str) or not name.replace("-", "a").replace("_", "a").isalnum():
            return None
        path = library.find(kind, name, beside)
        if path is None:
            known = ", ".join(library.packaged(kind))
            self.faults.append(self.document.fault(code, node.span, name=name, known=known))
        return path

    def zone(self) -> Zone | None:
        node = self.root.get("time_zone") if isinstance(self.root, Mapping) else None
        if not isinstance(node, Scalar) or not isinstance(node.value, str):
            return None
        try:
            return Zone(node.value)
        except UnknownZoneError:
            self.faults.append(self.document.fault("PE215", node.span, name=node.value))
            return None

    def parts(
        self,
        section: str,
        kind: type[Part],
        header: Header,
        vocabulary: Vocabulary,
        names: frozenset[str],
        check: Check[Part],
    ) -> tuple[Variants[Part], ...]:
        """Return the provisions or gaps, each laid out for its readings."""
        node = self.root.get(section) if isinstance(self.root, Mapping) else None
        if node is None and section == "provisions":
            self.faults.append(self.document.fault("PE114", head(self.root.span), name=section))
        if node is not None and not isinstance(node, Sequence):
            self.faults += validate(list, node, self.document)[1]
        found = []
        for item in _items(self.root, section):
            scope = Scope(item, self.document, header, vocabulary, names)
            found.append(self.variants(item, kind, scope, check))
        return tuple(found)

    def variants(self, node: Node, kind: type[Part], scope: Scope, check: Check[Part]) -> Variants[Part]:
        """Return *node* laid out for each combination of the options of its readings."""
        readings = scope.header.readings
        faults = tuple(reading_faults(node, next(_ids((node,)), kind.__name__.lower()), readings, self.document))
        self.faults += faults
        if has_errors(faults):
            return Variants((), ())
        met = readings_met(node)
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
            own = Scope(node, self.document, scope.header, scope.vocabulary, scope.provisions)
            self.faults += check(own, value)
        return value

    def counting(self, header: Header, vocabulary: Vocabulary) -> Variants[Counting] | None:
        node = self.root.get("counting") if isinstance(self.root, Mapping) else None
        if node is None:
            return Variants((), (((), Counting()),))
        scope = Scope(node, self.document, header, vocabulary, frozenset())
        found = self.variants(node, Counting, scope, _no_faults)
        return found if found.nodes() else None

    def cross_faults(
        self,
        header: Header,
        provisions: tuple[Variants[Provision], ...],
        gaps: tuple[Variants[Gap], ...],
        counting: Variants[Counting] | None,
    ) -> Iterator[Diagnostic]:
        """Yield what only shows when the parts are seen together."""
        yield from self.repeated()
        used = {name for each in (*provisions, *gaps, *((counting,) if counting else ())) for name in each.readings}
        for name in header.readings:
            if name not in used and not has_errors(self.faults):
                yield self.document.fault("PE218", walk(self.root, ("readings", name), key=True)[1], name=name)
        yield from self.uncited(header, [(place, node) for place, each in enumerate(provisions) for node in each.nodes()])
        yield from self.uncited(header, [(place, node) for place, each in enumerate(gaps) for node in each.nodes()])
        yield from order_faults(provisions, lambda place: walk(self.root, ("provisions", place))[1], self.document)

    def repeated(self) -> Iterator[Diagnostic]:
        """Yield names that two provisions or gaps share."""
        first: dict[str, Node] = {}
        for section in ("provisions", "gaps"):
            for item in _items(self.root, section):
                node = item.get("id") if isinstance(item, Mapping) else None
                if not isinstance(node, Scalar) or not isinstance(node.value, str):
                    continue
                if node.value in first:
                    yield self.document.fault("PE212", node.span, name=node.value, first=first[node.value].span)
                first.setdefault(node.value, node)

    def uncited(self, header: Header, parts: Iterable[tuple[int, Provision | Gap]]) -> Iterator[Diagnostic]:
        """Yield provisions and gaps, by their place in the file, that their own clause does not name."""
        for place, each in parts:
            section = "gaps" if isinstance(each, Gap) else "provisions"
            for clause in each.clause:
                entry = header.source.clauses.get(clause)
                if entry is not None and each.id not in (getattr(entry, section) or ()):
                    span = walk(self.root, (section, place, "clause"))[1]
                    yield self.document.fault("PE220", span, clause=clause, name=each.id)


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
