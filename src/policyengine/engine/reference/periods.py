"""The periods of recurring duties, by the calendar on the policy's wall (S2, S28)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from policyengine.diagnostics import diagnostic
from policyengine.errors import CaseError
from policyengine.temporal.limit import Limit, Step, StepKind

if TYPE_CHECKING:
    from policyengine.model.deadline import Recurrence
    from policyengine.prepare.prepared import Prepared
    from policyengine.temporal.calendar import Calendar
    from policyengine.temporal.instant import Instant
    from policyengine.temporal.zone import Zone

MOST_PERIODS = 20_000
"""Of one recurring duty in one answer: more than fifty years of days. A longer list is refused, never cut short."""

_DAY = timedelta(days=1)
_MONTHS = MappingProxyType({"month": 1, "quarter": 3, "year": 12})


@dataclass(frozen=True, slots=True)
class Period:
    """One period: what tells it from the others, when it starts, and when it ends."""

    label: str
    start: Instant
    limit: Limit


def periods(prepared: Prepared, every: Recurrence, base: Instant) -> Iterator[Period]:
    """Yield the periods that have begun by `as_of`: the first is the first whole one from *base* on.

    Raises:
        CaseError: there are more than :data:`MOST_PERIODS`.
    """
    zone, calendar = prepared.policy.zone, prepared.policy.calendar
    found = (
        _daily(every.at, zone, base)
        if every.at is not None
        else _by_calendar(every.period or "day", zone, calendar, base)
    )
    for number, each in enumerate(found):
        if each.start > prepared.as_of:
            return
        if number == MOST_PERIODS:
            raise CaseError((diagnostic("PE616", None, limit=MOST_PERIODS, start=base),))
        yield each


def _by_calendar(period: str, zone: Zone, calendar: Calendar, base: Instant) -> Iterator[Period]:
    start = _containing(period, zone.local_date(base))
    if zone.first_instant(start) < base:
        start = _following(period, start)
    while True:
        end = _following(period, start)
        if period != "working_day" or calendar.is_working_day(start):
            certain = period != "working_day" or calendar.certain(start)
            yield _period(zone, start, end, provisional=not certain)
        start = end


def _containing(period: str, day: date) -> date:
    """Return the first day of the period that *day* lies in; weeks begin on Monday."""
    if period == "week":
        return day - timedelta(days=day.weekday())
    if period in _MONTHS:
        return day.replace(month=(day.month - 1) // _MONTHS[period] * _MONTHS[period] + 1, day=1)
    return day


def _following(period: str, start: date) -> date:
    if period in _MONTHS:
        months = start.month - 1 + _MONTHS[period]
        return date(start.year + months // 12, months % 12 + 1, 1)
    return start + (timedelta(days=7) if period == "week" else _DAY)


def _period(zone: Zone, first: date, end: date, *, provisional: bool) -> Period:
    start, due = zone.first_instant(first), zone.first_instant(end)
    last = end - _DAY
    steps = (
        Step(StepKind.ANCHOR, dates=(first,), instants=(start,)),
        *((Step(StepKind.UNANNOUNCED, dates=(first, last)),) if provisional else ()),
        Step(StepKind.END_OF_DAY, dates=(last,), instants=(due,)),
    )
    limit = Limit(start, due, due_inclusive=False, provisional=provisional, steps=steps)
    return Period(first.isoformat(), start, limit)


def _daily(times: tuple[str, ...], zone: Zone, base: Instant) -> Iterator[Period]:
    """Yield what ends at each of the *times* of day, from the one before on; the first runs from *base* itself."""
    day, start = zone.local_date(base), base
    while True:
        for text in times:
            due = zone.resolve(datetime.combine(day, time.fromisoformat(text)))
            if due > start:
                step = Step(StepKind.CLOSE_OF_BUSINESS, dates=(day,), instants=(due,))
                steps = (Step(StepKind.ANCHOR, instants=(start,)), step)
                yield Period(f"{day}T{text}", start, Limit(start, due, due_inclusive=True, steps=steps))
                start = due
        day += _DAY
