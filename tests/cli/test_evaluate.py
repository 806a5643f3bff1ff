"""`policyengine evaluate` as a real process: its answers, and what it says to input that is no good."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import jsonschema
import pytest

from policyengine.loading.library import home
from policyengine.report import assessment_schema
from tests.support.command import EXAMPLE, call, run

if TYPE_CHECKING:
    import subprocess

    from tests.support.golden import Golden

LINE = '{"case": "%s", "policy": "changzhi", "as_of": "2025-10-09T00:45:00+08:00", "events": []}'


def written(folder: Path, text: str, name: str = "case.yaml") -> Path:
    path = folder / name
    path.write_bytes(text.encode())
    return path


def case(**keys: object) -> str:
    """Return a case as JSON, complete unless a key is given another value or none."""
    whole: dict[str, object] = {"case": "one", "policy": "changzhi", "as_of": "2025-10-09T00:45:00+08:00"}
    return json.dumps({name: value for name, value in {**whole, **keys}.items() if value is not None})


def refusal(*arguments: str | Path, cwd: Path) -> str:
    """Return what the command says when files do not load."""
    return refused(run("evaluate", *arguments, cwd=cwd), 3)


def refused(done: subprocess.CompletedProcess[str], code: int) -> str:
    """Return what was said with the exit code *code*: on standard error alone, and without a traceback."""
    assert (done.returncode, done.stdout) == (code, ""), done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_example_as_text(tmp_path: Path, golden: Golden, lang: str) -> None:
    done = run("evaluate", EXAMPLE, "--lang", lang, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    golden.check(f"evaluate-changzhi-grave-emergency.{lang}.txt", done.stdout)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_example_as_markdown(tmp_path: Path, golden: Golden, lang: str) -> None:
    done = run("evaluate", EXAMPLE, "--lang", lang, "--format", "markdown", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    golden.check(f"evaluate-changzhi-grave-emergency.{lang}.md", done.stdout)


def test_the_example_as_json(tmp_path: Path, golden: Golden) -> None:
    done = run("evaluate", EXAMPLE, "--format", "json", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    jsonschema.validate(json.loads(done.stdout), assessment_schema())
    golden.check("evaluate-changzhi-grave-emergency.json", done.stdout)


def test_option_before_case_and_as_of_and_reading_by_prefix(tmp_path: Path) -> None:
    asked = ("--as-of", "2025-10-09T00:20:00+08:00", "--reading", "clock=occ", "--policy", "changzhi")
    done = run("--lang", "zh", "evaluate", *asked, EXAMPLE, cwd=tmp_path)
    assert done.returncode == 0
    assert "判断时点：2025-10-09 周四 00:20" in done.stdout
    assert "2025-10-09 周四 00:10 到期，已逾期 10分钟" in done.stdout
    assert "clock_start=occurrence：" in done.stdout


def test_the_clock_is_read_on_request_only(tmp_path: Path) -> None:
    path = written(tmp_path, case(as_of=None))
    assert run("evaluate", path, "--as-of", "now", cwd=tmp_path).returncode == 0
    refused = refusal(path, cwd=tmp_path)
    assert f"{path}:1:1: error PE603: no instant to judge by: the case has no `as_of`" in refused
    assert "help: add `as_of:` to the case or give `--as-of`" in refused


def test_policy_beside_the_case_file(tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    (folder / "mine").mkdir(parents=True)
    shutil.copy(home() / "changzhi-energy-bureau.yaml", folder / "mine" / "bureau.yaml")
    # The same policy by two names is one policy.
    path = written(folder, case(policy=["mine/bureau.yaml", "changzhi"]))
    done = run("evaluate", path, "--format", "json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["policy"]["id"] == "changzhi-energy-bureau"


def test_standard_input(tmp_path: Path) -> None:
    one = run("evaluate", "-", "--lang", "zh", cwd=tmp_path, stdin=EXAMPLE.read_bytes())
    assert one.returncode == 0
    assert "CZH-2025-1008" in one.stdout
    lines = f"{LINE % 'a'}\n\n{LINE % 'b'}\n".encode()
    many = run("evaluate", "-", "--format", "json", cwd=tmp_path, stdin=lines)
    assert [json.loads(line)["case"] for line in many.stdout.splitlines()] == ["a", "b"]


def test_lines_of_cases_as_text(tmp_path: Path) -> None:
    path = written(tmp_path, f"{LINE % 'a'}\n{LINE % 'b'}\n", "cases.jsonl")
    done = run("evaluate", path, cwd=tmp_path)
    assert done.returncode == 0
    assert [line for line in done.stdout.splitlines() if line.startswith("Case")] == ["Case a", "Case b"]


def test_one_bad_line_among_many_and_nothing_is_printed(tmp_path: Path) -> None:
    bad = LINE.replace('"changzhi"', '"changzhi", "facts": {"event_severity": "enormous"}') % "b"
    path = written(tmp_path, "\n".join((LINE % "a", "{", LINE % "c")), "syntax.jsonl")
    assert f"{path}:2:2: error PE104: " in refusal(path, cwd=tmp_path)
    path = written(tmp_path, "\n".join((LINE % "a", bad, LINE % "c")), "value.jsonl")
    said = refusal(path, "--format", "json", cwd=tmp_path)
    assert f"{path}:2:" in said
    assert "error PE207: `enormous` is not a value of `event_severity`" in said
    assert '    2 | {"case": "b"' in said
    assert said.endswith("1 error\n")


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        pytest.param("", "PE108", ":1:1", id="empty file"),
        pytest.param("case: one\nas_of: 2025-10-09T00:45\npolicy: changzhi\n", "PE401", ":2:8", id="naive time"),
        pytest.param("case: one\nas_of: 2025-10-09T00:45Z\n", "PE604", ":1:1", id="no policy"),
        pytest.param("case: one\nas_of: 0900-01-01T00:00Z\npolicy: changzhi\n", "PE410", ":2:8", id="year 900"),
        pytest.param("case: one\npolicy: nowhere\nas_of: 2025-10-09T00:45Z\n", "PE213", ":2:9", id="unknown policy"),
        pytest.param("case: one\npolicy: no/where.yaml\nas_of: 2025-10-09T00:45Z\n", "PE101", "", id="no such file"),
        pytest.param("case: one\npolicy: [changzhi\n", "PE104", "", id="not YAML"),
        pytest.param("policy: changzhi\n", "PE114", ":1:1", id="no id"),
    ],
)
def test_cases_that_do_not_load(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, code: str, place: str
) -> None:
    said = refused(call(capsys, "evaluate", written(tmp_path, text)), 3)
    assert f"case.yaml{place}: error {code}: " in said or (not place and f"error {code}: " in said)


def test_event_of_no_vocabulary_in_chinese(tmp_path: Path) -> None:
    events = [{"id": "e1", "type": "detectd", "at": "2025-10-08T23:30:00+08:00"}]
    path = written(tmp_path, case(events=events))
    said = refusal(path, "--lang", "zh", cwd=tmp_path)
    assert "错误 PE205：未知的事件类型 `detectd`" in said
    assert "建议：是否想写 `detected`？" in said
    assert "^^^^^^^^^" in said
    assert said.endswith("1 个错误\n")


def sparse(path: Path) -> None:
    path.touch()
    os.truncate(path, 50_000_000)


@pytest.mark.parametrize(
    ("make", "code"),
    [
        pytest.param(Path.resolve, "PE101", id="missing"),
        pytest.param(Path.mkdir, "PE101", id="directory"),
        pytest.param(lambda path: path.write_bytes(bytes(range(256)) * 9), "PE103", id="binary junk"),
        pytest.param(lambda path: path.write_bytes(b"\xff\xfec\x00"), "PE125", id="UTF-16"),
        pytest.param(sparse, "PE102", id="50 MB"),
        pytest.param(os.mkfifo, "PE101", id="FIFO"),
    ],
)
def test_files_that_cannot_be_read(tmp_path: Path, make: Callable[[Path], object], code: str) -> None:
    path = tmp_path / "case.yaml"
    make(path)
    said = refusal(path, cwd=tmp_path)
    assert said.startswith(f"{path}:")
    assert f": error {code}: " in said


def test_marks_and_line_ends_of_other_systems(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + EXAMPLE.read_bytes().replace(b"\n", b"\r\n"))
    done = run("evaluate", path, "--lang", "en", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout == run("evaluate", EXAMPLE, "--lang", "en", cwd=tmp_path).stdout


@pytest.mark.parametrize(
    ("arguments", "en", "zh"),
    [
        pytest.param(("--as-of", "yesterday"), "`yesterday` is not an instant", "`yesterday` 不是时刻", id="garbage"),
        pytest.param(("--as-of", "2025-10-09T00:45"), "has no zone", "没有时区", id="naive"),
        pytest.param(("--as-of", "2025-13-09T00:45Z"), "there is no month 13", "没有 13 月", id="impossible"),
        pytest.param(("--as-of", "9999-01-01T00:00Z"), "the years 1000 to 9000", "1000 年至 9000 年", id="year 9999"),
        pytest.param(("--reading", "clok_start=x"), "did you mean `clock_start`?", "`clock_start`？", id="reading"),
        pytest.param(("--reading", "clock=y"), "`clock_start` has no option `y`", "没有选项 `y`", id="option"),
        pytest.param(("--reading", "i=x"), "several names start with `i`", "以 `i` 开头的有多个", id="prefix"),
        pytest.param(("--reading", "clock"), "NAME=OPTION", "名称=选项", id="no option"),
        pytest.param(("--reading", "a=b", "--reading", "a=c"), "two options", "两个不同选项", id="two options"),
    ],
)
def test_questions_that_cannot_be_asked(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], en: str, zh: str
) -> None:
    assert en in refused(call(capsys, "evaluate", EXAMPLE, *arguments), 2)
    assert zh in refused(call(capsys, "evaluate", EXAMPLE, *arguments, "--lang", "zh"), 2)


def test_policy_that_is_asked_for_and_is_not_there(tmp_path: Path) -> None:
    said = refusal(EXAMPLE, "--policy", "nowhere", cwd=tmp_path)
    assert said.startswith("error PE213: no policy `nowhere` is packaged, and no file has that path\n")


def test_other_matchers_agree_or_are_an_extra(tmp_path: Path) -> None:
    done = run("evaluate", EXAMPLE, "--matcher", "verify", "--lang", "en", cwd=tmp_path)
    if find_spec("durable_rules_engine") is None:
        assert (done.returncode, done.stdout) == (2, "")
        assert "pip install 'regulatory-duties[durable]'" in done.stderr
    else:
        assert done.stdout == run("evaluate", EXAMPLE, "--lang", "en", cwd=tmp_path).stdout
