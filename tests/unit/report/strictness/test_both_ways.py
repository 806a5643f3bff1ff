"""How whole policies and single demands stand to each other, and what shows it."""

from __future__ import annotations

import pytest

import policyengine as pe
from policyengine.analysis.comparison import Relation
from policyengine.analysis.degrees import Degree
from policyengine.analysis.sides import Side
from policyengine.report.strictness.both_ways import both_ways, never
from tests.support.strictness import held


@pytest.mark.parametrize(
    ("one", "other", "holds", "converse", "relation"),
    [
        ("changzhi", "changzhi", True, True, Relation.EQUAL),
        ("hubei", "state-council-2016-61", False, False, Relation.INCOMPARABLE),
        ("changzhi", "state-council-2016-80", False, False, Relation.INCOMPARABLE),
        ("anshan", "state-council-2016-61", False, False, Relation.INCOMPARABLE),
    ],
)
def test_whole_policies(one: str, other: str, holds: bool, converse: bool, relation: Relation) -> None:
    found = held(one, other)
    assert (found.there.holds, found.converse, found.relation) == (holds, converse, relation)


@pytest.mark.parametrize(
    ("one", "other", "act", "relation"),
    [
        ("hubei", "state-council-2016-61", "respond_territorially", Relation.STRICTER),
        ("state-council-2016-61", "hubei", "respond_territorially", Relation.LOOSER),
        ("hubei", "state-council-2016-61", "hold_press_conference", Relation.EQUAL),
    ],
)
def test_one_act_of_whole_policies(one: str, other: str, act: str, relation: Relation) -> None:
    found = held(one, other, act)
    assert {each.provision.act for each in found.there.demands} == {act}
    assert found.relation is relation


@pytest.mark.parametrize(
    ("one", "other", "demand", "relation", "beyond"),
    [
        (
            *("changzhi", "state-council-2016-80", "authoritative-information"),
            *(Relation.INCOMPARABLE, ["first-bulletin", "first-word-early"]),
        ),
        ("changzhi", "state-council-2016-80", "press-conference", Relation.EQUAL, []),
        ("changzhi", "state-council-2016-80", "answer-false-information", Relation.STRICTER, ["respond"]),
        ("changzhi", "state-council-2016-80", "publish-adoption", Relation.LOOSER, []),
        ("changzhi", "state-council-2016-80", "heads-speak-first", Relation.SILENT, []),
        ("hubei", "state-council-2016-61", "leads-to-police", Relation.STRICTER, ["leads-to-police"]),
        ("anshan", "state-council-2016-61", "press-conference", Relation.GAP, []),
        ("xincheng", "state-council-2016-61", "press-conference", Relation.REFERRED, []),
    ],
)
def test_single_demands(one: str, other: str, demand: str, relation: Relation, beyond: list[str]) -> None:
    found = held(one, other)
    (asked,) = (each for each in found.there.demands if each.provision.id == demand)
    assert found.relation_to(asked) is relation
    assert [each.provision.id for each in found.beyond(asked)] == beyond


def test_one_hour_in_principle_and_five_hours_are_each_shown_by_a_case() -> None:
    found = held("changzhi", "state-council-2016-80")
    demand = found.there.demands[0]
    (beyond,) = found.told_beyond(demand)
    assert demand.counterexample is not None
    assert beyond.counterexample is not None
    assert (demand.counterexample.found, demand.counterexample.instead) == (Degree.VIOLATED, Degree.DEPARTED)
    assert (beyond.counterexample.found, beyond.counterexample.instead) == (Degree.DEPARTED, Degree.OWED)
    assert beyond.provision.id == "first-bulletin"


def test_what_never_arises_stands_apart() -> None:
    policies = (pe.load("hubei"), pe.load("meihekou"))
    found = both_ways(*map(Side.of, policies), acts=["guide_public"], given={"in_remit": True})
    assert [(each.provision.id, never(each)) for each in found.there.demands] == [("guide-what-is-outside-remit", True)]
    assert found.relation_to(found.there.demands[0]) is None


def test_what_stays_open_is_not_claimed_either_way() -> None:
    one = Side.of(pe.load("hubei"), {"clock_start": "occurrence"})
    found = both_ways(one, Side.of(pe.load("state-council-2016-61")), acts=["respond_territorially"])
    assert found.there.holds is None
    assert found.relation is None
    assert [found.relation_to(each) for each in found.there.demands] == [None]
