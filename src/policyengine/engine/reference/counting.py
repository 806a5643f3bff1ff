"""How a deadline is counted (S16-S22), plainly: days are walked one by one.

Order (S17): anchor, length, roll, end of day; then the composite, then the cap.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from policyengine.temporal.instant import ImpossibleTimeError
from policyengine.temporal.limit import ELAPSED, Limit, LimitTooFar, Step, StepKind, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from policyengine.temporal.calendar import Calendar
    from policyengine.temporal.instant import Instant
    from policyengine.temporal.limit import Counting, Length
    from policyengine.temporal.zone import Zone

_ONE_DAY = timedelta(days=1)
_MONTHS_PER_YEAR = 12


def count(length: Length, anchor: Instant, *, counting: Counting, calendar: Calendar, zone: Zone) -> Limit:
    """Return the limit of *length* from *anchor*.

    Seconds, minutes and hours run from the anchor itself and end inclusive (S18); days, months and years run from the
    day after it, in *zone*, and end at 24:00, exclusive, or at close of business, inclusive (S19). Where a day outside
    the announced period of *calendar* was asked about, the limit is provisional (S22).

    Raises:
        LimitTooFar: on the clock of *zone* the limit lies outside the years 1 to 9999.
    """
    try:
        if length.unit in ELAPSED:
            return _Count(counting, calendar, zone).elapsed(length, anchor)
        return _Count(counting, calendar, zone).days(length, anchor)
    except (ImpossibleTimeError, OverflowError) as error:
        msg = f"the limit of {length.n} {length.unit} from {anchor} lies beyond the year 9999"
        raise LimitTooFar(msg) from error


def before(event: Instant, *, anchor: Instant) -> Limit:
    """Return the limit of an act that must precede *event*: its instant, exclusive (S21)."""
    steps = (Step(StepKind.ANCHOR, instants=(anchor,)), Step(StepKind.BEFORE, instants=(event,)))
    return Limit(anchor, event, due_inclusive=False, steps=steps)


def earliest(limits: Iterable[Limit | None]) -> Limit | None:
    """Return the limit that ends first (S20); one whose anchor has not happened (``None``) is left out.

    Of equals the first stands. The answer is provisional if any limit left in is: which one ends first is then not
    certain either. ``None`` if no limit is left.
    """
    known = [each for each in limits if each is not None]
    if not known:
        return None
    return _chosen(min(known, key=_end), known, StepKind.EARLIEST)


def latest(limits: Iterable[Limit | None]) -> Limit | None:
    """Return the limit that ends last (S20); ``None`` while any anchor has not happened (``None``), or without limits.

    Of equals the first stands. The answer is provisional if any of the limits is.
    """
    known: list[Limit] = []
    for each in limits:
        if each is None:
            return None
        known.append(each)
    return _chosen(max(known, key=_end), known, StepKind.LATEST) if known else None


def cap(limit: Limit, by: Limit | None) -> Limit:
    """Return *limit*, but ending no later than *by*, a limit that was already running (S17, S26).

    The anchor stays that of *limit*. The answer is provisional if either is.
    """
    if by is None:
        return limit
    provisional = limit.provisional or by.provisional
    if by.late_from >= limit.late_from:
        return replace(limit, provisional=provisional)
    step = Step(StepKind.CAPPED, instants=(limit.due, by.due))
    return Limit(limit.anchor, by.due, by.due_inclusive, provisional, (*limit.steps, step))


def _end(limit: Limit) -> Instant:
    return limit.late_from


def _chosen(limit: Limit, known: list[Limit], kind: StepKind) -> Limit:
    if len(known) == 1:
        return limit
    step = Step(kind, instants=tuple(each.due for each in known))
    return replace(limit, provisional=any(each.provisional for each in known), steps=(*limit.steps, step))


@dataclass(slots=True)
class _Count:
    """One count under way: what it goes by, the trace that it leaves, the days that it asked the calendar about."""

    counting: Counting
    calendar: Calendar
    zone: Zone
    steps: list[Step] = field(default_factory=list)
    consulted: list[date] = field(default_factory=list)

    def elapsed(self, length: Length, anchor: Instant) -> Limit:
        self.steps.append(Step(StepKind.ANCHOR, instants=(anchor,)))
        start = anchor
        # S18 leaves out a starting hour; minutes and seconds have none to leave out.
        if length.unit is Unit.HOURS and self.counting.hours == "next_full_hour":
            start = self.zone.next_full_hour(anchor)
            self.steps.append(Step(StepKind.NEXT_FULL_HOUR, instants=(anchor, start)))
        due = start.plus(length.n * ELAPSED[length.unit])
        self.zone.local(due)  # refuses a limit that the zone's own clock cannot show
        self.steps.append(Step(StepKind.ELAPSED, instants=(due,), length=length))
        return Limit(anchor, due, due_inclusive=True, steps=tuple(self.steps))

    def days(self, length: Length, anchor: Instant) -> Limit:
        start = self.zone.local_date(anchor)
        self.steps.append(Step(StepKind.ANCHOR, dates=(start,), instants=(anchor,)))
        last = self.last_day(length, start)
        if self.counting.roll == "next_working_day":
            last = self.rolled(last)
        provisional = self.unannounced()
        due = self.end_of(last)
        return Limit(anchor, due, self.counting.ends is not None, provisional, tuple(self.steps))

    def last_day(self, length: Length, start: date) -> date:
        if length.unit is Unit.WORKING_DAYS:
            return self.nth_working_day(length, start)
        if length.unit is Unit.DAYS:
            return self.nth_day(length, start)
        return self.corresponding_day(length, start)

    def nth_day(self, length: Length, start: date) -> date:
        day = start
        for _ in range(length.n):
            day += _ONE_DAY
        self.steps.append(Step(StepKind.COUNTED, dates=(start + _ONE_DAY, day), length=length))
        return day

    def nth_working_day(self, length: Length, start: date) -> date:
        worked: list[date] = []
        off: list[date] = []
        day = start
        while len(worked) < length.n:
            day += _ONE_DAY
            (worked if self.is_working_day(day) else off).append(day)
        self.steps.append(Step(StepKind.COUNTED, dates=(worked[0], day), length=length))
        if off:
            self.steps.append(Step(StepKind.DAYS_OFF, dates=tuple(off)))
        return day

    def corresponding_day(self, length: Length, start: date) -> date:
        months = length.n * (_MONTHS_PER_YEAR if length.unit is Unit.YEARS else 1)
        day = self.zone.add_months(start, months)
        kind = StepKind.CORRESPONDING_DAY if day.day == start.day else StepKind.MONTH_END
        self.steps.append(Step(kind, dates=(start, day), length=length))
        return day

    def rolled(self, last: date) -> date:
        day = last
        while not self.is_working_day(day):
            day += _ONE_DAY
        if day != last:
            self.steps.append(Step(StepKind.ROLLED, dates=(last, day)))
        return day

    def is_working_day(self, day: date) -> bool:
        self.consulted.append(day)
        return self.calendar.is_working_day(day)

    def unannounced(self) -> bool:
        days = [day for day in self.consulted if not self.calendar.certain(day)]
        if days:
            self.steps.append(Step(StepKind.UNANNOUNCED, dates=(min(days), max(days))))
        return bool(days)

    def end_of(self, last: date) -> Instant:
        if self.counting.ends is None:
            kind, due = StepKind.END_OF_DAY, self.zone.first_instant(last + _ONE_DAY)
        else:
            kind, due = StepKind.CLOSE_OF_BUSINESS, self.zone.resolve(datetime.combine(last, self.counting.ends))
        self.steps.append(Step(kind, dates=(last,), instants=(due,)))
        return due
