"""What a fact can be, as far as conditions tell: cells of values that no test of them tells apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from policyengine.analysis.numbers import between
from policyengine.engine.matcher import Record
from policyengine.engine.reference.conditions import holds
from policyengine.model.condition import Condition
from policyengine.model.frozen import FrozenMap

if TYPE_CHECKING:
    from policyengine.model.base import Atom
    from policyengine.model.case import FactValue
    from policyengine.model.condition import FactTest, Truth
    from policyengine.model.vocabulary import FactType, Vocabulary

MOST_CONTENTS = 8
"""Of the values that a list may be asked to contain, so many are told apart in every combination."""


class TooManyContentsError(ValueError):
    """A list-valued fact of which too many values are asked for one by one."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Values of one fact that come to the same in every condition asked.

    Args:
        witness: one of them.
        values: all of them, where there are finitely many; those that stand for them otherwise.
        low, high: for a number, the ends of the stretch; ``None`` where it has none.
        low_in, high_in: whether the ends belong to it.
    """

    witness: FactValue
    values: tuple[FactValue, ...]
    low: float | None = None
    high: float | None = None
    low_in: bool = False
    high_in: bool = False


def cells(name: str, tests: Iterable[FactTest], vocabulary: Vocabulary) -> tuple[Cell, ...]:
    """Return the cells of the fact *name* that *tests* tell apart, in the order of its values.

    The values of a scale or a choice, and truth, are finite; numbers are split at those that a test compares with, and
    the stretches between them are whole cells; of texts all that nobody asks for are one cell; lists are told apart by
    which of the values that a test asks for they contain.

    Raises:
        TooManyContentsError: more than :data:`MOST_CONTENTS` values of a list are asked for.
    """
    own = tuple(dict.fromkeys(each for each in tests if each.fact == name))
    kind = vocabulary.facts[name]
    numbers = kind.type == "number" and not kind.many
    single = list(_stretches(own) if numbers else _points(kind, own, vocabulary))
    merged: list[Cell] = []
    answers: list[tuple[Truth, ...]] = []
    for each in single:
        answer = tuple(_asked(name, each.witness, test, vocabulary) for test in own)
        same = (len(answers) - 1 if answers and answers[-1] == answer else -1) if numbers else _place(answers, answer)
        if same < 0:
            merged.append(each)
            answers.append(answer)
        else:
            merged[same] = _joined(merged[same], each)
    return tuple(merged)


def _place(answers: Sequence[tuple[Truth, ...]], answer: tuple[Truth, ...]) -> int:
    return answers.index(answer) if answer in answers else -1


def _joined(one: Cell, other: Cell) -> Cell:
    return Cell(one.witness, (*one.values, *other.values), one.low, other.high, one.low_in, other.high_in)


def _asked(name: str, value: FactValue, test: FactTest, vocabulary: Vocabulary) -> Truth:
    return holds(Condition(facts=(test,)), Record(FrozenMap({name: value})), vocabulary)


def _points(kind: FactType, tests: Sequence[FactTest], vocabulary: Vocabulary) -> Iterator[Cell]:
    """Yield a cell for each value, or for each content of a list."""
    if kind.many:
        yield from (Cell(each, (each,)) for each in _contents(tests))
        return
    named = vocabulary.values(kind)
    values: tuple[Atom, ...] = (
        named if named is not None else (True, False) if kind.type == "boolean" else _texts(tests)
    )
    yield from (Cell(each, (each,)) for each in values)


def _texts(tests: Sequence[FactTest]) -> tuple[str, ...]:
    """Return the texts that are asked for, and one that is not."""
    asked = tuple(dict.fromkeys(str(each) for test in tests for each in test.one_of or ()))
    other = "-"
    while other in asked:
        other += "-"
    return (*asked, other)


def _contents(tests: Sequence[FactTest]) -> Iterator[tuple[Atom, ...]]:
    asked = tuple(dict.fromkeys(test.contains for test in tests if test.contains is not None))
    if len(asked) > MOST_CONTENTS:
        raise TooManyContentsError(
            f"{len(asked)} values of a list are asked for; at most {MOST_CONTENTS} are told apart"
        )
    for size in range(len(asked) + 1):
        yield from combinations(asked, size)


def _stretches(tests: Sequence[FactTest]) -> Iterator[Cell]:
    """Yield the numbers that are compared with, and the stretches between, below and above them."""
    asked = {bound for test in tests for _, bound in test.orders()}
    asked |= {value for test in tests for value in test.one_of or ()}
    numbers = sorted(each for each in asked if not isinstance(each, str))
    if not numbers:
        yield Cell(0, (0,))
        return
    for low, high in pairwise((None, *numbers, None)):
        if low is not None:
            yield Cell(low, (low,), low, low, low_in=True, high_in=True)
        inside = between(*(None if each is None else Fraction(each) for each in (low, high)))
        if inside is not None:  # else no number that a file can write lies there
            yield Cell(inside, (inside,), low, high)
