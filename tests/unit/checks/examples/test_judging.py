"""Examples held against policies: what their policies refuse, and what comes out otherwise."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import policyengine as pe
from policyengine.checks.examples.bench import bench
from policyengine.checks.examples.judging import judge
from policyengine.checks.examples.reading import ExampleFile, read_example_file, read_examples, read_examples_text
from policyengine.checks.examples.rows import duty_row, entry_row, gap_row
from policyengine.checks.examples.running import run, selected
from policyengine.loading import library
from policyengine.loading.examples import ENTRY, OF_DUTIES, OF_GAPS
from policyengine.loading.yaml_nodes import Source
from policyengine.temporal.instant import Instant
from tests.support.cases import CASES, examples, policy_named

if TYPE_CHECKING:
    from policyengine.checks.examples.bench import Bench
    from policyengine.checks.examples.judging import Difference

CZH_01 = CASES / "changzhi" / "CZH-01.yaml"
FACT, READING = "event_severity", "starting_hour"
CASE = """case: c
policy: changzhi
as_of: 2025-10-09T00:45:00+08:00
facts: {event_severity: major}
events: [{id: e1, type: detected, at: 2025-10-08T23:30:00+08:00}]
"""
SEVERAL = """case: c
policy: [changzhi, state-council-2016-80]
as_of: 2025-10-09T00:00:00+08:00
facts: {matter_scope: [several_places], concerns_other_agency: true, sentiment_severity: none}
events: [{id: e1, type: detected, at: 2025-10-08T23:30:00+08:00, sets: {event_severity: extraordinary}}]
"""


@cache
def read(name: str) -> tuple[pe.Policy, tuple[pe.Diagnostic, ...]]:
    return policy_named(name), ()


def of(text: str) -> Bench:
    source = Source("a.yaml", text)
    found, faults = read_examples_text(source)
    return bench([ExampleFile(Path("a.yaml"), source, found, faults)], read=read)


def differences(text: str) -> list[Difference]:
    ready = of(text)
    assert ready.faults == ()
    return [each for held in run(ready.examples, ready.policies) for each in held.outcome.differences]


# What the policies refuse


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param("absent: [first-buletin]", ("PE211 6:10", "first-bulletin"), id="provision"),
        pytest.param("absent: [{provision: first-buletin}]", ("PE211 6:22", "first-bulletin"), id="provision in full"),
        pytest.param("expect: [{provision: first-buletin}]", ("PE211 6:22", "first-bulletin"), id="expected provision"),
        pytest.param("expect: [{gap: no-such-gap}]", ("PE222 6:16", None), id="gap"),
        pytest.param("expect: [{provision: respond, bearer: hed}]", ("PE203 6:39", None), id="role"),
        pytest.param("expect: [{provision: respond, act: publsh}]", ("PE204 6:36", "publish"), id="act"),
        pytest.param('expect: [{provision: respond, clause: "CZH:99"}]', ("PE210 6:39", "CZH:9"), id="clause"),
        pytest.param("expect: [{provision: respond, missing: [event_sverity]}]", ("PE206 6:40", FACT), id="fact"),
        pytest.param("expect: [{provision: respond, performed: e2}]", ("PE660 6:42", None), id="event"),
        pytest.param("absent: [respond]\nchoose: {starting_huor: left_out}", ("PE208 7:10", READING), id="reading"),
        pytest.param("absent: [respond]\nchoose: {starting_hour: left_ot}", ("PE209 7:10", "left_out"), id="option"),
        pytest.param("absent: [respond]\nsame: {nobody: bureau_head}", ("PE203 7:8", None), id="roles that are one"),
        pytest.param(
            "expect: [{provision: respond, readings: [{given: {event_sverity: major}}]}]",
            ("PE206 6:51", FACT),
            id="given fact",
        ),
        pytest.param(
            "expect: [{provision: respond, readings: [{given: {event_severity: majr}}]}]",
            ("PE207 6:67", "major"),
            id="given value",
        ),
    ],
)  # fmt: skip
def test_names_that_lead_nowhere_are_told_with_their_place(lines: str, expected: tuple[str, str | None]) -> None:
    ready = of(f"{CASE}{lines}\n")
    (fault,) = ready.faults
    assert ready.examples == ()
    assert fault.span is not None
    assert fault.excerpt
    assert (f"{fault.code} {fault.span.line}:{fault.span.column}", fault.suggestion) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param("event_severity: major", "event_severity: 3", "PE207 4:25", id="value that the policy lacks"),
        pytest.param("type: detected", "type: dtected", "PE205 5:25", id="event that it lacks"),
        pytest.param("2025-10-09T00:45", "0999-10-09T00:45", "PE410 3:8", id="instant beyond all calendars"),
        pytest.param("policy: changzhi", "policy: chngzhi", "PE213 2:9", id="no such policy"),
        pytest.param("policy: changzhi", "policy: drafts/none.yaml", "PE101 1:1", id="no such file"),
    ],
)
def test_a_case_that_its_policy_refuses_is_told(old: str, new: str, expected: str) -> None:
    source = Source("a.yaml", f"{CASE.replace(old, new)}absent: [respond]\n")
    found, faults = read_examples_text(source)
    ready = bench([ExampleFile(Path("a.yaml"), source, found, faults)])
    (fault,) = ready.faults
    assert fault.span is not None
    assert f"{fault.code} {fault.span.line}:{fault.span.column}" == expected
    assert ready.examples == ()


# What comes out otherwise


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param("absent: [respond]", [], id="absent as expected"),
        pytest.param("absent: [first-bulletin]", [("absent", None, "overdue")], id="there is a duty"),
        pytest.param("expect: [{provision: respond, exists: false}]", [], id="no duty, said by a key"),
        pytest.param("expect: [{provision: first-bulletin, violated: true}]", [], id="departed from"),
        pytest.param(
            "expect: [{provision: first-bulletin, status: active, finding: null, promptly: false}]",
            [("status", "active", "overdue"), ("finding", None, "advisory")],
            id="two keys of three",
        ),
        pytest.param(
            "expect: [{provision: first-bulletin, breaches: [e1], clauses: [], missing: []}]",
            [("breaches", ("e1",), ()), ("clauses", (), ("CZH:17",))],
            id="lists",
        ),
        pytest.param(
            "expect: [{provision: first-bulletin, instance: e7}]", [("row", "e7", (None,))], id="no such instance"
        ),
        pytest.param("expect: [{provision: first-bulletin, elapsed_minutes: null}]", [], id="nothing"),
        pytest.param(
            "expect: [{provision: first-bulletin, elapsed_minutes: 0}]",
            [("elapsed_minutes", 0.0, None)],
            id="a number and nothing",
        ),
    ],
)
def test_what_comes_out_otherwise_is_told_key_by_key(lines: str, expected: list[tuple[object, ...]]) -> None:
    assert [(each.key, each.wanted, each.found) for each in differences(f"{CASE}{lines}\n")] == expected


def test_instants_are_compared_as_instants() -> None:
    assert differences(f"{CASE}expect: [{{provision: first-bulletin, due: 2025-10-08T16:30:00Z}}]\n") == []
    (found,) = differences(f"{CASE}expect: [{{provision: first-bulletin, due: 2025-10-08T16:30:01Z}}]\n")
    assert (found.key, found.found) == ("due", Instant.parse("2025-10-09T00:30:00+08:00"))


def test_an_expectation_that_says_nothing_fails_with_what_came_out() -> None:
    found = differences(f"{CASE}expect: [{{provision: first-bulletin, why: not yet known}}]\n")
    assert [(each.key, each.said) for each in found] == [
        ("status", False),
        ("bearer", False),
        ("due", False),
        ("finding", False),
    ]


def test_an_option_of_a_reading_is_a_question_of_its_own() -> None:
    text = f"""{CASE}choose: {{starting_hour: left_out}}
expect:
  - provision: first-bulletin
    status: active
    readings:
      - {{choose: {{starting_hour: counted}}, status: overdue}}
      - {{given: {{event_severity: ordinary}}, status: not_applicable}}
  - provision: press-conference
    status: active
    readings: [{{given: {{event_severity: ordinary}}, status: not_applicable}}]
"""
    ready = of(text.replace("counted", option()))
    (example,) = ready.examples
    labels = [f"starting_hour={option()}", "event_severity=ordinary"]
    assert [(each.label, len(each.expected)) for each in example.asks] == [("", 2), (labels[0], 1), (labels[1], 2)]
    assert [held.id for held in run(ready.examples, ready.policies) if not held.outcome.passed] == []


def option() -> str:
    """Return the default of a reading, whatever it is called."""
    return policy_named("changzhi").readings["starting_hour"].default


def test_every_key_that_can_be_expected_can_be_asked() -> None:
    example = next(iter(examples("several")))
    answers = example.answers()
    assert set(OF_DUTIES) <= duty_row(answers.answers[0].duties[0]).keys()
    assert set(OF_GAPS) == gap_row(answers.answers[0], "any").keys()
    assert {*ENTRY, "bearer", "to"} == entry_row(answers.worklist().entries[0]).keys()


# Worklists


WANTED = """worklist:
  - {act: hold_press_conference, bearer: responsible_unit, must: "2025-10-09T23:30:00+08:00"}
  - {act: publish_authoritative_information, bearer: superior_department, late: true}
  - {act: confirm_with_agency, bearer: nobody_at_all}
conflicts: []
""".replace("nobody_at_all", "bureau_head")


def test_the_worklist_is_held_entry_by_entry_and_in_its_order() -> None:
    ready = of(f"{SEVERAL}{WANTED}")
    assert ready.faults == ()
    outcomes = [held.outcome for held in run(ready.examples, ready.policies)]
    keys = [[each.key for each in outcome.differences] for outcome in outcomes]
    assert keys == [[], ["late", "order"], ["row"], ["conflicts"]]
    assert outcomes[2].differences[0].found == ("publisher",)


# Names


def test_every_expectation_has_an_id_of_its_own() -> None:
    ids = [held.id for each in examples() for held in run([each.read], each.bench.policies)]
    assert len(ids) == len(set(ids)) >= 752


def test_examples_are_chosen_by_a_part_of_an_id() -> None:
    found, _ = read_examples(CZH_01)
    (only,) = selected(found, "CZH-01::PRESS")
    assert [each.name for ask in only.asks for each in ask.expected] == ["press-conference"]
    assert list(selected(found, "nothing like it")) == []


# Policies


def test_a_draft_stands_in_for_the_policy_of_its_id(tmp_path: Path) -> None:
    draft = tmp_path / "changzhi-energy-bureau.yaml"
    text = (library.home() / draft.name).read_text(encoding="utf-8")
    changed = text.replace("within: {hours: 24}", "within: {hours: 12}")
    assert changed != text
    draft.write_text(changed, encoding="utf-8")
    ready = bench([read_example_file(CZH_01)], instead=[pe.load(draft)])
    found = {held.name for held in run(ready.examples, ready.policies) if not held.outcome.passed}
    assert found == {"press-conference"}
    other = bench([read_example_file(CASES / "meihekou" / "MHK-01.yaml")], instead=[pe.load(draft)])
    assert (other.examples, other.faults) == ((), ())


def test_a_changed_policy_can_take_a_place_in_the_mapping() -> None:
    ready = bench([read_example_file(CZH_01)], read=read)
    (example,) = ready.examples
    assert all(each.passed for ask in example.asks for each in judge(ask, ready.policies))
    swapped = {"changzhi-energy-bureau": policy_named("state-council-2016-80")}
    assert not all(each.passed for each in judge(example.asks[0], swapped))


def test_examples_without_a_policy_are_judged_by_the_one_that_is_given(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(f"{CASE.replace('policy: changzhi', '')}absent: [respond]\n", encoding="utf-8")
    assert [each.code for each in read_example_file(path).faults] == ["PE604"]
    ready = bench([read_example_file(path, policies=["changzhi"])], read=read)
    assert [held.outcome.passed for held in run(ready.examples, ready.policies)] == [True]
