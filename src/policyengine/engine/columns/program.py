"""The whole of a policy under its readings as one array of whole numbers, and where in it everything stands.

It begins with a head of `HEAD_WIDTH` numbers; a part with several of something has them one after the other.
"""

from __future__ import annotations

# What a row says of a provision.
(
    KIND,
    HAS_UPON,
    UPON,
    UPON_END,
    CONDITION,
    FACTS,
    ACT,
    UNTIL,
    UNTIL_END,
    UNTIL_ALL,
    WAIVED_BY,
    WAIVED_END,
    DEADLINE,
    DEADLINE_END,
    BEFORE,
    HAS_LENGTH,
    ALL_OF,
    UP,
    DOWN,
    OTHER,
    LIFE_FROM,
    LIFE_TO,
    BEARER,
    AWAITED,
    ROW_WIDTH,
) = range(25)

OBLIGATION, STANDING, PROHIBITION, PERMISSION = range(4)
"""`KIND`."""

CAPPED, RESTART, RETROACTIVE, FROZEN = range(4)
"""`UP`, `DOWN` and `OTHER`: what a limit counts from after a known fact changed (S26)."""

EVENT, VIOLATED, PERFORMED, BREACHED = range(4)
"""The first number of a happening; the second is a pattern, or the row whose outcome is awaited."""

# A step of a deadline, which is a program of its own: singles push a limit, composites join the last few.
OP, OF, OF_END, WHEN, UNIT, LENGTH, FULL_HOUR, ROLL, CLOSE, LIMBS, DEADLINE_WIDTH = range(11)

SINGLE, EARLIEST, LATEST = range(3)
"""`OP`."""

NO_LENGTH, ELAPSED, DAYS, WORKING_DAYS, MONTHS = range(5)
"""`UNIT`; `LENGTH` is in microseconds, days or months."""


# The head of a program: where its parts begin, and how large they are.
(
    FACTS_AT,
    FACT_COUNT,
    FACT_ROWS,
    ORDERED,
    LOSSY,
    TYPES_AT,
    AWAITED_AT,
    AWAITS_ANY,
    PATTERNS_AT,
    PATTERN_COUNT,
    PATTERN_WIDTH,
    TESTS_AT,
    STEPS_AT,
    STEP_COUNT,
    ROWS_AT,
    ROW_COUNT,
    ORDER_AT,
    HAPPENINGS_AT,
    DEADLINES_AT,
    BEARERS_AT,
    FIRST,
    VALUES,
    TRUE,
    FALSE,
    WAITING_TRUE,
    WAITING_FALSE,
    LIMIT_DUE,
    LIMIT_BITS,
    OUTCOMES,
    BLOCK_ROWS,
    HEAD_WIDTH,
) = range(31)

WHOLE, TESTS_FROM, TESTS_TO, TYPES_FROM = range(4)
"""A pattern: whether partial acts do not match, its tests, then for each type whether it matches."""

ANY, LACK, TEST_WIDTH = range(3)
"""A test: the bits of which one is wanted, and the bit that says that none is known."""

STEP_WIDTH, HAPPENING_WIDTH, BEARER_WIDTH = 5, 2, 3
"""A step of a condition ends with the condition's number where it is the last one, else with -1."""
