"""When a version of the policy, and a provision of its own, is in force (S6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyengine.engine.reference.conditions import conjunction
from policyengine.engine.reference.spans import BEGINNING, Interval, Spans, combined, of_intervals
from policyengine.prepare.log import FIRST_YEAR, LAST_YEAR

if TYPE_CHECKING:
    from policyengine.model.policy import Policy
    from policyengine.model.provision import Gap, InForce, Provision
    from policyengine.temporal.zone import Zone


def in_force(policy: Policy) -> Spans:
    """Return whether a version is in force, along time; days begin at midnight in the policy's zone."""
    periods = [_interval(each.in_force, policy.zone) for each in policy.header.versions]
    return of_intervals(sorted(periods, key=lambda period: period[0]))


def life(policy: Policy, owner: Provision | Gap) -> Spans:
    """Return whether *owner* is in force, along time: while a version is, and it is itself."""
    versions = in_force(policy)
    if owner.in_force is None:
        return versions
    own = of_intervals([_interval(owner.in_force, policy.zone)])
    return combined(conjunction, (versions, own))


def _interval(period: InForce, zone: Zone) -> Interval:
    # No event can lie outside these years, so an earlier start and a later end are as good as none.
    open_start = period.from_ is None or period.from_.year < FIRST_YEAR
    open_end = period.to is None or period.to.year > LAST_YEAR
    start = BEGINNING if open_start or period.from_ is None else zone.first_instant(period.from_)
    return start, None if open_end or period.to is None else zone.first_instant(period.to)
