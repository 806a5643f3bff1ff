"""`policyengine timeline` as a real process: a table, Markdown, one picture, and files written whole or not at all."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.cases import CASES
from tests.support.command import EXAMPLE, call, run
from tests.support.pictures import SVG, parsed

if TYPE_CHECKING:
    import subprocess

    from tests.support.golden import Golden

AS_OF = "2025-10-09T00:45:00+08:00"


def answered(done: subprocess.CompletedProcess[str]) -> str:
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def refused(done: subprocess.CompletedProcess[str], code: int = 2) -> str:
    assert (done.returncode, done.stdout) == (code, ""), done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    """Return a file of two cases, in one of which nothing happened."""
    event = {"id": "e1", "type": "detected", "at": "2025-10-08T23:30:00+08:00"}
    logs = {"first": [event], "quiet": []}
    lines = ({"case": name, "policy": "changzhi", "as_of": AS_OF, "events": events} for name, events in logs.items())
    path = tmp_path / "cases.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return path


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_example_as_a_table(tmp_path: Path, golden: Golden, lang: str) -> None:
    text = answered(run("timeline", EXAMPLE, "--lang", lang, cwd=tmp_path))
    golden.check(f"timeline-changzhi-grave-emergency.{lang}.txt", text)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_example_as_a_picture(capsys: pytest.CaptureFixture[str], golden: Golden, lang: str) -> None:
    picture = answered(call(capsys, "timeline", EXAMPLE, "--lang", lang, "--format", "svg"))
    assert parsed(picture).get("lang") == lang
    golden.check(f"timeline-changzhi-grave-emergency.{lang}.svg", picture)


def test_an_agency_log_as_markdown(tmp_path: Path, golden: Golden, capsys: pytest.CaptureFixture[str]) -> None:
    text, _, _ = (CASES / "changzhi" / "appraisal-missed.yaml").read_text(encoding="utf-8").partition("\nexpect:")
    path = tmp_path / "log.yaml"
    path.write_text(text, encoding="utf-8")
    asked = ("--lang", "zh", "--format", "markdown")
    golden.check("timeline-appraisal-missed.zh.md", answered(call(capsys, "timeline", path, *asked)))


def test_options_of_the_case(tmp_path: Path) -> None:
    asked = ("--as-of", "2025-10-09T00:20:00+08:00", "--known-at", "2025-10-08T23:50:00+08:00", "--lang", "en")
    more = ("--policy", "state-council-2016-61", "--policy", "changzhi", "--reading", "starting_hour=left_out")
    text = answered(run("timeline", "-", *asked, *more, cwd=tmp_path, stdin=EXAMPLE.read_bytes()))
    assert "as recorded by Wed 2025-10-08 23:50" in text
    assert "(e3)" not in text
    assert "\n01:00  +1 h 50 min   open   limit: first information within 1 hour" in text
    assert text.index("state-council-2016-61: ") < text.index("changzhi-energy-bureau: ")


def test_several_cases_one_after_another(cases: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = answered(call(capsys, "timeline", cases))
    first, second = text.split("\n" + "=" * 72 + "\n\n")
    assert first.startswith("Timeline: first\n")
    assert second.startswith("Timeline: quiet\n")
    assert "the case has no events" in second
    markdown = answered(call(capsys, "timeline", cases, "--format", "markdown"))
    assert [each for each in markdown.splitlines() if each.startswith("# ")] == [
        "# Timeline: first",
        "# Timeline: quiet",
    ]


def test_a_picture_shows_one_case(cases: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = refused(call(capsys, "timeline", cases, "--format", "svg"))
    assert "error: a picture shows one case, and the file has 2; put one into a file of its own" in said


def test_a_file_is_written_whole(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "a.svg"
    out.write_text("old", encoding="utf-8")
    link = tmp_path / "link.svg"
    link.symlink_to(out)
    answered(call(capsys, "timeline", EXAMPLE, "--format", "svg", "--out", link))
    assert parsed(out.read_text(encoding="utf-8")).find(f"{SVG}title") is not None
    assert link.is_symlink()
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.svg", "link.svg"]


def test_a_table_in_a_file_has_no_colours(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "a.txt"
    assert not answered(call(capsys, "timeline", EXAMPLE, "--out", out))
    assert out.read_text(encoding="utf-8") == answered(call(capsys, "timeline", EXAMPLE))


def test_a_device_is_written_to_and_stays_a_device(capsys: pytest.CaptureFixture[str]) -> None:
    assert not answered(call(capsys, "timeline", EXAMPLE, "--format", "svg", "--out", os.devnull))
    assert Path(os.devnull).exists()
    assert not Path(os.devnull).is_file()


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        pytest.param("none/a.svg", "No such file or directory", id="no such directory"),
        pytest.param("folder", "Is a directory", id="a directory"),
        pytest.param("file/a.svg", "Not a directory", id="a file where a directory should be"),
        pytest.param("x" * 300, "File name too long", id="too long a name"),
        pytest.param("a\0b", "null byte", id="no name at all"),
    ],
)
def test_what_cannot_be_written_is_said_and_nothing_is_left(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, reason: str
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("kept", encoding="utf-8")
    said = refused(call(capsys, "timeline", EXAMPLE, "--format", "svg", "--out", f"{tmp_path}/{name}"))
    assert "error: cannot write `" in said
    assert reason in said
    assert sorted(each.name for each in tmp_path.iterdir()) == ["file", "folder"]
    assert (tmp_path / "file").read_text(encoding="utf-8") == "kept"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param("--format json", "choose from: text, markdown, svg", id="no such format"),
        pytest.param("--as-of yesterday", "bad value for --as-of", id="no instant"),
        pytest.param("--reading clock_start=never", "`never`", id="no such option"),
        pytest.param("--out", "the option `--out` needs a value", id="no file"),
    ],
)
def test_wrong_usage(capsys: pytest.CaptureFixture[str], arguments: str, said: str) -> None:
    assert said in refused(call(capsys, "timeline", EXAMPLE, *arguments.split()))


def test_a_matcher_that_is_not_installed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "durable", None)
    monkeypatch.setitem(sys.modules, "durable_rules_engine", None)
    said = refused(call(capsys, "timeline", EXAMPLE, "--matcher", "durable"))
    assert "this needs one thing more: pip install 'regulatory-duties[durable]'" in said


def test_a_case_that_does_not_load_leaves_the_file_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "a.svg"
    bad = tmp_path / "bad.yaml"
    bad.write_text("case: bad\n", encoding="utf-8")
    refused(call(capsys, "timeline", bad, "--format", "svg", "--out", out), 3)
    assert not out.exists()
