"""Conditions as short programs over codes, run for all cases of a block at once (S9)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policyengine.engine.columns.coding import Coding, Kind
from policyengine.engine.reference.conditions import same

if TYPE_CHECKING:
    from policyengine.model.condition import Condition, FactTest
    from policyengine.model.vocabulary import Vocabulary

TEST, CONTAINS, AND, OR, NOT, ALWAYS = range(6)
"""What one step does: `TEST` (row of the fact, codes for true, codes for false) and `CONTAINS` (row, bit) push a
truth, as does `ALWAYS`; the others combine what was pushed last."""

Step = tuple[int, int, int, int]

CODES = 62
"""How many codes a single value may have, and how many values a list: bits of a signed word, two kept for lacks."""
MANY_VALUES = 30
"""How many values of a list are told apart: bits of a code of 32 bits, less the sign."""


@dataclass(slots=True)
class Programs:
    """The programs of one layout, each once.

    Args:
        vocabulary: the policy's.
        codings: by fact, how it is coded; a fact's row is its place.
        codes: the codes of the event types.
        found: the programs; a condition is named by its place.
        awaited: sets of event types whose having happened is asked; each has a row behind those of the facts.
    """

    vocabulary: Vocabulary
    codings: Mapping[str, Coding]
    codes: Mapping[str, int]
    found: list[tuple[Step, ...]] = field(default_factory=list)
    awaited: list[tuple[int, ...]] = field(default_factory=list)

    def condition(self, when: Condition | None, unless: Condition | None = None) -> int:
        """Return the program for *when* and not *unless*."""
        steps = list(self._steps(when)) if when is not None else [(ALWAYS, 0, 0, 0)]
        if unless is not None:
            steps += [*self._steps(unless), (NOT, 0, 0, 0), (AND, 0, 0, 0)]
        program = tuple(steps)
        if program not in self.found:
            self.found.append(program)
        return self.found.index(program)

    def facts(self, *conditions: Condition | None) -> int:
        """Return the rows of the facts that *conditions* ask, as bits."""
        names = {name for each in conditions if each is not None for name in each.facts_asked()}
        rows = {name: row for row, name in enumerate(self.codings)}
        return sum(1 << rows[name] for name in names)

    def deepest(self) -> int:
        """Return how many truths wait at most while a program runs."""
        return max((_depth(each) for each in self.found), default=1)

    def _steps(self, condition: Condition) -> Iterator[Step]:
        parts = [list(self._test(test)) for test in condition.facts]
        parts += [list(self._steps(each)) for each in condition.all_ or ()]
        if condition.any_ is not None:
            parts.append(list(_joined([list(self._steps(each)) for each in condition.any_], OR)))
        if condition.not_ is not None:
            parts.append([*self._steps(condition.not_), (NOT, 0, 0, 0)])
        if condition.happened is not None:
            parts.append([(TEST, self._happened(condition.happened), 0b10, 0b01)])
        yield from _joined(parts, AND) if parts else [(ALWAYS, 0, 0, 0)]

    def _happened(self, names: tuple[str, ...]) -> int:
        types = tuple(sorted({self.codes[kind] for name in names for kind in self.vocabulary.kinds(name)}))
        if types not in self.awaited:
            self.awaited.append(types)
        return len(self.codings) + self.awaited.index(types)

    def _test(self, test: FactTest) -> Iterator[Step]:
        coding = self.codings[test.fact]
        row = list(self.codings).index(test.fact)
        if coding.kind is Kind.MANY:
            place = next(place for place, each in enumerate(coding.values) if same(each, test.contains))
            yield CONTAINS, row, place, 0
            return
        every = range(coding.size)
        true = sum(1 << code for code in every if passes(test, coding, code))
        yield TEST, row, true, sum(1 << code for code in every) - true


def passes(test: FactTest, coding: Coding, code: int) -> bool:
    """Tell whether a value of *code* passes *test*, which asks for single values."""
    asked = [each for each in (None if test.contains is None else (test.contains,), test.one_of) if each is not None]
    if not all(code in {coding.code(each) for each in values} for values in asked):
        return False
    compare = {"at_least": code.__ge__, "at_most": code.__le__, "more_than": code.__gt__, "less_than": code.__lt__}
    return all(compare[name](coding.code(bound)) for name, bound in test.orders())


def _joined(parts: list[list[Step]], step: int) -> Iterator[Step]:
    for place, part in enumerate(parts):
        yield from part
        if place:
            yield step, 0, 0, 0


def _depth(program: tuple[Step, ...]) -> int:
    waiting = most = 0
    for step, *_ in program:
        waiting += {AND: -1, OR: -1, NOT: 0}.get(step, 1)
        most = max(most, waiting)
    return most
