"""Calendars: which days are worked, and how far that is known (S22)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policyengine.wording import Wording

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""The words for weekdays in a calendar file, at the place that `date.weekday()` gives."""

LONGEST_HOLIDAY = 366
"""The most days that one holiday may have: a mistyped year is a fault, not a thousand years off."""


@dataclass(frozen=True, slots=True)
class DaysOff:
    """One holiday as announced: the days from *first* to *last*, both off, and its name."""

    first: date
    last: date
    name: Wording

    def __post_init__(self) -> None:
        if not timedelta() <= self.last - self.first < timedelta(LONGEST_HOLIDAY):
            msg = f"a holiday has from 1 to {LONGEST_HOLIDAY} days, not those from {self.first} to {self.last}"
            raise ValueError(msg)

    def days(self) -> tuple[date, ...]:
        """Return each day off, in order."""
        return tuple(self.first + timedelta(number) for number in range((self.last - self.first).days + 1))


@dataclass(frozen=True, slots=True)
class Source:
    """The act that announced the days of one year, and the day it was issued."""

    year: int
    issued: date
    notice: Wording


@dataclass(frozen=True, slots=True)
class Calendar:
    """Working days: weekends, less the days off of each year, plus the days worked in exchange.

    Args:
        id: its name in a policy, such as `cn`.
        title: its title.
        weekend: days of the week off by themselves, as `date.weekday()` numbers them (Monday 0); never all seven.
        sources: the acts that announced it, a year each.
        days_off: announced holidays, weekends within them included or not.
        worked: days worked although weekend (make-up days).
        start: the first day known; ``None`` where every earlier day is known too.
        announced_until: the last day known; ``None`` where every later day is known too.

    Raises:
        ValueError: no day of the week is left to work, or a day is both off and worked.
    """

    id: str
    title: Wording
    weekend: frozenset[int]
    sources: tuple[Source, ...] = ()
    days_off: tuple[DaysOff, ...] = ()
    worked: frozenset[date] = frozenset()
    start: date | None = None
    announced_until: date | None = None
    _off: frozenset[date] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        off = frozenset(day for holiday in self.days_off for day in holiday.days())
        if not self.weekend < frozenset(range(len(WEEKDAYS))):
            msg = "a weekend consists of days of the week numbered 0 to 6, and leaves at least one to work"
            raise ValueError(msg)
        if off & self.worked:
            msg = f"{min(off & self.worked)} is both off and worked"
            raise ValueError(msg)
        object.__setattr__(self, "_off", off)

    def canonical(self) -> str:
        """Return everything that the calendar says as one text: the same for equal calendars, and only for those."""
        days = [*map(str, sorted(self.worked)), self.start, self.announced_until]
        return repr((self.id, self.title, sorted(self.weekend), self.sources, self.days_off, *map(str, days)))

    def certain(self, day: date) -> bool:
        """Tell whether *day* lies in the announced period, its first and last day included."""
        return (self.start is None or self.start <= day) and (
            self.announced_until is None or day <= self.announced_until
        )

    def is_working_day(self, day: date) -> bool:
        """Tell whether *day* is worked; outside the announced period from weekends alone (S22)."""
        on_weekday = day.weekday() not in self.weekend
        if not self.certain(day):
            return on_weekday
        return day in self.worked or (on_weekday and day not in self._off)

    def holiday(self, day: date) -> Wording | None:
        """Return the name of the announced holiday that *day* belongs to, if any."""
        return next((each.name for each in self.days_off if each.first <= day <= each.last), None)
