"""Answers written to Parquet as they come: whole files or none, the same for any size of the chunks."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Self

import pyarrow as pa
import pyarrow.parquet as pq

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_GROUP = 1 << 17
"""Rows of one group of a file."""


class Writing:
    """A file that is there, complete, once the context is left without an error; else nothing of it is left."""

    def __init__(self, path: Path, schema: Any) -> None:  # noqa: ANN401 - a schema of pyarrow
        """Write tables of *schema* to *path*, in place of what may be there."""
        self._path, self._schema = path, schema
        self._beside = path.with_name(f".{path.name}.{os.getpid()}")
        self._held: list[Any] = []
        self._count = 0
        self._writer: Any = None

    def __enter__(self) -> Self:
        self._writer = pq.ParquetWriter(self._beside, self._schema, compression="zstd")
        return self

    def add(self, table: Any) -> None:  # noqa: ANN401 - a table of pyarrow
        """Write the rows of *table* after those that are there."""
        self._held.append(table)
        self._count += table.num_rows
        while self._count >= _GROUP:
            joined = pa.concat_tables(self._held)
            self._writer.write_table(joined.slice(0, _GROUP).combine_chunks(), row_group_size=_GROUP)
            self._held, self._count = [joined.slice(_GROUP)], self._count - _GROUP

    def __exit__(self, kind: object, *_: object) -> None:
        try:
            if kind is None and self._count:
                self._writer.write_table(pa.concat_tables(self._held).combine_chunks(), row_group_size=_GROUP)
            self._writer.close()
            if kind is None:
                self._beside.replace(self._path)
        finally:
            self.discard()

    def discard(self) -> None:
        """Remove what is not complete; to be arranged before the file is begun, which may be interrupted midway."""
        with suppress(OSError):
            self._beside.unlink(missing_ok=True)


@contextmanager
def made(folder: Path) -> Iterator[None]:
    """Have *folder*; where nothing is written into it in the end, a new one is removed again."""
    there = folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    try:
        yield
    except BaseException:
        if not there:
            with suppress(OSError):  # it holds what somebody else wrote
                folder.rmdir()
        raise
