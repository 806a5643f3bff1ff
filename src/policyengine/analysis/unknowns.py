"""What a record can hold, as unknowns of a solver: facts of every type, and the events that happened."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from policyengine.analysis.numbers import between
from policyengine.engine.matcher import Record
from policyengine.model.frozen import FrozenMap

if TYPE_CHECKING:
    from policyengine.analysis.solver import Formula, Logic, Solution, Term, Told
    from policyengine.model.base import Atom
    from policyengine.model.case import FactValue
    from policyengine.model.condition import FactTest
    from policyengine.model.vocabulary import Vocabulary

_ORDER: MappingProxyType[str, Callable[[Any, Any], Any]] = MappingProxyType(
    {"at_least": operator.ge, "at_most": operator.le, "more_than": operator.gt, "less_than": operator.lt}
)


class Unknowns:
    """The facts and events of any record, each an unknown from the moment that it is first asked about.

    Tests are taken to be as the loader lets them through: orders are asked of ordered facts, `contains` of lists.
    """

    def __init__(self, logic: Logic, vocabulary: Vocabulary, given: Mapping[str, FactValue]) -> None:
        """Take the facts that are *given* as settled; one that is ``None`` is not known."""
        self._logic = logic
        self._vocabulary = vocabulary
        self._given = given
        self._facts: dict[str, _Flag | _Choice | _Number | _List] = {}
        self._happened: dict[str, Formula] = {}

    def known(self, name: str) -> bool:
        """Tell whether the record knows the fact *name*."""
        return name not in self._given or self._given[name] is not None

    def asked(self, test: FactTest) -> Told:
        """Return the truth of *test* on the record."""
        if test.fact in self._given:
            return self.told(test, self._given[test.fact])
        if test.fact not in self._facts:
            self._facts[test.fact] = self._unknown(test.fact)
        fact = self._facts[test.fact]
        parts = [] if test.contains is None else [fact.has(test.contains)]
        parts += [] if test.one_of is None else [self._logic.any(fact.has(each) for each in test.one_of)]
        if isinstance(fact, _Choice | _Number):
            parts += [fact.compared(order, bound) for order, bound in test.orders()]
        return self._logic.settled(self._logic.all(parts))

    def told(self, test: FactTest, value: FactValue) -> Told:
        """Return the truth of *test* where its fact is *value*, whatever the record says; unknown if it is ``None``."""
        if value is None:
            return self._logic.unknown()
        return self._logic.settled(self._logic.constant(_passes(test, value, self._named(test.fact))))

    def happened(self, names: Iterable[str]) -> Told:
        """Return whether an event of one of the types *names*, or of a kind of them, has happened."""
        kinds = dict.fromkeys(kind for name in names for kind in self._vocabulary.kinds(name))
        flags = [self._happened.setdefault(kind, self._logic.flag(f"happened:{kind}")) for kind in kinds]
        return self._logic.settled(self._logic.any(flags))

    def bounds(self) -> Iterator[Formula]:
        """Yield what holds of every record, when all has been asked."""
        for each in self._facts.values():
            if isinstance(each, _Choice | _Number):
                yield from each.bounds()

    def record(self, solution: Solution) -> Record:
        """Return the record of *solution*: what is given, and every fact that was asked about."""
        values = {name: each.value(solution) for name, each in self._facts.items()}
        happened = frozenset(kind for kind, flag in self._happened.items() if solution.holds(flag))
        return Record(FrozenMap({**self._given, **values}), happened)

    def _unknown(self, name: str) -> _Flag | _Choice | _Number | _List:
        kind = self._vocabulary.facts[name]
        if kind.many:
            return _List(self._logic, name)
        if kind.type == "boolean":
            return _Flag(self._logic, name)
        return _Number(self._logic, name) if kind.type == "number" else _Choice(self._logic, name, self._named(name))

    def _named(self, name: str) -> tuple[Atom, ...] | None:
        return self._vocabulary.values(self._vocabulary.facts[name])


def _passes(test: FactTest, value: FactValue, named: Sequence[Atom] | None) -> bool:
    """Tell whether a known *value* passes *test*; *named* are the values of its scale, if it has one."""
    held = value if isinstance(value, tuple) else (value,)
    if test.contains is not None and not any(_same(each, test.contains) for each in held):
        return False
    if test.one_of is not None and not any(_same(value, each) for each in test.one_of):
        return False
    rank: Callable[[Any], Any] = named.index if named is not None else Fraction
    return all(_ORDER[order](rank(value), rank(bound)) for order, bound in test.orders())


def _same(one: FactValue, other: Atom) -> bool:
    return isinstance(one, bool) is isinstance(other, bool) and one == other


class _Flag:
    """A fact that is true or false."""

    def __init__(self, logic: Logic, name: str) -> None:
        self._logic = logic
        self._flag = logic.flag(f"fact:{name}")

    def has(self, value: Atom) -> Formula:
        """Return when the fact is *value*."""
        return self._flag if value else self._logic.not_(self._flag)

    def value(self, solution: Solution) -> bool:
        return solution.holds(self._flag)


class _Choice:
    """A fact with named values, in their order, or a text: one of those that are asked for, or another."""

    def __init__(self, logic: Logic, name: str, named: Sequence[Atom] | None) -> None:
        self._place = logic.whole(f"fact:{name}")
        self._values = [*(named or ())]
        self._free = named is None

    def has(self, value: Atom) -> Formula:
        """Return when the fact is *value*."""
        if self._free and value not in self._values:
            self._values.append(value)
        return self._place == self._values.index(value)

    def compared(self, order: str, bound: Atom) -> Formula:
        """Return when the fact stands to *bound* as *order* says."""
        formula: Formula = _ORDER[order](self._place, self._values.index(bound))
        return formula

    def bounds(self) -> Iterator[Formula]:
        """Yield what holds of every value, when all has been asked."""
        yield self._place >= 0
        yield self._place < len(self._values) + self._free

    def value(self, solution: Solution) -> Atom:
        place = solution.whole(self._place)
        return self._values[place] if place < len(self._values) else self._other()

    def _other(self) -> str:
        other = "-"
        while other in self._values:
            other += "-"
        return other


class _Number:
    """A number: any real one, apart from stretches between those asked for in which a file can write none."""

    def __init__(self, logic: Logic, name: str) -> None:
        self._logic = logic
        self._number = logic.real(f"fact:{name}")
        self._asked: dict[Fraction, int | float] = {}

    def has(self, value: Atom) -> Formula:
        """Return when the fact is *value*."""
        return self._number == self._bound(value)

    def compared(self, order: str, bound: Atom) -> Formula:
        """Return when the fact stands to *bound* as *order* says."""
        formula: Formula = _ORDER[order](self._number, self._bound(bound))
        return formula

    def bounds(self) -> Iterator[Formula]:
        """Yield what holds of every value, when all has been asked."""
        for low, high in pairwise(sorted(self._asked)):
            if between(low, high) is None:
                ends = (self._number <= self._logic.number(low), self._number >= self._logic.number(high))
                yield self._logic.any(ends)

    def value(self, solution: Solution) -> int | float:
        found = solution.fraction(self._number)
        if found in self._asked:
            return self._asked[found]
        low = max((each for each in self._asked if each < found), default=None)
        high = min((each for each in self._asked if each > found), default=None)
        number = between(low, high)
        if number is None:
            raise AssertionError(f"a solution has a number between {low} and {high}")
        return number

    def _bound(self, value: Any) -> Term:  # noqa: ANN401 - a number, as the loader has checked
        exact = Fraction(value)
        self._asked.setdefault(exact, value)
        return self._logic.number(exact)


class _List:
    """A list: it contains each of the values that are asked for, or does not."""

    def __init__(self, logic: Logic, name: str) -> None:
        self._logic = logic
        self._name = name
        self._contents: dict[Atom, Formula] = {}

    def has(self, value: Atom) -> Formula:
        """Return when the list contains *value*."""
        return self._contents.setdefault(value, self._logic.flag(f"fact:{self._name}:{len(self._contents)}"))

    def value(self, solution: Solution) -> tuple[Atom, ...]:
        return tuple(value for value, flag in self._contents.items() if solution.holds(flag))
