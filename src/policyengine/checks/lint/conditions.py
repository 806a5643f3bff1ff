"""Which facts a policy asks about, and with which tests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policyengine.checks.lint.source import LintSource
    from policyengine.model.condition import Condition, FactTest
    from policyengine.model.deadline import Deadline


def conditions(source: LintSource) -> Iterator[Condition]:
    """Yield every condition of the policy, under any reading: of provisions, their limits, gaps and tables."""
    for provision in (node for placed in source.provisions for node in placed.nodes):
        yield from (each for each in (provision.when, provision.unless) if each is not None)
        yield from _of_limit(provision.deadline)
    for gap in (node for placed in source.gaps for node in placed.nodes):
        yield from (each for each in (gap.when,) if each is not None)
    for table in (node for placed in source.tables for node in placed.nodes):
        yield from (row.when for row in table.rows)


def facts_asked(source: LintSource) -> frozenset[str]:
    """Return the facts that any condition asks about."""
    return frozenset(fact for each in conditions(source) for fact in each.facts_asked())


def tests_of(source: LintSource, fact: str) -> tuple[FactTest, ...]:
    """Return every test of *fact*."""
    parts = (part for each in conditions(source) for part in each.parts())
    return tuple(test for part in parts for test in part.facts if test.fact == fact)


def _of_limit(limit: Deadline | None) -> Iterator[Condition]:
    if limit is not None:
        yield from (each for each in (limit.when,) if each is not None)
        for limb in limit.limbs:
            yield from _of_limit(limb)
