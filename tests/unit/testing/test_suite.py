"""`laws.suite`: a test for each law and policy, and of one that is broken the smallest case, as a file."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

import policyengine as pe
from policyengine.testing import laws, strategies
from policyengine.testing.suites import Manner, Subject
from policyengine.testing.trials import LAWS
from tests.support.command import run

if TYPE_CHECKING:
    from policyengine.model.assessment import Assessment
    from policyengine.model.policy import Policy

GOOD = Path(__file__).parents[2] / "policies" / "good"
PATH = GOOD / "prohibitions.yaml"
POLICY = pe.load(PATH)
PREFIX = "test_l2_later_events_change_nothing"

TestOne = laws.suite(POLICY, beside=GOOD, examples=5)
TestTwo = laws.suite(pe.load("changzhi"), pe.load("state-council-2016-61"), examples=2)
TestGenerated = laws.suite(strategies.policies(pe.load("changzhi").vocabulary), examples=2)


def broken(policy: Policy, case: pe.Case, *, as_of: pe.Instant, readings: dict[str, str]) -> Assessment:
    """Answer well, and then let every row tell of all events, those to come included."""
    answer = pe.evaluate(policy, case, as_of=as_of, readings=readings)
    rows = (replace(each, wording=str(len(case.events))) for each in answer.duties)
    return replace(answer, duties=tuple(rows))


def failure(monkeypatch: pytest.MonkeyPatch, tests: type, subject: Any) -> str:  # noqa: ANN401 - what a suite takes
    monkeypatch.setattr(laws, "evaluate", broken)
    with pytest.raises(AssertionError) as caught:
        getattr(tests(), PREFIX)(subject=Subject(subject))
    return "\n".join((str(caught.value), *caught.value.__notes__))


def test_there_is_a_test_for_every_law() -> None:
    names = [name for name in vars(TestOne) if name.startswith("test_")]
    assert [name.split("_")[1].upper() for name in names] == list(LAWS)
    assert list(LAWS) == [f"L{number}" for number in range(1, 13)]


def test_the_smallest_case_is_told_as_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    told = failure(monkeypatch, laws.suite(POLICY, examples=50), POLICY)
    assert told.startswith("L2: leaving out 1 later events changes the answer:\n")
    head, file = told.partition(f"To be saved as {POLICY.id}-l2.yaml:\n\n")[::2]
    assert head
    text = file.partition("\nFailing test case")[0]
    assert text.splitlines()[:2] == [
        "# L2: leaving out 1 later events changes the answer:",
        f"# policyengine evaluate {POLICY.id}-l2.yaml --policy {POLICY.id}.yaml",
    ]
    case = pe.Case.from_text(text)
    assert (len(case.events), dict(case.facts), case.policies) == (1, {}, ())
    assert case.as_of is not None
    with pytest.raises(AssertionError, match="L2"):
        laws.law_prefix(POLICY, case, case.as_of)
    assert [each.name for each in tmp_path.iterdir() if each.name != ".hypothesis"] == []


def test_the_case_is_written_where_that_is_asked_for(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    policy = pe.load("state-council-2016-61")
    told = failure(monkeypatch, laws.suite(policy, examples=50, witness=tmp_path / "cases"), policy)
    path = tmp_path / "cases" / f"{policy.id}-l2.yaml"
    assert f"Saved as {path}\n  policyengine evaluate {path}" in told
    assert pe.Case.from_yaml(path).policies == (policy.id,)
    judged = run("evaluate", path, cwd=tmp_path)
    assert (judged.returncode, judged.stderr) == (0, "")


def test_a_generated_policy_is_written_beside_its_case(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    only = st.just(pe.load("state-council-2016-61"))
    told = failure(monkeypatch, laws.suite(only, examples=50, witness=tmp_path), only)
    assert f"Saved as {tmp_path / 'generated.yaml'}" in told
    assert "Header(" not in told
    (case,) = tmp_path.glob("*-l2.yaml")
    assert run("evaluate", case, cwd=tmp_path.parent).returncode == 0


def test_chosen_options_hold_in_every_question(monkeypatch: pytest.MonkeyPatch) -> None:
    policy, seen = pe.load("changzhi"), []

    def noted(policy: Policy, case: pe.Case, *, as_of: pe.Instant, readings: dict[str, str]) -> Assessment:
        seen.append(readings["in_principle"])
        return pe.evaluate(policy, case, as_of=as_of, readings=readings)

    monkeypatch.setattr(laws, "evaluate", noted)
    tests = laws.suite(policy, readings={"in_principle": "both"}, examples=3)
    getattr(tests(), PREFIX)(subject=Subject(policy))
    assert set(seen) == {"both"}


@pytest.mark.parametrize("examples", [None, 7])
def test_the_profile_in_force_is_honoured(examples: int | None) -> None:
    found = Manner(examples, {}, None, None).settings()
    assert found.max_examples == (examples or settings().max_examples)
    assert found.derandomize == settings().derandomize
    assert (found.deadline, set(found.suppress_health_check)) == (None, set(HealthCheck))


@pytest.mark.parametrize(
    ("subjects", "words"),
    [
        pytest.param((), "on a policy at least", id="nothing"),
        pytest.param(("changzhi",), "has to be loaded before laws are tried on it, not 'changzhi'", id="an id"),
    ],
)
def test_what_is_no_policy(subjects: tuple[Any, ...], words: str) -> None:
    with pytest.raises(TypeError, match=words):
        laws.suite(*subjects)


def test_the_laws_themselves_need_no_hypothesis() -> None:
    script = """
import sys
sys.modules["hypothesis"] = None
import policyengine as pe
from policyengine.testing import laws
laws.law_as_strict_as_itself(pe.load("changzhi"))
try:
    laws.suite(pe.load("changzhi"))
except pe.MissingExtraError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, encoding="utf-8")
    assert done.stdout == "tests need Hypothesis and pytest: install `regulatory-duties[testing]`\n"
