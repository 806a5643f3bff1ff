"""Block by block, and in a block row by row."""

# ruff: noqa: PLR0913, PLR0917 - every call costs compiled code time, and takes what it works on

from __future__ import annotations

from typing import TYPE_CHECKING

from policyengine.engine.columns.loops.block import DONE
from policyengine.engine.columns.loops.deciding import decide
from policyengine.engine.columns.loops.judging import come_to
from policyengine.engine.columns.loops.limiting import limit
from policyengine.engine.columns.loops.living import live
from policyengine.engine.columns.loops.plain import plainly, swiftly
from policyengine.engine.columns.loops.scanning import initial, lay_out, scan
from policyengine.engine.columns.loops.waiting import end, occur
from policyengine.engine.columns.loops.writing import name, write
from policyengine.engine.columns.program import (
    BEARER,
    JOINED,
    LIMITED,
    LOOKED_UP,
    ORDER_AT,
    PLAIN_END,
    PLAIN_UPON,
    ROW_COUNT,
    ROW_WIDTH,
    ROWS_AT,
    SWIFT,
    UPON,
    UPON_END,
)

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from policyengine.engine.columns.loops.block import Facts, Log, Out

    Numbers = npt.NDArray[np.int64]


def drive(code: Numbers, clock: Numbers, log: Log, facts: Facts, block: Numbers, memo: Numbers, out: Out) -> None:
    """Judge all cases, as many at a time as *block* holds."""
    cases, at_a_time = len(log.as_of), block.shape[1]
    for base in range(0, cases, at_a_time):
        size = min(at_a_time, cases - base)
        initial(code, facts, block, base, size)
        scan(code, log, facts, block, base, size)
        lay_out(code, log, facts, block, base, size)
        decide(code, block, size)
        for place in range(code[ROW_COUNT]):
            judge_row(code, clock, memo, log, block, out, (base, size), code[code[ORDER_AT] + place])


def judge_row(
    code: Numbers, clock: Numbers, memo: Numbers, log: Log, block: Numbers, out: Out, span: tuple[int, int], number: int
) -> None:
    """Judge the row *number* for the cases of a block: first what is plain, then what that leaves."""
    base, size = span
    row = code[ROWS_AT] + number * ROW_WIDTH
    block[DONE, :size] = 0
    look_up(code, clock, log, block, out, span, row, 1)
    left, world = size, 0
    if code[row + SWIFT]:
        left = swiftly(code, log, block, out, span, number)
    if left:
        left = plainly(code, clock, memo, log, block, out, span, number)
    if left:
        look_up(code, clock, log, block, out, span, row, 0)
        while left:
            left = live(code, log.as_of[base : base + size], block, size, row, world)
            come_to(code, log, block, span, row, world)
            world += 1
        write(code, block, out, span, number)
    if code[row + BEARER] >= 0:
        name(code, log, block, out, span, number)


def look_up(
    code: Numbers, clock: Numbers, log: Log, block: Numbers, out: Out, span: tuple[int, int], row: int, asked: int
) -> None:
    """Find the trigger, the limit and the end of *row*: those that its plain course asks for (1), or the others (0)."""
    if (code[row + PLAIN_UPON] < 0) == asked:
        occur(code, log, block, out, span, 0, (code[row + UPON], code[row + UPON_END]))
    if (code[row + LIMITED] == JOINED) == asked:
        limit(code, clock, log, block, out, span, row)
    if (code[row + PLAIN_END] == LOOKED_UP) == asked:
        end(code, log, block, span, row)
