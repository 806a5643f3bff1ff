"""The action for GitHub: its steps, run by bash with what GitHub would put into their environment."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.support.command import environment

if TYPE_CHECKING:
    from collections.abc import Mapping

TOP = Path(__file__).parents[2]
ACTION: dict[str, Any] = yaml.safe_load((TOP / "action.yml").read_text("utf-8"))
STEPS: dict[str, dict[str, Any]] = {each.get("name", each.get("uses")): each for each in ACTION["runs"]["steps"]}
LINT = TOP / "tests" / "policies" / "lint"
BASH = shutil.which("bash")
_EXPRESSION = re.compile(r"\$\{\{ *([a-z_.-]+) *\}\}")

pytestmark = pytest.mark.skipif(BASH is None, reason="there is no bash")


def step(
    name: str, folder: Path, inputs: Mapping[str, str], path: Path
) -> tuple[subprocess.CompletedProcess[str], str]:
    """Run the step *name* in *folder*, with the programs in *path* found first; return its end and its outputs."""
    known = {f"inputs.{key}": str(value["default"]) for key, value in ACTION["inputs"].items()}
    known |= {f"inputs.{key}": value for key, value in inputs.items()} | {"github.action_path": str(TOP)}
    env = {key: _EXPRESSION.sub(lambda found: known[found[1]], value) for key, value in STEPS[name]["env"].items()}
    output = folder / "output"
    output.touch()
    more = {"PATH": f"{path}{os.pathsep}{os.environ['PATH']}", "GITHUB_OUTPUT": str(output)}
    assert BASH is not None
    done = subprocess.run(
        # As GitHub calls it for `shell: bash`.
        [BASH, "--noprofile", "--norc", "-eo", "pipefail", "-c", STEPS[name]["run"]],
        cwd=folder,
        env=environment({**env, **more}),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return done, output.read_text("utf-8")


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """Return a directory with the command, and a `python` that only tells its arguments."""
    folder = tmp_path / "programs"
    folder.mkdir()
    for name, does in (
        ("policyengine", f'exec "{sys.executable}" -m policyengine "$@"'),
        ("python", "printf '%s\\n' \"$@\""),
    ):
        (folder / name).write_text(f"#!{BASH}\n{does}\n", encoding="utf-8")
        (folder / name).chmod(0o755)
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a repository with one finding, in a directory whose name has a space."""
    folder = tmp_path / "repository"
    (folder / "two words").mkdir(parents=True)
    text = (LINT / "bad" / "role-unused.yaml").read_text("utf-8")
    (folder / "two words" / "policy.yaml").write_text(text, encoding="utf-8")
    return folder


def test_what_it_says_of_itself() -> None:
    assert ACTION["runs"]["using"] == "composite"
    assert all(each["description"] for each in (*ACTION["inputs"].values(), *ACTION["outputs"].values()))
    text = (TOP / "action.yml").read_text("utf-8")
    asked = {found.removeprefix("inputs.") for found in _EXPRESSION.findall(text) if found.startswith("inputs.")}
    assert asked == set(ACTION["inputs"])
    assert all("shell" in each for each in STEPS.values() if "run" in each)
    # What a workflow gives never becomes part of a script, but a value of its environment.
    assert not any("${{" in each["run"] for each in STEPS.values() if "run" in each)


@pytest.mark.parametrize(
    ("requirement", "installed"),
    [("", f"{TOP}[cli]"), ("regulatory-duties[cli,parquet]==1.0", "regulatory-duties[cli,parquet]==1.0")],
)
def test_what_is_installed(folder: Path, programs: Path, requirement: str, installed: str) -> None:
    done, _ = step("Install", folder, {"requirement": requirement}, programs)
    assert done.stdout.splitlines()[-1] == installed
    assert done.stdout.startswith("-m\npip\ninstall\n")


@pytest.mark.parametrize(
    ("inputs", "code"),
    [
        pytest.param({}, 0, id="all"),
        pytest.param({"args": ". --fail-on warning"}, 1, id="options"),
        pytest.param({"args": "'two words/policy.yaml'\n--fail-on warning"}, 1, id="quoted"),
        pytest.param({"args": "none.yaml"}, 3, id="no file"),
        pytest.param({"args": "  "}, 2, id="no arguments"),
        pytest.param({"args": "'"}, 2, id="a quote that is not closed"),
        pytest.param({"args": "$(touch made) `touch made` ; touch made"}, 3, id="nothing but words"),
    ],
)
def test_lines_are_marked(folder: Path, programs: Path, inputs: dict[str, str], code: int) -> None:
    done, output = step("Run", folder, inputs, programs)
    assert done.returncode == code, done.stderr
    if "policy.yaml" in done.stdout:
        assert done.stdout.startswith("::warning file=two words/policy.yaml,line=10,")
    assert output == (f"exit-code={code}\n" if inputs.get("args") != "'" else "")
    assert not (folder / "made").exists()


def test_sarif_is_written_for_the_upload_although_the_command_fails(folder: Path, programs: Path) -> None:
    done, output = step("Run", folder, {"args": ". --fail-on warning", "sarif": "out.sarif"}, programs)
    assert (done.returncode, done.stdout) == (1, "")
    assert output == f"exit-code=1\nsarif={folder / 'out.sarif'}\n"
    assert json.loads((folder / "out.sarif").read_text("utf-8"))["runs"][0]["results"]
    assert STEPS["Upload"]["with"]["sarif_file"] == "${{ steps.run.outputs.sarif }}"


def test_another_language_and_an_unknown_command(folder: Path, programs: Path) -> None:
    done, _ = step("Run", folder, {"lang": "zh"}, programs)
    assert "没有任何地方使用" in done.stdout
    (folder / "output").unlink()
    refused, output = step("Run", folder, {"command": "evaluate; touch made"}, programs)
    assert (refused.returncode, output) == (2, "")
    assert refused.stdout.startswith("::error title=policyengine::")
    assert not (folder / "made").exists()
