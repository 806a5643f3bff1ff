"""Two tables -> cases with their events, chunk by chunk in the order of the cases, in bounded memory.

Where the events stand case by case as the cases do, both are read side by side. Otherwise they go through temporary
files: by a hash of the case's id, where ids and events meet; then by the places of the cases, in whose order they are
needed. A first pass over the ids alone finds out which.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from policyengine.batch.aligning import Aligned, Order, none, rises
from policyengine.batch.decoding import Rows
from policyengine.batch.parting import Parted, Repeated
from policyengine.batch.strays import Stray, stray_table
from policyengine.batch.texts import texts

if TYPE_CHECKING:
    from pathlib import Path

    import numpy.typing as npt

    from policyengine.batch.shape import Shape
    from policyengine.batch.sources import Source
    from policyengine.batch.texts import Array

    Ints = npt.NDArray[np.int64]

ALIGNED_CASES = 1 << 22
"""Cases whose ids may all be in memory while it is found out whether the events come in the same order."""
_CHUNK_EVENTS = 1 << 20


@dataclass(slots=True)
class Survey:
    """What the first pass over the ids finds.

    Args:
        cases, events: how many rows there are.
        rising: whether the ids of the cases are there, all different and in order as texts.
        ids: all of them, while they are few enough.
    """

    cases: int = 0
    events: int = 0
    rising: bool = True
    ids: list[Array] | None = field(default_factory=list)


class Feed(Protocol):
    """Hands out the events of cases, in the order of these."""

    def take(self, start: int, ids: Array) -> tuple[Any, Ints, Ints]:
        """Return the events, their rows and their owners, for the cases with these *ids* from the row *start* on."""
        ...

    def strays(self) -> Iterator[Stray]:
        """Yield the events of no case, once all cases have been through."""
        ...


@dataclass(frozen=True, slots=True)
class Joining:
    """Both tables, surveyed.

    Args:
        cases, events: the tables.
        shapes: what is read of them.
        folder: for temporary files.
    """

    cases: Source
    events: Source | None
    shapes: tuple[Shape, Shape | None]
    folder: Path

    def joined(self, chunk: int) -> Iterator[Rows | Stray | int]:
        """Yield first the number of cases, then the cases by up to *chunk*, and last the events that have none."""
        survey = _surveyed(self.cases, self.shapes[0])
        repeated = Repeated()
        feed = self._feed(survey, repeated)
        survey.ids = None
        yield survey.cases
        if survey.events:
            chunk = max(1, min(chunk, _CHUNK_EVENTS * survey.cases // survey.events))
        start = 0
        for table in _chunks(self.cases.batches(self.shapes[0].columns), chunk):
            ids = texts(table.column(self.shapes[0].case))
            events, rows, owner = feed.take(start, ids)
            numbers = np.arange(start, start + len(ids))
            yield Rows(table, numbers, events, rows, owner, repeated.copies(ids))
            start += len(ids)
        yield from feed.strays()

    def _feed(self, survey: Survey, repeated: Repeated) -> Feed:
        events, shape = self.events, self.shapes[1]
        order = None
        if events is not None and shape is not None:
            order = Order(survey, events, shape)
            survey.events = order.events
        known = survey.rising or (survey.ids is not None and repeated.within(pa.concat_arrays(survey.ids or [none()])))
        if known and (events is None or shape is None or order is None):
            return _Nothing()
        if known and events is not None and shape is not None and order is not None and order.fits:
            return Aligned(events, shape, rising=order.rises)
        survey.ids = None
        return Parted(self, survey, repeated)


def _chunks(batches: Iterator[Any], size: int) -> Iterator[Any]:
    """Yield tables of *size* rows each, the last one of what is left."""
    held: list[Any] = []
    count = 0
    for batch in batches:
        held.append(batch)
        count += batch.num_rows
        while count >= size:
            table = pa.Table.from_batches(held)
            yield table.slice(0, size)
            held, count = table.slice(size).to_batches(), count - size
    if count:
        yield pa.Table.from_batches(held)


def _surveyed(cases: Source, shape: Shape) -> Survey:
    found = Survey()
    last: Any = None
    for batch in cases.batches([shape.case]):
        ids = texts(batch.column(0))
        found.cases += len(ids)
        if found.rising:
            found.rising = not ids.null_count and rises(last, ids, pc.less)
            last = ids[-1]
        if found.ids is not None:
            found.ids.append(ids)
            if found.cases > ALIGNED_CASES:
                found.ids = None
    return found


class _Nothing:
    """There is no table of events."""

    def take(self, start: int, ids: Array) -> tuple[Any, Ints, Ints]:  # noqa: ARG002 - as `Feed` has it
        """Return no events."""
        return None, np.empty(0, np.int64), np.empty(0, np.int64)

    def strays(self) -> Iterator[Stray]:
        """Yield nothing."""
        return iter(())


__all__ = ["ALIGNED_CASES", "Feed", "Joining", "Stray", "Survey", "stray_table"]
