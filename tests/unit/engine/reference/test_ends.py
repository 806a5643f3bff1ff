"""S24 to S26: whose act counts, partial acts, waivers, lives of their own; S20: limits made of several."""

from __future__ import annotations

import policyengine as pe
from policyengine import Status
from tests.support.lab import at, clock, log, policy, row, rows, shown

WAIVED = (
    "{id: a, must: answer, upon: start, deadline: {within: {hours: 2}},"
    " waived_by: {event: forgive, where: {by: chief}}}"
)


def test_s25_a_waiver_with_authority_ends_the_duty() -> None:
    duty = row(policy(WAIVED), log("9:00 start", "10:00 forgive @chief"), "12:00")
    assert (shown(duty), duty.owed) == ("waived due 11:00", False)


def test_s25_a_waiver_without_authority_is_none() -> None:
    assert shown(row(policy(WAIVED), log("9:00 start", "10:00 forgive @unit"), "10:30")) == "active due 11:00"


def test_s25_a_waiver_by_nobody_knows_whom_leaves_the_duty_undetermined() -> None:
    duty = row(policy(WAIVED), log("9:00 start", "10:00 forgive"), "12:00")
    assert (duty.status, duty.missing_attributes) == (Status.UNDETERMINED, (("e2", "by"),))
    assert set(duty.possible) == {Status.WAIVED, Status.OVERDUE}


def test_s25_a_violation_survives_a_later_waiver() -> None:
    answer = pe.evaluate(policy(WAIVED), log("9:00 start", "12:00 forgive @chief"), as_of=at("13:00"))
    assert shown(answer.duty("a")) == "waived due 11:00 violated 11:00:00.000001"
    assert [duty.provision for duty in answer.violations] == ["a"]
    assert answer.required_actions() == ()


def test_s25_a_waiver_at_the_limit_is_in_time_and_one_at_the_first_late_instant_is_not() -> None:
    for clock_time, violated in (("11:00", False), ("11:01", True)):
        duty = row(policy(WAIVED), log("9:00 start", f"{clock_time} forgive @chief"), "13:00")
        assert (duty.status, duty.violated) == (Status.WAIVED, violated)


def test_s25_performed_comes_before_waived() -> None:
    case = log("9:00 start", "9:30 answer", "10:00 forgive @chief")
    assert shown(row(policy(WAIVED), case, "12:00")) == "fulfilled due 11:00 by e2"


def test_s24_an_act_after_the_waiver_performs_nothing() -> None:
    case = log("9:00 start", "10:00 forgive @chief", "10:30 answer")
    assert shown(row(policy(WAIVED), case, "12:00")) == "waived due 11:00"


def test_s25_a_waiver_of_what_never_was_in_force_waives_nothing() -> None:
    loaded = policy(WAIVED.replace("upon: start,", "upon: start, when: {flag: true},"))
    assert row(loaded, log("9:00 start", "10:00 forgive @chief", flag=False), "12:00").status is Status.NOT_APPLICABLE
    later = log("9:00 start", "10:00 forgive @chief", "11:00 change flag=true", flag=False)
    assert row(loaded, later, "12:00").status is Status.WAIVED


def test_s25_a_standing_and_a_recurring_duty_can_be_waived() -> None:
    standing = policy("{id: a, must: answer, upon: start, standing: true, waived_by: forgive}")
    assert row(standing, log("9:00 start", "10:00 forgive"), "12:00").status is Status.WAIVED
    daily = policy("{id: a, must: answer, upon: start, every: day, waived_by: forgive}")
    assert rows(daily, log("0:00 start", "+1 9:00 forgive"), "+3 9:00") == {
        "2026-03-02": "overdue due +1 0:00 violated +1 0:00",
        "2026-03-03": "waived due +2 0:00",
    }


IN_PERSON = "{id: a, must: answer, bearer: chief, in_person: true, upon: start, deadline: {within: {hours: 2}}}"


def test_s24_in_person_only_the_bearers_own_act_counts() -> None:
    case = log("9:00 start", "9:30 answer @deputy", "10:00 answer @chief")
    assert shown(row(policy(IN_PERSON), case, "12:00")) == "fulfilled due 11:00 by e3"
    assert row(policy(IN_PERSON.replace(", in_person: true", "")), case, "12:00").performed == pe.Occurrence(
        at("9:30"), "e2"
    )


def test_s24_in_person_an_act_by_nobody_knows_whom_leaves_the_duty_undetermined() -> None:
    duty = row(policy(IN_PERSON), log("9:00 start", "9:30 answer"), "12:00")
    assert (duty.status, duty.missing_attributes) == (Status.UNDETERMINED, (("e2", "by"),))


def test_s24_a_partial_act_is_recorded_and_does_not_end_the_duty() -> None:
    loaded = policy("{id: a, must: answer, upon: start, deadline: {within: {hours: 2}}}")
    duty = row(loaded, log("9:00 start", "9:30 answer partly", "10:00 answer partly"), "10:30")
    assert (shown(duty), [each.event for each in duty.partial_acts]) == ("active due 11:00", ["e2", "e3"])
    whole = row(loaded, log("9:00 start", "9:30 answer partly", "10:00 answer", "10:10 answer partly"), "10:30")
    assert (shown(whole), [each.event for each in whole.partial_acts]) == ("fulfilled due 11:00 by e3", ["e2"])


def test_s27_a_partial_act_is_a_breach_all_the_same() -> None:
    duty = row(policy("{id: a, must_not: speak}"), log("9:00 speak partly"), "10:00")
    assert duty.status is Status.BREACHED


def test_s6_a_provision_can_have_a_life_of_its_own() -> None:
    loaded = policy(
        """
        {id: a, must: answer, upon: start, deadline: {within: {hours: 2}}, in_force: {to: 2026-03-03}}
        {id: b, must: answer, upon: start, deadline: {within: {hours: 1}}, in_force: {from: 2026-03-03}}
        """
    )
    old = pe.evaluate(loaded, log("23:30 start"), as_of=at("+1 0:40"))
    assert [shown(each) for each in old.duties] == ["active due +1 1:30", "not_in_force"]
    new = pe.evaluate(loaded, log("+1 0:00 start"), as_of=at("+1 0:40"))
    assert [shown(each) for each in new.duties] == ["not_in_force", "active due +1 1:00"]


EARLIEST = (
    "{id: a, must: answer, upon: start,"
    " deadline: {earliest: [{within: {hours: 48}}, {within: {hours: 4}, of: anchor}]}}"
)
LATEST = EARLIEST.replace("earliest", "latest")


def test_s20_the_earliest_leaves_out_what_has_not_begun() -> None:
    assert shown(row(policy(EARLIEST), log("9:00 start"), "10:00")) == "active due +2 9:00"
    assert shown(row(policy(EARLIEST), log("9:00 start", "10:00 anchor"), "10:30")) == "active due 14:00"


def test_s20_the_latest_stays_open_until_all_have_begun() -> None:
    assert shown(row(policy(LATEST), log("9:00 start"), "+5 10:00")) == "active"
    assert shown(row(policy(LATEST), log("9:00 start", "+1 10:00 anchor"), "+1 10:30")) == "active due +2 9:00"


def test_s16_nothing_has_started_while_no_limb_has() -> None:
    loaded = policy(
        "{id: a, must: answer, upon: start, deadline: {earliest:"
        " [{within: {hours: 1}, of: anchor}, {within: {hours: 4}, of: change}]}}"
    )
    assert row(loaded, log("9:00 start"), "10:00").status is Status.NOT_STARTED
    assert shown(row(loaded, log("9:00 start", "9:30 change"), "10:00")) == "active due 13:30"


def test_s20_an_event_to_be_preceded_can_be_a_limb() -> None:
    loaded = policy(
        "{id: a, must: answer, upon: start, deadline: {earliest: [{within: {hours: 48}}, {before: anchor}]}}"
    )
    assert shown(row(loaded, log("9:00 start", "12:00 anchor"), "13:00")) == "overdue due 12:00 violated 12:00"
    in_time = log("9:00 start", "12:00 answer", "12:00 anchor")
    assert shown(row(loaded, in_time, "13:00")) == "fulfilled due 12:00 by e2"


LIMBS = (
    "{id: a, must: answer, upon: start, deadline: {earliest:"
    " [{within: {hours: 48}}, {within: {hours: 4}, when: {flag: true}}]}}"
)


def test_s20_a_limb_applies_if_its_condition_held_at_its_anchor() -> None:
    assert shown(row(policy(LIMBS), log("9:00 start", flag=True), "10:00")) == "active due 13:00"
    changed = log("9:00 start", "9:30 change flag=true", flag=False)
    assert shown(row(policy(LIMBS), changed, "10:00")) == "active due +2 9:00"


def test_s13_an_unknown_condition_of_a_limb_leaves_the_duty_undetermined() -> None:
    duty = row(policy(LIMBS), log("9:00 start"), "10:00")
    assert (duty.status, duty.missing_facts) == (Status.UNDETERMINED, ("flag",))


def test_s20_composites_nest() -> None:
    loaded = policy(
        "{id: a, must: answer, upon: start, deadline: {latest: [{within: {hours: 1}},"
        " {earliest: [{within: {hours: 3}}, {within: {hours: 2}, of: anchor}]}]}}"
    )
    assert shown(row(loaded, log("9:00 start"), "9:30")) == "active due 12:00"
    assert shown(row(loaded, log("9:00 start", "9:10 anchor"), "9:30")) == "active due 11:10"


def test_s24_an_act_counts_from_the_earliest_anchor_on() -> None:
    loaded = policy(EARLIEST)
    case = log("8:00 anchor", "8:30 answer", "9:00 start")
    assert shown(row(loaded, case, "10:00")) == "fulfilled due 12:00 by e2"


def test_s26_a_limit_towards_somebody_else_caps_nothing() -> None:
    text = """
        {id: a, must: tell, to: chief, upon: start, when: {grade: {at_least: high}}, deadline: {within: {hours: 24}}}
        {id: b, must: tell, to: OTHER, upon: start, when: {grade: {less_than: high}}, deadline: {within: {hours: 30}}}
        """
    case = log("9:00 start", "20:00 change grade=high", grade="low")
    assert shown(row(policy(text.replace("OTHER", "chief")), case, "21:00")) == "active due +1 15:00"
    assert shown(row(policy(text.replace("OTHER", "public")), case, "21:00")) == "active due +1 20:00"


def test_s8_a_limit_past_the_end_of_the_log_is_undetermined_not_overdue() -> None:
    loaded = policy(
        """
        {id: a, must: answer, upon: start, deadline: {within: {hours: 2}}}
        {id: b, must: punish, upon: {violated: a}, deadline: {within: {hours: 1}}}
        """
    )

    def asked(known_until: str) -> pe.Assessment:
        case = log("9:00 start")
        known = pe.Case(id="x", events=case.events, known_until=at(known_until))
        return pe.evaluate(loaded, known, as_of=at("12:30"))

    assert [shown(duty) for duty in asked("11:00").duties] == [
        "overdue due 11:00 violated 11:00:00.000001",
        "undetermined due 12:00",  # of the sanction itself nobody knows more than up to 11:00
    ]
    early = asked("10:59")
    assert [duty.status for duty in early.duties] == [Status.UNDETERMINED, Status.UNDETERMINED]
    assert set(early.duty("a").possible) == {Status.OVERDUE, Status.FULFILLED}
    assert early.violations == ()


def test_s8_a_late_act_may_not_have_been_the_first() -> None:
    loaded = policy("{id: a, must: answer, upon: start, deadline: {within: {hours: 2}}}")
    case = pe.Case(id="x", events=log("9:00 start", "12:00 answer").events, known_until=at("10:00"))
    duty = pe.evaluate(loaded, case, as_of=at("12:30")).duty("a")
    assert (duty.status, set(duty.possible)) == (Status.UNDETERMINED, {Status.FULFILLED_LATE, Status.FULFILLED})


def test_s8_past_the_end_of_the_log_nobody_knows_what_has_not_happened() -> None:
    loaded = policy("{id: a, must: answer, upon: start, when: {not: {happened: change}}}")
    case = pe.Case(id="x", events=log("9:00 start").events, known_until=at("10:00"))
    assert pe.evaluate(loaded, case, as_of=at("10:00")).duty("a").status is Status.ACTIVE
    assert pe.evaluate(loaded, case, as_of=at("10:01")).duty("a").status is Status.UNDETERMINED
    assert clock(at("10:01")) == "10:01"


def test_s27_a_prohibition_says_whether_it_is_still_in_force_once_it_was_breached() -> None:
    loaded = policy("{id: a, must_not: speak, until: stop}")
    case = log("9:00 speak", "10:00 stop")
    assert [row(loaded, case, when).in_force for when in ("9:30", "10:30")] == [True, False]
