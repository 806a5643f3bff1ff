"""Provisions, gaps, rows, branches, readings and clauses: what covers them, and what does not."""

from __future__ import annotations

import pytest

from policyengine.checks.coverage.coverage import Count, Kind
from tests.support.covering import covered, covering, examples, states
from tests.support.lab import policy

NOON = "2026-03-02T12:00:00+08:00"
START = "{id: e1, type: start, at: 2026-03-02T09:00:00+08:00}"


def asked(*, facts: str = "{}", events: str = START, more: str = "") -> str:
    """Return an example that is asked at noon."""
    return f"case: c\npolicy: lab\nas_of: {NOON}\nfacts: {facts}\nevents: [{events}]\n{more}\n"


GRADED = "{id: a, must: speak, upon: start, when: {grade: {at_least: high}}}"


@pytest.mark.parametrize(
    ("facts", "more", "expected"),
    [
        pytest.param("{grade: top}", "expect: [{provision: a, status: active}]", "covered", id="asserted"),
        pytest.param("{grade: top}", "expect: [{provision: a, status: overdue}]", "covered", id="wrongly-asserted"),
        pytest.param("{grade: top}", "expect: [{provision: a}]", "uncovered", id="nothing-of-it-asserted"),
        pytest.param("{grade: low}", "expect: [{provision: a, status: not_applicable}]", "uncovered", id="no-duty"),
        pytest.param("{}", "expect: [{provision: a, status: undetermined}]", "uncovered", id="perhaps-a-duty"),
        pytest.param("{grade: low}", "absent: [a]", "uncovered", id="absent"),
    ],
)
def test_provision_is_covered_where_its_duty_is_asserted(facts: str, more: str, expected: str) -> None:
    found = covering(policy(GRADED), asked(facts=facts, more=more))
    assert states(found, Kind.PROVISIONS) == {"a": expected}
    assert states(found, Kind.CLAUSES) == {"LAB:1": expected}


def test_absence_asserted_is_told_apart() -> None:
    (item,) = covering(policy(GRADED), asked(facts="{grade: low}", more="absent: [a]")).of(Kind.PROVISIONS)
    assert [str(each) for each in item.absent_in] == ["c"]
    assert item.covered_by == ()


GAP = """
source:
  title: {zh: 试验, en: lab}
  clauses:
    "LAB:1": {number: "1", digest: "0000000000000000", says: {zh: 试, en: lab}, provisions: [a], gaps: [g]}
gaps:
  - {id: g, title: {zh: 空, en: gap}, clause: "LAB:1", missing: {zh: 缺, en: missing}, when: {grade: {at_least: high}}}
"""
PLAIN = "{id: a, must: speak, upon: start}"


@pytest.mark.parametrize(
    ("facts", "kind", "expected"),
    [
        pytest.param("{grade: top}", "gap", "covered", id="met"),
        pytest.param("{grade: low}", "null", "uncovered", id="not-met"),
        pytest.param("{}", "undetermined", "uncovered", id="perhaps-met"),
    ],
)
def test_gap_is_covered_where_the_case_meets_it(facts: str, kind: str, expected: str) -> None:
    loaded = policy(PLAIN, header=GAP)
    found = covering(loaded, asked(facts=facts, more=f"expect: [{{gap: g, kind: {kind}}}]"))
    assert states(found, Kind.GAPS) == {"g": expected}


WHO = """
tables:
  - assigns: owner
    clause: "LAB:1"
    rows:
      - {when: {grade: top}, then: chief}
      - {when: {grade: high}, then: deputy}
    else: unit
roles:
  owner: {title: {zh: 责任人, en: owner}, clause: "LAB:1"}
"""
OWNED = "{id: a, must: speak, upon: start, bearer: owner}"


@pytest.mark.parametrize(
    ("facts", "row", "expected"),
    [
        pytest.param("{grade: top}", "bearer: chief", {"owner, row 1 (chief)"}, id="first-row"),
        pytest.param("{grade: high}", "bearer: deputy", {"owner, row 2 (deputy)"}, id="second-row"),
        pytest.param("{grade: low}", "bearer: unit", {"owner, else (unit)"}, id="else"),
        pytest.param("{grade: top}", "status: active", set(), id="bearer-not-asserted"),
        pytest.param("{}", "bearer: null", set(), id="nothing-decided"),
    ],
)
def test_row_is_covered_where_the_bearer_that_it_says_is_asserted(facts: str, row: str, expected: set[str]) -> None:
    found = covering(policy(OWNED, header=WHO), asked(facts=facts, more=f"expect: [{{provision: a, {row}}}]"))
    assert len(states(found, Kind.ROWS)) == 3
    assert covered(found, Kind.ROWS) == expected


DERIVED = """
tables:
  - derives: class
    clause: "LAB:1"
    rows:
      - {when: {flag: true}, then: top}
      - {when: {other: true}, then: low}
    else: mid
"""
CLASSED = "{id: a, must: speak, upon: start, when: {class: {at_least: high}}}"


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param("{flag: true, other: true}", {"class, row 1 (top)"}, id="first-hit"),
        pytest.param("{flag: false, other: true}", {"class, row 2 (low)"}, id="second-row"),
        pytest.param("{flag: false, other: false}", {"class, else (mid)"}, id="else"),
        pytest.param("{other: true}", set(), id="an-earlier-row-is-open"),
    ],
)
def test_row_that_derives_a_fact_is_covered_where_what_asks_for_it_is_judged(facts: str, expected: set[str]) -> None:
    told = "expect: [{provision: a, status: active}]" if "true, other" in facts else "absent: [a]"
    found = covering(policy(CLASSED, header=DERIVED), asked(facts=facts, more=told))
    assert covered(found, Kind.ROWS) == expected


BOTH = "{id: a, must: speak, upon: start, when: {grade: {at_least: high}, any: [{flag: true}, {happened: stop}]}}"
HIGH, FLAG, STOPPED = "“grade” is high or higher", "flag", "“stop” has happened"


@pytest.mark.parametrize(
    ("facts", "more", "expected"),
    [
        pytest.param(
            "{grade: top, flag: true}",
            "expect: [{provision: a, status: active}]",
            {f"true that {HIGH}", f"true that {FLAG}", f"false that {STOPPED}"},
            id="asserted",
        ),
        pytest.param(
            "{grade: low, flag: false}",
            "absent: [a]",
            {f"false that {HIGH}", f"false that {FLAG}", f"false that {STOPPED}"},
            id="absent",
        ),
        pytest.param(
            "{grade: top}",
            "expect: [{provision: a, status: undetermined}]",
            {f"true that {HIGH}", f"false that {STOPPED}"},
            id="unknown-is-neither",
        ),
        pytest.param("{grade: top, flag: true}", "absent: [b]", set(), id="nothing-expected-of-it"),
    ],
)
def test_branch_is_covered_where_the_test_came_out_so(facts: str, more: str, expected: set[str]) -> None:
    other = "{id: b, must: tell, upon: halt}"
    found = covering(policy(f"{BOTH}\n{other}"), asked(facts=facts, more=more))
    assert {each.removeprefix("a: ") for each in covered(found, Kind.BRANCHES)} == expected
    assert len(states(found, Kind.BRANCHES)) == 6


def test_test_before_the_trigger_does_not_count() -> None:
    before = "{id: e0, type: change, at: 2026-03-02T08:00:00+08:00, sets: {grade: low}}"
    events = f"{before}, {START[:-1]}, sets: {{grade: top}}}}"
    found = covering(policy(GRADED), asked(events=events, more="expect: [{provision: a, status: active}]"))
    assert covered(found, Kind.BRANCHES) == {f"a: true that {HIGH}"}


def test_test_after_the_trigger_counts_all_along() -> None:
    events = f"{START[:-1]}, sets: {{grade: top}}}}, {{id: e2, type: change, at: {NOON}, sets: {{grade: low}}}}"
    found = covering(policy(GRADED), asked(events=events, more="expect: [{provision: a, status: withdrawn}]"))
    assert set(states(found, Kind.BRANCHES).values()) == {"covered"}


READING = """
readings:
  reach:
    question: {zh: 及于何处？, en: how far?}
    options: {near: {zh: 近, en: near}, far: {zh: 远, en: far}}
    default: near
    why: {zh: 试, en: t}
"""
READ = "{id: a, must: speak, upon: start, when: {grade: {reading: reach, near: top, far: {at_least: high}}}}"
NEAR = {"reach=near", "a under reach=near"}
FAR = {"reach=far", "a under reach=far"}


@pytest.mark.parametrize(
    ("facts", "more", "expected"),
    [
        pytest.param("{grade: top}", "expect: [{provision: a, status: active}]", NEAR, id="default"),
        pytest.param(
            "{grade: high}", "choose: {reach: far}\nexpect: [{provision: a, status: active}]", FAR, id="chosen"
        ),
        pytest.param("{grade: low}", "choose: {reach: far}\nabsent: [a]", FAR, id="kept-away-by-its-condition"),
        pytest.param("{}", "choose: {reach: far}\nexpect: [{provision: a, status: undetermined}]", set(), id="open"),
        pytest.param("{grade: top}", "choose: {reach: far}\nabsent: [b]", set(), id="what-does-not-depend-on-it"),
    ],
)
def test_option_is_covered_where_what_depends_on_it_is_judged(facts: str, more: str, expected: set[str]) -> None:
    loaded = policy(f"{READ}\n{{id: b, must: tell, upon: halt}}", header=READING)
    found = covering(loaded, asked(facts=facts, more=more))
    assert covered(found, Kind.READINGS) == expected
    assert len(states(found, Kind.READINGS)) == 4


def test_untriggered_provision_shows_no_option() -> None:
    found = covering(policy(READ, header=READING), asked(events="", more="choose: {reach: far}\nabsent: [a]"))
    assert covered(found, Kind.READINGS) == set()


def test_option_that_does_not_admit_a_provision_is_shown_by_its_absence() -> None:
    loaded = policy("{id: a, under: {reach: [far]}, must: speak, upon: start}\n{id: b, must: tell}", header=READING)
    found = covering(loaded, asked(more="absent: [a]"))
    assert states(found, Kind.READINGS) == {
        "reach=near": "covered",
        "reach=far": "uncovered",
        "a under reach=far": "uncovered",
    }


def test_clause_is_covered_when_all_of_it_is() -> None:
    loaded = policy(f"{PLAIN}\n{{id: b, must: tell, upon: start}}")
    found = covering(loaded, asked(more="expect: [{provision: a, status: active}]"))
    assert states(found, Kind.CLAUSES) == {"LAB:1": "uncovered"}
    both = covering(loaded, asked(more="expect: [{provision: a, status: active}, {provision: b, status: active}]"))
    assert states(both, Kind.CLAUSES) == {"LAB:1": "covered"}


def test_counts_leave_out_clauses_overall() -> None:
    found = covering(policy(GRADED), asked(facts="{grade: top}", more="expect: [{provision: a, status: active}]"))
    assert found.counts == {
        Kind.PROVISIONS: Count(1, 1),
        Kind.BRANCHES: Count(1, 2),
        Kind.CLAUSES: Count(1, 1),
    }
    assert found.overall == Count(2, 3)


@pytest.mark.parametrize(
    ("count", "percent", "least", "reached"),
    [
        pytest.param(Count(199, 200), 99, 99.5, True, id="rounded-down-compared-exactly"),
        pytest.param(Count(199, 200), 99, 99.6, False, id="short-by-a-little"),
        pytest.param(Count(0, 0), 100, 100, True, id="nothing-to-cover"),
        pytest.param(Count(0, 3), 0, 0, True, id="nothing-asked"),
    ],
)
def test_share(count: Count, percent: int, least: float, *, reached: bool) -> None:
    assert count.percent == percent
    assert count.reaches(least) is reached


def test_question_that_cannot_be_put_covers_nothing() -> None:
    found = covering(policy(PLAIN), asked(more="choose: {nothing: at_all}\nexpect: [{provision: a, status: active}]"))
    assert states(found, Kind.PROVISIONS) == {"a": "uncovered"}
    assert found.tried == ()


def test_question_is_named_by_its_example() -> None:
    text = asked(more="expect: [{provision: a, status: active}]")
    (item,) = covering(policy(PLAIN), text).of(Kind.PROVISIONS)
    assert [(each.file, each.example, each.label) for each in item.covered_by] == [("examples.yaml", "c", "")]
    assert len(examples(text)) == 1
