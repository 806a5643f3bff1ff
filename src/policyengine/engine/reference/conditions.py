"""Three-valued conditions (S9), written down as Kleene wrote them."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from policyengine.model.condition import Condition, FactTest, Truth

if TYPE_CHECKING:
    from policyengine.engine.matcher import Decisions, Record
    from policyengine.model.base import Atom
    from policyengine.model.case import FactValue
    from policyengine.model.vocabulary import Vocabulary

_ORDER: MappingProxyType[str, Callable[[Any, Any], bool]] = MappingProxyType(
    {"at_least": operator.ge, "at_most": operator.le, "more_than": operator.gt, "less_than": operator.lt}
)


class ReferenceMatcher:
    """The plain matcher: every condition asked of every record."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Read orders and kinds from *vocabulary*."""
        self._vocabulary = vocabulary

    def decide(self, conditions: Sequence[Condition], records: Sequence[Record]) -> Decisions:
        """Return for each condition its truth on each record."""
        return tuple(tuple(holds(each, record, self._vocabulary) for record in records) for each in conditions)


def holds(condition: Condition, record: Record, vocabulary: Vocabulary) -> Truth:
    """Return the truth of *condition* on *record*."""
    return conjunction(_conjuncts(condition, record, vocabulary))


def unknown_facts(condition: Condition, record: Record, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the facts that keep *condition* unknown on *record*; none when it is decided."""
    if holds(condition, record, vocabulary) is not Truth.UNKNOWN:
        return ()
    inner = (*(condition.all_ or ()), *(condition.any_ or ()), *((condition.not_,) if condition.not_ else ()))
    names = [test.fact for test in condition.facts if record.values.get(test.fact) is None]
    names += [name for each in inner for name in unknown_facts(each, record, vocabulary)]
    return tuple(dict.fromkeys(names))


def _conjuncts(condition: Condition, record: Record, vocabulary: Vocabulary) -> Iterator[Truth]:
    for test in condition.facts:
        yield _asked(test, record.values.get(test.fact), vocabulary)
    for each in condition.all_ or ():
        yield holds(each, record, vocabulary)
    if condition.any_ is not None:
        yield disjunction(holds(each, record, vocabulary) for each in condition.any_)
    if condition.not_ is not None:
        yield negation(holds(condition.not_, record, vocabulary))
    if condition.happened is not None:
        asked = {kind for name in condition.happened for kind in vocabulary.kinds(name)}
        missing = Truth.FALSE if record.complete else Truth.UNKNOWN
        yield missing if asked.isdisjoint(record.happened) else Truth.TRUE


def conjunction(truths: Iterable[Truth]) -> Truth:
    """Return false if any is false, else unknown if any is unknown, else true."""
    found = set(truths)
    if Truth.FALSE in found:
        return Truth.FALSE
    return Truth.UNKNOWN if Truth.UNKNOWN in found else Truth.TRUE


def disjunction(truths: Iterable[Truth]) -> Truth:
    """Return true if any is true, else unknown if any is unknown, else false."""
    return negation(conjunction(negation(each) for each in truths))


def negation(truth: Truth) -> Truth:
    """Return the opposite; unknown stays unknown."""
    if truth is Truth.UNKNOWN:
        return truth
    return _truth(truth is Truth.FALSE)


def _asked(test: FactTest, value: FactValue, vocabulary: Vocabulary) -> Truth:
    if value is None:
        return Truth.UNKNOWN
    answers = []
    if test.contains is not None:
        answers.append(any(same(each, test.contains) for each in _items(value)))
    if test.one_of is not None:
        answers.append(any(same(value, each) for each in test.one_of))
    kind = vocabulary.facts.get(test.fact)
    for name, bound in test.orders():
        if kind is not None and not isinstance(value, tuple):
            answers.append(_ORDER[name](vocabulary.rank(kind, value), vocabulary.rank(kind, bound)))
    return _truth(all(answers))


def _items(value: FactValue) -> tuple[Atom, ...]:
    if isinstance(value, tuple):
        return value
    return () if value is None else (value,)


def same(one: FactValue, other: FactValue) -> bool:
    """Tell whether two values are equal without mixing types: `1`, `true` and `"1"` are three values."""
    return isinstance(one, bool) == isinstance(other, bool) and one == other


def _truth(answer: bool) -> Truth:  # noqa: FBT001 - the answer is the point
    return Truth.TRUE if answer else Truth.FALSE
