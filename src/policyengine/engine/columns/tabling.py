"""From rows, patterns and programs to the one array of numbers that the loops run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from policyengine.engine.columns import program as at
from policyengine.engine.columns.loops.block import FIXED, MOMENTS

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from policyengine.engine.columns.rows import Rows


@dataclass(slots=True)
class _Array:
    """The array on the way: its head, and the parts behind it."""

    head: dict[int, int] = field(default_factory=dict)
    body: list[int] = field(default_factory=list)

    def put(self, where: int, numbers: Iterable[int]) -> None:
        """Add a part, and note in the head *where* it stands."""
        self.head[where] = at.HEAD_WIDTH + len(self.body)
        self.body += numbers

    def lists(self, where: int, lists: Sequence[Sequence[int]]) -> None:
        """Add lists of numbers: first where each begins, and where the last ends, then the numbers themselves."""
        start = at.HEAD_WIDTH + len(self.body) + len(lists) + 1
        starts = [start + sum(map(len, lists[:place])) for place in range(len(lists) + 1)]
        self.put(where, [*starts, *chain.from_iterable(lists)])


def tabled(rows: Rows, order: Sequence[int]) -> npt.NDArray[np.int64]:
    """Return everything that *rows* say as numbers; *order* is that in which they are judged."""
    import numpy as np

    found = _Array()
    _facts(found, rows)
    _patterns(found, rows)
    _conditions(found, rows)
    _rows(found, rows, order)
    _block(found, rows)
    return np.array([*(found.head[place] for place in range(at.HEAD_WIDTH)), *found.body], np.int64)


def _facts(found: _Array, rows: Rows) -> None:
    codings = tuple(rows.programs.codings.values())
    found.put(at.FACTS_AT, (each.presumed for each in codings))
    found.head[at.FACT_COUNT] = len(codings)
    found.head[at.FACT_ROWS] = len(codings) + len(rows.programs.awaited)
    found.head[at.ORDERED] = sum(1 << place for place, each in enumerate(codings) if each.ordered)
    found.head[at.LOSSY] = sum(1 << place for place, each in enumerate(codings) if each.lossy)


def _patterns(found: _Array, rows: Rows) -> None:
    patterns, awaited = rows.patterns.found, rows.programs.awaited
    types = range(len(rows.patterns.codes))
    matching = [[n for n, each in enumerate(patterns) if code in each.types] for code in types]
    found.lists(at.TYPES_AT, matching)
    found.put(at.PLAIN_AT, (_plain(rows, each) for each in matching))
    found.lists(at.AWAITED_AT, [[n for n, each in enumerate(awaited) if code in each] for code in types])
    found.head[at.AWAITS_ANY] = int(bool(awaited))
    found.put(at.TESTS_AT, (bits for each in patterns for test in each.tests for bits in (test.values, test.lack)))
    tables: list[int] = []
    first = found.head[at.TESTS_AT]
    for each in patterns:
        last = first + at.TEST_WIDTH * len(each.tests)
        tables += [int(each.whole), first, last, *(int(code in each.types) for code in types)]
        first = last
    found.put(at.PATTERNS_AT, tables)
    found.head[at.PATTERN_COUNT], found.head[at.PATTERN_WIDTH] = len(patterns), at.TYPES_FROM + len(types)


def _plain(rows: Rows, matching: Sequence[int]) -> int:
    """Return the one pattern of *matching*, if events match it by their type alone."""
    if not matching:
        return at.NO_PATTERN
    return at.LOOKED_UP if len(matching) > 1 or rows.patterns.found[matching[0]].tests else matching[0]


def _conditions(found: _Array, rows: Rows) -> None:
    steps = [
        (*step, number if place == len(program) - 1 else -1)
        for number, program in enumerate(rows.programs.found)
        for place, step in enumerate(program)
    ]
    found.put(at.STEPS_AT, chain.from_iterable(steps))
    found.head[at.STEP_COUNT] = len(steps)


def _rows(found: _Array, rows: Rows, order: Sequence[int]) -> None:
    numbered = ({**each, at.COUNTED_AS: number} for number, each in enumerate(rows.deadlines))
    deadlines = [[each.get(place, 0) for place in range(at.DEADLINE_WIDTH)] for each in numbered]
    found.head[at.COUNTS] = len(deadlines)
    found.put(at.HAPPENINGS_AT, chain.from_iterable(rows.happenings))
    found.put(at.DEADLINES_AT, chain.from_iterable(deadlines))
    found.put(at.BEARERS_AT, chain.from_iterable(rows.bearers))
    found.put(at.ORDER_AT, order)
    found.put(at.ROWS_AT, (row[place] for row in rows.found for place in range(at.ROW_WIDTH)))
    found.head[at.ROW_COUNT] = len(rows.found)


def _block(found: _Array, rows: Rows) -> None:
    """Note where the rows of a block begin whose number depends on the policy."""
    conditions, deepest = len(rows.programs.found), rows.programs.deepest()
    limits = len(rows.deadlines) + 1
    sizes = {
        at.FIRST: len(rows.patterns.found),
        at.FIRST_AT: len(rows.patterns.found),
        at.VALUES: MOMENTS * found.head[at.FACT_ROWS],
        at.TRUE: conditions,
        at.FALSE: conditions,
        at.WAITING_TRUE: deepest,
        at.WAITING_FALSE: deepest,
        at.LIMIT_DUE: limits,
        at.LIMIT_BITS: limits,
    }
    start = FIXED
    for place, size in sizes.items():
        found.head[place] = start
        start += size
    found.head[at.BLOCK_ROWS] = start
