"""The events of both tables as columns, put in the order in which they are judged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from policyengine.batch.cells import Cells, Numbers
from policyengine.batch.instants import NONE
from policyengine.diagnostics import diagnostic

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    from policyengine.batch.instants import Moments
    from policyengine.batch.reading import Reading
    from policyengine.batch.shape import Field, Shape
    from policyengine.batch.texts import Array

    Ints = npt.NDArray[np.int64]
    Mask = npt.NDArray[np.bool_]
    Values = Cells | Numbers


@dataclass(frozen=True, slots=True)
class Log:
    """The events of some cases, case by case, each case's by time and then by place in the log.

    Args:
        offsets: int64[n + 1], as in :class:`policyengine.engine.columns.chunk.Chunk`.
        at: int64[m], microseconds UTC.
        recorded_at: int64[m]; `NONE` where an event was learned at once.
        rows: int64[m], the row of the table, counted from 0; for an event from the table of cases, the row there.
        order: int64[m], by which its case's events stand in the log as it was written.
        type, by, to, partial: what the event is; nothing in `to` and `partial` where the cell is silent.
        sets, attributes: by name, columns of length m.
        id, corrects, retracts: arrays of text, null where the cell is silent.
        happened: int64[m], for an event from the table of cases the place of its column in `columns`; -1 for others.
        columns: the columns of the table of cases that hold instants of events.
    """

    offsets: Ints
    at: Ints
    recorded_at: Ints
    rows: Ints
    order: Ints
    type: Cells
    by: Cells
    to: Cells
    partial: Cells
    sets: Mapping[str, Values]
    attributes: Mapping[str, Values]
    id: Array
    corrects: Array
    retracts: Array
    happened: Ints
    columns: tuple[str, ...]


class Happened(NamedTuple):
    """A column of the table of cases with the instants of one event."""

    field: Field
    moments: Moments


@dataclass(slots=True)
class Long:
    """The rows of the table of events, as they come."""

    at: Ints
    recorded_at: Ints
    type: Cells
    by: Cells
    to: Cells
    partial: Cells
    id: Array
    corrects: Array
    retracts: Array
    sets: dict[str, Values]
    attributes: dict[str, Values]
    faulty: Mask
    kept: Mask

    @classmethod
    def silent(cls, size: int) -> Long:
        """Return *size* rows that say nothing."""
        import pyarrow as pa

        nothing, nobody = np.full(size, NONE), Cells(np.full(size, -1, np.int32), ())
        absent = pa.nulls(size, pa.large_string())
        lists: tuple[dict[str, Values], dict[str, Values]] = {}, {}
        mask = np.zeros(size, np.bool_)
        return cls(nothing, nothing, nobody, nobody, nobody, nobody, absent, absent, absent, *lists, mask, mask.copy())

    def finish(self, reading: Reading, shape: Shape) -> None:
        """Tell what events lack, and keep the others: a retraction needs no type, and may have no `at` (S4)."""
        retracts = np.asarray(self.retracts.is_valid())
        has_type, has_at = self.type.there, self.at != NONE
        said = has_type | has_at | retracts | (self.recorded_at != NONE) | self.faulty
        said |= np.asarray(self.corrects.is_valid()) | np.asarray(self.id.is_valid())
        for each in (self.by, self.to, self.partial, *self.sets.values(), *self.attributes.values()):
            said = said | each.there
        timed = has_at | (retracts & (self.recorded_at != NONE))
        for part, lacks in (("type", ~has_type & ~retracts), ("at", ~timed)):
            column = next(each.column for each in shape.of(part))
            fault = diagnostic("PE627", column=column)
            reading.of_events(column, ((int(row), fault) for row in np.flatnonzero(said & lacks & ~self.faulty)))
        self.at = np.where(has_at, self.at, self.recorded_at)
        self.kept = said & timed & (has_type | retracts) & (reading.rows.owner >= 0)


def ordered(reading: Reading, long: Long, wide: list[Happened]) -> Log:
    """Return the events of both tables, case by case in the order in which they are judged."""
    rows, size = reading.rows, len(reading.ids)
    kept = np.flatnonzero(long.kept) if not long.kept.all() else np.arange(len(long.kept))
    there = [np.flatnonzero(each.moments.micros != NONE) for each in wide]
    # At one instant, what the table of cases says comes first, in the order of its columns (S5).
    owner = np.concatenate([*there, rows.owner[kept]])
    at = np.concatenate([*(each.moments.micros[at] for each, at in zip(wide, there, strict=True)), long.at[kept]])
    more = len(owner) - len(kept)
    # Places among the rows of the table of events; -1 for those of the other one.
    place = np.concatenate([np.full(more, -1), kept])
    source = np.repeat(np.array([*range(len(wide)), -1]), [*map(len, there), len(kept)])
    sorting = None if _in_order(owner, at) else np.lexsort((at, owner))
    written = np.arange(len(owner))
    if sorting is not None:
        owner, at, place, written, source = (each[sorting] for each in (owner, at, place, written, source))
    types = long.type if not wide else _with_happened(long.type, kept, wide, there)
    whole = bool(len(place) == len(long.kept)) and sorting is None and not more
    counts = np.bincount(owner, minlength=size)
    log = _Taking(place, whole)
    origin = log.ints(rows.event_rows, 0)
    if more:
        origin = np.where(place < 0, rows.case_rows[owner], origin)
    return Log(
        offsets=np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)]),
        at=at,
        recorded_at=log.ints(long.recorded_at, NONE),
        rows=origin,
        order=written,
        type=types.taken(written) if wide else log.cells(long.type),
        by=log.cells(long.by),
        to=log.cells(long.to),
        partial=log.cells(long.partial),
        sets={name: log.values(each) for name, each in long.sets.items()},
        attributes={name: log.values(each) for name, each in long.attributes.items()},
        id=log.texts(long.id),
        corrects=log.texts(long.corrects),
        retracts=log.texts(long.retracts),
        happened=source,
        columns=tuple(each.field.column for each in wide),
    )


@dataclass(frozen=True, slots=True)
class _Taking:
    """Takes rows of columns by their places, where they are not all there in their order; -1 is silent."""

    place: Ints
    whole: bool

    def ints(self, column: Ints, other: int) -> Ints:
        if self.whole:
            return column
        found: Ints = np.append(column, other)[self.place]
        return found

    def cells(self, column: Cells) -> Cells:
        return column if self.whole else Cells(np.append(column.places, np.int32(-1))[self.place], column.values)

    def values(self, column: Values) -> Values:
        if self.whole or isinstance(column, Cells):
            return self.cells(column) if isinstance(column, Cells) else column
        there = np.append(column.there, np.False_)[self.place]
        numbers: Any = np.append(column.numbers, column.numbers[:1] * 0)  # whatever the last one is, it is not there
        return Numbers(numbers[self.place] if len(numbers) else np.zeros(len(self.place)), there)

    def texts(self, column: Array) -> Array:
        import pyarrow as pa

        return column if self.whole else column.take(pa.array(self.place, mask=self.place < 0))


def _with_happened(types: Cells, kept: Ints, wide: list[Happened], there: list[Ints]) -> Cells:
    """Return the types of the events of both tables, as they were put together."""
    names = list(types.values)
    places = []
    for each, rows in zip(wide, there, strict=True):
        if each.field.name not in names:
            names.append(each.field.name)
        places.append(np.full(len(rows), names.index(each.field.name), np.int32))
    return Cells(np.concatenate([*places, types.places[kept]]), tuple(names))


def _in_order(owner: Ints, at: Ints) -> bool:
    """Tell whether events stand case by case, and within a case by time."""
    same = owner[1:] == owner[:-1]
    return bool(np.all((owner[1:] > owner[:-1]) | (same & (at[1:] >= at[:-1]))))
