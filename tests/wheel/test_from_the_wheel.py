"""What the authors of policies use, from the built wheel alone: in a fresh environment, outside of the checkout.

Nothing is fetched: the environment lends the new one everything that is installed, but for the project itself.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.support.command import environment

TOP = Path(__file__).parents[2]
OURS = ("policyengine", "regulatory_duties-", "_editable_impl_regulatory_duties", "__editable__")
POLICY = """
policy: office
title: {zh: 信息发布规定, en: Rules on publication}
vocabulary: public-sentiment
time_zone: Asia/Shanghai
calendar: cn
versions: [{in_force: {from: 2024-01-01}}]
roles:
  office: {title: {zh: 办公室, en: office}, clause: "OFF:1"}
provisions:
  - id: first-word
    title: {zh: 24小时内首次发布, en: first word within 24 hours}
    clause: "OFF:1"
    bearer: office
    must: publish_first_bulletin
    upon: detected
    when: {event_severity: {at_least: larger}}
    deadline: {within: {hours: 24}}
source:
  title: {zh: 信息发布规定, en: Rules on publication}
  clauses:
    "OFF:1":
      number: 一
      at_hand: false
      says: {zh: 较大以上事件24小时内首次发布, en: "larger events, first word in 24 hours"}
      provisions: [first-word]
"""
EXAMPLES = """
policy: office.yaml
examples:
  - case: friday
    facts: {event_severity: larger}
    events: [{id: e1, type: detected, at: 2025-03-07T17:30:00+08:00}]
    as_of: 2025-03-08T17:30:01+08:00
    expect: [{provision: first-word, status: overdue, finding: violation}]
"""
TESTS = """
from hypothesis import given
from hypothesis import strategies as st

import policyengine as pe
from policyengine.testing import laws, stateful, strategies

OFFICE = pe.load("office.yaml")
TestLaws = laws.suite(OFFICE, examples=5)
TestLife = stateful.machine(OFFICE).TestCase


@given(strategies.questions(OFFICE))
def test_nobody_but_the_office_owes_anything(question):
    answer = pe.evaluate(OFFICE, question.case, as_of=question.as_of, readings=question.readings)
    assert {each.bearer for each in answer.required_actions()} <= {"office"}


@given(st.from_type(pe.Case))
def test_cases_have_ids(case):
    assert case.id
"""
CONFTEST = """
from hypothesis import settings

settings.register_profile("few", max_examples=5, stateful_step_count=5, deadline=None, derandomize=True, database=None)
settings.load_profile("few")
"""


class Project(NamedTuple):
    """A directory of a user's own, and the environment in which only the wheel is installed."""

    home: Path
    bin: Path

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        command, *arguments = words
        done = subprocess.run(
            [self.bin / command, *arguments],
            cwd=self.home,
            env=alone(),
            capture_output=True,
            check=False,
            encoding="utf-8",
            timeout=120,
        )
        done.stdout += done.stderr
        return done


def alone() -> dict[str, str]:
    """Return the environment without anything that leads back here."""
    kept = {name: value for name, value in environment().items() if not name.startswith(("PYTEST", "COV", "PYTHON"))}
    kept.pop("VIRTUAL_ENV", None)
    return {**kept, "POLICYENGINE_LANG": "en", "PYTHONWARNINGS": "error"}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    place = tmp_path_factory.mktemp("wheel")
    wheel = built(place / "dist")
    venv.create(place / "venv", with_pip=False, symlinks=True)
    python = place / "venv" / "bin" / "python"
    lend(python, place / "lent")
    pip = (sys.executable, "-m", "pip", "--python", str(python), "--disable-pip-version-check", "--quiet", "install")
    subprocess.run([*pip, "--no-deps", "--no-index", str(wheel)], check=True, env=environment(), cwd=place)
    home = place / "home"
    home.mkdir()
    files = {"office.yaml": POLICY, "office.examples.yaml": EXAMPLES, "test_office.py": TESTS, "conftest.py": CONFTEST}
    for name, text in files.items():
        (home / name).write_text(text, encoding="utf-8")
    return Project(home, python.parent)


def built(folder: Path) -> Path:
    """Build the wheel, in a process and in the environment as it is."""
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(TOP)]
    subprocess.run(build, check=True, env=environment(), capture_output=True)
    (wheel,) = folder.glob("*.whl")
    return wheel


def lend(python: Path, folder: Path) -> None:
    """Let *python* find everything that is installed here apart from the project: by links, in *folder*."""
    folder.mkdir()
    for source in {Path(sysconfig.get_path(each)) for each in ("purelib", "platlib")}:
        for each in source.iterdir():
            if not each.name.startswith(OURS) and each.suffix != ".pth" and not (folder / each.name).exists():
                (folder / each.name).symlink_to(each)
    asked = [str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    there = subprocess.run(asked, check=True, capture_output=True, encoding="utf-8", env=alone()).stdout.strip()
    (Path(there) / "lent.pth").write_text(f"{folder}\n", encoding="utf-8")


def test_the_wheel_is_what_runs(project: Project) -> None:
    done = project.run("python", "-c", "import policyengine; print(policyengine.__file__)")
    assert Path(done.stdout.strip()).is_relative_to(project.bin.parent)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param("policyengine check office.yaml office.examples.yaml", "", id="check"),
        pytest.param("policyengine test office.examples.yaml", "the one expectation met", id="test"),
        pytest.param("policyengine fuzz office.yaml --examples 5", "laws hold", id="fuzz"),
        pytest.param("policyengine policies", "changzhi-energy-bureau", id="policies"),
        pytest.param("policyengine schema policy", "json-schema.org", id="schema"),
    ],
)
def test_commands(project: Project, words: str, said: str) -> None:
    done = project.run(*words.split())
    assert done.returncode == 0, done.stdout
    assert said in done.stdout


def test_pytest_finds_the_examples_and_tries_the_laws(project: Project) -> None:
    done = project.run("python", "-m", "pytest", "-v", "-p", "no:cacheprovider", "-W", "error")
    assert done.returncode == 0, done.stdout
    passed = [line.split(" ")[0] for line in done.stdout.splitlines() if " PASSED" in line]
    assert "office.examples.yaml::friday::first-word" in passed
    assert "test_office.py::TestLaws::test_l2_later_events_change_nothing[office]" in passed
    assert "test_office.py::TestLife::runTest" in passed
    assert "test_office.py::test_nobody_but_the_office_owes_anything" in passed
    assert "test_office.py::test_cases_have_ids" in passed


def test_nothing_is_left_beside_the_policy(project: Project) -> None:
    shutil.rmtree(project.home / "__pycache__", ignore_errors=True)
    assert project.run("policyengine", "fuzz", "office.yaml", "--law", "L1", "--examples", "1").returncode == 0
    found = {each.name for each in project.home.iterdir()} - {".hypothesis"}  # pytest's
    assert found == {"office.yaml", "office.examples.yaml", "test_office.py", "conftest.py"}
