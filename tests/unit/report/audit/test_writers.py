"""An audit as a page, as CSV and as JSON: everything is there, in both languages, and nothing is obeyed."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator

from policyengine.checks.audit.finding import Finding, Kind
from policyengine.report.audit import words
from policyengine.report.audit.as_json import audit_json
from policyengine.report.audit.csv_rows import COLUMNS, audit_csv
from policyengine.report.audit.grouping import grouped
from policyengine.report.audit.page import MOST_CASES, audit_page
from policyengine.report.audit.schema import audit_schema
from policyengine.report.audit.telling import Telling
from policyengine.report.audit.words import State
from policyengine.report.csv_cells import MARK
from policyengine.report.markdown import markdown
from policyengine.report.plain import plain
from policyengine.temporal.instant import Instant
from policyengine.wording import LANGUAGES, Lang
from tests.support.audited import HOSTILE, audited, nothing

if TYPE_CHECKING:
    from policyengine.checks.audit.audit import Audit
    from tests.support.golden import Golden

DUE = Instant.parse("2025-10-09T16:00:00Z")


def rows(audit: Audit, lang: Lang = "en") -> list[dict[str, str]]:
    text = "".join(audit_csv(audit, lang))
    assert text.startswith(MARK)
    return list(csv.DictReader(io.StringIO(text.removeprefix(MARK), newline="")))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_page_is_as_recorded(golden: Golden, lang: Lang) -> None:
    golden.check(f"audit-page-{lang}.txt", plain(audit_page(audited(), lang)))


def test_a_page_says_that_nothing_was_found() -> None:
    assert plain(audit_page(nothing(), "en")).splitlines()[:2] == [
        "Audit of case logs",
        "In short: nothing new was found",
    ]


def test_markdown_shows_what_is_hostile() -> None:
    text = markdown(audit_page(audited(), "en"))
    assert "<script>" not in text
    assert "\x1b" not in text


@pytest.mark.parametrize(("number", "more"), [(MOST_CASES, False), (MOST_CASES + 3, True)])
def test_one_provision_is_told_once_with_its_first_cases(number: int, more: bool) -> None:
    findings = [Finding(Kind.GAP, case=f"c{each}", policy="p", subject="g") for each in range(number)]
    ((_, group),) = grouped(findings, MOST_CASES)[State.NEW].items()
    assert (group.found, len(group.shown) < group.found) == (number, more)


@pytest.mark.parametrize(
    ("finding", "told"),
    [
        (
            Finding(Kind.VIOLATION, due=DUE, late=90_000_000, done=True),
            "due Thu 2025-10-09 24:00, done 1 min 30 s late",
        ),
        (Finding(Kind.VIOLATION, due=DUE, late=0, done=True), "due Thu 2025-10-09 24:00, done less than 1 s late"),
        (
            Finding(Kind.VIOLATION, due=DUE, late=90_000_000, done=False, as_of=DUE.plus(90_000_000)),
            "due Thu 2025-10-09 24:00, 1 min 30 s late and still owed as of Fri 2025-10-10 00:01:30",
        ),
        (Finding(Kind.ADVISORY, due=DUE, at=DUE), "due Thu 2025-10-09 24:00, and not done"),
        (Finding(Kind.VIOLATION, at=DUE), "violated from Fri 2025-10-10 00:00 on"),
        (Finding(Kind.VIOLATION, subject="confirm-first", at=DUE), "breached Fri 2025-10-10 00:00"),
        (Finding(Kind.UNDETERMINED), "whether it is owed, or was kept, is not settled"),
        (
            Finding(Kind.UNDETERMINED, due=DUE),
            "whether it is owed, or was kept, is not settled; if it holds, due Thu 2025-10-09 24:00",
        ),
        (
            Finding(Kind.PROVISIONAL, due=DUE),
            words.NOT_ANNOUNCED.en.format(due="Thu 2025-10-09 24:00"),
        ),
        (Finding(Kind.GAP), ""),
    ],
    ids=["late", "at the end", "owed", "ended", "violated", "breached", "open", "open, due", "provisional", "gap"],
)
def test_by_when_and_how_late(finding: Finding, told: str) -> None:
    policies = audited().policies
    name = "anshan-public-resource-exchange"
    assert Telling(policies, "en").time(replace(finding, policy=name)) == told


def test_csv_has_a_line_for_each_finding_and_computes_nothing() -> None:
    found = rows(audited())
    assert len(found) == len(audited().findings)
    assert set(found[0]) == set(COLUMNS)
    late = next(each for each in found if each["case"].startswith("'=x") and each["kind"] == "violation")
    assert late["case"] == r"'=x\x00\x1b[31m<script>]]>{{ 7*7 }}|%,:"
    assert (late["late_seconds"], late["late"], late["done"]) == ("1", "1 s", "1")
    assert late["due"] == "2025-08-31T23:59:58+08:00"
    assert (late["file"], late["line"], late["clauses"], late["state"]) == ("logs/a b.yaml", "6", "XCH:15", "new")


def test_csv_says_who_waived_it() -> None:
    (waived,) = (each for each in rows(audited()) if each["state"] == "waived")
    assert (waived["waived_by"], waived["waived_because"], waived["waived_until"]) == (
        "the head",
        "a flood",
        "2025-12-31",
    )


def test_csv_of_nothing_has_its_columns() -> None:
    assert "".join(audit_csv(nothing(), "zh")) == f"{MARK}{','.join(COLUMNS)}\r\n"


@pytest.mark.parametrize("every", [None, False, True], ids=["nothing", "defaults", "every reading"])
def test_json_is_what_the_schema_says(every: bool | None) -> None:
    schema = audit_schema()
    Draft202012Validator.check_schema(schema)
    text = "".join(audit_json(nothing() if every is None else audited(every_reading=every)))
    assert [each.message for each in Draft202012Validator(schema).iter_errors(json.loads(text))] == []
    assert text.endswith("]}\n")


def test_json_has_every_state_and_both_languages() -> None:
    value = json.loads("".join(audit_json(audited())))
    assert {each["state"] for each in value["findings"]} == {"new", "waived", "known"}
    late = next(each for each in value["findings"] if each["case"] == HOSTILE and each["kind"] == "violation")
    assert late["late_micros"] == 1_000_000
    assert set(late["subject"]["title"]) == {"zh", "en"}
    assert value["gone"][0]["case"] == "gone"
    assert value["lateness"]["all"]["late"] == 4
