"""Policies laid side by side: rows, cells, and how one stands to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import policyengine as pe
from policyengine.analysis.comparing import UnknownNameError, compare
from policyengine.analysis.comparison import Relation
from policyengine.analysis.sides import DifferentVocabulariesError
from policyengine.analysis.standings import overall
from tests.support.cases import policy_named
from tests.support.lab import policy

if TYPE_CHECKING:
    from policyengine.analysis.comparison import Cell, Comparison
    from policyengine.model.policy import Policy

CHANGZHI, NO_80 = policy_named("changzhi"), policy_named("state-council-2016-80")
DEMAND = "{id: a, must: answer, upon: start, deadline: {within: {hours: 5}}}"


def named(name: str, provisions: str, header: str = "") -> Policy:
    """Return a lab policy under another name."""
    return policy(provisions, header=f"policy: {name}\n{header}")


def beside(one: str, other: str, **asked: list[str]) -> Comparison:
    return compare([named("one", one), named("other", other)], against=["other"], **asked)  # type: ignore[arg-type]


def cell(found: Comparison, topic: str) -> Cell:
    return next(row.cells[0] for row in found.rows if row.topic.id == topic)


@pytest.mark.parametrize(
    ("own", "relation"),
    [
        pytest.param(DEMAND, Relation.EQUAL, id="the same"),
        pytest.param(DEMAND.replace("5", "4"), Relation.STRICTER, id="a shorter limit"),
        pytest.param(DEMAND.replace("5", "6"), Relation.LOOSER, id="a longer limit"),
        pytest.param(DEMAND.replace("must", "should"), Relation.LOOSER, id="in principle only"),
        pytest.param(
            DEMAND.replace("must", "should").replace("5", "1"),
            Relation.INCOMPARABLE,
            id="shorter in number and softer in force",
        ),
        pytest.param("{id: a, must: answer, upon: start}", Relation.LOOSER, id="no limit"),
        pytest.param(DEMAND.replace("answer", "speak"), Relation.LOOSER, id="a wider act"),
        pytest.param(DEMAND.replace("answer", "confer"), Relation.EQUAL, id="a narrower act does for it"),
        pytest.param("{id: a, may: answer, upon: start}", Relation.LOOSER, id="discretion"),
        pytest.param("{id: a, must: tell, upon: start}", Relation.SILENT, id="nothing about it"),
        pytest.param(DEMAND.replace("start", "stop"), Relation.GAP, id="upon something else only"),
        pytest.param(DEMAND.replace("upon: start", "upon: start, when: {flag: true}"), Relation.GAP, id="in part only"),
        pytest.param(
            DEMAND.replace("{hours: 5}", "{working_days: 1}"), Relation.LOOSER, id="a working day is never shorter"
        ),
        pytest.param(DEMAND.replace("{hours: 5}", "{minutes: 300}"), Relation.EQUAL, id="in minutes"),
        pytest.param(DEMAND + "\n{id: b, must: answer, upon: stop}", Relation.EQUAL, id="and something else besides"),
    ],
)
def test_how_a_policy_stands(own: str, relation: Relation) -> None:
    assert cell(beside(own, DEMAND), "answer").relation is relation


def test_a_wider_happening_of_the_same_kind_is_stricter() -> None:
    assert cell(beside(DEMAND, DEMAND.replace("start", "begin")), "answer").relation is Relation.STRICTER


def test_what_nobody_else_demands_is_extra() -> None:
    assert cell(beside(DEMAND, "{id: a, must: tell, upon: start}"), "answer").relation is Relation.EXTRA


@pytest.mark.parametrize(
    ("refers", "relation"), [("", Relation.GAP), ("refers_to: {title: {zh: 他文, en: more}},", Relation.REFERRED)]
)
def test_a_stated_silence_and_a_referral(refers: str, relation: Relation) -> None:
    none = "{zh: 无, en: none}"
    gap = f'gaps: [{{id: g, {refers} title: {none}, clause: "LAB:1", acts: answer, missing: {none}}}]\n'
    clause = '"LAB:1": {number: "1", digest: "0000000000000000", says: {zh: 试, en: t}, provisions: [a], gaps: [g]}'
    source = f"source: {{title: {none}, clauses: {{{clause}}}}}\n"
    one = named("one", "{id: a, must: tell, upon: start}", gap + source)
    found = compare([one, named("other", DEMAND)], against=["other"])
    assert cell(found, "answer").relation is relation
    assert [each.id for part in cell(found, "answer").parts for each in part.gaps] == ["g"]


def test_what_does_for_it_is_named() -> None:
    (standing,) = cell(beside(DEMAND.replace("answer", "confer"), DEMAND), "answer").standings
    assert [each.act for each in standing.beside] == ["confer"]


def test_neighbouring_grades_that_come_to_the_same_are_one_row() -> None:
    found = beside(DEMAND.replace("upon", "when: {grade: {at_least: high}}, upon"), DEMAND)
    assert [row.grades for row in found.rows if row.topic.id == "answer"] == [("low", "mid"), ("high", "top")]
    assert [row.cells[0].relation for row in found.rows] == [Relation.GAP, Relation.EQUAL]


def test_grades_that_do_not_matter_are_one_row() -> None:
    assert [row.grades for row in beside(DEMAND, DEMAND).rows] == [("low", "mid", "high", "top")]


def test_topics_and_grades_can_be_chosen() -> None:
    found = compare([CHANGZHI, NO_80], topics=["first_word", "respond"], grades=["extraordinary"])
    assert [(row.topic.id, row.grades) for row in found.rows] == [
        ("first_word", ("extraordinary",)),
        ("respond", ("extraordinary",)),
    ]


def test_what_all_presume_is_given_and_more_can_be() -> None:
    meihekou = policy_named("meihekou")
    assert dict(compare([meihekou, NO_80], topics=["first_word"]).given) == {"in_remit": True}
    outside = compare([meihekou, NO_80], topics=["first_word"], grades=["major"], given={"in_remit": False})
    assert [part.provisions for part in outside.rows[0].cells[0].parts if part.provisions] == []


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"topics": ["first_wird"]}, "did you mean 'first_word'"),
        ({"grades": ["majour"]}, "no grade 'majour'; did you mean 'major'"),
        ({"against": ["state-council-2016-81"]}, "no policy"),
    ],
)
def test_unknown_names_are_refused(asked: dict[str, list[str]], message: str) -> None:
    with pytest.raises(UnknownNameError, match=message):
        compare([CHANGZHI, NO_80], **asked)  # type: ignore[arg-type]


def test_different_vocabularies_are_refused() -> None:
    with pytest.raises(DifferentVocabulariesError, match="public-sentiment"):
        compare([CHANGZHI, policy(DEMAND)])


@pytest.mark.parametrize("name", pe.packaged())
def test_a_policy_beside_itself_finds_nothing(name: str) -> None:
    one = policy_named(name)
    other = pe.load(pe.dump(one).replace(f"policy: {one.id}\n", "policy: the-same\n"))
    found = compare([one, other], against=["the-same"])
    standings = [each for row in found.rows for each in row.cells[0].standings]
    assert standings
    differing = [
        provision
        for each in standings
        for provision in (*(one for _, one in each.lacking), *each.beyond)
        if each.relation not in {Relation.EQUAL, Relation.REFERRED}
    ]
    # Norms that wait for each other's outcomes are the same only within one and the same policy.
    assert all(any(one.outcome() for one in each.happenings()) for each in differing)


def test_nothing_found_comes_to_nothing() -> None:
    assert overall(()) is None
