"""Lengths, ways of counting, and limits, as values (S16-S22)."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from policyengine.temporal.instant import HOUR, MINUTE, SECOND, Instant, TemporalError

if TYPE_CHECKING:
    from datetime import date, time


class Unit(StrEnum):
    """What a length is counted in."""

    SECONDS = "seconds"
    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"
    YEARS = "years"


ELAPSED = MappingProxyType({Unit.SECONDS: SECOND, Unit.MINUTES: MINUTE, Unit.HOURS: HOUR})
"""The units of elapsed time, with their microseconds. All others are counted in days of the calendar."""

CAPS = MappingProxyType(
    {
        Unit.SECONDS: 3_153_600_000,
        Unit.MINUTES: 52_560_000,
        Unit.HOURS: 876_000,
        Unit.DAYS: 36_500,
        Unit.WORKING_DAYS: 36_500,
        Unit.MONTHS: 1_200,
        Unit.YEARS: 100,
    }
)
"""The greatest length in each unit, about a hundred years: no regulation needs more, and none can make us walk on."""


class LengthError(TemporalError):
    """A length that is no whole number, or not from 1 to the cap of its unit."""

    reason = "bad_length"


class LimitTooFar(TemporalError):  # noqa: N818  the name by which the semantics know it
    """A limit beyond the year 9999, as the policy's zone counts years."""

    reason = "too_far"


@dataclass(frozen=True, slots=True)
class Length:
    """How long: *n* whole units.

    Raises:
        LengthError: *n* is not a whole number from 1 to the unit's cap.
    """

    unit: Unit
    n: int

    def __post_init__(self) -> None:
        if type(self.n) is not int or not 1 <= self.n <= CAPS[self.unit]:
            msg = f"a length in {self.unit} must be a whole number from 1 to {CAPS[self.unit]}"
            raise LengthError(msg)


@dataclass(frozen=True, slots=True)
class Counting:
    """How a length is counted, where the texts differ.

    Args:
        hours: `exact` counts hours from the anchor itself, `next_full_hour` leaves the starting hour out (S18).
        roll: whether a limit in days, months or years on a day off moves to the next working day (S19).
        ends: close of business on the local clock, inclusive, in place of 24:00; ``None`` for 24:00 (S19).
    """

    hours: Literal["exact", "next_full_hour"] = "exact"
    roll: Literal["stay", "next_working_day"] = "stay"
    ends: time | None = None

    def __post_init__(self) -> None:
        if self.ends is not None and self.ends.tzinfo is not None:
            msg = "close of business is a time on the policy's own clock and carries no zone"
            raise ValueError(msg)


class StepKind(StrEnum):
    """What one step of the arithmetic did; in brackets, what the step holds."""

    ANCHOR = "anchor"
    """The count starts here [instants: the anchor; dates, when days are counted: its day, which is not counted]."""
    NEXT_FULL_HOUR = "next_full_hour"
    """The starting hour was left out [instants: from, to]."""
    ELAPSED = "elapsed"
    """The length ran through nights and holidays [length; instants: the result]."""
    COUNTED = "counted"
    """Days were counted [length; dates: first counted, last counted]."""
    DAYS_OFF = "days_off"
    """Days were not counted, being off [dates: each of them]."""
    CORRESPONDING_DAY = "corresponding_day"
    """The same day of a later month was taken [length; dates: from, to]."""
    MONTH_END = "month_end"
    """That month being shorter, its last day was taken [length; dates: from, to]."""
    ROLLED = "rolled"
    """The last day was off [dates: from, to; every day from the one up to the other is off]."""
    UNANNOUNCED = "unannounced"
    """Days were asked about that the calendar does not know [dates: the first and the last of them]."""
    END_OF_DAY = "end_of_day"
    """24:00 was taken [dates: the last day; instants: the result]."""
    CLOSE_OF_BUSINESS = "close_of_business"
    """Close of business was taken [dates: the last day; instants: the result]."""
    BEFORE = "before"
    """The act must precede an event [instants: that event]."""
    EARLIEST = "earliest"
    """The earliest of several limits was taken [instants: due of each, in order]."""
    LATEST = "latest"
    """The latest of several limits was taken [instants: due of each, in order]."""
    CAPPED = "capped"
    """A limit already running came first [instants: due without the cap, due of the cap]."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the arithmetic as data, for explanations; :class:`StepKind` says what each kind holds."""

    kind: StepKind
    dates: tuple[date, ...] = ()
    instants: tuple[Instant, ...] = ()
    length: Length | None = None


@dataclass(frozen=True, slots=True)
class Limit:
    """A deadline as computed.

    Args:
        anchor: the instant it was counted from.
        due: its end.
        due_inclusive: whether an act at `due` itself is in time.
        provisional: whether it rests on days that no calendar has announced yet (S22).
        steps: how it came about.

    Attributes:
        late_from: the first late instant: `due` itself, or one microsecond later where `due` is inclusive.

    Raises:
        ImpossibleTimeError: `late_from` lies outside the years 1 to 9999.
    """

    anchor: Instant
    due: Instant
    due_inclusive: bool
    provisional: bool = False
    steps: tuple[Step, ...] = ()
    late_from: Instant = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "late_from", self.due.plus(1) if self.due_inclusive else self.due)

    def is_late(self, at: Instant) -> bool:
        """Tell whether an act at *at* comes too late."""
        return at >= self.late_from
