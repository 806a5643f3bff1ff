"""The plain course of a duty, in one loop: nearly every duty of nearly every case.

What is not so plain is left to `living` and `judging`, which know all there is: facts that change the condition or
leave it open, waivers, a life that begins or ends. The answers are the same.

`plainly` is one long function on purpose: what it calls takes numbers alone. Calls that take arrays count references,
and made each row several times as slow when they were tried.
"""

# ruff: noqa: C901, FBT001, PLR0912, PLR0913, PLR0915, PLR0917 - every call costs compiled code time, and takes what it works on

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
    ACTS_FROM,
    ANCHORED,
    AT,
    COUNTS_FROM,
    DONE,
    DOUBT,
    ENDED,
    EVERY,
    FAR,
    HAS,
    IN_DOUBT,
    INCLUSIVE,
    OCCURRENCE,
    OPEN,
    REF,
    UNANNOUNCED,
    WAIVED,
)
from policyengine.engine.columns.loops.counting import counted
from policyengine.engine.columns.loops.judging import in_time
from policyengine.engine.columns.loops.living import FOREVER
from policyengine.engine.columns.loops.waiting import find
from policyengine.engine.columns.program import (
    ACT,
    ALL_OF,
    BEFORE,
    BEFORE_FIRST,
    CONDITION,
    DEADLINE,
    DEADLINE_WIDTH,
    DEADLINES_AT,
    FALSE,
    FIRST,
    FIRST_AT,
    FROM_TRIGGER,
    HAS_UPON,
    JOINED,
    KIND,
    LENGTH,
    LIFE_FROM,
    LIFE_TO,
    LIMIT_BITS,
    LIMIT_DUE,
    LIMITED,
    LOOKED_UP,
    NO_LIMIT,
    OBLIGATION,
    PLAIN_END,
    PLAIN_UPON,
    PROHIBITION,
    ROW_WIDTH,
    ROWS_AT,
    STANDING,
    TRUE,
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
)
from policyengine.engine.columns.statuses import ENDED as HAS_ENDED
from policyengine.temporal.instant import FIRST_MICROS

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from policyengine.engine.columns.loops.block import Log, Out

    Numbers = npt.NDArray[np.int64]
    Parts = tuple[
        npt.NDArray[np.int8],
        npt.NDArray[np.uint8],
        Numbers,
        Numbers,
        npt.NDArray[np.int32],
        npt.NDArray[np.int32],
        npt.NDArray[np.bool_],
    ]


def swiftly(code: Numbers, log: Log, block: Numbers, out: Out, span: tuple[int, int], number: int) -> int:
    """Judge the plainest of the row *number*, as `plainly` does: so long after an event, and nothing before it.

    Without branches, as processors like it; what it writes of a case that it does not settle means nothing.
    """
    size, row = span[1], code[ROWS_AT] + number * ROW_WIDTH
    upon, act_of, condition = code[row + PLAIN_UPON], code[row + ACT], code[row + CONDITION]
    length = code[code[DEADLINES_AT] + code[row + DEADLINE] * DEADLINE_WIDTH + LENGTH]
    refs, ats = block[code[FIRST] + upon, :size], block[code[FIRST_AT] + upon, :size]
    acts, acted_at = block[code[FIRST] + act_of, :size], block[code[FIRST_AT] + act_of, :size]
    holds, fails = block[code[TRUE] + condition, :size], block[code[FALSE] + condition, :size]
    all_moments, done, as_of = block[EVERY, :size], block[DONE, :size], log.as_of[span[0] : span[0] + size]
    statuses, all_marks, dues, violations, performances, triggers, lefts = parts(out, span, number)
    settled = 0
    for b in range(size):
        ref, start, act, act_at, every = refs[b], ats[b], acts[b], acted_at[b], all_moments[b]
        absent, fits = ref == NO_EVENT, holds[b] == every
        plain = fits & (act != DOUBT) & ((act < 0) | (act_at >= start))
        known = (every >= 0) & (ref != DOUBT) & (absent | (fails[b] == every) | plain)
        owes = fits & (not absent)
        acted = owes & (act >= 0)
        late_from = start + length + 1
        late = owes & (act_at >= late_from)
        missed = late & (late_from <= as_of[b])
        ran = (FULFILLED_LATE if late else FULFILLED) if acted else (OVERDUE if missed else ACTIVE)
        statuses[b] = ran if owes else (NOT_TRIGGERED if absent else NOT_APPLICABLE)
        all_marks[b] = (IN_FORCE | DUE_INCLUSIVE | (0 if acted else OWED)) if owes else 0
        dues[b] = late_from - 1 if owes else NONE
        violations[b] = late_from if missed else NONE
        performances[b] = act if acted else NO_EVENT
        triggers[b] = ref
        lefts[b] = False
        done[b] = known
        settled += known
    return size - settled


def parts(out: Out, span: tuple[int, int], number: int) -> Parts:
    """Return what is written of the row *number* for the cases of a block."""
    start, stop = span[0], span[0] + span[1]
    return (
        out.status[number, start:stop],
        out.marks[number, start:stop],
        out.due[number, start:stop],
        out.violated_at[number, start:stop],
        out.performed[number, start:stop],
        out.trigger[number, start:stop],
        out.left[number, start:stop],
    )


def plainly(
    code: Numbers, clock: Numbers, memo: Numbers, log: Log, block: Numbers, out: Out, span: tuple[int, int], number: int
) -> int:
    """Judge what is plain of the row *number*, note which cases that settles, and return how many it leaves."""
    size, row, first, first_at = span[1], code[ROWS_AT] + number * ROW_WIDTH, code[FIRST], code[FIRST_AT]
    upon, known, kind = code[row + HAS_UPON] == 1, code[row + PLAIN_UPON], code[row + KIND]
    life_from, life_to = code[row + LIFE_FROM], code[row + LIFE_TO]
    if not upon and (life_from != NONE or life_to != FOREVER):
        return size
    until, pattern, limited = code[row + PLAIN_END], code[row + ACT], code[row + LIMITED]
    before, before_first = code[row + BEFORE], code[row + BEFORE_FIRST] == 1
    if kind != OBLIGATION or (not upon and limited != JOINED):
        limited = NO_LIMIT
    step, anchors_all = code[DEADLINES_AT] + code[row + DEADLINE] * DEADLINE_WIDTH, code[row + ALL_OF] == 1
    length = code[step + LENGTH] if limited == FROM_TRIGGER else 0
    refs = block[OCCURRENCE + REF if known < 0 else first + known, :size]
    ats = block[OCCURRENCE + AT if known < 0 else first_at + known, :size]
    froms = block[OCCURRENCE + COUNTS_FROM if known < 0 else first_at + known, :size]
    acts, acted_at, acts_from = block[first + pattern, :size], block[first_at + pattern, :size], block[ACTS_FROM, :size]
    ended, waived, anchored = block[ENDED, :size], block[WAIVED, :size], block[ANCHORED, :size]
    limit_bits, limit_due = block[code[LIMIT_BITS], :size], block[code[LIMIT_DUE], :size]
    holds, fails = block[code[TRUE] + code[row + CONDITION], :size], block[code[FALSE] + code[row + CONDITION], :size]
    all_moments, in_doubt, done = block[EVERY, :size], block[OCCURRENCE + IN_DOUBT, :size], block[DONE, :size]
    as_of = log.as_of[span[0] : span[0] + size]
    statuses, all_marks, dues, violations, performances, triggers, lefts = parts(out, span, number)
    left = 0
    for b in range(size):
        if done[b]:
            continue
        ref, start, every = refs[b], ats[b] if upon else FIRST_MICROS, all_moments[b]
        status, marks, due, violated_at, act = NOT_TRIGGERED, 0, NONE, NONE, NO_EVENT
        if every < 0 or (in_doubt[b] if known < 0 else ref == DOUBT):
            left += 1
            continue
        if ref != NO_EVENT or not upon:
            if start < life_from or start >= life_to:
                status = NOT_IN_FORCE
            elif fails[b] == every:
                status = NOT_APPLICABLE
            elif holds[b] != every:
                left += 1
                continue
            else:
                event, stop = NO_EVENT, FAR
                if until >= 0:
                    event = block[first + until, b]
                    if NO_EVENT < event <= ref:
                        event = find(code, log, block, until, ref, NONE, b)
                    stop = log.at[event] if event >= 0 else FAR
                elif until == LOOKED_UP:
                    event = DOUBT if waived[b] != NONE else NO_EVENT
                    stop = ended[b] if ended[b] != NONE else FAR
                act, act_at, since = acts[b], acted_at[b], start
                if limited == JOINED:
                    since = min(start, acts_from[b])
                if act >= 0 and act_at < since:
                    act = find(code, log, block, pattern, NO_EVENT, since, b)
                    act_at = log.at[act] if act >= 0 else FAR
                if kind == STANDING or (act >= 0 and act_at >= stop):
                    act = NO_EVENT
                if DOUBT in (event, act) or start >= stop:
                    left += 1
                    continue
                if kind != OBLIGATION:
                    status, marks, violated_at = allowed(kind, act, act_at, stop)
                    act = NO_EVENT
                else:
                    bits, place, place_at = 0, NO_EVENT, FAR
                    if limited == FROM_TRIGGER:
                        due, bits = froms[b] + length, HAS | INCLUSIVE
                    elif limited == JOINED:
                        due, bits = limit_due[b], limit_bits[b]
                    elif limited != NO_LIMIT:
                        due, bits = counted(code, clock, memo, step, froms[b])
                    if before >= 0:
                        place = block[first + before, b]
                        if place >= 0 and log.at[place] < start:
                            place = find(code, log, block, before, NO_EVENT, start, b)
                        place_at = log.at[place] if place >= 0 else FAR
                    if bits & OPEN or place == DOUBT:
                        left += 1
                        continue
                    if place_at < stop:
                        due, bits, place = precede(due, bits, place, place_at, before_first)
                    else:
                        place = NO_EVENT
                    status, marks, due, violated_at = oblige_plainly(
                        due, bits, place, act, act_at, start, stop, as_of[b]
                    )
                    if status == ACTIVE and limited == JOINED and anchors_all and not anchored[b]:
                        status = NOT_STARTED
        done[b] = 1
        statuses[b] = status
        all_marks[b] = marks
        dues[b] = due
        violations[b] = violated_at
        performances[b] = act
        triggers[b] = ref
        lefts[b] = False
    return left


def allowed(kind: int, act: int, act_at: int, stop: int) -> tuple[int, int, int]:
    """Return status, marks and breach of a standing duty, a prohibition or a permission (S27, S28)."""
    marks = IN_FORCE if stop == FAR else 0
    if kind == STANDING:
        return ACTIVE if stop == FAR else HAS_ENDED, marks | OWED if stop == FAR else marks, NONE
    if kind == PROHIBITION:
        return BREACHED if act >= 0 else OBSERVED if stop == FAR else HAS_ENDED, marks, act_at if act >= 0 else NONE
    return USED if act >= 0 else AVAILABLE if stop == FAR else HAS_ENDED, marks, NONE


def precede(due: int, bits: int, place: int, at: int, first: bool) -> tuple[int, int, int]:
    """Return the limit and the event that the act must precede, where that is the earlier one (S20, S21)."""
    late_from = due + (1 if bits & INCLUSIVE else 0)
    if not bits & HAS or at < late_from or (first and at == late_from):
        return at, (bits | HAS | INCLUSIVE) ^ INCLUSIVE, place
    return due, bits, NO_EVENT


def oblige_plainly(
    due: int, bits: int, place: int, act: int, act_at: int, start: int, stop: int, as_of: int
) -> tuple[int, int, int, int]:
    """Return status, marks, limit and violation of an obligation that is in force from *start* to *stop* (S24, S25)."""
    owed = OWED if stop == FAR and act < 0 else 0
    marks, status, violated_at = IN_FORCE if stop == FAR else 0, ACTIVE if stop == FAR else HAS_ENDED, NONE
    if not bits & HAS:
        return FULFILLED if act >= 0 else status, marks | owed, NONE, NONE
    marks |= (DUE_INCLUSIVE if bits & INCLUSIVE else 0) | (PROVISIONAL if bits & UNANNOUNCED else 0)
    late_from = due + (1 if bits & INCLUSIVE else 0)
    late = act < 0 or not in_time(act_at, act, late_from, place)
    missed = max(late_from, start)
    if late and missed <= as_of and missed < stop:
        violated_at, status = missed, OVERDUE
        marks |= LATE_ACTIVATION if start > late_from else 0
    if act >= 0:
        status = FULFILLED_LATE if late else FULFILLED
    return status, marks | owed, due, violated_at
