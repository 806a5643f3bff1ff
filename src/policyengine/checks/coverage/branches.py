"""Branches: every single test of every condition, as true and as false.

A test counts where something is expected of what it decides, at the instants at which it matters: for a provision from
its trigger on, for a gap at the instant asked about, for a row of a table where no earlier row had decided. What a test
comes to is asked of the reference's own matcher. That it can be unknown is not demanded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from policyengine.checks.coverage.conditions import conditions_of, tests
from policyengine.checks.coverage.coverage import Branch, Kind, Part
from policyengine.checks.coverage.norms import norms_by_id
from policyengine.checks.coverage.tables import tables_by_id, uses
from policyengine.model.condition import Truth

if TYPE_CHECKING:
    from policyengine.checks.coverage.coverage import Key
    from policyengine.checks.coverage.trials import Trial
    from policyengine.model.condition import Condition
    from policyengine.model.policy import Policy
    from policyengine.model.provision import DecisionTable, Gap, Provision

_DEMANDED = (Truth.TRUE, Truth.FALSE)


def shown(trial: Trial) -> Iterator[Key]:
    """Yield how the tests came out that *trial* asserts something by."""
    yield from ((Kind.BRANCHES, name, branch) for name, branch in (*_of_norms(trial), *_of_tables(trial)))


def items(policy: Policy) -> Iterator[Key]:
    """Yield each test of each condition twice: that it is true, and that it is false."""
    asked = [(name, each) for name, nodes in norms_by_id(policy).items() for each in _norm_tests(nodes)]
    asked += [(name, each) for name, tables in tables_by_id(policy).items() for each in _table_tests(tables)]
    for name, (part, test) in asked:
        yield from ((Kind.BRANCHES, name, Branch(part, test, wanted)) for wanted in _DEMANDED)


def _norm_tests(nodes: Sequence[Provision | Gap]) -> tuple[tuple[Part, Condition], ...]:
    found = ((part, test) for node in nodes for part, condition in conditions_of(node) for test in tests(condition))
    return tuple(dict.fromkeys(found))


def _table_tests(tables: Sequence[DecisionTable]) -> tuple[tuple[Part, Condition], ...]:
    found = ((Part.ROW, test) for table in tables for row in table.rows for test in tests(row.when))
    return tuple(dict.fromkeys(found))


def _of_norms(trial: Trial) -> Iterator[tuple[str, Branch]]:
    owners: tuple[Provision | Gap, ...] = (*trial.inquiry.prepared.provisions, *trial.inquiry.prepared.gaps)
    for owner in owners:
        first = trial.first_place(owner.id) if owner.id in trial.judged else None
        if first is None:
            continue
        asked = tuple((part, test) for part, condition in conditions_of(owner) for test in tests(condition))
        for (part, test), truths in zip(asked, trial.truths([test for _, test in asked]), strict=True):
            yield from ((owner.id, Branch(part, test, each)) for each in _DEMANDED if each in truths[first:])


def _of_tables(trial: Trial) -> Iterator[tuple[str, Branch]]:
    for use in uses(trial):
        asked = [tuple(tests(row.when)) for row in use.table.rows]
        truths = [trial.truths(each) for each in asked]
        for row, place in use.reached():
            for test, along in zip(asked[row], truths[row], strict=True):
                if along[place] in _DEMANDED:
                    yield use.table.id, Branch(Part.ROW, test, along[place])
