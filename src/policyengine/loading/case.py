"""A case file (YAML, JSON, or JSON Lines with one case a line) -> cases; all faults collected."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple

from pydantic import BeforeValidator, Field, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

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
from policyengine.model.base import Identifier, Value, listed
from policyengine.model.case import Case, Event, FactValue
from policyengine.model.frozen import FrozenMap
from policyengine.temporal.instant import ImpossibleTimeError, Instant, MalformedTimeError, NaiveTimeError
from policyengine.temporal.zone import UnknownZoneError, Zone

if TYPE_CHECKING:
    from policyengine.diagnostics import Span
    from policyengine.loading.places import Path as NodePath
    from policyengine.wording import Wording

LINES = frozenset({".jsonl", ".ndjson"})


def _fact_value(value: object) -> FactValue:
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, list) and all(isinstance(each, bool | int | float | str) for each in value):
        return tuple(value)
    raise PydanticCustomError("fact_type", "a value, a list of values, or null")


FactField = Annotated[
    Any,
    PlainValidator(_fact_value),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": ["string", "number", "boolean", "null"]},
                {"type": "array", "items": {"type": ["string", "number", "boolean"]}},
            ]
        }
    ),
]
Facts = Annotated[dict[Identifier, FactField], Field(default_factory=dict)]
Text = Annotated[str, Field(min_length=1)]


def _scalar(value: object) -> object:
    if value is None or isinstance(value, list | dict):
        raise PydanticCustomError("instant_type", "an instant")
    return value


Time = Annotated[Any, PlainValidator(_scalar), WithJsonSchema({"type": "string"})]
"""A time as written; `_Times` says what is wrong with it, in words about time."""


class EventEntry(Value):
    """One event as its file has it."""

    id: Text
    type: Identifier
    at: Time
    recorded_at: Time | None = None
    sets: Facts
    by: Identifier | None = None
    to: Annotated[tuple[Identifier, ...], BeforeValidator(listed)] = ()
    attributes: Facts
    note: str | None = None


class CaseFile(Value):
    """One case as its file has it."""

    case: Text
    title: str | None = None
    scope: Literal["case", "agency"] = "case"
    policy: Annotated[tuple[Text, ...], BeforeValidator(listed)] = ()
    time_zone: str | None = None
    as_of: Time | None = None
    facts: Facts
    events: tuple[EventEntry, ...] = ()


def load_case(path: str | Path, build: Callable[..., Case] = Case) -> Case:
    """Return the case in the file *path*.

    Raises:
        CaseError: holds every fault of the file.
    """
    cases, faults = read_cases(path, build)
    if len(cases) != 1 and not has_errors(faults):
        faults = (diagnostic("PE605", count=len(cases), file=path),)
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
        case, found = _case(document, build)
        faults += found
        if case is not None:
            cases.append(case)
    return tuple(cases), ordered(faults)


def _case(document: Document, build: Callable[..., Case]) -> tuple[Case | None, tuple[Diagnostic, ...]]:
    root = document.root
    if root is None:
        return None, document.diagnostics
    other = misplaced(document, "case")
    if other is not None:
        return None, told(document, [other])
    entry, shape = validate(CaseFile, root, document, nulls=True)
    times = _Times(document, root)
    as_of, happened = times.instant(("as_of",)), tuple(times.events())
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
        spans=FrozenMap(dict(_spans(root))),
    )
    return case, found


def _events(entry: CaseFile, happened: tuple[_Happened, ...]) -> Iterator[Event]:
    for each, (at, recorded_at, span) in zip(entry.events, happened, strict=True):
        if at is None:  # pragma: no cover - a case with a time that cannot be read is refused before
            continue
        yield Event(
            id=each.id,
            type=each.type,
            at=at,
            recorded_at=recorded_at,
            sets=each.sets,
            by=each.by,
            to=each.to,
            attributes=each.attributes,
            note=each.note,
            span=span,
        )


def _spans(root: Node) -> Iterator[tuple[str, Span]]:
    """Yield where facts, and the parts of events, stand: `events/0/sets/urgent`, with a colon behind it for the key."""
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
    at: Instant | None
    recorded_at: Instant | None
    span: Span


class _Times:
    """Reads the times of one document, whatever else is wrong with it; `faults` gathers what is wrong with them."""

    def __init__(self, document: Document, root: Node) -> None:
        self.faults: list[Diagnostic] = []
        self._document = document
        self._root = root
        self._zone = self._declared()

    def events(self) -> Iterator[_Happened]:
        """Yield for each event when it happened, when it was recorded, and where its type stands."""
        for place, _ in enumerate(_items(reach(self._root, ("events",)))):
            path = ("events", place)
            span = walk(self._root, (*path, "type"))[1]
            yield _Happened(self.instant((*path, "at")), self.instant((*path, "recorded_at")), span)

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
