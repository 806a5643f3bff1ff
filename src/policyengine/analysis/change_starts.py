"""When a case has to begin for two versions to be told apart: by dates, by days off, by the very minute."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from policyengine.analysis.change_scope import Kind
from policyengine.analysis.courses import usual
from policyengine.engine.reference.counting import count
from policyengine.engine.reference.limits import counted_by, length
from policyengine.model.deadline import Deadline
from policyengine.model.provision import Provision
from policyengine.temporal.instant import DAY, MINUTE, Instant

if TYPE_CHECKING:
    from policyengine.analysis.change_scope import Part, Scope
    from policyengine.analysis.sides import Side
    from policyengine.model.provision import Gap, InForce

_ONE_DAY = timedelta(days=1)
_FIRST, _MOST_DAYS = date(2024, 1, 1), 366 * 4 + 1
_MOST_STARTS, _MOST_DATES = 10, 4
_MORNING = 9


def starts(scope: Scope, part: Part, behind: Sequence[Provision | Gap]) -> tuple[Instant, ...]:
    """Return instants at which a case may begin, the plainest first.

    Args:
        scope: the two versions.
        part: the provision or gap that is asked about.
        behind: everything that its answer looks at, under either version.
    """
    old, new = scope.old.side, scope.new.side
    plain = (usual(new.policy), usual(old.policy))
    lives = [each.in_force for side in (old, new) for each in side.policy.header.versions]
    lives += [each.in_force for each in behind if each.in_force is not None]
    dates = _edges(new, lives) if part in scope.affected else ()
    found = (*_telling(scope, part), plain[0], *plain, *dates, *_beside(scope, plain[0]))
    return tuple(dict.fromkeys(found))[:_MOST_STARTS]


def _edges(side: Side, lives: Sequence[InForce]) -> Iterator[Instant]:
    """Yield mornings just before and on the days on which something comes into force, or goes out of it."""
    days = {day for each in lives for day in (each.from_, each.to) if day is not None}
    for day in sorted(days)[-_MOST_DATES:]:
        yield side.policy.zone.at(day, _MORNING)
        yield side.policy.zone.at(day - _ONE_DAY, _MORNING)


def _beside(scope: Scope, morning: Instant) -> Iterator[Instant]:
    """Yield instants beside the morning where the very minute, or the day on another clock, can matter."""
    kinds = {each.kind for each in scope.differing}
    yield morning.plus(20 * MINUTE)
    if kinds & {Kind.ZONE, Kind.CALENDAR, Kind.DAYS, Kind.VERSIONS}:
        yield morning.plus(14 * 60 * MINUTE)
        yield morning.plus(-8 * 60 * MINUTE)
        yield morning.plus(4 * DAY)


def _telling(scope: Scope, part: Part) -> Iterator[Instant]:
    """Yield anchors after which the lengths of both versions end at different instants: one earlier, one later."""
    old, new = scope.old.norms.get(part), scope.new.norms.get(part)
    if not isinstance(old, Provision) or not isinstance(new, Provision):
        return
    for one, other in zip(_lengths(old), _lengths(new), strict=False):
        found: dict[bool, Instant] = {}
        for anchor in _anchors(scope.new.side):
            ends = (_end(scope.old.side, one, anchor), _end(scope.new.side, other, anchor))
            if ends[0] != ends[1]:
                found.setdefault(ends[0] < ends[1], anchor)
            if len(found) > 1:
                break
        yield from found.values()


def _lengths(norm: Provision) -> tuple[Deadline, ...]:
    singles = norm.deadline.singles() if norm.deadline is not None else ()
    found = [each for each in singles if each.within is not None]
    if norm.every is not None and norm.every.since_last_act is not None:
        found.append(Deadline(within=norm.every.since_last_act))
    return tuple(found)


def _end(side: Side, deadline: Deadline, anchor: Instant) -> Instant:
    policy, rules = side.policy, counted_by(side.counting, deadline)
    limit = count(length(deadline.within), anchor, counting=rules, calendar=policy.calendar, zone=policy.zone)
    return limit.late_from


def _anchors(new: Side) -> Iterator[Instant]:
    """Yield a usual morning first, then a morning, a minute past and both ends of every day that is announced."""
    zone, calendar = new.policy.zone, new.policy.calendar
    yield usual(new.policy)
    first = max(_FIRST, calendar.start or _FIRST)
    last = min(calendar.announced_until or date.max, first + _MOST_DAYS * _ONE_DAY)
    while first <= last:
        yield zone.at(first, _MORNING)
        yield zone.at(first, _MORNING).plus(20 * MINUTE)
        yield zone.first_instant(first)
        yield zone.first_instant(first + _ONE_DAY).plus(-MINUTE)
        first += _ONE_DAY
