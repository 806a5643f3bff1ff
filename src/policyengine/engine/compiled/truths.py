"""Conditions as functions: asked once for what they mean, then called many times (S9)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from policyengine.engine.reference.conditions import same
from policyengine.model.condition import Condition, FactTest, Truth

if TYPE_CHECKING:
    from policyengine.model.base import Atom
    from policyengine.model.case import FactValue
    from policyengine.model.vocabulary import Vocabulary

NO, OPEN, YES = -1, 0, 1
"""Kleene's three values as numbers: a conjunction is their least, a disjunction their greatest, a negation the sign."""

TRUTHS = (Truth.UNKNOWN, Truth.TRUE, Truth.FALSE)
"""The reference's words for them, to be looked up by number: `TRUTHS[NO]` is the last."""

Values = Mapping[str, "FactValue"]
Happened = Callable[[tuple[str, ...]], bool]
"""Whether any event of the types has happened by the instant asked about."""
Asked = Callable[[Values, Happened], int]


def asked(condition: Condition, vocabulary: Vocabulary) -> Asked:
    """Return *condition* as a function of the facts' values and of what has happened; a complete log is assumed."""
    parts = [_test(each, vocabulary) for each in condition.facts]
    parts += [asked(each, vocabulary) for each in condition.all_ or ()]
    if condition.any_ is not None:
        parts.append(_any([asked(each, vocabulary) for each in condition.any_]))
    if condition.not_ is not None:
        parts.append(_not(asked(condition.not_, vocabulary)))
    if condition.happened is not None:
        kinds = tuple(dict.fromkeys(kind for name in condition.happened for kind in vocabulary.kinds(name)))
        parts.append(_has_happened(kinds))
    if len(parts) == 1:
        return parts[0]
    return _all(parts)


def _all(parts: list[Asked]) -> Asked:
    def every(values: Values, happened: Happened) -> int:
        return min((part(values, happened) for part in parts), default=YES)

    return every


def _any(parts: list[Asked]) -> Asked:
    def some(values: Values, happened: Happened) -> int:
        return max(part(values, happened) for part in parts)

    return some


def _not(part: Asked) -> Asked:
    def opposite(values: Values, happened: Happened) -> int:
        return -part(values, happened)

    return opposite


def _has_happened(kinds: tuple[str, ...]) -> Asked:
    def found(_values: Values, happened: Happened) -> int:
        return YES if happened(kinds) else NO

    return found


def _test(test: FactTest, vocabulary: Vocabulary) -> Asked:
    name, answers = test.fact, _answers(test, vocabulary)

    def tested(values: Values, _happened: Happened) -> int:
        value = values.get(name)
        if value is None:
            return OPEN
        return YES if all(answer(value) for answer in answers) else NO

    return tested


def _answers(test: FactTest, vocabulary: Vocabulary) -> list[Callable[[Any], bool]]:
    kind = vocabulary.facts.get(test.fact)
    answers: list[Callable[[Any], bool]] = []
    if test.contains is not None:
        answers.append(_contains(test.contains))
    if test.one_of is not None:
        answers.append(_one_of(test.one_of))
    if kind is not None:
        ranks = {each: rank for rank, each in enumerate(vocabulary.values(kind) or ())}
        answers += [_ordered(name, ranks, bound) for name, bound in test.orders()]
    return answers


def _contains(wanted: Atom) -> Callable[[Any], bool]:
    return lambda value: any(same(each, wanted) for each in (value if isinstance(value, tuple) else (value,)))


def _one_of(wanted: tuple[Atom, ...]) -> Callable[[Any], bool]:
    return lambda value: any(same(value, each) for each in wanted)


def _ordered(name: str, ranks: Mapping[str, int], bound: Any) -> Callable[[Any], bool]:  # noqa: ANN401 - a fact's value
    """Return the comparison *name* with *bound*, by place on the scale or by number; a list has no order (S9)."""
    limit = ranks[str(bound)] if ranks else bound
    compare: dict[str, Callable[[Any, Any], bool]] = {
        "at_least": lambda value, least: bool(value >= least),
        "at_most": lambda value, most: bool(value <= most),
        "more_than": lambda value, less: bool(value > less),
        "less_than": lambda value, more: bool(value < more),
    }
    holds = compare[name]
    if ranks:
        return lambda value: isinstance(value, tuple) or holds(ranks[value], limit)
    return lambda value: isinstance(value, tuple) or holds(value, limit)
