"""`policyengine completion` prints scripts that make a shell complete our commands and options."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from click.shell_completion import ShellComplete, get_completion_class

from policyengine.cli import completion
from policyengine.cli.app import APP
from policyengine.wording import LANGUAGES
from tests.support.command import call, environment

if TYPE_CHECKING:
    from pathlib import Path

BASH = shutil.which("bash")
# Prints what bash would offer for the words that are given.
_ASK = """
eval "$SCRIPT"
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
_policyengine_completion policyengine
printf '%s\\n' "${COMPREPLY[@]}"
"""


@pytest.mark.parametrize("shell", completion.SHELLS)
def test_a_script_for_each_shell(capsys: pytest.CaptureFixture[str], shell: str) -> None:
    done = call(capsys, "completion", shell)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"_POLICYENGINE_COMPLETE={shell}_complete" in done.stdout
    for _, after in completion.EDITS[shell]:
        assert after in done.stdout


@pytest.mark.parametrize("shell", completion.SHELLS)
def test_what_we_change_is_still_there_to_be_changed(shell: str) -> None:
    kind = get_completion_class(shell)
    assert kind is not None
    script = ShellComplete.source(kind(APP, {}, completion.PROGRAM, "_POLICYENGINE_COMPLETE"))
    assert [before for before, _ in completion.EDITS[shell] if script.count(before) != 1] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_another_shell_is_refused(capsys: pytest.CaptureFixture[str], lang: str) -> None:
    done = call(capsys, "completion", "tcsh", "--lang", lang)
    assert (done.returncode, done.stdout) == (2, "")
    assert "tcsh" in done.stderr
    assert "bash, zsh, fish" in done.stderr


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """Return a directory with the command, as a shell finds it."""
    (tmp_path / "policyengine").write_text(
        f'#!/bin/sh\nexec "{sys.executable}" -m policyengine "$@"\n', encoding="utf-8"
    )
    (tmp_path / "policyengine").chmod(0o755)
    return tmp_path


@pytest.mark.skipif(BASH is None, reason="there is no bash")
@pytest.mark.parametrize(
    ("words", "offered"),
    [
        pytest.param(("policyengine", "ev"), ["evaluate"], id="a command"),
        pytest.param(("policyengine", "sources", "ver"), ["verify"], id="a command of a group"),
        pytest.param(("policyengine", "check", "--fo"), ["--format"], id="an option"),
        pytest.param(("policyengine", "check", "--format", "s"), ["sarif"], id="one of its words"),
        pytest.param(
            ("policyengine", "--lang", "zh", "comp"), ["compare", "compile", "completion"], id="after an option"
        ),
        pytest.param(("policyengine", "nonsense", "x"), [], id="after what is no command"),
        pytest.param(("policyengine", "check", "policies/a"), [], id="a file, which bash completes by itself"),
    ],
)
def test_bash_completes(
    capsys: pytest.CaptureFixture[str], program: Path, words: tuple[str, ...], offered: list[str]
) -> None:
    script = call(capsys, "completion", "bash").stdout
    path = f"{program}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        [BASH or "", "--norc", "-c", _ASK, "bash", *words],
        env=environment({"SCRIPT": script, "PATH": path}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert done.stdout.split() == offered
