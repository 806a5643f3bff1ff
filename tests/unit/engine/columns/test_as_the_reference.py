"""What columns answer is what the reference answers; what they cannot answer exactly they leave (L9)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import policyengine as pe
from policyengine.engine.columns.judging import judged_by
from policyengine.engine.columns.loops.driving import drive
from policyengine.errors import CaseError
from policyengine.testing import strategies
from tests.support.cases import examples, policy_named
from tests.support.columns import compared

if TYPE_CHECKING:
    from policyengine.checks.examples.example import Ask
    from policyengine.engine.columns import Chunk, Judged, Layout
    from policyengine.model.case import Case
    from policyengine.temporal.instant import Instant

POLICIES = pe.packaged()
GENERATED = strategies.policies(policy_named("changzhi").vocabulary)
MOST_LEFT = 0.01
"""Of the rows of the worked cases; they were chosen for what is hard."""


def _plain(laid: Layout, chunk: Chunk) -> Judged:
    return judged_by(drive, laid, chunk)


def _same(policy: pe.Policy, question: strategies.Question) -> None:
    found = tuple(compared(policy, [(question.case, question.as_of)], question.readings, _plain))
    for provision, columns, reference in found:
        assert columns is None or columns == reference, provision


@pytest.mark.parametrize("name", POLICIES)
def test_packaged_policies(name: str) -> None:
    policy = policy_named(name)

    @settings(deadline=None, suppress_health_check=list(HealthCheck))
    @given(strategies.questions(policy, amended=True))
    def answers_are_the_same(question: strategies.Question) -> None:
        _same(policy, question)

    answers_are_the_same()


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_generated_policies(data: st.DataObject) -> None:
    policy = data.draw(GENERATED)
    _same(policy, data.draw(strategies.questions(policy, amended=True)))


def _worked() -> Iterator[tuple[str, Ask, pe.Policy, Mapping[str, str]]]:
    for example in examples():
        for ask in example.asks:
            for name in ask.policies:
                yield example.name, ask, example.bench.policies[name], ask.choose.get(name, {})


@pytest.mark.unmeasured
def test_worked_cases_are_answered_nearly_whole(record_property: Callable[[str, object], None]) -> None:
    counts: Counter[str] = Counter()
    for name, ask, policy, readings in _worked():
        try:
            found = tuple(compared(policy, [(ask.case, ask.as_of)], readings, _plain))
        except CaseError:
            continue  # several policies judge it, and it has names of one that another does not know
        for provision, columns, reference in found:
            counts["left" if columns is None else "answered"] += 1
            assert columns is None or columns == reference, (name, provision)
    share = counts["left"] / counts.total()
    record_property("left", f"{share:.3%} of {counts.total()}")
    assert share < MOST_LEFT


@pytest.mark.unmeasured
def test_cases_of_one_chunk_do_not_meddle() -> None:
    questions: dict[str, tuple[pe.Policy, list[tuple[Case, Instant]]]] = {}
    for _, ask, policy, readings in _worked():
        if not readings and ask.case.scope == "case":
            questions.setdefault(policy.id, (policy, []))[1].append((ask.case, ask.as_of))
    for policy, asked in questions.values():
        fitting = [each for each in asked if _fits(policy, each)]
        for provision, columns, reference in compared(policy, fitting, {}, _plain):
            assert columns is None or columns == reference, (policy.id, provision)


def _fits(policy: pe.Policy, question: tuple[Case, Instant]) -> bool:
    try:
        pe.evaluate(policy, question[0], as_of=question[1], evaluator="reference")
    except CaseError:
        return False
    return True
