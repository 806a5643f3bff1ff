"""Conditions and the single tests that they are made of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policyengine.checks.coverage.coverage import Part
from policyengine.model.condition import Condition
from policyengine.model.provision import Provision

if TYPE_CHECKING:
    from policyengine.model.provision import Gap


def conditions_of(owner: Provision | Gap) -> Iterator[tuple[Part, Condition]]:
    """Yield every condition of *owner*, with the part of it that it is."""
    if owner.when is not None:
        yield Part.WHEN, owner.when
    if not isinstance(owner, Provision):
        return
    if owner.unless is not None:
        yield Part.UNLESS, owner.unless
    for single in owner.deadline.singles() if owner.deadline is not None else ():
        if single.when is not None:
            yield Part.LIMB, single.when


def tests(condition: Condition) -> Iterator[Condition]:
    """Yield each single test in *condition* as a condition of its own.

    All that is asked of one fact in one place is one test, and so is whether any of several events has happened.
    """
    for part in condition.parts():
        yield from (Condition(facts=(test,)) for test in part.facts)
        if part.happened is not None:
            yield Condition(happened=part.happened)
