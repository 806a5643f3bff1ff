"""What is generated is made as small as the property allows; fixed options stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings

import policyengine as pe
from policyengine.testing import strategies

if TYPE_CHECKING:
    from collections.abc import Callable

    from policyengine.model.assessment import Assessment
    from policyengine.testing.strategies import Question

POLICY = pe.load("changzhi")
searching = settings(
    max_examples=2000,
    database=None,
    derandomize=True,
    deadline=None,
    phases=(Phase.generate, Phase.shrink),
    suppress_health_check=tuple(HealthCheck),
)


def answered(question: Question) -> Assessment:
    return pe.evaluate(POLICY, question.case, as_of=question.as_of, readings=question.readings)


@pytest.mark.parametrize(
    ("wanted", "events"),
    [
        pytest.param(lambda answer: bool(answer.violations), 2, id="a violation"),
        pytest.param(lambda answer: any(each.performed for each in answer.duties), 2, id="a performance"),
    ],
)
def test_the_smallest_case(wanted: Callable[[Assessment], bool], events: int) -> None:
    found = find(strategies.questions(POLICY), lambda question: wanted(answered(question)), settings=searching)
    assert len(found.case.events) <= events
    assert found.case.scope == "case"
    assert sum(len(each.sets) for each in found.case.events) <= 1
    assert len(found.case.facts) <= 1


@settings(max_examples=20)
@given(strategies.questions(POLICY, fixed={"in_principle": "both"}))
def test_fixed_options_stay(question: Question) -> None:
    assert question.readings["in_principle"] == "both"
