"""The hooks for pre-commit: what they run, run as pre-commit runs it."""

from __future__ import annotations

import shlex
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.support.command import environment

if TYPE_CHECKING:
    from collections.abc import Sequence

TOP = Path(__file__).parents[2]
HOOKS: dict[str, dict[str, Any]] = {
    each["id"]: each for each in yaml.safe_load((TOP / ".pre-commit-hooks.yaml").read_text("utf-8"))
}
LINT = TOP / "tests" / "policies" / "lint"
BAD, GOOD = LINT / "bad" / "role-unused.yaml", LINT / "good" / "role-unused.yaml"
CASE = """\
case: one
policy: policy.yaml
as_of: 2025-01-05T00:00:00+08:00
events:
  - {id: e1, type: detected, at: 2025-01-01T00:00:00+08:00}
expect:
  - {provision: respond-in-time, status: overdue}
"""


def hooked(name: str, folder: Path, files: Sequence[str], *args: str) -> subprocess.CompletedProcess[str]:
    """Run the hook *name* with *args* in place of its own, where there are any."""
    hook = HOOKS[name]
    program, *entry = shlex.split(hook["entry"])
    assert program == "policyengine"
    passed = files if hook.get("pass_filenames", True) else ()
    command = (sys.executable, "-m", program, *entry, *(args or hook.get("args", ())), *passed)
    return subprocess.run(
        command, cwd=folder, env=environment(), capture_output=True, text=True, encoding="utf-8", check=False
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a repository with a policy, a file that is none of ours, and an example."""
    (tmp_path / "policy.yaml").write_text(GOOD.read_text("utf-8"), encoding="utf-8")
    (tmp_path / "other.yaml").write_text("on: push\n", encoding="utf-8")
    (tmp_path / "example.yaml").write_text(CASE, encoding="utf-8")
    return tmp_path


def test_the_hooks_are_what_pre_commit_takes() -> None:
    assert list(HOOKS) == ["policyengine-check", "policyengine-test"]
    for hook in HOOKS.values():
        assert {"id", "name", "entry", "language"} <= hook.keys()
        assert (hook["language"], hook["types"], hook["require_serial"]) == ("python", ["yaml"], True)


def test_the_hooks_install_what_the_command_needs() -> None:
    project = tomllib.loads((TOP / "pyproject.toml").read_text("utf-8"))["project"]
    for hook in HOOKS.values():
        assert hook["additional_dependencies"] == project["optional-dependencies"]["cli"]


def test_checking_what_is_committed(folder: Path) -> None:
    files = ("policy.yaml", "other.yaml", "example.yaml")
    clean = hooked("policyengine-check", folder, files)
    assert (clean.returncode, clean.stdout, clean.stderr) == (0, "", "")
    assert hooked("policyengine-check", folder, ("other.yaml",)).returncode == 0
    (folder / "policy.yaml").write_text(BAD.read_text("utf-8"), encoding="utf-8")
    found = hooked("policyengine-check", folder, files, "--fail-on", "warning")
    assert found.returncode == 1
    assert found.stdout.startswith("policy.yaml:10:3: warning PE721")


def test_testing_what_is_committed(folder: Path) -> None:
    met = hooked("policyengine-test", folder, ("policy.yaml",))
    assert (met.returncode, met.stderr) == (0, ""), met.stdout
    text = (folder / "policy.yaml").read_text("utf-8")
    (folder / "policy.yaml").write_text(text.replace("{hours: 48}", "{hours: 480}"), encoding="utf-8")
    unmet = hooked("policyengine-test", folder, ("policy.yaml",))
    assert unmet.returncode == 1
    assert "respond-in-time" in unmet.stdout
