"""`policyengine test --coverage`: what is written, and what the exit code says."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import policyengine as pe
from policyengine.checks.coverage.coverage import Kind
from policyengine.checks.examples.reading import read_examples
from policyengine.cli.help import Misuse
from policyengine.cli.test_coverage import least, minima, run_coverage
from tests.support.cases import CASES
from tests.support.command import run

if TYPE_CHECKING:
    from pathlib import Path

NAME = "state-council-2016-80"
EXAMPLES = tuple(sorted((CASES / NAME).glob("GB80-*.yaml")))
"""Some of the examples of the policy: all of them together leave nothing out."""


def covered(**options: object) -> tuple[str, int]:
    """Return what `run_coverage` says of one policy and its examples."""
    examples = [each for path in EXAMPLES for each in read_examples(path)[0]]
    given = {"output": "text", "lang": "en", **options}
    return run_coverage(examples, {NAME: pe.load(NAME)}, **given)  # type: ignore[arg-type]


def test_command_tells_what_the_examples_reach() -> None:
    done = run("test", *map(str, EXAMPLES), "--coverage", "--lang", "en", cwd=CASES.parents[1])
    assert done.returncode == 0, done.stderr
    assert "- provisions: 14 of 14 (100%)" in done.stdout
    assert f"{NAME}.yaml:" in done.stdout  # below policies/ in a checkout, below the package where it is installed


def test_command_fails_below_the_minimum() -> None:
    done = run("test", *map(str, EXAMPLES), "--cov-min", "100", "--lang", "en", cwd=CASES.parents[1])
    assert done.returncode == 1
    assert f"{NAME}: " in done.stdout
    assert "which is less than 100%" in done.stdout


@pytest.mark.parametrize(
    ("minimum", "code"),
    [
        pytest.param(None, 0, id="none"),
        pytest.param(0, 0, id="zero"),
        pytest.param(100.0, 1, id="all-of-every-kind"),
        pytest.param({Kind.PROVISIONS: 100.0, Kind.ROWS: 100.0}, 0, id="kinds-that-are-whole"),
        pytest.param({Kind.BOUNDARIES: 100.0}, 1, id="a-kind-that-is-not"),
        pytest.param({Kind.GAPS: 100.0}, 0, id="a-kind-of-which-there-is-nothing"),
    ],
)
def test_exit_code_holds_every_kind_to_the_minimum(minimum: object, code: int) -> None:
    text, found = covered(minimum=minimum)
    assert found == code
    assert ("which is less than" in text) is bool(code)


def test_json_is_one_document() -> None:
    text, code = covered(output="json", minimum=100)
    assert code == 1
    assert json.loads(text)["schema"] == "policyengine/coverage/1"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param("90", dict.fromkeys(Kind, 90.0), id="every-kind"),
        pytest.param(
            "boundaries=100, branches=90.5", {Kind.BOUNDARIES: 100.0, Kind.BRANCHES: 90.5}, id="kinds-by-name"
        ),
        pytest.param("80,rows=100", {**dict.fromkeys(Kind, 80.0), Kind.ROWS: 100.0}, id="both"),
    ],
)
def test_minimum_is_read(value: str, expected: dict[Kind, float]) -> None:
    assert minima(value, "en") == expected


@pytest.mark.parametrize("value", ["", "much", "101", "-1", "nan", "boundary=90", "rows=", "=90", "90,,"])
def test_what_is_no_minimum_is_refused(value: str) -> None:
    with pytest.raises(Misuse, match="provisions, gaps, rows, branches, boundaries, readings, clauses"):
        minima(value, "en")


def test_one_number_is_meant_for_every_kind() -> None:
    assert least(90) == dict.fromkeys(Kind, 90)
    assert least(None) == {}


def test_page_is_written_besides(tmp_path: Path) -> None:
    page = tmp_path / "coverage.html"
    text, _ = covered(html=str(page))
    assert text.startswith("What the examples hold")
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_suggestions_are_written_and_hold(tmp_path: Path) -> None:
    folder = tmp_path / "suggested"
    covered(suggest=str(folder))
    (file,) = folder.iterdir()
    assert file.name == f"{NAME}.yaml"
    done = run("test", str(file), *map(str, EXAMPLES), "--cov-min", "100", "--lang", "en", cwd=CASES.parents[1])
    assert done.returncode == 0, done.stdout + done.stderr


def test_suggestions_replace_no_file(tmp_path: Path) -> None:
    (tmp_path / f"{NAME}.yaml").write_text("mine", encoding="utf-8")
    with pytest.raises(Misuse, match="is there already"):
        covered(suggest=str(tmp_path))
    assert (tmp_path / f"{NAME}.yaml").read_text(encoding="utf-8") == "mine"


def test_policy_whose_file_has_changed_has_no_places() -> None:
    """The lines of a file that is not what was loaded would be the wrong ones."""
    examples = read_examples(next(iter(EXAMPLES)))[0]
    changed = pe.load(pe.dump(pe.load(NAME)).replace("hours: 24", "hours: 23"))
    assert changed != pe.load(NAME)
    text, _ = run_coverage(examples, {NAME: changed}, output="json", lang="en")
    assert all(each["place"] is None for each in json.loads(text)["policies"][0]["items"])
