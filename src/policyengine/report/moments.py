"""Instants and durations as people read them, on the policy's own clock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyengine.report import words
from policyengine.temporal.instant import DAY, HOUR, MINUTE, SECOND, Instant
from policyengine.temporal.limit import StepKind

if TYPE_CHECKING:
    from datetime import datetime

    from policyengine.temporal.limit import Limit
    from policyengine.temporal.zone import Zone
    from policyengine.wording import Lang

_UNITS = ((DAY, words.DAYS), (HOUR, words.HOURS), (MINUTE, words.MINUTES), (SECOND, words.SECONDS))
_HOURS_SHOWN = 2 * DAY  # up to two days a reader thinks in hours


def duration(micros: int, lang: Lang) -> str:
    """Return elapsed time in its two greatest units, rounded down; days are of 24 hours.

    >>> duration(81_900_000_000, "en")
    '22 h 45 min'
    """
    units = [each for each in _UNITS if each[0] <= micros and (each[0] < DAY or micros >= _HOURS_SHOWN)]
    parts = []
    for size, name in units[:2]:
        n, micros = divmod(micros, size)
        parts += [name.within(lang).format(n=n)] if n else []
    return words.BETWEEN_UNITS.within(lang).join(parts) or words.NO_TIME.within(lang)


@dataclass(frozen=True, slots=True)
class Clock:
    """The clock on the wall: a policy's zone, in words of one language."""

    zone: Zone
    lang: Lang

    def show(self, instant: Instant) -> str:
        """Return *instant* as date, day of the week and time."""
        return self._words(self.zone.local(instant), _time(self.zone.local(instant)))

    def end(self, limit: Limit) -> str:
        """Return the end of *limit*; the end of a day is its 24:00, not 00:00 of the next."""
        ends_day = any(step.kind is StepKind.END_OF_DAY and limit.due in step.instants for step in limit.steps)
        return self.end_at(limit.due) if ends_day and not limit.due_inclusive else self.show(limit.due)

    def end_at(self, due: Instant) -> str:
        """Return *due*, where some limit ends; at midnight that is 24:00 of the day before."""
        if _time(self.zone.local(due)) != "00:00":
            return self.show(due)
        return self._words(self.zone.local(due.plus(-1)), "24:00")

    def offset(self, instant: Instant) -> str:
        """Return how far the clock is ahead of UTC at *instant*, such as `UTC+08:00`."""
        return str(self.zone.local(instant).tzinfo)

    def _words(self, local: datetime, time: str) -> str:
        weekday = words.WEEKDAYS[local.weekday()].within(self.lang)
        return words.MOMENT.within(self.lang).format(date=local.date(), weekday=weekday, time=time)


def _time(local: datetime) -> str:
    time = local.time()
    if time.second or time.microsecond:
        return time.isoformat()
    return time.isoformat("minutes")
