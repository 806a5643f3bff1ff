"""Which norms of a policy apply where, under which readings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from policyengine.analysis.sides import DifferentVocabulariesError, Side, applying, same_vocabulary
from policyengine.errors import ReadingError
from policyengine.model.condition import Truth
from policyengine.model.frozen import FrozenMap
from tests.support.cases import policy_named
from tests.support.lab import policy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policyengine.analysis.regions import Region
    from policyengine.model.policy import Policy

CHANGZHI, HUBEI = policy_named("changzhi"), policy_named("hubei")
NO_61 = policy_named("state-council-2016-61")
LOW, GRAVE = ("none", "ordinary", "larger"), ("major", "extraordinary")


def facts(region: Region) -> dict[str, tuple[object, ...]]:
    return {name: tuple(value for cell in cells for value in cell.values) for name, cells in region.facts}


def told(
    policies: list[Policy], act: str, readings: Mapping[str, Mapping[str, str]] = FrozenMap()
) -> list[tuple[dict[str, tuple[object, ...]], list[str]]]:
    """Return for each region of the facts the provisions about *act* that apply there."""
    sides = [Side.of(each, readings.get(each.id)) for each in policies]
    kinds = policies[0].vocabulary.kinds(act)
    norms = tuple((side, each) for side in sides for each in side.provisions if each.act in kinds)
    return [
        (
            facts(region),
            [
                f"{side.policy.id}/{each.id}"
                for (side, each), truth in zip(norms, truths, strict=True)
                if truth is Truth.TRUE
            ],
        )
        for region, truths in applying(policies[0].vocabulary, norms)
    ]


def test_one_policy_by_the_grades_that_it_tells_apart() -> None:
    assert told([CHANGZHI], "respond") == [
        ({"event_severity": LOW}, [f"{CHANGZHI.id}/respond"]),
        ({"event_severity": GRAVE}, [f"{CHANGZHI.id}/press-conference"]),
    ]


def test_two_policies_side_by_side_only_by_facts_that_matter() -> None:
    assert told([HUBEI, NO_61], "hold_press_conference") == [
        ({"event_severity": LOW}, []),
        ({"event_severity": GRAVE}, [f"{HUBEI.id}/press-conference", f"{NO_61.id}/press-conference"]),
    ]


def test_another_reading_has_other_regions() -> None:
    anywhere = told([CHANGZHI], "hold_press_conference", {CHANGZHI.id: {"grave_paragraph": "any_sentiment"}})
    assert anywhere == [({}, [f"{CHANGZHI.id}/press-conference"])]


def test_an_unknown_option_is_refused() -> None:
    with pytest.raises(ReadingError, match="no option"):
        Side.of(CHANGZHI, {"grave_paragraph": "sometimes"})


def test_exceptions_and_defeaters_take_a_region_away() -> None:
    loaded = policy(
        """
        {id: a, must: answer, upon: start, when: {flag: true}, unless: {grade: top}}
        {id: b, must: tell, when: {other: true}, defeats: a}
        """
    )
    assert [region for region, ids in told([loaded], "answer") if ids] == [
        {"flag": (True,), "grade": ("low", "mid", "high"), "other": (False,)}
    ]


@pytest.mark.parametrize(
    "life",
    [
        pytest.param("upon: stop", id="waits for something"),
        pytest.param("until: stop", id="ends"),
        pytest.param("scope: agency", id="of another log"),
        pytest.param("in_force: {to: 2025-01-01}", id="out of force one day"),
    ],
)
def test_what_defeats_for_a_while_only_leaves_it_open(life: str) -> None:
    loaded = policy(
        f"""
        {{id: a, must: answer, upon: start}}
        {{id: b, must: tell, when: {{other: true}}, defeats: a, {life}}}
        """
    )
    side = Side.of(loaded)
    norms = tuple((side, each) for each in side.provisions if each.id == "a")
    found = [(facts(region), truths) for region, truths in applying(loaded.vocabulary, norms)]
    assert found == [({"other": (True,)}, (Truth.UNKNOWN,)), ({"other": (False,)}, (Truth.TRUE,))]


DERIVING = 'tables: [{derives: class, clause: "LAB:1", rows: [{when: {flag: true}, then: high}], else: ELSE}]\n'


@pytest.mark.parametrize(
    ("otherwise", "expected"),
    [
        pytest.param("low", [({"flag": (True,)}, Truth.TRUE), ({"flag": (False,)}, Truth.FALSE)], id="always settled"),
        pytest.param(
            "unstated", [({"flag": (True,)}, Truth.TRUE), ({"flag": (False,)}, Truth.UNKNOWN)], id="left unstated"
        ),
    ],
)
def test_derived_facts_are_told_by_those_that_they_rest_on(otherwise: str, expected: list[object]) -> None:
    loaded = policy(
        "{id: a, must: answer, upon: start, when: {class: high}}", header=DERIVING.replace("ELSE", otherwise)
    )
    side = Side.of(loaded)
    found = applying(loaded.vocabulary, ((side, side.provisions[0]),))
    assert [(facts(region), truth) for region, (truth,) in found] == expected


def test_every_witness_lies_where_its_provisions_apply() -> None:
    side = Side.of(HUBEI)
    norms = tuple((side, each) for each in side.provisions if each.act in HUBEI.vocabulary.kinds("publish"))
    for region, truths in applying(HUBEI.vocabulary, norms):
        record = region.witness()
        assert tuple(side.applies(norm, record) for _, norm in norms) == truths


def test_words_of_different_vocabularies_cannot_be_laid_side_by_side() -> None:
    with pytest.raises(DifferentVocabulariesError, match="lab: lab"):
        same_vocabulary([CHANGZHI, policy("{id: a, must: answer, upon: start}")])
