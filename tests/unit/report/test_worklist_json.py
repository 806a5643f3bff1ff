"""Worklists as JSON: alone, for several cases together, and as part of the answers of several policies."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

import policyengine as pe
from policyengine.report import assessments_json, assessments_schema
from policyengine.report.json_values import written
from policyengine.report.more_schemas import worklist_schema
from policyengine.report.worklist_json import worklist_json
from policyengine.report.worklist_sheet import Sheet
from tests.support import lab

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parents[3]
POLICIES = (pe.load("changzhi"), pe.load("state-council-2016-80"))
SAME = {"superior_department": "responsible_unit"}
AT = pe.Instant.parse("2025-10-08T23:30:00+08:00")
HOUR = 3_600_000_000


def case(name: str = "one", **facts: object) -> pe.Case:
    log = [pe.Event(id="e1", type="detected", at=AT, sets={"event_severity": "major"})]
    known = {"sentiment_severity": "none", "concerns_other_agency": True, "matter_scope": ["several_places"]}
    return pe.Case(id=name, title="案", facts={**known, **facts}, events=log)  # type: ignore[dict-item]


def sheet(policies: Sequence[pe.Policy], asked: pe.Case, as_of: pe.Instant, role: str | None = None) -> Sheet:
    found = pe.evaluate(policies, asked, as_of=as_of)
    return Sheet(policies, asked, found, found.worklist(role, same=SAME))


def value(*sheets: Sheet) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(worklist_json(sheets))
    jsonschema.validate(found, worklist_schema())
    return found


def test_an_entry_holds_limits_time_left_and_claims() -> None:
    found = value(sheet(POLICIES, case(), AT.plus(HOUR + 1)))
    assert (found["schema"], found["as_of"], found["role"]) == (
        "policyengine/worklist/1",
        "2025-10-09T00:30:00.000001+08:00",
        None,
    )
    first = found["entries"][0]
    assert {name: first[name] for name in ("case", "status", "late", "left_micros", "elapsed_micros", "strengths")} == {
        "case": "one",
        "status": "overdue",
        "late": True,
        "left_micros": -1,
        "elapsed_micros": HOUR + 1,
        "strengths": ["must", "should"],
    }
    assert (first["act"]["id"], first["bearer"]["id"], first["to"]) == (
        "publish_authoritative_information",
        "responsible_unit",
        None,
    )
    assert (first["limit"], first["limit"]["due_inclusive"]) == (first["should"], True)
    assert (first["must"]["due"], first["should"]["due"]) == ("2025-10-09T04:30:00+08:00", "2025-10-09T00:30:00+08:00")
    claims = [
        (each["policy"], each["clauses"][0]["id"], each["wording"], each["left_micros"]) for each in first["claims"]
    ]
    assert claims == [
        ("changzhi-energy-bureau", "CZH:17", "原则上要", -1),
        ("state-council-2016-80", "GB80:1", "最迟", 4 * HOUR - 1),
        ("changzhi-energy-bureau", "CZH:14", "要", None),
    ]


def test_what_is_next_open_forbidden_and_in_conflict() -> None:
    found = value(sheet(POLICIES, case(), AT.plus(HOUR + 1)))
    assert found["next_due"] == {
        "case": "one",
        "policy": "state-council-2016-80",
        "provision": "authoritative-information",
        "instance": None,
    }
    assert {fact for each in found["undetermined"] for claim in each["claims"] for fact in claim["missing_facts"]}
    assert [each["claims"][0]["provision"]["id"] for each in found["forbidden"]] == ["confirm-first"]
    assert found["conflicts"][0]["forbidden"][0]["provision"]["id"] == "confirm-first"
    assert found["cases"][0]["policies"][0]["policy"]["id"] == "changzhi-energy-bureau"
    assert {"reading": "starting_hour", "option": "counted"} in found["cases"][0]["policies"][0]["readings"]


def test_several_cases_are_one_list_in_the_order_of_urgency() -> None:
    later = pe.Case(id="two", events=[pe.Event(id="e", type="detected", at=AT.plus(-HOUR))])
    sheets = [sheet(POLICIES[:1], each, AT, "responsible_unit") for each in (case(), later)]
    found = value(*sheets)
    assert [each["case"] for each in found["cases"]] == ["one", "two"]
    assert found["role"]["id"] == "responsible_unit"
    told = [(each["limit"] is None, each["limit"] and each["limit"]["late_from"]) for each in found["entries"]]
    assert told == sorted(told, key=lambda each: (each[0], each[1] or ""))
    assert {each["case"] for each in found["entries"]} == {"one", "two"}
    assert found["next_due"]["case"] == "one"
    assert worklist_json(sheets, indent=None).count("\n") == 1


@pytest.mark.parametrize(
    ("provisions", "when"),
    [
        pytest.param("{id: a, must: answer, upon: start, every: day}", "+3 9:00", id="recurring"),
        pytest.param("{id: a, must: answer, upon: start, when: {flag: true}}", "9:00", id="undetermined"),
        pytest.param("{id: a, must: answer, upon: start, deadline: {before: stop}}", "9:00", id="before an event"),
        pytest.param("{id: a, must_not: answer, means: [paper], upon: start}", "9:00", id="forbidden by some means"),
        pytest.param("{id: a, may: answer, upon: start}", "9:00", id="nothing"),
    ],
)
def test_every_kind_of_duty_is_as_the_schema_says(provisions: str, when: str) -> None:
    loaded = lab.policy(provisions)
    asked = lab.log("9:00 start")
    found = pe.evaluate([loaded], asked, as_of=lab.at(when))
    value(Sheet([loaded], asked, found, found.worklist()))


def test_the_answers_of_several_policies_hold_the_same_lists() -> None:
    found = pe.evaluate(POLICIES, case(), as_of="2025-10-09T00:30:00+08:00")
    both = json.loads(assessments_json(POLICIES, found, same=SAME))
    jsonschema.Draft202012Validator.check_schema(assessments_schema())
    jsonschema.validate(both, assessments_schema())
    assert [each["policy"]["id"] for each in both["assessments"]] == [each.id for each in POLICIES]
    alone = value(Sheet(POLICIES, case(), found, found.worklist(same=SAME)))
    assert both["worklist"] == {name: alone[name] for name in both["worklist"]}
    assert assessments_json(POLICIES, found, indent=None).count("\n") == 1


@pytest.mark.parametrize(("name", "schema"), [("assessments", assessments_schema()), ("worklist", worklist_schema())])
def test_the_stored_schema_has_no_drift(name: str, schema: Any) -> None:  # noqa: ANN401 - JSON
    jsonschema.Draft202012Validator.check_schema(schema)
    stored = (ROOT / "schemas" / f"{name}.schema.json").read_bytes().decode()
    assert stored == written(schema), "run `policyengine schema --write schemas`"
