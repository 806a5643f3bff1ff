"""A policy under chosen readings and one scope, as far as columns look at it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policyengine.model.condition import Condition
    from policyengine.model.deadline import Counting
    from policyengine.model.policy import Policy
    from policyengine.model.provision import DecisionTable, Provision


@dataclass(frozen=True, slots=True)
class Source:
    """What holds: `derived` are the facts that tables derive, `assigned` the tables that name bearers, by the role."""

    policy: Policy
    counting: Counting
    provisions: tuple[Provision, ...]
    derived: frozenset[str]
    assigned: Mapping[str, DecisionTable]


def sourced(policy: Policy, readings: Mapping[str, str], scope: str) -> Source:
    """Return *policy* under *readings*, which name an option for each."""
    counting = policy.counting.under(readings)
    if counting is None:  # pragma: no cover - the loader never withholds `counting`
        msg = "a policy without counting rules"
        raise AssertionError(msg)
    tables = tuple(table for each in policy.tables if (table := each.under(readings)) is not None)
    admitted = (found for each in policy.provisions if (found := each.under(readings)) is not None)
    return Source(
        policy,
        counting,
        tuple(each for each in admitted if each.scope == scope),
        frozenset(each.id for each in tables if each.derives is not None),
        {each.id: each for each in tables if each.assigns is not None},
    )


def own_conditions(provision: Provision) -> tuple[Condition, ...]:
    """Return every condition of *provision*, those of its limits included."""
    singles = provision.deadline.singles() if provision.deadline is not None else ()
    found = (provision.when, provision.unless, *(each.when for each in singles))
    return tuple(each for each in found if each is not None)


def awaited(provision: Provision) -> tuple[str, ...]:
    """Return the provisions whose outcome *provision* waits for, those that are not there included."""
    return tuple(name for each in provision.happenings() for name in (each.outcome() or ("", ()))[1])
