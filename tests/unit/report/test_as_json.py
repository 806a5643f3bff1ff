"""Assessments as JSON: nothing left out, and as the schema says."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings

import policyengine as pe
from policyengine.loading.library import packaged_policies
from policyengine.model.assessment import Occurrence
from policyengine.report import assessment_json, assessment_schema, assessment_text, diagnostics_schema
from policyengine.report.cells import cells
from policyengine.report.json_values import written
from policyengine.temporal.limit import Step
from policyengine.testing import strategies
from policyengine.wording import LANGUAGES

ROOT = Path(__file__).parents[3]
GOOD = ROOT / "tests" / "policies" / "good"
SMALL = ("days", "outcomes", "prohibitions", "regrading")
PATHS = [*packaged_policies().values(), *(GOOD / f"{name}.yaml" for name in SMALL)]
VALIDATOR = jsonschema.Draft202012Validator(assessment_schema())


def names(kind: type) -> set[str]:
    return {each.name for each in fields(kind) if each.compare}


def properties(part: str) -> set[str]:
    return set(assessment_schema()["$defs"][part]["properties"])  # type: ignore[call-overload,index,arg-type]


def test_every_field_of_an_answer_is_there() -> None:
    renamed = {"elapsed": "elapsed_micros"}
    assert properties("duty") == {renamed.get(name, name) for name in names(pe.Duty)}
    assert properties("limit") == names(pe.Limit)
    assert properties("step") == names(Step)
    assert properties("happening") == names(Occurrence)
    assert properties("gap") == names(pe.GapRow)
    derived = {"schema", "time_zone", "missing_facts", "violations", "advisories", "required_actions", "next_due"}
    assert set(assessment_schema()["properties"]) == names(pe.Assessment) | derived  # type: ignore[arg-type]


@pytest.mark.parametrize("schema", [assessment_schema(), diagnostics_schema()], ids=["assessment", "diagnostics"])
def test_the_schemas_are_schemas(schema: object) -> None:
    jsonschema.Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize(
    ("name", "schema"), [("assessment", assessment_schema()), ("diagnostics", diagnostics_schema())]
)
def test_the_stored_schemas_have_no_drift(name: str, schema: object) -> None:
    stored = (ROOT / "schemas" / f"{name}.schema.json").read_bytes().decode()
    assert stored == written(schema), "run `policyengine schema --write schemas`"  # type: ignore[arg-type]


def test_instants_titles_and_lines() -> None:
    policy = pe.load("changzhi")
    event = pe.Event(
        id="e1", type="detected", at=pe.Instant.parse("2025-10-08T15:30:00Z"), sets={"event_severity": "major"}
    )
    answer = pe.evaluate(policy, pe.Case(id="甲", events=[event]), as_of="2025-10-08T16:45:00Z")
    text = assessment_json(policy, answer)
    value = json.loads(text)
    assert value["as_of"] == "2025-10-09T00:45:00+08:00"
    assert value["policy"]["title"] == {"zh": policy.title.zh, "en": policy.title.en}
    row = next(each for each in value["duties"] if each["provision"]["id"] == "first-bulletin")
    assert row["limit"]["due"] == "2025-10-09T00:30:00+08:00"
    assert row["limit"]["late_from"] == "2025-10-09T00:30:00.000001+08:00"
    assert row["limit"]["steps"][-1]["length"] == {"unit": "hours", "n": 1}
    assert row["bearer"]["title"]["zh"] == "涉事责任科室、单位"
    assert value["advisories"] == [{"provision": "first-bulletin", "instance": None}]
    assert '"case": "甲"' in text
    assert text.endswith("}\n")
    line = assessment_json(policy, answer, indent=None)
    assert json.loads(line) == value
    assert line.count("\n") == 1


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_every_answer_can_be_written(path: Path) -> None:
    policy = pe.load(path)

    @settings(max_examples=12)
    @given(strategies.questions(policy))
    def holds(question: strategies.Question) -> None:
        answer = pe.evaluate(policy, question.case, as_of=question.as_of, readings=question.readings)
        VALIDATOR.validate(json.loads(assessment_json(policy, answer)))
        for lang in LANGUAGES:
            text = assessment_text(policy, question.case, answer, lang)
            assert "None" not in text
            assert all(line == line.rstrip() for line in text.split("\n"))
            for duty in answer.duties:
                assert duty.provision in text
                assert set(duty.readings) <= set(answer.readings)  # the list at the end says what each of them means
            narrow = assessment_text(policy, question.case, answer, lang, width=40)
            assert all(cells(line) <= 40 for line in narrow.split("\n"))

    holds()
