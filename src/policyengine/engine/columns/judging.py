"""Judge a chunk of cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyengine.engine.columns.chunk import Judged
from policyengine.engine.columns.loops.block import Facts, Log
from policyengine.engine.columns.program import BEARER, ROW_WIDTH, ROWS_AT
from policyengine.engine.columns.room import Room

if TYPE_CHECKING:
    from policyengine.engine.columns.chunk import Chunk
    from policyengine.engine.columns.layout import Layout
    from policyengine.engine.columns.native import Drive


def judge(layout: Layout, chunk: Chunk, room: Room | None = None) -> Judged:
    """Return the answers for *chunk*, laid out by *layout*; what cannot be answered exactly is left.

    Other threads run meanwhile, so that chunks can be judged side by side, each in a room of its own.

    Args:
        layout: codes and rows.
        chunk: the cases.
        room: where to write; what was judged in it before is then gone. A new one unless given.
    """
    from policyengine.engine.columns.native import driver

    return judged_by(driver(), layout, chunk, room)


def judged_by(drive: Drive, layout: Layout, chunk: Chunk, room: Room | None = None) -> Judged:
    """Return what the loops of *drive*, compiled or plain, say of *chunk*."""
    room = Room(layout) if room is None else room
    if room.layout is not layout:
        msg = "a room is made for one layout"
        raise ValueError(msg)
    log = Log(chunk.as_of, chunk.offsets, chunk.at, chunk.types, chunk.flags, chunk.attributes)
    sets = (chunk.set_offsets, chunk.set_event, chunk.set_fact, chunk.set_code)
    out = room.out(len(chunk))
    drive(layout.program, layout.clock, log, Facts(chunk.facts, *sets, chunk.awkward), room.block, room.memo, out)
    bearers = layout.program[layout.program[ROWS_AT] + BEARER :: ROW_WIDTH]
    bearer = {row: out.bearer[row] for row in range(len(layout.rows)) if bearers[row] >= 0}
    return Judged(out.status, out.marks, out.due, out.violated_at, out.performed, out.trigger, bearer, out.left)
