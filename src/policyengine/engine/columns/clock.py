"""A zone and a calendar as tables of integers, so that limits are counted by looking up (S18-S22).

Built from `Zone` and `Calendar` themselves, which thus stay the only judges. The tables cover the years from 1970 on;
a case with an instant outside them is declined.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from policyengine.temporal.instant import DAY, SECOND, Instant

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    import numpy.typing as npt

    from policyengine.temporal.calendar import Calendar
    from policyengine.temporal.zone import Zone

FIRST_DAY = date(1969, 12, 30)
"""The first local day of the tables."""
DAYS = 103_000
"""How many days the tables have: 282 years, as the longest limit runs some 140 years from the last instant."""
FIRST_INSTANT = 3 * DAY
"""1970-01-04T00:00Z, the first instant of a case that is answered; days before it are still in the tables."""
LAST_INSTANT = 47_481 * DAY
"""2100-01-01T00:00Z, the first instant that no case may reach."""

_EPOCH = date(1970, 1, 1)
BEFORE = (FIRST_DAY - _EPOCH).days
"""The first day of the tables, in days since 1970-01-01."""


CHANGES, CHANGES_END, AHEAD, ENDS, WORKED, NTH, NTH_END, KNOWN_FROM, KNOWN_TO, CLOCK_HEAD = range(10)
"""The head of the tables: where each stands, and the first and the last day that the calendar knows.

From `CHANGES` on: the instants from which the next of `AHEAD` holds, of which there is one more: the microseconds by
which the zone's clock is ahead of UTC. `ENDS`: for 24:00 and then for each close of business, when each day ends.
`WORKED`: how many working days come before each day; `NTH`: the day of each working day.
"""


def clock(zone: Zone, calendar: Calendar, closes: Sequence[time]) -> npt.NDArray[np.int64]:
    """Return the tables for *zone* and *calendar* as one array; *closes* are the closes of business in use.

    A day is a number from `FIRST_DAY` on.
    """
    import numpy as np

    changes, ahead = transitions(zone)
    working = _working(calendar)
    worked = np.concatenate([[0], np.cumsum(working)])
    nth = np.flatnonzero(working)
    ends = [_ends(zone, changes, ahead, each) for each in (None, *closes)]
    parts = [np.asarray(each, np.int64) for each in (changes, ahead, np.concatenate(ends), worked, nth)]
    starts = [CLOCK_HEAD + sum(map(len, parts[:place])) for place in range(len(parts) + 1)]
    head = [starts[0], starts[1], *starts[1:], *_known(calendar)]
    return np.concatenate([np.array(head, np.int64), *parts])


@lru_cache(maxsize=32)
def transitions(zone: Zone) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return when the clock of *zone* is set, and by how much it is ahead before, between and after.

    Found by asking at every noon and midnight (no zone has set its clock forth and back within half a day since 1970),
    then by halving.
    """
    import numpy as np

    probes = range(FIRST_INSTANT - 5 * DAY, (DAYS + BEFORE) * DAY, DAY // 2)
    changes: list[int] = []
    ahead = [zone.offset(Instant(probes[0]))]
    for probe in probes:
        offset = _offset(zone, probe)
        if offset != ahead[-1]:
            changes.append(_set_at(zone, probe - DAY // 2, probe))
            ahead.append(offset)
    return np.array(changes, np.int64), np.array(ahead, np.int64) * SECOND


def _offset(zone: Zone, micros: int) -> int:
    return zone.offset(Instant(micros))


def _set_at(zone: Zone, low: int, high: int) -> int:
    """Return the first instant, a whole second, after *low* with the offset of *high*."""
    old = _offset(zone, low)
    low, high = low // SECOND, high // SECOND
    while high - low > 1:  # INVARIANT: the offset at `low` is the old one, at `high` it is not
        middle = (low + high) // 2
        low, high = (middle, high) if _offset(zone, middle * SECOND) == old else (low, middle)
    return high * SECOND


def _ends(
    zone: Zone, changes: npt.NDArray[np.int64], ahead: npt.NDArray[np.int64], close: time | None
) -> npt.NDArray[np.int64]:
    """Return when each day ends; days near which the clock is set are asked of the zone itself."""
    import numpy as np

    if close is None:
        wall, into = (np.arange(DAYS, dtype=np.int64) + BEFORE + 1) * DAY, 0
    else:
        into = (close.hour * 60 + close.minute) * 60 * SECOND
        wall = (np.arange(DAYS, dtype=np.int64) + BEFORE) * DAY + into
    offset = ahead[np.searchsorted(changes, wall - ahead[0], side="right")]
    found: npt.NDArray[np.int64] = wall - offset
    for day in _near(changes):
        found[day] = _end(zone, FIRST_DAY + timedelta(days=day), close)
    return found


def _near(changes: npt.NDArray[np.int64]) -> Iterable[int]:
    """Return the days, by number, within three days of a time at which the clock is set."""
    days = {int(each) // DAY - BEFORE + more for each in changes for more in range(-3, 4)}
    return sorted(day for day in days if 0 <= day < DAYS)


def _end(zone: Zone, day: date, close: time | None) -> int:
    if close is None:
        return zone.first_instant(day + timedelta(days=1)).micros
    return zone.resolve(datetime.combine(day, close)).micros


def _working(calendar: Calendar) -> npt.NDArray[np.bool_]:
    """Return for each day whether it is worked: by weekends, then by the calendar itself for the days it knows."""
    import numpy as np

    weekday = (np.arange(DAYS) + FIRST_DAY.weekday()) % 7
    found = ~np.isin(weekday, sorted(calendar.weekend))
    special = {*calendar.worked, *(day for holiday in calendar.days_off for day in holiday.days())}
    for day in special:
        number = day_number(day)
        if 0 <= number < DAYS:
            found[number] = calendar.is_working_day(day)
    return found


def _known(calendar: Calendar) -> tuple[int, int]:
    return day_number(calendar.start or date.min), day_number(calendar.announced_until or date.max)


def day_number(day: date) -> int:
    """Return the number of *day* in the tables; outside them for days that they do not have."""
    return (day - FIRST_DAY).days
