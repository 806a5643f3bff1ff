"""Statements about time, the log, types and silences that no other module names; see docs/reference/statements.md."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

import pytest

import policyengine as pe
from policyengine import Status
from policyengine.loading.case import read_cases_text
from policyengine.loading.yaml_nodes import Source
from policyengine.temporal.limit import StepKind
from tests.support.lab import at, clock, log, policy, row, shown

SRC = Path(pe.__file__).parent
TWO_HOURS = "{id: a, must: answer, upon: start, deadline: {within: {hours: 2}}}"


def codes(text: str) -> list[str]:
    _, faults = read_cases_text(Source("case.yaml", text))
    return [each.code for each in faults]


def test_s1_a_naive_time_is_refused_unless_its_file_declares_a_zone() -> None:
    naive = "case: x\nevents: [{id: e, type: start, at: 2026-03-02T09:00:00}]\n"
    assert codes(naive) == ["PE401"]
    (case,), faults = read_cases_text(Source("case.yaml", "time_zone: Asia/Shanghai\n" + naive))
    assert (faults, case.events[0].at) == ((), at("9:00"))
    with pytest.raises(pe.TimeError):
        pe.evaluate(policy(TWO_HOURS), case, as_of="2026-03-02T10:00:00")


def test_s1_instants_have_microseconds() -> None:
    case = pe.Case(id="x", events=[pe.Event(id="e", type="start", at="2026-03-02T09:00:00.000001+08:00")])
    assert clock(row(policy(TWO_HOURS), case, "9:30").limit.due) == "11:00:00.000001"  # type: ignore[union-attr]


def test_s1_nothing_below_the_command_line_reads_a_clock() -> None:
    readers = {"now", "today", "utcnow", "monotonic", "perf_counter", "time_ns"}
    found = [
        f"{path.relative_to(SRC)}:{node.lineno}"
        for path in SRC.rglob("*.py")
        if "cli" not in path.parts
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in readers
    ]
    assert found == []
    assert inspect.signature(pe.evaluate).parameters["as_of"].default is inspect.Parameter.empty


def test_s2_days_are_those_of_the_policys_zone_whatever_zone_the_events_came_in() -> None:
    loaded = policy("{id: a, must: answer, upon: start, deadline: {within: {days: 1}}}")
    # 23:30 on 1 March in London is 7:30 on 2 March in Shanghai.
    event = pe.Event(id="e", type="start", at=pe.Instant.parse("2026-03-01T23:30:00Z"))
    assert shown(row(loaded, pe.Case(id="x", events=[event]), "12:00")) == "active due +2 0:00"


def test_s4_a_correction_counts_from_when_it_was_recorded() -> None:
    slip = pe.Event(id="e1", type="start", at=at("9:00"))
    amended = pe.Event(id="k1", type="start", at=at("8:00"), recorded_at=at("10:00"), corrects="e1")
    case = pe.Case(id="x", events=[slip, amended])
    assert shown(row(policy(TWO_HOURS), case, "10:30")) == "overdue due 10:00 violated 10:00:00.000001"
    then = pe.evaluate(policy(TWO_HOURS), case, as_of=at("10:30"), known_at=at("9:59"))
    assert shown(then.duty("a")) == "active due 11:00"


def test_s4_what_is_retracted_never_happened() -> None:
    events = [
        pe.Event(id="e1", type="start", at=at("9:00")),
        pe.Event(id="r1", at=at("9:30"), retracts="e1"),
    ]
    assert row(policy(TWO_HOURS), pe.Case(id="x", events=events), "12:00").status is Status.NOT_TRIGGERED


def test_s4_what_was_recorded_later_was_not_known_then() -> None:
    events = [
        pe.Event(id="e1", type="start", at=at("9:00")),
        pe.Event(id="e2", type="answer", at=at("10:00"), recorded_at=at("13:00")),
    ]
    case = pe.Case(id="x", events=events)
    assert row(policy(TWO_HOURS), case, "12:00").status is Status.FULFILLED
    then = pe.evaluate(policy(TWO_HOURS), case, as_of=at("12:00"), known_at=at("12:00")).duty("a")
    assert then.status is Status.OVERDUE


def test_s5_at_one_instant_position_in_the_log_decides() -> None:
    loaded = policy("{id: a, must: answer, upon: start, when: {flag: true}}")
    for last, status in ((True, Status.ACTIVE), (False, Status.NOT_APPLICABLE)):
        changes = [f"9:00 change flag={str(each).lower()}" for each in (not last, last)]
        assert row(loaded, log(*changes, "9:30 start"), "10:00").status is status


def test_s5_the_same_event_twice_counts_once_and_two_events_of_one_id_are_refused() -> None:
    event = pe.Event(id="e1", type="start", at=at("9:00"))
    case = pe.Case(id="x", events=[event, event])
    each = policy("{id: a, must: answer, upon: start, each: true}")
    assert len(pe.evaluate(each, case, as_of=at("10:00")).duties) == 1
    other = pe.Event(id="e1", type="stop", at=at("9:00"))
    with pytest.raises(pe.CaseError):
        pe.evaluate(each, pe.Case(id="x", events=[event, other]), as_of=at("10:00"))


def test_s7_readings_are_resolved_before_and_named_by_the_answer() -> None:
    text = "{id: a, must: answer, upon: start, deadline: {reading: r, x: {within: {hours: 1}}, y: {promptly: true}}}"
    header = (
        "readings: {r: {question: {zh: 问, en: q}, options: {x: {zh: 甲, en: x}, y: {zh: 乙, en: y}},"
        " default: x, why: {zh: 因, en: so}}}\n"
    )
    loaded = policy(text, header)
    duty = row(loaded, log("9:00 start"), "9:30", r="y")
    assert (duty.limit, duty.promptly, [(each.reading, each.option) for each in duty.readings]) == (
        None,
        True,
        [("r", "y")],
    )
    with pytest.raises(pe.ReadingError):
        row(loaded, log("9:00 start"), "9:30", r="z")


@pytest.mark.parametrize(
    ("facts", "code"), [({"flag": "true"}, "PE602"), ({"grade": "highest"}, "PE207"), ({"amount": True}, "PE602")]
)
def test_s9_a_value_of_the_wrong_type_is_a_fault_and_never_false(facts: dict[str, object], code: str) -> None:
    loaded = policy("{id: a, must: answer, upon: start, when: {flag: true, grade: high, amount: 1}}")
    with pytest.raises(pe.CaseError) as caught:
        row(loaded, log("9:00 start", **facts), "9:30")
    assert [each.code for each in caught.value.diagnostics] == [code]


@pytest.mark.parametrize(
    ("condition", "facts", "status"),
    [
        ("{flag: true, grade: high}", {"flag": False}, Status.NOT_APPLICABLE),
        ("{flag: true, grade: high}", {"flag": True}, Status.UNDETERMINED),
        ("{any: [{flag: true}, {grade: high}]}", {"flag": True}, Status.ACTIVE),
        ("{not: {grade: high}}", {}, Status.UNDETERMINED),
        ("{grade: [mid, high]}", {"grade": "mid"}, Status.ACTIVE),
        ("{grade: {more_than: mid}}", {"grade": "mid"}, Status.NOT_APPLICABLE),
        ("{tags: {contains: fire}}", {"tags": ("fire", "flood")}, Status.ACTIVE),
        ("{happened: start}", {}, Status.ACTIVE),
    ],
)
def test_s9_conditions_are_three_valued(condition: str, facts: dict[str, object], status: Status) -> None:
    loaded = policy(f"{{id: a, must: answer, upon: start, when: {condition}}}")
    assert row(loaded, log("9:00 begin", **facts), "9:30").status is status


ROWS = """
{id: a, must: answer, upon: stop}
{id: b, must: answer, upon: start, when: {flag: true}}
{id: c, must: tell, upon: start, defeats: d}
{id: d, must: answer, upon: start}
"""


def test_s14_a_provision_without_a_duty_still_has_a_row() -> None:
    found = pe.evaluate(policy(ROWS), log("9:00 start", flag=False), as_of=at("10:00"))
    assert [shown(each) for each in found.duties] == ["not_triggered", "not_applicable", "active", "defeated"]
    assert [each.exists for each in found.duties] == [False, False, True, False]
    later = policy(ROWS, "versions: [{in_force: {from: 2026-03-03}}]\n")
    before = pe.evaluate(later, log("9:00 start", flag=True), as_of=at("10:00"))
    assert [each.status for each in before.duties] == [Status.NOT_TRIGGERED, *[Status.NOT_IN_FORCE] * 3]


def test_s17_length_then_roll_then_end_of_day_then_composite_then_cap() -> None:
    limbs = '[{within: {days: 5}, roll: next_working_day, ends: "17:30"}, {within: {hours: 1}}]'
    loaded = policy(
        f"""
        {{id: a, must: answer, upon: start, when: {{grade: high}}, deadline: {{latest: {limbs}}}}}
        {{id: b, must: answer, upon: start, when: {{grade: low}}, deadline: {{within: {{hours: 200}}}}}}
        """
    )
    # Monday 2 March + 5 days is Saturday 7 March, rolled to Monday 9, 17:30.
    plain = row(loaded, log("9:00 start", grade="high"), "10:00")
    assert plain.limit is not None
    kinds = [StepKind.ANCHOR, StepKind.COUNTED, StepKind.ROLLED, StepKind.CLOSE_OF_BUSINESS, StepKind.LATEST]
    assert ([step.kind for step in plain.limit.steps], clock(plain.limit.due)) == (kinds, "+7 17:30")
    # Raised on Thursday: counted from then, but never later than the 200 hours that were running.
    raised = row(loaded, log("9:00 start", "+3 9:00 change grade=high", grade="low"), "+3 10:00")
    assert raised.limit is not None
    assert (raised.limit.steps[-1].kind, clock(raised.limit.due)) == (StepKind.CAPPED, "+8 17:00")


@pytest.mark.parametrize(
    ("length", "late_from"), [("hours: 2", "11:00:00.000001"), ("days: 1", "+2 0:00"), ("minutes: 5", "9:05:00.000001")]
)
def test_s17_late_from_is_the_first_instant_that_is_late(length: str, late_from: str) -> None:
    duty = row(
        policy(f"{{id: a, must: answer, upon: start, deadline: {{within: {{{length}}}}}}}"), log("9:00 start"), "9:01"
    )
    assert duty.limit is not None
    assert clock(duty.limit.late_from) == late_from


def test_s18_a_starting_hour_left_out_is_left_out_at_a_full_hour_too() -> None:
    text = "{id: a, must: answer, upon: start, deadline: {within: {hours: 5}, hours: next_full_hour}}"
    assert shown(row(policy(text), log("10:40 start"), "11:00")) == "active due 16:00"
    assert shown(row(policy(text), log("16:00 start"), "16:30")) == "active due 22:00"


@pytest.mark.parametrize(
    ("deadline", "due"),
    [
        ("{within: {days: 3}}", "+4 0:00"),
        ("{within: {days: 5}, roll: next_working_day}", "+8 0:00"),
        ("{within: {working_days: 5}}", "+8 0:00"),
        ('{within: {working_days: 5}, ends: "17:30"}', "+7 17:30"),
        ("{within: {months: 1}}", "+32 0:00"),
    ],
)
def test_s19_the_first_day_is_not_counted_and_the_last_ends_at_24(deadline: str, due: str) -> None:
    loaded = policy(f"{{id: a, must: answer, upon: start, deadline: {deadline}}}")
    assert shown(row(loaded, log("9:00 start"), "9:30")) == f"active due {due}"


def test_s22_past_the_announced_horizon_a_limit_is_provisional() -> None:
    loaded = policy("{id: a, must: answer, upon: start, deadline: {within: {working_days: 3}}}")
    for day, provisional in (("2026-12-24", False), ("2026-12-30", True)):
        event = pe.Event(id="e", type="start", at=pe.Instant.parse(f"{day}T09:00:00+08:00"))
        duty = pe.evaluate(loaded, pe.Case(id="x", events=[event]), as_of=f"{day}T10:00:00+08:00").duty("a")
        assert duty.limit is not None
        assert duty.limit.provisional is provisional


@pytest.mark.parametrize(
    "key", ["stop", "hold", "restart", "extend", "working_hours", "limit_of", "end_of", "no_later_than", "on_day_off"]
)
def test_s23_what_is_not_supported_yet_is_refused_and_never_approximated(key: str) -> None:
    with pytest.raises(AssertionError, match="PE117"):
        policy(f"{{id: a, must: answer, upon: start, {key}: true}}")


def test_s29_a_late_should_is_advisory_a_late_must_a_violation() -> None:
    loaded = policy(
        """
        {id: a, must: answer, upon: start, deadline: {within: {hours: 1}}}
        {id: b, should: tell, upon: start, deadline: {within: {hours: 1}}, wording: 原则上}
        {id: c, must: punish, upon: {violated: a}, sanction: true}
        """
    )
    found = pe.evaluate(loaded, log("9:00 start", "12:00 punish", "13:00 answer"), as_of=at("14:00"))
    assert [each.provision for each in found.violations] == ["a"]
    assert [(each.provision, each.wording) for each in found.advisories] == [("b", "原则上")]
    # Carrying out the sanction does not make the case compliant.
    assert found.duty("c").status is Status.FULFILLED
    assert found.duty("a").violated


def test_s31_duties_stay_separate_and_the_worklist_merges_them() -> None:
    header = "policy: other\n"
    own = policy("{id: a, must: answer, upon: start, deadline: {within: {hours: 2}}}")
    superior = policy("{id: a, must: answer, upon: start, deadline: {within: {hours: 1}}}", header)
    answers = pe.evaluate([own, superior], log("9:00 start"), as_of=at("9:30"))
    assert [clock(each.duty("a").limit.due) for each in answers] == ["11:00", "10:00"]  # type: ignore[union-attr]
    (entry,) = answers.worklist().entries
    assert entry.must is not None
    assert clock(entry.must.due) == "10:00"
