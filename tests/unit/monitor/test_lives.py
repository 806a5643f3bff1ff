"""A monitor says after every step what fresh evaluations say, whatever happens, under any policy."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import run_state_machine_as_test

import policyengine as pe
from policyengine.testing import strategies
from policyengine.testing.logs import entries, triggering
from policyengine.testing.moments import steps
from tests.unit.monitor.lives import NAMES, PLACES, few, machine

GOOD = Path(__file__).parents[2] / "policies" / "good"
ALL = (*sorted(path.stem for path in GOOD.glob("*.yaml") if path.stem != "sample"), *pe.packaged())
POLICIES = strategies.policies(pe.load("changzhi").vocabulary)


def _load(name: str) -> pe.Policy:
    path = GOOD / f"{name}.yaml"
    return pe.load(path if path.exists() else name)


@pytest.mark.parametrize("name", ALL)
def test_every_step_is_as_a_fresh_evaluation_has_it(name: str) -> None:
    run_state_machine_as_test(machine(_load(name)), settings=settings(few, max_examples=4, stateful_step_count=10))


@settings(few, max_examples=8)
@given(st.data())
def test_every_step_under_generated_policies(data: st.DataObject) -> None:
    policy = data.draw(POLICIES)
    found = machine(policy)()
    found.begin(data.draw(strategies.instants(policy)))
    found.open("a", data.draw(strategies.facts(policy)), None)
    first, later, waiting = triggering(policy), entries(policy), steps(policy)
    for _ in range(4):
        found.record(data.draw(NAMES), data.draw(first | later))
        found.all_is_well()  # type: ignore[attr-defined]
        if any(case.events for case in found.cases.values()) and data.draw(st.booleans()):
            found.correct(found.one(0), data.draw(PLACES), data.draw(later))  # type: ignore[attr-defined]
        found.wait(data.draw(waiting))
        found.all_is_well()  # type: ignore[attr-defined]
        found.hear()
        found.restart()
        found.wait_for_change()
        found.all_is_well()  # type: ignore[attr-defined]
