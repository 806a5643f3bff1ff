"""The semantics, statement by statement, on policies of one or two lines; ids begin with the statement's number."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import policyengine as pe
from policyengine import Status
from policyengine.loading.yaml_nodes import parse, plain, read_source
from tests.support.lab import at, clock, log, policy, row, shown

TWO_HOURS = "{id: a, must: answer, upon: start, deadline: {within: {hours: 2}}}"
GRADED = "{id: a, must: answer, upon: start, when: {grade: {at_least: high}}, deadline: {within: {hours: 2}}}"
PAIR = """
{id: a, must: confer, upon: start, when: {grade: {at_least: high}}, deadline: {within: {hours: 24}}}
{id: b, must: answer, upon: start, when: {grade: {less_than: high}}, deadline: {within: {hours: 48}}}
"""


def _rows() -> list[dict[str, Any]]:
    source, _ = read_source(Path(__file__).parents[3] / "tables" / "lifecycle.yaml")
    assert source is not None
    root = parse(source).root
    assert root is not None
    rows = plain(root)
    assert isinstance(rows, list)
    return rows


@pytest.mark.parametrize("entry", _rows(), ids=lambda entry: entry["id"])
def test_the_duty_comes_out_as_the_statement_says(entry: Mapping[str, Any]) -> None:
    text = "\n".join(_flow(each) for each in entry["provisions"])
    case = log(*entry["log"], **entry.get("facts", {}))
    assert shown(row(policy(text), case, entry["at"])) == entry["expect"]


def _flow(node: object) -> str:
    """Return plain data as YAML in flow style, keys bare, so that the laboratory can complete it."""
    if isinstance(node, dict):
        return "{" + ", ".join(f"{key}: {_flow(value)}" for key, value in node.items()) + "}"
    if isinstance(node, list):
        return "[" + ", ".join(_flow(value) for value in node) + "]"
    return json.dumps(node) if isinstance(node, bool | None) else str(node)


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
    "LAB:1":
      number: "1"
      digest: "0000000000000000"
      says: {zh: 试, en: t}
      provisions: [a]
      gaps: [silence, elsewhere]
gaps:
  - id: silence
    title: {zh: 空白, en: silence}
    clause: "LAB:1"
    missing: {zh: 无期限, en: no limit}
    when: {grade: mid}
    instead_of: a
  - id: elsewhere
    title: {zh: 援引, en: referral}
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


def test_s30_a_gap_lives_with_the_versions_and_may_have_a_life_of_its_own() -> None:
    case = log("9:00 start", grade="mid", flag=True)
    later = "versions: [{in_force: {from: 2026-03-03}}]\n"
    assert pe.evaluate(policy(TWO_HOURS, header=GAPPED + later), case, as_of=at("9:30")).gaps == ()
    own = GAPPED.replace("id: silence,", "id: silence, in_force: {to: 2026-03-02},").replace(
        "id: silence\n", "id: silence\n    in_force: {to: 2026-03-02}\n"
    )
    assert own != GAPPED
    rows = pe.evaluate(policy(TWO_HOURS, header=own), case, as_of=at("9:30")).gaps
    assert [row.gap for row in rows] == ["elsewhere"]


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


def test_s6_without_a_trigger_the_versions_bound_the_duty() -> None:
    loaded = policy("{id: a, must_not: speak}", header="versions: [{in_force: {to: 2026-03-03}}]\n")
    within, after = log("9:00 speak"), log("+1 9:00 speak")
    assert shown(row(loaded, within, "+5 9:30")) == "breached violated 9:00"
    assert shown(row(loaded, after, "+5 9:30")) == "not_in_force"
    assert shown(row(loaded, after, "9:30")) == "observed"


def test_s15_a_long_chain_of_outcomes_is_evaluated_like_a_short_one() -> None:
    count = 300
    links = [TWO_HOURS.replace("id: a", "id: p0")]
    links += [
        f"{{id: p{n}, must: tell, upon: {{violated: p{n - 1}}}, deadline: {{within: {{minutes: 1}}}}}}"
        for n in range(1, count)
    ]
    loaded = policy("\n".join(links), names=" ".join(f"p{n}" for n in range(count)))
    assert row(loaded, log("9:00 start"), "+30 9:00", f"p{count - 1}").status is Status.OVERDUE


@pytest.mark.unmeasured
def test_s12_a_long_chain_of_exceptions_is_evaluated_like_a_short_one() -> None:
    count = 300
    links = ["{id: p0, must: answer, upon: start}"]
    links += [f"{{id: p{n}, may: tell, when: {{flag: true}}, defeats: p{n - 1}}}" for n in range(1, count)]
    loaded = policy("\n".join(links), names=" ".join(f"p{n}" for n in range(count)))
    assert row(loaded, log("9:00 start", flag=True), "9:30", "p0").status is Status.DEFEATED
    assert row(loaded, log("9:00 start"), "9:30", "p0").missing_facts == ("flag",)
