"""From what a duty comes to in its worlds to one answer, and who owes it (S10, S13)."""

# ruff: noqa: PLR0917 - every call costs compiled code time, and takes what it works on

from __future__ import annotations

from typing import TYPE_CHECKING

from policyengine.engine.columns.chunk import (
    DUE_INCLUSIVE,
    IN_FORCE,
    IN_FORCE_OPEN,
    LATE_ACTIVATION,
    NO_EVENT,
    NONE,
    OWED,
    OWED_OPEN,
    PROVISIONAL,
)
from policyengine.engine.columns.loops.block import (
    ACTS,
    DONE,
    DUE,
    MARKS,
    OCCURRENCE,
    PERFORMED,
    REF,
    RESULT,
    RESULT_WIDTH,
    STATUS,
    VIOLATED_AT,
    WORLDS,
)
from policyengine.engine.columns.loops.living import BOTH, moment_of
from policyengine.engine.columns.program import (
    BEARER,
    BEARER_WIDTH,
    BEARERS_AT,
    FALSE,
    HAS_UPON,
    ROW_WIDTH,
    ROWS_AT,
    TRUE,
)
from policyengine.engine.columns.statuses import NOT_TRIGGERED, UNDETERMINED

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from policyengine.engine.columns.loops.block import Log, Out

    Numbers = npt.NDArray[np.int64]


def write(code: Numbers, block: Numbers, out: Out, span: tuple[int, int], number: int) -> None:
    """Write the answers for the row *number* that its plain course has not settled; what has to be declined is left."""
    base, size = span
    upon = code[code[ROWS_AT] + number * ROW_WIDTH + HAS_UPON] == 1
    for b in range(size):
        if block[DONE, b]:
            continue
        if block[WORLDS, b] == BOTH:
            merge(block, b)
        elif block[WORLDS, b] == 0:
            block[RESULT + STATUS, b] = UNDETERMINED
            block[RESULT + MARKS, b] = 0
            block[RESULT + DUE, b] = NONE
            block[RESULT + VIOLATED_AT, b] = NONE
            block[RESULT + PERFORMED, b] = NO_EVENT
            block[OCCURRENCE + REF, b] = NO_EVENT
        i = base + b
        out.left[number, i] = block[WORLDS, b] == 0
        out.status[number, i] = block[RESULT + STATUS, b]
        out.marks[number, i] = block[RESULT + MARKS, b]
        out.due[number, i] = block[RESULT + DUE, b]
        out.violated_at[number, i] = block[RESULT + VIOLATED_AT, b]
        out.performed[number, i] = block[RESULT + PERFORMED, b]
        out.trigger[number, i] = block[OCCURRENCE + REF, b] if upon else NO_EVENT


def merge(block: Numbers, b: int) -> None:
    """Make the result of the first world the answer: what holds in both, undetermined unless they are the same."""
    one, other = RESULT, RESULT + RESULT_WIDTH
    settled, differing = same(block, b), block[one + MARKS, b] ^ block[other + MARKS, b]
    marks = block[one + MARKS, b]
    if differing & OWED:
        marks = (marks | OWED | OWED_OPEN) ^ OWED
    if differing & IN_FORCE:
        marks = (marks | IN_FORCE | IN_FORCE_OPEN) ^ IN_FORCE
    if block[one + DUE, b] == NONE and block[other + DUE, b] != NONE:
        block[one + DUE, b] = block[other + DUE, b]
        marks |= block[other + MARKS, b] & (DUE_INCLUSIVE | PROVISIONAL)
    if block[one + PERFORMED, b] != block[other + PERFORMED, b]:
        block[one + PERFORMED, b] = NO_EVENT
    if block[one + VIOLATED_AT, b] != block[other + VIOLATED_AT, b]:
        block[one + VIOLATED_AT, b] = NONE
    if block[one + VIOLATED_AT, b] == NONE:
        marks = (marks | LATE_ACTIVATION) ^ LATE_ACTIVATION
    block[one + MARKS, b] = marks
    if not settled:
        block[one + STATUS, b] = UNDETERMINED


def same(block: Numbers, b: int) -> bool:
    """Tell whether the results of both worlds are one answer; the ways of having no duty are one."""
    one, other = RESULT, RESULT + RESULT_WIDTH
    absent = block[one + STATUS, b] >= NOT_TRIGGERED, block[other + STATUS, b] >= NOT_TRIGGERED
    if absent[0] or absent[1]:
        return bool(absent[0] and absent[1])
    if (block[one + MARKS, b] ^ block[other + MARKS, b]) & DUE_INCLUSIVE:
        return False
    for each in (STATUS, DUE, VIOLATED_AT, PERFORMED, ACTS):  # noqa: SIM110 - Numba knows no generators
        if block[one + each, b] != block[other + each, b]:
            return False
    return True


def name(code: Numbers, log: Log, block: Numbers, out: Out, span: tuple[int, int], number: int) -> None:
    """Write who owes the row *number*, by the facts at the violation, the performance or `as_of` (S10)."""
    base, size = span
    first = code[BEARERS_AT] + code[code[ROWS_AT] + number * ROW_WIDTH + BEARER] * BEARER_WIDTH
    for b in range(size):
        i = base + b
        at = log.as_of[i]
        if out.violated_at[number, i] != NONE:
            at = out.violated_at[number, i]
        elif out.performed[number, i] >= 0:
            at = log.at[out.performed[number, i]]
        out.bearer[number, i] = -1 if out.left[number, i] else meant(code, block, first, at, b)


def meant(code: Numbers, block: Numbers, first: int, at: int, b: int) -> int:
    """Return the one role that the table from *first* on means at an instant; -1 where that is not settled."""
    moment, step, role, ended, named, several = moment_of(block, at, b), first, -1, False, False, False
    while code[step + 1] >= 0:
        true = (block[code[TRUE] + code[step + 1], b] >> moment) & 1 == 1
        false = (block[code[FALSE] + code[step + 1], b] >> moment) & 1 == 1
        if not ended and not false:
            several = several or role not in (-1, code[step + 2])
            role = code[step + 2]
        named = named or true
        ended = ended or (true and code[step] == 0)
        step += BEARER_WIDTH
    if not named:
        several = several or role not in (-1, code[step + 2])
        role = code[step + 2]
    return -1 if several else role
