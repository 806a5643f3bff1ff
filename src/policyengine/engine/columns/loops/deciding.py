"""Conditions over a block: each a short program, run for all its cases step by step (S9)."""

# ruff: noqa: PLR0917 - every call costs compiled code time, and takes what it works on

from __future__ import annotations

from typing import TYPE_CHECKING

from policyengine.engine.columns.loops.block import LAST_MOMENT
from policyengine.engine.columns.program import (
    FACT_ROWS,
    FALSE,
    STEP_COUNT,
    STEP_WIDTH,
    STEPS_AT,
    TRUE,
    VALUES,
    WAITING_FALSE,
    WAITING_TRUE,
)
from policyengine.engine.columns.programs import ALWAYS, AND, CONTAINS, NOT, OR, TEST

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Numbers = npt.NDArray[np.int64]


def decide(code: Numbers, block: Numbers, size: int) -> None:
    """Write down of every condition, as bits, the moments from which it is true, and those from which it is false."""
    top = -1
    for number in range(code[STEP_COUNT]):
        step = code[STEPS_AT] + number * STEP_WIDTH
        what = code[step]
        if what in (TEST, CONTAINS, ALWAYS):
            top += 1
            push(code, block, step, top, size)
        elif what != NOT:
            top -= 1
        true, false = code[WAITING_TRUE] + top, code[WAITING_FALSE] + top
        for b in range(size):
            if what == AND:
                block[true, b] &= block[true + 1, b]
                block[false, b] |= block[false + 1, b]
            elif what == OR:
                block[true, b] |= block[true + 1, b]
                block[false, b] &= block[false + 1, b]
            elif what == NOT:
                block[true, b], block[false, b] = block[false, b], block[true, b]
        if code[step + 4] >= 0:
            top -= 1
            for b in range(size):
                block[code[TRUE] + code[step + 4], b] = block[true, b]
                block[code[FALSE] + code[step + 4], b] = block[false, b]


def push(code: Numbers, block: Numbers, step: int, top: int, size: int) -> None:
    """Push what one test comes to at each moment."""
    what, row, yes, no = code[step], code[VALUES] + code[step + 1], code[step + 2], code[step + 3]
    width, waiting_true, waiting_false = code[FACT_ROWS], code[WAITING_TRUE] + top, code[WAITING_FALSE] + top
    for b in range(size):
        true, false = 0, 0
        for moment in range(block[LAST_MOMENT, b] + 1):
            if what == ALWAYS:
                true |= 1 << moment
                continue
            value = block[row + moment * width, b]
            if value < 0:
                continue
            if what == CONTAINS:
                held = (value >> yes) & 1
                true |= held << moment
                false |= (1 - held) << moment
            else:
                true |= ((yes >> value) & 1) << moment
                false |= ((no >> value) & 1) << moment
        block[waiting_true, b] = true
        block[waiting_false, b] = false
