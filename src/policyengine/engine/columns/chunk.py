"""What goes into the columns and what comes out of them: arrays, one place for each case, event or duty."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntFlag
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    import numpy.typing as npt

NONE = -(1 << 63)
"""An instant that there is not."""

NO_EVENT = -1
"""An event that there is not; lower numbers stand for outcomes: see `Judged.trigger`."""

PARTIAL = 1
"""In `Chunk.flags`: the act was done in part only (S24)."""


OWED, OWED_OPEN, IN_FORCE, IN_FORCE_OPEN, LATE_ACTIVATION, DUE_INCLUSIVE, PROVISIONAL = (1 << bit for bit in range(7))


class Mark(IntFlag):
    """What a judged duty says with yes or no, as bits of `Judged.marks`.

    `OWED` and `IN_FORCE` say nothing where the bit that leaves them open is set.
    """

    OWED = OWED
    OWED_OPEN = OWED_OPEN
    IN_FORCE = IN_FORCE
    IN_FORCE_OPEN = IN_FORCE_OPEN
    LATE_ACTIVATION = LATE_ACTIVATION
    DUE_INCLUSIVE = DUE_INCLUSIVE
    PROVISIONAL = PROVISIONAL


@dataclass(frozen=True, slots=True)
class Chunk:
    """Cases in the codes of a `Layout`: n cases, m events, k facts set by events.

    Every case has passed the checks of its names and values, and holds what its vocabulary knows.

    Args:
        as_of: int64[n], microseconds UTC.
        facts: int32[facts of the layout, n], initial values in the order of `Layout.facts`; `UNSTATED` where a case
            says nothing, `UNKNOWN` where it says null.
        offsets: int64[n + 1]; the events of case i are those from `offsets[i]` to `offsets[i + 1]`.
        types: int16[m], codes of `Layout.types`. Within a case events are ordered by time, then by place in the log;
            those later than `as_of` may be there and are not looked at.
        at: int64[m], microseconds UTC.
        flags: uint8[m]: `PARTIAL`.
        attributes: int64[m], the bits of `Layout.attribute_bits`; of length 0 where the layout asks for no attribute.
        set_offsets: int64[n + 1], as `offsets`, into the facts that events set.
        set_event: int64[k], the event that sets it: a place in `types`; ascending within a case.
        set_fact: int16[k], a place in `Layout.facts`. Facts that the layout does not list are left out.
        set_code: int32[k], the value, `UNKNOWN` for null.
        awkward: bool[n], cases to decline whatever they hold: with corrections, retractions or repeated ids, known as
            of an instant, or complete only up to one.
    """

    as_of: npt.NDArray[np.int64]
    facts: npt.NDArray[np.int32]
    offsets: npt.NDArray[np.int64]
    types: npt.NDArray[np.int16]
    at: npt.NDArray[np.int64]
    flags: npt.NDArray[np.uint8]
    attributes: npt.NDArray[np.int64]
    set_offsets: npt.NDArray[np.int64]
    set_event: npt.NDArray[np.int64]
    set_fact: npt.NDArray[np.int16]
    set_code: npt.NDArray[np.int32]
    awkward: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        """Return the number of cases."""
        return len(self.as_of)


@dataclass(frozen=True, slots=True)
class Judged:
    """The answers for a chunk; each array has a row for each of `Layout.columns` that is columnar, in their order.

    Where `left` is set nothing else is said: the evaluator of single cases has to answer.

    Args:
        status: int8[p, n], a place in `tuple(Status)`.
        marks: uint8[p, n], bits of `Mark`.
        due: int64[p, n], microseconds UTC; `NONE` without a limit.
        violated_at: int64[p, n], microseconds UTC; `NONE` while not violated.
        performed: int32[p, n], the event that performed the duty, as a place in `Chunk.types`; `NO_EVENT` for none.
        trigger: int32[p, n], the event that triggered it; `NO_EVENT` for none, and `NO_EVENT - 1 - q` for an outcome of
            row q.
        bearer: for the rows whose bearer a table names, int16[n], places in `Layout.roles`; -1 where nobody is settled.
        left: bool[p, n].
    """

    status: npt.NDArray[np.int8]
    marks: npt.NDArray[np.uint8]
    due: npt.NDArray[np.int64]
    violated_at: npt.NDArray[np.int64]
    performed: npt.NDArray[np.int32]
    trigger: npt.NDArray[np.int32]
    bearer: Mapping[int, npt.NDArray[np.int16]]
    left: npt.NDArray[np.bool_]

    @property
    def late_from(self) -> npt.NDArray[np.int64]:
        """Return the first late instants, int64[p, n]; `NONE` without a limit."""
        import numpy as np

        return np.where(self.marks & DUE_INCLUSIVE, self.due + 1, self.due)
