"""The limits of one row over a block, and from when acts count (S16-S21, S24)."""

# ruff: noqa: PLR0913, PLR0917 - every call costs compiled code time, and takes what it works on

from __future__ import annotations

from typing import TYPE_CHECKING

from policyengine.engine.columns.chunk import NO_EVENT, NONE
from policyengine.engine.columns.loops.block import (
    ACTS_FROM,
    ANCHORED,
    APPLIES,
    AT,
    COUNTS_FROM,
    DECLINED,
    HAS,
    IN_DOUBT,
    INCLUSIVE,
    LAST_MOMENT,
    OCCURRENCE,
    OCCURRENCE_WIDTH,
    OPEN,
    REF,
    STARTS,
    UNANNOUNCED,
)
from policyengine.engine.columns.loops.counting import count
from policyengine.engine.columns.loops.waiting import occur
from policyengine.engine.columns.program import (
    DEADLINE,
    DEADLINE_END,
    DEADLINE_WIDTH,
    DEADLINES_AT,
    EARLIEST,
    ELAPSED,
    FALSE,
    FULL_HOUR,
    HAS_UPON,
    LENGTH,
    LIMBS,
    LIMIT_BITS,
    LIMIT_DUE,
    NO_LENGTH,
    OF,
    OF_END,
    OP,
    SINGLE,
    TRUE,
    UNIT,
    WHEN,
)
from policyengine.temporal.instant import FIRST_MICROS

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from policyengine.engine.columns.loops.block import Log, Out

    Numbers = npt.NDArray[np.int64]


def limit(code: Numbers, clock: Numbers, log: Log, block: Numbers, out: Out, span: tuple[int, int], row: int) -> None:
    """Count the limit of *row* from its anchors, whatever its condition; find from when acts count."""
    size, upon = span[1], code[row + HAS_UPON] == 1
    for b in range(size):
        block[code[LIMIT_BITS], b] = 0
        block[ANCHORED, b] = 0
        triggered = upon and block[OCCURRENCE + REF, b] != NO_EVENT
        block[ACTS_FROM, b] = block[OCCURRENCE + AT, b] if triggered else FIRST_MICROS
    top = -1
    for number in range(code[row + DEADLINE], code[row + DEADLINE_END]):
        step = code[DEADLINES_AT] + number * DEADLINE_WIDTH
        if code[step + OP] == SINGLE:
            top += 1
            here = OCCURRENCE
            if code[step + OF] >= 0:
                occur(code, log, block, out, span, 1, (code[step + OF], code[step + OF_END]))
                here = OCCURRENCE + OCCURRENCE_WIDTH
            if upon or here != OCCURRENCE:
                single(code, clock, block, size, step, here, top)
            else:
                block[code[LIMIT_BITS] + top, :size] = APPLIES
        else:
            top -= code[step + LIMBS] - 1
            compose(code, block, size, step, top)


def single(code: Numbers, clock: Numbers, block: Numbers, size: int, step: int, here: int, top: int) -> None:
    """Put the limit of one single deadline at *top*; the occurrence that it counts from stands at *here*."""
    for b in range(size):
        bits, due = APPLIES, NONE
        if block[here + IN_DOUBT, b]:
            bits |= OPEN
        elif block[here + REF, b] != NO_EVENT and not block[DECLINED, b]:
            anchor = block[here + COUNTS_FROM, b]
            block[ANCHORED, b] = 1
            block[ACTS_FROM, b] = min(block[ACTS_FROM, b], anchor)
            if code[step + WHEN] >= 0:
                bits = asked(code, block, code[step + WHEN], anchor, b)
            if bits == APPLIES and code[step + UNIT] == ELAPSED and not code[step + FULL_HOUR]:
                due, bits = anchor + code[step + LENGTH], APPLIES | HAS | INCLUSIVE
            elif bits == APPLIES and code[step + UNIT] != NO_LENGTH:
                due, bits = count(code, clock, step, anchor)
        block[code[LIMIT_BITS] + top, b] = bits
        block[code[LIMIT_DUE] + top, b] = due


def asked(code: Numbers, block: Numbers, condition: int, at: int, b: int) -> int:
    """Return whether a limb's condition holds at an instant."""
    moment = block[LAST_MOMENT, b]
    while block[STARTS + moment, b] > at:
        moment -= 1
    if (block[code[TRUE] + condition, b] >> moment) & 1:
        return APPLIES
    return 0 if (block[code[FALSE] + condition, b] >> moment) & 1 else OPEN


def compose(code: Numbers, block: Numbers, size: int, step: int, top: int) -> None:
    """Join the limbs from *top* on into one limit: the earliest that is known, or the latest of all (S20)."""
    first, last, earliest = (
        code[LIMIT_BITS] + top,
        code[LIMIT_BITS] + top + code[step + LIMBS],
        code[step + OP] == EARLIEST,
    )
    dues = code[LIMIT_DUE] - code[LIMIT_BITS]
    for b in range(size):
        chosen, best, missing, shared = -1, NONE, 0, APPLIES
        for limb in range(first, last):
            bits = block[limb, b]
            shared |= bits & (OPEN | UNANNOUNCED)
            if not bits & HAS:
                missing |= bits & APPLIES
                continue
            late_from = block[limb + dues, b] + (1 if bits & INCLUSIVE else 0)
            if chosen < 0 or (late_from < best if earliest else late_from > best):
                chosen, best = limb, late_from
        if chosen < 0 or (missing and not earliest):
            block[first, b] = shared & ~UNANNOUNCED
            block[first + dues, b] = NONE
            continue
        due, inclusive = block[chosen + dues, b], block[chosen, b] & INCLUSIVE
        block[first, b] = shared | HAS | inclusive
        block[first + dues, b] = due
