"""What is found in the answers of one case: which kind, which instant, how late, on which line of the log."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

import policyengine as pe
from policyengine.checks.audit.finding import Kind
from policyengine.checks.audit.rows import Reader
from policyengine.model.assessment import GapKind, Occurrence, Status
from policyengine.testing import strategies
from tests.support import lab
from tests.support.audits import held, lines, logged, span

HOURS = lab.policy("{id: a, must: tell, upon: start, deadline: {within: {hours: 24}}}")
SHOULD = lab.policy("{id: a, should: tell, upon: start, deadline: {within: {hours: 24}}}")
DAYS = lab.policy("{id: a, must: tell, upon: start, deadline: {within: {days: 2}}}")
FORBIDDEN = lab.policy("{id: a, must_not: punish, upon: start, until: stop}")
PROMPT = lab.policy("{id: a, must: tell, upon: start, deadline: {promptly: true}}")
WHEN = lab.policy("{id: a, must: tell, upon: start, when: {flag: true}, deadline: {within: {hours: 24}}}")


@pytest.mark.parametrize(
    ("policy", "entries", "when", "found"),
    [
        pytest.param(HOURS, ["9:00 start"], "+1 9:00", [], id="not late at the very limit"),
        pytest.param(
            HOURS, ["9:00 start"], "+1 10:00", ["violation c a at +1 9:00:00.000001 late 1h owed line 11"], id="owed"
        ),
        pytest.param(HOURS, ["9:00 start", "+1 9:00 tell"], "+2 0:00", [], id="done at the very limit"),
        pytest.param(
            HOURS,
            ["9:00 start", "+1 9:30 tell"],
            "+9 0:00",
            ["violation c a at +1 9:00:00.000001 late 0.5h done line 11"],
            id="done late, counted to the act",
        ),
        pytest.param(
            SHOULD, ["9:00 start"], "+1 10:00", ["advisory c a at +1 9:00:00.000001 late 1h owed line 11"], id="should"
        ),
        pytest.param(
            DAYS,
            ["9:00 start", "+3 0:00 tell"],
            "+9 0:00",
            ["violation c a at +3 0:00 late 0h done line 11"],
            id="done at 24:00 of the last day: late by nothing",
        ),
        pytest.param(DAYS, ["9:00 start", "+2 23:59 tell"], "+9 0:00", [], id="done within the last day"),
        pytest.param(
            FORBIDDEN,
            ["9:00 start", "10:00 punish", "11:00 punish", "12:00 stop", "13:00 punish"],
            "+9 0:00",
            ["violation c a at 10:00 line 12", "violation c a at 11:00 line 13"],
            id="each breach on its own line",
        ),
        pytest.param(PROMPT, ["9:00 start"], "+9 0:00", [], id="a word instead of a number is never late"),
        pytest.param(WHEN, ["9:00 start"], "+9 0:00", ["undetermined c a line 11"], id="a fact is missing"),
    ],
)
def test_findings_of_one_case(policy: pe.Policy, entries: list[str], when: str, found: list[str]) -> None:
    assert lines(held(policy, logged("c", *entries), when=when)) == found


def test_what_would_settle_it() -> None:
    (found,) = held(WHEN, logged("c", "9:00 start")).findings
    assert (found.missing, found.missing_attributes, found.clauses, found.bearer) == (("flag",), (), ("LAB:1",), "unit")


def test_an_attribute_that_would_settle_it_is_shown_at_its_event() -> None:
    policy = lab.policy(
        "{id: a, must: tell, upon: {event: start, where: {dept: here}}, deadline: {within: {hours: 1}}}"
    )
    (found,) = held(policy, logged("c", "8:00 stop", "9:00 start")).findings
    assert (found.kind, found.missing_attributes, found.span) == (Kind.UNDETERMINED, (("e2", "dept"),), span(12))


def test_a_violation_whatever_the_missing_facts_are_is_a_violation() -> None:
    case = logged("c", "9:00 start", flag=True)
    answer = pe.evaluate(WHEN, case.case, as_of=lab.at("+9 0:00"))
    open_ = tuple(replace(each, status=Status.UNDETERMINED, missing_facts=("flag",)) for each in answer.duties)
    kinds = [(each.kind, each.missing) for each in Reader(case.case, None, replace(answer, duties=open_)).findings()]
    assert kinds == [(Kind.VIOLATION, ())]


def test_a_duty_that_another_one_put_in_force_is_shown_at_what_began_it() -> None:
    policy = lab.policy(
        """
        {id: a, must: tell, upon: start, deadline: {within: {hours: 1}}}
        {id: b, must: punish, upon: {violated: a}, deadline: {within: {hours: 1}}}
        """
    )
    found = lines(held(policy, logged("c", "8:00 stop", "9:00 start"), when="12:00"))
    assert found == [
        "violation c a at 10:00:00.000001 late 2h owed line 12",
        "violation c b at 11:00:00.000001 late 1h owed line 12",
    ]


def test_a_cause_that_no_row_tells_is_shown_at_the_case() -> None:
    case = logged("c", "9:00 start")
    answer = pe.evaluate(HOURS, case.case, as_of=lab.at("+9 0:00"))
    caused = tuple(replace(each, trigger=Occurrence(lab.at("9:00"), provision="z")) for each in answer.duties)
    (found,) = Reader(case.case, case.place, replace(answer, duties=caused)).findings()
    assert found.span == span(10)


def test_a_duty_that_ended_without_the_act_has_no_length() -> None:
    policy = lab.policy("{id: a, must: tell, upon: start, until: stop, deadline: {within: {hours: 1}}}")
    (found,) = held(policy, logged("c", "9:00 start", "12:00 stop")).findings
    assert (found.kind, found.done, found.late, found.due) == (Kind.VIOLATION, None, None, lab.at("10:00"))


def test_a_limit_beyond_the_announced_days_is_provisional() -> None:
    policy = lab.policy("{id: a, must: tell, upon: start, deadline: {within: {working_days: 300}}}")
    (found,) = held(policy, logged("c", "9:00 start")).findings
    assert (found.kind, found.at, found.late, found.span) == (Kind.PROVISIONAL, None, None, span(11))
    assert found.due is not None


@pytest.mark.parametrize(
    ("flag", "kind", "missing"),
    [(True, GapKind.GAP, ()), (None, GapKind.UNDETERMINED, ("flag",))],
    ids=["met", "perhaps met"],
)
def test_a_silence_of_the_text(flag: object, kind: GapKind, missing: tuple[str, ...]) -> None:
    gaps = (
        "gaps:\n  - {id: g, title: {zh: 空, en: gap}, clause: 'LAB:1', missing: {zh: 无, en: nothing}, upon: start, "
        "when: {flag: true}}\n"
    )
    source = """source:
  title: {zh: 试验, en: lab}
  clauses:
    "LAB:1": {number: "1", digest: "0000000000000000", says: {zh: 试, en: t}, provisions: [a], gaps: [g]}
"""
    policy = lab.policy("{id: a, must: tell, upon: stop}", header=source + gaps)
    (found,) = held(policy, logged("c", "9:00 start", flag=flag)).findings
    assert (found.kind, found.subject, found.gap, found.missing, found.span) == (Kind.GAP, "g", kind, missing, span(10))


def test_an_event_without_a_place_is_shown_at_its_case() -> None:
    case = logged("c", "9:00 start")
    answer = pe.evaluate(HOURS, lab.log("9:00 start"), as_of=lab.at("+9 0:00"))
    (found,) = Reader(lab.log("9:00 start"), case.place, answer).findings()
    assert found.span == span(10)


@settings(max_examples=25)
@given(strategies.questions(pe.load("changzhi")))
def test_what_evaluate_calls_a_violation_is_one_and_nothing_else_is(asked: strategies.Question) -> None:
    answer = pe.evaluate(pe.load("changzhi"), asked.case, as_of=asked.as_of, readings=asked.readings)
    found = list(Reader(asked.case, None, answer).findings())
    for kind, duties in (
        (Kind.VIOLATION, answer.violations),
        (Kind.ADVISORY, answer.advisories),
        (Kind.UNDETERMINED, [each for each in answer.undetermined if not each.violated]),
    ):
        told = [(each.subject, each.instance) for each in found if each.kind is kind]
        assert list(dict.fromkeys(told)) == [(each.provision, each.instance) for each in duties]
    assert [each.subject for each in found if each.kind is Kind.GAP] == [each.gap for each in answer.gaps]
    assert all(each.late is None or each.late >= 0 for each in found)
