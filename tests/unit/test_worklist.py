"""Worklists (S31): what is merged, in which order, what conflicts, and several policies on one case."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

import policyengine as pe
from policyengine.testing import strategies
from tests.support import lab

GOOD = Path(__file__).parents[1] / "policies" / "good"
AT = pe.Instant.parse("2025-03-03T09:00:00+08:00")
LATER = pe.Instant.parse("2025-03-03T10:00:00+08:00")
MIDNIGHT = pe.Instant.parse("2025-03-05T00:00:00+08:00")
HOUR = 3_600_000_000
CHANGZHI, SMALL = pe.load("changzhi"), {name: pe.load(GOOD / f"{name}.yaml") for name in ("regrading", "prohibitions")}

Make = Callable[..., pe.Policy]
POLICY = """
policy: {id}
title: {{zh: 测试, en: a test}}
vocabulary: {vocabulary}
time_zone: Asia/Shanghai
calendar: always
versions: [{{in_force: {{}}}}]
provisions:
{provisions}
source:
  title: {{zh: 测试文本, en: a text for tests}}
  clauses:
    "{clause}:1": {{number: 一, digest: a000000000000001, says: {{zh: 一, en: one}}, provisions: [{names}]}}
"""


@pytest.fixture
def policy(tmp_path: Path) -> Make:
    """Return what makes a policy of provisions, each written as the middle of a YAML mapping."""
    (tmp_path / "vocabulary").symlink_to(GOOD / "vocabulary")

    def make(name: str, vocabulary: str = "workshop", **provisions: str) -> pe.Policy:
        clause = name.upper()
        lines = [
            f'  - {{id: {each}, title: {{zh: {each}, en: {each}}}, clause: "{clause}:1", {rest}}}'
            for each, rest in provisions.items()
        ]
        text = POLICY.format(
            id=name, vocabulary=vocabulary, clause=clause, provisions="\n".join(lines), names=", ".join(provisions)
        )
        path = tmp_path / f"{name}.yaml"
        path.write_text(text, encoding="utf-8")
        return pe.load(path)

    return make


def case(*events: str, facts: Mapping[str, Any] | None = None) -> pe.Case:
    log = [pe.Event(id=f"e{number}", type=each, at=AT) for number, each in enumerate(events, 1)]
    return pe.Case(id="one", facts=facts or {}, events=log)


def shown(worklist: pe.Worklist) -> list[tuple[object, ...]]:
    return [
        (each.act, each.bearer, each.to, [(claim.policy, claim.provision) for claim in each.claims])
        for each in worklist.entries
    ]


def hours(number: int) -> str:
    return f"deadline: {{within: {{hours: {number}}}}}"


def test_same_act_bearer_and_addressee_are_one_entry(policy: Make) -> None:
    one = policy("one", a=f"bearer: keeper, must: tell, to: owner, upon: opened, {hours(5)}")
    two = policy(
        "two",
        b=f"bearer: keeper, must: tell, to: owner, upon: opened, {hours(3)}",
        c=f"bearer: keeper, should: tell, to: owner, upon: opened, {hours(1)}",
        d=f"bearer: keeper, must: tell, to: warden, upon: opened, {hours(2)}",
        e=f"bearer: warden, must: tell, to: owner, upon: opened, {hours(4)}",
        f="bearer: keeper, must: tell, to: owner, upon: opened",
    )
    answers = pe.evaluate([one, two], case("opened"), as_of=LATER)
    found = answers.worklist()
    assert shown(found) == [
        ("tell", "keeper", "owner", [("two", "c"), ("two", "b"), ("one", "a"), ("two", "f")]),
        ("tell", "keeper", "warden", [("two", "d")]),
        ("tell", "warden", "owner", [("two", "e")]),
    ]
    first = found.entries[0]
    assert first.must is not None
    assert first.should is not None
    assert (str(first.must.due), str(first.should.due)) == ("2025-03-03T04:00:00Z", "2025-03-03T02:00:00Z")
    assert first.limit == first.should
    assert [each.clauses for each in first.claims] == [("TWO:1",), ("TWO:1",), ("ONE:1",), ("TWO:1",)]
    assert [each.bearer for each in answers.worklist("warden").entries] == ["warden"]
    assert (found.case, found.as_of, found.conflicts) == ("one", LATER, ())


def test_an_entry_without_any_number_is_last(policy: Make) -> None:
    one = policy(
        "one",
        a="bearer: keeper, must: repair, upon: opened",
        b=f"bearer: keeper, must: tell, upon: opened, {hours(9)}",
        c="bearer: keeper, must: watch, standing: true, upon: opened",
        d="bearer: keeper, must: inspect, upon: opened, deadline: {before: release}",
    )
    worklist = pe.evaluate(one, case("opened"), as_of=LATER).worklist()
    assert [each.act for each in worklist.entries] == ["tell", "repair", "inspect", "watch"]
    assert worklist.entries[1].limit is None


def test_what_has_no_number_is_in_the_order_of_waiting_then_standing_then_not_started(policy: Make) -> None:
    one = policy(
        "one",
        a="bearer: keeper, must: fine, upon: opened, deadline: {within: {hours: 1}, of: closed}",
        b="bearer: keeper, must: watch, standing: true, upon: opened",
        c="bearer: keeper, must: inspect, upon: opened",
        d="bearer: keeper, must: repair, upon: alarm",
    )
    log = [pe.Event(id="e1", type="alarm", at=AT.plus(-1)), pe.Event(id="e2", type="opened", at=AT)]
    answer = pe.evaluate(one, pe.Case(id="one", events=log), as_of=LATER)
    found = answer.worklist()
    assert [(each.act, each.status.value, each.elapsed) for each in found.entries] == [
        ("repair", "active", HOUR + 1),
        ("inspect", "active", HOUR),
        ("watch", "active", None),
        ("fine", "not_started", None),
    ]
    assert [each.duty for entry in found.entries for each in entry.claims] == list(answer.required_actions())
    assert [each.urgency for each in found.entries] == sorted(each.urgency for each in found.entries)
    assert (found.next_due, {(each.left, each.late) for each in found.entries}) == (None, {(None, False)})


@pytest.mark.parametrize(
    ("deadline", "as_of", "left", "late", "status"),
    [
        pytest.param("{hours: 1}", LATER.plus(-1), 1, False, "active", id="1 microsecond before, inclusive"),
        pytest.param("{hours: 1}", LATER, 0, False, "active", id="exactly now, inclusive"),
        pytest.param("{hours: 1}", LATER.plus(1), -1, True, "overdue", id="1 microsecond late, inclusive"),
        pytest.param("{days: 1}", MIDNIGHT.plus(-1), 1, False, "active", id="1 microsecond before 24:00"),
        pytest.param("{days: 1}", MIDNIGHT, 0, True, "overdue", id="exactly 24:00, exclusive"),
    ],
)
def test_time_left_at_the_limit(
    policy: Make, deadline: str, as_of: pe.Instant, left: int, late: bool, status: str
) -> None:
    one = policy("one", a=f"bearer: keeper, must: tell, upon: opened, deadline: {{within: {deadline}}}")
    found = pe.evaluate(one, case("opened"), as_of=as_of).worklist()
    (entry,) = found.entries
    assert (entry.left, entry.late, entry.status.value) == (left, late, status)
    assert (found.next_due is None) is late


def test_a_limit_in_principle_has_passed_and_the_one_that_binds_is_next(policy: Make) -> None:
    one = policy("one", a="bearer: keeper, must: tell, upon: opened, deadline: {within: {hours: 24}}")
    two = policy("two", b=f"bearer: keeper, should: tell, wording: 原则上, upon: opened, {hours(1)}")
    answers = pe.evaluate([one, two], case("opened"), as_of=LATER.plus(HOUR))
    found = answers.worklist()
    (entry,) = found.entries
    assert (entry.late, entry.left, entry.status.value) == (True, -HOUR, "overdue")
    assert [(each.late, each.left) for each in entry.claims] == [(True, -HOUR), (False, 22 * HOUR)]
    assert (entry.strengths, entry.clauses) == ((pe.Strength.MUST, pe.Strength.SHOULD), ("TWO:1", "ONE:1"))
    assert found.next_due == entry.claims[1]
    assert [each.next_due for each in answers] == [found.next_due.duty, None]


def test_no_duties_at_all(policy: Make) -> None:
    one = policy("one", a=f"bearer: keeper, must: tell, upon: opened, {hours(5)}", b="bearer: keeper, may: borrow")
    found = pe.evaluate(one, case(), as_of=LATER).worklist()
    assert (found.entries, found.undetermined, found.forbidden, found.conflicts) == ((), (), (), ())
    assert (found.next_due, found.by_bearer(), found.role) == (None, (), None)


def test_what_may_be_owed_or_forbidden_is_apart_from_what_is(policy: Make) -> None:
    one = policy(
        "one",
        a=f"bearer: keeper, must: tell, upon: opened, when: {{urgent: true}}, {hours(3)}",
        b="bearer: keeper, must_not: tell, when: {urgent: true}",
        c=f"bearer: keeper, must: tell, upon: opened, {hours(5)}",
        d="bearer: keeper, must_not: release",
        e="bearer: warden, should: repair, upon: opened, when: {exempt: false}",
    )
    two = policy("two", f=f"bearer: keeper, must: tell, upon: opened, when: {{urgent: true}}, {hours(2)}")
    answers = pe.evaluate([one, two], case("opened"), as_of=LATER)
    found = answers.worklist()
    assert shown(found) == [("tell", "keeper", None, [("one", "c")])]
    open_ = [(each.act, each.strengths, [claim.provision for claim in each.claims]) for each in found.undetermined]
    assert open_ == [
        ("tell", (pe.Strength.MUST,), ["f", "a"]),
        ("tell", (pe.Strength.MUST_NOT,), ["b"]),
        ("repair", (pe.Strength.SHOULD,), ["e"]),
    ]
    assert {each.duty.missing_facts for entry in found.undetermined for each in entry.claims} == {
        ("urgent",),
        ("exempt",),
    }
    assert [each.act for each in found.forbidden] == ["release"]
    assert [each.act for each in answers.worklist("warden").undetermined] == ["repair"]
    assert [each.act for each in answers.worklist("warden").forbidden] == []
    assert found.next_due == found.entries[0].claims[0]


def test_a_duty_that_is_owed_for_certain_by_an_unsettled_limit_is_an_entry_and_not_the_next_due(policy: Make) -> None:
    limbs = "{earliest: [{within: {hours: 2}, when: {urgent: true}}, {within: {hours: 4}}]}"
    one = policy("one", a=f"bearer: keeper, must: tell, upon: opened, deadline: {limbs}")
    found = pe.evaluate(one, case("opened"), as_of=LATER).worklist()
    assert [(each.act, each.status.value) for each in found.entries] == [("tell", "undetermined")]
    assert (found.undetermined, found.next_due) == ((), None)


def test_a_missed_duty_that_may_have_left_force_is_undetermined(policy: Make) -> None:
    one = policy(
        "one", a="bearer: keeper, must: tell, upon: opened, when: {urgent: true}, deadline: {within: {minutes: 9}}"
    )
    log = [
        pe.Event(id="e1", type="opened", at=AT, sets={"urgent": True}),
        pe.Event(id="e2", type="visited", at=LATER.plus(-1), sets={"urgent": None}),
    ]
    found = pe.evaluate(one, pe.Case(id="one", events=log), as_of=LATER).worklist()
    assert found.entries == ()
    assert [(each.act, each.status.value, each.late) for each in found.undetermined] == [("tell", "overdue", True)]


def test_a_prohibition_that_names_nobody_is_on_everybodys_list(policy: Make) -> None:
    one = policy("one", a="must_not: tell", b="bearer: keeper, must_not: release", c="bearer: owner, must_not: borrow")
    two = policy("two", d="bearer: keeper, must_not: release")
    released = pe.Case(id="one", events=[pe.Event(id="e1", type="release", at=AT, by="keeper")])
    answers = pe.evaluate([one, two], released, as_of=LATER)
    assert [(each.act, len(each.claims), each.status.value) for each in answers.worklist("keeper").forbidden] == [
        ("tell", 1, "observed"),
        ("release", 2, "breached"),
    ]
    assert [each.act for each in answers.worklist("warden").forbidden] == ["tell"]
    assert answers.worklist("warden").forbidden[0].limit is None


def test_entries_by_bearer_the_most_urgent_first(policy: Make) -> None:
    one = policy(
        "one",
        a=f"bearer: warden, must: tell, upon: opened, {hours(5)}",
        b=f"bearer: keeper, must: tell, upon: opened, {hours(3)}",
        c="bearer: keeper, must: inspect, upon: opened",
    )
    found = pe.evaluate(one, case("opened"), as_of=LATER).worklist()
    groups = [(bearer, [each.act for each in entries]) for bearer, entries in found.by_bearer()]
    assert groups == [("keeper", ["tell", "inspect"]), ("warden", ["tell"])]


def test_entries_whose_bearer_nobody_can_tell_yet_stand_together() -> None:
    asked = case("detected", facts={"event_severity": "major"})
    answers = pe.evaluate([CHANGZHI, pe.load("state-council-2016-61")], asked, as_of=LATER)
    open_ = dict(answers.worklist().by_bearer())[None]
    assert {claim.duty.assigned for entry in open_ for claim in entry.claims} == {"responder"}
    assert all(len(claim.duty.candidates) > 1 for entry in open_ for claim in entry.claims)
    settled = answers.worklist(same={"responder": "responsible_unit"})
    assert None not in dict(settled.by_bearer())


def test_a_recurring_duty_has_an_entry_for_each_period_that_can_still_be_performed() -> None:
    for late, owed in (("own_period", ["2026-03-05"]), ("oldest_open", ["2026-03-03", "2026-03-04", "2026-03-05"])):
        daily = lab.policy(f"{{id: a, must: answer, upon: start, every: day, late: {late}}}")
        found = pe.evaluate(daily, lab.log("9:00 start"), as_of=lab.at("+3 9:00")).worklist()
        assert [entry.claims[0].duty.instance for entry in found.entries] == owed
        assert [entry.late for entry in found.entries] == [instance != "2026-03-05" for instance in owed]
        assert found.next_due is not None
        assert found.next_due.duty.instance == "2026-03-05"


def test_a_provisional_limit_says_so_and_is_counted_down_all_the_same() -> None:
    loaded = lab.policy("{id: a, must: answer, upon: start, deadline: {within: {working_days: 3}}}")
    asked = pe.Case(id="x", events=[pe.Event(id="e", type="start", at=pe.Instant.parse("2027-01-04T00:00:00+08:00"))])
    (entry,) = pe.evaluate(loaded, asked, as_of="2027-01-07T23:00:00+08:00").worklist().entries
    assert entry.limit is not None
    assert (entry.limit.provisional, entry.left) == (True, HOUR)


def test_nobody_named_is_not_the_same_nobody(policy: Make) -> None:
    one = policy("one", a="bearer: keeper, must: tell, upon: opened", b="bearer: keeper, must: tell, upon: opened")
    answer = pe.evaluate(one, case("opened"), as_of=LATER)
    assert len(answer.worklist().entries) == 1
    unnamed = replace(answer, duties=tuple(replace(each, bearer=None) for each in answer.duties))
    entries = pe.Assessments((unnamed, replace(unnamed, policy="two"))).worklist().entries
    assert [(each.bearer, len(each.claims)) for each in entries] == [(None, 1)] * 4


def test_the_caller_says_which_roles_are_one(policy: Make) -> None:
    one = policy("one", a=f"bearer: keeper, must: tell, to: owner, upon: opened, {hours(5)}")
    two = policy("two", a=f"bearer: warden, must: tell, to: owner, upon: opened, {hours(3)}")
    answers = pe.evaluate([one, two], case("opened"), as_of=LATER)
    assert len(answers.worklist().entries) == 2
    merged = answers.worklist(same={"warden": "keeper"})
    assert shown(merged) == [("tell", "keeper", "owner", [("two", "a"), ("one", "a")])]
    assert answers.worklist("keeper", same={"warden": "keeper"}) == replace(merged, role="keeper")
    assert answers.worklist("warden", same={"warden": "keeper"}).entries[0].claims == merged.entries[0].claims[:1]


@pytest.mark.parametrize(
    ("forbidden", "conflict"),
    [
        pytest.param("must_not: tell_fully", True, id="the act itself"),
        pytest.param("must_not: tell", True, id="what the act is a kind of"),
        pytest.param("must_not: tell_all", False, id="one kind of the act: there are others"),
        pytest.param("must_not: release", False, id="another act"),
        pytest.param("bearer: keeper, must_not: tell", True, id="by the one who owes it"),
        pytest.param("bearer: owner, must_not: tell", False, id="by somebody else"),
        pytest.param("to: owner, must_not: tell", True, id="towards the same"),
        pytest.param("to: warden, must_not: tell", False, id="towards somebody else"),
        pytest.param("must_not: tell, means: paper", True, id="by the only means"),
        pytest.param("must_not: tell, means: phone", False, id="by other means"),
        pytest.param("must_not: tell, until: opened, upon: alarm", True, id="until something that was before"),
        pytest.param("must_not: tell, upon: visited", False, id="not in force yet"),
        pytest.param("must_not: tell, when: {urgent: true}", False, id="not known to be in force"),
    ],
)
def test_what_is_owed_and_forbidden_at_once_conflicts(policy: Make, forbidden: str, *, conflict: bool) -> None:
    one = policy("one", a="bearer: keeper, must: tell_fully, to: owner, means: paper, upon: opened")
    two = policy("two", b=forbidden, c="bearer: keeper, should: repair, upon: opened", d="must_not: repair")
    found = pe.evaluate([one, two], case("opened", "alarm"), as_of=LATER).worklist().conflicts
    sides = [([x.provision for x in each.owed], [x.provision for x in each.forbidden]) for each in found]
    assert sides == ([(["a"], ["b"])] if conflict else [])


def test_a_conflict_within_one_policy_lists_both_sides() -> None:
    facts = {"concerns_other_agency": True, "event_severity": "major"}
    (conflict, *_) = pe.evaluate(CHANGZHI, case("detected", facts=facts), as_of=LATER).worklist().conflicts
    assert [each.clauses for each in conflict.forbidden] == [("CZH:15",)]
    assert [(each.policy, each.provision) for each in conflict.owed] == [("changzhi-energy-bureau", "first-word-early")]


def test_s31_a_prohibition_that_was_breached_and_goes_on_still_conflicts() -> None:
    facts = {"concerns_other_agency": True, "event_severity": "major"}
    for told, conflicts in ((("detected", "publish_update"), True), (("detected", "confirm_with_agency"), False)):
        found = pe.evaluate(CHANGZHI, case(*told, facts=facts), as_of=LATER)
        assert bool(found.worklist().conflicts) is conflicts


def test_acts_of_two_vocabularies_are_never_compared(policy: Make) -> None:
    one = policy("one", a="bearer: keeper, must: tell, upon: opened", b="must_not: release")
    both = pe.evaluate([one, CHANGZHI], case("opened", "detected"), as_of=LATER)
    entries = both.worklist().entries
    assert {each.vocabulary for each in entries} == {"workshop", "public-sentiment"}
    assert all(len({claim.policy for claim in each.claims}) == 1 for each in entries)


def test_names_that_another_policy_knows_may_stand_in_the_case() -> None:
    log = [pe.Event(id="e1", type="detected", at=AT, by="responsible_unit", to=["keeper"], sets={"urgent": True})]
    one = pe.Case(id="one", events=log, facts={"mode": "open", "event_severity": "major"})
    answers = pe.evaluate([CHANGZHI, SMALL["regrading"]], one, as_of=LATER)
    assert [each.policy for each in answers] == ["changzhi-energy-bureau", "regrading"]
    with pytest.raises(pe.CaseError):
        pe.evaluate(CHANGZHI, one, as_of=LATER)
    other = replace(one, facts={"modes": "open", "event_severity": 1, "mode": "shut"})
    with pytest.raises(pe.CaseError) as caught:
        pe.evaluate([CHANGZHI, SMALL["regrading"]], other, as_of=LATER)
    assert sorted(each.code for each in caught.value.diagnostics) == ["PE206", "PE206", "PE207", "PE207"]


def test_readings_are_chosen_policy_by_policy() -> None:
    both = [CHANGZHI, SMALL["regrading"]]
    chosen = {"changzhi-energy-bureau": {"starting_hour": "left_out"}}
    answers = pe.evaluate(both, case("detected"), as_of=LATER, readings=chosen)
    own = pe.evaluate(CHANGZHI, case("detected"), as_of=LATER, readings={"starting_hour": "left_out"})
    assert answers.of("changzhi-energy-bureau") == own
    with pytest.raises(pe.ReadingError, match="'elsewhere'"):
        pe.evaluate(both, case("detected"), as_of=LATER, readings={"elsewhere": {}})
    with pytest.raises(pe.ReadingError, match="by id"):
        pe.evaluate(both, case("detected"), as_of=LATER, readings={"starting_hour": "left_out"})  # type: ignore[dict-item]
    with pytest.raises(pe.ReadingError, match="by name"):
        pe.evaluate(CHANGZHI, case(), as_of=LATER, readings=chosen)  # type: ignore[arg-type]


def test_every_reading_of_several_policies() -> None:
    both = [CHANGZHI, SMALL["regrading"]]
    found = pe.evaluate(both, case("detected"), as_of=LATER, readings="all")
    assert found[0] == pe.evaluate(CHANGZHI, case("detected"), as_of=LATER, readings="all")
    assert [each.policy for each in found] == ["changzhi-energy-bureau", "regrading"]


def test_the_same_policy_counts_once_and_two_of_one_name_are_refused(policy: Make) -> None:
    one = policy("one", a="bearer: keeper, must: tell, upon: opened")
    other = policy("one", b="bearer: keeper, must: tell, upon: opened")
    answers = pe.evaluate([one, one], case(), as_of=LATER)
    assert (len(answers), answers.case, answers.as_of) == (1, "one", LATER)
    with pytest.raises(ValueError, match="two different policies are called 'one'"):
        pe.evaluate([one, other], case(), as_of=LATER)
    with pytest.raises(ValueError, match="no policy"):
        pe.evaluate([], case(), as_of=LATER)
    with pytest.raises(ValueError, match="no policy"):
        pe.Assessments(())
    with pytest.raises(LookupError, match="was not judged by 'two'"):
        answers.of("two")


def test_the_values_are_hashable_and_picklable_and_need_their_terms() -> None:
    answers = pe.evaluate([CHANGZHI, SMALL["prohibitions"]], case("detected", "opened"), as_of=LATER)
    again = pickle.loads(pickle.dumps(answers))  # noqa: S301 - our own bytes
    assert again == answers
    assert again.worklist() == answers.worklist()
    assert hash(again.worklist()) == hash(answers.worklist())
    with pytest.raises(ValueError, match="does not tell its terms"):
        replace(answers.answers[0], terms=None).worklist()


@pytest.mark.parametrize("name", SMALL)
def test_whatever_is_owed_stands_in_exactly_one_entry(name: str) -> None:
    one = SMALL[name]

    @settings(max_examples=30)
    @given(strategies.questions(one))
    def holds(question: strategies.Question) -> None:
        answer = pe.evaluate(one, question.case, as_of=question.as_of, readings=question.readings)
        worklist = answer.worklist()
        listed = [claim.duty for entry in worklist.entries for claim in entry.claims]
        assert sorted(map(repr, listed)) == sorted(map(repr, answer.required_actions()))
        by_bearer = [entry for _, entries in worklist.by_bearer() for entry in entries]
        assert sorted(map(repr, by_bearer)) == sorted(map(repr, worklist.entries))
        due = worklist.next_due
        assert (due and due.duty) == answer.next_due
        numbers = [entry.limit.late_from for entry in worklist.entries if entry.limit is not None]
        assert numbers == sorted(numbers)
        assert all(entry.limit is None for entry in worklist.entries[len(numbers) :])

    holds()
