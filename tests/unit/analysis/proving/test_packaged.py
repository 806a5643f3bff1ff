"""What is found in the packaged regulations, and that the reference shows all of it; likewise in generated policies."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import policyengine as pe
from policyengine.analysis.proving.finding import Chain
from policyengine.analysis.proving.proof import prove
from policyengine.analysis.proving.replay import shows
from policyengine.loading.vocabulary import read_words
from policyengine.testing import strategies
from tests.support.cases import policy_named

if TYPE_CHECKING:
    from hypothesis.strategies import DataObject, SearchStrategy

    from policyengine.analysis.proving.finding import Proof
    from policyengine.model.policy import Policy

GOOD = Path(__file__).parents[3] / "policies" / "good"
GRADES = "sentiment_severity"


@cache
def proof(name: str) -> Proof:
    return prove(policy_named(name))


FOUND: dict[str, list[tuple[str, ...]]] = {
    "anshan-public-resource-exchange": [],
    "changzhi-energy-bureau": [],
    "hubei-government-office": [
        ("overlapping_rows", "first_responsible"),
        ("overlapping_rows", "coordinator"),
        ("graver_later", "respond-territorially", "event_severity", "major", "extraordinary"),
    ],
    "meihekou-human-resources-bureau": [
        ("infeasible_limit", "authoritative-information"),
        ("infeasible_limit", "respond"),
    ],
    "state-council-2016-61": [("overlapping_rows", "responder")],
    "state-council-2016-80": [],
    "xincheng-petition-bureau": [],
}
STATED: dict[str, list[tuple[str, ...]]] = {
    "anshan-public-resource-exchange": [("middle-grades", "respond", GRADES, "larger", "major")],
    "xincheng-petition-bureau": [
        ("larger-without-limit", "notify-general", GRADES, "larger"),
        ("serious-not-negative-without-limit", "notify-general", GRADES, "major", "extraordinary"),
    ],
}


@pytest.mark.parametrize("name", pe.packaged())
def test_what_is_found_and_what_the_text_states_itself(name: str) -> None:
    found = proof(name)
    assert [(each.kind.value, *each.subjects) for each in found.findings] == FOUND[name]
    assert [(*each.stated, *each.subjects) for each in found.stated] == STATED.get(name, [])
    assert found.undecided == ()


@pytest.mark.parametrize("name", pe.packaged())
def test_the_reference_shows_everything(name: str) -> None:
    found = proof(name)
    for each in (*found.findings, *found.stated):
        assert shows(found.side, each), each.key
        assert each.clauses


def test_the_five_days_of_the_written_opinion_against_the_48_hours() -> None:
    finding = next(each for each in proof("meihekou-human-resources-bureau").findings if each.subjects == ("respond",))
    chain = finding.detail
    assert isinstance(chain, Chain)
    assert chain.always
    assert chain.announced_only
    assert [each.provision for each in chain.steps if each.within is not None] == ["written-report"]
    assert finding.reach is not None
    assert [(each.reading, each.option) for each in finding.reach.gone] == [("report_start", "response")]


def test_softened_to_in_principle_the_grave_case_of_changzhi_has_no_limit() -> None:
    policy = policy_named("changzhi-energy-bureau")
    found = prove(policy, readings={policy.id: {"in_principle": "both"}})
    assert [each.subjects for each in found.findings] == [("respond", "event_severity", "major", "extraordinary")]


VOCABULARIES = {"workshop": GOOD, "public-sentiment": Path(__file__).parents[4] / "policies"}


@cache
def generated(name: str) -> SearchStrategy[Policy]:
    words, faults = read_words(VOCABULARIES[name] / "vocabulary" / f"{name}.yaml")
    assert words is not None, faults
    return strategies.policies(words.vocabulary, beside=VOCABULARIES[name])


@pytest.mark.parametrize("vocabulary", VOCABULARIES)
@settings(max_examples=max(10, settings().max_examples // 5))
@given(st.data())
def test_whatever_the_policy_every_finding_is_shown(vocabulary: str, data: DataObject) -> None:
    found = prove(data.draw(generated(vocabulary)))
    for each in (*found.findings, *found.stated):
        assert shows(found.side, each), each.key
