"""How limits are counted, by looking up in the tables of a `Clock` (S17-S20, S22)."""

# ruff: noqa: PLR0917 - every call costs compiled code time, and takes what it works on

from __future__ import annotations

from typing import TYPE_CHECKING

from policyengine.engine.columns.clock import (
    AHEAD,
    BEFORE,
    CHANGES,
    CHANGES_END,
    DAYS,
    ENDS,
    KNOWN_FROM,
    KNOWN_TO,
    NTH,
    NTH_END,
    WORKED,
)
from policyengine.engine.columns.loops.block import APPLIES, HAS, INCLUSIVE, OPEN, UNANNOUNCED
from policyengine.engine.columns.program import CLOSE, COUNTED_AS, ELAPSED, FULL_HOUR, LENGTH, ROLL, UNIT, WORKING_DAYS
from policyengine.engine.columns.program import DAYS as IN_DAYS
from policyengine.temporal.instant import DAY, HOUR

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Numbers = npt.NDArray[np.int64]


def ahead_at(clock: Numbers, at: int) -> int:
    """Return by how much the zone's clock is ahead of UTC at an instant."""
    low, high = clock[CHANGES], clock[CHANGES_END]
    if low == high or at >= clock[high - 1]:
        low = high
    while low < high:
        middle = (low + high) // 2
        if clock[middle] <= at:
            low = middle + 1
        else:
            high = middle
    return int(clock[clock[AHEAD] + low - clock[CHANGES]])


def counted(code: Numbers, clock: Numbers, memo: Numbers, step: int, anchor: int) -> tuple[int, int]:
    """Return the same as `count` for a length of days or more, which is counted once for each local day (S19)."""
    high = clock[CHANGES_END]
    ahead = clock[clock[AHEAD] + high - clock[CHANGES]]
    if high > clock[CHANGES] and anchor < clock[high - 1]:
        ahead = ahead_at(clock, anchor)
    day = (anchor + ahead) // DAY - BEFORE
    if day < 0 or day >= DAYS:
        return 0, APPLIES | OPEN
    known = memo[code[step + COUNTED_AS], day]
    if known == 0:
        due, bits = count(code, clock, step, anchor)
        memo[code[step + COUNTED_AS], day] = (due << 5) | bits
        return due, bits
    return known >> 5, known & 31


def count(code: Numbers, clock: Numbers, step: int, anchor: int) -> tuple[int, int]:
    """Return the end of the length of the deadline *step* from an instant, and the bits that say what it is like."""
    ahead, length = ahead_at(clock, anchor), code[step + LENGTH]
    if code[step + UNIT] == ELAPSED:
        if not code[step + FULL_HOUR]:
            return anchor + length, APPLIES | HAS | INCLUSIVE
        mark = anchor + HOUR - (anchor + ahead) % HOUR
        if (ahead_at(clock, mark) - ahead) % HOUR:
            return 0, APPLIES | OPEN
        return mark + length, APPLIES | HAS | INCLUSIVE
    start = (anchor + ahead) // DAY - BEFORE
    working, asks = code[step + UNIT] == WORKING_DAYS, code[step + ROLL] == 1
    if start < 0 or start + length >= DAYS:
        return 0, APPLIES | OPEN
    if working:
        nth = clock[NTH] + clock[clock[WORKED] + start + 1] + length - 1
        last = clock[nth] if nth < clock[NTH_END] else DAYS
    else:
        last = start + length if code[step + UNIT] == IN_DAYS else corresponding_day(start, length)
    first_asked = start + 1 if working else last
    if asks and last < DAYS:
        nth = clock[NTH] + clock[clock[WORKED] + last]
        last = clock[nth] if nth < clock[NTH_END] else DAYS
    if last >= DAYS:
        return 0, APPLIES | OPEN
    bits = APPLIES | HAS
    if code[step + CLOSE]:
        bits |= INCLUSIVE
    if (asks or working) and (first_asked < clock[KNOWN_FROM] or last > clock[KNOWN_TO]):
        bits |= UNANNOUNCED
    return clock[clock[ENDS] + code[step + CLOSE] * DAYS + last], bits


def corresponding_day(start: int, months: int) -> int:
    """Return the same day of the month *months* later, or that month's last day where it is shorter."""
    # Days are counted from 1 March of the year 0, so that a leap day is the last of its year.
    day = start + BEFORE + 719_468
    era = day // 146_097
    of_era = day - era * 146_097
    year_of_era = (of_era - of_era // 1_460 + of_era // 36_524 - of_era // 146_096) // 365
    of_year = of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    month = (5 * of_year + 2) // 153
    of_month = of_year - (153 * month + 2) // 5
    moved = (era * 400 + year_of_era) * 12 + month + months
    first = first_of_month(moved)
    length = first_of_month(moved + 1) - first
    return first + min(of_month, length - 1) - 719_468 - BEFORE


def first_of_month(month: int) -> int:
    """Return the first day of a month, both counted from March of the year 0."""
    year = month // 12
    return 365 * year + year // 4 - year // 100 + year // 400 + (153 * (month - year * 12) + 2) // 5
