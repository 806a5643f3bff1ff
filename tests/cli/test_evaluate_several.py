"""`policyengine evaluate` under several policies at once, and under every reading."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import jsonschema

from policyengine.loading.library import home
from policyengine.report import assessments_schema, readings_schema
from tests.support.command import EXAMPLE, call, run

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

    import pytest

    from tests.support.golden import Golden

PARENTS = ("--policy", "changzhi", "--policy", "state-council-2016-61", "--policy", "state-council-2016-80")
SAME = ("--same", "responder=responsible_unit")


def answered(done: subprocess.CompletedProcess[str]) -> str:
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def refused(done: subprocess.CompletedProcess[str], code: int) -> str:
    assert (done.returncode, done.stdout) == (code, ""), done.stderr
    return done.stderr


def test_each_assessment_and_then_the_worklist(tmp_path: Path, golden: Golden) -> None:
    for lang in ("zh", "en"):
        text = answered(run("evaluate", EXAMPLE, *PARENTS, *SAME, "--lang", lang, cwd=tmp_path))
        *parts, worklist = text.split(f"\n{'=' * 72}\n\n")
        titles = ["".join(part.split()) for part in parts]  # wherever a line was broken
        assert [asked in title for asked, title in zip(PARENTS[1::2], titles, strict=True)] == [True] * 3
        golden.check(f"worklist-changzhi-and-its-parents.{lang}.txt", worklist)


def test_several_policies_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    value = json.loads(answered(call(capsys, "evaluate", EXAMPLE, *PARENTS, *SAME, "--format", "json")))
    jsonschema.validate(value, assessments_schema())
    assert len(value["assessments"]) == 3
    first = value["worklist"]["entries"][0]
    assert (first["must"]["due"], first["should"]["due"]) == ("2025-10-09T04:30:00+08:00", "2025-10-09T00:30:00+08:00")


def test_policies_that_the_case_names_and_readings_of_one_of_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = json.dumps(
        {
            "case": "one",
            "policy": ["changzhi", "state-council-2016-80"],
            "as_of": "2025-10-09T00:45:00+08:00",
            "events": [{"id": "e1", "type": "detected", "at": "2025-10-08T23:30:00+08:00", "by": "finder"}],
        }
    )
    path = tmp_path / "cases.jsonl"
    path.write_text(f"{line}\n{line.replace('one', 'two')}\n", encoding="utf-8")
    text = answered(call(capsys, "evaluate", path, "--format", "json", "--reading", "city_report=finder_too"))
    values = [json.loads(each) for each in text.splitlines()]
    assert [each["case"] for each in values] == ["one", "two"]
    chosen = values[0]["assessments"][0]["readings"]
    assert {"reading": "city_report", "option": "finder_too"} in chosen
    assert answered(call(capsys, "check", path)) != ""


def test_every_reading_as_text_and_json(capsys: pytest.CaptureFixture[str], golden: Golden) -> None:
    for lang in ("zh", "en"):
        text = answered(call(capsys, "evaluate", EXAMPLE, "--readings", "all", "--lang", lang))
        golden.check(f"readings-changzhi-grave-emergency.{lang}.txt", text)
    value = json.loads(answered(call(capsys, "evaluate", EXAMPLE, "--readings", "all", "--format", "json")))
    jsonschema.validate(value, readings_schema())
    both = answered(call(capsys, "evaluate", EXAMPLE, "--readings", "all", "--format", "json", *PARENTS[:4]))
    ids = [json.loads(line)["policy"]["id"] for line in both.splitlines()]
    assert ids == ["changzhi-energy-bureau", "state-council-2016-61"]


def test_what_cannot_be_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    both = ("--readings", "all", "--reading", "city_report=office")
    assert "exclude each other" in refused(call(capsys, "evaluate", EXAMPLE, *both), 2)
    assert "choose from: chosen, all" in refused(call(capsys, "evaluate", EXAMPLE, "--readings", "some"), 2)
    for same, said in (
        ("responder", "ROLE=ROLE"),
        ("respnder=office", "did you mean `responder`?"),
        ("responder=nobody", "unknown role `nobody`"),
    ):
        assert said in refused(call(capsys, "evaluate", EXAMPLE, *PARENTS, "--same", same), 2)
    text = (home() / "changzhi-energy-bureau.yaml").read_text(encoding="utf-8")
    other = tmp_path / "other.yaml"
    other.write_text(text.replace("note: {zh: 约束一切发布者", "note: {zh: 约束所有发布者"), encoding="utf-8")
    asked = ("--policy", "changzhi", "--policy", other)
    assert "two different policies are called `changzhi-energy-bureau`" in refused(
        call(capsys, "evaluate", EXAMPLE, *asked), 2
    )


def test_a_fault_under_one_policy_is_said_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(
        "case: one\npolicy: [changzhi, state-council-2016-61]\nas_of: 2025-10-09T00:45Z\n"
        "events: [{id: e1, type: detectd, at: 2025-10-08T00:45Z}]\n",
        encoding="utf-8",
    )
    said = refused(call(capsys, "evaluate", path), 3)
    assert said.count("PE205") == 1
    assert said.endswith("1 error\n")
    refusal = call(capsys, "check", path)
    assert (refusal.returncode, refusal.stdout.count("PE205")) == (1, 1)
