"""Zones: what the clock and the calendar on a wall show at an instant, and back (S2, S19).

The only importer of pendulum, and that when the first month is added: it takes longer to import than to load a policy.
Zone data come from the `tzdata` distribution alone, so that neither the machine's own files nor an environment
variable can change an answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from functools import cache
from io import BytesIO
from pkgutil import get_data
from zoneinfo import ZoneInfo

from policyengine.temporal.instant import (
    HOUR,
    OUT_OF_RANGE,
    SECOND,
    ImpossibleTimeError,
    Instant,
    TemporalError,
    wall_micros,
)


class UnknownZoneError(TemporalError):
    """A name that is not, letter by letter, one of the IANA database."""

    reason = "unknown_zone"

    def __init__(self, name: str) -> None:
        """Keep *name* as given."""
        super().__init__(name)
        self.name = name

    def __str__(self) -> str:
        return f"unknown time zone `{self.name[:80]}`"


@dataclass(frozen=True, slots=True)
class Zone:
    """A time zone of the IANA database, by its exact name.

    >>> Zone("Asia/Shanghai").first_instant(date(2025, 10, 9)).to_iso()
    '2025-10-08T16:00:00Z'

    Raises:
        UnknownZoneError: there is no zone of that name; names are case-sensitive, and never a path or an offset.
    """

    name: str

    def __post_init__(self) -> None:
        if self.name not in zone_names():
            raise UnknownZoneError(self.name)

    def local(self, instant: Instant) -> datetime:
        """Return what the zone's clock shows at *instant*, with the offset then in force as a fixed offset.

        Raises:
            ImpossibleTimeError: the local year lies outside 1 to 9999.
        """
        try:
            moment = instant.utc().astimezone(_timezone(self.name))
        except OverflowError as error:
            text = f"{instant} in {self.name}"
            raise ImpossibleTimeError(text, OUT_OF_RANGE) from error
        return moment.replace(tzinfo=timezone(timedelta(seconds=_ahead(moment))), fold=0)

    def offset(self, instant: Instant) -> int:
        """Return the seconds by which the zone's clock is ahead of UTC at *instant*; negative in the west."""
        return _ahead(self.local(instant))

    def local_date(self, instant: Instant) -> date:
        """Return the date in the zone at *instant*; a day begins with its 00:00."""
        return self.local(instant).date()

    def at(self, day: date, hour: int, minute: int = 0) -> Instant:
        """Return the instant at which the zone's clock shows *hour*:*minute* on *day* (0:00 to 23:59), by `resolve`."""
        return self.resolve(datetime.combine(day, time(hour, minute)))

    def resolve(self, wall: datetime) -> Instant:
        """Return the instant at which the zone's clock shows *wall* (a datetime without a zone).

        A time that the clock skips is the end of the gap; one that it shows twice is the second occurrence (S19).

        Raises:
            ImpossibleTimeError: in UTC the instant lies outside the years 1 to 9999.
        """
        earlier_offset, later_offset = self._instants(wall)
        if later_offset < earlier_offset:
            return self._transition(later_offset, earlier_offset)
        return later_offset

    def first_instant(self, day: date) -> Instant:
        """Return the instant at which *day* begins, which is 24:00 of the day before: the latter's end, exclusive.

        Where the clock skips midnight, the day begins at the gap's end. Where it shows midnight twice, the day begins
        with the first, unless the clock went back into the day before: then that day is not over, and it is the second.
        """
        midnight = datetime.combine(day, time())
        first, second = self._instants(midnight)
        if second < first:
            return self._transition(second, first)
        if first < second and self.local_date(self._transition(first, second)) < day:
            return second
        return first

    def next_full_hour(self, instant: Instant) -> Instant:
        """Return the first instant after *instant* at which the zone's clock shows a full hour.

        The hour in which *instant* lies is thus left out (S18): 16:00:01 gives 17:00, and so does 16:00 sharp. A full
        hour that the clock skips is the gap's end.
        """
        mark = instant.plus(HOUR - (instant.micros + self.offset(instant) * SECOND) % HOUR)
        if (self.offset(mark) - self.offset(instant)) * SECOND % HOUR == 0:
            return mark
        # The clock moved by part of an hour in between (Lord Howe Island): ask it for the hour it shows next.
        hour = self.local(instant).replace(tzinfo=None, minute=0, second=0, microsecond=0)
        return self.resolve(hour + timedelta(hours=1))

    @staticmethod
    def add_months(day: date, months: int) -> date:
        """Return the same day of the month *months* later, or that month's last day where it is shorter.

        Raises:
            ImpossibleTimeError: the year lies outside 1 to 9999.
        """
        import pendulum

        try:
            moved = pendulum.date(day.year, day.month, day.day).add(months=months)
        except (OverflowError, ValueError) as error:
            text = f"{day} + {months} months"
            raise ImpossibleTimeError(text, OUT_OF_RANGE) from error
        return date(moved.year, moved.month, moved.day)

    def _instants(self, wall: datetime) -> tuple[Instant, Instant]:
        """Read *wall* by the offset before and by the offset after the jump it lies in; mostly there is none.

        In a fold the first is the earlier; in a gap, whose times exist under neither offset, the later.
        """
        clock = _timezone(self.name)
        before, after = (_ahead(wall.replace(tzinfo=clock, fold=fold)) for fold in (0, 1))
        shown = wall_micros(wall)
        return Instant(shown - before * SECOND), Instant(shown - after * SECOND)

    def _transition(self, old: Instant, new: Instant) -> Instant:
        """Return the instant after *old* and not after *new* at which the offset of *old* ends; a whole second."""
        offset = self.offset(old)
        low, high = old.micros // SECOND, -(-new.micros // SECOND)
        while high - low > 1:  # INVARIANT: the offset at `low` is the old one, at `high` it is not
            middle = (low + high) // 2
            if self.offset(Instant(middle * SECOND)) == offset:
                low = middle
            else:
                high = middle
        return Instant(high * SECOND)


@cache
def zone_names() -> frozenset[str]:
    """Return every name that `Zone` accepts."""
    return frozenset(_packed("zones").decode("ascii").split())


@cache
def _timezone(name: str) -> ZoneInfo:
    return ZoneInfo.from_file(BytesIO(_packed(f"zoneinfo/{name}")), key=name)


def _packed(path: str) -> bytes:
    """Return a file of the `tzdata` distribution, which an archive may hold."""
    data = get_data("tzdata", path)
    if data is None:  # pragma: no cover - the loader of a package that is installed reads its files
        raise FileNotFoundError(path)
    return data


def _ahead(moment: datetime) -> int:
    offset = moment.utcoffset() or timedelta()
    return offset.days * 86_400 + offset.seconds
