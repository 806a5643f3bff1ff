"""Rows put into temporary files by a number of each, so that what belongs together can be read together."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import pyarrow as pa
from pyarrow import ipc

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import numpy.typing as npt

    from policyengine.batch.texts import Array

MOST_FILES = 256
"""Files that are open at a time."""
_BASE = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xC2B2AE3D27D4EB4F)
_SHIFT = np.uint64(31)


class Scattered:
    """Rows in files by number; a context that closes them for writing."""

    def __init__(self, folder: Path, name: str, count: int) -> None:
        """Put rows into *count* files in *folder*, whose names begin with *name*."""
        self._paths = [folder / f"{name}-{number}.arrows" for number in range(count)]
        self._writers: dict[int, Any] = {}
        self._open = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._open.close()

    def put(self, batch: Any, files: npt.NDArray[np.int64]) -> None:  # noqa: ANN401 - rows of pyarrow
        """Put each row of *batch* into the file that *files* says, after those that are there."""
        order = np.argsort(files, kind="stable")
        moved = batch if np.all(files[1:] >= files[:-1]) else batch.take(pa.array(order))
        present, starts = np.unique(files[order], return_index=True)
        ends = [*starts[1:], len(order)]
        for number, start, end in zip(present, starts, ends, strict=True):
            self._writer(int(number), batch.schema).write(moved.slice(int(start), int(end - start)))

    def _writer(self, number: int, schema: Any) -> Any:  # noqa: ANN401 - both pyarrow's
        if number not in self._writers:
            # The format of streams, in which a later batch may have another dictionary than an earlier one.
            self._writers[number] = self._open.enter_context(ipc.new_stream(self._paths[number], schema))
        return self._writers[number]

    def take(self, number: int) -> Iterator[Any]:
        """Yield the rows of a file in record batches, and remove it."""
        if number not in self._writers:
            return
        with self._paths[number].open("rb") as file, ipc.open_stream(file) as reader:
            yield from reader
        self._paths[number].unlink()


def hashes(ids: Array) -> npt.NDArray[np.uint64]:
    """Return a hash of each text, the same on every machine; there are no nulls, and none is empty."""
    _, offsets, data = ids.buffers()
    starts = np.frombuffer(offsets, np.int64, count=len(ids) + 1, offset=ids.offset * 8)
    content = np.frombuffer(data, np.uint8, count=int(starts[-1]))[int(starts[0]) :].astype(np.uint64)
    lengths = np.diff(starts)
    begins = starts[:-1] - starts[0]
    places = np.arange(len(content)) - np.repeat(begins, lengths)
    powers = np.cumprod(np.full(int(lengths.max(initial=1)), _BASE), dtype=np.uint64)
    found = np.add.reduceat((content + np.uint64(1)) * powers[places], begins) if len(ids) else np.empty(0, np.uint64)
    found = (found ^ (found >> _SHIFT)) * _MIX
    mixed: npt.NDArray[np.uint64] = found ^ (found >> _SHIFT)
    return mixed
