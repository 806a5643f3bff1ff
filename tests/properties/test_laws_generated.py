"""Every law on generated policies: nothing of an answer rests on how our own regulations happen to be written."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import policyengine as pe
from policyengine.loading.vocabulary import read_words
from policyengine.temporal.instant import DAY
from policyengine.testing import laws, strategies
from policyengine.testing.names import used_facts, values_of
from tests.support.durable import needs_durable
from tests.support.evaluators import on_each

if TYPE_CHECKING:
    from collections.abc import Callable

    from hypothesis.strategies import DataObject, SearchStrategy

    from policyengine.model.policy import Policy
    from policyengine.testing.strategies import Question

GOOD = Path(__file__).parents[1] / "policies" / "good"
QUESTIONS = 3  # about each policy: to make one takes longer than to answer one
VOCABULARIES = {"workshop": GOOD, "public-sentiment": Path(__file__).parents[2] / "policies"}


@cache
def policies(name: str) -> SearchStrategy[Policy]:
    words, faults = read_words(VOCABULARIES[name] / "vocabulary" / f"{name}.yaml")
    assert words is not None, faults
    return strategies.policies(words.vocabulary, beside=VOCABULARIES[name])


def in_any_order(policy: Policy, question: Question, data: DataObject) -> None:
    order = data.draw(st.permutations(range(len(question.case.events))))
    on_each(laws.law_recording_order, policy, *question, order=order)


def in_any_zone(policy: Policy, question: Question, data: DataObject) -> None:
    on_each(laws.law_other_zone, policy, *question, minutes=data.draw(st.integers(-14 * 60, 14 * 60)))


def with_irrelevant_events(policy: Policy, question: Question, data: DataObject) -> None:
    moments = [question.as_of, *(event.at for event in question.case.events)]
    at = data.draw(st.sampled_from(moments) | strategies.instants(policy))
    on_each(laws.law_irrelevant_event, policy, *question, at=at)


def at_any_later_time(policy: Policy, question: Question, data: DataObject) -> None:
    soon = st.integers(0, 40 * DAY).map(question.as_of.plus)
    moments = st.sampled_from([question.as_of, *(event.at for event in question.case.events)])
    later = max(question.as_of, data.draw(soon | moments))
    on_each(laws.law_violations_persist, policy, *question, later=later)


def at_any_other_time(policy: Policy, question: Question, data: DataObject) -> None:
    on_each(laws.law_shift, policy, *question, micros=data.draw(st.integers(-400 * DAY, 400 * DAY)))


def with_more_facts(policy: Policy, question: Question, data: DataObject) -> None:
    asked = used_facts(policy)
    open_ = [name for name in asked if name not in policy.header.presume and not data.draw(st.booleans())]
    give = {name: data.draw(st.sampled_from(values_of(policy, name))) for name in open_ if not data.draw(st.booleans())}
    on_each(laws.law_unknown_settles, policy, *strategies.left_open(question, open_), give=give)


LAWS: dict[str, Callable[[Policy, Question, DataObject], None]] = {
    "l1": lambda policy, question, _: on_each(laws.law_deterministic, policy, *question),
    "l2": lambda policy, question, _: on_each(laws.law_prefix, policy, *question),
    "l3": in_any_order,
    "l4": in_any_zone,
    "l5": with_irrelevant_events,
    "l6": at_any_later_time,
    "l7": lambda policy, question, _: on_each(laws.law_limit_after_anchor, policy, *question),
    "l8": at_any_other_time,
    "l9": lambda policy, question, _: laws.law_evaluators_agree(policy, *question),
    "l12": with_more_facts,
}
every_vocabulary = pytest.mark.parametrize("vocabulary", VOCABULARIES)


@every_vocabulary
@pytest.mark.parametrize("law", LAWS)
@given(st.data())
def test_laws(vocabulary: str, law: str, data: DataObject) -> None:
    policy = data.draw(policies(vocabulary))
    questions = strategies.questions(policy)
    for _ in range(QUESTIONS):
        LAWS[law](policy, data.draw(questions), data)


@needs_durable
@every_vocabulary
@settings(max_examples=settings().max_examples // 2)
@given(st.data())
def test_l9_both_matchers_give_one_answer(vocabulary: str, data: DataObject) -> None:
    policy = data.draw(policies(vocabulary))
    laws.law_matchers_agree(policy, *data.draw(strategies.questions(policy)))


@every_vocabulary
@given(st.data())
def test_l10_what_is_dumped_loads_as_it_was(vocabulary: str, data: DataObject) -> None:
    laws.law_dump(data.draw(policies(vocabulary)), beside=VOCABULARIES[vocabulary])


@every_vocabulary
@given(st.data())
def test_every_row_has_a_name_of_its_own(vocabulary: str, data: DataObject) -> None:
    policy = data.draw(policies(vocabulary))
    case, as_of, chosen = data.draw(strategies.questions(policy))
    names = [(each.provision, each.instance) for each in pe.evaluate(policy, case, as_of=as_of, readings=chosen).duties]
    assert len(names) == len(set(names))
