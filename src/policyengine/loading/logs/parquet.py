"""Tables of events in Parquet files; the only importer of pyarrow, on first use."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from policyengine.diagnostics import Diagnostic, Span, diagnostic, nearest
from policyengine.errors import MissingExtraError
from policyengine.loading.logs.lines import open_regular
from policyengine.loading.logs.rows import Bad, Cells, Row, Slot
from policyengine.loading.logs.slots import Slots

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from policyengine.loading.logs.columns import Columns

BATCH = 4096  # rows that are in memory at a time, besides the page of the file that they come from


class ParquetTable:
    """A Parquet file. It has no lines: the number of a row, counted from 1, stands for one."""

    is_text = False

    def __init__(self, path: Path, file: str, columns: Columns, done: Callable[[int], None]) -> None:
        """Name the file; nothing is read yet.

        Raises:
            MissingExtraError: pyarrow is not installed.
        """
        _pyarrow()
        self.file = self.name = file
        self._path = path
        self._done = done
        self._slots = Slots(columns)
        self._columns: list[str] = []
        self._plan: tuple[tuple[int, Slot], ...] = ()
        self._case = 0

    def open(self) -> Iterator[Diagnostic]:
        """Read the names and types of the columns, and yield what keeps the table from being read.

        Raises:
            OSError: the file cannot be read.
        """
        pa, pq = _pyarrow()
        try:
            with open_regular(self._path) as stream:
                schema = pq.ParquetFile(stream).schema_arrow
        except (pa.ArrowException, OSError, OverflowError, ValueError) as error:
            yield self._broken(1, error)
            return
        place = Span(self.file, 1, 1, 1, 1)
        names = list(schema.names)
        missing = self._slots.missing(names)
        twice = [name for name in dict.fromkeys(names) if names.count(name) > 1]
        if twice:
            yield diagnostic("PE626", place, column=twice[0], first=place)
        if missing:
            suggestion = nearest(missing[0], [name for name in names if not self._slots.of(name)])
            yield diagnostic("PE625", place, columns=", ".join(missing), suggestion=suggestion)
        if missing or twice:
            return
        self._columns = [name for name in names if self._slots.of(name)]
        self._case = self._columns.index(self._slots.case)
        self._plan = tuple((number, slot) for number, name in enumerate(self._columns) for slot in self._slots.of(name))
        unfit = [f"{name} ({schema.field(name).type})" for name in self._columns if not _fits(schema.field(name).type)]
        if unfit:
            yield diagnostic("PE633", place, columns=", ".join(unfit))
        if self._slots.unread:
            yield diagnostic("PE638", place, columns=", ".join(self._slots.unread), suggestion=self._slots.meant())

    def rows(self, *, scan: bool = False) -> Iterator[Row | Bad]:
        """Yield the rows in their order.

        Raises:
            OSError: the file cannot be read any further.
        """
        pa, pq = _pyarrow()
        number = 0
        wanted = [self._slots.case] if scan else self._columns
        place = 0 if scan else self._case
        try:
            with open_regular(self._path) as stream:
                file = pq.ParquetFile(stream)
                total, size, told = max(file.metadata.num_rows, 1), self._path.stat().st_size, 0
                for batch in file.iter_batches(batch_size=BATCH, columns=wanted):
                    # Asked for by name, the columns come in the order of the file, as they stand in `wanted`.
                    columns = [_values(batch.column(each)) for each in range(len(wanted))]
                    for number, cells in enumerate(zip(*columns, strict=True), number + 1):  # noqa: B020 - goes on counting
                        yield self._row(number, cells, place)
                    if not scan:
                        self._done(size * number // total - told)
                        told = size * number // total
        except (pa.ArrowException, OSError, OverflowError, ValueError) as error:
            yield Bad(None, number + 1, (self._broken(number + 1, error),))

    def _row(self, number: int, cells: Cells, place: int) -> Row | Bad:
        case = cells[place]
        if isinstance(case, int) and not isinstance(case, bool):
            case = str(case)
        if isinstance(case, str) and case.strip():
            return Row(case.strip(), number, "", cells)
        fault = diagnostic("PE627", Span(self.file, number, 1, number, 1), column=self._slots.case)
        return Bad(None, number, (fault,))

    def _broken(self, number: int, error: Exception) -> Diagnostic:
        return diagnostic("PE634", Span(self.file, number, 1, number, 1), problem=str(error).split("\n", 1)[0])

    def again(self, text: str) -> Cells:
        """Return the cells of the row that was put away as *text*."""
        cells: list[object] = json.loads(text)
        return cells

    def pairs(self, cells: Cells) -> Iterable[tuple[Slot, object]]:
        """Return the cells with what each is for."""
        return [(slot, cells[number]) for number, slot in self._plan if cells[number] is not None]

    def span(self, line: int, text: str, slot: Slot | None = None, name: str | None = None) -> Span:  # noqa: ARG002
        """Return the row: its number stands for a line."""
        return Span(self.file, line, 1, line, 1)

    def head(self, line: int, text: str, slot: Slot, name: str | None = None) -> Span:  # noqa: ARG002
        """Return the row likewise."""
        return Span(self.file, line, 1, line, 1)

    def excerpt(self, text: str, span: Span, line: int) -> str | None:  # noqa: ARG002
        """Return nothing: there are no lines to show."""
        return None

    def faults_at_end(self) -> Iterator[Diagnostic]:
        """Yield nothing: the file's schema has said it all."""
        return iter(())


def _fits(kind: Any) -> bool:  # noqa: ANN401 - a type of pyarrow, which has none for us
    """Tell whether cells of a type can be read: text, numbers, true and false, times, and lists or fields of these."""
    types = _pyarrow()[0].types
    if types.is_dictionary(kind):
        return _fits(kind.value_type)
    if types.is_list(kind) or types.is_large_list(kind):
        return _fits(kind.value_type)
    if types.is_struct(kind):
        return all(_fits(kind.field(each).type) for each in range(kind.num_fields))
    if types.is_map(kind):
        return (types.is_string(kind.key_type) or types.is_large_string(kind.key_type)) and _fits(kind.item_type)
    simple = (types.is_string, types.is_large_string, types.is_boolean, types.is_integer, types.is_floating)
    others = (types.is_timestamp, types.is_date, types.is_decimal, types.is_null)
    return any(is_kind(kind) for is_kind in (*simple, *others))


def _values(column: Any) -> list[object]:  # noqa: ANN401 - a column of pyarrow
    """Return the cells of a column as plain values: a time as text, a mapping's items as a dictionary."""
    pa, _ = _pyarrow()
    kind, types = column.type, pa.types
    if types.is_dictionary(kind):
        column = column.cast(kind.value_type)
        kind = column.type
    if types.is_timestamp(kind):
        # In UTC, which needs no data of zones; what is finer than a microsecond is cut off.
        column = column.cast(pa.timestamp("us", kind.tz and "UTC"), safe=False).cast(pa.string())
    elif types.is_date(kind):
        column = column.cast(pa.string())
    elif types.is_decimal(kind):
        column = column.cast(pa.float64())
    values: list[object] = column.to_pylist()
    if types.is_map(kind) or types.is_struct(kind):
        # A field that a row lacks is null: nothing is said.
        items = (each if each is None else dict(each) for each in values)  # type: ignore[call-overload]
        return [each and {name: _plain(value) for name, value in each.items() if value is not None} for each in items]
    if types.is_list(kind) or types.is_large_list(kind):
        return [_plain(each) for each in values]
    if types.is_floating(kind):
        return [None if each != each else each for each in values]  # noqa: PLR0124 - not a number: nothing is said
    return values


def _plain(value: object) -> object:
    """Return what stands within a cell as a plain value, as :func:`_values` returns the cells themselves."""
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, date) else value


def _pyarrow() -> tuple[Any, Any]:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        message = "Parquet files need pyarrow: install `regulatory-duties[parquet]`"
        raise MissingExtraError(message) from error
    return pa, pq
