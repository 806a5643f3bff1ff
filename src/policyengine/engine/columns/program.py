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
    PLAIN_UPON,
    PLAIN_END,
    LIMITED,
    BEFORE_FIRST,
    SWIFT,
    ROW_WIDTH,
) = range(30)

OBLIGATION, STANDING, PROHIBITION, PERMISSION = range(4)
"""`KIND`."""

CAPPED, RESTART, RETROACTIVE, FROZEN = range(4)
"""`UP`, `DOWN` and `OTHER`: what a limit counts from after a known fact changed (S26)."""

NO_LIMIT, FROM_TRIGGER, COUNTED, JOINED = range(4)
"""`LIMITED`: nothing to count; so much time from the trigger; by calendar from it; whatever else there is."""

EVENT, VIOLATED, PERFORMED, BREACHED = range(4)
"""The first number of a happening; the second is a pattern, or the row whose outcome is awaited."""

# A step of a deadline, which is a program of its own: singles push a limit, composites join the last few.
OP, OF, OF_END, WHEN, UNIT, LENGTH, FULL_HOUR, ROLL, CLOSE, LIMBS, COUNTED_AS, DEADLINE_WIDTH = range(12)

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
    PLAIN_AT,
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
    FIRST_AT,
    VALUES,
    TRUE,
    FALSE,
    WAITING_TRUE,
    WAITING_FALSE,
    LIMIT_DUE,
    LIMIT_BITS,
    BLOCK_ROWS,
    COUNTS,
    HEAD_WIDTH,
) = range(33)

WHOLE, TESTS_FROM, TESTS_TO, TYPES_FROM = range(4)
"""A pattern: whether partial acts do not match, its tests, then for each type whether it matches."""

NO_PATTERN, LOOKED_UP = -1, -2
"""Where there is a pattern in the plain case: there is none, or what there is has to be looked up.

From `PLAIN_AT` on stands for each type the one pattern that its events match whatever else they say; `PLAIN_UPON` is
the pattern that triggers a row, and `PLAIN_END` the one that ends it.
"""

ANY, LACK, TEST_WIDTH = range(3)
"""A test: the bits of which one is wanted, and the bit that says that none is known."""

STEP_WIDTH, HAPPENING_WIDTH, BEARER_WIDTH = 5, 2, 3
"""A step of a condition ends with the condition's number where it is the last one, else with -1."""
