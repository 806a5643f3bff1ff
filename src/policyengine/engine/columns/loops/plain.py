"""The plain course of a triggered obligation, in one loop: nearly every duty of nearly every case.

What is not so plain is left to `living` and `judging`, which know all there is: facts that change the condition or
leave it open, waivers. The answers are the same.
"""

# ruff: noqa: C901, PLR0912, PLR0915, PLR0917 - every call costs compiled code time, and takes what it works on

from __future__ import annotations

from typing import TYPE_CHECKING

from policyengine.engine.columns.chunk import (
    DUE_INCLUSIVE,
    IN_FORCE,
    LATE_ACTIVATION,
    NO_EVENT,
    NONE,
    OWED,
    PROVISIONAL,
)
from policyengine.engine.columns.loops.block import (
    ACTS,
    ACTS_FROM,
    ANCHORED,
    AT,
    DECLINED,
    DONE,
    DOUBT,
    DUE,
    ENDED,
    HAS,
    IN_DOUBT,
    INCLUSIVE,
    LAST_MOMENT,
    MARKS,
    OCCURRENCE,
    OPEN,
    PERFORMED,
    REF,
    RESULT,
    STATUS,
    UNANNOUNCED,
    VIOLATED_AT,
    WAIVED,
    WORLDS,
)
from policyengine.engine.columns.loops.living import FOREVER
from policyengine.engine.columns.loops.waiting import find
from policyengine.engine.columns.program import (
    ACT,
    ALL_OF,
    BEFORE,
    CONDITION,
    FALSE,
    FIRST,
    HAS_UPON,
    KIND,
    LIFE_FROM,
    LIFE_TO,
    LIMIT_BITS,
    LIMIT_DUE,
    OBLIGATION,
    STANDING,
    TRUE,
)
from policyengine.engine.columns.statuses import (
    ACTIVE,
    FULFILLED,
    FULFILLED_LATE,
    NOT_APPLICABLE,
    NOT_IN_FORCE,
    NOT_STARTED,
    NOT_TRIGGERED,
    OVERDUE,
)
from policyengine.engine.columns.statuses import ENDED as HAS_ENDED

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from policyengine.engine.columns.loops.block import Log

    Numbers = npt.NDArray[np.int64]


def plainly(code: Numbers, log: Log, as_of: Numbers, block: Numbers, size: int, row: int) -> int:
    """Judge what is plain of *row*, note which cases that settles, and return how many it leaves."""
    kind = code[row + KIND]
    if code[row + HAS_UPON] == 0 or code[row + BEFORE] >= 0 or kind not in (OBLIGATION, STANDING):
        block[DONE, :size] = 0
        return size
    condition_true, condition_false = code[TRUE] + code[row + CONDITION], code[FALSE] + code[row + CONDITION]
    act_row, limit_bits, limit_due = code[FIRST] + code[row + ACT], code[LIMIT_BITS], code[LIMIT_DUE]
    life_from, life_to, all_of = code[row + LIFE_FROM], code[row + LIFE_TO], code[row + ALL_OF]
    settled = 0
    for b in range(size):
        limit = block[limit_bits, b]
        open_ = block[DECLINED, b] | block[OCCURRENCE + IN_DOUBT, b] | (limit & OPEN)
        true, false = block[condition_true, b], block[condition_false, b]
        every = (2 << block[LAST_MOMENT, b]) - 1
        start, ref = block[OCCURRENCE + AT, b], block[OCCURRENCE + REF, b]
        status, marks, due, violated_at, act = ACTIVE, 0, NONE, NONE, NO_EVENT
        block[DONE, b] = 0
        if open_:
            continue
        if ref == NO_EVENT:
            status = NOT_TRIGGERED
        elif start < life_from or start >= life_to:
            status = NOT_IN_FORCE
        elif block[WAIVED, b] != NONE or every not in (true, false):
            continue
        elif false == every:
            status = NOT_APPLICABLE
        else:
            stop = FOREVER if block[ENDED, b] == NONE else block[ENDED, b]
            act = NO_EVENT if kind == STANDING else block[act_row, b]
            if start >= stop or act == DOUBT:
                continue
            if act >= 0 and log.at[act] < block[ACTS_FROM, b]:
                act = find(code, log, block, code[row + ACT], -1, block[ACTS_FROM, b], b)
            if act >= 0 and log.at[act] >= stop:
                act = NO_EVENT
            marks = IN_FORCE if stop == FOREVER else 0
            status = ACTIVE if stop == FOREVER else HAS_ENDED
            if status == ACTIVE and all_of and not block[ANCHORED, b]:
                status = NOT_STARTED
            late = False
            if limit & HAS and kind == OBLIGATION:
                due, inclusive = block[limit_due, b], 1 if limit & INCLUSIVE else 0
                marks |= (DUE_INCLUSIVE if inclusive else 0) | (PROVISIONAL if limit & UNANNOUNCED else 0)
                late = act < 0 or log.at[act] >= due + inclusive
                missed = max(due + inclusive, start)
                if late and missed <= as_of[b] and missed < stop:
                    violated_at, status = missed, OVERDUE
                    if start > due + inclusive:
                        marks |= LATE_ACTIVATION
            if act >= 0:
                status = FULFILLED_LATE if late else FULFILLED
            elif stop == FOREVER:
                marks |= OWED
        settled += 1
        block[DONE, b] = 1
        block[WORLDS, b] = 1
        block[RESULT + STATUS, b] = status
        block[RESULT + MARKS, b] = marks
        block[RESULT + DUE, b] = due
        block[RESULT + VIOLATED_AT, b] = violated_at
        block[RESULT + PERFORMED, b] = act
        block[RESULT + ACTS, b] = 0
    return size - settled
