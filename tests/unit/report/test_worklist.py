"""Worklists as text and as JSON, in both languages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import jsonschema

import policyengine as pe
from policyengine.report import assessments_json, assessments_schema, worklist_text
from policyengine.report.json_values import written

if TYPE_CHECKING:
    from policyengine.wording import Lang

ROOT = Path(__file__).parents[3]
GOOD = ROOT / "tests" / "policies" / "good"
POLICIES = (pe.load("changzhi"), pe.load("state-council-2016-80"))
SAME = {"superior_department": "responsible_unit"}
AT = pe.Instant.parse("2025-10-08T23:30:00+08:00")


def case(**facts: object) -> pe.Case:
    log = [pe.Event(id="e1", type="detected", at=AT, sets={"event_severity": "major"})]
    known = {"sentiment_severity": "none", "concerns_other_agency": False, "matter_scope": ["several_places"]}
    return pe.Case(id="one", facts={**known, **facts}, events=log)  # type: ignore[dict-item]


def lines(asked: pe.Case, as_of: str, lang: Lang) -> list[str]:
    found = pe.evaluate(POLICIES, asked, as_of=as_of)
    return worklist_text(POLICIES, asked, found, lang, same=SAME).splitlines()


def test_a_merged_entry_shows_both_limits_and_all_clauses() -> None:
    said = lines(case(), "2025-10-09T00:30:00+08:00", "en")
    assert said[:2] == ["Worklist: one", "As of Thu 2025-10-09 00:30, Asia/Shanghai (UTC+08:00)"]
    start = said.index("- section or unit responsible for the matter: publish authoritative information")
    assert said[start + 1 : start + 5] == [
        "    must, by Thu 2025-10-09 04:30 (in 4 h)",
        "    should in principle, by Thu 2025-10-09 00:30 (this very instant)",
        (
            "    changzhi-energy-bureau / first information within 1 hour (first-bulletin): "
            "should in principle, due Thu 2025-10-09 00:30"
        ),
        "        CZH:17 三: keep publishing; first word in 1 h in principle; press conference in 24 h",
    ]
    assert said[start + 6].startswith("        GB80:1 四: ")
    assert "    no clause gives a number" in said


def test_the_same_in_chinese_and_late() -> None:
    said = lines(case(), "2025-10-09T04:31:00+08:00", "zh")
    assert said[0] == "待办清单：one"
    start = said.index("- 涉事责任科室、单位：发布权威信息")
    assert said[start + 1] == "    最迟应在 2025-10-09 周四 04:30 前（已逾期 1 分钟）"
    assert said[start + 2] == "    原则上应在 2025-10-09 周四 00:30 前（已逾期 4 小时 1 分钟）"


def test_a_conflict_names_both_sides_and_what_would_end_it() -> None:
    said = lines(case(concerns_other_agency=True), "2025-10-09T00:30:00+08:00", "en")
    start = said.index("Conflicts: owed and forbidden at once (5)")
    assert said[start + 1 : start + 3] == [
        "- section or unit responsible for the matter: publish authoritative information",
        "    owed",
    ]
    assert said[start + 7 : start + 11] == [
        "    forbidden",
        f"        {POLICIES[0].id} / no publication before the other agency has confirmed (confirm-first): must not",
        "            CZH:15 三: confirm with the other agency before publishing what concerns it",
        "            until: confirm with the other agency",
    ]


def test_means_addressees_and_ends_of_prohibitions() -> None:
    policy = pe.load(GOOD / "prohibitions.yaml")
    log = [pe.Event(id=f"e{n}", type=each, at=AT) for n, each in enumerate(("opened", "alarm"), 1)]
    asked = pe.Case(id="one", events=log, facts={"mode": "closed", "level": "low"})
    found = pe.evaluate([policy], asked, as_of=AT)
    said = worklist_text([policy], asked, found, "en")
    assert "- keeper: tell, to owner" in said
    log = [pe.Event(id="e1", type="visited", at=AT)]
    quiet = pe.Case(id="one", events=log, facts={"mode": "open"})
    assert worklist_text([policy], quiet, pe.evaluate([policy], quiet, as_of=AT), "en").endswith(
        "\n\nNothing is to be done now.\n"
    )


def test_json_holds_the_assessments_and_the_worklist() -> None:
    asked = case(concerns_other_agency=True)
    found = pe.evaluate(POLICIES, asked, as_of="2025-10-09T00:30:00+08:00")
    value = json.loads(assessments_json(POLICIES, found, same=SAME))
    jsonschema.Draft202012Validator.check_schema(assessments_schema())
    jsonschema.validate(value, assessments_schema())
    assert [each["policy"]["id"] for each in value["assessments"]] == [each.id for each in POLICIES]
    first = value["worklist"]["entries"][0]
    assert (first["act"]["id"], first["bearer"]["id"]) == ("publish_authoritative_information", "responsible_unit")
    assert (first["must"]["due"], first["should"]["due"]) == ("2025-10-09T04:30:00+08:00", "2025-10-09T00:30:00+08:00")
    assert [each["clauses"][0]["id"] for each in first["claims"]] == ["CZH:17", "GB80:1", "CZH:14"]
    assert value["worklist"]["conflicts"][0]["forbidden"][0]["provision"]["id"] == "confirm-first"
    assert assessments_json(POLICIES, found, indent=None).count("\n") == 1


def test_the_stored_schema_has_no_drift() -> None:
    stored = (ROOT / "schemas" / "assessments.schema.json").read_bytes().decode()
    assert stored == written(assessments_schema()), "run `policyengine schema --write schemas`"
