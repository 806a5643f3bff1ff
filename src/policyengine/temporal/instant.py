"""Instants: points on the UTC time line, in whole microseconds (S1).

::

    TimeError                    (policyengine.errors)
    └── TemporalError            `reason` says which fault it is
        ├── NaiveTimeError       "naive": neither the text nor its file names a zone
        ├── MalformedTimeError   "malformed": the text is not written as an instant
        ├── ImpossibleTimeError  "impossible": no calendar or clock shows it; `problem` says why
        ├── UnknownZoneError     "unknown_zone" (temporal.zone)
        ├── LengthError          "bad_length" (temporal.limit)
        └── LimitTooFar          "too_far" (temporal.limit)
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, ClassVar, Literal, Self

from policyengine.errors import TimeError
from policyengine.wording import Wording

if TYPE_CHECKING:
    from policyengine.temporal.zone import Zone

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

FIRST_MICROS = -62_135_596_800 * SECOND
"""0001-01-01T00:00Z, the first instant there is."""
LAST_MICROS = 253_402_300_800 * SECOND - 1
"""The microsecond before 10000-01-01T00:00Z, the last instant there is."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_WRITTEN = re.compile(
    r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})[T ]"
    r"(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.(?P<fraction>[0-9]{1,6}))?)?"
    r"(?P<offset>Z|(?P<sign>[+-])(?P<offset_hour>[0-9]{2}):(?P<offset_minute>[0-9]{2}))?"
)

# Leap seconds are refused: an instant counts none, and an act in one could not be told from the next second.
_RANGES = (
    ("year", 1, 9999, "没有公元 {} 年"),
    ("month", 1, 12, "没有 {} 月"),
    ("day", 1, 31, "没有 {} 日"),
    ("hour", 0, 24, "没有 {} 时"),
    ("minute", 0, 59, "没有 {} 分"),
    ("second", 0, 59, "没有 {} 秒"),
    ("offset_hour", 0, 23, "偏移中没有 {} 时"),
    ("offset_minute", 0, 59, "偏移中没有 {} 分"),
)

Reason = Literal["naive", "malformed", "impossible", "unknown_zone", "bad_length", "too_far"]


OUT_OF_RANGE = Wording("超出公元 1 年至 9999 年", "it lies outside the years 1 to 9999")


class TemporalError(TimeError):
    """A fault of time that the `reason` names; the text is in English."""

    reason: ClassVar[Reason]


class NaiveTimeError(TemporalError):
    """A time without a zone, where none is declared."""

    reason = "naive"

    def __init__(self, text: str) -> None:
        """Keep *text*, the time as written."""
        super().__init__(text)
        self.text = text

    def __str__(self) -> str:
        return f"the time `{self.text[:80]}` has no zone"


class MalformedTimeError(TemporalError):
    """A text that is not written as an instant."""

    reason = "malformed"

    def __init__(self, text: str) -> None:
        """Keep *text*, whatever it is."""
        super().__init__(text)
        self.text = text

    def __str__(self) -> str:
        return f"`{self.text[:80]}` is not an instant"


class ImpossibleTimeError(TemporalError):
    """A time that no calendar or clock shows; `problem` says why, in both languages."""

    reason = "impossible"

    def __init__(self, text: str, problem: Wording) -> None:
        """Keep *text*, the time as written, and what is impossible about it."""
        super().__init__(text, problem)
        self.text = text
        self.problem = problem

    def __str__(self) -> str:
        return f"`{self.text[:80]}` does not exist: {self.problem.en}"


@dataclass(frozen=True, slots=True, order=True)
class Instant:
    """A point in time: *micros* whole microseconds since 1970-01-01T00:00Z, without leap seconds.

    In UTC it lies in the years 1 to 9999. Instants are equal, ordered and hashed by `micros` alone: the zone in which
    one was written is not part of it.

    >>> Instant.parse("2025-10-08T24:00:00+08:00") == Instant.parse("2025-10-08T16:00Z")
    True

    Raises:
        ImpossibleTimeError: the instant lies outside the years 1 to 9999.
    """

    micros: int

    def __post_init__(self) -> None:
        if type(self.micros) is not int:
            msg = f"microseconds must be a whole number, not {type(self.micros).__name__}"
            raise TypeError(msg)
        if not FIRST_MICROS <= self.micros <= LAST_MICROS:
            text = f"{self.micros:#x} µs"  # decimal would fail beyond 4,300 digits
            raise ImpossibleTimeError(text, OUT_OF_RANGE)

    @classmethod
    def parse(cls, text: str, zone: Zone | None = None) -> Self:
        """Read `YYYY-MM-DDTHH:MM[:SS[.ffffff]]` with `Z` or an offset `±HH:MM`; a space may stand for the `T`.

        `24:00` is the end of that day, 00:00 of the next. A time without offset is read on the clock of *zone*, the one
        its file declares (S1): in a gap of that clock it is the gap's end, in a fold the second occurrence (S19).

        Raises:
            NaiveTimeError: there is neither an offset nor a *zone*.
            MalformedTimeError: the text is written otherwise.
            ImpossibleTimeError: there is no such day or time of day, or none in the years 1 to 9999.
        """
        found = _WRITTEN.fullmatch(text)
        if found is None:
            raise MalformedTimeError(text)
        if found["offset"] is None and zone is None:
            raise NaiveTimeError(text)
        problem = _problem(found)
        if problem is not None:
            raise ImpossibleTimeError(text, problem)
        try:
            midnight, clock = _midnight(found), _clock_micros(found)
            if found["offset"] is not None or zone is None:
                return cls(wall_micros(midnight) + clock - _offset_micros(found))
            if clock == DAY:
                return cls(zone.first_instant(midnight.date() + timedelta(days=1)).micros)
            return cls(zone.resolve(midnight + timedelta(microseconds=clock)).micros)
        except (OverflowError, ImpossibleTimeError) as error:
            raise ImpossibleTimeError(text, OUT_OF_RANGE) from error

    @classmethod
    def from_datetime(cls, moment: datetime) -> Self:
        """Return the instant of an aware *moment*.

        Raises:
            NaiveTimeError: *moment* has no zone.
            ImpossibleTimeError: in UTC it lies outside the years 1 to 9999.
        """
        if moment.utcoffset() is None:
            raise NaiveTimeError(moment.isoformat())
        return cls(_micros(moment - _EPOCH))

    def utc(self) -> datetime:
        """Return what a clock in UTC shows."""
        return _EPOCH + timedelta(microseconds=self.micros)

    def to_iso(self, zone: Zone | None = None) -> str:
        """Return the instant as text, on the clock of *zone* with its offset, else in UTC with `Z`.

        A fraction is written only where there is one, with six digits. Where RFC 3339 cannot write the zone's clock
        (an offset with seconds, as before standard time, or a local year outside 1 to 9999) the text is in UTC;
        `parse` reads every such text back to the same instant.
        """
        if zone is not None:
            try:
                local = zone.local(self).isoformat()
            except ImpossibleTimeError:
                local = ""
            if local[-6:-5] in {"+", "-"}:
                return local
        return f"{self.utc().replace(tzinfo=None).isoformat()}Z"

    def plus(self, micros: int) -> Self:
        """Return the instant *micros* microseconds later (earlier, if negative), elapsed time.

        Raises:
            ImpossibleTimeError: it lies outside the years 1 to 9999.
        """
        return type(self)(self.micros + micros)

    def __str__(self) -> str:
        return self.to_iso()


def wall_micros(wall: datetime) -> int:
    """Return the microseconds from 1970-01-01T00:00 to what *wall* shows, as if its clock were UTC."""
    return _micros(wall.replace(tzinfo=UTC) - _EPOCH)


def _micros(elapsed: timedelta) -> int:
    return elapsed.days * DAY + elapsed.seconds * SECOND + elapsed.microseconds


def _number(found: re.Match[str], name: str) -> int:
    return int(found[name] or 0)


def _problem(found: re.Match[str]) -> Wording | None:
    for name, least, most, zh in _RANGES:
        number = _number(found, name)
        if not least <= number <= most:
            return Wording(zh.format(number), f"there is no {name.replace('_', ' ')} {number}")
    year, month, day = (_number(found, name) for name in ("year", "month", "day"))
    if day > calendar.monthrange(year, month)[1]:
        return Wording(f"{year} 年 {month} 月没有 {day} 日", f"{year:04}-{month:02} has no day {day}")
    if found["hour"] == "24" and any(_number(found, name) for name in ("minute", "second", "fraction")):
        return Wording("24 时只能是当日结束的 24:00", "hour 24 is only the end of the day, 24:00")
    return None


def _midnight(found: re.Match[str]) -> datetime:
    year, month, day = (_number(found, name) for name in ("year", "month", "day"))
    return datetime(year, month, day, tzinfo=UTC).replace(tzinfo=None)


def _clock_micros(found: re.Match[str]) -> int:
    hour, minute, second = (_number(found, name) for name in ("hour", "minute", "second"))
    fraction = int((found["fraction"] or "").ljust(6, "0"))
    return hour * HOUR + minute * MINUTE + second * SECOND + fraction


def _offset_micros(found: re.Match[str]) -> int:
    micros = _number(found, "offset_hour") * HOUR + _number(found, "offset_minute") * MINUTE
    return -micros if found["sign"] == "-" else micros
