"""`policyengine test` as a real process: what it prints, where it writes, and its exit codes."""

from __future__ import annotations

import json
import os
import re
import stat
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest
from jsonschema import Draft202012Validator

from policyengine.report.examples.schema import finished_schema
from tests.support.cases import CASES
from tests.support.command import call, run

if TYPE_CHECKING:
    from tests.support.golden import Golden

CZH_01 = CASES / "changzhi" / "CZH-01.yaml"
WRONG = (("status: overdue", "status: active"), ("T01:00:00", "T02:00:00"), ("absent: [", "absent: [first-bulletin, "))


def wrong(folder: Path, name: str = "wrong.yaml") -> Path:
    """Return an example with three mistakes: a status, a limit under another reading, a duty that is there."""
    text = CZH_01.read_text(encoding="utf-8")
    for old, new in WRONG:
        assert old in text
        text = text.replace(old, new, 1)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


# What it prints


def test_what_passes_is_counted(tmp_path: Path) -> None:
    done = run("test", CASES / "changzhi", "--lang", "en", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(r"Examples\n\nall \d+ expectations met \(examples: \d+, questions: \d+\)\n", done.stdout)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("output", "ending"), [("text", "txt"), ("markdown", "md"), ("github", "github.txt")])
def test_failures_are_told_with_their_place_both_values_and_why(
    tmp_path: Path, golden: Golden, lang: str, output: str, ending: str
) -> None:
    wrong(tmp_path)
    done = run("test", "wrong.yaml", "--lang", lang, "--format", output, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (1, "")
    golden.check(f"test-failures.{lang}.{ending}", done.stdout)


def test_quiet_tells_only_what_differs(tmp_path: Path) -> None:
    wrong(tmp_path)
    done = run("test", "wrong.yaml", "--quiet", "--lang", "en", cwd=tmp_path)
    assert done.stdout.splitlines() == [
        "Examples",
        "",
        "wrong.yaml:10:16: first-bulletin in the case CZH-01",
        "status: expected active, found overdue",
        "",
        "wrong.yaml:19:9: first-bulletin in the case CZH-01, starting_hour=left_out",
        "due: expected 2025-10-09T02:00:00+08:00, found 2025-10-09T01:00:00+08:00",
        "",
        "wrong.yaml:43:10: first-bulletin, which must not be owed in the case CZH-01",
        "there must be no such duty, and there is one: overdue",
        "",
        "3 of 8 expectations not met (examples: 1, questions: 2)",
    ]


def test_json_is_as_its_schema_says(tmp_path: Path) -> None:
    wrong(tmp_path)
    (tmp_path / "empty.yaml").write_text("", encoding="utf-8")
    done = run("test", "wrong.yaml", "empty.yaml", "--format", "json", cwd=tmp_path)
    found = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (3, "")
    assert list(Draft202012Validator(finished_schema()).iter_errors(found)) == []
    assert (found["expectations"], found["failed"]) == (8, 3)
    assert [each["code"] for each in found["diagnostics"]] == ["PE108"]
    (first,) = found["outcomes"][0]["differences"]
    assert (first["key"], first["wanted"], first["found"], first["span"]["line"]) == ("status", "active", "overdue", 15)


def test_junit_counts_what_passed_too(tmp_path: Path) -> None:
    wrong(tmp_path)
    done = run("test", "wrong.yaml", "--format", "junit", "--lang", "en", cwd=tmp_path)
    root = ElementTree.fromstring(done.stdout)  # noqa: S314 - our own output
    assert (root.get("tests"), root.get("failures")) == ("8", "3")
    names = [each.get("name") for each in root.iter("testcase") if each.find("failure") is not None]
    assert names == [
        "CZH-01::first-bulletin",
        "CZH-01::absent:first-bulletin",
        "CZH-01::starting_hour=left_out::first-bulletin",
    ]


def test_sarif_marks_the_line_of_the_value(tmp_path: Path) -> None:
    wrong(tmp_path)
    done = run("test", "wrong.yaml", "--format", "sarif", cwd=tmp_path)
    results = json.loads(done.stdout)["runs"][0]["results"]
    lines = [each["locations"][0]["physicalLocation"]["region"]["startLine"] for each in results]
    assert lines == [15, 43, 20]
    assert {each["ruleId"] for each in results} == {"example"}


def test_a_file_that_does_not_load_is_told_and_the_others_run(tmp_path: Path) -> None:
    wrong(tmp_path)
    (tmp_path / "bad.yaml").write_text(
        "case: a\npolicy: nobody\nas_of: 2025-10-09T00:00:00Z\nabsent: [a]\n", encoding="utf-8"
    )
    done = run("test", "bad.yaml", "wrong.yaml", "missing.yaml", "--quiet", "--lang", "en", cwd=tmp_path)
    assert done.returncode == 3
    assert "bad.yaml:2:9: error PE213" in done.stderr
    assert "missing.yaml:1:1: error PE101" in done.stderr
    assert "3 of 8 expectations not met" in done.stdout
    assert "files that could not be checked: 2" in done.stdout


# What is asked


def test_directories_are_searched_for_files_that_hold_examples(tmp_path: Path) -> None:
    (tmp_path / "deep" / "er").mkdir(parents=True)
    (tmp_path / ".hidden").mkdir()
    wrong(tmp_path / "deep" / "er", "a.yml")
    wrong(tmp_path / ".hidden")
    (tmp_path / "policy.yaml").write_text("policy: x\nprovisions: []\n", encoding="utf-8")
    (tmp_path / "case.yaml").write_text("case: x\nevents: []\n", encoding="utf-8")
    (tmp_path / "other.json").write_text('{"expected": 1}', encoding="utf-8")
    (tmp_path / "b.json").write_text(
        '{"case": "b", "policy": "changzhi", "as_of": "2025-10-09T00:00:00Z", "absent": ["respond"]}', encoding="utf-8"
    )
    done = run("test", ".", "--quiet", "--lang", "en", cwd=tmp_path)
    assert "deep/er/a.yml:10:16: first-bulletin" in done.stdout
    assert "3 of 9 expectations not met (examples: 2, questions: 3)" in done.stdout


def test_k_chooses_by_a_part_of_the_name(tmp_path: Path) -> None:
    wrong(tmp_path)
    done = run("test", "wrong.yaml", "-k", "left_OUT", "--quiet", "--lang", "en", cwd=tmp_path)
    assert "1 of 1 expectations not met (examples: 1, questions: 1)" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["wrong.yaml", "-k", "nothing"], "no expectation has `nothing`", id="nothing chosen"),
        pytest.param(["none"], "no example files in `none`", id="no examples there"),
        pytest.param(["wrong.yaml", "--policy", "hubei"], "there is no example to check", id="another policy"),
        pytest.param(["wrong.yaml", "--min-score", "101"], "from 0 to 100", id="no percentage"),
        pytest.param(["wrong.yaml", "--coverage", "--format", "sarif"], "`--coverage` goes with", id="no such format"),
        pytest.param(["wrong.yaml", "--update", "--format", "json"], "`--update` goes with", id="update in JSON"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    wrong(tmp_path)
    (tmp_path / "none").mkdir()
    monkeypatch.chdir(tmp_path)
    done = call(capsys, "test", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr


def test_a_draft_is_held_to_the_examples_of_the_policy_of_its_id(tmp_path: Path) -> None:
    draft = tmp_path / "changzhi-energy-bureau.yaml"
    text = (Path(__file__).parents[2] / "policies" / draft.name).read_text(encoding="utf-8")
    draft.write_text(text.replace("within: {hours: 24}", "within: {hours: 12}"), encoding="utf-8")
    done = run("test", CZH_01, "--policy", draft, "--quiet", "--lang", "en", cwd=tmp_path)
    assert done.returncode == 1
    assert "due: expected 2025-10-09T23:30:00+08:00, found 2025-10-09T11:30:00+08:00" in done.stdout


def test_the_answer_can_go_to_a_file(tmp_path: Path) -> None:
    wrong(tmp_path)
    done = run("test", "wrong.yaml", "--format", "junit", "--out", "report.xml", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert ElementTree.fromstring((tmp_path / "report.xml").read_text(encoding="utf-8")).tag == "testsuites"  # noqa: S314


def test_coverage_and_mutation_are_told_as_well(tmp_path: Path) -> None:
    done = run("test", CZH_01, "--coverage", "--format", "json", cwd=tmp_path)
    found = json.loads(done.stdout)
    assert (done.returncode, found["failed"], found["mutation"]) == (0, 0, None)
    assert found["coverage"] is not None
    done = run("test", CZH_01, "--cov-min", "100", "--lang", "en", cwd=tmp_path)
    assert done.returncode == 1
    assert "all 7 expectations met" in done.stdout


def test_policies_are_not_mutated_while_an_example_fails(tmp_path: Path) -> None:
    wrong(tmp_path)
    done = run("test", "wrong.yaml", "--mutate", "--quiet", "--lang", "en", cwd=tmp_path)
    assert done.returncode == 1
    assert "every expectation has to be met first" in done.stderr


# --update


def test_update_records_what_came_out_and_leaves_the_rest_to_the_author(tmp_path: Path) -> None:
    path = wrong(tmp_path)
    path.chmod(0o640)
    text = path.read_text(encoding="utf-8")
    done = run("test", "wrong.yaml", "--update", "--lang", "en", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stdout.startswith("--- wrong.yaml\n+++ wrong.yaml\n@@ ")
    assert "-    status: active\n+    status: overdue\n" in done.stdout
    assert done.stderr.splitlines() == [
        "wrong.yaml:43:10: left to you: first-bulletin, which must not be owed in the case CZH-01",
        "    there must be no such duty, and there is one: overdue",
        "values recorded: 2, files changed: 1",
    ]
    for new, old in WRONG[:2]:
        text = text.replace(old, new, 1)
    assert path.read_text(encoding="utf-8") == text
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert [each.name for each in tmp_path.iterdir()] == ["wrong.yaml"]


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    path = wrong(tmp_path)
    before = path.read_bytes()
    done = run("test", "wrong.yaml", "--dry-run", "-k", "left_out", "--lang", "en", cwd=tmp_path)
    assert (done.returncode, path.read_bytes()) == (1, before)
    assert done.stderr == "values to record: 1, files to change: 1; nothing written\n"
    assert done.stdout.count("\n+") == 2


def test_update_of_what_passes_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(CZH_01.read_bytes())
    done = run("test", "a.yaml", "--update", "--lang", "en", cwd=tmp_path)
    assert (done.returncode, done.stdout, path.read_bytes()) == (0, "", CZH_01.read_bytes())
    assert done.stderr == "values recorded: 0, files changed: 0\n"


def test_a_file_with_faults_is_not_touched(tmp_path: Path) -> None:
    path = wrong(tmp_path)
    text = path.read_text(encoding="utf-8").replace("\n", "\n  ")
    one = f"examples:\n- {text.rstrip()}\n- case: other\n  as_of: soon\n"
    path.write_text(one, encoding="utf-8")
    done = run("test", "wrong.yaml", "--update", "--lang", "en", cwd=tmp_path)
    assert (done.returncode, path.read_text(encoding="utf-8")) == (3, one)
    assert "error PE402" in done.stderr
    assert "left to you" in done.stderr


def test_all_files_are_written_or_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = wrong(tmp_path, "a.yaml"), wrong(tmp_path, "b.yaml")
    taken = tmp_path / f".{other.name}.{os.getpid()}"  # where the second file is staged
    taken.write_text("somebody's", encoding="utf-8")
    before = one.read_bytes()
    monkeypatch.chdir(tmp_path)
    done = call(capsys, "test", "a.yaml", "b.yaml", "--update")
    assert (done.returncode, one.read_bytes(), other.read_bytes()) == (2, before, before)
    assert "cannot write" in done.stderr
    assert taken.read_text(encoding="utf-8") == "somebody's"
    assert sorted(each.name for each in tmp_path.iterdir()) == [taken.name, "a.yaml", "b.yaml"]
