"""Answers under every reading, as text and as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import jsonschema
import pytest
from hypothesis import given, settings

import policyengine as pe
from policyengine.model.ranges import Verdict
from policyengine.report import range_words, readings_json, readings_schema, readings_text
from policyengine.report.json_values import written
from policyengine.testing import strategies
from policyengine.wording import LANGUAGES

if TYPE_CHECKING:
    from policyengine.wording import Lang

ROOT = Path(__file__).parents[3]
GOOD = ROOT / "tests" / "policies" / "good"
CASE = pe.Case.from_yaml(ROOT / "examples" / "changzhi-grave-emergency.yaml")
POLICY = pe.load("changzhi")


def text(lang: Lang) -> list[str]:
    found = pe.evaluate(POLICY, CASE, as_of="2025-10-09T00:45:00+08:00", readings="all")
    return readings_text(POLICY, CASE, found, lang).splitlines()


def test_what_depends_on_the_reading_says_on_which() -> None:
    lines = text("en")
    assert lines[3] == (
        "Under every reading: rows that depend on the reading: 4 of 24; readings that matter here: 4; "
        "combinations judged: 32"
    )
    start = lines.index("- first information within 1 hour (first-bulletin)")
    assert lines[start + 1 : start + 10] == [
        "    status: overdue [by default]; active [starting_hour=left_out]",
        "    due:",
        "        Thu 2025-10-09 00:30 [by default]",
        "        Thu 2025-10-09 01:00 [starting_hour=left_out]",
        "        Thu 2025-10-09 00:10 [clock_start=occurrence]",
        "    there is a duty: under every reading",
        "    departed from in principle: under some readings [by default]",
        "    still owed: under every reading",
        "    CZH:17 三: keep publishing; first word in 1 h in principle; press conference in 24 h",
    ]
    assert "    how it binds: must [by default]; should in principle [in_principle=both]" in lines
    assert "    status: no such provision [by default]; active [city_report=finder_too]" in lines
    assert "- the head of the bureau leads (head-leads): active" in lines
    start = lines.index("- not triggered (7)")
    assert lines[start + 1] == "    handle reviews and suits (review-or-suit)"
    assert lines[-1] == (
        "Readings that make no difference here: grave_paragraph; major_includes_extraordinary; review_order; inactivity"
    )


def test_the_same_in_chinese() -> None:
    lines = text("zh")
    assert "    状态：逾期 [默认]；进行中 [starting_hour=left_out]" in lines
    assert "    未达到原则性要求：部分解释下是 [默认]" in lines
    assert "- starting_hour：起算的那一小时是否计入？" in lines
    assert "    counted（默认）：自该时刻起连续计算（民法典）" in lines


def test_json_names_the_least_departures() -> None:
    found = pe.evaluate(POLICY, CASE, as_of="2025-10-09T00:45:00+08:00", readings="all")
    value = json.loads(readings_json(POLICY, found))
    row = next(each for each in value["duties"] if each["provision"]["id"] == "first-bulletin")
    assert [each["value"] for each in row["statuses"]] == ["overdue", "active"]
    assert row["statuses"][1]["least"] == [[{"reading": "starting_hour", "option": "left_out"}]]
    assert row["violated"]["verdict"] == "some"
    assert [each["value"]["due"] for each in row["limits"]] == [
        "2025-10-09T00:30:00+08:00",
        "2025-10-09T01:00:00+08:00",
        "2025-10-09T00:10:00+08:00",
    ]
    assert value["combinations"] == found.combinations
    line = readings_json(POLICY, found, indent=None)
    assert json.loads(line) == value
    assert line.count("\n") == 1


def test_gaps_and_many_departures() -> None:
    policy = pe.load(GOOD / "readings.yaml")
    case = pe.Case(id="x", events=[pe.Event(id="e1", type="alarm", at=pe.Instant.parse("2025-03-03T09:00:00+08:00"))])
    found = pe.evaluate(policy, case, as_of="2025-03-04T09:00:00+08:00", readings="all")
    lines = readings_text(policy, case, found, "en").splitlines()
    start = lines.index("- see the other rules (other-rules)")
    assert lines[start + 1 : start + 3] == [
        "    status: not met [by default]; referral [silence=rules]",
        "    the text does not say: the procedure",
    ]


@pytest.mark.parametrize("name", ["readings", "prohibitions", "days"])
def test_every_answer_can_be_written(name: str) -> None:
    policy = pe.load(GOOD / f"{name}.yaml")
    validator = jsonschema.Draft202012Validator(readings_schema())

    @settings(max_examples=8)
    @given(strategies.questions(policy))
    def holds(question: strategies.Question) -> None:
        found = pe.evaluate(policy, question.case, as_of=question.as_of, readings="all")
        validator.validate(json.loads(readings_json(policy, found)))
        for lang in LANGUAGES:
            said = readings_text(policy, question.case, found, lang)
            assert "None" not in said
            assert all(each.provision in said for each in found.duties)

    holds()


def test_the_schema_is_a_schema_and_stored() -> None:
    jsonschema.Draft202012Validator.check_schema(readings_schema())
    stored = (ROOT / "schemas" / "readings.schema.json").read_bytes().decode()
    assert stored == written(readings_schema()), "run `policyengine schema --write schemas`"


def test_every_verdict_has_words() -> None:
    assert set(range_words.VERDICT) == set(Verdict)


def test_how_much_of_the_log_is_seen_stands_at_the_head_under_every_reading_too() -> None:
    known_at = "2025-10-08T23:40:00+08:00"
    found = pe.evaluate(POLICY, CASE, as_of="2025-10-09T00:00:00+08:00", known_at=known_at, readings="all")
    head = readings_text(POLICY, CASE, found, "en").split("\n\n")[0].splitlines()
    assert "as recorded by Wed 2025-10-08 23:40" in head
    assert "the log is complete only up to Wed 2025-10-08 23:40: later acts may be missing from it" in head
