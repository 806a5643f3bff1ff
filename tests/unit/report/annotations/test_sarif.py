"""SARIF: what the published schema asks for, and what code scanning services read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice, repeat
from typing import Any

import pytest

from policyengine.diagnostics import Span
from policyengine.report.annotations.annotation import Annotation, Grade, Rule
from policyengine.report.annotations.sarif import FINGERPRINT, sarif
from policyengine.wording import LANGUAGES, Lang
from tests.support.sarif import sarif_faults, sarif_run

RULES = (
    Rule("violation", "A duty was violated", "Do it, or have it waived.", Grade.ERROR),
    Rule("gap", "The text is silent", grade=Grade.NOTE),
)
SPAN = Span("记录/a b.jsonl", 3, 1, 3, 40)
PLAIN = Annotation("violation", Grade.ERROR, "late", "It was late.")
FULL = Annotation(
    "gap",
    Grade.NOTE,
    "silence",
    "没有规定。",
    SPAN,
    related=((Span("policies/a.yaml", 7, 3, 9, 1), "the provision"),),
    fingerprint="00ff",
    properties={"case": "c-1", "late": 5},
)


def text_of(*annotations: Annotation, lang: Lang = "en", baseline: bool = False, waivers: bool = False) -> str:
    return "".join(sarif(annotations, RULES, version="1.2.3", lang=lang, baseline=baseline, waivers=waivers))


def result_of(annotation: Annotation, *, baseline: bool = False, waivers: bool = False) -> dict[str, Any]:
    (found,) = sarif_run(text_of(annotation, baseline=baseline, waivers=waivers))["results"]
    result: dict[str, Any] = found
    return result


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("flag", [False, True], ids=["plain", "all flags"])
@pytest.mark.parametrize("annotations", [(), (PLAIN,), (PLAIN, FULL)], ids=["none", "one", "two"])
def test_it_is_what_the_published_schema_asks_for(annotations: tuple[Annotation, ...], flag: bool, lang: Lang) -> None:
    assert sarif_faults(text_of(*annotations, lang=lang, baseline=flag, waivers=flag)) == []


def test_the_schema_refuses_what_is_no_sarif() -> None:
    assert sarif_faults(text_of(PLAIN).replace('"level"', '"levle"')) != []


def test_the_tool_says_its_version_its_language_and_its_rules() -> None:
    driver = sarif_run(text_of(lang="zh"))["tool"]["driver"]
    assert (driver["name"], driver["version"], driver["language"]) == ("policyengine", "1.2.3", "zh-CN")
    assert driver["rules"] == [
        {
            "id": "violation",
            "shortDescription": {"text": "A duty was violated"},
            "fullDescription": {"text": "Do it, or have it waived."},
            "help": {"text": "Do it, or have it waived."},
            "defaultConfiguration": {"level": "error"},
        },
        {
            "id": "gap",
            "shortDescription": {"text": "The text is silent"},
            "fullDescription": {"text": "The text is silent"},
            "help": {"text": "The text is silent"},
            "defaultConfiguration": {"level": "note"},
        },
    ]


def test_a_result_has_its_rule_its_places_and_its_fingerprint() -> None:
    assert result_of(FULL) == {
        "ruleId": "gap",
        "ruleIndex": 1,
        "level": "note",
        "message": {"text": "没有规定。"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "%E8%AE%B0%E5%BD%95/a%20b.jsonl"},
                    "region": {"startLine": 3, "startColumn": 1, "endLine": 3, "endColumn": 40},
                }
            }
        ],
        "relatedLocations": [
            {
                "id": 1,
                "physicalLocation": {
                    "artifactLocation": {"uri": "policies/a.yaml"},
                    "region": {"startLine": 7, "startColumn": 3, "endLine": 9, "endColumn": 1},
                },
                "message": {"text": "the provision"},
            }
        ],
        "partialFingerprints": {FINGERPRINT: "00ff"},
        "properties": {"case": "c-1", "late": 5},
    }


def test_columns_are_counted_as_our_spans_count_them() -> None:
    assert sarif_run(text_of())["columnKind"] == "unicodeCodePoints"


def test_a_result_without_a_place_has_no_location() -> None:
    assert set(result_of(PLAIN)) == {"ruleId", "ruleIndex", "level", "message"}


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        ("logs/a.jsonl", "logs/a.jsonl"),
        ("./logs/../a.jsonl", "logs/../a.jsonl"),
        ("a:b/50%#?.csv", "a%3Ab/50%25%23%3F.csv"),
        ("/srv/a b.csv", "file:///srv/a%20b.csv"),
        ("\udcff.csv", "%ED%B3%BF.csv"),
        ("<stdin>", "%3Cstdin%3E"),
    ],
    ids=["relative", "dots", "reserved", "absolute", "no text", "a stream"],
)
def test_files_are_uris(file: str, uri: str) -> None:
    result = result_of(Annotation("gap", Grade.NOTE, "t", "m", Span(file, 1, 1, 1, 1)))
    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": uri}


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("see [1](2)", "see [1\\](2)"),
        ("{0} of {n}", "{{0}} of {{n}}"),
        ("a\x1b[31mb\nc\udcff", "a\\x1b[31mb\nc\\udcff"),
        ("", "-"),
    ],
    ids=["link", "placeholder", "obeyed", "empty"],
)
def test_a_message_is_shown_and_never_obeyed(message: str, told: str) -> None:
    assert result_of(Annotation("gap", Grade.NOTE, "t", message))["message"] == {"text": told}


@pytest.mark.parametrize(
    ("reason", "suppressions"),
    [(None, []), ("agreed\x07", [{"kind": "external", "justification": "agreed\\x07"}])],
    ids=["counts", "waived"],
)
def test_what_is_let_stand_is_suppressed_with_its_reason(reason: str | None, suppressions: list[object]) -> None:
    annotation = Annotation("gap", Grade.NOTE, "t", "m", suppressed=reason)
    assert result_of(annotation, waivers=True)["suppressions"] == suppressions
    assert "suppressions" not in result_of(annotation)


@pytest.mark.parametrize(("known", "state"), [(False, "new"), (True, "unchanged")])
def test_with_a_baseline_each_result_says_whether_it_is_new(known: bool, state: str) -> None:
    annotation = Annotation("gap", Grade.NOTE, "t", "m", known=known)
    assert result_of(annotation, baseline=True)["baselineState"] == state
    assert "baselineState" not in result_of(annotation)


@pytest.mark.parametrize("fault", [False, True], ids=["sound", "fault"])
def test_a_fault_says_that_the_run_did_not_succeed(fault: bool) -> None:
    run = sarif_run(text_of(Annotation("gap", Grade.ERROR, "t", "m", fault=fault), PLAIN))
    assert run["invocations"] == [{"executionSuccessful": not fault}]


def test_a_rule_that_is_not_told_is_a_misuse() -> None:
    with pytest.raises(KeyError, match="nowhere"):
        text_of(Annotation("nowhere", Grade.NOTE, "t", "m"))


def test_results_are_written_as_they_come() -> None:
    endless: Iterator[Annotation] = repeat(PLAIN)
    chunks = list(islice(sarif(endless, RULES, version="1", lang="en"), 1_000))
    assert max(map(len, chunks[2:])) < 300
    assert json.loads(chunks[-1].strip(",\n "))["ruleId"] == "violation"
