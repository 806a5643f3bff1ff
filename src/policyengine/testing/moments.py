"""Instants where answers change: limits, holidays, make-up workdays, midnights, ends of months."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from policyengine.engine.reference.counting import count
from policyengine.engine.reference.limits import length
from policyengine.model.deadline import Deadline
from policyengine.temporal.instant import DAY, HOUR, SECOND, Instant
from policyengine.temporal.limit import Counting, Length, Unit
from policyengine.temporal.zone import Zone
from policyengine.testing.names import gaps, provisions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hypothesis.strategies import SearchStrategy

    from policyengine.model.deadline import Counting as Rules
    from policyengine.model.policy import Policy

YEARS = range(2024, 2028)
"""The years that instants lie in: leap day, holidays, and days that no calendar has announced yet."""

_NUDGES = (0, -1, 1, -SECOND, SECOND)
_ONE_DAY = timedelta(days=1)
_PLAIN = ((Length(Unit.DAYS, 1), Counting()), (Length(Unit.HOURS, 24), Counting()))

Way = tuple[Length, Counting]
"""A length and how it is counted."""


@dataclass(frozen=True, slots=True)
class Step:
    """The way from earlier instants to the next one: which of them, what is counted from it, and how far beside."""

    back: int
    way: Way | None
    nudge: int

    def taken(self, earlier: Sequence[Instant], policy: Policy) -> Instant:
        """Return the instant that the step leads to from *earlier* ones, of which there is at least one."""
        start = earlier[-1 - self.back % len(earlier)]
        if self.way is not None:
            start = limit_of(self.way, start, policy)
        return start.plus(self.nudge)


def nudges() -> SearchStrategy[int]:
    """Return nothing, a microsecond or a second, before and after, in microseconds."""
    return st.sampled_from(_NUDGES)


def steps(policy: Policy, furthest: int = 3) -> SearchStrategy[Step]:
    """Return steps to limits of *policy*, to the earlier instants themselves, and beside both.

    They start from the latest instant, or from one of the *furthest* before it.
    """
    near = nudges()
    away = st.integers(-2 * DAY // SECOND, 4 * DAY // SECOND).map(lambda seconds: seconds * SECOND)
    which = st.integers(0, furthest)
    beside = st.builds(Step, which, st.none(), near | away)
    return beside | st.builds(Step, which, st.sampled_from(ways(policy)), near)


def instants(policy: Policy | None = None, *, around: Sequence[Instant] = ()) -> SearchStrategy[Instant]:
    """Return instants at, just before and just after those where an answer may change.

    They are the midnights at which holidays, make-up workdays, versions and months of 2024 to 2027 begin and end on
    the policy's clock (UTC without a policy), where that clock jumps, the instants *around*, and their limits under
    *policy*. Now and then it is any other instant of those years.

    >>> instants(load("changzhi")).example()  # doctest: +SKIP
    Instant(micros=1759852800000001)
    """
    zone = Zone("UTC") if policy is None else policy.zone
    marks = st.sampled_from(_marks(policy, zone))
    nudged = st.builds(lambda mark, nudge: mark.plus(nudge), marks, nudges())
    first, last = (zone.first_instant(date(year, 1, 1)) for year in (YEARS.start, YEARS.stop))
    anywhere = st.integers(first.micros, last.micros).map(Instant)
    if not around:
        return nudged | anywhere
    if policy is None:
        here = st.builds(lambda mark, nudge: mark.plus(nudge), st.sampled_from(around), nudges())
    else:
        places = st.integers(0, len(around) - 1)
        here = st.builds(lambda step, place: step.taken((around[place],), policy), steps(policy), places)
    return here | nudged | anywhere


def ways(policy: Policy) -> tuple[Way, ...]:
    """Return every length that occurs in *policy*, in every way in which it is counted under some reading."""
    found: dict[Way, None] = {}
    for node in provisions(policy):
        for single in node.deadline.singles() if node.deadline is not None else ():
            for rules in policy.counting.nodes() if single.within is not None else ():
                found[length(single.within), _counting(single, rules)] = None
        if node.every is not None and node.every.since_last_act is not None:
            for rules in policy.counting.nodes():
                found[length(node.every.since_last_act), _counting(Deadline(), rules)] = None
    return (*found, *_PLAIN)


def limit_of(way: Way, anchor: Instant, policy: Policy) -> Instant:
    """Return the limit of a length counted from *anchor*."""
    return count(way[0], anchor, counting=way[1], calendar=policy.calendar, zone=policy.zone).due


def _counting(deadline: Deadline, rules: Rules) -> Counting:
    ends = deadline.ends or rules.days.ends
    return Counting(
        hours=deadline.hours or rules.hours or "exact",
        roll=deadline.roll or rules.days.roll or "stay",
        ends=None if ends is None else time.fromisoformat(ends),
    )


def _marks(policy: Policy | None, zone: Zone) -> tuple[Instant, ...]:
    """Return the instants worth asking about: where days begin that matter, and where the clock jumps."""
    days = [date(year, month, 1) for year in YEARS for month in range(1, 13)]
    if policy is not None:
        calendar = policy.calendar
        days += [day for each in calendar.days_off for day in (each.first, each.last + _ONE_DAY)]
        days += [day for each in sorted(calendar.worked) for day in (each, each + _ONE_DAY)]
        days += [day for each in (calendar.start, calendar.announced_until) if each for day in (each, each + _ONE_DAY)]
        lives = [each.in_force for each in policy.header.versions]
        lives += [node.in_force for node in provisions(policy) if node.in_force is not None]
        lives += [node.in_force for node in gaps(policy) if node.in_force is not None]
        days += [day for each in lives for day in (each.from_, each.to) if day]
    return (*(zone.first_instant(day) for day in dict.fromkeys(days)), *_jumps(zone))


@cache
def _jumps(zone: Zone) -> tuple[Instant, ...]:
    """Return the full hours at which the clock of *zone* has just jumped; they never change and are often asked for."""
    return tuple(_jumping(zone))


def _jumping(zone: Zone) -> Iterator[Instant]:
    first, last = (zone.first_instant(date(year, 1, 1)) for year in (YEARS.start, YEARS.stop))
    for midnight in range(first.micros, last.micros, DAY):
        if zone.offset(Instant(midnight)) != zone.offset(Instant(midnight + DAY)):
            hours = [Instant(hour) for hour in range(midnight, midnight + DAY + 1, HOUR)]
            yield from (new for old, new in pairwise(hours) if zone.offset(old) != zone.offset(new))
