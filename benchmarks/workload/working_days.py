"""The end of the fifth working day after each day of 2026, as a programmer would tabulate it by hand."""

from __future__ import annotations

import datetime

from benchmarks.workload.words import DAY, MICROS

_ZONE = datetime.timezone(datetime.timedelta(hours=8))
_FIRST = datetime.date(2026, 1, 1)
_OFF = frozenset(
    [
        "01-01",
        "01-02",
        "02-16",
        "02-17",
        "02-18",
        "02-19",
        "02-20",
        "02-23",
        "04-06",
        "05-01",
        "05-04",
        "05-05",
        "06-19",
        "09-25",
        "10-01",
        "10-02",
        "10-05",
        "10-06",
        "10-07",
    ]
)
_WORKED = frozenset(["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"])
_FIFTH = 5
_FRIDAY = 4
_DAYS = 350
"""No case starts later, so that no limit reaches the year whose holidays are not announced."""

EPOCH = int(datetime.datetime(2026, 1, 1, tzinfo=_ZONE).timestamp()) * MICROS
"""The first instant of 2026 in Shanghai, in microseconds."""


def _works(day: datetime.date) -> bool:
    name = f"{day:%m-%d}"
    return name in _WORKED or (day.weekday() <= _FRIDAY and name not in _OFF)


def _end_of_fifth(number: int) -> int:
    left = _FIFTH
    while left:
        number += 1
        left -= _works(_FIRST + datetime.timedelta(days=number))
    return EPOCH + (number + 1) * DAY


FIFTH = tuple(_end_of_fifth(number) for number in range(_DAYS))
"""By the day's number from 0: 24:00 of the fifth working day after it, in microseconds."""
