"""Suggested examples are read back, are met, and cover what they are there for."""

from __future__ import annotations

import pytest

import policyengine as pe
from policyengine.checks.coverage.coverage import Kind
from policyengine.checks.coverage.measure import coverage
from policyengine.checks.coverage.suggesting import Suggestions, suggestions
from policyengine.checks.examples.judging import judge
from policyengine.checks.examples.reading import read_examples
from policyengine.report.coverage.suggestion_file import suggestion_file
from tests.support.cases import CASES
from tests.support.covering import covering, examples, states
from tests.support.lab import policy

LIMITED = "{id: a, must: speak, upon: start, deadline: {within: {hours: 24}}}"
ASKED = """
case: c
policy: lab
as_of: 2026-03-02T12:00:00+08:00
events:
  - {id: e1, type: start, at: 2026-03-02T09:00:00+08:00}
  - {id: e2, type: speak, at: 2026-03-02T10:00:00+08:00}
expect:
  - {provision: a, status: fulfilled}
"""


def suggested(provisions: str, text: str = ASKED, header: str = "") -> tuple[Suggestions, dict[Kind, dict[str, str]]]:
    """Return what is suggested, and the items with the suggestions read back as examples."""
    loaded = policy(provisions, header=header)
    before = covering(loaded, text)
    found = suggestions(before)
    more = examples(suggestion_file(found, before, "en"), "more.yaml")
    held = [outcome for each in more for ask in each.asks for outcome in judge(ask, {"lab": loaded})]
    assert all(each.passed for each in held), [each for each in held if not each.passed]
    (after,) = coverage((*examples(text), *more), {"lab": loaded})
    return found, {kind: states(after, kind) for kind in Kind if after.of(kind)}


def test_limit_of_an_example_is_asked_about_on_all_sides_without_the_act() -> None:
    found, after = suggested(LIMITED)
    assert set(after[Kind.BOUNDARIES].values()) == {"covered"}
    (example,) = found.examples
    assert example.case.id == "c-without-e2-suggested"
    assert [event.id for event in example.case.events] == ["e1"]
    assert [each.as_of.to_iso(pe.load("changzhi").zone) for each in example.questions] == [
        "2026-03-03T08:59:59+08:00",
        "2026-03-03T09:00:00+08:00",
        "2026-03-03T09:00:01+08:00",
    ]
    statuses = [row.wanted["status"] for each in example.questions for row in each.expected]
    assert statuses == ["active", "active", "overdue"]


READING = """
readings:
  reach:
    question: {zh: 及于何处？, en: how far?}
    options: {near: {zh: 近, en: near}, far: {zh: 远, en: far}}
    default: near
    why: {zh: 试, en: t}
"""
WHO = """
tables:
  - assigns: owner
    clause: "LAB:1"
    rows: [{when: {grade: top}, then: chief}, {when: {grade: high}, then: deputy}]
    else: unit
roles:
  owner: {title: {zh: 责任人, en: owner}, clause: "LAB:1"}
"""


@pytest.mark.parametrize(
    ("provisions", "header"),
    [
        pytest.param(f"{LIMITED}\n{{id: b, must: tell, upon: anchor, when: {{flag: true}}}}", "", id="made-up-case"),
        pytest.param(f"{LIMITED}\n{{id: b, must: punish, upon: {{violated: a}}}}", "", id="sanction"),
        pytest.param(f"{LIMITED}\n{{id: b, must_not: tell, upon: {{performed: a}}}}", "", id="upon-performance"),
        pytest.param(
            "{id: a, must: speak, upon: start, deadline: {within: {reading: reach, near: {hours: 1}, far: {days: 3}}}}",
            READING,
            id="limit-of-another-reading",
        ),
        pytest.param("{id: a, must: speak, upon: start, bearer: owner}", WHO, id="rows-of-a-table"),
        pytest.param('{id: a, must: speak, upon: start, every: {at: ["10:00"]}}', "", id="recurring"),
        pytest.param("{id: a, must: speak, upon: start, when: {any: [{grade: top}, {flag: true}]}}", "", id="branches"),
        pytest.param("{id: a, must: speak, upon: start, unless: {happened: stop}}", "", id="exception"),
        pytest.param("{id: a, must: speak, scope: agency, standing: true}", "", id="agency"),
    ],
)
def test_everything_is_covered_once_the_suggestions_are_taken(provisions: str, header: str) -> None:
    found, after = suggested(provisions, header=header)
    assert found.left == ()
    assert {state for each in after.values() for state in each.values()} == {"covered"}


def test_what_no_case_reaches_is_left() -> None:
    """The second limb stands under a condition that nothing fulfils."""
    never = "{within: {hours: 2}, when: {grade: {more_than: top}}}"
    text = f"{{id: a, must: speak, upon: start, deadline: {{earliest: [{{within: {{hours: 9}}}}, {never}]}}}}"
    found, _ = suggested(text)
    assert {each.kind for each in found.left} == {Kind.BOUNDARIES}


def test_kinds_can_be_chosen() -> None:
    before = covering(policy(LIMITED), ASKED)
    assert suggestions(before, [Kind.ROWS, Kind.PROVISIONS]).examples == ()


def test_nothing_to_suggest_makes_no_file() -> None:
    before = covering(policy("{id: a, must: speak, upon: start}"), ASKED)
    assert suggestion_file(suggestions(before), before, "en") == ""


def test_packaged_policy_is_covered_whole_by_its_examples_and_what_is_suggested() -> None:
    name = "state-council-2016-80"
    policies = {name: pe.load(name)}
    own = tuple(each for path in sorted((CASES / name).glob("GB80-*.yaml")) for each in read_examples(path)[0])
    (before,) = coverage(own, policies)
    found = suggestions(before)
    more = examples(suggestion_file(found, before, "zh"), "more.yaml")
    (after,) = coverage((*own, *more), policies)
    assert before.overall.covered < before.overall.total
    assert (found.left, after.overall.covered) == ((), after.overall.total)
