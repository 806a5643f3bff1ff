"""Block by block, and in a block row by row."""

# ruff: noqa: PLR0913, PLR0917 - every call costs compiled code time, and takes what it works on

from __future__ import annotations

from typing import TYPE_CHECKING

from policyengine.engine.columns.loops.deciding import decide
from policyengine.engine.columns.loops.judging import come_to
from policyengine.engine.columns.loops.limiting import limit
from policyengine.engine.columns.loops.living import live
from policyengine.engine.columns.loops.plain import plainly
from policyengine.engine.columns.loops.scanning import initial, lay_out, scan
from policyengine.engine.columns.loops.waiting import end, occur
from policyengine.engine.columns.loops.writing import name, write
from policyengine.engine.columns.program import BEARER, ORDER_AT, ROW_COUNT, ROW_WIDTH, ROWS_AT, UPON, UPON_END

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from policyengine.engine.columns.loops.block import Facts, Log, Out

    Numbers = npt.NDArray[np.int64]


def drive(code: Numbers, clock: Numbers, log: Log, facts: Facts, block: Numbers, out: Out) -> None:
    """Judge all cases, as many at a time as *block* holds."""
    cases, at_a_time = len(log.as_of), block.shape[1]
    for base in range(0, cases, at_a_time):
        size = min(at_a_time, cases - base)
        initial(code, facts, block, base, size)
        scan(code, log, facts, block, base, size)
        lay_out(code, log, facts, block, base, size)
        decide(code, block, size)
        for place in range(code[ROW_COUNT]):
            judge_row(code, clock, log, block, out, (base, size), code[code[ORDER_AT] + place])


def judge_row(
    code: Numbers, clock: Numbers, log: Log, block: Numbers, out: Out, span: tuple[int, int], number: int
) -> None:
    """Judge the row *number* for the cases of a block."""
    base, size = span
    row = code[ROWS_AT] + number * ROW_WIDTH
    as_of = log.as_of[base : base + size]
    occur(code, log, block, span, 0, code[row + UPON], code[row + UPON_END])
    limit(code, clock, log, block, span, row)
    end(code, log, block, row, size)
    left, world = plainly(code, log, as_of, block, size, row), 0
    while left:
        left = live(code, as_of, block, size, row, world)
        come_to(code, log, block, span, row, world)
        world += 1
    write(code, log, block, out, span, number)
    if code[row + BEARER] >= 0:
        name(code, log, block, out, span, number)
