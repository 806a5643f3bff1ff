"""`policyengine explain` as a real process: ten explanations checked by hand, and what cannot be asked."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import jsonschema
import pytest

from policyengine.report.explanation.schema import explanation_schema
from tests.support.cases import CASES, policy_named
from tests.support.command import EXAMPLE, call, run

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

    from tests.support.golden import Golden

CHECKED = {
    "changzhi-first-bulletin": (EXAMPLE, "first-bulletin"),
    "changzhi-press-conference": (CASES / "changzhi" / "upgrade-during-the-night.yaml", "press-conference"),
    "meihekou-written-report": (CASES / "meihekou" / "meihekou-handed-in-at-midnight.yaml", "written-report"),
    "meihekou-authoritative-information": (
        CASES / "meihekou" / "meihekou-upgrade-capped-by-the-48-hours.yaml",
        "authoritative-information",
    ),
    "anshan-accountability": (CASES / "anshan" / "held-to-account.yaml", "accountability"),
    "anshan-confirm-first": (CASES / "anshan" / "confirmed-afterwards.yaml", "confirm-first"),
    "hubei-training-round": (CASES / "hubei" / "hubei-agency-log-training-over-national-day.yaml", "training-round"),
    "hubei-respond-territorially": (CASES / "hubei" / "hubei-scope-unknown.yaml", "respond-territorially"),
    "xincheng-notify-serious-negative": (CASES / "xincheng" / "upgrade-capped.yaml", "notify-serious-negative"),
    "xincheng-assess-risk": (
        CASES / "xincheng" / "decision-before-its-risk-was-assessed.yaml",
        "assess-risk",
    ),
}
"""Two of each regulation: every number and date in their texts was checked by hand, from what they show."""


def answered(done: subprocess.CompletedProcess[str]) -> str:
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def refused(done: subprocess.CompletedProcess[str], code: int = 2) -> str:
    assert (done.returncode, done.stdout) == (code, ""), done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


def as_case(path: Path, directory: Path) -> Path:
    """Return the case of a worked example without what is expected of it."""
    text = path.read_text(encoding="utf-8")
    found = directory / path.name
    found.write_text(text.partition("\nexpect:")[0] + "\n", encoding="utf-8")
    return found


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", CHECKED)
def test_checked_by_hand(name: str, lang: str, golden: Golden, tmp_path: Path) -> None:
    path, duty = CHECKED[name]
    text = answered(run("explain", as_case(path, tmp_path), duty, "--lang", lang, cwd=tmp_path))
    golden.check(f"explain-{name}.{lang}.txt", text)


def explained(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    return answered(call(capsys, "explain", *arguments))


def test_json_as_the_schema_says(capsys: pytest.CaptureFixture[str], golden: Golden) -> None:
    text = explained(capsys, EXAMPLE, "press", "--format", "json")
    jsonschema.validate(json.loads(text), explanation_schema())
    golden.check("explain-changzhi-press-conference.json", text)


def test_several_duties_are_a_json_line_each(capsys: pytest.CaptureFixture[str]) -> None:
    lines = explained(capsys, EXAMPLE, "press", "first-b", "press", "--format", "json").splitlines()
    assert [json.loads(line)["provision"]["id"] for line in lines] == ["press-conference", "first-bulletin"]


def test_markdown_for_a_memo(capsys: pytest.CaptureFixture[str]) -> None:
    text = explained(capsys, EXAMPLE, "press", "--format", "markdown")
    assert text.startswith("# Why: press conference within 24 hours (press-conference)\n")
    assert "## How the limit is counted\n" in text


def test_without_a_duty_everything_that_is_violated(capsys: pytest.CaptureFixture[str]) -> None:
    text = explained(capsys, EXAMPLE)
    assert [line for line in text.splitlines() if line.startswith("Why")] == [
        "Why: first information within 1 hour (first-bulletin)"
    ]


def test_without_a_duty_and_a_violation_what_is_due_next(capsys: pytest.CaptureFixture[str]) -> None:
    text = explained(capsys, EXAMPLE, "--as-of", "2025-10-09T00:10:00+08:00")
    assert "Why: first information within 1 hour (first-bulletin)\n" in text
    assert "due Thu 2025-10-09 00:30, in 20 min\n" in text


def test_before_the_case_began(capsys: pytest.CaptureFixture[str]) -> None:
    text = explained(capsys, EXAMPLE, "press", "--as-of", "2020-01-01T00:00:00Z")
    assert "Why not: press conference within 24 hours (press-conference)\n" in text
    assert "at this instant nothing has happened in the case yet\n" in text
    assert "events of the log that are later, and not seen: 4\n" in text
    assert "status: not triggered\n" in text
    assert "nothing is violated" in refused(call(capsys, "explain", EXAMPLE, "--as-of", "2020-01-01T00:00:00Z"))


def test_a_provision_that_the_reading_does_not_have(capsys: pytest.CaptureFixture[str]) -> None:
    text = " ".join(explained(capsys, EXAMPLE, "finder-reports").split())
    assert "as the text is read, it has no such provision; it has under: city_report=finder_too" in text
    assert "status: active" in explained(capsys, EXAMPLE, "finder-reports", "--reading", "city_report=finder_too")


def test_a_provision_about_the_agency_itself(capsys: pytest.CaptureFixture[str]) -> None:
    text = " ".join(explained(capsys, EXAMPLE, "yearly-appraisal").split())
    assert "the provision is about the agency's own log (scope: agency), and this is a case" in text


def test_the_sentence_itself_beside_our_summary(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    text, sentence = tmp_path / "text.txt", "值班员应于当日发布通报。"
    text.write_text(f"{sentence}\n", encoding="utf-8")
    office = tmp_path / "office.yaml"
    office.write_text(_office(_digest(sentence)), encoding="utf-8")
    case = tmp_path / "case.yaml"
    case.write_text(_CASE, encoding="utf-8")
    shown = explained(capsys, case, "bulletin", "--policy", office, "--text", text)
    assert f"A:1 1: a bulletin on the day\n    the text: {sentence}\n" in shown
    text.write_text("别的一句。\n", encoding="utf-8")
    assert "the text given has no such sentence" in explained(
        capsys, case, "bulletin", "--policy", office, "--text", text
    )
    assert "the text" not in explained(capsys, case, "bulletin", "--policy", office)
    missing = call(capsys, "explain", case, "bulletin", "--policy", office, "--text", tmp_path / "none.txt")
    assert "PE101" in refused(missing, 3)


_CASE = """\
case: c
as_of: 2025-10-09T00:00:00+08:00
events:
  - {id: e1, type: detected, at: 2025-10-08T23:30:00+08:00}
"""


def _digest(sentence: str) -> str:
    from policyengine.loading.sources import digest

    return digest(sentence)


def _office(digest: str) -> str:
    return f"""\
policy: office
title: {{zh: 某局, en: An office}}
vocabulary: public-sentiment
time_zone: Asia/Shanghai
calendar: cn
versions: [{{in_force: {{}}}}]
roles: {{office: {{title: {{zh: 办公室, en: the office}}}}}}
provisions:
  - id: bulletin
    title: {{zh: 当日通报, en: a bulletin on the day}}
    clause: A:1
    bearer: office
    must: publish_authoritative_information
    upon: detected
    deadline: {{within: {{days: 1}}}}
source:
  title: {{zh: 某局规定, en: The office's rules}}
  clauses:
    "A:1":
      number: "1"
      digest: {digest}
      says: {{zh: 当日发布通报, en: a bulletin on the day}}
      provisions: [bulletin]
"""


REFUSED = {
    "no such provision": (
        ("pres-conference",),
        "unknown provision `pres-conference`; did you mean `press-conference`?",
    ),
    "several begin so": (("report-to",), "several names start with `report-to`: report-to-leader, report-to-office"),
    "one duty only": (("press", "--instance", "e9"), "`press-conference` has one duty here only; leave out --instance"),
    "no such case": (("press", "--case", "CZH-2025-1009"), "did you mean `CZH-2025-1008`?"),
    "naive instant": (("press", "--as-of", "2025-10-09"), "--as-of"),
    "unknown reading": (("press", "--reading", "clock_stat=detection"), "did you mean `clock_start`?"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_asked(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    arguments, said = REFUSED[name]
    assert said in " ".join(refused(call(capsys, "explain", EXAMPLE, *arguments)).split())


def test_a_gap_is_no_provision(capsys: pytest.CaptureFixture[str]) -> None:
    gap = policy_named("hubei").gaps[0].nodes()[0].id
    said = refused(call(capsys, "explain", EXAMPLE, gap, "--policy", "hubei"))
    assert f"`{gap}` is a silence of the text or a referral, not a provision" in said


def test_of_several_cases_one_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    lines = tmp_path / "cases.jsonl"
    event = '{"id": "e1", "type": "detected", "at": "2025-10-08T23:30:00+08:00"}'
    lines.write_text(
        "".join(
            f'{{"case": "{name}", "policy": "changzhi", "as_of": "2025-10-09T00:00:00+08:00", "events": [{event}]}}\n'
            for name in ("a", "b")
        )
    )
    assert "the file has 2 cases; name one by --case, such as: a, b" in refused(
        call(capsys, "explain", lines, "first-word-early")
    )
    assert "\nCase b\n" in explained(capsys, lines, "first-word-early", "--case", "b")


def test_which_of_several_duties(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    case = as_case(CASES / "xincheng" / "enquiries.yaml", tmp_path)
    said = refused(call(capsys, "explain", case, "accept-enquiry", "--instance", "q9"))
    assert "`accept-enquiry` has no duty `q9` here; it has: " in said
    known = said.partition("it has: ")[2].split(";")[0].split("\n")[0].split(", ")
    for each in known:
        assert f"({each})" in explained(capsys, case, "accept-enquiry", "--instance", each)


def test_under_several_policies_each_that_has_the_provision(capsys: pytest.CaptureFixture[str]) -> None:
    both = ("--policy", "changzhi", "--policy", "state-council-2016-61")
    lines = explained(capsys, EXAMPLE, "press-conference", *both, "--format", "json").splitlines()
    assert [json.loads(line)["policy"]["id"] for line in lines] == ["changzhi-energy-bureau", "state-council-2016-61"]


def test_a_case_at_fault_is_reported_at_its_place(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    case.write_text(_CASE.replace("type: detected", "type: detcted"), encoding="utf-8")
    said = refused(call(capsys, "explain", case, "press", "--policy", "changzhi"), 3)
    assert "case.yaml:4:20: error PE205" in said
    assert "did you mean `detected`?" in said
