"""Which of two lengths ends first: over every anchor there is, exactly, not over some of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from policyengine.engine.reference.counting import count
from policyengine.temporal.limit import ELAPSED, Unit

if TYPE_CHECKING:
    from policyengine.temporal.calendar import Calendar
    from policyengine.temporal.instant import Instant
    from policyengine.temporal.limit import Counting, Length
    from policyengine.temporal.zone import Zone

_ONE_DAY = timedelta(days=1)
_WHOLE_CYCLE = 366 * 4 + 1
"""Days after which months, years and weekdays have met in every way that matters, where no calendar sets an end."""
_FIRST = date(2024, 1, 1)


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


def _ordered(earlier: bool, later: bool) -> Order:  # noqa: FBT001 - both are what there is to know
    if earlier and later:
        return Order.INCOMPARABLE
    return Order.TIGHTER if earlier else Order.LOOSER if later else Order.EQUAL


def _asks_calendar(span: Span) -> bool:
    """Tell whether days off bear on the limit."""
    days = span.length.unit not in ELAPSED
    return span.length.unit is Unit.WORKING_DAYS or (days and span.counting.roll == "next_working_day")


def _anchors(calendar: Calendar, zone: Zone) -> Iterator[Instant]:
    """Yield the first and the last instant of every day of the announced period, or of a whole cycle of years."""
    day = calendar.start or _FIRST
    last = calendar.announced_until or day + _WHOLE_CYCLE * _ONE_DAY
    while day <= last:
        yield zone.first_instant(day)
        yield zone.first_instant(day + _ONE_DAY).plus(-1)
        day += _ONE_DAY
