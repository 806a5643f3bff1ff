"""A case file (YAML, JSON, or JSON Lines with one case a line) -> cases; all faults collected."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PlainValidator, WithJsonSchema

from policyengine.diagnostics import Diagnostic, has_errors, ordered
from policyengine.errors import CaseError
from policyengine.load.shape import validate, walk
from policyengine.load.yaml_nodes import Document, Source, parse, parse_lines, read_source
from policyengine.model.base import Identifier, Value, listed
from policyengine.model.case import Case, Event, FactValue
from policyengine.model.frozen import FrozenMap
from policyengine.temporal.instant import ImpossibleTimeError, Instant, MalformedTimeError, NaiveTimeError
from policyengine.temporal.zone import UnknownZoneError, Zone

if TYPE_CHECKING:
    from policyengine.diagnostics import Span
    from policyengine.load.names import Path as NodePath

LINES = frozenset({".jsonl", ".ndjson"})


def _fact_value(value: object) -> FactValue:
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, list) and all(isinstance(each, bool | int | float | str) for each in value):
        return tuple(value)
    msg = "a value, a list of values, or null"
    raise ValueError(msg)


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


class EventEntry(Value):
    """One event as its file has it."""

    id: Text
    type: Identifier
    at: str
    recorded_at: str | None = None
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
    as_of: str | None = None
    facts: Facts
    events: tuple[EventEntry, ...] = ()


def load_case(path: str | Path, build: Callable[..., Case] = Case) -> Case:
    """Return the case in the file *path*.

    Raises:
        CaseError: holds every fault of the file.
    """
    cases, faults = read_cases(path, build)
    if has_errors(faults) or not cases:
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
    if document.root is None or has_errors(document.diagnostics):
        return None, document.diagnostics
    entry, faults = validate(CaseFile, document.root, document)
    if entry is None:
        return None, (*document.diagnostics, *faults)
    reader = _Times(document, [])
    zone = reader.zone(entry.time_zone)
    as_of = None if entry.as_of is None else reader.instant(entry.as_of, zone, ("as_of",))
    events = tuple(_events(entry, reader, zone))
    if reader.faults:
        return None, (*document.diagnostics, *reader.faults)
    spans = FrozenMap({name: reader.span(("facts", name)) for name in entry.facts})
    case = build(
        id=entry.case,
        facts=entry.facts,
        events=events,
        scope=entry.scope,
        policies=entry.policy,
        as_of=as_of,
        title=entry.title,
        spans=spans,
    )
    return case, document.diagnostics


def _events(entry: CaseFile, reader: _Times, zone: Zone | None) -> Iterator[Event]:
    for place, each in enumerate(entry.events):
        path = ("events", place)
        at = reader.instant(each.at, zone, (*path, "at"))
        recorded = None if each.recorded_at is None else reader.instant(each.recorded_at, zone, (*path, "recorded_at"))
        if at is None:
            continue
        yield Event(
            id=each.id,
            type=each.type,
            at=at,
            recorded_at=recorded,
            sets=each.sets,
            by=each.by,
            to=each.to,
            attributes=each.attributes,
            note=each.note,
            span=reader.span((*path, "type")),
        )


@dataclass(frozen=True, slots=True)
class _Times:
    """Reads the times of one document; `faults` gathers what is wrong with them."""

    document: Document
    faults: list[Diagnostic]

    def span(self, path: NodePath) -> Span:
        if self.document.root is None:
            msg = "a case without a root has no places"
            raise AssertionError(msg)
        return walk(self.document.root, path)[1]

    def fault(self, code: str, path: NodePath, **args: object) -> None:
        self.faults.append(self.document.fault(code, self.span(path), **args))  # type: ignore[arg-type]

    def zone(self, name: str | None) -> Zone | None:
        try:
            return None if name is None else Zone(name)
        except UnknownZoneError:
            self.fault("PE215", ("time_zone",), name=name)
            return None

    def instant(self, text: str, zone: Zone | None, path: NodePath) -> Instant | None:
        try:
            return Instant.parse(text, zone)
        except NaiveTimeError:
            self.fault("PE401", path, text=text)
        except ImpossibleTimeError as error:
            self.fault("PE403", path, text=text, problem=error.problem)
        except MalformedTimeError:
            self.fault("PE402", path, text=text)
        return None
