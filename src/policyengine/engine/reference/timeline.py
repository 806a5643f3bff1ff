"""The facts along time (S8): a snapshot from the beginning, and one at each instant at which something happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby, product
from math import prod
from typing import TYPE_CHECKING

from policyengine.engine.matcher import Record
from policyengine.engine.reference.spans import BEGINNING
from policyengine.model.frozen import FrozenMap
from policyengine.model.provision import UNSTATED

if TYPE_CHECKING:
    from policyengine.model.base import Atom
    from policyengine.model.case import Event, FactValue
    from policyengine.prepare.prepared import Prepared
    from policyengine.temporal.instant import Instant


MOST_COMBINATIONS = 64
"""Of the values that unsettled facts may have at one instant; a condition is asked about each."""


class Origin(StrEnum):
    """Why a fact has the value that it has at an instant."""

    KNOWN = "known"
    PRESUMED = "presumed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The facts from `start` until the next snapshot; events at `start` itself are included.

    `possible` holds the derived facts that are not settled, each with the values that it may still have (S10).
    """

    start: Instant
    record: Record
    origins: Mapping[str, Origin]
    possible: Mapping[str, tuple[Atom, ...]] = FrozenMap()

    def records(self) -> tuple[Record, ...]:
        """Return the record under every combination of what unsettled facts may be, first values first.

        Where there are too many combinations they stay unknown, which decides less but nothing wrongly.
        """
        if prod(len(values) for values in self.possible.values()) > MOST_COMBINATIONS:
            return (self.record,)
        return tuple(self._with(chosen) for chosen in product(*self.possible.values()))

    def _with(self, chosen: Sequence[Atom]) -> Record:
        found = {name: value for name, value in zip(self.possible, chosen, strict=True) if value != UNSTATED}
        if not found:
            return self.record
        return Record(FrozenMap({**self.record.values, **found}), self.record.happened, self.record.complete)

    def reverted(self, name: str, earlier: Snapshot) -> Record:
        """Return this snapshot's record with the fact *name* as it was in *earlier*."""
        values = {key: value for key, value in self.record.values.items() if key != name}
        if name in earlier.record.values:
            values[name] = earlier.record.values[name]
        return Record(FrozenMap(values), self.record.happened, self.record.complete)


def snapshots(prepared: Prepared) -> tuple[Snapshot, ...]:
    """Return the snapshots of the case, the first from before every event."""
    moments = _moments(prepared)
    histories = {name: _history(prepared, name, moments) for name in prepared.policy.vocabulary.facts}
    happened: frozenset[str] = frozenset()
    found = []
    for index, (start, events) in enumerate(moments):
        happened |= {event.type for event in events}
        values = {name: history[index][0] for name, history in histories.items() if history[index][0] is not None}
        origins = {name: history[index][1] for name, history in histories.items()}
        record = Record(FrozenMap(values), happened, complete=start <= prepared.known_until)
        found.append(Snapshot(start, record, FrozenMap(origins)))
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


def _moments(prepared: Prepared) -> tuple[Moment, ...]:
    """Return the instants at which something happened, and the first one of which the log is not complete (S8)."""
    grouped = groupby(prepared.events, key=lambda event: event.at)
    found: dict[Instant, tuple[Event, ...]] = {BEGINNING: (), **{at: tuple(group) for at, group in grouped}}
    if prepared.known_until < prepared.as_of:
        found.setdefault(prepared.known_until.plus(1), ())
    return tuple(sorted(found.items(), key=lambda moment: moment[0]))


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
