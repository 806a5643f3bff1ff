"""A case file (YAML, JSON, or JSON Lines with one case a line) -> cases; all faults collected."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, NamedTuple

from policyengine.diagnostics import Diagnostic, diagnostic, has_errors, ordered
from policyengine.errors import CaseError
from policyengine.loading.names import unknown_zone
from policyengine.loading.places import reach, walk, written
from policyengine.loading.shape import misplaced, told, validate
from policyengine.loading.yaml_nodes import (
    Document,
    Mapping,
    Node,
    Scalar,
    Sequence,
    Source,
    parse,
    parse_lines,
    read_source,
)
from policyengine.model.case import Case, Event
from policyengine.model.frozen import FrozenMap
from policyengine.temporal.instant import ImpossibleTimeError, Instant, MalformedTimeError, NaiveTimeError
from policyengine.temporal.zone import UnknownZoneError, Zone

if TYPE_CHECKING:
    from policyengine.diagnostics import Span
    from policyengine.loading.case_shape import CaseFile
    from policyengine.loading.places import Path as NodePath
    from policyengine.wording import Wording

LINES = frozenset({".jsonl", ".ndjson"})
ASKED = ("as_of", "known_at", "known_until")
"""The instants of a case itself."""


def load_case(path: str | Path, build: Callable[..., Case] = Case) -> Case:
    """Return the case in the file *path*.

    Raises:
        CaseError: holds every fault of the file.
    """
    return _only(*read_cases(path, build), file=str(path))


def load_case_text(text: str, build: Callable[..., Case] = Case) -> Case:
    """Return the case in *text*, YAML or JSON.

    Raises:
        CaseError: holds every fault of the text.
    """
    source = Source("<text>", text)
    return _only(*read_cases_text(source, build), file=source.file)


def _only(cases: tuple[Case, ...], faults: tuple[Diagnostic, ...], *, file: str) -> Case:
    if len(cases) != 1 and not has_errors(faults):
        faults = (diagnostic("PE605", count=len(cases), file=file),)
    if has_errors(faults):
        raise CaseError(faults)
    return cases[0]


def read_cases(path: str | Path, build: Callable[..., Case] = Case) -> tuple[tuple[Case, ...], tuple[Diagnostic, ...]]:
    """Return the cases that could be read from the file *path*, and everything that is wrong with the others."""
    source, faults = read_source(path)
    if source is None:
        return (), faults
    cases, more = read_cases_text(source, build)
    return cases, ordered((*faults, *more))


def read_cases_text(
    source: Source, build: Callable[..., Case] = Case
) -> tuple[tuple[Case, ...], tuple[Diagnostic, ...]]:
    """Return the cases that could be read from a text, and everything that is wrong with the others."""
    lines = PurePath(source.file).suffix.lower() in LINES
    documents = parse_lines(source) if lines else (parse(source),)
    faults: list[Diagnostic] = []
    cases = []
    for document in documents:
        case, found = case_in(document, build)
        faults += found
        if case is not None:
            cases.append(case)
    return tuple(cases), ordered(faults)


def case_in(document: Document, build: Callable[..., Case] = Case) -> tuple[Case | None, tuple[Diagnostic, ...]]:
    """Return the case that one document holds, or ``None``, and everything that is wrong with it."""
    # On use: a case that is made in Python has no file.
    from policyengine.loading.case_shape import CaseFile

    root = document.root
    if root is None:
        return None, document.diagnostics
    other = misplaced(document, "case")
    if other is not None:
        return None, told(document, [other])
    entry, shape = validate(CaseFile, root, document, nulls=True)
    times = Times(document, root)
    as_of, known_at, known_until = (times.instant((key,)) for key in ASKED)
    happened = tuple(times.events())
    found = told(document, (*shape, *times.faults))
    if entry is None or has_errors(found):
        return None, found
    case = build(
        id=entry.case,
        facts=entry.facts,
        events=tuple(_events(entry, happened)),
        scope=entry.scope,
        policies=entry.policy,
        as_of=as_of,
        title=entry.title,
        known_at=known_at,
        known_until=known_until,
        spans=FrozenMap(dict(_spans(root))),
    )
    return case, found


def _events(entry: CaseFile, happened: tuple[_Happened, ...]) -> Iterator[Event]:
    for each, (typed, at, recorded_at, span) in zip(entry.events, happened, strict=True):
        if at is None:  # pragma: no cover - a case with a time that cannot be read is refused before
            continue
        yield Event(
            id=each.id,
            type=each.type if typed else "",
            at=at,
            recorded_at=recorded_at,
            sets=each.sets,
            by=each.by,
            to=each.to,
            attributes=each.attributes,
            note=each.note,
            corrects=each.corrects,
            retracts=each.retracts,
            partial=each.partial,
            span=span,
        )


def _spans(root: Node) -> Iterator[tuple[str, Span]]:
    """Yield where things stand: `as_of`, facts, the parts of events (`events/0/sets/urgent`, with a colon: its key)."""
    yield from ((key, node.span) for key in ASKED if (node := reach(root, (key,))) is not None)
    yield from _entries(reach(root, ("facts",)), "facts")
    for place, event in enumerate(_items(reach(root, ("events",)))):
        path = f"events/{place}"
        yield from _entries(event, path)
        for part in ("sets", "attributes"):
            yield from _entries(reach(event, (part,)), f"{path}/{part}")


def _entries(node: Node | None, path: str) -> Iterator[tuple[str, Span]]:
    for key, value in node.entries if isinstance(node, Mapping) else ():
        yield f"{path}/{key.value}:", key.span
        yield f"{path}/{key.value}", value.span
        for place, item in enumerate(_items(value)):
            yield f"{path}/{key.value}/{place}", item.span


def _items(node: Node | None) -> tuple[Node, ...]:
    return node.items if isinstance(node, Sequence) else ()


class _Happened(NamedTuple):
    typed: bool
    at: Instant | None
    recorded_at: Instant | None
    span: Span


class Times:
    """Reads the times of one document, whatever else is wrong with it; `faults` gathers what is wrong with them."""

    def __init__(self, document: Document, root: Node) -> None:
        self.faults: list[Diagnostic] = []
        self._document = document
        self._root = root
        self._zone = self._declared()

    def events(self) -> Iterator[_Happened]:
        """Yield for each event its times, and where its type stands, or the id that it retracts."""
        for place, event in enumerate(_items(reach(self._root, ("events",)))):
            path = ("events", place)
            typed = reach(event, ("type",)) is not None
            at, recorded_at = self.instant((*path, "at")), self.instant((*path, "recorded_at"))
            yield _Happened(typed, at or recorded_at, recorded_at, walk(event, ("type" if typed else "retracts",))[1])

    def instant(self, path: NodePath) -> Instant | None:
        """Return the instant that stands at *path*; one that is missing or null is left to the shape of the file."""
        node = reach(self._root, path)
        if not isinstance(node, Scalar) or node.value is None:
            return None
        text = written(node.span, self._document) if not isinstance(node.value, str) else node.value
        try:
            return Instant.parse(text, self._zone)
        except NaiveTimeError:
            self._fault("PE401", node, text=text)
        except ImpossibleTimeError as error:
            self._fault("PE403", node, text=text, problem=error.problem)
        except MalformedTimeError:
            self._fault("PE402", node, text=text)
        return None

    def _declared(self) -> Zone | None:
        node = reach(self._root, ("time_zone",))
        if not isinstance(node, Scalar) or not isinstance(node.value, str):
            return None
        try:
            return Zone(node.value)
        except UnknownZoneError:
            self.faults.append(unknown_zone(node.value, node.span, self._document))
            # The times are not to blame: they are read in some zone, and the case is refused all the same.
            return Zone("UTC")

    def _fault(self, code: str, node: Scalar, **args: str | Wording) -> None:
        self.faults.append(self._document.fault(code, node.span, suggestion=None, declared=None, **args))
