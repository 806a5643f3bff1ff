"""`policyengine policies` as a real process: the list, and everything that one policy says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import policyengine as pe
from policyengine.report.regulation import regulation_markdown
from policyengine.wording import LANGUAGES, Lang
from tests.support.command import call, run

RECALL = Path(__file__).parents[2] / "examples" / "product-recall" / "product-recall.yaml"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("output", ["text", "markdown"])
def test_everything_that_one_policy_says(output: str, lang: Lang, tmp_path: Path) -> None:
    done = run("policies", "changzhi", "--format", output, "--lang", lang, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == regulation_markdown(pe.load("changzhi"), lang)


def test_a_policy_of_ones_own_by_its_path(capsys: pytest.CaptureFixture[str]) -> None:
    done = call(capsys, "policies", RECALL)
    assert done.returncode == 0
    assert done.stdout.startswith("# Ordinance on the Recall of Dangerous Products (an invented example)\n")


def test_one_policy_as_json_is_its_entry_of_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    listed = json.loads(call(capsys, "policies", "--format", "json").stdout)
    one = json.loads(call(capsys, "policies", "changzhi", "--format", "json").stdout)
    assert one["schema"] == listed["schema"] == "policyengine/policies/1"
    assert one["policies"] == [each for each in listed["policies"] if each["id"] == "changzhi-energy-bureau"]


def test_the_list_as_markdown(capsys: pytest.CaptureFixture[str]) -> None:
    plain = call(capsys, "policies").stdout.splitlines()
    shown = call(capsys, "policies", "--format", "markdown").stdout.splitlines()
    assert [line.replace("`", "").removeprefix("- ") for line in shown] == plain
    assert all(line.startswith("- `") for line in shown)


@pytest.mark.parametrize(
    ("lang", "problem"),
    [
        pytest.param("en", "error PE213: no policy `nowhere` is packaged, and no file has that path", id="en"),
        pytest.param("zh", "PE213", id="zh"),
    ],
)
def test_an_unknown_policy_is_refused(lang: Lang, problem: str, tmp_path: Path) -> None:
    done = run("policies", "nowhere", "--lang", lang, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (3, "")
    assert problem in done.stderr
    assert "changzhi-energy-bureau" in done.stderr


def test_a_policy_that_does_not_load_is_refused_with_its_faults(tmp_path: Path) -> None:
    path = tmp_path / "faulty.yaml"
    path.write_text("policy: [", encoding="utf-8")
    done = run("policies", path, "--lang", "en", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (3, "")
    assert "faulty.yaml:" in done.stderr
