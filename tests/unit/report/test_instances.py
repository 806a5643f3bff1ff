"""How several duties of one provision, open bearers, parts, waivers and the end of the log are told."""

from __future__ import annotations

from dataclasses import replace

import policyengine as pe
from policyengine.report.text import assessment_text
from tests.support.lab import at, log, policy


def told(loaded: pe.Policy, case: pe.Case, when: str, lang: str = "en") -> str:
    return assessment_text(loaded, case, pe.evaluate(loaded, case, as_of=at(when)), lang)  # type: ignore[arg-type]


EACH = policy("{id: a, must: answer, upon: start, each: true, deadline: {within: {hours: 2}}}")


def test_each_duty_says_what_it_is_for() -> None:
    case = log("9:00 start", "10:00 start")
    text = told(EACH, case, "10:30")
    assert "- t (a), for “start” (e1)\n    due Mon 2026-03-02 11:00, in 30 min" in text
    assert "- t (a), for “start” (e2)\n    due Mon 2026-03-02 12:00, in 1 h 30 min" in text
    assert "- 试（a），因“开始”（e1）" in told(EACH, case, "10:30", "zh")


def test_each_duty_with_a_key_says_whose_it_is() -> None:
    loaded = policy("{id: a, must: answer, upon: start, each: true, key: [dept, by], deadline: {within: {hours: 2}}}")
    text = told(loaded, log("9:00 start dept:north @chief", "9:10 start dept:south"), "10:30")
    assert "- t (a), for “start” (e1) (department: north, who acted: chief)" in text
    assert "- t (a), for “start” (e2) (department: south, who acted: not known)" in text


def test_a_corrected_event_is_told_as_it_stands() -> None:
    slip = pe.Event(id="e1", type="stop", at=at("9:00"))
    amended = pe.Event(id="k1", type="start", at=at("9:00"), recorded_at=at("9:10"), corrects="e1")
    assert "for “start” (e1)" in told(EACH, pe.Case(id="lab", events=[slip, amended]), "10:30")


def test_few_periods_are_told_one_by_one_and_many_in_one_line() -> None:
    loaded = policy("{id: a, must: answer, upon: start, every: day}")
    acts = [f"+{day} 9:00 answer" for day in range(1, 6)]
    few = told(loaded, log("9:00 start", *acts[:3]), "+3 12:00")
    assert few.count("t (a), period 2026-03-0") == 3
    many = told(loaded, log("9:00 start", *acts), "+5 12:00")
    assert "Done (5)\n- t (a): 5 periods fulfilled (2026-03-03 to 2026-03-07)" in many
    assert "- 试（a）：5 个周期均已履行（2026-03-03 至 2026-03-07）" in told(
        loaded, log("9:00 start", *acts), "+5 12:00", "zh"
    )


def test_a_period_counted_from_an_act_names_the_act() -> None:
    loaded = policy("{id: a, must: answer, upon: start, every: {since_last_act: {hours: 4}}}")
    assert "- t (a), since “answer” (e2)" in told(loaded, log("9:00 start", "10:00 answer"), "10:30")


ASSIGNED = """\
roles:
  owner: {title: {zh: 承担者, en: the owner}}
tables:
  - assigns: owner
    clause: "LAB:1"
    rows:
      - {when: {flag: true}, then: unit}
      - {when: {other: true}, then: chief}
    else: unstated
"""


def test_an_open_bearer_is_told_with_its_candidates_and_their_clauses() -> None:
    loaded = policy("{id: a, must: answer, bearer: owner, upon: start}", ASSIGNED)
    both = log("9:00 start", flag=True, other=True)
    assert "the owner (the clauses conflict: unit, LAB:1 or chief, LAB:1) must answer" in told(loaded, both, "9:30")
    assert "承担者（规定冲突：单位，LAB:1或负责人，LAB:1）应当答复" in told(loaded, both, "9:30", "zh")
    unknown = log("9:00 start", flag=False)
    assert "the owner (not settled: chief, LAB:1) must answer" in told(loaded, unknown, "9:30")
    nobody = log("9:00 start", flag=False, other=False)
    assert "somebody (the text does not say who) must answer" in told(loaded, nobody, "9:30")


def test_parts_of_an_act_are_told() -> None:
    text = told(policy("{id: a, must: answer, upon: start}"), log("9:00 start", "9:30 answer partly"), "10:00")
    assert "performed in part Mon 2026-03-02 09:30 by “answer” (e2)" in text


def test_a_waiver_is_told() -> None:
    loaded = policy("{id: a, must: answer, upon: start, waived_by: forgive}")
    text = told(loaded, log("9:00 start", "9:30 forgive"), "10:00")
    assert "Withdrawn, waived or ended (1)\n- t (a)\n    waived" in text


def test_where_the_log_ends_is_told_at_the_head_and_beside_what_it_leaves_open() -> None:
    loaded = policy("{id: a, must: answer, upon: start, deadline: {within: {hours: 2}}}")
    case = replace(log("9:00 start"), known_until=at("10:00"))
    text = told(loaded, case, "12:00")
    assert text.count("the log is complete only up to Mon 2026-03-02 10:00") == 2
    early = pe.evaluate(loaded, case, as_of=at("12:00"), known_at=at("9:30"))
    assert "as recorded by Mon 2026-03-02 09:30" in assessment_text(loaded, case, early, "en")
