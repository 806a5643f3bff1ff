"""Columns of facts, attributes, types and roles -> values, each read and checked once however often it stands there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import pyarrow as pa

from policyengine.batch.texts import encoded, is_text, plain
from policyengine.diagnostics import Diagnostic, diagnostic, printable
from policyengine.engine.columns.coding import UNSTATED, Kind
from policyengine.loading.logs.cells import NULLS, CellError, Reader

if TYPE_CHECKING:
    import numpy.typing as npt

    from policyengine.batch.checking import Checker
    from policyengine.batch.texts import Array
    from policyengine.engine.columns.coding import Coding
    from policyengine.loading.logs.columns import Columns, Meaning
    from policyengine.model.base import Atom
    from policyengine.model.case import FactValue

    Mask = npt.NDArray[np.bool_]

SILENT = -1
"""The place of a cell that says nothing, or that is at fault."""
EXACT = 1 << 53
"""Whole numbers up to here are the same as float64."""
_MAX_WHOLE = 10**18
_CACHED = 20_000
_Read = Callable[[object], tuple[object, tuple[Diagnostic, ...]]]
Faults = list[tuple[int, Diagnostic]]
"""Rows of a column, counted from 0, with what is wrong there."""
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Cells:
    """A column as places in a list of its values.

    Args:
        places: int32[n]; `SILENT` where a cell says nothing.
        values: each different value.
    """

    places: npt.NDArray[np.int32]
    values: tuple[Any, ...]

    @property
    def there(self) -> Mask:
        """Tell which cells say something."""
        return self.places >= 0

    @property
    def inexact(self) -> Mask | None:
        """Tell which cells `codes` could get wrong: none."""
        return None

    def value(self, row: int) -> Any:  # noqa: ANN401 - whatever the column holds
        """Return what the cell says that is `there`."""
        return self.values[self.places[row]]

    def codes(self, coding: Coding) -> npt.NDArray[np.int32]:
        """Return the codes of facts, int32[n]; `UNSTATED` where a cell says nothing."""
        table = np.append(coding.codes(self.values), np.int32(UNSTATED))
        found: npt.NDArray[np.int32] = table[self.places]
        return found

    def mapped(self, table: dict[str, int], other: int) -> npt.NDArray[np.int64]:
        """Return what *table* has for each cell's value, int64[n]; *other* where it has nothing."""
        return np.array([*(table.get(each, other) for each in self.values), other], np.int64)[self.places]

    def taken(self, rows: npt.NDArray[np.int64]) -> Cells:
        """Return only *rows*, in their order."""
        return Cells(self.places[rows], self.values)


@dataclass(frozen=True, slots=True)
class Numbers:
    """A column of numbers, of which hardly any two need be the same.

    Args:
        numbers: int64[n] or float64[n], whole numbers and others apart (S9).
        there: which cells say something.
    """

    numbers: npt.NDArray[np.int64] | npt.NDArray[np.float64]
    there: Mask

    @property
    def inexact(self) -> Mask | None:
        """Tell which cells `codes` could get wrong: large whole numbers."""
        if self.numbers.dtype.kind == "f":
            return None
        return (self.numbers > EXACT) | (self.numbers < -EXACT)

    def value(self, row: int) -> Atom:
        """Return what the cell says that is `there`."""
        found: Atom = self.numbers[row].item()
        return found

    def codes(self, coding: Coding) -> npt.NDArray[np.int32]:
        """Return the codes of facts, int32[n]; `UNSTATED` where a cell says nothing."""
        if coding.kind is not Kind.NUMBER:  # another policy's vocabulary has something else under this name
            each = (coding.code(value.item()) for value in self.numbers)
            return np.where(self.there, np.fromiter(each, np.int32, len(self.numbers)), np.int32(UNSTATED))
        bounds = np.array(coding.values, np.float64)
        numbers = self.numbers.astype(np.float64)
        place = np.searchsorted(bounds, numbers)
        exact = np.append(bounds, np.nan)[place] == numbers
        return np.where(self.there, (2 * place + exact).astype(np.int32), np.int32(UNSTATED))

    def taken(self, rows: npt.NDArray[np.int64]) -> Numbers:
        """Return only *rows*, in their order."""
        return Numbers(self.numbers[rows], self.there[rows])


class Columnar:
    """Reads columns of one table."""

    def __init__(self, columns: Columns, checker: Checker, *, is_text: bool) -> None:
        """Read cells as *columns* has it, of a table that holds text alone, or values of several types."""
        self._columns = columns
        self._checker = checker
        self._is_text = is_text
        self._reader = Reader(columns, is_text=is_text)
        self._known: dict[tuple[str, str], dict[object, tuple[object, tuple[Diagnostic, ...]]]] = {}

    def types(self, column: Array) -> tuple[Cells, Faults]:
        """Return the types of events."""
        return self._cells(("type", ""), column, self._type)

    def roles(self, column: Array, *, many: bool) -> tuple[Cells, Faults]:
        """Return the roles that acted, or with *many* those told or addressed, as tuples."""
        return self._cells(("to" if many else "by", ""), column, self._roles if many else self._role)

    def truths(self, column: Array) -> tuple[Cells, Faults]:
        """Return what is true or false."""
        return self._cells(("partial", ""), column, lambda value: (self._reader.truth(value), ()))

    def facts(self, part: str, meaning: Meaning, column: Array) -> tuple[Cells | Numbers, Faults]:
        """Return the values of a fact, or of an attribute where *part* is `attributes`."""
        column = plain(column)
        free = None if meaning.values or meaning.many else self._checker.free(part, meaning.name)
        if free == "number" and meaning.type in {None, "number"} and _is_number(column.type):
            return self._numbers(column)
        return self._cells((part, meaning.name), column, lambda value: self._fact(part, meaning, value))

    def _type(self, value: object) -> tuple[object, tuple[Diagnostic, ...]]:
        text = self._reader.text(value)
        name = self._columns.types.get(text, text)
        return name, self._checker.of_type(name)

    def _role(self, value: object) -> tuple[object, tuple[Diagnostic, ...]]:
        text = self._reader.text(value)
        name = self._columns.roles.get(text, text)
        return name, self._checker.of_role(name)

    def _roles(self, value: object) -> tuple[object, tuple[Diagnostic, ...]]:
        names = tuple(self._columns.roles.get(each, each) for each in self._reader.texts(value))
        return names, tuple(fault for name in names for fault in self._checker.of_role(name))

    def _fact(self, part: str, meaning: Meaning, value: object) -> tuple[FactValue, tuple[Diagnostic, ...]]:
        found = self._reader.fact(value, meaning)
        return found, self._checker.of_value(part, meaning.name, found)

    def _numbers(self, column: Array) -> tuple[Numbers, Faults]:
        """Return numbers as they are; a NaN says nothing, and what is not finite, or too long, is a fault."""
        if pa.types.is_decimal(column.type):
            column = column.cast(pa.float64())
        whole = pa.types.is_integer(column.type)
        there = np.asarray(column.is_valid())
        if whole:
            # What does not fit the type is far too long anyway.
            given = np.asarray(column.fill_null(0))
            bad = there & ((given >= _MAX_WHOLE) | (given <= -_MAX_WHOLE))
            numbers = np.where(bad, 0, given).astype(np.int64)
        else:
            numbers = np.asarray(column.cast(pa.float64()).fill_null(np.nan))
            there &= ~np.isnan(numbers)
            bad = there & np.isinf(numbers)
        faults = [(int(row), self._unfit(column[int(row)].as_py())) for row in np.flatnonzero(bad)]
        return Numbers(numbers, there & ~bad), faults

    def _unfit(self, value: object) -> Diagnostic:
        try:
            self._reader.fact(value, unnamed(""))
        except CellError as error:
            return _expected(error, value)
        raise AssertionError(value)  # pragma: no cover - the reader refuses it for the same reason

    def _cells(self, key: tuple[str, str], column: Array, read: _Read) -> tuple[Cells, Faults]:
        """Return a column whose different values are read by *read* and remembered under *key*."""
        known = self._known.setdefault(key, {})
        if len(known) > _CACHED:
            known.clear()
        places, given = _different(column)
        table = np.full(len(given) + 1, SILENT, np.int32)
        values: dict[tuple[type, object], int] = {}
        faults: Faults = []
        for place, raw in enumerate(given):
            if raw is _UNUSED or raw is None or self._says_nothing(raw):
                continue
            met = raw.__class__, raw
            if met not in known:
                known[met] = _read(read, raw)
            value, wrong = known[met]
            if wrong:
                faults += [(int(row), each) for row in np.flatnonzero(places == place) for each in wrong]
            else:
                table[place] = values.setdefault((value.__class__, value), len(values))
        return Cells(table[places], tuple(each for _, each in values)), faults

    def _says_nothing(self, raw: object) -> bool:
        if isinstance(raw, str):
            text = raw.strip()
            return not text or (self._is_text and text in NULLS)
        return isinstance(raw, float) and raw != raw  # noqa: PLR0124 - not a number


_UNUSED = object()


def _read(read: _Read, raw: object) -> tuple[object, tuple[Diagnostic, ...]]:
    given = list(raw) if isinstance(raw, tuple) else raw
    try:
        return read(given)
    except CellError as error:
        return None, (_expected(error, given),)


def _expected(error: CellError, value: object) -> Diagnostic:
    return diagnostic("PE115", expected=error.expected, found=f"`{printable(str(value))}`")


def _is_number(kind: Any) -> bool:  # noqa: ANN401 - a type of pyarrow
    types = pa.types
    return bool(types.is_integer(kind) or types.is_floating(kind) or types.is_decimal(kind))


def _different(column: Array) -> tuple[npt.NDArray[np.int32], list[object]]:
    """Return the places of the cells among their different values, and these as plain values; lists as tuples."""
    column = plain(column)
    if pa.types.is_null(column.type):
        return np.full(len(column), SILENT, np.int32), []
    if pa.types.is_decimal(column.type):
        column = column.cast(pa.float64())
    if pa.types.is_nested(column.type):
        return _placed([tuple(each) if isinstance(each, list) else each for each in column.to_pylist()])
    found = encoded(column)
    given: list[object] = [_UNUSED] * len(found.values)
    used = found.used()
    for place, value in zip(used, found.values.take(pa.array(used)).to_pylist(), strict=True):
        given[place] = value
    return found.places, given


def _placed(values: list[object]) -> tuple[npt.NDArray[np.int32], list[object]]:
    first: dict[object, int] = {}
    keyed = (
        (each if not isinstance(each, tuple) else (tuple, *((one.__class__, one) for one in each)), each)
        for each in values
    )
    given: list[object] = []
    places = np.empty(len(values), np.int32)
    for row, (key, each) in enumerate(keyed):
        place = first.setdefault(key, len(first))
        if place == len(given):
            given.append(each)
        places[row] = place
    return places, given


def unnamed(name: str) -> Meaning:
    """Return the meaning of a value called *name* that no map says more about."""
    from policyengine.loading.logs.columns import Meaning as Made

    return Made.model_construct(name=name, type=None, many=False, values={})


def readable(kind: Any) -> bool:  # noqa: ANN401 - a type of pyarrow
    """Tell whether a column of type *kind* can hold values: text, numbers, true and false, or lists of these."""
    types = pa.types
    if types.is_dictionary(kind):
        return readable(kind.value_type)
    if types.is_list(kind) or types.is_large_list(kind):
        return readable(kind.value_type)
    return bool(is_text(kind) or _is_number(kind) or types.is_boolean(kind) or types.is_null(kind))


def named(column: Array) -> Iterator[tuple[str, Array]]:
    """Yield the columns that a column of structs or of maps holds, by name; null where a row lacks one."""
    column = plain(column)
    if pa.types.is_struct(column.type):
        for place in range(column.type.num_fields):
            yield column.type.field(place).name, column.flatten()[place]
        return
    starts = np.asarray(column.offsets).astype(np.int64)  # into all keys, those of other slices too
    first, past = int(starts[0]), int(starts[-1])
    keys = encoded(column.keys.slice(first, past - first))
    rows = np.repeat(np.arange(len(column)), np.diff(starts))
    there = np.asarray(column.is_valid())[rows]
    names = keys.values.to_pylist()
    for place in keys.used():
        found = np.flatnonzero((keys.places == place) & there)
        item = np.full(len(column), -1, np.int64)
        item[rows[found]] = found + first
        yield names[place], column.items.take(pa.array(item, mask=item < 0))
