"""Conditions over a block: each a short program, run for all its cases step by step (S9)."""

# ruff: noqa: PLR0917 - every call costs compiled code time, and takes what it works on

from __future__ import annotations

from typing import TYPE_CHECKING

from policyengine.engine.columns.loops.block import DECLINED, EVERY, LAST_MOMENT
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
from policyengine.engine.columns.programs import ALWAYS, AND, CONTAINS, NOT, TEST

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Numbers = npt.NDArray[np.int64]


def decide(code: Numbers, block: Numbers, size: int) -> None:
    """Write down of every condition, as bits, the moments from which it is true, and those from which it is false."""
    top, still = -1, block[LAST_MOMENT, :size].max() == 0
    every, lasts, declined = block[EVERY], block[LAST_MOMENT], block[DECLINED]
    for b in range(size):
        every[b] = -1 if declined[b] else (2 << lasts[b]) - 1
    for number in range(code[STEP_COUNT]):
        step = code[STEPS_AT] + number * STEP_WIDTH
        what = code[step]
        if what in (TEST, CONTAINS, ALWAYS):
            top += 1
            if still:
                push_still(code, block, step, top, size)
            else:
                push(code, block, step, top, size)
        else:
            top -= 0 if what == NOT else 1
            combine(code, block, what, top, size)
        if code[step + 4] >= 0:
            block[code[TRUE] + code[step + 4], :size] = block[code[WAITING_TRUE] + top, :size]
            block[code[FALSE] + code[step + 4], :size] = block[code[WAITING_FALSE] + top, :size]
            top -= 1


def combine(code: Numbers, block: Numbers, what: int, top: int, size: int) -> None:
    """Turn what is at *top* round, or join it with what was pushed behind it."""
    true, false = block[code[WAITING_TRUE] + top, :size], block[code[WAITING_FALSE] + top, :size]
    if what == NOT:
        for b in range(size):
            true[b], false[b] = false[b], true[b]
        return
    other_true, other_false = block[code[WAITING_TRUE] + top + 1, :size], block[code[WAITING_FALSE] + top + 1, :size]
    for b in range(size):
        if what == AND:
            true[b] &= other_true[b]
            false[b] |= other_false[b]
        else:
            true[b] |= other_true[b]
            false[b] &= other_false[b]


def push_still(code: Numbers, block: Numbers, step: int, top: int, size: int) -> None:
    """Push what one test comes to where no fact of the whole block changes."""
    true, false = block[code[WAITING_TRUE] + top, :size], block[code[WAITING_FALSE] + top, :size]
    what, yes, no = code[step], code[step + 2], code[step + 3]
    if what == ALWAYS:
        true[:] = 1
        false[:] = 0
        return
    values = block[code[VALUES] + code[step + 1], :size]
    for b in range(size):
        known = 1 if values[b] >= 0 else 0
        if what == CONTAINS:
            held = (values[b] >> yes) & known
            true[b] = held
            false[b] = known - held
        else:
            value = values[b] & 63
            true[b] = (yes >> value) & known
            false[b] = (no >> value) & known


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
