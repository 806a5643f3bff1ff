"""When what a duty waits for happened: triggers, anchors, its end and its waiver (S11, S16, S25)."""

# ruff: noqa: C901, PLR0913, PLR0917 - every call costs compiled code time, and takes what it works on

from __future__ import annotations

from typing import TYPE_CHECKING

from policyengine.engine.columns.chunk import NO_EVENT, NONE, PARTIAL
from policyengine.engine.columns.loops.block import (
    AT,
    COUNTS_FROM,
    DOUBT,
    END,
    ENDED,
    FAR,
    IN_DOUBT,
    OCCURRENCE,
    OCCURRENCE_WIDTH,
    REF,
    WAIVED,
)
from policyengine.engine.columns.loops.scanning import look
from policyengine.engine.columns.program import (
    EVENT,
    FIRST,
    FIRST_AT,
    HAPPENING_WIDTH,
    HAPPENINGS_AT,
    HAS_UPON,
    PATTERN_WIDTH,
    PATTERNS_AT,
    PERFORMED,
    TYPES_FROM,
    UNTIL,
    UNTIL_ALL,
    UNTIL_END,
    VIOLATED,
    WAIVED_BY,
    WAIVED_END,
    WHOLE,
)
from policyengine.engine.columns.statuses import UNDETERMINED

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from policyengine.engine.columns.loops.block import Log, Out

    Numbers = npt.NDArray[np.int64]


def occur(
    code: Numbers, log: Log, block: Numbers, out: Out, span: tuple[int, int], slot: int, which: tuple[int, int]
) -> None:
    """Find the first occurrence of any of the happenings of *which*, from one to before another.

    Of several at one instant the first in the log stands; an outcome comes before every event of its instant. Where an
    outcome is open, so is what waits for it. The cases are those of *span*: from the first of the block's cases on, so
    many.
    """
    size, here = span[1], OCCURRENCE + slot * OCCURRENCE_WIDTH
    block[here + REF, :size] = NO_EVENT
    block[here + AT, :size] = FAR
    block[here + COUNTS_FROM, :size] = FAR
    block[here + IN_DOUBT, :size] = 0
    for h in range(which[0], which[1]):
        happening = code[HAPPENINGS_AT] + h * HAPPENING_WIDTH
        if code[happening] == EVENT:
            event(code, block, size, code[happening + 1], here)
        elif code[happening] == PERFORMED:
            performance(log, block, out, span, code[happening + 1], here)
        else:
            violation(block, out, span, code[happening + 1], here, int(code[happening] == VIOLATED))


def event(code: Numbers, block: Numbers, size: int, pattern: int, here: int) -> None:
    """Take the first event that matches a pattern for the occurrence at *here*, where it comes before what is there."""
    found, found_at = block[code[FIRST] + pattern], block[code[FIRST_AT] + pattern]
    refs, ats, froms, doubts = block[here + REF], block[here + AT], block[here + COUNTS_FROM], block[here + IN_DOUBT]
    for b in range(size):
        at, ref = found_at[b], found[b]
        earlier = (ref >= 0) & ((at < ats[b]) | ((at == ats[b]) & (ref < refs[b])))
        refs[b] = ref if earlier else refs[b]
        froms[b] = at if earlier else froms[b]
        ats[b] = at if earlier else ats[b]
        doubts[b] |= ref == DOUBT


def violation(block: Numbers, out: Out, span: tuple[int, int], which: int, here: int, from_due: int) -> None:
    """Take the violation of the row *which* likewise; limits may run from what was due then (S16)."""
    base, size = span
    refs, ats, froms, doubts = block[here + REF], block[here + AT], block[here + COUNTS_FROM], block[here + IN_DOUBT]
    status, found_at = out.status[which, base : base + size], out.violated_at[which, base : base + size]
    due = out.due[which, base : base + size]
    for b in range(size):
        at = found_at[b]
        earlier = (at != NONE) & ((at < ats[b]) | ((at == ats[b]) & (refs[b] >= 0)))
        refs[b] = NO_EVENT - 1 - which if earlier else refs[b]
        froms[b] = (due[b] if from_due & (due[b] != NONE) else at) if earlier else froms[b]
        ats[b] = at if earlier else ats[b]
        doubts[b] |= status[b] == UNDETERMINED


def performance(log: Log, block: Numbers, out: Out, span: tuple[int, int], which: int, here: int) -> None:
    """Take the performance of the row *which* likewise."""
    for b in range(span[1]):
        act = out.performed[which, span[0] + b]
        block[here + IN_DOUBT, b] |= out.status[which, span[0] + b] == UNDETERMINED
        if act >= 0:
            at, known_at = log.at[act], block[here + AT, b]
            if at < known_at or (at == known_at and block[here + REF, b] >= 0):
                block[here + REF, b] = NO_EVENT - 1 - which
                block[here + AT, b] = at
                block[here + COUNTS_FROM, b] = at


def place_of(log: Log, block: Numbers, span: tuple[int, int], b: int) -> int:
    """Return the place in the log of the trigger of a case: of an outcome, that of the last event before it."""
    if block[OCCURRENCE + REF, b] >= 0:
        return int(block[OCCURRENCE + REF, b])
    place = log.offsets[span[0] + b] - 1
    while place + 1 < block[END, b] and log.at[place + 1] < block[OCCURRENCE + AT, b]:
        place += 1
    return int(place)


def find(code: Numbers, log: Log, block: Numbers, pattern: int, place: int, at: int, b: int) -> int:
    """Return the first event behind *place*, and not before the instant *at*, that matches *pattern*.

    `NO_EVENT` if there is none, `DOUBT` where some event leaves open whether it matches.
    """
    event = block[code[FIRST] + pattern, b]
    if event < 0 or (event > place and log.at[event] >= at):
        return int(event)
    table = code[PATTERNS_AT] + pattern * code[PATTERN_WIDTH]
    for later in range(max(event, place) + 1, block[END, b]):
        if (
            log.at[later] >= at
            and code[table + TYPES_FROM + log.types[later]]
            and not (code[table + WHOLE] and log.flags[later] & PARTIAL)
            and (len(log.attributes) == 0 or look(code, log.attributes[later], table))
        ):
            return later
    return NO_EVENT


def end(code: Numbers, log: Log, block: Numbers, span: tuple[int, int], row: int) -> None:
    """Find when the `until` and the waiver of *row* happened after its trigger; where that is open, so is the row."""
    size = span[1]
    block[ENDED, :size] = NONE
    block[WAIVED, :size] = NONE
    if code[row + UNTIL] == code[row + UNTIL_END] and code[row + WAIVED_BY] == code[row + WAIVED_END]:
        return
    for b in range(size):
        if code[row + HAS_UPON] and block[OCCURRENCE + REF, b] == NO_EVENT:
            continue
        place = place_of(log, block, span, b) if code[row + HAS_UPON] else -1
        found, ended, waived = 0, NONE, NONE
        for h in range(code[row + UNTIL], code[row + WAIVED_END]):
            pattern = code[code[HAPPENINGS_AT] + h * HAPPENING_WIDTH + 1]
            found_at = block[code[FIRST] + pattern, b]
            if NO_EVENT < found_at <= place:
                found_at = find(code, log, block, pattern, place, NONE, b)
            if found_at == DOUBT:
                block[OCCURRENCE + IN_DOUBT, b] = 1
            if found_at < 0:
                continue
            at = log.at[found_at]
            if h >= code[row + WAIVED_BY]:
                waived = at if waived == NONE else min(waived, at)
            else:
                found += 1
                if found == 1 or (at > ended) == (code[row + UNTIL_ALL] == 1):
                    ended = at
        if code[row + UNTIL_ALL] and found < code[row + UNTIL_END] - code[row + UNTIL]:
            ended = NONE
        block[ENDED, b] = ended
        block[WAIVED, b] = waived
