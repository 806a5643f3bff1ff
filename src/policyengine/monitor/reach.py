"""How far time alone can move the answers of a policy: its own bounds, and the longest of its limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyengine.model.provision import Gap, Provision
from policyengine.prepare.log import FIRST_YEAR, LAST_YEAR
from policyengine.temporal.instant import DAY, HOUR, Instant
from policyengine.temporal.limit import ELAPSED, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policyengine.model.deadline import Within
    from policyengine.model.happening import Happening
    from policyengine.model.policy import Policy
    from policyengine.model.provision import InForce

FIRST = Instant.parse(f"{FIRST_YEAR}-01-01T00:00Z")
LAST = Instant.parse(f"{LAST_YEAR}-12-31T24:00Z").plus(-1)
"""The last instant that can be asked about."""

_WEEK, _MONTH, _YEAR = 7, 31, 366
_SLACK = 3
"""Days: a limit in days ends at midnight, and clocks of zones differ by more than one."""


def bounds(policy: Policy) -> tuple[Instant, ...]:
    """Return when a version of *policy*, or a provision or gap of its own, comes into force or leaves it, in order."""
    own = (node.in_force for node in _owners(policy) if node.in_force is not None)
    lives = (*(each.in_force for each in policy.header.versions), *own)
    return tuple(sorted({each for life in lives for each in _ends(policy, life)}))


def reach(policy: Policy) -> int:
    """Return microseconds that no limit of *policy* exceeds, counted from the last event that is seen.

    A limit may count from another one that was missed, and so on: no chain is longer than there are such duties.
    """
    lengths = [each for node in _owners(policy) if isinstance(node, Provision) for each in _lengths(node)]
    off = len({day for each in policy.calendar.days_off for day in each.days()})
    longest = max((_days(each, off) for each in lengths), default=0)
    waiting = {node.id for node in _owners(policy) if any(each.outcome() for each in _awaited(node))}
    return (1 + len(waiting)) * (longest + _SLACK) * DAY


def _owners(policy: Policy) -> Iterator[Provision | Gap]:
    for variants in (policy.provisions, policy.gaps):
        for each in variants:
            yield from each.nodes()


def _awaited(node: Provision | Gap) -> tuple[Happening, ...]:
    return node.upon or () if isinstance(node, Gap) else node.happenings()


def _ends(policy: Policy, life: InForce) -> Iterator[Instant]:
    # What lies beyond the years that can be asked about moves nothing.
    for day in (life.from_, life.to):
        if day is not None and FIRST_YEAR <= day.year <= LAST_YEAR:
            yield policy.zone.first_instant(day)


def _lengths(node: Provision) -> Iterator[Within]:
    singles = node.deadline.singles() if node.deadline is not None else ()
    yield from (each.within for each in singles if each.within is not None)
    if node.every is not None and node.every.since_last_act is not None:
        yield node.every.since_last_act


def _days(within: Within, off: int) -> int:
    """Return days that a length does not exceed, with the days off that it may meet or be moved over."""
    found = 0
    for name, number in within.parts():
        unit = Unit(name)
        if unit in ELAPSED:
            found += (number * ELAPSED[unit] + HOUR) // DAY + 1
        else:
            each = {Unit.DAYS: 1, Unit.WORKING_DAYS: _WEEK, Unit.MONTHS: _MONTH, Unit.YEARS: _YEAR}[unit]
            found += number * each + off + _WEEK
    return found
