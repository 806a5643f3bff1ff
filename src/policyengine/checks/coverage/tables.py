"""Decision tables: which row was taken where an example asserts what the table decides.

A table that says who is meant is asserted where an expectation about a duty of that role names the bearer, or the
candidates. One that derives a fact is asserted where anything is expected of a provision or gap that asks about the
fact, directly or through another table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyengine.checks.coverage.conditions import conditions_of
from policyengine.checks.coverage.coverage import Kind, Row
from policyengine.engine.reference.tables import facts_of
from policyengine.model.condition import Truth

if TYPE_CHECKING:
    from policyengine.checks.coverage.coverage import Key
    from policyengine.checks.coverage.trials import Trial
    from policyengine.model.policy import Policy
    from policyengine.model.provision import DecisionTable, Gap, Provision

WHO = frozenset({"bearer", "assigned", "candidates", "conflict"})
"""The keys of an expectation that say who is meant by a role."""


@dataclass(frozen=True, slots=True)
class Use:
    """A table at work: in a trial, at the snapshots at which it decided something that is asserted.

    Args:
        table: as the trial's readings have it.
        truths: for each row, its truth at those snapshots.
    """

    trial: Trial
    table: DecisionTable
    places: range
    truths: tuple[tuple[Truth, ...], ...]

    def taken(self) -> Iterator[Row]:
        """Yield the rows that decided, the `else` among them."""
        for column in zip(*self.truths, strict=True):
            yield from self._taken(column)

    def reached(self) -> Iterator[tuple[int, int]]:
        """Yield (row, place of the snapshot) wherever a row was looked at: no row before it had decided."""
        for place, column in zip(self.places, zip(*self.truths, strict=True), strict=True):
            for number in range(len(column)):
                if self.table.unique_hit or Truth.TRUE not in column[:number]:
                    yield number, place

    def _taken(self, column: Sequence[Truth]) -> Iterator[Row]:
        true = [number for number, truth in enumerate(column) if truth is Truth.TRUE]
        for number in true if self.table.unique_hit else true[:1]:
            if self.table.unique_hit or Truth.UNKNOWN not in column[:number]:
                yield rows_of(self.table)[number]
        if all(truth is Truth.FALSE for truth in column):
            yield rows_of(self.table)[-1]


def shown(trial: Trial) -> Iterator[Key]:
    """Yield the rows that decided something that is asserted."""
    for use in uses(trial):
        yield from ((Kind.ROWS, use.table.id, row) for row in use.taken())


def items(policy: Policy) -> Iterator[Key]:
    """Yield each row of each table in any of its forms, and its `else`."""
    for name, tables in tables_by_id(policy).items():
        for row in dict.fromkeys(row for each in tables for row in rows_of(each)):
            yield Kind.ROWS, name, row


def tables_by_id(policy: Policy) -> Mapping[str, tuple[DecisionTable, ...]]:
    """Return by role or fact every form that a table has under any reading, each once."""
    found: dict[str, dict[DecisionTable, None]] = {}
    for node in (node for each in policy.tables for node in each.nodes()):
        found.setdefault(node.id, {})[node] = None
    return {name: tuple(each) for name, each in found.items()}


def rows_of(table: DecisionTable) -> tuple[Row, ...]:
    """Return the rows of *table*, its `else` last."""
    own = tuple(Row(place, each.then, each.when) for place, each in enumerate(table.rows))
    return (*own, Row(None, table.else_))


def uses(trial: Trial) -> Iterator[Use]:
    """Yield every table of the trial that decided anything that is asserted."""
    for table in trial.inquiry.prepared.tables:
        places = _who(trial, table) if table.assigns is not None else _facts(trial, table)
        if places:
            first = min(places)
            truths = trial.truths(tuple(each.when for each in table.rows))
            yield Use(
                trial, table, range(first, len(trial.inquiry.snapshots)), tuple(tuple(each[first:]) for each in truths)
            )


def _who(trial: Trial, table: DecisionTable) -> list[int]:
    """Return the places from which on *table* decides who owes a duty that an expectation says the bearer of."""
    found = []
    for asserted in trial.asserted.values():
        for expected, duty in asserted:
            if duty.assigned == table.assigns and not WHO.isdisjoint(expected.wanted):
                performed = None if duty.performed is None else duty.performed.at
                at = duty.violated_at or performed or trial.ask.as_of
                found.append(trial.inquiry.place_at(at))
    return found


def _facts(trial: Trial, table: DecisionTable) -> list[int]:
    """Return the places from which on a provision or gap about which anything is expected asks about the fact."""
    deriving = {name: facts_of(each) for name, each in trial.inquiry.derived.items()}
    owners: tuple[Provision | Gap, ...] = (*trial.inquiry.prepared.provisions, *trial.inquiry.prepared.gaps)
    found = []
    for owner in owners:
        if owner.id in trial.judged:
            asked = {name for _, each in conditions_of(owner) for name in each.facts_asked()}
            first = trial.first_place(owner.id)
            if first is not None and table.id in _behind(asked, deriving):
                found.append(first)
    return found


def _behind(asked: set[str], deriving: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """Return *asked* with everything that the derived facts among them are derived from."""
    waiting, found = list(asked), dict[str, None]()
    for name in waiting:  # grows while it is read
        if name not in found:
            found[name] = None
            waiting += deriving.get(name, ())
    return frozenset(found)
