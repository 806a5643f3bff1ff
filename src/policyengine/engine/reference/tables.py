"""Decision tables along time: what derived facts are, and who is meant by an assigned role (S10)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from graphlib import TopologicalSorter
from itertools import accumulate
from typing import TYPE_CHECKING

from policyengine.engine.matcher import Record
from policyengine.engine.reference.timeline import Origin
from policyengine.model.assessment import Candidate
from policyengine.model.condition import Truth
from policyengine.model.frozen import FrozenMap
from policyengine.model.provision import UNSTATED

if TYPE_CHECKING:
    from policyengine.engine.matcher import Matcher
    from policyengine.engine.reference.timeline import Snapshot
    from policyengine.model.base import Atom
    from policyengine.model.condition import Condition
    from policyengine.model.provision import DecisionTable, Row

RowTruths = Sequence[tuple["Row", Truth]]


def decided(
    matcher: Matcher, conditions: Sequence[Condition], snapshots: Sequence[Snapshot]
) -> tuple[tuple[Truth, ...], ...]:
    """Return for each condition its truth on each snapshot.

    Where a derived fact may have several values, the matcher is asked about each, and it is decided what comes out the
    same for all.
    """
    records = [each.records() for each in snapshots]
    flat = [record for group in records for record in group]
    rows = matcher.decide(tuple(conditions), tuple(flat))
    ends = tuple(accumulate(len(group) for group in records))
    return tuple(
        tuple(_agreed(row[end - len(group) : end]) for group, end in zip(records, ends, strict=True)) for row in rows
    )


def _agreed(truths: Sequence[Truth]) -> Truth:
    return truths[0] if len(set(truths)) == 1 else Truth.UNKNOWN


def with_derived(
    matcher: Matcher, tables: Iterable[DecisionTable], snapshots: tuple[Snapshot, ...]
) -> tuple[Snapshot, ...]:
    """Return *snapshots* with the facts that *tables* derive, what a table asks about before what it decides."""
    deriving = {table.id: table for table in tables if table.derives is not None}
    asked = {name: [each for each in facts_of(table) if each in deriving] for name, table in deriving.items()}
    for name in TopologicalSorter(asked).static_order():
        table = deriving[name]
        truths = decided(matcher, [row.when for row in table.rows], snapshots)
        snapshots = tuple(
            _derived(table, snapshot, tuple(zip(table.rows, column, strict=True)))
            for snapshot, column in zip(snapshots, zip(*truths, strict=True), strict=True)
        )
    return snapshots


def facts_of(table: DecisionTable) -> tuple[str, ...]:
    """Return the facts that the rows of *table* ask about."""
    return tuple(dict.fromkeys(name for row in table.rows for name in row.when.facts_asked()))


def _derived(table: DecisionTable, snapshot: Snapshot, rows: RowTruths) -> Snapshot:
    values = tuple(dict.fromkeys(_allowed(table, rows)))
    known = {name: value for name, value in snapshot.record.values.items() if name != table.id}
    possible = dict(snapshot.possible)
    if len(values) == 1 and values[0] != UNSTATED:
        known[table.id] = values[0]
    elif len(values) > 1:
        possible[table.id] = values
    origins = {**snapshot.origins, table.id: _origin(table, snapshot, rows) if table.id in known else Origin.UNKNOWN}
    record = Record(FrozenMap(known), snapshot.record.happened, snapshot.record.complete)
    return replace(snapshot, record=record, origins=FrozenMap(origins), possible=FrozenMap(possible))


def _allowed(table: DecisionTable, rows: RowTruths) -> Iterator[Atom]:
    """Yield the values that the rows still allow: an unknown row adds its own, the first true one ends."""
    for row, truth in _reached(table, rows):
        if truth is not Truth.FALSE:
            yield row.then
    if not any(truth is Truth.TRUE for _, truth in rows):
        yield table.else_


def _reached(table: DecisionTable, rows: RowTruths) -> Iterator[tuple[Row, Truth]]:
    for row, truth in rows:
        yield row, truth
        if truth is Truth.TRUE and not table.unique_hit:
            return


def _origin(table: DecisionTable, snapshot: Snapshot, rows: RowTruths) -> Origin:
    """Return how the value is known: only as well as the worst of the facts that were asked."""
    names = {name for row, _ in _reached(table, rows) for name in row.when.facts_asked()}
    origins = {snapshot.origins.get(name, Origin.UNKNOWN) for name in names}
    for worst in (Origin.UNKNOWN, Origin.PRESUMED):
        if worst in origins:
            return worst
    return Origin.KNOWN


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who is meant by a role: the one candidate, or several between whom facts or the text do not decide.

    `conflict` says that two rows of a table that allows one are true at once, `perhaps_nobody` that it may also be a
    case in which the text names nobody.
    """

    candidates: tuple[Candidate, ...]
    conflict: bool = False
    perhaps_nobody: bool = False

    @property
    def role(self) -> str | None:
        """Return the role, if it is settled."""
        return self.candidates[0].role if len(self.candidates) == 1 and not self.perhaps_nobody else None


def assignment(table: DecisionTable, truths: Sequence[Truth]) -> Assignment:
    """Return who is meant when the rows of *table* are as *truths*."""
    rows = tuple(zip(table.rows, truths, strict=True))
    found: dict[str, tuple[str, ...]] = {}
    for row, truth in _reached(table, rows):
        if truth is not Truth.FALSE:
            role, clauses = str(row.then), row.clause or table.clause
            found[role] = tuple(dict.fromkeys((*found.get(role, ()), *clauses)))
    otherwise = not any(truth is Truth.TRUE for truth in truths)
    if otherwise and table.else_ != UNSTATED:
        found.setdefault(str(table.else_), table.clause)
    named = {str(row.then) for row, truth in _reached(table, rows) if truth is Truth.TRUE}
    candidates = tuple(Candidate(role, clauses) for role, clauses in found.items())
    return Assignment(candidates, conflict=len(named) > 1, perhaps_nobody=otherwise and table.else_ == UNSTATED)


def expanded(names: Iterable[str], tables: Mapping[str, DecisionTable]) -> tuple[str, ...]:
    """Return *names* with every derived fact replaced by the facts that it is derived from."""
    found: dict[str, None] = {}
    waiting = list(names)
    seen: set[str] = set()
    for name in waiting:  # grows while it is read
        if name in tables and name not in seen:
            seen.add(name)
            waiting += facts_of(tables[name])
        elif name not in tables:
            found[name] = None
    return tuple(found)
