"""Small regulations beside a parent: what is known of them, and what the pages say of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from policyengine.analysis.comparison import Relation
from policyengine.analysis.strictness import Finding
from policyengine.report.side_by_side import words
from policyengine.report.side_by_side.asking import side_by_side
from policyengine.report.side_by_side.pages import side_by_side_pages
from tests.support.lab import policy
from tests.unit.report.test_words import every_wording, parts

if TYPE_CHECKING:
    from policyengine.report.side_by_side.values import Held, SideBySide

PARENT = "state-council-2016-61"
"""A name under which a policy can be found, so that another one may implement it; the laboratory's takes its place."""
FIVE = "{id: a, must: answer, upon: start, deadline: {within: {hours: 5}}}"
TWO = "{id: c, must: answer, upon: start, deadline: {within: {hours: 2}}}"
HIGH = "{id: d, must: answer, upon: start, when: {grade: {at_least: high}}, deadline: {within: {hours: 5}}}"
TELL = "{id: b, must: tell, upon: start}"


def found(own: str, parent: str = FIVE, *, basis: bool = True) -> SideBySide:
    implements = f"implements: [{PARENT}]\n" if basis else ""
    regulation = policy(own, header=f"policy: own\n{implements}")
    return side_by_side([regulation], [policy(parent, header=f"policy: {PARENT}\n")])


def held(own: str, parent: str = FIVE, *, basis: bool = True) -> Held:
    (only,) = found(own, parent, basis=basis).held
    return only


RELATIONS = [
    pytest.param(FIVE.replace("id: a", "id: c"), Relation.EQUAL, [], [], id="equal"),
    pytest.param(TWO, Relation.STRICTER, [], [("c",)], id="stricter, with a case"),
    pytest.param(TWO.replace("hours: 2", "hours: 9"), Relation.LOOSER, [("a",)], [], id="looser, with a case"),
    pytest.param(TWO.replace("must:", "should:"), Relation.INCOMPARABLE, [("a",)], [("c",)], id="incomparable"),
    pytest.param(TELL, Relation.SILENT, [("a",)], [], id="silent"),
]


@pytest.mark.parametrize(("own", "relation", "unmet", "beyond"), RELATIONS)
def test_how_it_stands_has_its_cases(
    own: str, relation: Relation, unmet: list[tuple[str, ...]], beyond: list[tuple[str, ...]]
) -> None:
    (point,) = held(own).points
    (stretch,) = point.stretches
    assert (stretch.relation, stretch.everywhere) == (relation, True)
    assert [tuple(each.id for each in shown.provisions) for shown in stretch.unmet] == unmet
    assert [tuple(each.id for each in shown.provisions) for shown in stretch.beyond] == beyond
    assert all(each.case is not None for each in (*stretch.unmet, *stretch.beyond))
    assert point.asked[0].finding is (Finding.REFUTED if unmet else Finding.COVERED)


def test_grades_that_stand_differently_are_apart() -> None:
    (point,) = held(HIGH).points
    assert [each.relation for each in point.stretches] == [Relation.GAP, Relation.EQUAL]
    assert held(HIGH).count(Finding.REFUTED) == 1


def test_where_it_stands_differently_within_a_grade_is_told_by_regions() -> None:
    (point,) = held(TWO.replace("upon: start", "upon: start, when: {flag: true}")).points
    (stretch,) = point.stretches
    assert not stretch.everywhere
    assert sorted(relations for _, relations in stretch.parts) == [(Relation.GAP,), (Relation.STRICTER,)]


def test_what_one_case_shows_of_several_demands_is_told_once() -> None:
    parent = "{id: a, must: answer, upon: start}\n{id: b, must: answer, to: public, upon: start}"
    (point,) = held(TELL, parent).points
    assert [tuple(each.id for each in shown.provisions) for shown in point.stretches[0].unmet] == [("a", "b")]


def test_a_parent_for_reference_gets_cases_for_numbers_only_and_no_readings() -> None:
    (number, word) = held("{id: c, must: confer, upon: stop}", f"{FIVE}\n{TELL}", basis=False).points
    assert number.stretches[0].unmet[0].case is not None
    assert word.stretches[0].unmet[0].case is None
    assert [each.turns for each in (*number.asked, *word.asked)] == [None, None]


def test_the_pages_tell_the_relation_the_clauses_and_the_case() -> None:
    pages = side_by_side_pages(found(TWO.replace("must:", "should:")))
    assert set(pages) == {
        f"{name}.{lang}.md"
        for name in ("side-by-side", "side-by-side-synopsis", "side-by-side-own")
        for lang in ("zh", "en")
    }
    assert f"| [incomparable](side-by-side-own.en.md#{PARENT}-answer) |" in pages["side-by-side.en.md"]
    assert f"| [互有宽严](side-by-side-own.zh.md#{PARENT}-answer) |" in pages["side-by-side.zh.md"]
    argument = pages["side-by-side-own.en.md"]
    assert f'<a id="{PARENT}-answer"></a>' in argument
    assert "State Council 2016-61 finds a violation" in argument
    assert "Own finds a departure in principle" in argument
    assert "(`LAB:1`, 1)" in argument


def test_both_languages_have_the_same_parts() -> None:
    wordings = every_wording(words)
    assert len(wordings) > 50
    for name, wording in wordings.items():
        assert wording.zh, name
        assert parts(wording.zh) == parts(wording.en), name
