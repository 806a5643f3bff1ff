"""What each fact was along time, and who said so (S8, S10)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from policyengine.engine.reference.spans import BEGINNING
from policyengine.engine.reference.tables import facts_of
from policyengine.model.condition import Truth
from policyengine.model.traces import FactHistory, FactSpan, Origin, RowTrace

if TYPE_CHECKING:
    from policyengine.engine.reference.inquiry import Inquiry
    from policyengine.engine.reference.timeline import Snapshot
    from policyengine.engine.reference.tracing.asking import Asking
    from policyengine.model.provision import DecisionTable
    from policyengine.prepare.prepared import Prepared
    from policyengine.temporal.instant import Instant


def histories(inquiry: Inquiry, asking: Asking, names: Iterable[str]) -> tuple[FactHistory, ...]:
    """Return what the facts *names* were along time, and after them the facts that derived ones rest on."""
    found: dict[str, FactHistory] = {}
    waiting = list(names)
    for name in waiting:  # grows while it is read
        if name in found:
            continue
        table = inquiry.derived.get(name)
        spans = _set(inquiry.prepared, name) if table is None else _decided(inquiry, asking, table)
        found[name] = FactHistory(name, tuple(spans))
        waiting += () if table is None else facts_of(table)
    return tuple(found.values())


def rows(asking: Asking, table: DecisionTable, snapshot: Snapshot) -> Iterator[RowTrace]:
    """Yield the rows of *table* in *snapshot*, up to the first true one where that one decides."""
    for row in table.rows:
        asked = asking.at(row.when, snapshot)
        yield RowTrace(row.then, row.clause or table.clause, asked)
        if asked.truth is Truth.TRUE and not table.unique_hit:
            return


def since(moment: Instant) -> Instant | None:
    """Return *moment* as an explanation tells it; the beginning of time is the start of the case."""
    return None if moment == BEGINNING else moment


def _set(prepared: Prepared, name: str) -> list[FactSpan]:
    spans = [_initial(prepared, name)]
    for event in prepared.events:
        if name not in event.sets:
            continue
        value = event.sets[name]
        if spans[-1].since == event.at:
            spans.pop()  # at one instant the last word counts (S5)
        if not spans or (spans[-1].value, spans[-1].origin) not in {(value, Origin.SET), (value, Origin.INITIAL)}:
            spans.append(FactSpan(event.at, value, Origin.UNKNOWN if value is None else Origin.SET, event.id))
    # An unknown span that a later event ends takes that event's value (S8).
    for place in range(len(spans) - 2, -1, -1):
        if spans[place].origin is Origin.UNKNOWN and spans[place + 1].origin is not Origin.UNKNOWN:
            spans[place] = replace(spans[place + 1], since=spans[place].since, origin=Origin.GRADED_LATER)
    return spans


def _initial(prepared: Prepared, name: str) -> FactSpan:
    value, presumed = prepared.facts.get(name), prepared.policy.header.presume.get(name)
    if value is not None:
        return FactSpan(None, value, Origin.INITIAL)
    if presumed is not None and name not in prepared.facts:
        return FactSpan(None, presumed, Origin.PRESUMED)
    return FactSpan(None, None, Origin.UNKNOWN)


def _decided(inquiry: Inquiry, asking: Asking, table: DecisionTable) -> Iterator[FactSpan]:
    told: tuple[object, object] | None = None
    for snapshot in inquiry.snapshots:
        value, possible = snapshot.record.values.get(table.id), snapshot.possible.get(table.id, ())
        if (value, possible) == told:
            continue
        told = (value, possible)
        yield FactSpan(
            since=since(snapshot.start),
            value=value,
            origin=Origin.UNKNOWN if value is None else Origin.DERIVED,
            possible=possible,
            rows=tuple(rows(asking, table, snapshot)),
        )
