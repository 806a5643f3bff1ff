"""Events in any order, put into files by the places of their cases; and the ids that several rows have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from policyengine.batch.aligning import concatenated, none
from policyengine.batch.scattering import MOST_FILES, Scattered, hashes
from policyengine.batch.strays import Stray
from policyengine.batch.texts import encoded, plain, texts

if TYPE_CHECKING:
    import numpy.typing as npt

    from policyengine.batch.joining import Joining, Survey
    from policyengine.batch.shape import Shape
    from policyengine.batch.sources import Source
    from policyengine.batch.texts import Array

    Ints = npt.NDArray[np.int64]

_HASHED_CASES = 1 << 16
_RANGE_EVENTS = 1 << 20
_LOOKED_UP = 1 << 18
"""So many events at least are looked up at a time, unless there are no more."""
_OWNER, _ROW = "#owner", "#row"
_IDS = pa.schema([pa.field("id", pa.large_string()), pa.field(_ROW, pa.int64())])


def gathered(batches: Iterable[Any], rows: int) -> Iterator[list[Any]]:
    """Yield *batches* in lists of at least so many *rows*, the last one of what is left."""
    some: list[Any] = []
    held = 0
    for each in batches:
        some.append(each)
        held += each.num_rows
        if held >= rows:
            yield some
            some, held = [], 0
    if some:
        yield some


class Repeated:
    """The ids that several rows of the table of cases have."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}

    def within(self, ids: Array) -> bool:
        """Note those among *ids*, which are all there are, or all with some hashes; return true."""
        found = encoded(ids)
        counts = np.bincount(found.places + 1)[1:]
        for place in np.flatnonzero(counts > 1):
            self._counts[found.values[int(place)].as_py()] = int(counts[place])
        return True

    def copies(self, ids: Array) -> Ints:
        """Return how many rows have each of *ids*."""
        copies = np.ones(len(ids), np.int64)
        if self._counts:
            for row, each in enumerate(ids.to_pylist()):
                copies[row] = self._counts.get(each, 1)
        return copies


class Parted:
    """Events in any order, put into files by the places of their cases."""

    def __init__(self, joining: Joining, survey: Survey, repeated: Repeated) -> None:
        """Put them there."""
        self._cases = max(survey.cases, 1)
        self._files = max(1, min(MOST_FILES, -(-survey.events // _RANGE_EVENTS)))
        self._shape = joining.shapes[1]
        self._ranges = Scattered(joining.folder, "range", self._files)
        self._lost = Scattered(joining.folder, "lost", 1)
        self._schema: Any = None
        count = max(1, min(MOST_FILES, -(-survey.cases // _HASHED_CASES)))
        with self._ranges, self._lost:
            self._meet(joining, count, repeated)
        self._number = -1
        self._held: tuple[Any, Ints, Ints] | None = None

    def _meet(self, joining: Joining, count: int, repeated: Repeated) -> None:
        """Let ids and events meet by their hashes, find each event's case, and put it where that one is."""
        ids, events = Scattered(joining.folder, "ids", count), Scattered(joining.folder, "hashed", count)
        with ids, events:
            self._scatter_ids(joining, ids, count)
            if joining.events is not None and self._shape is not None:
                self._scatter_events(joining.events, self._shape, events, count)
        for number in range(count):
            found = list(ids.take(number))
            known = pa.Table.from_batches(found, _IDS).combine_chunks()
            names = plain(known.column("id")) if known.num_rows else none()
            places = np.asarray(known.column(_ROW))
            repeated.within(names)
            for batch, place in self._found(events.take(number), names):
                owner = np.append(places, -1)[place]
                self._lose(batch, owner < 0)
                kept = np.flatnonzero(owner >= 0)
                if len(kept):
                    batch = batch if len(kept) == len(owner) else batch.take(pa.array(kept))  # noqa: PLW2901 - the rest of it
                    owner = owner[kept]
                    self._ranges.put(batch.append_column(_OWNER, pa.array(owner)), owner * self._files // self._cases)

    def _found(self, batches: Iterable[Any], names: Array) -> Iterator[tuple[Any, Ints]]:
        """Yield *batches*, each with the place of every event's case among *names*, or -1.

        Many are looked up at a time: each look-up lays *names* out anew, so that one for each batch would take ever
        longer, the more cases there are.
        """
        for some in gathered(batches, _LOOKED_UP):
            ids = pa.chunked_array([texts(each.column(self._case)) for each in some], pa.large_string())
            here = np.asarray(pc.index_in(ids, value_set=names).fill_null(-1)).astype(np.int64)
            ends = np.cumsum([each.num_rows for each in some])
            yield from zip(some, np.split(here, ends[:-1]), strict=True)

    @property
    def _case(self) -> str:
        return "" if self._shape is None else self._shape.case

    @staticmethod
    def _scatter_ids(joining: Joining, files: Scattered, count: int) -> None:
        start = 0
        for batch in joining.cases.batches([joining.shapes[0].case]):
            ids = texts(batch.column(0))
            rows = np.flatnonzero(np.asarray(ids.is_valid()))
            if len(rows):
                there = ids.drop_null()
                put = pa.RecordBatch.from_arrays([there, pa.array(rows + start)], schema=_IDS)
                files.put(put, (hashes(there) % np.uint64(count)).astype(np.int64))
            start += len(ids)

    def _scatter_events(self, events: Source, shape: Shape, files: Scattered, count: int) -> None:
        start = 0
        for batch in events.batches(shape.columns):
            rows = pa.array(np.arange(start, start + batch.num_rows))
            start += batch.num_rows
            batch = batch.append_column(_ROW, rows)  # noqa: PLW2901 - with one column more
            ids = texts(batch.column(shape.case))
            there = np.asarray(ids.is_valid())
            self._lose(batch, ~there)
            if not there.all():
                batch, ids = batch.filter(pa.array(there)), ids.drop_null()  # noqa: PLW2901 - the rest of it
            if len(ids):
                files.put(batch, (hashes(ids) % np.uint64(count)).astype(np.int64))

    def _lose(self, batch: Any, lost: npt.NDArray[np.bool_]) -> None:  # noqa: ANN401 - rows of pyarrow
        if lost.any():
            rows = batch.filter(pa.array(lost))
            put = pa.RecordBatch.from_arrays([texts(rows.column(self._case)), rows.column(_ROW)], schema=_IDS)
            self._lost.put(put, np.zeros(rows.num_rows, np.int64))

    def take(self, start: int, ids: Array) -> tuple[Any, Ints, Ints]:
        """Return the events of the cases from the row *start* on."""
        end = start + len(ids)
        tables, rows, owners = [], [], []
        for number in range(start * self._files // self._cases, (end - 1) * self._files // self._cases + 1):
            held = self._range(number)
            if held is None:
                continue
            table, owner, row = held
            first, past = np.searchsorted(owner, (start, end))
            tables.append(table.slice(int(first), int(past - first)))
            owners.append(owner[first:past] - start)
            rows.append(row[first:past])
        joined = pa.concat_tables(tables, promote_options="permissive") if tables else None
        return joined, concatenated(rows), concatenated(owners)

    def _range(self, number: int) -> tuple[Any, Ints, Ints] | None:
        """Return what one file holds, case by case, each case's events as they stood in the table."""
        if number != self._number:
            batches = list(self._ranges.take(number))
            self._number, self._held = number, None
            if batches:
                table = pa.Table.from_batches(batches)
                owner, row = (np.asarray(table.column(name)) for name in (_OWNER, _ROW))
                order = np.lexsort((row, owner))
                table = table.drop_columns([_OWNER, _ROW]).take(pa.array(order))
                self._held = table, owner[order], row[order]
        return self._held

    def strays(self) -> Iterator[Stray]:
        """Yield the rows of no case."""
        for batch in self._lost.take(0):
            yield Stray(np.asarray(batch.column(_ROW)), batch.column("id"))
