"""Which of two lengths ends first: over every anchor there is, exactly, not over some of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from policyengine.engine.reference.counting import count
from policyengine.temporal.limit import ELAPSED, Length, Unit

if TYPE_CHECKING:
    from policyengine.temporal.calendar import Calendar
    from policyengine.temporal.instant import Instant
    from policyengine.temporal.limit import Counting
    from policyengine.temporal.zone import Zone

_ONE_DAY = timedelta(days=1)
_WHOLE_CYCLE = 366 * 4 + 1
"""Days after which months, years and weekdays have met in every way that matters, where no calendar sets an end."""
_FIRST = date(2024, 1, 1)
_NINE = 9


class Order(StrEnum):
    """How one limit relates to another."""

    EQUAL = "equal"
    """They end at the same instant whatever they count from."""
    TIGHTER = "tighter"
    """It never ends later, and sometimes earlier."""
    LOOSER = "looser"
    """It never ends earlier, and sometimes later."""
    INCOMPARABLE = "incomparable"
    """It ends earlier after some anchors, and later after others."""


@dataclass(frozen=True, slots=True)
class Span:
    """A length with the way in which it is counted."""

    length: Length
    counting: Counting


@dataclass(frozen=True, slots=True)
class LimitOrder:
    """How one limit relates to another, with anchors that show it.

    Args:
        order: of the first to the second.
        earlier_at: an anchor after which the first ends earlier; ``None`` where there is none.
        later_at: an anchor after which it ends later.
        announced_only: whether this holds for anchors in the announced period of the calendar only; beyond it the days
            off are not known yet.
    """

    order: Order
    earlier_at: Instant | None
    later_at: Instant | None
    announced_only: bool


def order(one: Span, other: Span, *, calendar: Calendar, zone: Zone) -> LimitOrder:
    """Return how *one* relates to *other*, both counted from one anchor in *zone*.

    Within a day every limit ends the later the later its anchor is, and one counted in days ends at the same instant
    for all anchors of the day. So the first and the last instant of a day decide about all that lie between.
    """
    asks = _asks_calendar(one) or _asks_calendar(other)
    earlier: Instant | None = None
    later: Instant | None = None
    for anchor in _anchors(calendar, zone):
        first, second = (
            count(each.length, anchor, counting=each.counting, calendar=calendar, zone=zone) for each in (one, other)
        )
        if first.provisional or second.provisional:
            continue
        if first.late_from < second.late_from:
            earlier = earlier or anchor
        elif first.late_from > second.late_from:
            later = later or anchor
    return LimitOrder(_ordered(earlier is not None, later is not None), earlier, later, announced_only=asks)


@dataclass(frozen=True, slots=True)
class Anchored:
    """A span in the calendar and the zone of its policy."""

    span: Span
    calendar: Calendar
    zone: Zone


@dataclass(frozen=True, slots=True)
class Later:
    """Whether a limit can end before all of some others.

    Args:
        anchor: one after which it does; ``None`` where there is none.
        announced_only: whether that there is none is known for the announced period of the calendar only.
    """

    anchor: Instant | None
    announced_only: bool = False


def late_after(others: Sequence[Anchored], limit: Anchored) -> Later | None:
    """Return whether *limit* can end before every one of *others*, all counted from one anchor.

    Lengths of one unit counted alike are compared by their numbers, whatever days will be announced. So is a length
    that no day off can move with one that days off can only put off, by the least that this can come to. All else is
    compared over the announced period, day by day.

    Returns:
        ``None`` where nothing decides: on different calendars or in different zones, or with no day that is known.
    """
    if any(_never_later(each, limit) for each in others):
        return Later(None)
    alike = all(each.calendar == limit.calendar and each.zone == limit.zone for each in others)
    asks = any(_asks_calendar(each.span) for each in (*others, limit))
    elapsed = all(each.span.length.unit in ELAPSED for each in (*others, limit))
    hourly = any(_full_hours(each.span) for each in (*others, limit))
    known = False
    for anchor in _of_an_hour(limit) if elapsed and alike else _anchors(limit.calendar, limit.zone, hourly=hourly):
        ends = [_counted(each, anchor) for each in (limit, *others)]
        if any(each is None for each in ends):
            continue
        known = True
        own, *rest = (each for each in ends if each is not None)
        if all(own < each for each in rest):
            return Later(anchor)
    return Later(None, announced_only=asks) if known and alike else None


def _of_an_hour(one: Anchored) -> tuple[Instant, Instant]:
    """Return the first and the last instant of an hour: where only elapsed time is counted, all hours are alike."""
    first = one.zone.at(one.calendar.start or _FIRST, _NINE)
    return first, first.plus(ELAPSED[Unit.HOURS] - 1)


def _never_later(one: Anchored, other: Anchored) -> bool:
    """Tell whether *one* never ends after *other*, whatever days are off."""
    mine, its = one.span, other.span
    if (mine.length.unit, mine.counting) == (its.length.unit, its.counting) and mine.length.n <= its.length.n:
        anywhere = mine.length.unit in ELAPSED and not _full_hours(mine)
        return anywhere or (one.calendar == other.calendar and one.zone == other.zone)
    if mine.length.unit in ELAPSED and its.length.unit in ELAPSED:
        first, second = (each.length.n * ELAPSED[each.length.unit] for each in (mine, its))
        return not _full_hours(mine) and first <= second
    if _asks_calendar(mine) or not _asks_calendar(its) or (one.zone, one.calendar) != (other.zone, other.calendar):
        return False
    return order(mine, _least(its), calendar=one.calendar, zone=one.zone).later_at is None


def _full_hours(span: Span) -> bool:
    """Tell whether the starting hour is left out."""
    return span.length.unit is Unit.HOURS and span.counting.hours == "next_full_hour"


def _least(span: Span) -> Span:
    """Return the earliest that a span can end, were no day off."""
    unit = Unit.DAYS if span.length.unit is Unit.WORKING_DAYS else span.length.unit
    return Span(Length(unit, span.length.n), replace(span.counting, roll="stay"))


def _counted(one: Anchored, anchor: Instant) -> Instant | None:
    """Return when *one* is late from, counted from *anchor*; ``None`` where days are asked about that are not known."""
    span = one.span
    found = count(span.length, anchor, counting=span.counting, calendar=one.calendar, zone=one.zone)
    return None if found.provisional else found.late_from


def _ordered(earlier: bool, later: bool) -> Order:  # noqa: FBT001 - both are what there is to know
    if earlier and later:
        return Order.INCOMPARABLE
    return Order.TIGHTER if earlier else Order.LOOSER if later else Order.EQUAL


def _asks_calendar(span: Span) -> bool:
    """Tell whether days off bear on the limit."""
    days = span.length.unit not in ELAPSED
    return span.length.unit is Unit.WORKING_DAYS or (days and span.counting.roll == "next_working_day")


def _anchors(calendar: Calendar, zone: Zone, *, hourly: bool = False) -> Iterator[Instant]:
    """Yield the first and the last instant of every day of the announced period, or of a whole cycle of years.

    Args:
        calendar: announces the period.
        zone: whose days they are.
        hourly: also of every hour of them.
    """
    day = calendar.start or _FIRST
    last = calendar.announced_until or day + _WHOLE_CYCLE * _ONE_DAY
    while day <= last:
        at, end = zone.first_instant(day), zone.first_instant(day + _ONE_DAY)
        while at < end:
            yield at
            next_ = min(zone.next_full_hour(at), end) if hourly else end
            yield next_.plus(-1)
            at = next_
        day += _ONE_DAY
