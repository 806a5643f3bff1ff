"""What the kernels look at, and where they put what they find.

Everything is whole numbers in few arrays: what a compiler has to carry from function to function is then little.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

MOMENTS = 12
"""The most instants, with the beginning, at which facts of one case may change; a case with more is declined."""

STRETCHES = MOMENTS + 2
"""The most stretches in which a duty can be in force: a change of facts, or of its own life, begins each."""

DOUBT = -2
"""In the rows from `FIRST` on: whether some event matches is not known."""

FAR = 1 << 62
"""In the rows from `FIRST_AT` on: no event matches. Whatever is added to it, it stays later than any instant."""

HAS, INCLUSIVE, UNANNOUNCED, APPLIES, OPEN = 1, 2, 4, 8, 16
"""Bits of a limit: there is one; what it is like; whether the limb applies; that it has to be declined."""

STATUS, MARKS, DUE, VIOLATED_AT, PERFORMED, ACTS, RESULT_WIDTH = range(7)
"""What a duty comes to in one world, from `RESULT` on."""

# The rows of a block whose places are fixed; the last axis is the case's place in the block.
DECLINED = 0
"""Whether nothing can be said of the case."""
END = 1
"""Behind its last event that is seen."""
LAST_MOMENT = 2
"""The last of its moments: the beginning is 0, and each instant at which facts change is one more."""
ACTS_FROM = 3
"""The earliest instant from which acts count."""
ANCHORED = 4
"""Whether anything that the limit counts from has happened."""
ENDED, WAIVED = 5, 6
"""When the duty's `until` and its waiver happened, `NONE` while they have not."""
STRETCHED = 7
"""How many stretches the duty has."""
WORLDS = 8
"""In how many worlds it has to be looked at; 0 where it has to be declined."""
LIVES_ON = 9
"""[2] whether the waiver took anything away in the world."""
DONE = 11
"""Whether its plain course has settled the row."""
EVERY = 12
"""All of its moments, as bits; -1 where nothing can be said of the case."""
OCCURRENCE = 13
"""[2] the trigger and an anchor, each of `OCCURRENCE_WIDTH` rows."""
REF, AT, COUNTS_FROM, IN_DOUBT, OCCURRENCE_WIDTH = range(5)
"""As in `Judged.trigger`; its instant, `FAR` for none; the one that limits run from; whether it has to be declined."""
RESULT = OCCURRENCE + 2 * OCCURRENCE_WIDTH
"""[2] what it comes to in each world, of `RESULT_WIDTH` rows."""
STARTS = RESULT + 2 * RESULT_WIDTH
"""[MOMENTS] when the moments are."""
KNOWN = STARTS + MOMENTS
"""[MOMENTS] as bits, the facts that somebody stated."""
CHANGED, RAISED, UNCLEAR = KNOWN + MOMENTS, KNOWN + 2 * MOMENTS, KNOWN + 3 * MOMENTS
"""[MOMENTS] as bits, the known facts that changed then, that rose, and that were stated anew and may have changed."""
SINCE, UNTIL_WHEN, AFRESH = (KNOWN + 4 * MOMENTS + each * STRETCHES for each in range(3))
"""[STRETCHES] when the duty is in force; whether limit and acts count from then only."""
FIXED = KNOWN + 4 * MOMENTS + 3 * STRETCHES
"""How many rows there are so far; the others begin where the program says."""


class Log(NamedTuple):
    """The events of a chunk, as in `Chunk`."""

    as_of: npt.NDArray[np.int64]
    offsets: npt.NDArray[np.int64]
    at: npt.NDArray[np.int64]
    types: npt.NDArray[np.int16]
    flags: npt.NDArray[np.uint8]
    attributes: npt.NDArray[np.int64]


class Facts(NamedTuple):
    """The facts of a chunk, initial and set by events, and the cases to decline."""

    initial: npt.NDArray[np.int32]
    offsets: npt.NDArray[np.int64]
    event: npt.NDArray[np.int64]
    fact: npt.NDArray[np.int16]
    code: npt.NDArray[np.int32]
    awkward: npt.NDArray[np.bool_]


class Out(NamedTuple):
    """The arrays of a `Judged`; `bearer` has a row for each provision, used or not."""

    status: npt.NDArray[np.int8]
    marks: npt.NDArray[np.uint8]
    due: npt.NDArray[np.int64]
    violated_at: npt.NDArray[np.int64]
    performed: npt.NDArray[np.int32]
    trigger: npt.NDArray[np.int32]
    bearer: npt.NDArray[np.int16]
    left: npt.NDArray[np.bool_]
