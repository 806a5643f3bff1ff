"""Two grades that come to the same."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from policyengine.checks.lint.conditions import tests_of

if TYPE_CHECKING:
    from policyengine.checks.lint.source import Found, LintSource
    from policyengine.model.condition import FactTest

CODE = "PE725"


def check(source: LintSource) -> Iterator[Found]:
    """Yield the grades that no test tells from the grade below; a grading that nothing asks about is a mere table."""
    vocabulary = source.policy.vocabulary
    for place, grading in enumerate(source.policy.header.severities):
        scale = vocabulary.values(vocabulary.facts[grading.fact]) or ()
        tests = tests_of(source, grading.fact)
        for index, (lower, higher) in enumerate(pairwise(grading.grades), start=1):
            told_apart = {_answers(tests, value, scale) for value in (*lower.reference, *higher.reference)}
            if tests and len(told_apart) == 1:
                path = ("severities", place, "grades", index, "id")
                yield source.found(CODE, higher.id, path, grade=higher.id, other=lower.id)


def _answers(tests: tuple[FactTest, ...], value: str, scale: tuple[str, ...]) -> tuple[bool, ...]:
    return tuple(_holds(each, value, scale) for each in tests)


def _holds(test: FactTest, value: str, scale: tuple[str, ...]) -> bool:
    rank = scale.index
    return (
        (test.one_of is None or value in test.one_of)
        and (test.at_least is None or rank(value) >= rank(test.at_least))
        and (test.at_most is None or rank(value) <= rank(test.at_most))
        and (test.more_than is None or rank(value) > rank(test.more_than))
        and (test.less_than is None or rank(value) < rank(test.less_than))
    )
