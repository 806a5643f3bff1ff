"""What policies demand about an act, region by region."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from policyengine.analysis.demands import DifferentVocabulariesError, demands
from policyengine.engine.reference.conditions import holds
from policyengine.model.condition import Truth
from tests.support.cases import policy_named
from tests.support.lab import policy

if TYPE_CHECKING:
    from policyengine.analysis.demands import Demands
    from policyengine.engine.matcher import Record

CHANGZHI, HUBEI = policy_named("changzhi"), policy_named("hubei")
NO_61 = policy_named("state-council-2016-61")


def told(found: Demands) -> tuple[dict[str, list[object]], dict[str, list[str]]]:
    facts: dict[str, list[object]] = {
        name: [value for cell in cells for value in cell.values] for name, cells in found.region.facts
    }
    return facts, {name: [each.id for each in applying] for name, applying in found.provisions.items()}


LOW, GRAVE = ["none", "ordinary", "larger"], ["major", "extraordinary"]


def test_one_policy_by_the_grades_that_it_tells_apart() -> None:
    assert list(map(told, demands([CHANGZHI], "respond"))) == [
        ({"event_severity": LOW}, {CHANGZHI.id: ["respond"]}),
        ({"event_severity": GRAVE}, {CHANGZHI.id: ["press-conference"]}),
    ]


def test_two_policies_side_by_side_only_by_facts_that_matter() -> None:
    assert list(map(told, demands([HUBEI, NO_61], "hold_press_conference"))) == [
        ({"event_severity": LOW}, {HUBEI.id: [], NO_61.id: []}),
        ({"event_severity": GRAVE}, {HUBEI.id: ["press-conference"], NO_61.id: ["press-conference"]}),
    ]


def test_another_reading_has_other_regions() -> None:
    anywhere = demands([CHANGZHI], "hold_press_conference", {CHANGZHI.id: {"grave_paragraph": "any_sentiment"}})
    assert list(map(told, anywhere)) == [({}, {CHANGZHI.id: ["press-conference"]})]


def test_exceptions_and_defeaters_take_a_region_away() -> None:
    loaded = policy(
        """
        {id: a, must: answer, upon: start, when: {flag: true}, unless: {grade: top}}
        {id: b, must: tell, upon: start, when: {other: true}, defeats: a}
        """
    )
    found = [told(each) for each in demands([loaded], "speak")]
    assert [facts for facts, applying in found if applying == {"lab": ["a"]}] == [
        {"flag": [True], "grade": ["low", "mid", "high"], "other": [False]}
    ]
    assert all(applying in ({"lab": ["a"]}, {"lab": []}) for _, applying in found)


def test_derived_facts_are_told_by_those_that_they_rest_on() -> None:
    loaded = policy(
        "{id: a, must: answer, upon: start, when: {class: high}}",
        header=('tables: [{derives: class, clause: "LAB:1", rows: [{when: {flag: true}, then: high}], else: low}]\n'),
    )
    found = [told(each) for each in demands([loaded], "answer")]
    assert [applying for facts, applying in found if facts.get("flag") == [True]] == [{"lab": ["a"]}]
    assert [applying for facts, applying in found if facts.get("flag") == [False]] == [{"lab": []}]


def test_every_witness_lies_where_its_provisions_apply() -> None:
    for each in demands([HUBEI], "respond"):
        record: Record = each.region.witness()
        for provision in each.provisions[HUBEI.id]:
            if provision.when is not None:
                assert holds(provision.when, record, HUBEI.vocabulary) is Truth.TRUE


def test_words_of_different_vocabularies_cannot_be_laid_side_by_side() -> None:
    with pytest.raises(DifferentVocabulariesError, match="lab, public-sentiment"):
        demands([CHANGZHI, policy("{id: a, must: answer, upon: start}")], "respond")
