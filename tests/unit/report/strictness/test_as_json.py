"""Answers about strictness as JSON: as their schemas say, in terms of ids, and complete."""

from __future__ import annotations

import json

import jsonschema
import pytest

from policyengine.report.strictness.as_json import strictness_json, strictness_range_json
from policyengine.report.strictness.schema import strictness_range_schema, strictness_schema
from tests.support.strictness import REAL, held, ranged


@pytest.mark.parametrize("schema", [strictness_schema(), strictness_range_schema()], ids=["one reading", "all"])
def test_a_schema_is_one(schema: dict[str, object]) -> None:
    jsonschema.Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize(("one", "other"), [*REAL, ("changzhi", "changzhi")])
def test_an_answer_is_as_the_schema_says(one: str, other: str) -> None:
    found = held(one, other)
    value = json.loads(strictness_json(found))
    jsonschema.validate(value, strictness_schema())
    assert [each["provision"] for each in value["demands"]] == [each.provision.id for each in found.there.demands]
    assert value["holds"] is found.there.holds
    named = {(each["policy"], each["id"]) for each in value["provisions"]}
    for each in value["demands"]:
        assert (found.there.other.policy.id, each["provision"]) in named
        assert (each["counterexample"] is not None) == (each["finding"] == "refuted")
        for row in (each["counterexample"] or {"rows": []})["rows"]:
            assert (found.there.one.policy.id, row["provision"]) in named


def test_a_demand_has_its_regions_its_case_and_what_goes_beyond() -> None:
    value = json.loads(strictness_json(held("changzhi", "state-council-2016-80")))
    demand = value["demands"][0]
    case = demand.pop("counterexample")
    assert demand == {
        "provision": "authoritative-information",
        "relation": "incomparable",
        "finding": "refuted",
        "where": [{"region": {"facts": [], "happened": []}, "short": ["limit"], "covered": False}],
        "missing": None,
        "announced_only": False,
        "never_applies": False,
        "beyond": ["first-bulletin", "first-word-early"],
    }
    assert (case["found"], case["instead"], case["shortfall"]) == ("violated", "departed", "limit")
    assert case["duty"]["due"] == "2024-03-05T14:00:00+08:00"
    assert case["case"]["as_of"] == "2024-03-05T14:00:00.000001+08:00"
    assert case["case"]["policy"] == ["changzhi-energy-bureau", "state-council-2016-80"]


def test_an_answer_under_every_reading() -> None:
    found = ranged("hubei", "state-council-2016-61")
    value = json.loads(strictness_range_json(found))
    jsonschema.validate(value, strictness_range_schema())
    (respond,) = (each for each in value["demands"] if each["provision"] == "respond")
    assert respond["verdict"] == "some"
    assert {leaf["demand"]["finding"]: leaf["one"] for leaf in respond["leaves"]} == {
        "covered": [{"reading": "residual_class", "options": ["all_other"]}],
        "refuted": [{"reading": "residual_class", "options": ["not_general"]}],
    }
