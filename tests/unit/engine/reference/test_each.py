"""S11: one duty for each occurrence of the trigger, correlated by a key."""

from __future__ import annotations

import policyengine as pe
from tests.support.lab import at, log, policy, row, rows

EACH = "{id: a, must: answer, upon: start, each: true, deadline: {within: {hours: 2}}}"
KEYED = "{id: a, must: answer, upon: start, each: true, key: dept, deadline: {within: {hours: 2}}}"


def test_s11_every_occurrence_has_its_own_duty_and_limit() -> None:
    case = log("9:00 start", "10:00 begin")
    assert rows(policy(EACH), case, "10:30") == {"e1": "active due 11:00", "e2": "active due 12:00"}


def test_s11_no_occurrence_leaves_one_row() -> None:
    assert rows(policy(EACH), log("9:00 stop"), "10:30") == {None: "not_triggered"}


def test_s24_one_act_may_perform_several_duties() -> None:
    case = log("9:00 start", "10:00 start", "10:30 answer")
    assert rows(policy(EACH), case, "13:00") == {
        "e1": "fulfilled due 11:00 by e3",
        "e2": "fulfilled due 12:00 by e3",
    }


def test_s11_an_act_counts_only_for_its_own_key() -> None:
    case = log("9:00 start dept:north", "9:10 start dept:south", "10:00 answer dept:south")
    assert rows(policy(KEYED), case, "12:00") == {
        "e1": "overdue due 11:00 violated 11:00:00.000001",
        "e2": "fulfilled due 11:10 by e3",
    }


def test_s11_the_same_key_twice_makes_two_duties() -> None:
    case = log("9:00 start dept:north", "9:30 start dept:north", "10:00 answer dept:north")
    assert rows(policy(KEYED), case, "10:10") == {"e1": "fulfilled due 11:00 by e3", "e2": "fulfilled due 11:30 by e3"}


def test_s11_a_trigger_without_its_key_leaves_the_duty_undetermined() -> None:
    case = log("9:00 start", "10:00 answer dept:south")
    duty = row(policy(KEYED), case, "12:00")
    assert (duty.status, duty.missing_attributes) == (pe.Status.UNDETERMINED, (("e1", "dept"),))
    assert set(duty.possible) == {pe.Status.FULFILLED, pe.Status.OVERDUE}


def test_s11_an_act_without_the_key_leaves_the_duty_undetermined() -> None:
    duty = row(policy(KEYED), log("9:00 start dept:north", "10:00 answer"), "12:00")
    assert (duty.status, duty.missing_attributes) == (pe.Status.UNDETERMINED, (("e2", "dept"),))


def test_s11_a_trigger_without_its_key_is_settled_when_nobody_acted() -> None:
    assert rows(policy(KEYED), log("9:00 start"), "12:00") == {"e1": "overdue due 11:00 violated 11:00:00.000001"}


def test_s11_until_is_correlated() -> None:
    loaded = policy("{id: a, must: answer, upon: start, each: true, key: dept, until: stop}")
    case = log("9:00 start dept:north", "9:10 start dept:south", "10:00 stop dept:north")
    assert rows(loaded, case, "12:00") == {"e1": "ended", "e2": "active"}


def test_s16_the_anchor_is_correlated() -> None:
    loaded = policy(
        "{id: a, must: answer, upon: start, each: true, key: dept, deadline: {within: {hours: 2}, of: anchor}}"
    )
    case = log("9:00 start dept:north", "9:10 start dept:south", "10:00 anchor dept:south")
    assert rows(loaded, case, "11:00") == {"e1": "not_started", "e2": "active due 12:00"}


def test_s21_the_event_to_be_preceded_is_correlated() -> None:
    loaded = policy("{id: a, must: answer, upon: start, each: true, key: dept, deadline: {before: anchor}}")
    case = log("9:00 start dept:north", "9:10 start dept:south", "10:00 anchor dept:south")
    assert rows(loaded, case, "11:00") == {"e1": "active", "e2": "overdue due 10:00 violated 10:00"}


CHAIN = """
{id: a, must: answer, upon: start, each: true, key: dept, deadline: {within: {hours: 2}}}
{id: b, must: punish, upon: {violated: a}, each: true, key: dept, deadline: {within: {hours: 1}}}
{id: c, must: tell, upon: {performed: a}, deadline: {within: {hours: 1}}}
"""


def test_s11_each_violation_brings_a_duty_of_its_own() -> None:
    case = log(
        "9:00 start dept:north", "9:10 start dept:south", "9:20 start dept:west", "9:30 answer dept:west",
        "11:30 punish dept:south",
    )  # fmt: skip
    loaded = policy(CHAIN)
    assert rows(loaded, case, "13:00", "b") == {
        "e1": "overdue due 12:00 violated 12:00:00.000001",
        "e2": "fulfilled due 12:10 by e5",
        "e3": "not_triggered",
    }
    assert rows(loaded, case, "13:00", "c") == {None: "overdue due 10:30 violated 10:30:00.000001"}


def test_s11_the_performance_of_the_same_key_is_the_anchor() -> None:
    loaded = policy(
        """
        {id: a, must: answer, upon: start, each: true, key: dept}
        {id: b, must: tell, upon: start, each: true, key: dept, deadline: {within: {hours: 1}, of: {performed: a}}}
        """
    )
    case = log("9:00 start dept:north", "9:10 start dept:south", "10:00 answer dept:south")
    assert rows(loaded, case, "10:30", "b") == {"e1": "not_started", "e2": "active due 11:00"}


def test_s11_a_performance_of_nobody_knows_which_key_leaves_what_waits_for_it_undetermined() -> None:
    loaded = policy(
        """
        {id: a, must: answer, upon: start, deadline: {within: {hours: 2}}}
        {id: b, must: tell, upon: start, each: true, key: dept, deadline: {within: {hours: 1}, of: {performed: a}}}
        """
    )
    known = log("9:00 start dept:north", "9:10 start dept:south", "10:00 answer dept:south")
    assert rows(loaded, known, "10:30", "b") == {"e1": "not_started", "e2": "active due 11:00"}
    unknown = log("9:00 start dept:north", "10:00 answer")
    assert rows(loaded, unknown, "10:30", "b") == {"e1": "undetermined due 11:00"}


def test_s27_each_breach_brings_a_duty_of_its_own() -> None:
    loaded = policy(
        """
        {id: a, must_not: speak, until: stop}
        {id: b, must: punish, upon: {breached: a}, each: true, deadline: {within: {hours: 1}}}
        """
    )
    case = log("9:00 speak", "10:00 answer", "10:30 stop", "11:00 speak")
    assert rows(loaded, case, "9:30", "b") == {"e1": "active due 10:00"}
    assert rows(loaded, case, "10:20", "b") == {
        "e1": "overdue due 10:00 violated 10:00:00.000001",
        "e2": "active due 11:00",
    }


def test_s12_a_duty_with_the_same_key_defeats_only_its_own() -> None:
    loaded = policy(
        """
        {id: a, must: answer, upon: start, each: true, key: dept, deadline: {within: {hours: 2}}}
        {id: b, must: tell, upon: change, each: true, key: dept, defeats: a}
        """
    )
    case = log("9:00 change dept:north", "9:10 start dept:north", "9:20 start dept:south")
    assert rows(loaded, case, "10:00") == {"e2": "defeated", "e3": "active due 11:20"}


def test_s26_a_duty_for_one_occurrence_is_not_capped_by_that_for_another() -> None:
    loaded = policy(
        """
        {id: a, must: answer, upon: start, each: true, when: {grade: [high, top]}, deadline: {within: {hours: 24}}}
        {id: b, must: answer, upon: start, each: true, when: {grade: [low, mid]}, deadline: {within: {hours: 30}}}
        """
    )
    case = log("9:00 start", "20:00 start", "+1 8:00 change grade=high", grade="low")
    # The first: 24 h from the regrading, but never later than its own 30 h; the second has 30 h from 20:00.
    assert rows(loaded, case, "+1 9:00") == {"e1": "active due +1 15:00", "e2": "active due +2 2:00"}


def test_s13_the_unknowns_of_one_duty_do_not_touch_the_others() -> None:
    entries = [f"9:{minute:02} start" for minute in range(20)]
    case = log("8:00 start dept:north", "8:30 answer dept:north", *entries, "10:00 answer dept:south")
    found = rows(policy(KEYED), case, "13:00")
    assert found["e1"] == "fulfilled due 10:00 by e2"
    assert {each.split()[0] for name, each in found.items() if name != "e1"} == {"undetermined"}


def test_l6_rows_of_many_occurrences_stay_in_the_order_of_the_log() -> None:
    answer = pe.evaluate(policy(EACH), log("9:00 start", "9:00 begin", "8:00 start"), as_of=at("10:00"))
    assert [duty.instance for duty in answer.duties] == ["e3", "e1", "e2"]
