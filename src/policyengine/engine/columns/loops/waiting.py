"""When what a duty waits for happened: triggers, anchors, its end and its waiver (S11, S16, S25)."""

# ruff: noqa: C901, PLR0913, PLR0917 - every call costs compiled code time, and takes what it works on

from __future__ import annotations

from typing import TYPE_CHECKING

from policyengine.engine.columns.chunk import NO_EVENT, NONE
from policyengine.engine.columns.loops.block import (
    AT,
    COUNTS_FROM,
    DOUBT,
    END,
    ENDED,
    FACT_AT,
    FACT_DUE,
    FACT_LEFT,
    FACT_VIOLATED,
    IN_DOUBT,
    OCCURRENCE,
    OCCURRENCE_WIDTH,
    OUTCOME_WIDTH,
    PARTIAL_KIND,
    PLACE,
    REF,
    WAIVED,
)
from policyengine.engine.columns.loops.scanning import look
from policyengine.engine.columns.program import (
    EVENT,
    FIRST,
    HAPPENING_WIDTH,
    HAPPENINGS_AT,
    HAS_UPON,
    OUTCOMES,
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

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from policyengine.engine.columns.loops.block import Log

    Numbers = npt.NDArray[np.int64]


def occur(code: Numbers, log: Log, block: Numbers, span: tuple[int, int], slot: int, first: int, last: int) -> None:
    """Find the first occurrence of any of the happenings from *first* to *last*, by time and place in the log.

    The cases are those of *span*: from the first of the block's cases on, so many. Where an outcome is open, so is
    what waits for it.
    """
    size = span[1]
    here = OCCURRENCE + slot * OCCURRENCE_WIDTH
    for b in range(size):
        block[here + REF, b] = NO_EVENT
        block[here + IN_DOUBT, b] = 0
    for h in range(first, last):
        happening = code[HAPPENINGS_AT] + h * HAPPENING_WIDTH
        if code[happening] == EVENT:
            event(log.at, block, size, code[FIRST] + code[happening + 1], here)
        else:
            outcome(code, log, block, span, happening, here)


def event(at: Numbers, block: Numbers, size: int, row: int, here: int) -> None:
    """Take the first event that matches a pattern for the occurrence at *here*, where it comes before what is there."""
    for b in range(size):
        found = block[row, b]
        if found == DOUBT:
            block[here + IN_DOUBT, b] = 1
        elif found >= 0:
            now, known_at = at[found], block[here + AT, b]
            if (
                block[here + REF, b] == NO_EVENT
                or now < known_at
                or (now == known_at and found < block[here + PLACE, b])
            ):
                block[here + REF, b] = found
                block[here + AT, b] = now
                block[here + COUNTS_FROM, b] = now
                block[here + PLACE, b] = found


def outcome(code: Numbers, log: Log, block: Numbers, span: tuple[int, int], happening: int, here: int) -> None:
    """Take the outcome of a row judged before likewise; where that row is open, so is this."""
    base, size = span
    kind, which = code[happening], code[happening + 1]
    row = code[OUTCOMES] + which * OUTCOME_WIDTH
    for b in range(size):
        at = block[row + (FACT_AT if kind == PERFORMED else FACT_VIOLATED), b]
        if block[row + FACT_LEFT, b]:
            block[here + IN_DOUBT, b] = 1
        elif at != NONE:
            place = log.offsets[base + b] - 1
            while place + 1 < block[END, b] and log.at[place + 1] < at:
                place += 1
            known, known_at = block[here + REF, b] != NO_EVENT, block[here + AT, b]
            if not known or at < known_at or (at == known_at and place < block[here + PLACE, b]):
                due = block[row + FACT_DUE, b]
                block[here + REF, b] = NO_EVENT - 1 - which
                block[here + AT, b] = at
                block[here + COUNTS_FROM, b] = due if kind == VIOLATED and due != NONE else at
                block[here + PLACE, b] = place


def find(code: Numbers, log: Log, block: Numbers, pattern: int, place: int, at: int, b: int) -> int:
    """Return the first event behind *place*, and not before the instant *at*, that matches *pattern*.

    `NO_EVENT` if there is none, `DOUBT` where some event leaves open whether it matches.
    """
    event = block[code[FIRST] + pattern, b]
    if event < 0 or (event > place and log.at[event] >= at):
        return int(event)
    table = code[PATTERNS_AT] + pattern * code[PATTERN_WIDTH]
    for later in range(max(event, place) + 1, block[END, b]):
        kind = log.kinds[later]
        if (
            log.at[later] >= at
            and code[table + TYPES_FROM + (kind & (PARTIAL_KIND - 1))]
            and not (code[table + WHOLE] and kind >= PARTIAL_KIND)
            and (len(log.attributes) == 0 or look(code, log.attributes[later], table))
        ):
            return later
    return NO_EVENT


def end(code: Numbers, log: Log, block: Numbers, row: int, size: int) -> None:
    """Find when the `until` and the waiver of *row* happened after its trigger; where that is open, so is the row."""
    for b in range(size):
        block[ENDED, b] = NONE
        block[WAIVED, b] = NONE
    if code[row + UNTIL] == code[row + UNTIL_END] and code[row + WAIVED_BY] == code[row + WAIVED_END]:
        return
    for b in range(size):
        place = block[OCCURRENCE + PLACE, b] if code[row + HAS_UPON] else -1
        if code[row + HAS_UPON] and block[OCCURRENCE + REF, b] == NO_EVENT:
            continue
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
