"""When a duty is in force, in each of its worlds (S6, S8, S12, S13, S25, S26)."""

# ruff: noqa: C901, PLR0913, PLR0917 - every call costs compiled code time, and takes what it works on

from __future__ import annotations

from typing import TYPE_CHECKING

from policyengine.engine.columns.chunk import NO_EVENT, NONE
from policyengine.engine.columns.loops.block import (
    AFRESH,
    AT,
    CHANGED,
    DECLINED,
    DONE,
    ENDED,
    IN_DOUBT,
    LAST_MOMENT,
    LIVES_ON,
    OCCURRENCE,
    OPEN,
    RAISED,
    REF,
    SINCE,
    STARTS,
    STRETCHED,
    STRETCHES,
    UNCLEAR,
    UNTIL_WHEN,
    WAIVED,
    WORLDS,
)
from policyengine.engine.columns.program import (
    CAPPED,
    CONDITION,
    DOWN,
    FACTS,
    FALSE,
    FROZEN,
    HAS_LENGTH,
    HAS_UPON,
    LIFE_FROM,
    LIFE_TO,
    LIMIT_BITS,
    ORDERED,
    OTHER,
    RESTART,
    TRUE,
    UP,
)
from policyengine.temporal.instant import FIRST_MICROS

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Numbers = npt.NDArray[np.int64]

FOREVER = (1 << 63) - 1
"""An end that does not come."""

BOTH = 2
"""Worlds: in one what is unknown is true, in the other it is false."""

NO_RULE, DECLINE = -1, -2
"""What a change of facts can come to besides one of the rules for regrading."""


def live(code: Numbers, as_of: Numbers, block: Numbers, size: int, row: int, world: int) -> int:
    """Find the stretches in a *world*; in the first, also whether the duty has to be looked at in another.

    In the first world what is unknown since the trigger is true, in the second it is false (S13). *as_of* are the
    instants of the block's cases. Returns how many cases have another world.
    """
    condition, upon = code[row + CONDITION], code[row + HAS_UPON] == 1
    more = 0
    for b in range(size):
        if block[DONE, b]:
            continue
        if world == 0:
            declined = block[DECLINED, b] or block[OCCURRENCE + IN_DOUBT, b] or block[code[LIMIT_BITS], b] & OPEN
            block[WORLDS, b] = 0 if declined else 1
        if block[WORLDS, b] <= world:
            continue
        block[STRETCHED, b] = 0
        block[LIVES_ON + world, b] = 0
        if upon and (block[OCCURRENCE + REF, b] == NO_EVENT or not in_force(code, as_of[b], block, row, b)):
            continue
        start = block[OCCURRENCE + AT, b] if upon else FIRST_MICROS
        moment = moment_of(block, start, b)
        true = block[code[TRUE] + condition, b]
        known = true | block[code[FALSE] + condition, b]
        unknown = ((1 << (block[LAST_MOMENT, b] + 1)) - 1) & ~known & (-1 << moment)
        if unknown and world == 0:
            block[WORLDS, b] = BOTH
            more += 1
            true |= unknown
        enter(code, as_of[b], block, row, true, start, world, b)
    return more


def in_force(code: Numbers, as_of: int, block: Numbers, row: int, b: int) -> bool:
    """Tell whether the version and the provision are in force at the trigger, or without one at `as_of` (S6)."""
    judged_at = block[OCCURRENCE + AT, b] if code[row + HAS_UPON] == 1 else as_of
    return bool(code[row + LIFE_FROM] <= judged_at < code[row + LIFE_TO])


def moment_of(block: Numbers, at: int, b: int) -> int:
    """Return the moment that holds at an instant."""
    moment = block[LAST_MOMENT, b]
    while moment > 0 and block[STARTS + moment, b] > at:
        moment -= 1
    return int(moment)


def enter(code: Numbers, as_of: int, block: Numbers, row: int, true: int, start: int, world: int, b: int) -> None:
    """Write down the stretches of one world, and whether a waiver took anything away in it (S25)."""
    ended = FOREVER if block[ENDED, b] == NONE else block[ENDED, b]
    waived = FOREVER if block[WAIVED, b] == NONE else block[WAIVED, b]
    moment = moment_of(block, start, b)
    rest = ((1 << (block[LAST_MOMENT, b] + 1)) - 1) >> moment
    always = code[row + HAS_UPON] == 1 or (code[row + LIFE_FROM] == NONE and code[row + LIFE_TO] == FOREVER)
    if always and (true >> moment) & rest in (0, rest):
        if true >> moment:
            block[LIVES_ON + world, b] = waived < ended
            if start < min(ended, waived):
                block[SINCE, b] = start
                block[UNTIL_WHEN, b] = min(ended, waived)
                block[AFRESH, b] = 0
                block[STRETCHED, b] = 1
        return
    if waived < ended:
        walk(code, as_of, block, row, true, start, ended, b)
        for k in range(block[STRETCHED, b]):
            if block[UNTIL_WHEN + k, b] > waived:
                block[LIVES_ON + world, b] = 1
    walk(code, as_of, block, row, true, start, min(ended, waived), b)


def walk(code: Numbers, as_of: int, block: Numbers, row: int, true: int, start: int, stop: int, b: int) -> None:
    """Go from change to change, of facts and of the provision's own life; stretches end at *stop* at the latest."""
    found, since, afresh, at, moment = 0, NONE, 0, start, moment_of(block, start, b)
    upon, life_from, life_to = code[row + HAS_UPON] == 1, code[row + LIFE_FROM], code[row + LIFE_TO]
    while at <= as_of and at < stop:
        holds = (true >> moment) & 1 == 1 and (upon or life_from <= at < life_to)
        if holds != (since != NONE):
            rule = NO_RULE if at == start else regrading(code, block, row, moment, at, b)
            if rule == DECLINE or found == STRETCHES - 1 or (rule == FROZEN and block[WORLDS, b] == BOTH):
                block[WORLDS, b] = 0
                return
            if rule != FROZEN:
                if since != NONE:
                    block[SINCE + found, b] = since
                    block[UNTIL_WHEN + found, b] = at
                    block[AFRESH + found, b] = afresh
                    found += 1
                since = at if holds else NONE
                afresh = 1 if holds and (rule in (CAPPED, RESTART)) else 0
                if afresh and code[row + HAS_LENGTH]:
                    block[WORLDS, b] = 0
                    return
        later = block[STARTS + moment + 1, b] if moment < block[LAST_MOMENT, b] else FOREVER
        if not upon and at < life_from:
            later = min(later, life_from)
        if not upon and at < life_to:
            later = min(later, life_to)
        if later == FOREVER:
            break
        if moment < block[LAST_MOMENT, b] and block[STARTS + moment + 1, b] == later:
            moment += 1
        at = later
    if since != NONE and since < stop:
        block[SINCE + found, b] = since
        block[UNTIL_WHEN + found, b] = stop
        block[AFRESH + found, b] = afresh
        found += 1
    block[STRETCHED, b] = found


def regrading(code: Numbers, block: Numbers, row: int, moment: int, at: int, b: int) -> int:
    """Return the rule for a change at an instant: that of the one known fact that changed, if one did (S26).

    Where several changed at once, which of them was decisive is left to the evaluator of single cases.
    """
    if block[STARTS + moment, b] != at:
        return NO_RULE
    changed = block[CHANGED + moment, b] & code[row + FACTS]
    if block[UNCLEAR + moment, b] & code[row + FACTS] or changed & (changed - 1):
        return DECLINE
    if changed == 0:
        return NO_RULE
    if not changed & code[ORDERED]:
        return int(code[row + OTHER])
    return int(code[row + UP] if block[RAISED + moment, b] & changed else code[row + DOWN])
