"""An audit for CI services: what each finding says, and where it lands."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from policyengine.checks.audit.finding import Kind
from policyengine.report.annotations.annotation import Annotation, Grade
from policyengine.report.annotations.github import github, job_summary
from policyengine.report.annotations.junit import junit
from policyengine.report.annotations.sarif import sarif
from policyengine.report.audit.annotating import GRADE, Annotating
from policyengine.wording import LANGUAGES, Lang
from tests.support.audited import HOSTILE, audited, nothing
from tests.support.sarif import sarif_run


def found(kind: Kind, case: str | None, lang: Lang = "en") -> Annotation:
    (annotation,) = (
        each
        for each in Annotating(audited(), lang).annotations()
        if each.properties["kind"] == kind and each.properties.get("case") == case
    )
    return annotation


def test_every_kind_has_a_grade_and_faults_and_violations_are_errors() -> None:
    assert {kind for kind in Kind if GRADE[kind] is Grade.ERROR} == {Kind.FAULT, Kind.VIOLATION}


def test_a_violation_says_what_who_by_when_how_late_and_on_which_clause() -> None:
    annotation = found(Kind.VIOLATION, HOSTILE)
    assert annotation.rule == "violation/xincheng-petition-bureau/notify-serious-negative"
    assert annotation.title.startswith("Violation: serious negative sentiment, internal notice within 30 minutes (")
    assert annotation.message.splitlines()[1:] == [
        (
            "Leading group on sentiment must inform the sections and units inside to the bureau's sections and "
            "second-level units."
        ),
        "Due Sun 2025-08-31 23:59:58, done 1 s late.",
        (
            "Clause XCH:15 第四条(三): collect and handle; inform the bureau's own sections and units, general 24 h, "
            "serious negative 30 min; guide them."
        ),
    ]
    assert str(annotation.span) == "logs/a b.yaml:6:20"
    assert annotation.counts


def test_a_violation_in_chinese() -> None:
    every = Annotating(audited(), "zh").annotations()
    lines = [line for each in every if each.properties.get("case") == "breached" for line in each.message.splitlines()]
    assert "任何人不得发布信息。" in lines
    assert "2026-05-06 周三 16:00 违反。" in lines


def test_what_is_waived_names_its_waiver_and_the_known_is_known() -> None:
    waived, known = found(Kind.VIOLATION, "waived"), found(Kind.VIOLATION, "known")
    assert waived.suppressed == "waived by the head until 2025-12-31: a flood"
    assert [(str(span), told) for span, told in waived.related] == [("waivers.yaml:2:3", "the waiver")]
    assert (known.known, known.suppressed) == (True, None)


def test_a_fault_is_told_with_its_code_and_its_way_out() -> None:
    fault = next(each for each in Annotating(audited(), "en").annotations() if each.fault)
    assert (fault.rule, fault.title, str(fault.span)) == ("fault/PE206", "Fault: PE206", "logs/a b.jsonl:9:1")
    assert fault.message.splitlines() == [
        "Fault: PE206.",
        "Unknown fact `nowhere`.",
        "Declare it under `facts:` in the vocabulary.",
    ]


@pytest.mark.unmeasured
def test_what_only_some_readings_make_a_violation_is_a_warning_that_names_them() -> None:
    some = [
        each
        for each in Annotating(audited(every_reading=True), "en").annotations()
        if each.properties["state"] == "some"
    ]
    assert some
    assert all(each.grade is not Grade.ERROR for each in some)
    assert all("only as read thus: " in each.message.lower() for each in some)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_audit_is_sound_sarif(lang: Lang) -> None:
    told = Annotating(audited(), lang)
    run = sarif_run(
        "".join(sarif(told.annotations(), told.rules(), version="1", lang=lang, baseline=True, waivers=True))
    )
    assert len(run["results"]) == len(audited().findings)
    assert run["invocations"] == [{"executionSuccessful": False}]
    assert {each["baselineState"] for each in run["results"]} == {"new", "unchanged"}
    assert sum(bool(each["suppressions"]) for each in run["results"]) == 1
    levels = {each["id"]: each["defaultConfiguration"]["level"] for each in run["tool"]["driver"]["rules"]}
    assert list(levels.values()) == sorted(levels.values(), key=["error", "warning", "note"].index)


def test_junit_has_every_case_under_every_policy_those_that_passed_too() -> None:
    text = "".join(junit(Annotating(audited(), "en").checked(), name="audit", lang="en"))
    root = ElementTree.fromstring(text)  # noqa: S314 - our own text
    outcomes = {
        (case.get("classname"), case.get("name")): [each.tag for each in case] for case in root.iter("testcase")
    }
    policy = "xincheng-petition-bureau"
    assert "skipped" in outcomes[policy, "waived"]
    assert "failure" not in outcomes[policy, "known"]
    assert "failure" in outcomes["anshan-public-resource-exchange", "breached"]
    assert [case for case, tags in outcomes.items() if "error" in tags] == [("log", "Fault: PE206, logs/a b.jsonl:9:1")]
    assert root.get("tests") == str(len(outcomes))


def test_github_shows_what_counts_alone() -> None:
    lines = "".join(github(Annotating(audited(), "en").annotations(), "en")).splitlines()
    assert all(each.startswith(("::error ", "::warning ", "::notice ")) for each in lines)
    assert not any("Case waived: Violation" in each or "Case known: Violation" in each for each in lines)
    assert lines[0].startswith("::error file=logs/")


def test_figures_are_told_in_the_summary() -> None:
    told = Annotating(audited(), "en")
    text = job_summary("Audit", told.figures(), told.annotations(), "en")
    assert "| Cases | 4 |\n" in text
    assert "| fault | 1 |\n" in text


def test_nothing_found_is_nothing_told() -> None:
    told = Annotating(nothing(), "zh")
    assert (told.rules(), list(told.annotations()), list(told.checked())) == ((), [], [])
    assert told.figures() == (("案件", "0"), ("已判断", "0"), ("事件", "0"))
