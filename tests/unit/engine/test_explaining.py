"""What each part of an explanation says, on policies of a few lines."""

from __future__ import annotations

from dataclasses import replace

import pytest

import policyengine as pe
from policyengine.model.condition import Truth
from policyengine.model.explanation import Derivation, RemedyKind
from policyengine.model.traces import ActTrace, Asked, Connective, Leaving, Origin, Worth
from policyengine.temporal.limit import StepKind
from tests.support.lab import at, clock, log, policy, shown

HOURS = "deadline: {within: {hours: 2}}"


def explain(loaded: pe.Policy, case: pe.Case, when: str, provision: str = "a", **more: str) -> pe.Explanation:
    return pe.explain(loaded, case, provision, as_of=at(when), **more)  # type: ignore[arg-type]


def first(loaded: pe.Policy, case: pe.Case, when: str, provision: str = "a") -> Derivation:
    return explain(loaded, case, when, provision).derivations[0]


def told(asked: Asked) -> object:
    """Return a condition as nested tuples: what was asked, and what it came to."""
    if asked.connective is not None:
        return (asked.connective.value, asked.truth.value, *map(told, asked.parts))
    name = asked.test.fact if asked.test is not None else "/".join(asked.happened)
    return (name, asked.value if asked.test is not None else asked.event, asked.truth.value)


def worths(derivation: Derivation) -> list[tuple[str, Worth]]:
    return [(each.event, each.worth) for each in derivation.acts]


def test_a_fact_is_told_with_who_set_it_and_when() -> None:
    loaded = policy(
        f"{{id: a, must: answer, upon: start, when: {{grade: {{at_least: mid}}, flag: true}}, {HOURS}}}",
        header="presume: {flag: true}\n",
    )
    case = log("9:00 start", "9:10 change grade=mid", "9:20 change grade=mid", "9:30 change grade=high flag=false")
    grade, flag = first(loaded, case, "10:00").facts
    assert [(clock(each.since), each.value, each.origin, each.event) for each in grade.spans] == [
        (None, "mid", Origin.GRADED_LATER, "e2"),
        ("9:10", "mid", Origin.SET, "e2"),
        ("9:30", "high", Origin.SET, "e4"),
    ]
    assert [(each.value, each.origin) for each in flag.spans] == [(True, Origin.PRESUMED), (False, Origin.SET)]


def test_a_fact_made_unknown_again_and_one_said_at_the_start() -> None:
    loaded = policy("{id: a, must: answer, upon: start, when: {flag: true, amount: {more_than: 2}}}")
    flag, amount = first(loaded, log("9:00 start", "9:10 change flag=null", amount=3, flag=True), "10:00").facts
    assert [(each.value, each.origin) for each in flag.spans] == [(True, Origin.INITIAL), (None, Origin.UNKNOWN)]
    assert [(each.value, each.origin) for each in amount.spans] == [(3, Origin.INITIAL)]


def test_a_condition_is_told_part_by_part_as_it_changes() -> None:
    loaded = policy(
        "{id: a, must: answer, upon: start, "
        "when: {grade: high, any: [{flag: true}, {not: {happened: [stop, halt]}}]}, unless: {other: true}}"
    )
    case = log("9:00 start grade=high flag=false", "9:30 halt", other=False)
    when, unless = first(loaded, case, "10:00").conditions
    assert [(clock(each.since), told(each.asked)) for each in when.spans] == [
        (
            "9:00",
            (
                *("all", "true", ("grade", "high", "true")),
                ("any", "true", ("flag", False, "false"), ("not", "true", ("stop/halt", None, "false"))),
            ),
        ),
        (
            "9:30",
            (
                *("all", "false", ("grade", "high", "true")),
                ("any", "false", ("flag", False, "false"), ("not", "false", ("stop/halt", "e2", "true"))),
            ),
        ),
    ]
    assert [told(each.asked) for each in unless.spans] == [("other", False, "false")]
    assert [each.connective for each in when.spans[0].asked.parts] == [None, Connective.ANY]


def test_events_that_come_near_are_told_with_what_does_not_match() -> None:
    loaded = policy("{id: a, must: answer, upon: {event: start, where: {dept: [north]}}}")
    (waited,) = first(loaded, log("9:00 start dept:south", "9:10 begin", "9:20 stop"), "10:00").triggers
    assert [(each.event, told(each.asked)[2]) for each in waited.missed] == [  # type: ignore[index]
        ("e1", ("type", "start", "true"))
    ]
    assert [told(each) for each in waited.missed[0].asked.tests()][1] == ("dept", "south", "false")
    assert waited.found is not None  # in one of the two ways in which it can come out
    assert waited.found.event == "e2"
    assert waited.doubt is not None
    assert [told(each) for each in waited.doubt.tests()][1] == ("dept", None, "unknown")


def test_which_of_several_triggers_came_first() -> None:
    loaded = policy("{id: a, must: answer, upon: [stop, start]}")
    derivation = first(loaded, log("9:00 begin", "9:30 stop"), "10:00")
    assert [each.found and each.found.event for each in derivation.triggers] == ["e2", "e1"]
    assert derivation.duty.trigger == derivation.triggers[1].found


def test_a_stretch_ends_for_a_reason() -> None:
    loaded = policy(
        """
        {id: a, must: answer, upon: start, when: {flag: true}, until: stop, waived_by: forgive}
        {id: b, must: tell, upon: start, when: {other: true}, defeats: a}
        """
    )
    reasons = {
        "9:30 change flag=false": Leaving.CONDITION,
        "9:30 change other=true": Leaving.DEFEATED,
        "9:30 stop": Leaving.UNTIL,
        "9:30 forgive": Leaving.WAIVED,
    }
    for entry, reason in reasons.items():
        (stretch,) = first(loaded, log("9:00 start", entry, flag=True, other=False), "10:00").stretches
        assert (clock(stretch.end), stretch.left_by) == ("9:30", reason), entry
    derivation = first(loaded, log("9:00 start", "9:30 change other=true", flag=True, other=False), "10:00")
    assert [(each.provision, clock(each.start), each.end) for each in derivation.defeats] == [("b", "9:30", None)]


def test_a_provision_without_a_trigger_ends_with_its_version() -> None:
    loaded = policy(
        "{id: a, must_not: speak, when: {flag: true}}",
        header="versions: [{in_force: {from: 2026-03-01, to: 2026-03-03}}]\n",
    )
    derivation = first(loaded, log("9:00 start", flag=True), "+3 9:00")
    assert [(clock(each.end), each.left_by) for each in derivation.stretches] == [("+1 0:00", Leaving.VERSION)]
    assert derivation.life is not None
    assert derivation.life.truth is Truth.FALSE


def test_the_limbs_of_a_limit_are_counted_each() -> None:
    loaded = policy(
        "{id: a, must: answer, upon: start, deadline: {latest: "
        "[{within: {hours: 4}}, {within: {days: 1}, of: anchor}, {within: {hours: 90}, when: {flag: true}}]}}"
    )
    (stretch,) = first(loaded, log("9:00 start", "10:00 anchor", flag=False), "11:00").stretches
    assert stretch.limit is not None
    assert [(each.limit and clock(each.limit.due)) for each in stretch.limit.singles] == ["13:00", "+2 0:00", None]
    assert [each.asked and each.asked.truth for each in stretch.limit.singles] == [None, None, Truth.FALSE]
    assert stretch.limit.limit is not None
    assert stretch.limit.limit.steps[-1].kind is StepKind.LATEST


def test_a_limit_capped_by_another_names_it() -> None:
    loaded = policy(
        """
        {id: a, must: answer, upon: start, when: {grade: high}, deadline: {within: {hours: 9}}}
        {id: b, must: speak, upon: start, when: {grade: low}, deadline: {within: {hours: 4}}}
        """
    )
    explanation = explain(loaded, log("9:00 start grade=low", "10:00 change grade=high"), "11:00")
    (stretch,) = explanation.derivations[0].stretches
    assert stretch.limit is not None
    assert stretch.limit.cap is not None
    assert (stretch.limit.cap.provision, clock(stretch.limit.cap.limit.due)) == ("b", "13:00")
    assert stretch.limit.limit is not None
    assert clock(stretch.limit.limit.due) == "13:00"
    assert [each.duty.provision for each in explanation.derivations] == ["a", "b"]


def test_what_an_act_was_worth() -> None:
    loaded = policy(f"{{id: a, must: answer, upon: start, when: {{flag: true}}, means: [letter], to: public, {HOURS}}}")
    case = log(
        "8:00 answer means=letter >public",
        "9:00 start",
        "9:10 answer means=word >public",
        "9:20 answer >public",
        "9:30 answer means=letter >public partly",
        "9:40 confer means=letter >public",
        "9:50 answer means=letter >public",
        flag=True,
    )
    assert worths(first(loaded, case, "10:00")) == [
        ("e1", Worth.TOO_EARLY),
        ("e3", Worth.OTHER),
        ("e4", Worth.PERHAPS),
        ("e5", Worth.NEEDLESS),  # if the one before it was the act
        ("e6", Worth.NEEDLESS),
        ("e7", Worth.NEEDLESS),
    ]


def test_an_act_out_of_force_and_one_too_late() -> None:
    loaded = policy(f"{{id: a, must: answer, upon: start, when: {{flag: true}}, {HOURS}}}")
    away = log("9:00 start", "9:10 change flag=false", "9:20 answer", flag=True)
    assert worths(first(loaded, away, "10:00")) == [("e3", Worth.NOT_IN_FORCE)]
    late = log("9:00 start", "12:00 answer", flag=True)
    assert first(loaded, late, "13:00").acts == (ActTrace("e2", at("12:00"), Worth.PERFORMED, late=True),)


def test_acts_against_a_prohibition_for_a_permission_and_for_a_standing_duty() -> None:
    loaded = policy(
        """
        {id: a, must_not: answer, upon: start, until: stop}
        {id: b, may: answer, upon: start}
        {id: c, must: speak, upon: start, standing: true}
        """
    )
    case = log("8:00 answer", "9:00 start", "9:30 answer", "9:40 stop", "9:50 answer")
    expected = {"a": Worth.BREACHED, "b": Worth.USED, "c": Worth.CONTINUED}
    for name, worth in expected.items():
        found = dict(worths(first(loaded, case, "10:00", name)))
        assert (found["e1"], found["e3"]) == (Worth.NOT_IN_FORCE, worth), name


def test_it_rests_on_the_duty_whose_outcome_it_waits_for() -> None:
    loaded = policy(
        f"""
        {{id: a, must: punish, upon: {{violated: b}}, deadline: {{within: {{hours: 1}}}}}}
        {{id: b, must: answer, upon: start, {HOURS}}}
        """
    )
    explanation = explain(loaded, log("9:00 start"), "12:00")
    (waited,) = explanation.derivations[0].triggers
    assert waited.found is not None
    assert clock(waited.found.counts_from) == "11:00"
    assert [shown(each.duty) for each in explanation.derivations] == [
        "active due 12:00",
        "overdue due 11:00 violated 11:00:00.000001",
    ]


def test_of_duties_for_each_occurrence_the_most_pressing_one() -> None:
    loaded = policy(f"{{id: a, must: answer, upon: start, each: true, key: dept, {HOURS}}}")
    case = log("9:00 start dept:n", "10:00 start dept:s", "10:30 answer dept:n", "12:30 tell")
    explanation = explain(loaded, case, "12:30")
    assert explanation.duty is not None
    assert (explanation.duty.instance, explanation.others) == ("e2", ("e1",))
    assert explain(loaded, case, "12:30", instance="e1").duty != explanation.duty
    with pytest.raises(pe.DutyError, match="did you mean 'e1'") as caught:
        explain(loaded, case, "12:30", instance="e11")
    assert caught.value.known == ("e1", "e2")


def test_what_would_settle_it_is_a_tree_of_the_facts_that_matter() -> None:
    loaded = policy(f"{{id: a, must: answer, upon: start, when: {{grade: {{at_least: high}}, flag: true}}, {HOURS}}}")
    settlings = explain(loaded, log("9:00 start"), "10:00").settlings
    assert [(each.facts, each.duty and each.duty.status.value) for each in settlings] == [
        ((("grade", ("low", "mid")),), "not_applicable"),
        ((("grade", ("high", "top")), ("flag", (True,))), "active"),
        ((("grade", ("high", "top")), ("flag", (False,))), "not_applicable"),
    ]


def test_numbers_are_tried_where_a_condition_turns() -> None:
    loaded = policy(f"{{id: a, must: answer, upon: start, when: {{amount: {{more_than: 5}}}}, {HOURS}}}")
    settlings = explain(loaded, log("9:00 start"), "10:00").settlings
    assert [each.facts for each in settlings] == [(("amount", (4, 5)),), (("amount", (6,)),)]


def test_a_log_confirmed_complete_settles_what_may_be_unrecorded() -> None:
    loaded = policy(f"{{id: a, must: answer, upon: start, {HOURS}}}")
    case = replace(log("9:00 start"), known_until=at("10:00"))
    settlings = explain(loaded, case, "12:00").settlings
    assert [(each.complete_log, clock(each.done_by), each.duty and each.duty.status.value) for each in settlings] == [
        (True, None, "overdue"),
        (True, "11:00", "fulfilled"),
    ]


def test_a_late_duty_would_have_been_in_time_at_its_limit() -> None:
    loaded = policy(f"{{id: a, must: answer, upon: start, means: [letter], to: public, {HOURS}}}")
    (remedy,) = explain(loaded, log("9:00 start", "12:00 answer means=letter >public"), "13:00").remedies
    assert (remedy.kind, remedy.act, clock(remedy.by), remedy.violates) == (RemedyKind.ACT, "answer", "11:00", ())
    assert remedy.duty.status is pe.Status.FULFILLED


def test_a_remedy_that_violates_something_else_says_so() -> None:
    loaded = policy(
        f"""
        {{id: a, must: answer, upon: start, {HOURS}}}
        {{id: b, must_not: speak, upon: start, until: stop}}
        """
    )
    (remedy,) = explain(loaded, log("9:00 start"), "12:00").remedies
    assert remedy.violates == (("b", None),)


def test_of_a_duty_that_came_into_force_after_its_limit_an_earlier_act_counts() -> None:
    loaded = policy(
        f"{{id: a, must: answer, upon: start, when: {{flag: true}}, {HOURS}}}",
        header="counting: {regrading: {other: retroactive}}\n",
    )
    case = log("9:00 start", "12:00 change flag=true", flag=False)
    explanation = explain(loaded, case, "13:00")
    assert explanation.duty is not None
    assert explanation.duty.late_activation
    assert [clock(each.by) for each in explanation.remedies] == ["11:00"]  # an act before it arose would have counted


def test_a_breach_would_have_been_none_had_something_come_first_or_had_it_not_been_done() -> None:
    loaded = policy("{id: a, must_not: answer, upon: start, until: [stop, halt]}")
    explanation = explain(loaded, log("9:00 start", "9:30 answer"), "10:00")
    assert [(each.kind, each.act, each.events) for each in explanation.remedies] == [
        (RemedyKind.FIRST, "stop", ()),
        (RemedyKind.FIRST, "halt", ()),
        (RemedyKind.REFRAIN, None, ("e2",)),
    ]


def test_the_explained_case_is_the_one_as_it_was_known_then() -> None:
    loaded = policy(f"{{id: a, must: answer, upon: start, {HOURS}}}")
    events = [
        pe.Event(id="e1", type="start", at=at("9:00")),
        pe.Event(id="e2", type="answer", at=at("10:00"), recorded_at=at("15:00")),
    ]
    case = pe.Case(id="lab", events=events)
    then = pe.explain(loaded, case, "a", as_of=at("12:00"), known_at=at("14:00"))
    assert then.duty is not None
    assert then.duty.status is pe.Status.OVERDUE
    assert worths(then.derivations[0]) == []
    now = pe.explain(loaded, case, "a", as_of=at("12:00"))
    assert worths(now.derivations[0]) == [("e2", Worth.PERFORMED)]


def test_why_there_is_no_row_at_all() -> None:
    loaded = policy(
        """
        {id: a, must: answer, upon: start, under: {who: both}}
        {id: b, must: tell, upon: start, scope: agency}
        """,
        header=(
            "readings:\n  who:\n    question: {zh: 谁, en: who}\n    options: {one: {zh: 一, en: one}, "
            "both: {zh: 二, en: both}}\n    default: one\n    why: {zh: 试, en: t}\n"
        ),
    )
    case = log("9:00 start")
    absent = explain(loaded, case, "10:00")
    assert (absent.duty, absent.status, absent.derivations) == (None, None, ())
    assert absent.absence is not None
    assert absent.absence.admitted_by == ((pe.Choice("who", "both"),),)
    other = explain(loaded, case, "10:00", "b").absence
    assert other is not None
    assert other.scope == "agency"
    with pytest.raises(pe.DutyError, match="has no provision 'c'"):
        explain(loaded, case, "10:00", "c")


def test_a_derived_fact_shows_the_rows_that_decided_it() -> None:
    loaded = policy(
        "{id: a, must: answer, upon: start, when: {class: high}}",
        header=(
            'tables: [{derives: class, clause: "LAB:1", rows: '
            "[{when: {flag: true}, then: high}, {when: {amount: {more_than: 3}}, then: mid}], else: low}]\n"
        ),
    )
    derived, *behind = first(loaded, log("9:00 start", "9:30 change amount=4", flag=False), "10:00").facts
    assert [(each.value, [told(row.asked) for row in each.rows]) for each in derived.spans] == [
        ("mid", [("flag", False, "false"), ("amount", 4, "true")])
    ]
    assert [each.fact for each in behind] == ["flag", "amount"]


def test_an_assigned_bearer_shows_the_rows_of_the_table() -> None:
    loaded = policy(
        "{id: a, must: answer, upon: start, bearer: deputy}",
        header=(
            'roles: {deputy: {title: {zh: 副手, en: deputy}, clause: "LAB:1"}}\n'
            'tables: [{assigns: deputy, clause: "LAB:1", rows: [{when: {flag: true}, then: chief}], else: unit}]\n'
        ),
    )
    bearer = first(loaded, log("9:00 start", flag=True), "10:00").bearer
    assert bearer is not None
    assert (bearer.role, clock(bearer.at), [each.role for each in bearer.candidates]) == ("deputy", "10:00", ["chief"])
    assert [(row.says, told(row.asked)) for row in bearer.rows] == [("chief", ("flag", True, "true"))]


def test_a_period_of_a_recurring_duty() -> None:
    loaded = policy(
        "{id: a, must: answer, upon: start, every: day}",
    )
    case = log("9:00 start", "+1 10:00 answer", "+2 11:00 answer")
    derivation = explain(loaded, case, "+3 9:00", instance="2026-03-04").derivations[0]
    assert derivation.period is not None
    assert (clock(derivation.period.anchor), clock(derivation.period.due)) == ("+2 0:00", "+3 0:00")
    assert worths(derivation) == [("e3", Worth.PERFORMED)]


def test_events_later_than_the_question_are_counted_and_not_told() -> None:
    loaded = policy(f"{{id: a, must: answer, upon: start, {HOURS}}}")
    explanation = explain(loaded, log("9:00 start", "9:30 answer"), "9:10")
    assert explanation.unseen == 1
    assert explanation.derivations[0].acts == ()


def test_a_partial_act_is_told_as_one() -> None:
    loaded = policy(f"{{id: a, must: answer, upon: start, {HOURS}}}")
    derivation = first(loaded, log("9:00 start", "9:30 answer partly", "9:40 answer"), "10:00")
    assert worths(derivation) == [("e2", Worth.PARTIAL), ("e3", Worth.PERFORMED)]


def test_what_no_case_can_reach_is_no_remedy() -> None:
    loaded = policy(
        """
        {id: a, must: answer, upon: start, deadline: {within: {years: 100}}}
        {id: b, must_not: speak, upon: start, until: stop}
        """
    )
    late = pe.Case(id="lab", events=[pe.Event(id="e1", type="start", at="8990-01-01T00:00:00Z")])
    assert pe.explain(loaded, late, "a", as_of="8990-01-02T00:00:00Z").remedies == ()
    first_instant = "1000-01-01T00:00:00Z"
    early = pe.Case(
        id="lab",
        events=[pe.Event(id=f"e{n}", type=kind, at=first_instant) for n, kind in enumerate(("start", "speak"))],
    )
    kinds = [each.kind for each in pe.explain(loaded, early, "b", as_of=first_instant).remedies]
    assert kinds == [RemedyKind.REFRAIN]


@pytest.mark.parametrize(
    ("more", "error", "said"),
    [
        pytest.param({"provision": None}, TypeError, "'provision' is a text, not None", id="no provision"),
        pytest.param({"instance": 3}, TypeError, "'instance' is a text, not 3", id="a number for an instance"),
        pytest.param({"readings": "all"}, pe.ReadingError, "chosen by name; not 'all'", id="every reading at once"),
        pytest.param({"policy": "changzhi"}, TypeError, "has to be loaded", id="an id for a policy"),
        pytest.param({"case": None}, TypeError, "a case is a Case", id="no case"),
    ],
)
def test_what_is_no_question_is_refused_by_name(more: dict[str, object], error: type[Exception], said: str) -> None:
    loaded = policy(f"{{id: a, must: answer, upon: start, {HOURS}}}")
    asked = {"policy": loaded, "case": log("9:00 start"), "provision": "a", "as_of": at("10:00"), **more}
    with pytest.raises(error, match=said):
        pe.explain(**asked)  # type: ignore[arg-type]


def test_texts_and_policies_are_told_from_what_is_neither() -> None:
    with pytest.raises(TypeError, match="'text' is a text"):
        pe.Case.from_text(b"case: x")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="has to be loaded"):
        pe.sentences("changzhi", "rules.txt")  # type: ignore[arg-type]


def test_what_may_be_owed_is_not_told_as_owed_no_longer() -> None:
    loaded = policy(f"{{id: a, must: answer, upon: start, when: {{flag: true}}, {HOURS}}}")
    case = log("9:00 start", "12:00 change flag=null", flag=True)
    explanation = explain(loaded, case, "13:00")
    assert explanation.duty is not None
    assert (explanation.duty.violated_at is not None, explanation.duty.owed) == (True, None)
    assert "no longer owed" not in explanation.text("en")
