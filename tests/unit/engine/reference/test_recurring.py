"""S28: recurring duties have one instance a period, each with a start and a limit, each judged alone."""

from __future__ import annotations

import pytest

import policyengine as pe
from policyengine import Status
from tests.support.lab import at, clock, log, policy, rows

DAILY = "{id: a, must: answer, upon: start, every: day}"


def test_s28_the_first_period_is_the_first_whole_day() -> None:
    assert rows(policy(DAILY), log("9:00 start"), "12:00") == {None: "not_started"}
    assert rows(policy(DAILY), log("0:00 start"), "12:00") == {"2026-03-02": "active due +1 0:00"}


def test_s28_each_day_is_judged_alone() -> None:
    case = log("9:00 start", "+1 8:00 answer", "+1 9:00 answer", "+3 8:00 answer")
    assert rows(policy(DAILY), case, "+4 8:00") == {
        "2026-03-03": "fulfilled due +2 0:00 by e2",
        "2026-03-04": "overdue due +3 0:00 violated +3 0:00",
        "2026-03-05": "fulfilled due +4 0:00 by e4",
        "2026-03-06": "active due +5 0:00",
    }


def test_s28_what_one_missed_cannot_be_made_up_later_unless_the_text_says_so() -> None:
    case = log("9:00 start", "+3 8:00 answer", "+3 9:00 answer")
    own = rows(policy(DAILY), case, "+3 12:00")
    assert own == {
        "2026-03-03": "overdue due +2 0:00 violated +2 0:00",
        "2026-03-04": "overdue due +3 0:00 violated +3 0:00",
        "2026-03-05": "fulfilled due +4 0:00 by e2",
    }
    oldest = rows(policy("{id: a, must: answer, upon: start, every: day, late: oldest_open}"), case, "+3 12:00")
    assert oldest == {
        "2026-03-03": "fulfilled_late due +2 0:00 violated +2 0:00 by e2",
        "2026-03-04": "fulfilled_late due +3 0:00 violated +3 0:00 by e3",
        "2026-03-05": "active due +4 0:00",
    }


def test_s28_only_what_can_still_be_done_is_owed() -> None:
    case = log("9:00 start", "+2 8:00 answer")
    for late, owed in (("own_period", ["2026-03-05"]), ("oldest_open", ["2026-03-04", "2026-03-05"])):
        answer = pe.evaluate(
            policy(f"{{id: a, must: answer, upon: start, every: day, late: {late}}}"), case, as_of=at("+3 9:00")
        )
        assert [duty.instance for duty in answer.required_actions()] == owed


def test_s28_working_days_leave_out_weekends_and_holidays() -> None:
    loaded = policy("{id: a, must: answer, upon: start, every: working_day}")
    found = rows(loaded, log("0:00 start"), "+8 9:00")
    assert list(found) == [f"2026-03-{day:02}" for day in (2, 3, 4, 5, 6, 9, 10)]


def test_s22_a_working_day_that_nobody_announced_is_provisional() -> None:
    loaded = policy("{id: a, must: answer, upon: start, every: working_day}")
    case = pe.Case(id="x", events=[pe.Event(id="e", type="start", at=pe.Instant.parse("2027-01-04T00:00:00+08:00"))])
    duty = pe.evaluate(loaded, case, as_of="2027-01-04T09:00:00+08:00").duty("a")
    assert duty.limit is not None
    assert duty.limit.provisional


@pytest.mark.parametrize(
    ("period", "labels", "due"),
    [
        ("week", ["2026-03-09", "2026-03-16"], "2026-03-22T16:00:00Z"),
        ("month", ["2026-04-01", "2026-05-01", "2026-06-01"], "2026-06-30T16:00:00Z"),
        ("quarter", ["2026-04-01", "2026-07-01"], "2026-09-30T16:00:00Z"),
        ("year", ["2027-01-01", "2028-01-01"], "2028-12-31T16:00:00Z"),
    ],
)
def test_s28_calendar_periods(period: str, labels: list[str], due: str) -> None:
    loaded = policy(f"{{id: a, must: answer, upon: start, every: {period}}}")
    asked = {"week": "2026-03-17", "month": "2026-06-02", "quarter": "2026-07-01", "year": "2028-02-29"}
    answer = pe.evaluate(loaded, log("9:00 start"), as_of=f"{asked[period]}T00:00:00+08:00")
    assert [duty.instance for duty in answer.duties] == labels
    assert str(answer.duties[-1].limit and answer.duties[-1].limit.due) == due


FIXED = '{id: a, must: answer, upon: start, every: {at: ["09:00", "17:00"]}}'


def test_s28_fixed_times_of_day_are_inclusive() -> None:
    case = log("8:00 start", "9:00 answer", "17:00 answer", "+1 9:01 answer")
    assert rows(policy(FIXED), case, "+1 12:00") == {
        "2026-03-02T09:00": "fulfilled due 9:00 by e2",
        "2026-03-02T17:00": "fulfilled due 17:00 by e3",
        "2026-03-03T09:00": "overdue due +1 9:00 violated +1 9:00:00.000001",
        "2026-03-03T17:00": "fulfilled due +1 17:00 by e4",
    }


CHAINED = "{id: a, must: answer, upon: start, every: {since_last_act: {hours: 4}}, until: stop}"


def test_s28_so_long_after_the_last_act() -> None:
    case = log("8:00 start", "11:00 answer", "16:00 answer")
    assert rows(policy(CHAINED), case, "18:00") == {
        "e1": "fulfilled due 12:00 by e2",
        "e2": "fulfilled_late due 15:00 violated 15:00:00.000001 by e3",
        "e3": "active due 20:00",
    }


def test_s28_until_before_a_limit_ends_the_instance() -> None:
    case = log("8:00 start", "11:00 answer", "14:00 stop")
    assert rows(policy(CHAINED), case, "18:00") == {"e1": "fulfilled due 12:00 by e2", "e2": "ended due 15:00"}
    daily = policy("{id: a, must: answer, upon: start, every: day, until: stop}")
    assert rows(daily, log("0:00 start", "+1 9:00 stop"), "+3 9:00") == {
        "2026-03-02": "overdue due +1 0:00 violated +1 0:00",
        "2026-03-03": "ended due +2 0:00",
    }


def test_s28_a_period_out_of_force_asks_for_nothing() -> None:
    loaded = policy("{id: a, must: answer, upon: start, every: day, when: {flag: true}}")
    case = log("0:00 start", "+1 9:00 change flag=false", "+3 9:00 change flag=true", flag=True)
    assert rows(loaded, case, "+4 8:00") == {
        "2026-03-02": "overdue due +1 0:00 violated +1 0:00",
        "2026-03-03": "withdrawn due +2 0:00",
        "2026-03-05": "overdue due +4 0:00 violated +4 0:00",
        "2026-03-06": "active due +5 0:00",
    }


def test_s28_a_missed_period_can_be_sanctioned_each_time() -> None:
    loaded = policy(
        """
        {id: a, must: answer, upon: start, every: day}
        {id: b, must: punish, upon: {violated: a}, each: true, deadline: {within: {hours: 1}}}
        """
    )
    answer = pe.evaluate(loaded, log("0:00 start", "+1 8:00 answer"), as_of=at("+3 0:30"))
    found = [
        (duty.status, clock(None if duty.limit is None else duty.limit.due))
        for duty in answer.duties
        if duty.provision == "b"
    ]
    assert found == [(Status.OVERDUE, "+1 1:00"), (Status.ACTIVE, "+3 1:00")]


def test_s28_without_a_trigger_it_recurs_from_the_start_of_the_version() -> None:
    header = "versions: [{in_force: {from: 2026-03-01}}]\n"
    loaded = policy("{id: a, must: answer, every: day}", header=header)
    assert list(rows(loaded, log("+1 8:00 answer"), "+1 9:00")) == ["2026-03-01", "2026-03-02", "2026-03-03"]


def test_s13_an_unknown_condition_leaves_every_period_open() -> None:
    loaded = policy("{id: a, must: answer, upon: start, every: day, when: {flag: true}}")
    found = rows(loaded, log("0:00 start"), "+1 9:00")
    assert found == {"2026-03-02": "undetermined due +1 0:00", "2026-03-03": "undetermined due +2 0:00"}


@pytest.mark.unmeasured
def test_s28_a_recurring_duty_of_thousands_of_years_is_refused_not_cut_short() -> None:
    header = "versions: [{in_force: {from: 1000-01-01}}]\n"
    with pytest.raises(pe.CaseError) as caught:
        rows(policy("{id: a, must: answer, every: day}", header=header), log("9:00 start"), "9:30")
    assert [each.code for each in caught.value.diagnostics] == ["PE616"]


def test_s28_years_of_acts_within_one_second_of_each_other_are_bounded_by_the_acts() -> None:
    loaded = policy("{id: a, must: answer, upon: start, every: {since_last_act: {minutes: 1}}}")
    found = rows(loaded, log("0:00 start"), "+3650 0:00")
    assert found == {"e1": "overdue due 0:01 violated 0:01:00.000001"}
