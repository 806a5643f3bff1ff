"""Judge a chunk of cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyengine.engine.columns.chunk import PARTIAL, Judged
from policyengine.engine.columns.loops.block import PARTIAL_KIND, Facts, Log, Out
from policyengine.engine.columns.program import BEARER, BLOCK_ROWS, ROW_WIDTH, ROWS_AT

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from policyengine.engine.columns.chunk import Chunk
    from policyengine.engine.columns.layout import Layout
    from policyengine.engine.columns.native import Drive

AT_A_TIME = 1_016
"""Cases of a block: what is found of them stays in near caches. No power of two, lest its rows collide there."""


def judge(layout: Layout, chunk: Chunk) -> Judged:
    """Return the answers for *chunk*, laid out by *layout*; what cannot be answered exactly is left.

    Other threads run meanwhile, so that chunks can be judged side by side.
    """
    from policyengine.engine.columns.native import driver

    return judged_by(driver(), layout, chunk)


def judged_by(drive: Drive, layout: Layout, chunk: Chunk) -> Judged:
    """Return what the loops of *drive*, compiled or plain, say of *chunk*."""
    import numpy as np

    log = Log(chunk.as_of, chunk.offsets, chunk.at, _kinds(chunk), chunk.attributes)
    sets = (chunk.set_offsets, chunk.set_event, chunk.set_fact, chunk.set_code)
    out = _new_out(len(layout.rows), len(chunk))
    block = np.zeros((layout.program[BLOCK_ROWS], AT_A_TIME), np.int64)
    drive(layout.program, layout.clock, log, Facts(chunk.facts, *sets, chunk.awkward), block, out)
    bearers = layout.program[layout.program[ROWS_AT] + BEARER :: ROW_WIDTH]
    bearer = {row: out.bearer[row] for row in range(len(layout.rows)) if bearers[row] >= 0}
    return Judged(out.status, out.marks, out.due, out.violated_at, out.performed, out.trigger, bearer, out.left)


def _kinds(chunk: Chunk) -> npt.NDArray[np.int32]:
    import numpy as np

    kinds = chunk.types.astype(np.int32)
    if chunk.flags.any():
        kinds += ((chunk.flags & PARTIAL) != 0).astype(np.int32) * PARTIAL_KIND
    return kinds


def _new_out(rows: int, cases: int) -> Out:
    import numpy as np

    shape = (rows, cases)
    return Out(
        np.empty(shape, np.int8),
        np.empty(shape, np.uint8),
        np.empty(shape, np.int64),
        np.empty(shape, np.int64),
        np.empty(shape, np.int32),
        np.empty(shape, np.int32),
        np.empty(shape, np.int16),
        np.empty(shape, np.bool_),
    )
