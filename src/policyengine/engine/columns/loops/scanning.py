"""The first pass over a block: which events match first, and the facts along time (S5, S8, S24)."""

# ruff: noqa: C901, PLR0917 - every call costs compiled code time, and takes what it works on

from __future__ import annotations

from typing import TYPE_CHECKING

from policyengine.engine.columns.chunk import NO_EVENT, NONE, PARTIAL
from policyengine.engine.columns.clock import FIRST_INSTANT, LAST_INSTANT
from policyengine.engine.columns.coding import UNSTATED
from policyengine.engine.columns.loops.block import (
    CHANGED,
    DECLINED,
    DOUBT,
    END,
    FAR,
    KNOWN,
    LAST_MOMENT,
    MOMENTS,
    RAISED,
    STARTS,
    UNCLEAR,
)
from policyengine.engine.columns.program import (
    ANY,
    AWAITED_AT,
    AWAITS_ANY,
    FACT_COUNT,
    FACT_ROWS,
    FACTS_AT,
    FIRST,
    FIRST_AT,
    LACK,
    LOSSY,
    NO_PATTERN,
    PATTERN_COUNT,
    PATTERN_WIDTH,
    PATTERNS_AT,
    PLAIN_AT,
    TEST_WIDTH,
    TESTS_FROM,
    TESTS_TO,
    TYPES_AT,
    VALUES,
    WHOLE,
)

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from policyengine.engine.columns.loops.block import Facts, Log

    Numbers = npt.NDArray[np.int64]


def scan(code: Numbers, log: Log, facts: Facts, block: Numbers, base: int, size: int) -> None:
    """Look through the events of the *size* cases from *base* on: from the last one back, so that the first stands."""
    first, first_at, plain_at, count = code[FIRST], code[FIRST_AT], code[PLAIN_AT], code[PATTERN_COUNT]
    block[first : first + count, :size] = NO_EVENT
    block[first_at : first_at + count, :size] = FAR
    for b in range(size):
        i = base + b
        seen_until, start, stop = log.as_of[i], log.offsets[i], log.offsets[i + 1]
        block[DECLINED, b] = facts.awkward[i] or seen_until < FIRST_INSTANT or seen_until >= LAST_INSTANT
        if start < stop and log.at[start] < FIRST_INSTANT:
            block[DECLINED, b] = 1
        while start < stop and log.at[stop - 1] > seen_until:
            stop -= 1
        block[END, b] = stop
        for place in range(stop - 1, start - 1, -1):
            plain = code[plain_at + log.types[place]]
            if plain >= 0 and not log.flags[place]:
                block[first + plain, b] = place
                block[first_at + plain, b] = log.at[place]
            elif plain != NO_PATTERN:
                meet(code, log, block, place, b)


def meet(code: Numbers, log: Log, block: Numbers, place: int, b: int) -> None:
    """Note the event at *place* for each pattern that it matches, or may match, which is not forgotten."""
    kind = code[TYPES_AT] + log.types[place]
    for k in range(code[kind], code[kind + 1]):
        row, row_at = code[FIRST] + code[k], code[FIRST_AT] + code[k]
        pattern = code[PATTERNS_AT] + code[k] * code[PATTERN_WIDTH]
        if block[row, b] == DOUBT or (code[pattern + WHOLE] and log.flags[place] & PARTIAL):
            continue
        found = 1
        if code[pattern + TESTS_FROM] != code[pattern + TESTS_TO]:
            found = look(code, log.attributes[place], pattern)
        if found:
            block[row, b] = DOUBT if found == DOUBT else place
            block[row_at, b] = log.at[place]


def look(code: Numbers, attributes: int, pattern: int) -> int:
    """Return whether an event with these *attributes* passes the tests of *pattern*: 1, 0, or `DOUBT`."""
    found = 1
    for k in range(code[pattern + TESTS_FROM], code[pattern + TESTS_TO], TEST_WIDTH):
        if not attributes & code[k + ANY]:
            if not attributes & code[k + LACK]:
                return 0
            found = DOUBT
    return found


def initial(code: Numbers, facts: Facts, block: Numbers, base: int, size: int) -> None:
    """Write down the facts as they stand at the beginning."""
    block[LAST_MOMENT, :size] = 0
    block[STARTS, :size] = NONE
    for fact in range(code[FACT_COUNT]):
        values, given, presumed = block[code[VALUES] + fact], facts.initial[fact], code[code[FACTS_AT] + fact]
        for b in range(size):
            value = given[base + b]
            values[b] = presumed if value == UNSTATED else value
    for row in range(code[FACT_COUNT], code[FACT_ROWS]):
        block[code[VALUES] + row, :size] = 0


def lay_out(code: Numbers, log: Log, facts: Facts, block: Numbers, base: int, size: int) -> None:
    """Lay the facts out along time for the cases in which events set any, or something happens that conditions ask."""
    for b in range(size):
        i = base + b
        changing = code[AWAITS_ANY] or facts.offsets[i] < facts.offsets[i + 1]
        if changing and not block[DECLINED, b]:
            follow(code, log, facts, block, i, b)
            settle(code, log, facts, block, i, b)


def follow(code: Numbers, log: Log, facts: Facts, block: Numbers, i: int, b: int) -> None:
    """Go through the events of case *i* that set facts or are awaited, and note the moments."""
    width, k, stop = code[FACT_ROWS], facts.offsets[i], facts.offsets[i + 1]
    block[KNOWN, b] = 0
    for fact in range(code[FACT_COUNT]):
        if facts.initial[fact, i] >= 0:
            block[KNOWN, b] |= 1 << fact
    for place in range(log.offsets[i], block[END, b]):
        kind = code[AWAITED_AT] + log.types[place]
        sets = k < stop and facts.event[k] == place
        if not sets and code[kind] == code[kind + 1]:
            continue
        moment = block[LAST_MOMENT, b]
        if block[STARTS + moment, b] != log.at[place]:
            if moment + 1 == MOMENTS:
                block[DECLINED, b] = 1
                return
            moment += 1
            block[LAST_MOMENT, b] = moment
            block[STARTS + moment, b] = log.at[place]
            block[KNOWN + moment, b] = block[KNOWN + moment - 1, b]
            block[CHANGED + moment, b] = 0
            block[RAISED + moment, b] = 0
            block[UNCLEAR + moment, b] = 0
            for row in range(code[VALUES] + moment * width, code[VALUES] + moment * width + width):
                block[row, b] = block[row - width, b]
        values = code[VALUES] + moment * width
        for j in range(code[kind], code[kind + 1]):
            block[values + code[FACT_COUNT] + code[j], b] = 1
        while k < stop and facts.event[k] == place:
            bit = 1 << facts.fact[k]
            block[values + facts.fact[k], b] = facts.code[k]
            block[KNOWN + moment, b] |= bit
            if facts.code[k] < 0:
                block[KNOWN + moment, b] ^= bit
            k += 1


def settle(code: Numbers, log: Log, facts: Facts, block: Numbers, i: int, b: int) -> None:
    """Give unknown spans the value that ends them, then note which known facts change when (S8, S26)."""
    width, last = code[FACT_ROWS], block[LAST_MOMENT, b]
    for again in range(2):
        k = facts.offsets[i]
        while k < facts.offsets[i + 1] and facts.event[k] < block[END, b]:
            fact, at = facts.fact[k], log.at[facts.event[k]]
            bit = 1 << fact
            for moment in range(last, 0, -1):
                before = code[VALUES] + (moment - 1) * width + fact
                if not again:
                    if block[before, b] < 0:
                        block[before, b] = block[before + width, b]
                        block[KNOWN + moment - 1, b] |= block[KNOWN + moment, b] & bit
                elif block[STARTS + moment, b] == at and block[KNOWN + moment - 1, b] & block[KNOWN + moment, b] & bit:
                    if block[before, b] != block[before + width, b]:
                        block[CHANGED + moment, b] |= bit
                        if block[before + width, b] > block[before, b]:
                            block[RAISED + moment, b] |= bit
                    elif code[LOSSY] & bit:
                        block[UNCLEAR + moment, b] |= bit
            k += 1
