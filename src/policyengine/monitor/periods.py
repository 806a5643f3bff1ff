"""When the next period of a recurring duty starts (S28)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policyengine.model.deadline import Recurrence
    from policyengine.model.policy import Policy
    from policyengine.temporal.instant import Instant

_DAY = timedelta(days=1)
_MONTHS = MappingProxyType({"month": 1, "quarter": 3, "year": 12})
_DAYS_AROUND = range(4)
"""Days that hold the next time of day for certain: a clock moves by a day at most, over the date line."""


def next_start(policy: Policy, every: Recurrence, after: Instant) -> Instant | None:
    """Return the first instant after *after* at which a period of a duty in force may start.

    ``None`` where periods run from the last act: the next one starts with an event.
    """
    return min((each for each in _starts(policy, every, after) if each > after), default=None)


def _starts(policy: Policy, every: Recurrence, after: Instant) -> Iterator[Instant]:
    zone, today = policy.zone, policy.zone.local_date(after)
    if every.at is not None:
        for number in _DAYS_AROUND:
            day = today + number * _DAY
            yield from (zone.resolve(datetime.combine(day, time.fromisoformat(text))) for text in every.at)
    elif every.period == "working_day":
        day = today + _DAY
        while not policy.calendar.is_working_day(day):
            day += _DAY
        yield zone.first_instant(day)
    elif every.period is not None:
        yield zone.first_instant(_following(every.period, today))


def _following(period: str, day: date) -> date:
    """Return the first day of the period after the one that *day* lies in; weeks begin on Monday."""
    if period in _MONTHS:
        length = _MONTHS[period]
        months = (day.month - 1) // length * length + length
        return date(day.year + months // 12, months % 12 + 1, 1)
    return day + timedelta(days=7 - day.weekday() if period == "week" else 1)
