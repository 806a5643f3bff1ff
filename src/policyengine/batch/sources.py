"""Tables as they are given, in memory or as files, as record batches that can be gone through more than once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
from pyarrow import csv, ipc

from policyengine.batch.texts import without_views
from policyengine.diagnostics import Span, diagnostic
from policyengine.errors import CaseError

if TYPE_CHECKING:
    from policyengine.loading.logs.columns import Columns

Given = Any
"""A table of pyarrow or polars, or anything that exports one as Arrow does; a path to one, or a dataset."""
BATCH = 1 << 16
"""Rows that are read at a time."""
_BLOCK = 1 << 22
CSV = MappingProxyType({".csv": ",", ".tsv": "\t", ".tab": "\t"})
_IPC = frozenset({".arrow", ".feather", ".ipc"})
PARQUET = frozenset({".parquet", ".pq"})
_Open = Callable[[list[str]], Iterator[Any]]


@dataclass(frozen=True, slots=True)
class Source:
    """A table.

    Args:
        name: what it is called in faults.
        schema: its columns.
        open: yields the named columns as record batches, from the first row on.
        is_text: whether it holds text alone, as CSV does.
    """

    name: str
    schema: Any
    open: _Open
    is_text: bool = False

    def batches(self, columns: Sequence[str]) -> Iterator[Any]:
        """Yield the *columns* in record batches of any size, in the order of the rows.

        Raises:
            CaseError: the rest of the table cannot be read.
        """
        try:
            for batch in self.open(list(columns)):
                if batch.num_rows:
                    yield without_views(batch.select(list(columns)))
        except (pa.ArrowException, OSError, OverflowError, ValueError) as error:
            raise unreadable(self.name, error) from error


def unreadable(name: str, error: Exception) -> CaseError:
    """Return the fault that the table *name* cannot be read, in the words of *error*."""
    problem = str(error).split("\n", 1)[0]
    return CaseError([diagnostic("PE833", Span(name, 1, 1, 1, 1), problem=problem)])


def source(given: Given, name: str, columns: Columns, folder: Path) -> Source:
    """Return the table *given*, called *name* in faults.

    Args:
        given: the table.
        name: `cases` or `events`.
        columns: says how CSV files are saved.
        folder: where a table is put that can be gone through only once.

    Raises:
        CaseError: it cannot be read.
        TypeError: it is no table.
    """
    try:
        if isinstance(given, str | Path):
            return _file(Path(given), name, columns)
        return _in_memory(given, name, folder)
    except (pa.ArrowException, OSError, OverflowError, ValueError) as error:
        raise unreadable(name, error) from error


def _in_memory(given: Given, name: str, folder: Path) -> Source:
    if hasattr(given, "sink_parquet"):  # a frame of polars that has not been computed yet
        path = folder / f"{name}.parquet"
        given.sink_parquet(path)
        return _parquet(path, name)
    if isinstance(given, ds.Dataset):
        return _dataset(given, name)
    if hasattr(given, "to_arrow") and not isinstance(given, pa.Table | pa.RecordBatch):  # a frame of polars
        given = given.to_arrow()
    if isinstance(given, pa.RecordBatch):
        given = pa.Table.from_batches([given])
    if isinstance(given, pa.Table):
        table = given
        return Source(name, table.schema, lambda columns: iter(table.select(columns).to_batches(max_chunksize=BATCH)))
    if isinstance(given, pa.RecordBatchReader) or hasattr(given, "__arrow_c_stream__"):
        reader = given if isinstance(given, pa.RecordBatchReader) else pa.RecordBatchReader.from_stream(given)
        path = folder / f"{name}.arrow"
        with ipc.new_file(path, reader.schema) as writer:
            for batch in reader:
                writer.write_batch(batch)
        return _ipc(path, name)
    msg = f"{name!r} is a table of pyarrow or polars, or a path to one, not {type(given).__name__}"
    raise TypeError(msg)


def _file(path: Path, name: str, columns: Columns) -> Source:
    ending = path.suffix.lower()
    if path.is_dir():
        return _dataset(ds.dataset(path, format="parquet"), name)
    if ending in CSV:
        return _csv(path, name, columns, columns.delimiter or CSV[ending])
    if ending in _IPC:
        return _ipc(path, name)
    if ending in PARQUET:
        return _parquet(path, name)
    known = ", ".join(sorted((*PARQUET, *_IPC, *CSV)))
    raise CaseError([diagnostic("PE641", Span(str(path), 1, 1, 1, 1), known=known)])


def _parquet(path: Path, name: str) -> Source:
    def opened(columns: list[str]) -> Iterator[Any]:
        with pq.ParquetFile(path) as file:
            yield from file.iter_batches(batch_size=BATCH, columns=columns)

    with pq.ParquetFile(path) as file:
        return Source(name, file.schema_arrow, opened)


def _ipc(path: Path, name: str) -> Source:
    def opened(columns: list[str]) -> Iterator[Any]:
        with pa.memory_map(str(path)) as held, ipc.open_file(held) as file:
            for number in range(file.num_record_batches):
                yield from pa.Table.from_batches([file.get_batch(number)]).select(columns).to_batches(BATCH)

    with pa.memory_map(str(path)) as held, ipc.open_file(held) as file:
        return Source(name, file.schema, opened)


def _dataset(given: Any, name: str) -> Source:  # noqa: ANN401 - a dataset of pyarrow
    def opened(columns: list[str]) -> Iterator[Any]:
        # A batch ahead and no more: by default dozens of them wait in memory.
        return iter(given.to_batches(columns=columns, batch_size=BATCH, batch_readahead=1, fragment_readahead=1))

    return Source(name, given.schema, opened)


def _csv(path: Path, name: str, columns: Columns, delimiter: str) -> Source:
    reading = csv.ReadOptions(block_size=_BLOCK, encoding=columns.encoding)
    parsing = csv.ParseOptions(delimiter=delimiter, newlines_in_values=True)
    with csv.open_csv(path, read_options=reading, parse_options=parsing) as file:
        names = file.schema.names
    text = pa.schema([(each, pa.string()) for each in names])

    def opened(columns: list[str]) -> Iterator[Any]:
        converting = csv.ConvertOptions(column_types=text, include_columns=columns, strings_can_be_null=False)
        with csv.open_csv(path, read_options=reading, parse_options=parsing, convert_options=converting) as file:
            yield from file

    return Source(name, text, opened, is_text=True)
