"""The facts along time (S8): a snapshot from the beginning, and one at each instant at which something happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING

from policyengine.engine.matcher import Record
from policyengine.engine.reference.spans import BEGINNING
from policyengine.model.frozen import FrozenMap

if TYPE_CHECKING:
    from policyengine.model.case import Event, FactValue
    from policyengine.prepare.prepared import Prepared
    from policyengine.temporal.instant import Instant


class Origin(StrEnum):
    """Why a fact has the value that it has at an instant."""

    KNOWN = "known"
    PRESUMED = "presumed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The facts from `start` until the next snapshot; events at `start` itself are included."""

    start: Instant
    record: Record
    origins: Mapping[str, Origin]

    def reverted(self, name: str, earlier: Snapshot) -> Record:
        """Return this snapshot's record with the fact *name* as it was in *earlier*."""
        values = {key: value for key, value in self.record.values.items() if key != name}
        if name in earlier.record.values:
            values[name] = earlier.record.values[name]
        return Record(FrozenMap(values), self.record.happened)


def snapshots(prepared: Prepared) -> tuple[Snapshot, ...]:
    """Return the snapshots of the case, the first from before every event."""
    moments = _moments(prepared.events)
    histories = {name: _history(prepared, name, moments) for name in prepared.policy.vocabulary.facts}
    happened: frozenset[str] = frozenset()
    found = []
    for index, (start, events) in enumerate(moments):
        happened |= {event.type for event in events}
        values = {name: history[index][0] for name, history in histories.items() if history[index][0] is not None}
        origins = {name: history[index][1] for name, history in histories.items()}
        found.append(Snapshot(start, Record(FrozenMap(values), happened), FrozenMap(origins)))
    return tuple(found)


def event_record(event: Event) -> Record:
    """Return what can be asked of *event*; attributes that it lacks are unknown (S24)."""
    values: dict[str, FactValue] = {"type": event.type, **event.attributes}
    if event.by is not None:
        values["by"] = event.by
    if event.to:
        values["to"] = tuple(event.to)
    return Record(FrozenMap(values))


Moment = tuple["Instant", tuple["Event", ...]]


def _moments(events: Sequence[Event]) -> tuple[Moment, ...]:
    grouped = groupby(events, key=lambda event: event.at)
    return ((BEGINNING, ()), *((at, tuple(group)) for at, group in grouped))


def _history(prepared: Prepared, name: str, moments: Sequence[Moment]) -> tuple[tuple[FactValue, Origin], ...]:
    found = []
    current = _initial(prepared, name)
    for _, events in moments:
        for event in events:
            if name in event.sets:
                value = event.sets[name]
                current = (value, Origin.UNKNOWN if value is None else Origin.KNOWN)
        found.append(current)
    return _first_grading(found)


def _initial(prepared: Prepared, name: str) -> tuple[FactValue, Origin]:
    value = prepared.facts.get(name)
    if value is not None:
        return value, Origin.KNOWN
    presumed = prepared.policy.header.presume.get(name)
    if presumed is not None and name not in prepared.facts:
        return presumed, Origin.PRESUMED
    return None, Origin.UNKNOWN


def _first_grading(history: Sequence[tuple[FactValue, Origin]]) -> tuple[tuple[FactValue, Origin], ...]:
    # An unknown span that a later event ends takes that event's value (S8); one that lasts stays unknown.
    settled = list(history)
    for index in range(len(settled) - 2, -1, -1):
        if settled[index][1] is Origin.UNKNOWN:
            settled[index] = settled[index + 1]
    return tuple(settled)
