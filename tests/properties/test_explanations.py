"""Every explanation says what the answer says: on all worked cases, on generated cases, on generated policies."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import policyengine as pe
from policyengine.loading.library import packaged_policies
from policyengine.loading.vocabulary import read_words
from policyengine.model.assessment import NO_DUTY
from policyengine.report.explanation.schema import explanation_schema
from policyengine.testing import strategies
from policyengine.wording import LANGUAGES
from tests.support.cases import Example, examples, policy_named
from tests.support.explanations import problems

if TYPE_CHECKING:
    from hypothesis.strategies import DataObject, SearchStrategy

    from policyengine.model.policy import Policy
    from policyengine.testing.strategies import Question

GOOD = Path(__file__).parents[1] / "policies" / "good"
VOCABULARY = "workshop"
VALIDATOR = jsonschema.Draft202012Validator(explanation_schema())


@cache
def generated() -> SearchStrategy[Policy]:
    words, faults = read_words(GOOD / "vocabulary" / f"{VOCABULARY}.yaml")
    assert words is not None, faults
    return strategies.policies(words.vocabulary, beside=GOOD)


def hold(policy: Policy, question: Question, duty: pe.Duty, answer: pe.Assessment) -> None:
    found = pe.explain(
        policy,
        question.case,
        duty.provision,
        as_of=question.as_of,
        instance=duty.instance,
        readings=question.readings,
    )
    assert problems(found, answer, duty) == []
    VALIDATOR.validate(json.loads(found.json()))
    for lang in LANGUAGES:
        assert found.text(lang).endswith("\n")
        assert max(map(len, found.text(lang, width=40).splitlines())) <= 40


@pytest.mark.parametrize("example", tuple(examples()), ids=lambda each: each.name)
def test_of_every_duty_of_a_worked_case(example: Example) -> None:
    policies = tuple(map(policy_named, example.case.policies))
    for answer, policy, chosen in zip(example.answers(), policies, example.chosen, strict=True):
        told = [each for each in answer.duties if each.status not in NO_DUTY]
        for duty in (*told, *[each for each in answer.duties if each.status in NO_DUTY][:2]):
            found = pe.explain(
                policy,
                example.case,
                duty.provision,
                as_of=example.case.as_of,
                instance=duty.instance,
                readings=chosen,
                beside=policies,
            )
            assert problems(found, answer, duty) == [], duty.provision


@pytest.mark.parametrize("name", sorted(packaged_policies()))
@settings(deadline=None)
@given(data=st.data())
def test_of_any_duty_of_any_case(name: str, data: DataObject) -> None:
    policy = policy_named(name)
    question = data.draw(strategies.questions(policy))
    answer = pe.evaluate(policy, question.case, as_of=question.as_of, readings=question.readings)
    hold(policy, question, data.draw(st.sampled_from(answer.duties)), answer)


@settings(deadline=None)
@given(data=st.data())
def test_of_any_duty_of_any_policy(data: DataObject) -> None:
    policy = data.draw(generated())
    question = data.draw(strategies.questions(policy))
    answer = pe.evaluate(policy, question.case, as_of=question.as_of, readings=question.readings)
    if answer.duties:
        hold(policy, question, data.draw(st.sampled_from(answer.duties)), answer)
