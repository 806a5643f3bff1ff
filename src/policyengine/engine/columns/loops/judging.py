"""What a duty has come to at `as_of`, in each of its worlds (S14, S24-S29)."""

# ruff: noqa: C901, PLR0912, PLR0913, PLR0915, PLR0917 - every call costs compiled code time, and takes what it works on

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
    AFRESH,
    ANCHORED,
    DONE,
    DOUBT,
    DUE,
    ENDED,
    HAS,
    INCLUSIVE,
    LIVES_ON,
    MARKS,
    OCCURRENCE,
    PERFORMED,
    REF,
    RESULT,
    RESULT_WIDTH,
    SINCE,
    STATUS,
    STRETCHED,
    UNANNOUNCED,
    UNTIL_WHEN,
    VIOLATED_AT,
    WAIVED,
    WORLDS,
)
from policyengine.engine.columns.loops.living import FOREVER, in_force
from policyengine.engine.columns.loops.waiting import find
from policyengine.engine.columns.program import (
    ACT,
    ALL_OF,
    BEFORE,
    BEFORE_FIRST,
    HAS_UPON,
    KIND,
    LIMIT_BITS,
    LIMIT_DUE,
    OBLIGATION,
    PROHIBITION,
    STANDING,
)
from policyengine.engine.columns.statuses import (
    ACTIVE,
    AVAILABLE,
    BREACHED,
    FULFILLED,
    FULFILLED_LATE,
    NOT_APPLICABLE,
    NOT_IN_FORCE,
    NOT_STARTED,
    NOT_TRIGGERED,
    OBSERVED,
    OVERDUE,
    USED,
    WITHDRAWN,
)
from policyengine.engine.columns.statuses import ENDED as HAS_ENDED
from policyengine.engine.columns.statuses import WAIVED as IS_WAIVED

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from policyengine.engine.columns.loops.block import Log

    Numbers = npt.NDArray[np.int64]


def come_to(code: Numbers, log: Log, block: Numbers, span: tuple[int, int], row: int, world: int) -> None:
    """Write down what the duty of *row* has come to in a *world*."""
    base, size = span
    result = RESULT + world * RESULT_WIDTH
    upon = code[row + HAS_UPON] == 1
    for b in range(size):
        if block[DONE, b] or block[WORLDS, b] <= world:
            continue
        block[result + MARKS, b] = 0
        block[result + DUE, b] = NONE
        block[result + VIOLATED_AT, b] = NONE
        block[result + PERFORMED, b] = NO_EVENT
        block[result + ACTS, b] = 0
        lasting = in_force(code, log.as_of[base + b], block, row, b)
        if upon and block[OCCURRENCE + REF, b] == NO_EVENT:
            block[result + STATUS, b] = NOT_TRIGGERED
        elif block[STRETCHED, b] == 0:
            absent = IS_WAIVED if block[LIVES_ON + world, b] else NOT_APPLICABLE
            block[result + STATUS, b] = absent if lasting else NOT_IN_FORCE
        else:
            if block[UNTIL_WHEN + block[STRETCHED, b] - 1, b] == FOREVER:
                block[result + MARKS, b] = IN_FORCE
            if code[row + KIND] == OBLIGATION:
                oblige(code, log, block, row, log.as_of[base + b], world, b)
            else:
                allow_or_forbid(code, log, block, row, world, b)
            done = block[result + VIOLATED_AT, b] != NONE or block[result + PERFORMED, b] != NO_EVENT
            if not (upon or lasting or done):
                # Without a trigger to be judged at, the duty is gone with its version (S6).
                block[result + STATUS, b] = NOT_IN_FORCE
                block[result + MARKS, b] = 0
                block[result + DUE, b] = NONE
                block[result + ACTS, b] = 0


def running(block: Numbers, status: int, world: int, b: int) -> int:
    """Return *status* for a duty that is in force, else how it left."""
    left = block[UNTIL_WHEN + block[STRETCHED, b] - 1, b]
    if left == FOREVER:
        return status
    if block[LIVES_ON + world, b] and left == block[WAIVED, b]:
        return IS_WAIVED
    return HAS_ENDED if left == block[ENDED, b] else WITHDRAWN


def allow_or_forbid(code: Numbers, log: Log, block: Numbers, row: int, world: int, b: int) -> None:
    """Judge a standing duty, a prohibition or a permission by the acts while it was in force (S27, S28)."""
    kind, result = code[row + KIND], RESULT + world * RESULT_WIDTH
    if kind == STANDING:
        block[result + STATUS, b] = running(block, ACTIVE, world, b)
        if block[result + MARKS, b]:
            block[result + MARKS, b] |= OWED
        return
    acts = 0
    for k in range(block[STRETCHED, b]):
        event = find(code, log, block, code[row + ACT], -1, block[SINCE + k, b], b)
        if event == DOUBT:
            block[WORLDS, b] = 0
            return
        while event >= 0 and log.at[event] < block[UNTIL_WHEN + k, b]:
            if acts == 0 and kind == PROHIBITION:
                block[result + VIOLATED_AT, b] = log.at[event]
            acts += 1
            event = find(code, log, block, code[row + ACT], event, NONE, b)
    if kind == PROHIBITION:
        # Which acts used a permission is no part of its answer; which breached a prohibition is.
        block[result + ACTS, b] = acts
        block[result + STATUS, b] = BREACHED if acts else running(block, OBSERVED, world, b)
    else:
        block[result + STATUS, b] = USED if acts else running(block, AVAILABLE, world, b)


def oblige(code: Numbers, log: Log, block: Numbers, row: int, as_of: int, world: int, b: int) -> None:
    """Judge an obligation: performed, late, overdue, or how else it stands (S24, S25)."""
    result, limit = RESULT + world * RESULT_WIDTH, block[code[LIMIT_BITS], b]
    performed, last = perform(code, log, block, row, b)
    has, due, inclusive, place = 0, NONE, 0, NO_EVENT
    if limit & HAS:
        has, due, inclusive = 1, block[code[LIMIT_DUE], b], 1 if limit & INCLUSIVE else 0
    violated_at = NONE
    for k in range(last + 1):
        since, until = block[SINCE + k, b], block[UNTIL_WHEN + k, b]
        if code[row + BEFORE] >= 0:
            event = find(code, log, block, code[row + BEFORE], -1, since, b)
            if event == DOUBT:
                performed = DOUBT
            elif event >= 0 and log.at[event] < until:
                at = log.at[event]
                wins_ties = k == 0 and code[row + BEFORE_FIRST] == 1
                if not has or at < due + inclusive or (at == due + inclusive and wins_ties):
                    has, due, inclusive, place = 1, at, 0, event
        if not has or performed == DOUBT:
            continue
        if performed >= 0 and k == last and in_time(log.at[performed], performed, due + inclusive, place):
            continue
        at = max(due + inclusive, since)
        if at <= as_of and at < until:
            violated_at = at
            if since > due + inclusive:
                block[result + MARKS, b] |= LATE_ACTIVATION
            break
    if performed == DOUBT:
        block[WORLDS, b] = 0
        return
    if has:
        block[result + DUE, b] = due
        block[result + MARKS, b] |= (DUE_INCLUSIVE if inclusive else 0) | (PROVISIONAL if limit & UNANNOUNCED else 0)
    block[result + VIOLATED_AT, b] = violated_at
    block[result + PERFORMED, b] = performed
    if performed >= 0:
        late = has and not in_time(log.at[performed], performed, due + inclusive, place)
        block[result + STATUS, b] = FULFILLED_LATE if late else FULFILLED
        return
    if block[result + MARKS, b] & IN_FORCE:
        block[result + MARKS, b] |= OWED
    status = OVERDUE if violated_at != NONE else running(block, ACTIVE, world, b)
    if status == ACTIVE and code[row + ALL_OF] == 1 and not block[ANCHORED, b]:
        status = NOT_STARTED
    block[result + STATUS, b] = IS_WAIVED if block[LIVES_ON + world, b] else status


def perform(code: Numbers, log: Log, block: Numbers, row: int, b: int) -> tuple[int, int]:
    """Return the act that performed the duty and the stretch that it counts for, else the last stretch (S24)."""
    for k in range(block[STRETCHED, b]):
        start = block[SINCE + k, b]
        if k == 0 and not block[AFRESH, b]:
            start = min(start, block[ACTS_FROM, b])
        event = find(code, log, block, code[row + ACT], -1, start, b)
        if event == DOUBT:
            return DOUBT, 0
        if event >= 0 and log.at[event] < block[UNTIL_WHEN + k, b]:
            return event, k
    return NO_EVENT, block[STRETCHED, b] - 1


def in_time(at: int, event: int, late_from: int, place: int) -> bool:
    """Tell whether an act is in time; at the very instant of an event that it must precede, the log decides (S21)."""
    return at < late_from or (at == late_from and NO_EVENT < event < place)
