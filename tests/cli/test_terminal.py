"""The command on terminals and in pipes: how wide, in which colours, and what an interruption leaves behind."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING

import pytest

import policyengine as pe
from policyengine.report import assessment_text
from policyengine.report.cells import cells
from tests.support.command import COMMAND, EXAMPLE, environment, run, started

if TYPE_CHECKING:
    from pathlib import Path

pty = pytest.importorskip("pty", reason="there are no pseudo-terminals here")
termios = pytest.importorskip("termios")

COLOUR = re.compile(r"\x1b\[[\d;]*m")
AS_OF = "2025-10-09T00:45:00+08:00"


def on_terminal(*arguments: str | Path, columns: int, cwd: Path, env: Mapping[str, str] | None = None) -> str:
    """Return what the command writes to a terminal that is *columns* wide; 0 for one that does not say."""
    ours, its = pty.openpty()
    termios.tcsetwinsize(its, (24, columns))
    process = subprocess.Popen([*COMMAND, *map(str, arguments)], cwd=cwd, env=environment(env), stdout=its)
    os.close(its)
    written = b""
    try:
        while read := os.read(ours, 65536):
            written += read
    except OSError:  # how Linux says that the other side is closed
        pass
    finally:
        os.close(ours)
    process.wait(timeout=60)
    return written.decode().replace("\r\n", "\n")


def widest(text: str) -> int:
    return max(cells(line) for line in text.splitlines())


def whole(lang: str) -> str:
    """Return the answer to the example, no line of it broken."""
    policy, case = pe.load("changzhi"), pe.Case.from_yaml(EXAMPLE)
    return assessment_text(policy, case, pe.evaluate(policy, case, as_of=AS_OF), lang)  # type: ignore[arg-type]


def words(text: str) -> str:
    """Return *text* without anything that depends on where its lines break."""
    return re.sub(r"(?m:^ *- )|\s", "", text)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("columns", "at_most"),
    [
        pytest.param(20, 20, id="as narrow as can be"),
        pytest.param(40, 40, id="narrow"),
        pytest.param(80, 80, id="usual"),
        pytest.param(250, 100, id="wider than can be followed"),
        pytest.param(7, 20, id="narrower than can be"),
    ],
)
def test_lines_are_as_long_as_the_terminal_is_wide(tmp_path: Path, lang: str, columns: int, at_most: int) -> None:
    text = COLOUR.sub("", on_terminal("evaluate", EXAMPLE, "--lang", lang, columns=columns, cwd=tmp_path))
    assert at_most - 1 <= widest(text) <= at_most
    assert words(text) == words(whole(lang))
    assert not [line for line in text.splitlines() if line.lstrip(" -").startswith(tuple("，。；：）”"))]


@pytest.mark.parametrize(
    ("asked", "at_most"),
    [
        pytest.param(None, 80, id="unset"),
        pytest.param("", 80, id="empty"),
        pytest.param("50", 50, id="50"),
        pytest.param("0", 80, id="zero"),
        pytest.param("-5", 80, id="negative"),
        pytest.param("5", 20, id="too narrow"),
        pytest.param("９０", 80, id="other digits"),
        pytest.param("9" * 5000, 80, id="huge"),
        pytest.param("wide", 80, id="a word"),
    ],
)
def test_what_is_piped_has_lines_of_80_unless_columns_says_otherwise(
    tmp_path: Path, asked: str | None, at_most: int
) -> None:
    env = {} if asked is None else {"COLUMNS": asked}
    done = run("evaluate", EXAMPLE, "--lang", "en", cwd=tmp_path, env=env)
    assert (done.returncode, done.stderr) == (0, "")
    assert widest(done.stdout) == at_most
    assert "\x1b" not in done.stdout


def test_columns_can_be_so_many_that_no_line_is_broken(tmp_path: Path) -> None:
    assert run("evaluate", EXAMPLE, "--lang", "en", cwd=tmp_path, env={"COLUMNS": "9999"}).stdout == whole("en")


def test_a_terminal_that_does_not_say_how_wide_it_is(tmp_path: Path) -> None:
    asked = ("evaluate", EXAMPLE, "--lang", "en")
    assert widest(COLOUR.sub("", on_terminal(*asked, columns=0, cwd=tmp_path))) == 80
    assert widest(COLOUR.sub("", on_terminal(*asked, columns=0, cwd=tmp_path, env={"COLUMNS": "33"}))) == 33
    assert widest(COLOUR.sub("", on_terminal(*asked, columns=70, cwd=tmp_path, env={"COLUMNS": "33"}))) == 70


@pytest.mark.parametrize(
    ("env", "coloured"),
    [
        pytest.param({}, True, id="nothing set"),
        pytest.param({"TERM": "xterm-256color"}, True, id="a terminal with colours"),
        pytest.param({"NO_COLOR": ""}, True, id="NO_COLOR is empty"),
        pytest.param({"NO_COLOR": "0"}, False, id="NO_COLOR is anything"),
        pytest.param({"TERM": "dumb"}, False, id="a dumb terminal"),
    ],
)
def test_colours_are_for_terminals_that_want_them(tmp_path: Path, env: Mapping[str, str], coloured: bool) -> None:
    text = on_terminal("evaluate", EXAMPLE, "--lang", "en", columns=80, cwd=tmp_path, env=env)
    assert (COLOUR.search(text) is not None) is coloured
    assert COLOUR.sub("", text) == run("evaluate", EXAMPLE, "--lang", "en", cwd=tmp_path).stdout


def test_colours_begin_behind_the_indentation_and_end_on_their_line(tmp_path: Path) -> None:
    text = on_terminal("evaluate", EXAMPLE, "--lang", "en", columns=80, cwd=tmp_path)
    for line in filter(COLOUR.search, text.splitlines()):
        assert re.fullmatch(r" *(?:- )?\x1b\[[^\x1b]+[^ \x1b]\x1b\[0m", line), repr(line)
    assert "    \x1b[35moverdue since Thu 2025-10-09 00:30, 15 min late\x1b[0m\n" in text
    assert "    section or unit responsible for the matter must (“要”) hold a press\n" in text


@pytest.mark.parametrize("columns", [30, 250])
def test_markdown_and_json_are_the_same_wherever_they_go(tmp_path: Path, columns: int) -> None:
    for output in ("markdown", "json"):
        asked = ("evaluate", EXAMPLE, "--lang", "zh", "--format", output)
        assert on_terminal(*asked, columns=columns, cwd=tmp_path) == run(*asked, cwd=tmp_path).stdout


def test_a_locale_that_is_not_utf8(tmp_path: Path) -> None:
    env = {"LC_ALL": "en_US.ISO-8859-1", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "latin-1"}
    text = COLOUR.sub("", on_terminal("evaluate", EXAMPLE, "--lang", "zh", columns=40, cwd=tmp_path, env=env))
    assert widest(text) == 40
    assert words(text) == words(whole("zh"))


def test_a_case_cannot_turn_the_line_round(tmp_path: Path) -> None:
    case = {"case": "one", "policy": "changzhi", "as_of": AS_OF, "title": "\u202edetaloiv 0", "events": []}
    path = tmp_path / "case.json"
    path.write_text(json.dumps(case), encoding="utf-8")
    for output in ("text", "markdown"):
        text = on_terminal("evaluate", path, "--lang", "en", "--format", output, columns=80, cwd=tmp_path)
        assert "\\u202edetaloiv 0\n" in text
        assert "\u202e" not in text


def test_the_rule_between_answers_is_no_longer_than_a_line(tmp_path: Path) -> None:
    asked = ("evaluate", EXAMPLE, "--policy", "changzhi", "--policy", "state-council-2016-61", "--lang", "zh")
    for columns, long in ((40, 40), (100, 72)):
        text = on_terminal(*asked, columns=columns, cwd=tmp_path, env={"NO_COLOR": "1"})
        assert [len(line) for line in text.splitlines() if line.startswith("===")] == [long, long]
        assert widest(text) <= columns


def test_a_language_that_there_is_not(tmp_path: Path) -> None:
    text = on_terminal("evaluate", EXAMPLE, "--lang", "fr", columns=40, cwd=tmp_path)
    assert text == ""
    done = run("evaluate", EXAMPLE, "--lang", "fr", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "`--lang` cannot be `fr`; choose from: zh, en" in done.stderr


# Readers that go away, and interruptions


def cases(folder: Path, number: int) -> Path:
    """Write so many cases, one to a line."""
    path = folder / "cases.jsonl"
    event = {"id": "e1", "type": "detected", "at": AS_OF, "by": "finder"}
    case = {"policy": "changzhi", "as_of": AS_OF, "events": [event]}
    path.write_text("".join(json.dumps({"case": f"c{n}", **case}) + "\n" for n in range(number)), encoding="utf-8")
    return path


def test_a_reader_that_wants_one_line(tmp_path: Path) -> None:
    path = cases(tmp_path, 20)
    command = f"{' '.join(COMMAND)} evaluate {path} --lang en | head -1"
    done = subprocess.run(["/bin/sh", "-c", command], cwd=tmp_path, env=environment(), capture_output=True, check=True)
    assert done.stdout.decode() == "Changzhi Energy Bureau, response to public sentiment (changzhi-energy-bureau)\n"
    assert done.stderr == b""


def test_no_output_at_all(tmp_path: Path) -> None:
    command = f"{' '.join(COMMAND)} evaluate {EXAMPLE} >&-"
    done = subprocess.run(["/bin/sh", "-c", command], cwd=tmp_path, env=environment(), capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("output", ["text", "json"])
def test_an_interruption_while_cases_are_judged_leaves_nothing_half_written(tmp_path: Path, output: str) -> None:
    path, written = cases(tmp_path, 20_000), tmp_path / "answers"
    with (
        written.open("wb") as stream,
        started("evaluate", path, "--format", output, cwd=tmp_path, stdout=stream) as process,
    ):
        time.sleep(4)  # until it judges, which takes it more than a minute
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert (process.returncode, said.strip()) == (130, b"")
    assert written.read_bytes() == b""


def test_an_interruption_while_nobody_reads_ends_the_command(tmp_path: Path) -> None:
    path = cases(tmp_path, 20)  # more than a pipe holds
    with started("evaluate", path, "--format", "json", cwd=tmp_path) as process:
        assert process.stdout is not None
        assert process.stdout.read(1) == b"{"
        time.sleep(0.5)  # until the pipe is full
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 130
        assert process.stderr is not None
        assert process.stderr.read().strip() == b""
