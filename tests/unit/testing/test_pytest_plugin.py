"""The pytest plugin, in runs of pytest of its own: what it collects, what it tells, what it leaves alone."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from policyengine.loading.policy import read_policy
from policyengine.testing import pytest_examples, pytest_plugin
from tests.support.cases import CASES

if TYPE_CHECKING:
    from _pytest.pytester import Pytester, RunResult

pytest_plugins = ["pytester"]

CZH_01 = (CASES / "changzhi" / "CZH-01.yaml").read_text(encoding="utf-8")
WRONG = CZH_01.replace("status: overdue", "status: active", 1).replace("T01:00:00", "T02:00:00", 1)
DEFAULTS = ("*.examples.yaml", "*.examples.yml")


@pytest.fixture
def inner(pytester: Pytester) -> Pytester:
    """Return a folder with an example that fails twice, and an ini file that makes errors of warnings."""
    pytester.makefile(".examples.yaml", a=WRONG)
    pytester.makefile(".yaml", b=WRONG)
    pytester.makeini("[pytest]\naddopts = --strict-markers --strict-config\nfilterwarnings = error\n")
    return pytester


def ran(inner: Pytester, *arguments: str) -> RunResult:
    """Run pytest in this process, with the plugin that every installation has and no other of this repository."""
    return inner.runpytest_inprocess("-p", "no:cacheprovider", "-p", "no:cov", *arguments)


def ids(inner: Pytester, *arguments: str) -> list[str]:
    found = ran(inner, "--collect-only", "-q", *arguments)
    return [line for line in found.outlines if "::" in line]


# What it collects


def test_every_expectation_is_a_test_of_its_own(inner: Pytester) -> None:
    assert ids(inner) == [
        "a.examples.yaml::CZH-01::first-bulletin",
        "a.examples.yaml::CZH-01::press-conference",
        "a.examples.yaml::CZH-01::rolling-publication",
        "a.examples.yaml::CZH-01::head-leads",
        "a.examples.yaml::CZH-01::absent:respond",
        "a.examples.yaml::CZH-01::absent:continue-publication",
        "a.examples.yaml::CZH-01::starting_hour=left_out::first-bulletin",
    ]


@pytest.mark.parametrize(
    ("arguments", "passed", "failed"),
    [
        pytest.param(["-k", "head-leads"], 1, 0, id="-k"),
        pytest.param(["-k", "left_out"], 0, 1, id="-k by a reading"),
        pytest.param(["-m", "policyengine"], 5, 2, id="-m"),
        pytest.param(["-m", "not policyengine"], 0, 0, id="-m not"),
        pytest.param(["a.examples.yaml::CZH-01::head-leads"], 1, 0, id="one node"),
        pytest.param(["a.examples.yaml::CZH-01::starting_hour=left_out"], 0, 1, id="one question"),
        pytest.param(["-x"], 0, 1, id="-x"),
    ],
)
def test_pytest_chooses_as_ever(inner: Pytester, arguments: list[str], passed: int, failed: int) -> None:
    outcomes = ran(inner, *arguments).parseoutcomes()
    assert (outcomes.get("passed", 0), outcomes.get("failed", 0)) == (passed, failed)


@pytest.mark.parametrize(
    ("globs", "files"),
    [
        pytest.param("*.yaml", {"a.examples.yaml", "b.yaml", "deep/er/c.yaml"}, id="a name anywhere"),
        pytest.param("./b.yaml", {"b.yaml"}, id="a dot is the root"),
        pytest.param("deep/*.yaml", set(), id="one folder"),
        pytest.param("deep/**/*.yaml", {"deep/er/c.yaml"}, id="any number of folders"),
        pytest.param("deep/?r/c.yaml", {"deep/er/c.yaml"}, id="one character"),
        pytest.param("deep/**", {"deep/er/c.yaml"}, id="everything below"),
    ],
)
def test_an_ini_option_says_which_files(inner: Pytester, globs: str, files: set[str]) -> None:
    folder = inner.mkdir("deep") / "er"
    folder.mkdir()
    (folder / "c.yaml").write_text(CZH_01, encoding="utf-8")
    inner.makeini(f"[pytest]\npolicyengine_examples = {globs}\n")
    assert {each.partition("::")[0] for each in ids(inner)} == files


def test_policies_are_read_once_in_a_session(inner: Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def reading(name: str) -> object:
        read.append(name)
        return read_policy(name)

    monkeypatch.setattr(pytest_examples, "read_policy", reading)
    inner.makefile(".examples.yml", other=CZH_01)
    ran(inner)
    assert read == ["changzhi-energy-bureau"]


# What it tells


def test_a_failure_is_told_with_its_line_both_values_and_why_and_no_traceback(inner: Pytester) -> None:
    found = ran(inner, "-rf")
    found.assert_outcomes(passed=5, failed=2)
    text = found.stdout.str()
    assert "a.examples.yaml:10:16: first-bulletin in the case CZH-01\nstatus: expected active, found overdue\n" in text
    assert "due: expected 2025-10-09T02:00:00+08:00, found 2025-10-09T01:00:00+08:00" in text
    assert "How the limit is counted" in text
    assert "Traceback" not in text
    assert ".py:" not in text


def test_reports_know_the_line(inner: Pytester) -> None:
    inner.makeconftest("def pytest_runtest_logreport(report):\n    print('AT', report.location[:2], report.when)\n")
    text = ran(inner, "-s", "-k", "head-leads").stdout.str()
    assert "AT ('a.examples.yaml', 35) call" in text


def test_the_language_is_that_of_the_ini_file(inner: Pytester) -> None:
    inner.makeini("[pytest]\npolicyengine_lang = zh\n")
    assert "status：应为 active，实为 overdue" in ran(inner).stdout.str()
    inner.makeini("[pytest]\npolicyengine_lang = fr\n")
    assert "policyengine_lang: 'fr' is none of zh, en" in ran(inner).stdout.str()


def test_faults_of_a_file_are_an_error_of_its_collection(inner: Pytester) -> None:
    inner.makefile(".examples.yml", bad=CZH_01.replace("provision: press-conference", "provision: pres-conference", 1))
    found = ran(inner, "--continue-on-collection-errors")
    found.assert_outcomes(passed=5, failed=2, errors=1)
    text = found.stdout.str()
    assert "bad.examples.yml:22:16: error PE211: unknown provision `pres-conference`" in text
    assert "help: did you mean `press-conference`?" in text
    assert "Traceback" not in text


def test_an_error_of_another_kind_is_told_as_pytest_does(inner: Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("not an outcome")

    monkeypatch.setattr(pytest_examples, "judge", broken)
    text = ran(inner, "-x").stdout.str()
    assert "RuntimeError: not an outcome" in text


# How it gets on with others


def test_it_runs_in_several_processes(inner: Pytester) -> None:
    found = inner.runpytest_subprocess("-p", "no:cacheprovider", "-n", "2")
    found.assert_outcomes(passed=5, failed=2)
    assert "status: expected active, found overdue" in found.stdout.str()


def test_failures_can_be_run_again(inner: Pytester) -> None:
    inner.runpytest_inprocess("-p", "no:cov").assert_outcomes(passed=5, failed=2)
    inner.runpytest_inprocess("-p", "no:cov", "--lf").assert_outcomes(failed=2)


def test_it_can_be_left_out(inner: Pytester) -> None:
    assert ran(inner, "-p", "no:policyengine").parseoutcomes() == {}


def test_junit_of_pytest_names_the_file(inner: Pytester) -> None:
    ran(inner, "--junitxml=report.xml", "-o", "junit_family=xunit1")
    text = (inner.path / "report.xml").read_text(encoding="utf-8")
    assert 'file="a.examples.yaml" line="9"' in text


@pytest.mark.parametrize(
    ("glob", "name", "expected"),
    [
        *((each, "x.examples.yaml", each.endswith("yaml")) for each in DEFAULTS),
        ("a/**/b.yaml", "a/b.yaml", True),
        ("a/**/b.yaml", "a/x/y/b.yaml", True),
        ("a/*/b.yaml", "a/x/y/b.yaml", False),
        ("a.b", "axb", False),
    ],
)
def test_globs(glob: str, name: str, *, expected: bool) -> None:
    assert (re.fullmatch(pytest_plugin._pattern(glob), name) is not None) is expected  # noqa: SLF001 - a table of it


def test_loading_the_plugin_loads_nothing_of_the_package_else() -> None:
    code = (
        "import sys, policyengine.testing.pytest_plugin\n"
        "ours = ('policyengine.', 'pydantic', 'yaml', 'pendulum')\n"
        "print(sorted(each for each in sys.modules if each.startswith(ours)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['policyengine.testing', 'policyengine.testing.pytest_plugin']"
