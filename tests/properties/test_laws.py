"""Laws L1 to L10 and L12 on every packaged policy and on small ones that hold what those lack."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policyengine.api import Case, evaluate
from policyengine.engine.question import EVALUATORS
from policyengine.loading.case import read_cases_text
from policyengine.loading.library import packaged_policies
from policyengine.loading.policy import load_policy
from policyengine.loading.yaml_nodes import Source
from policyengine.temporal.instant import DAY, Instant
from policyengine.temporal.zone import Zone
from policyengine.testing import laws, strategies
from policyengine.testing.names import used_facts
from policyengine.testing.rendering import canonical
from tests.support.durable import needs_durable
from tests.support.evaluators import on_each

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hypothesis.strategies import SearchStrategy

    from policyengine.model.case import FactValue
    from policyengine.model.policy import Policy
    from policyengine.testing.strategies import Question

ROOT = Path(__file__).parents[2]
GOOD = ROOT / "tests" / "policies" / "good"
SMALL = {path.stem: path for path in sorted(GOOD.glob("*.yaml")) if path.stem != "sample"}  # its vocabulary is missing
PATHS = {**packaged_policies(), **SMALL}

ANSWERS = """
import sys, random
from pathlib import Path
from policyengine.api import evaluate
from policyengine.loading.policy import load_policy
from policyengine.testing.rendering import canonical
from tests.support.examination import random_case
for path in sys.argv[1:]:
    policy, chance = load_policy(Path(path)), random.Random(1)
    cases = [random_case(policy, chance) for _ in range(10)]
    print([canonical(evaluate(policy, each, as_of="2026-01-01T00:00:00Z")) for each in cases])
"""

every_policy = pytest.mark.parametrize("subject", PATHS, indirect=True)
# What a law costs does not grow with the number of policies.
fair_share = settings(max_examples=settings().max_examples * 2 // len(PATHS) + 1)


class Subject(NamedTuple):
    """A policy and the questions about it; made once, since that takes longer than to answer one."""

    policy: Policy
    questions: SearchStrategy[Question]
    instants: SearchStrategy[Instant]
    values: Mapping[str, SearchStrategy[FactValue]]

    def __repr__(self) -> str:
        return self.policy.id


@cache
def made(name: str) -> Subject:
    policy = load_policy(PATHS[name])
    values = {fact: strategies.fact_values(policy, fact) for fact in policy.vocabulary.facts}
    return Subject(policy, strategies.questions(policy), strategies.instants(policy), values)


@pytest.fixture(scope="session")
def subject(request: pytest.FixtureRequest) -> Subject:
    return made(request.param)


@every_policy
@fair_share
@given(st.data())
def test_l1_the_same_question_has_the_same_answer(subject: Subject, data: st.DataObject) -> None:
    on_each(laws.law_deterministic, subject.policy, *data.draw(subject.questions))


def test_l1_no_process_hashes_its_way_to_another_answer() -> None:
    assert _answers("1") == _answers("2")


def _answers(seed: str) -> str:
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    done = subprocess.run(
        [sys.executable, "-c", ANSWERS, *map(str, SMALL.values())],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    assert len(done.stdout.splitlines()) == len(SMALL)
    return done.stdout


@every_policy
@fair_share
@given(st.data())
def test_l2_later_events_change_nothing(subject: Subject, data: st.DataObject) -> None:
    on_each(laws.law_prefix, subject.policy, *data.draw(subject.questions))


@every_policy
@fair_share
@given(st.data())
def test_l3_the_order_of_recording_changes_nothing(subject: Subject, data: st.DataObject) -> None:
    question = data.draw(subject.questions)
    order = data.draw(st.permutations(range(len(question.case.events))))
    on_each(laws.law_recording_order, subject.policy, *question, order=order)


@every_policy
@fair_share
@given(st.data(), st.integers(-14 * 60, 14 * 60))
def test_l4_another_zone_changes_nothing(subject: Subject, data: st.DataObject, minutes: int) -> None:
    on_each(laws.law_other_zone, subject.policy, *data.draw(subject.questions), minutes=minutes)


@every_policy
@fair_share
@given(st.data())
def test_l4_a_file_without_offsets_changes_nothing(subject: Subject, data: st.DataObject) -> None:
    case, as_of, chosen = data.draw(subject.questions)
    cases, faults = read_cases_text(Source("case.json", written(case, Zone("Asia/Shanghai"))))
    assert faults == ()
    for evaluator in EVALUATORS:
        ask = partial(evaluate, subject.policy, as_of=as_of, readings=chosen, evaluator=evaluator)
        assert canonical(ask(case)) == canonical(ask(cases[0]))


def written(case: Case, zone: Zone) -> str:
    events = [
        {
            "id": each.id,
            "type": each.type,
            "at": zone.local(each.at).replace(tzinfo=None).isoformat(),
            "sets": dict(each.sets),
            "to": each.to,
            "attributes": dict(each.attributes),
            **({} if each.by is None else {"by": each.by}),
            **({"partial": True} if each.partial else {}),
        }
        for each in case.events
    ]
    file = {"case": case.id, "scope": case.scope, "time_zone": zone.name, "facts": dict(case.facts), "events": events}
    until = case.known_until
    known = {} if until is None else {"known_until": zone.local(until).replace(tzinfo=None).isoformat()}
    return json.dumps({**file, **known}, ensure_ascii=False)


@every_policy
@fair_share
@given(st.data())
def test_l5_events_that_nothing_names_change_nothing(subject: Subject, data: st.DataObject) -> None:
    question = data.draw(subject.questions)
    moments = [event.at for event in question.case.events]
    at = data.draw(st.sampled_from([*moments, question.as_of]) | subject.instants)
    on_each(laws.law_irrelevant_event, subject.policy, *question, at=at)


@every_policy
@fair_share
@given(st.data())
def test_l6_violations_stay(subject: Subject, data: st.DataObject) -> None:
    question = data.draw(subject.questions)
    soon = st.integers(0, 40 * DAY).map(question.as_of.plus)
    moments = st.sampled_from([question.as_of, *(event.at for event in question.case.events)])
    later = max(question.as_of, data.draw(soon | moments | subject.instants))
    on_each(laws.law_violations_persist, subject.policy, *question, later=later)


@every_policy
@fair_share
@given(st.data())
def test_l7_no_limit_precedes_its_anchor(subject: Subject, data: st.DataObject) -> None:
    on_each(laws.law_limit_after_anchor, subject.policy, *data.draw(subject.questions))


@every_policy
@fair_share
@given(st.data(), st.integers(-400 * DAY, 400 * DAY))
def test_l8_exact_hours_move_with_the_log(subject: Subject, data: st.DataObject, micros: int) -> None:
    on_each(laws.law_shift, subject.policy, *data.draw(subject.questions), micros=micros)


@every_policy
@fair_share
@given(st.data())
def test_l9_every_evaluator_gives_one_answer(subject: Subject, data: st.DataObject) -> None:
    laws.law_evaluators_agree(subject.policy, *data.draw(subject.questions))


@needs_durable
@every_policy
@fair_share
@given(st.data())
def test_l9_both_matchers_give_one_answer(subject: Subject, data: st.DataObject) -> None:
    laws.law_matchers_agree(subject.policy, *data.draw(subject.questions))


@every_policy
def test_l10_what_is_dumped_loads_as_it_was(subject: Subject) -> None:
    laws.law_dump(subject.policy, beside=GOOD)


@every_policy
@fair_share
@given(st.data())
def test_l12_a_missing_value_only_settles(subject: Subject, data: st.DataObject) -> None:
    asked = [name for name in used_facts(subject.policy) if name not in subject.policy.header.presume]
    open_ = data.draw(st.lists(st.sampled_from(asked), max_size=4)) if asked else []
    question = strategies.left_open(data.draw(subject.questions), open_)
    give = {name: data.draw(subject.values[name]) for name in open_}
    on_each(laws.law_unknown_settles, subject.policy, *question, give=give)
