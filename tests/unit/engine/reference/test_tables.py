"""S10: derived facts and assigned roles are decision tables; what is open has every value that its rows allow."""

from __future__ import annotations

import pytest

import policyengine as pe
from policyengine import Status
from tests.support.lab import at, log, policy, row, shown

DERIVED = """\
tables:
  - derives: class
    clause: "LAB:1"
    rows:
      - {when: {flag: true}, then: high}
      - {when: {amount: {at_least: 10}}, then: mid}
    else: low
"""
ON_CLASS = "{id: a, must: answer, upon: start, when: {class: {at_least: mid}}, deadline: {within: {hours: 2}}}"


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"flag": True}, "active due 11:00"),
        ({"flag": False, "amount": 10}, "active due 11:00"),
        ({"flag": False, "amount": 9}, "not_applicable"),
        # The first row is open: high or mid, and both are at least mid.
        ({"amount": 10}, "active due 11:00"),
        # High or low.
        ({"amount": 9}, "undetermined due 11:00"),
        ({"flag": False}, "undetermined due 11:00"),
        ({}, "undetermined due 11:00"),
    ],
)
def test_s10_a_comparison_is_decided_when_it_comes_out_the_same_for_all_values(
    facts: dict[str, object], expected: str
) -> None:
    assert shown(row(policy(ON_CLASS, DERIVED), log("9:00 start", **facts), "9:30")) == expected


@pytest.mark.parametrize("matcher", ["reference", "verify"])
def test_s10_every_matcher_derives_the_same(matcher: str) -> None:
    if matcher == "verify":
        pytest.importorskip("durable_rules_engine")
    case = log("9:00 start", "9:10 change amount=12", "9:20 change flag=true")
    answer = pe.evaluate(policy(ON_CLASS, DERIVED), case, as_of=at("9:30"), matcher=matcher)  # type: ignore[call-overload]
    assert shown(answer.duty("a")) == "active due 11:00"
    assert answer.facts["class"] == "high"


def test_s10_what_is_missing_are_the_facts_that_it_is_derived_from() -> None:
    assert row(policy(ON_CLASS, DERIVED), log("9:00 start"), "9:30").missing_facts == ("flag", "amount")
    assert row(policy(ON_CLASS, DERIVED), log("9:00 start", amount=3), "9:30").missing_facts == ("flag",)


def test_s10_a_value_that_the_text_does_not_state_is_unknown() -> None:
    loaded = policy(ON_CLASS, DERIVED.replace("else: low", "else: unstated"))
    assert row(loaded, log("9:00 start", flag=False, amount=1), "9:30").status is Status.UNDETERMINED


def test_s10_derived_facts_build_on_one_another() -> None:
    tables = (
        DERIVED
        + """\
  - derives: other
    clause: "LAB:1"
    rows: [{when: {class: {at_least: mid}}, then: true}]
    else: false
"""
    )
    loaded = policy("{id: a, must: answer, upon: start, when: {other: true}}", tables)
    assert shown(row(loaded, log("9:00 start", amount=10), "9:30")) == "active"
    assert row(loaded, log("9:00 start"), "9:30").missing_facts == ("flag", "amount")


def test_s26_a_derived_fact_that_rises_is_an_upward_regrading() -> None:
    loaded = policy(ON_CLASS, DERIVED)
    case = log("9:00 start", "12:00 change amount=11", flag=False, amount=1)
    assert shown(row(loaded, case, "13:00")) == "active due 14:00"


def test_s26_a_derived_fact_that_rests_on_a_presumed_one_regrades_nothing() -> None:
    loaded = policy(ON_CLASS, "presume: {amount: 1}\n" + DERIVED)
    case = log("9:00 start", "12:00 change amount=11", flag=False)
    duty = row(loaded, case, "13:00")
    assert (shown(duty), duty.late_activation) == ("overdue due 11:00 violated 12:00", True)


ASSIGNED = """\
roles:
  owner: {title: {zh: 承担者, en: owner}}
tables:
  - assigns: owner
    clause: "LAB:1"
    rows:
      - {when: {flag: true}, then: unit}
      - {when: {other: true}, then: chief}
    else: deputy
"""
OWNED = "{id: a, must: answer, bearer: owner, upon: start, deadline: {within: {hours: 2}}}"


def owned(header: str = ASSIGNED, **facts: object) -> pe.Duty:
    return row(policy(OWNED, header), log("9:00 start", **facts), "9:30")


def test_s10_the_bearer_is_the_role_of_the_row_that_is_true() -> None:
    assert owned(flag=True, other=False).bearer == "unit"
    assert owned(flag=False, other=True).bearer == "chief"
    assert owned(flag=False, other=False).bearer == "deputy"
    assert owned(flag=True, other=False).assigned == "owner"


def test_s10_two_true_rows_are_a_conflict_and_name_their_candidates() -> None:
    duty = owned(flag=True, other=True)
    assert (duty.bearer, duty.conflict, [each.role for each in duty.candidates]) == (None, True, ["unit", "chief"])
    assert duty.candidates[0].clauses == ("LAB:1",)
    assert duty.status is Status.ACTIVE


def test_s10_an_unknown_bearer_leaves_the_duty_itself_determined() -> None:
    duty = owned(flag=False)
    assert (duty.bearer, duty.conflict, [each.role for each in duty.candidates]) == (None, False, ["chief", "deputy"])
    assert shown(duty) == "active due 11:00"


def test_s10_with_first_hit_the_first_true_row_ends() -> None:
    header = ASSIGNED.replace("    rows:", "    hit: first\n    rows:")
    assert owned(header, flag=True, other=True).bearer == "unit"
    assert [each.role for each in owned(header, other=True).candidates] == ["unit", "chief"]


def test_s10_where_the_text_names_nobody_there_is_no_bearer() -> None:
    duty = owned(ASSIGNED.replace("else: deputy", "else: unstated"), flag=False, other=False)
    assert (duty.bearer, duty.candidates, duty.assigned) == (None, (), "owner")


def test_s10_one_candidate_is_not_settled_while_the_text_may_name_nobody() -> None:
    duty = owned(ASSIGNED.replace("else: deputy", "else: unstated"), flag=False)
    assert (duty.bearer, [each.role for each in duty.candidates]) == (None, ["chief"])


def test_s10_a_live_duty_is_borne_by_whom_the_facts_name_now_a_violated_one_by_whom_they_named_then() -> None:
    case = log(
        "9:00 start", "10:00 change flag=false other=true", "12:00 change flag=true other=false", flag=True, other=False
    )
    loaded = policy(OWNED, ASSIGNED)
    assert [row(loaded, case, when).bearer for when in ("9:30", "10:30", "13:00")] == ["unit", "chief", "chief"]


def test_s10_a_role_may_find_what_it_owes_or_may_owe() -> None:
    answer = pe.evaluate(policy(OWNED, ASSIGNED), log("9:00 start", flag=False), as_of=at("9:30"))
    assert [len(answer.required_actions(role)) for role in ("chief", "deputy", "owner", "unit")] == [1, 1, 1, 0]


@pytest.mark.parametrize(
    ("by", "status"),
    [("@unit", Status.FULFILLED), ("@owner", Status.FULFILLED), ("@chief", Status.ACTIVE), ("", Status.UNDETERMINED)],
)
def test_s24_in_person_goes_by_who_is_meant_at_the_act(by: str, status: Status) -> None:
    loaded = policy(OWNED.replace("upon:", "in_person: true, upon:"), ASSIGNED)
    assert row(loaded, log("9:00 start", f"9:10 answer {by}", flag=True, other=False), "9:30").status is status


def test_s13_what_would_settle_whose_act_counts_is_named() -> None:
    loaded = policy(OWNED.replace("upon:", "in_person: true, upon:"), ASSIGNED)
    nobody = row(loaded, log("9:00 start", "9:10 answer", flag=True, other=False), "9:30")
    assert (nobody.missing_attributes, nobody.missing_facts) == ((("e2", "by"),), ())
    open_ = row(loaded, log("9:00 start", "9:10 answer @chief", flag=False), "9:30")
    assert (open_.status, open_.missing_facts, open_.missing_attributes) == (Status.UNDETERMINED, ("other",), ())


def test_s27_a_prohibition_binds_whom_the_table_names() -> None:
    loaded = policy("{id: a, must_not: answer, bearer: owner}", ASSIGNED)
    case = log("9:00 answer @unit", "9:10 answer @chief", flag=True, other=False)
    duty = row(loaded, case, "9:30")
    assert (duty.status, [each.event for each in duty.breaches]) == (Status.BREACHED, ["e1"])


def test_s7_a_reading_may_stand_in_a_table() -> None:
    header = ASSIGNED.replace("else: deputy", "else: {reading: who, x: deputy, y: unstated}") + (
        "readings: {who: {question: {zh: 谁, en: who}, options: {x: {zh: 甲, en: x}, y: {zh: 乙, en: y}},"
        " default: x, why: {zh: 因, en: so}}}\n"
    )
    loaded = policy(OWNED, header)
    case = log("9:00 start", flag=False, other=False)
    assert [row(loaded, case, "9:30", who=option).bearer for option in "xy"] == ["deputy", None]
