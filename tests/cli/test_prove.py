"""`policyengine prove` as a real process: what it finds, the cases it writes, and what cannot be asked."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.support.command import call, run

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.golden import Golden

HUBEI = "hubei-government-office"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_found_of_meihekou(tmp_path: Path, golden: Golden, lang: str) -> None:
    done = run("prove", "meihekou", "--lang", lang, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (1, "")
    golden.check(f"prove-meihekou.{lang}.txt", done.stdout)


def test_markdown_for_a_memo(capsys: pytest.CaptureFixture[str], golden: Golden) -> None:
    done = call(capsys, "prove", "anshan", "--format", "markdown", "--lang", "zh")
    assert done.returncode == 0
    golden.check("prove-anshan.zh.md", done.stdout)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        pytest.param("changzhi", 0, id="clean"),
        pytest.param("xincheng", 0, id="what the policy states itself is no finding"),
        pytest.param("hubei", 1, id="findings"),
        pytest.param("hubei --fail-on never", 0, id="findings that do not matter"),
        pytest.param("changzhi --readings all", 0, id="found under another reading only"),
        pytest.param("changzhi --reading in_principle=both", 1, id="under that reading"),
        pytest.param("state-council-2016-80 --beside changzhi", 1, id="beside a policy that demands more"),
    ],
)
def test_exit_codes(capsys: pytest.CaptureFixture[str], arguments: str, code: int) -> None:
    done = call(capsys, "prove", *arguments.split())
    assert (done.returncode, done.stderr) == (code, "")


def test_what_is_found_under_another_reading_only(capsys: pytest.CaptureFixture[str]) -> None:
    text = call(capsys, "prove", "changzhi", "--readings", "all").stdout
    assert "Only under another reading (1)" in text
    assert "in_principle=both" in text


def test_every_case_is_a_file_that_evaluate_judges(tmp_path: Path) -> None:
    done = run("prove", "hubei", "--witness", "cases", "--format", "json", cwd=tmp_path)
    assert done.returncode == 1
    found = json.loads(done.stdout)["findings"]
    files = sorted((tmp_path / "cases").iterdir())
    assert len(files) == sum(len(each["witnesses"]) for each in found)
    judged = run("evaluate", files[0], "--lang", "en", cwd=tmp_path)
    assert (judged.returncode, judged.stderr) == (0, "")
    assert "the clauses conflict" in judged.stdout


def test_a_policy_in_a_file_is_found_from_the_case(tmp_path: Path) -> None:
    dumped = run("check", HUBEI, cwd=tmp_path)
    assert dumped.returncode == 0
    from policyengine import dump, load

    (tmp_path / "mine.yaml").write_text(dump(load(HUBEI)), encoding="utf-8")
    assert run("prove", "mine.yaml", "--witness", "some/cases", cwd=tmp_path).returncode == 1
    case = min((tmp_path / "some" / "cases").iterdir())
    assert "policy: ../../mine.yaml\n" in case.read_text(encoding="utf-8")
    assert run("evaluate", case, cwd=tmp_path).returncode == 0


def test_no_file_is_replaced_and_none_left_behind(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "cases"
    assert call(capsys, "prove", "hubei", "--witness", folder).returncode == 1
    names = sorted(each.name for each in folder.iterdir())
    kept = names.pop()
    for name in names:
        (folder / name).unlink()
    (folder / kept).write_text("mine", encoding="utf-8")
    done = call(capsys, "prove", "hubei", "--witness", folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{kept}` is there already and is not replaced; nothing was written" in done.stderr
    assert [each.name for each in folder.iterdir()] == [kept]
    assert (folder / kept).read_text(encoding="utf-8") == "mine"


def test_a_directory_that_cannot_be_written_to(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    done = call(capsys, "prove", "hubei", "--witness", tmp_path / "file")
    assert (done.returncode, done.stdout) == (2, "")
    assert "cannot write" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        pytest.param("", 2, "the argument POLICY is missing", id="no policy"),
        pytest.param("nowhere", 3, "PE2", id="no such policy"),
        pytest.param("hubei --beside nowhere", 3, "PE2", id="no such policy beside"),
        pytest.param("hubei --reading clock=never", 2, "`never`", id="no such option"),
        pytest.param("hubei --format xml", 2, "choose from: text, markdown, json", id="no such format"),
        pytest.param("hubei --fail-on error", 2, "choose from: finding, never", id="no such level"),
        pytest.param("hubei --readings some", 2, "choose from: default, all", id="no such readings"),
    ],
)
def test_what_cannot_be_asked(capsys: pytest.CaptureFixture[str], arguments: str, code: int, said: str) -> None:
    done = call(capsys, "prove", *arguments.split())
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr
