"""`policyengine compile`: what judges each provision, and the generated function."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support import command

if TYPE_CHECKING:
    import subprocess

TOP = Path(__file__).parents[2]


def run(*args: str) -> subprocess.CompletedProcess[str]:
    """Run the command at the top of the project."""
    return command.run(*args, cwd=TOP)


def test_each_provision_has_a_line() -> None:
    done = run("compile", "xincheng", "--lang", "en")
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert "accept-enquiry: the interpreter" in lines
    assert "respond: the generated function" in lines


def test_the_function_is_shown() -> None:
    done = run("compile", "changzhi", "--show")
    assert done.returncode == 0
    assert done.stdout.startswith("def judge(first, later, get, now):\n")
    assert done.stdout.isascii()
    compile(done.stdout, "<shown>", "exec")


def test_other_readings_make_another_function() -> None:
    default, other = (
        run("compile", "changzhi", "--show", *more) for more in ((), ("--reading", "clock_start=occurrence"))
    )
    assert default.returncode == other.returncode == 0
    assert default.stdout != other.stdout


def test_the_agencys_own_log_has_its_own_provisions() -> None:
    done = run("compile", "changzhi", "--scope", "agency", "--lang", "zh")
    assert "yearly-appraisal: 解释执行" in done.stdout.splitlines()


@pytest.mark.parametrize(
    ("args", "code"),
    [
        pytest.param(("no-such-policy",), 3, id="an unknown policy"),
        pytest.param(("changzhi", "--reading", "clock"), 2, id="half a reading"),
        pytest.param(("changzhi", "--reading", "nothing=at-all"), 2, id="an unknown reading"),
    ],
)
def test_misuse(args: tuple[str, ...], code: int) -> None:
    done = run("compile", *args)
    assert (done.returncode, done.stdout) == (code, "")
    assert done.stderr


@pytest.mark.parametrize("evaluator", ["compiled", "reference"])
def test_the_evaluator_can_be_chosen_and_makes_no_difference(evaluator: str) -> None:
    case = "examples/changzhi-grave-emergency.yaml"
    assert run("evaluate", case, "--evaluator", evaluator).stdout == run("evaluate", case).stdout != ""
