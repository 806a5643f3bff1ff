"""Columns of times -> microseconds UTC, all at once; what is not ordinary is read with care, one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from policyengine.batch.texts import encoded, is_text, plain
from policyengine.diagnostics import Diagnostic, diagnostic
from policyengine.loading.logs.cells import NULLS, Clock
from policyengine.prepare.log import FIRST_YEAR, LAST_YEAR
from policyengine.temporal.instant import (
    DAY,
    MINUTE,
    SECOND,
    ImpossibleTimeError,
    Instant,
    MalformedTimeError,
    NaiveTimeError,
)

if TYPE_CHECKING:
    import numpy.typing as npt

    from policyengine.batch.texts import Array
    from policyengine.temporal.zone import Zone

    Micros = npt.NDArray[np.int64]
    Whole = npt.NDArray[np.int32]
    Mask = npt.NDArray[np.bool_]

NONE = -(1 << 63)
"""An instant that there is not."""
FIRST = int((np.datetime64(str(FIRST_YEAR), "us") - np.datetime64(0, "us")).astype(np.int64))
PAST = int((np.datetime64(str(LAST_YEAR + 1), "us") - np.datetime64(0, "us")).astype(np.int64))
"""The first instant that a case may have, and the first one after the last."""
_PER = {"s": SECOND, "ms": SECOND // 1000, "us": 1}
_KNOWN = 10_000
_BARE, _FRACTION = 19, 26
"""The lengths of a time without an offset: to the second, to the microsecond."""
_SHAPES = {end + more: end for end in (_BARE, _FRACTION) for more in (0, len("Z"), len("+08:00"))}
"""The lengths of times that are read all at once, and where their clock ends."""
_PARTS = ((0, 4), (5, 7), (8, 10), (11, 13), (14, 16), (17, 19))
_MARKS = ((4, ord("-")), (7, ord("-")), (13, ord(":")), (16, ord(":")))
_DAYS = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], np.int32)
_EPOCH = 719_468
"""Days from 0000-03-01 to 1970-01-01."""
_ZERO = ord("0")


class Moments(NamedTuple):
    """A column of times.

    Args:
        micros: int64[n]; `NONE` where the cell says nothing, or what is a fault.
        faults: by the number of the row, what is wrong with its cell.
    """

    micros: Micros
    faults: dict[int, Diagnostic]


class Times:
    """Reads columns of times, those without an offset on the clock of one zone."""

    def __init__(self, zone: Zone | None, *, is_text: bool = False) -> None:
        """Read times without an offset on the clock of *zone*, if there is one; in a table of text `null` is none."""
        self._nulls = NULLS if is_text else frozenset(("",))
        self.has_zone = zone is not None
        self._clock = Clock(zone)
        self._ahead: dict[int, int] = {}
        self._texts: dict[str, int | Diagnostic] = {}

    def refuses(self, kind: Any) -> bool:  # noqa: ANN401 - a type of pyarrow
        """Tell whether a column of type *kind* holds no times at all."""
        return not (pa.types.is_timestamp(kind) or pa.types.is_null(kind) or is_text(kind))

    def lacks_zone(self, kind: Any) -> bool:  # noqa: ANN401 - likewise
        """Tell whether a column of type *kind* holds times without a zone, and none is declared."""
        return bool(pa.types.is_timestamp(kind)) and kind.tz is None and not self.has_zone

    def read(self, column: Array) -> Moments:
        """Return the instants in *column*, of a type that :meth:`refuses` does not."""
        column = plain(column)
        if pa.types.is_null(column.type):
            return Moments(np.full(len(column), NONE), {})
        found = self._stamps(column) if pa.types.is_timestamp(column.type) else self._texts_read(column)
        return self._within(column, found)

    def _stamps(self, column: Array) -> Moments:
        """Return timestamps as instants; what is finer than a microsecond is cut off."""
        unit, zone = column.type.unit, column.type.tz
        if unit == "ns":
            column, unit = column.cast(pa.timestamp("us", zone), safe=False), "us"
        given = column.cast(pa.int64())
        absent = np.asarray(given.is_null())
        raw = np.asarray(given.fill_null(0))
        inside = (raw >= FIRST // _PER[unit] - DAY) & (raw < PAST // _PER[unit] + DAY)
        micros = np.where(inside, raw, 0) * _PER[unit]
        faults: dict[int, Diagnostic] = {}
        if zone is None:
            micros, faults = self._resolved(micros, ~absent & inside)
        # A time so far away that it cannot even be written is out of range, as its neighbours are.
        return Moments(np.where(absent, NONE, np.where(inside, micros, PAST)), faults)

    def _resolved(self, walls: Micros, there: Mask) -> tuple[Micros, dict[int, Diagnostic]]:
        """Return what the clock of the zone shows as instants."""
        days, which = np.unique(walls // DAY, return_inverse=True)
        ahead = np.array([self._offset(int(day)) for day in days], dtype=np.int64)[which]
        micros = walls - ahead
        faults: dict[int, Diagnostic] = {}
        for row in np.flatnonzero(there & (ahead == NONE)):
            text = str(np.datetime64(int(walls[row]), "us"))
            found = self._one(text)
            micros[row] = found if isinstance(found, int) else NONE
            if isinstance(found, Diagnostic):
                faults[int(row)] = found
        return micros, faults

    def _offset(self, day: int) -> int:
        """Return by how much the clock is ahead of UTC on a whole day; `NONE` where that changes in it."""
        found = self._ahead.get(day)
        if found is None:
            if len(self._ahead) >= _KNOWN:
                self._ahead.clear()
            text = str(np.datetime64(day, "D"))
            shown = [self._one(f"{text}T{each}") for each in ("00:00:00", "12:00:00", "23:59:59.999999")]
            starts = (0, DAY // 2, DAY - 1)
            since = {each - start for each, start in zip(shown, starts, strict=True) if isinstance(each, int)}
            steady = len(since) == 1 and all(isinstance(each, int) for each in shown)
            found = self._ahead[day] = day * DAY - since.pop() if steady else NONE
        return found

    def _texts_read(self, column: Array) -> Moments:
        if pa.types.is_dictionary(column.type):
            places, values = encoded(column)
            inner = self._texts_read(values) if len(values) else Moments(np.empty(0, np.int64), {})
            micros = np.append(inner.micros, NONE)[places]
            wrong = {place: fault for place, fault in inner.faults.items() if np.any(places == place)}
            return Moments(
                micros, {int(row): wrong[place] for place in wrong for row in np.flatnonzero(places == place)}
            )
        column = column.cast(pa.large_string())
        micros, walls, is_wall = _ordinary(column)
        faults: dict[int, Diagnostic] = {}
        if is_wall.any() and self.has_zone:
            rows = np.flatnonzero(is_wall)
            resolved, wrong = self._resolved(walls[rows], np.ones(len(rows), np.bool_))
            micros[rows] = resolved
            faults = {int(rows[row]): fault for row, fault in wrong.items()}
        for row in np.flatnonzero((micros == NONE) & np.asarray(column.is_valid())):
            found = self._one(column[int(row)].as_py()) if int(row) not in faults else None
            if isinstance(found, Diagnostic):
                faults[int(row)] = found
            elif found is not None:
                micros[row] = found
        return Moments(micros, faults)

    def _one(self, text: str) -> int | Diagnostic | None:
        """Return what *text* writes, or what is wrong with it; ``None`` where it says nothing."""
        text = text.strip()
        if text in self._nulls:
            return None
        found = self._texts.get(text)
        if found is None:
            if len(self._texts) >= _KNOWN:
                self._texts.clear()
            found = self._texts[text] = self._parsed(text)
        return found

    def _parsed(self, text: str) -> int | Diagnostic:
        try:
            return self._clock.instant(text).micros
        except ImpossibleTimeError as error:
            return diagnostic("PE403", text=text, problem=error.problem)
        except NaiveTimeError:
            return diagnostic("PE642", text=text)
        except MalformedTimeError:
            return diagnostic("PE402", text=text)

    @staticmethod
    def _within(column: Array, found: Moments) -> Moments:
        """Return *found* with those as faults that lie outside the years in which a case can be judged."""
        outside = (found.micros != NONE) & ((found.micros < FIRST) | (found.micros >= PAST))
        for row in np.flatnonzero(outside):
            text = _shown(column[int(row)], int(found.micros[row]))
            found.faults[int(row)] = diagnostic("PE410", text=text, first=FIRST_YEAR, last=LAST_YEAR)
        return found if not outside.any() else Moments(np.where(outside, NONE, found.micros), found.faults)


def _shown(cell: Any, micros: int) -> str:  # noqa: ANN401 - a value of pyarrow
    if micros != PAST:
        return Instant(micros).to_iso()
    return str(cell.value if pa.types.is_timestamp(cell.type) else cell.as_py())


def _ordinary(column: Array) -> tuple[Micros, Micros, Mask]:
    """Return what ordinary texts write: instants, times on a clock, and which are such."""
    size = len(column)
    micros, walls = np.full(size, NONE), np.zeros(size, np.int64)
    is_wall = np.zeros(size, np.bool_)
    lengths = np.asarray(pc.binary_length(column).fill_null(-1))
    for length, end in _SHAPES.items():
        rows = np.flatnonzero(lengths == length)
        if not len(rows):
            continue
        block = _block(column if len(rows) == size else column.take(pa.array(rows)), length)
        clock, good = _on_clock(block, end)
        if length == end:
            walls[rows], is_wall[rows] = clock, good
            continue
        ahead, right = (0, block[end] == ord("Z")) if length == end + 1 else _ahead(block[end:])
        micros[rows] = np.where(good & right, clock - ahead, NONE)
    return micros, walls, is_wall


def _block(column: Array, length: int) -> npt.NDArray[np.uint8]:
    """Return texts of one *length* as bytes, those at one place together."""
    _, offsets, data = column.buffers()
    first = np.frombuffer(offsets, np.int64, count=1, offset=column.offset * 8)[0]
    rows = np.frombuffer(data, np.uint8, count=len(column) * length, offset=int(first)).reshape(-1, length)
    return np.ascontiguousarray(rows.T)


def _number(block: npt.NDArray[np.uint8], start: int, end: int, good: Mask) -> Whole:
    """Return the number that stands from *start* to *end*; where a digit is none, it is not *good* any more."""
    number = np.zeros(block.shape[1], np.int32)
    for place in range(start, end):
        digit = block[place] - np.uint8(_ZERO)
        good &= digit <= 9  # noqa: PLR2004 - a digit
        number *= 10
        number += digit
    return number


def _on_clock(block: npt.NDArray[np.uint8], end: int) -> tuple[Micros, Mask]:
    """Return what `YYYY-MM-DDTHH:MM:SS`, up to the place *end*, shows as if it were UTC, and which are that.

    24:00 is not.
    """
    good = (block[10] == ord("T")) | (block[10] == ord(" "))
    for place, mark in _MARKS:
        good &= block[place] == mark
    year, month, day, hour, minute, second = (_number(block, *places, good) for places in _PARTS)
    good &= (year > 0) & (month >= 1) & (month <= 12) & (hour < 24) & (minute < 60) & (second < 60)  # noqa: PLR2004
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    good &= (day >= 1) & (day <= _DAYS[np.where(good, month, 0)] + (leap & (month == 2)))  # noqa: PLR2004 - February
    found = _day(year, month, day).astype(np.int64) * DAY + ((hour * 60 + minute) * 60 + second) * np.int64(SECOND)
    if end > _BARE:
        good &= block[_BARE] == ord(".")
        found += _number(block, _BARE + 1, end, good)
    return found, good


def _day(year: Whole, month: Whole, day: Whole) -> Whole:
    """Return the days since 1970-01-01, counted in years that begin in March."""
    late = month <= 2  # noqa: PLR2004 - January and February are the year before's
    year = year - late
    of_year = (153 * (month + np.where(late, np.int32(9), np.int32(-3))) + 2) // 5 + day - 1
    found: Whole = 365 * year + year // 4 - year // 100 + year // 400 + of_year - _EPOCH
    return found


def _ahead(block: npt.NDArray[np.uint8]) -> tuple[Micros, Mask]:
    """Return what offsets such as `+08:00` say, and which are that."""
    good = ((block[0] == ord("+")) | (block[0] == ord("-"))) & (block[3] == ord(":"))
    hours, minutes = _number(block, 1, 3, good), _number(block, 4, 6, good)
    good &= (hours < 24) & (minutes < 60)  # noqa: PLR2004 - a clock's
    ahead = (hours * 60 + minutes) * np.int64(MINUTE)
    return np.where(block[0] == ord("-"), -ahead, ahead), good
