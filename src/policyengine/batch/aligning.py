"""Events that stand as the cases do, read side by side with them; and how to find out whether they do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from policyengine.batch.strays import Stray
from policyengine.batch.texts import encoded, plain, texts

if TYPE_CHECKING:
    import numpy.typing as npt

    from policyengine.batch.joining import Survey
    from policyengine.batch.shape import Shape
    from policyengine.batch.sources import Source
    from policyengine.batch.texts import Array

    Ints = npt.NDArray[np.int64]


def none() -> Array:
    """Return no ids."""
    return pa.array([], pa.large_string())


def rises(last: Any, ids: Array, less: Any) -> bool:  # noqa: ANN401 - a value and a function of pyarrow
    """Tell whether each of *ids* is *less* than the next, and the *last* one before them than the first."""
    inside = len(ids) < 2 or pc.all(less(ids[:-1], ids[1:])).as_py()  # noqa: PLR2004 - one has no neighbour
    return bool(inside and (last is None or less(last, ids[0]).as_py()))


class Runs(NamedTuple):
    """Rows of one batch of events, in runs of one case each.

    Args:
        starts: int64[r + 1], where each begins, and the end.
        ids: whose it is, an array of text.
    """

    starts: Ints
    ids: Array


def runs_of(column: Array) -> Runs:
    """Return the rows of a *column* of ids in runs."""
    column = plain(column)
    if pa.types.is_dictionary(column.type):
        places = encoded(column).places
        changes = places[1:] != places[:-1]
    else:
        null = np.asarray(column.is_null())
        changes = np.asarray(pc.not_equal(column[1:], column[:-1]).fill_null(False)) | (null[1:] != null[:-1])  # noqa: FBT003 - pyarrow's own
    begins = np.concatenate([np.zeros(1, np.int64), np.flatnonzero(changes) + 1])
    return Runs(np.append(begins, len(column)), texts(column.take(pa.array(begins))))


class Order:
    """How the events stand to the cases: in order of their ids, in the order of the cases, or in none."""

    def __init__(self, survey: Survey, events: Source, shape: Shape) -> None:
        """Go through the ids of the events."""
        self.events = 0
        rising, last = survey.rising, None
        heads: list[Array] | None = [] if survey.ids is not None else None
        count = 0
        for batch in events.batches([shape.case]):
            self.events += batch.num_rows
            if not rising and heads is None:
                continue
            ids = runs_of(batch.column(0)).ids.drop_null()
            if rising and len(ids):
                rising = rises(last, ids, pc.less_equal)
                last = ids[-1]
            if heads is not None:
                heads.append(ids)
                count += len(ids)
                # More runs than cases and batches: no case's events stand together.
                heads = heads if count <= survey.cases + len(heads) else None
        self.rises = rising
        self.fits = rising or (heads is not None and self._aligned(survey, heads))

    @staticmethod
    def _aligned(survey: Survey, heads: list[Array]) -> bool:
        if not heads or not survey.ids:
            return not heads
        places = pc.index_in(pa.concat_arrays(heads), value_set=pa.concat_arrays(survey.ids))
        if places.null_count:
            return False
        found = np.asarray(places)
        return bool(np.all(found[1:] >= found[:-1]))


class Aligned:
    """Events that stand case by case, as the cases do."""

    def __init__(self, events: Source, shape: Shape, *, rising: bool) -> None:
        """Read *events*; with *rising*, in the order of their ids, so that those of no case can be told."""
        self._batches = events.batches(shape.columns)
        self._rising = rising
        self._case = shape.case
        self._empty = pa.Table.from_batches([], events.schema).select(list(shape.columns))
        self._batch: Any = None
        self._runs = Runs(np.zeros(1, np.int64), none())
        self._run = 0
        self._row = 0
        self._strays: list[Stray] = []

    def take(self, start: int, ids: Array) -> tuple[Any, Ints, Ints]:  # noqa: ARG002 - as `Feed` has it
        """Return the events of the next cases."""
        tables, rows, owners = [], [], []
        while self._more():
            runs = self._runs
            # A case has a run in a batch, or two where its id is written in several ways: look no further than that.
            block = runs.ids[self._run : self._run + len(ids) + 1]
            here = np.asarray(pc.index_in(block, value_set=ids, skip_nulls=True).fill_null(-1)).astype(np.int64)
            ahead = np.asarray(pc.greater(block, ids[-1]).fill_null(False)) if self._rising else block.is_valid()  # noqa: FBT003
            later = np.flatnonzero((here < 0) & np.asarray(ahead))
            count = int(later[0]) if len(later) else len(block)
            begin, end = runs.starts[self._run], runs.starts[self._run + count]
            owner = np.repeat(here[:count], np.diff(runs.starts[self._run : self._run + count + 1]))
            numbers = np.arange(self._row + begin, self._row + end)
            self._note(owner, numbers, block[:count], int(self._run))
            tables.append(self._batch.slice(int(begin), int(end - begin)))
            rows.append(numbers)
            owners.append(owner)
            self._run += count
            if len(later):
                break
        return self._joined(tables), concatenated(rows), concatenated(owners)

    def _joined(self, tables: Sequence[Any]) -> Any:  # noqa: ANN401 - a table of pyarrow
        return pa.Table.from_batches(tables) if tables else self._empty

    def _note(self, owner: Ints, rows: Ints, ids: Array, first: int) -> None:
        """Note the rows of no case."""
        lost = np.flatnonzero(owner < 0)
        if len(lost):
            lengths = np.diff(self._runs.starts[first : first + len(ids) + 1])
            run = np.repeat(np.arange(len(ids)), lengths)[lost]
            self._strays.append(Stray(rows[lost], ids.take(pa.array(run))))

    def _more(self) -> bool:
        """Tell whether there are runs left, of the next batch if need be."""
        while self._run >= len(self._runs.ids):
            if self._batch is not None:
                self._row += self._batch.num_rows
            self._batch = next(self._batches, None)
            if self._batch is None:
                self._runs, self._run = Runs(np.zeros(1, np.int64), none()), 0
                return False
            self._runs, self._run = runs_of(self._batch.column(self._case)), 0
        return True

    def strays(self) -> Iterator[Stray]:
        """Yield the rows of no case, those after the last case too."""
        while self._more():
            starts = self._runs.starts[self._run :]
            run = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
            rows = np.arange(self._row + starts[0], self._row + starts[-1])
            self._strays.append(Stray(rows, self._runs.ids[self._run :].take(pa.array(run))))
            self._run = len(self._runs.ids)
        yield from self._strays


def concatenated(parts: Sequence[Ints]) -> Ints:
    """Return *parts* one after another; there may be none."""
    return np.concatenate(parts) if parts else np.empty(0, np.int64)
