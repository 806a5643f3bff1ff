"""The machine: it lives through cases of every kind, and each of its invariants catches an engine that breaks it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, run_state_machine_as_test

import policyengine as pe
from policyengine.model.assessment import Status
from policyengine.testing import stateful, strategies
from policyengine.testing.logs import Entry, entries
from policyengine.testing.moments import Step, steps

if TYPE_CHECKING:
    from collections.abc import Callable

    from policyengine.model.assessment import Assessment, Duty
    from policyengine.model.policy import Policy

GOOD = Path(__file__).parents[2] / "policies" / "good"
START = pe.Instant.parse("2025-05-06T10:00:00Z")
MACHINE = stateful.machine(pe.load(GOOD / "regrading.yaml"))
few = settings(
    max_examples=8,
    stateful_step_count=8,
    deadline=None,
    database=None,
    suppress_health_check=tuple(HealthCheck),
    phases=(Phase.generate, Phase.shrink),
)


@pytest.mark.parametrize("name", ["regrading", "outcomes", "recurring", "prohibitions", "tables"])
def test_what_holds_on_the_way(name: str) -> None:
    run_state_machine_as_test(stateful.machine(pe.load(GOOD / f"{name}.yaml")), settings=few)


@settings(few, max_examples=4)
@given(st.data())
def test_what_holds_under_generated_policies(data: st.DataObject) -> None:
    policy = data.draw(POLICIES)
    machine = stateful.machine(policy)()
    machine.begin({}, data.draw(strategies.instants(policy)))
    for _ in range(3):
        machine.record(data.draw(entries(policy)))
        machine.all_is_well()
        machine.wait(data.draw(steps(policy)))
        machine.all_is_well()


POLICIES = strategies.policies(pe.load("changzhi").vocabulary)


def test_the_scope_and_the_options_are_kept() -> None:
    policy = pe.load("changzhi")
    kind = stateful.machine(policy, readings={"in_principle": "both"}, scope="agency")
    machine = kind()
    machine.begin({}, START)
    assert machine.case.scope == "agency"
    assert {each.reading: each.option for each in machine.answer.readings}["in_principle"] == "both"
    assert kind.__name__ == "ChangzhiEnergyBureau"


class Broken:
    """An engine that answers well and then changes every row of the one provision, as it sees fit."""

    def __init__(self, change: Callable[[Duty, Assessment, pe.Case], Duty | None]) -> None:
        self.change = change

    def __call__(self, policy: Policy, case: pe.Case, **asked: object) -> Assessment:
        answer: Assessment = pe.evaluate(policy, case, **asked)  # type: ignore[call-overload]
        rows = [self.change(each, answer, case) for each in answer.duties]
        return replace(answer, duties=tuple(each for each in rows if each is not None))


def owing_what_is_done(duty: Duty, _answer: Assessment, _case: pe.Case) -> Duty:
    return replace(duty, owed=True) if duty.status is Status.FULFILLED else duty


def forgetting(duty: Duty, _answer: Assessment, _case: pe.Case) -> Duty:
    return replace(duty, owed=False) if duty.status is Status.ACTIVE else duty


def dawdling(duty: Duty, _answer: Assessment, _case: pe.Case) -> Duty:
    if duty.status is not Status.OVERDUE or duty.limit is None:
        return duty
    return replace(duty, status=Status.ACTIVE, owed=True)


def forgiving(duty: Duty, answer: Assessment, _case: pe.Case) -> Duty:
    return replace(duty, violated_at=None) if answer.as_of >= START.plus(200 * HOURS) else duty


def losing(duty: Duty, answer: Assessment, _case: pe.Case) -> Duty | None:
    return None if answer.as_of >= START.plus(200 * HOURS) else duty


def reopening(duty: Duty, answer: Assessment, _case: pe.Case) -> Duty:
    done = duty.status is Status.FULFILLED and answer.as_of >= START.plus(200 * HOURS)
    return replace(duty, performed=None) if done else duty


def hindsight(duty: Duty, _answer: Assessment, case: pe.Case) -> Duty:
    return replace(duty, wording=str(len(case.events)))


HOURS = 3_600_000_000
SIMPLE = """
policy: simple
title: {zh: 一, en: one}
vocabulary: public-sentiment
time_zone: UTC
calendar: always
versions: [{in_force: {}}]
roles: {anybody: {title: {zh: 人, en: anybody}}}
provisions:
  - id: soon
    title: {zh: 一, en: soon}
    clause: "B:1"
    bearer: anybody
    must: publish
    upon: detected
    deadline: {within: {hours: 24}}
source:
  title: {zh: 一, en: one}
  clauses:
    "B:1": {number: "1", digest: "0000000000000001", says: {zh: 一, en: one}, provisions: [soon]}
"""


@pytest.mark.parametrize(
    ("change", "acts", "words"),
    [
        pytest.param(owing_what_is_done, True, "required although it is not owed: soon", id="owing what is done"),
        pytest.param(forgetting, False, "active and not required: soon", id="forgetting what is owed"),
        pytest.param(dawdling, False, "the next limit has passed", id="a next limit that has passed"),
        pytest.param(forgiving, False, r"soon: \('overdue', None, '2025-05-07T10:00:00.000001Z'\)", id="forgiving"),
        pytest.param(losing, False, r"soon: .* became \('no duty',\)", id="losing a violation"),
        pytest.param(reopening, True, r"soon: \('fulfilled', '2025-05-06T10:00:00Z', None\)", id="reopening"),
        pytest.param(hindsight, False, "what was known at 2025-05-07T16:00:00Z has changed", id="hindsight"),
    ],
)
def test_each_invariant_catches_who_breaks_it(
    change: Callable[[Duty, Assessment, pe.Case], Duty | None],
    acts: bool,
    words: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    policy = pe.load(SIMPLE)
    monkeypatch.setattr(stateful, "evaluate", Broken(change))
    machine = stateful.machine(policy)()
    with pytest.raises(AssertionError, match=words) as caught:
        live(machine, acts=acts)
    (note,) = caught.value.__notes__
    text = note.partition("\n\n")[2]
    assert note.startswith("To be saved as simple-stateful.yaml:")
    assert pe.Case.from_text(text).events == machine.case.events


def live(machine: stateful.CaseMachine, *, acts: bool) -> None:
    """Let something be detected, and perhaps performed; then let days pass, and record something else."""
    machine.begin({}, START)
    machine.all_is_well()
    for name in ("detected", *(["publish"] if acts else [])):
        machine.record(happening(name))
    for hours in (1, 30, 200):
        machine.as_of = START.plus(hours * HOURS)
        machine.all_is_well()
    machine.record(happening("closed"))
    machine.wait(Step(0, None, HOURS))
    machine.all_is_well()


def happening(name: str) -> Entry:
    return Entry(Step(0, None, 0), name, None, (), {}, {}, partial=False, twice=False)


def test_an_engine_that_works_lives_through_the_same() -> None:
    live(stateful.machine(pe.load(SIMPLE))(), acts=True)


def test_the_case_is_written_where_that_is_asked_for(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(stateful, "evaluate", Broken(forgetting))
    with pytest.raises(AssertionError) as caught:
        live(stateful.machine(pe.load(SIMPLE), witness=tmp_path)(), acts=False)
    assert caught.value.__notes__[0].startswith(
        f"Saved as {tmp_path / 'simple-stateful.yaml'}\n  policyengine evaluate"
    )
    assert pe.Case.from_yaml(tmp_path / "simple-stateful.yaml").events[0].type == "detected"


def test_invariants_of_ones_own() -> None:
    class Mine(MACHINE):  # type: ignore[misc, valid-type]
        @invariant()
        def nothing_ever_happens(self) -> None:
            assert not self.case.events

    with pytest.raises(AssertionError):
        run_state_machine_as_test(Mine, settings=settings(few, max_examples=20))
