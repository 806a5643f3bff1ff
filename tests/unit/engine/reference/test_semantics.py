"""The semantics, statement by statement, on policies of one or two lines. Ids begin with the statement's number."""

from __future__ import annotations

import pytest

import policyengine as pe
from policyengine import Status
from tests.support.lab import at, clock, log, policy, row, shown

TWO_HOURS = "{id: a, must: answer, upon: start, deadline: {within: {hours: 2}}}"
GRADED = "{id: a, must: answer, upon: start, when: {grade: {at_least: high}}, deadline: {within: {hours: 2}}}"
PAIR = """
{id: a, must: confer, upon: start, when: {grade: {at_least: high}}, deadline: {within: {hours: 24}}}
{id: b, must: answer, upon: start, when: {grade: {less_than: high}}, deadline: {within: {hours: 48}}}
"""
TABLE = (
    # S3: later events are not seen
    (
        "S3 later events are not seen",
        TWO_HOURS,
        log("9:00 start", "12:00 answer"),
        "11:30",
        "overdue due 11:00 violated 11:00:00.000001",
    ),
    # S8: facts along time
    ("S8 unknown until somebody says", GRADED, log("9:00 start"), "9:30", "undetermined due 11:00"),
    ("S8 the initial value", GRADED, log("9:00 start", grade="high"), "9:30", "active due 11:00"),
    (
        "S8 the last event that set it",
        GRADED,
        log("8:00 change grade=low", "8:30 change grade=high", "9:00 start"),
        "9:30",
        "active due 11:00",
    ),
    (
        "S8 an unknown span takes the first grading",
        GRADED,
        log("9:00 start", "10:00 change grade=high"),
        "10:30",
        "active due 11:00",
    ),
    (
        "S8 null makes it unknown again",
        GRADED,
        log("9:00 start", "9:10 change grade=null", grade="high"),
        "9:30",
        "undetermined due 11:00",
    ),
    # S11: triggers
    ("S11 no trigger yet", TWO_HOURS, log("9:00 change"), "9:30", "not_triggered"),
    ("S11 the trigger's kinds are included", TWO_HOURS, log("9:00 begin"), "9:30", "active due 11:00"),
    ("S11 the first occurrence counts", TWO_HOURS, log("9:00 start", "10:00 start"), "10:30", "active due 11:00"),
    (
        "S11 any of a list",
        "{id: a, must: answer, upon: [anchor, start], deadline: {within: {hours: 2}}}",
        log("9:00 start", "10:00 anchor"),
        "9:30",
        "active due 11:00",
    ),
    (
        "S11 where narrows",
        "{id: a, must: answer, upon: {event: start, where: {by: chief}}}",
        log("9:00 start @unit", "10:00 start @chief"),
        "10:30",
        "active",
    ),
    (
        "S11 where on a missing attribute is unknown",
        "{id: a, must: answer, upon: {event: start, where: {by: chief}}}",
        log("9:00 start"),
        "10:30",
        "undetermined",
    ),
    # S12: in force
    (
        "S12 an exception keeps it out of force",
        "{id: a, must: answer, upon: start, unless: {flag: true}}",
        log("9:00 start", flag=True),
        "9:30",
        "not_applicable",
    ),
    (
        "S12 an exception that ends",
        "{id: a, must: answer, upon: start, unless: {flag: true}, deadline: {within: {hours: 2}}}",
        log("9:00 start", "10:00 change flag=false", flag=True),
        "10:30",
        "active due 11:00",
    ),
    (
        "S12 a provision that defeats it",
        "{id: a, must: answer, upon: start}\n{id: b, may: tell, when: {flag: true}, defeats: a}",
        log("9:00 start", flag=True),
        "9:30",
        "defeated",
    ),
    (
        "S12 a defeater that is not in force",
        "{id: a, must: answer, upon: start}\n{id: b, may: tell, when: {flag: true}, defeats: a}",
        log("9:00 start", flag=False),
        "9:30",
        "active",
    ),
    # S13: unknown
    (
        "S13 an unknown exception",
        "{id: a, must: answer, upon: start, unless: {flag: true}}",
        log("9:00 start"),
        "9:30",
        "undetermined",
    ),
    (
        "S13 an unknown that changes nothing",
        "{id: a, must: answer, upon: start, when: {any: [{flag: true}, {grade: high}]}}",
        log("9:00 start", grade="high"),
        "9:30",
        "active",
    ),
    (
        "S13 an unknown defeater",
        "{id: a, must: answer, upon: start}\n{id: b, may: tell, when: {flag: true}, defeats: a}",
        log("9:00 start"),
        "9:30",
        "undetermined",
    ),
    (
        "S13 an undetermined duty that it watches",
        GRADED + "\n{id: b, must: punish, upon: {violated: a}}",
        log("9:00 start"),
        "12:00",
        "undetermined due 11:00",
    ),
    # S16: anchors
    (
        "S16 an anchor before the trigger",
        "{id: a, must: answer, upon: start, deadline: {within: {hours: 2}, of: anchor}}",
        log("8:00 anchor", "9:00 start"),
        "9:30",
        "active due 10:00",
    ),
    (
        "S16 an anchor after the trigger",
        "{id: a, must: answer, upon: start, deadline: {within: {hours: 2}, of: anchor}}",
        log("9:00 start", "9:20 anchor"),
        "9:30",
        "active due 11:20",
    ),
    (
        "S16 no anchor yet",
        "{id: a, must: answer, upon: start, deadline: {within: {hours: 2}, of: anchor}}",
        log("9:00 start"),
        "9:30",
        "not_started",
    ),
    (
        "S16 the performance of another",
        "{id: a, must: tell, upon: start, deadline: {within: {hours: 1}, of: {performed: b}}}\n{id: b, must: answer, upon: start}",
        log("9:00 start", "9:20 answer"),
        "9:30",
        "active due 10:20",
    ),
    # S18: hours
    (
        "S18 in time at the very last instant",
        TWO_HOURS,
        log("9:00 start", "11:00 answer"),
        "12:00",
        "fulfilled due 11:00 by e2",
    ),
    ("S18 not late at the limit", TWO_HOURS, log("9:00 start"), "11:00", "active due 11:00"),
    # S19: days
    (
        "S19 the anchor's day is not counted",
        "{id: a, must: answer, upon: start, deadline: {within: {days: 1}}}",
        log("9:00 start"),
        "9:30",
        "active due +2 0:00",
    ),
    (
        "S19 24:00 itself is late",
        "{id: a, must: answer, upon: start, deadline: {within: {days: 1}}}",
        log("9:00 start"),
        "+2 0:00",
        "overdue due +2 0:00 violated +2 0:00",
    ),
    # S21: before, promptly
    (
        "S21 the act precedes the event",
        "{id: a, must: tell, upon: start, deadline: {before: speak}}",
        log("9:00 start", "9:10 tell", "9:20 speak"),
        "9:30",
        "fulfilled due 9:20 by e2",
    ),
    (
        "S21 kinds of the event",
        "{id: a, must: tell, upon: start, deadline: {before: speak}}",
        log("9:00 start", "9:20 confer", "9:25 tell"),
        "9:30",
        "fulfilled_late due 9:20 violated 9:20 by e3",
    ),
    (
        "S21 at one instant the log decides, before",
        "{id: a, must: tell, upon: start, deadline: {before: speak}}",
        log("9:00 start", "9:20 tell", "9:20 speak"),
        "9:30",
        "fulfilled due 9:20 by e2",
    ),
    (
        "S21 at one instant the log decides, after",
        "{id: a, must: tell, upon: start, deadline: {before: speak}}",
        log("9:00 start", "9:20 speak", "9:20 tell"),
        "9:30",
        "fulfilled_late due 9:20 violated 9:20 by e3",
    ),
    (
        "S21 no such event yet",
        "{id: a, must: tell, upon: start, deadline: {before: speak}}",
        log("9:00 start"),
        "9:30",
        "active",
    ),
    (
        "S21 promptly has no limit",
        "{id: a, must: tell, upon: start, deadline: {promptly: true}}",
        log("9:00 start"),
        "+300 9:30",
        "active",
    ),
    # S24: performing
    ("S24 a kind of the act", TWO_HOURS, log("9:00 start", "9:10 confer"), "9:30", "fulfilled due 11:00 by e2"),
    ("S24 a wider act is not enough", TWO_HOURS, log("9:00 start", "9:10 speak"), "9:30", "active due 11:00"),
    (
        "S24 an act before the trigger does not count",
        TWO_HOURS,
        log("8:00 answer", "9:00 start"),
        "9:30",
        "active due 11:00",
    ),
    (
        "S24 an act after the anchor counts",
        "{id: a, must: answer, upon: start, deadline: {within: {hours: 2}, of: anchor}}",
        log("8:00 anchor", "8:30 answer", "9:00 start"),
        "9:30",
        "fulfilled due 10:00 by e2",
    ),
    (
        "S24 an act before the grading counts",
        GRADED,
        log("9:00 start", "9:30 answer", "10:00 change grade=high"),
        "10:30",
        "fulfilled due 11:00 by e2",
    ),
    (
        "S24 the addressee",
        "{id: a, must: tell, to: chief, upon: start}",
        log("9:00 start", "9:10 tell >public", "9:20 tell >public,chief"),
        "9:30",
        "fulfilled by e3",
    ),
    (
        "S24 a missing addressee is unknown",
        "{id: a, must: tell, to: chief, upon: start}",
        log("9:00 start", "9:10 tell"),
        "9:30",
        "undetermined",
    ),
    (
        "S24 the means",
        "{id: a, must: tell, means: letter, upon: start}",
        log("9:00 start", "9:10 tell means=phone"),
        "9:30",
        "active",
    ),
    (
        "S24 an act out of force does not count",
        GRADED,
        log("9:00 start", "9:30 change grade=low", "9:40 answer", grade="high"),
        "9:50",
        "withdrawn due 11:00",
    ),
    # S25: lifecycle
    (
        "S25 late",
        TWO_HOURS,
        log("9:00 start", "11:01 answer"),
        "12:00",
        "fulfilled_late due 11:00 violated 11:00:00.000001 by e2",
    ),
    (
        "S25 late when it came into force",
        "{id: a, must: answer, upon: start, when: {flag: true}, deadline: {within: {hours: 2}}}",
        log("9:00 start", "12:00 change flag=true", flag=False),
        "12:30",
        "overdue due 11:00 violated 12:00",
    ),
    (
        "S25 overdue stays so",
        GRADED,
        log("9:00 start", "12:00 change grade=low", grade="high"),
        "12:30",
        "overdue due 11:00 violated 11:00:00.000001",
    ),
    ("S25 ended", "{id: a, must: answer, upon: start, until: stop}", log("9:00 start", "9:10 stop"), "9:30", "ended"),
    (
        "S25 overdue before it ended",
        "{id: a, must: answer, upon: start, until: stop, deadline: {within: {hours: 2}}}",
        log("9:00 start", "12:00 stop"),
        "12:30",
        "overdue due 11:00 violated 11:00:00.000001",
    ),
    (
        "S25 until before the trigger does not end it",
        "{id: a, must: answer, upon: start, until: stop}",
        log("8:00 stop", "9:00 start"),
        "9:30",
        "active",
    ),
    # S26: regrading
    (
        "S26 up: from the change",
        PAIR,
        log("9:00 start", "+1 9:00 change grade=high", grade="low"),
        "+1 10:00",
        "active due +2 9:00",
    ),
    (
        "S26 up: capped by what was running",
        PAIR,
        log("9:00 start", "+1 15:00 change grade=high", grade="low"),
        "+1 16:00",
        "active due +2 9:00",
    ),
    (
        "S26 up: no cap once performed",
        PAIR,
        log("9:00 start", "10:00 answer", "+1 15:00 change grade=high", grade="low"),
        "+1 16:00",
        "active due +2 15:00",
    ),
    (
        "S26 up: no cap once passed",
        PAIR,
        log("9:00 start", "+2 15:00 change grade=high", grade="low"),
        "+2 16:00",
        "active due +3 15:00",
    ),
    (
        "S26 up: earlier acts do not count",
        PAIR,
        log("9:00 start", "9:30 confer", "10:00 change grade=high", grade="low"),
        "11:00",
        "active due +1 10:00",
    ),
    (
        "S26 down: from the anchor",
        "{id: a, must: answer, upon: start, when: {grade: {at_most: mid}}, deadline: {within: {hours: 48}}}",
        log("9:00 start", "10:00 change grade=low", grade="top"),
        "11:00",
        "active due +2 9:00",
    ),
    (
        "S26 unordered: from the anchor",
        "{id: a, must: answer, upon: start, when: {flag: true}, deadline: {within: {hours: 2}}}",
        log("9:00 start", "10:00 change flag=true", flag=False),
        "10:30",
        "active due 11:00",
    ),
    (
        "S26 returning: never later than before",
        GRADED,
        log("9:00 start", "9:30 change grade=low", "10:00 change grade=high", grade="high"),
        "10:30",
        "active due 11:00",
    ),
    # S27: prohibitions and permissions
    ("S27 observed", "{id: a, must_not: speak, upon: start}", log("9:00 start"), "9:30", "observed"),
    (
        "S27 breached by a kind",
        "{id: a, must_not: speak, upon: start}",
        log("9:00 start", "9:10 confer"),
        "9:30",
        "breached violated 9:10",
    ),
    (
        "S27 before it was in force",
        "{id: a, must_not: speak, upon: start}",
        log("8:00 speak", "9:00 start"),
        "9:30",
        "observed",
    ),
    (
        "S27 at the very instant of until",
        "{id: a, must_not: speak, upon: start, until: stop}",
        log("9:00 start", "9:10 speak", "9:10 stop"),
        "9:30",
        "ended",
    ),
    (
        "S27 breached stays so after it ends",
        "{id: a, must_not: speak, upon: start, until: stop}",
        log("9:00 start", "9:05 speak", "9:10 stop"),
        "9:30",
        "breached violated 9:05",
    ),
    (
        "S27 until all",
        "{id: a, must_not: speak, upon: start, until: {all: [stop, halt]}}",
        log("9:00 start", "9:10 stop", "9:20 speak"),
        "9:30",
        "breached violated 9:20",
    ),
    (
        "S27 another's act is no breach",
        "{id: a, bearer: unit, must_not: speak}",
        log("9:00 speak @chief"),
        "9:30",
        "observed",
    ),
    (
        "S27 an act by nobody knows whom",
        "{id: a, bearer: unit, must_not: speak}",
        log("9:00 speak"),
        "9:30",
        "undetermined",
    ),
    ("S27 a permission is available", "{id: a, may: speak, upon: start}", log("9:00 start"), "9:30", "available"),
    ("S27 a permission is used", "{id: a, may: speak, upon: start}", log("9:00 start", "9:10 speak"), "9:30", "used"),
    # S28: standing
    (
        "S28 no act ends it",
        "{id: a, must: speak, standing: true, upon: start}",
        log("9:00 start", "9:10 speak"),
        "9:30",
        "active",
    ),
    (
        "S28 until ends it",
        "{id: a, must: speak, standing: true, upon: start, until: stop}",
        log("9:00 start", "9:10 stop"),
        "9:30",
        "ended",
    ),
)


@pytest.mark.parametrize(
    ("provisions", "case", "when", "expected"), [each[1:] for each in TABLE], ids=[each[0] for each in TABLE]
)
def test_duty_comes_out_as_the_statement_says(provisions: str, case: pe.Case, when: str, expected: str) -> None:
    assert shown(row(policy(provisions), case, when)) == expected


def test_s6_a_duty_is_judged_by_the_version_in_force_at_its_trigger() -> None:
    loaded = policy(TWO_HOURS, header="versions: [{in_force: {from: 2026-03-02, to: 2026-03-03}}]\n")
    assert row(loaded, log("+1 9:00 start"), "+1 9:30").status is Status.NOT_IN_FORCE
    assert row(loaded, log("9:00 start"), "+5 9:30").status is Status.OVERDUE


def test_s8_a_presumed_fact_is_listed() -> None:
    loaded = policy(GRADED, header="presume: {grade: high}\n")
    duty = row(loaded, log("9:00 start"), "9:30")
    assert (duty.status, duty.presumed) == (Status.ACTIVE, ("grade",))


def test_s8_null_from_the_start_is_unknown_and_not_presumed() -> None:
    loaded = policy(GRADED, header="presume: {grade: high}\n")
    duty = row(loaded, log("9:00 start", grade=None), "9:30")
    assert (duty.status, duty.missing_facts) == (Status.UNDETERMINED, ("grade",))


def test_s13_an_undetermined_duty_says_what_would_settle_it() -> None:
    duty = row(policy(GRADED), log("9:00 start"), "9:30")
    assert (duty.missing_facts, clock(duty.limit.due if duty.limit else None)) == (("grade",), "11:00")
    assert duty.possible == (Status.ACTIVE, Status.NOT_APPLICABLE)
    assert duty.owed is None


def test_s13_a_missing_attribute_is_named() -> None:
    duty = row(policy("{id: a, must: tell, to: chief, upon: start}"), log("9:00 start", "9:10 tell"), "9:30")
    assert duty.missing_attributes == (("e2", "to"),)


def test_s16_a_duty_upon_a_violation_counts_from_the_missed_limit() -> None:
    loaded = policy(TWO_HOURS + "\n{id: b, must: punish, upon: {violated: a}, deadline: {within: {hours: 1}}}")
    duty = row(loaded, log("9:00 start"), "11:30", "b")
    assert shown(duty) == "active due 12:00"


def test_s21_elapsed_time_is_reported() -> None:
    loaded = policy("{id: a, must: tell, upon: start, deadline: {promptly: true}}")
    assert row(loaded, log("9:00 start"), "9:30").elapsed == 30 * 60_000_000
    assert row(loaded, log("9:00 start", "9:20 tell"), "9:30").elapsed == 20 * 60_000_000


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("capped", "active due +2 9:00"),
        ("restart", "active due +2 15:00"),
        ("retroactive", "overdue due +1 9:00 violated +1 15:00"),
        ("frozen", "not_applicable"),
    ],
)
def test_s26_the_policy_chooses_how_an_upgrade_counts(rule: str, expected: str) -> None:
    loaded = policy(PAIR, header=f"counting: {{regrading: {{up: {rule}}}}}\n")
    case = log("9:00 start", "+1 15:00 change grade=high", grade="low")
    assert shown(row(loaded, case, "+1 16:00")) == expected


def test_s26_a_first_grading_of_a_presumed_fact_is_no_regrading() -> None:
    loaded = policy(PAIR, header="presume: {grade: low}\n")
    assert shown(row(loaded, log("9:00 start", "15:00 change grade=high"), "16:00")) == "active due +1 9:00"


def test_s27_every_forbidden_act_is_a_breach() -> None:
    duty = row(policy("{id: a, must_not: speak}"), log("9:00 speak", "9:10 answer", "9:20 tell"), "9:30")
    assert [each.event for each in duty.breaches] == ["e1", "e2"]


def test_s28_the_last_act_of_a_standing_duty_is_shown() -> None:
    loaded = policy("{id: a, must: speak, standing: true, upon: start}")
    duty = row(loaded, log("9:00 start", "9:10 speak", "9:20 answer"), "9:30")
    assert (duty.last_act and duty.last_act.event, duty.owed, duty.limit) == ("e3", True, None)


def test_s29_a_late_should_is_advisory_and_a_late_must_a_violation() -> None:
    loaded = policy(TWO_HOURS + "\n{id: b, should: tell, upon: start, deadline: {within: {hours: 1}}}")
    answer = pe.evaluate(loaded, log("9:00 start"), as_of=at("12:00"))
    assert [duty.provision for duty in answer.violations] == ["a"]
    assert [duty.provision for duty in answer.advisories] == ["b"]


def test_s29_carrying_out_a_sanction_does_not_make_the_case_compliant() -> None:
    loaded = policy(TWO_HOURS + "\n{id: b, must: punish, upon: {violated: a}, sanction: true}")
    answer = pe.evaluate(loaded, log("9:00 start", "12:00 punish"), as_of=at("12:30"))
    assert answer.duty("b").status is Status.FULFILLED
    assert [duty.provision for duty in answer.violations] == ["a"]


GAPPED = """\
source:
  title: {zh: 试验, en: lab}
  clauses:
    "LAB:1": {number: "1", digest: "0000000000000000", says: {zh: 试, en: t}, provisions: [a], gaps: [silence, elsewhere]}
gaps:
  - id: silence
    title: {zh: 空白, en: silence}
    clause: "LAB:1"
    missing: {zh: 无期限, en: no limit}
    when: {grade: mid}
    instead_of: a
  - id: elsewhere
    title: {zh: 转引, en: referral}
    clause: "LAB:1"
    missing: {zh: 见他文, en: stands elsewhere}
    upon: start
    when: {flag: true}
    refers_to: {title: {zh: 他文, en: another document}}
"""


def test_s30_a_silence_is_a_gap_and_a_reference_a_referral() -> None:
    loaded = policy(TWO_HOURS, header=GAPPED)
    kinds = {
        row.gap: row.kind
        for row in pe.evaluate(loaded, log("9:00 start", grade="mid", flag=True), as_of=at("9:30")).gaps
    }
    assert kinds == {"silence": pe.GapKind.GAP, "elsewhere": pe.GapKind.REFERRAL}


def test_s30_a_gap_that_hangs_on_an_unknown_fact_asks_for_it() -> None:
    loaded = policy(TWO_HOURS, header=GAPPED)
    rows = pe.evaluate(loaded, log("9:00 start", flag=False), as_of=at("9:30")).gaps
    assert [(row.gap, row.kind, row.missing_facts) for row in rows] == [
        ("silence", pe.GapKind.UNDETERMINED, ("grade",))
    ]


def test_s5_one_event_told_twice_counts_once_and_two_under_one_id_are_refused() -> None:
    told = pe.Event(id="e1", type="start", at=at("9:00"))
    again = pe.Case(id="lab", events=[told, told])
    assert shown(row(policy(TWO_HOURS), again, "9:30")) == "active due 11:00"
    other = pe.Event(id="e1", type="start", at=at("9:05"))
    with pytest.raises(pe.CaseError) as caught:
        row(policy(TWO_HOURS), pe.Case(id="lab", events=[told, other]), "9:30")
    assert [each.code for each in caught.value.diagnostics] == ["PE601"]


def test_s7_a_reading_may_replace_any_node_and_is_part_of_the_answer() -> None:
    header = """\
readings:
  start_of_clock:
    question: {zh: 何时起算, en: from when}
    options: {trigger: {zh: 触发, en: trigger}, event: {zh: 事件, en: event}}
    default: trigger
    why: {zh: 无, en: none}
"""
    loaded = policy(
        "{id: a, must: answer, upon: start, deadline: "
        "{within: {hours: 2}, of: {reading: start_of_clock, trigger: start, event: anchor}}}",
        header=header,
    )
    case = log("8:00 anchor", "9:00 start")
    assert shown(row(loaded, case, "9:30")) == "active due 11:00"
    assert shown(row(loaded, case, "9:30", start_of_clock="event")) == "active due 10:00"
    assert row(loaded, case, "9:30").readings == (pe.Choice("start_of_clock", "trigger"),)
    with pytest.raises(pe.ReadingError, match="no option"):
        row(loaded, case, "9:30", start_of_clock="neither")
