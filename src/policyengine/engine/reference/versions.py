"""When a version of the policy is in force (S6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyengine.engine.reference.spans import BEGINNING, Interval, Spans, of_intervals
from policyengine.prepare.log import FIRST_YEAR, LAST_YEAR

if TYPE_CHECKING:
    from policyengine.model.policy import Policy
    from policyengine.model.provision import InForce
    from policyengine.temporal.zone import Zone


def in_force(policy: Policy) -> Spans:
    """Return whether a version is in force, along time; days begin at midnight in the policy's zone."""
    periods = [_interval(each.in_force, policy.zone) for each in policy.header.versions]
    return of_intervals(sorted(periods, key=lambda period: period[0]))


def _interval(period: InForce, zone: Zone) -> Interval:
    # No event can lie outside these years, so an earlier start and a later end are as good as none.
    open_start = period.from_ is None or period.from_.year < FIRST_YEAR
    open_end = period.to is None or period.to.year > LAST_YEAR
    start = BEGINNING if open_start or period.from_ is None else zone.first_instant(period.from_)
    return start, None if open_end or period.to is None else zone.first_instant(period.to)
