"""`policyengine diff`: its exit codes, its formats, the cases it writes, and what cannot be held against each other."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.command import call
from tests.support.versions import AMENDMENT, document, put, text, within

if TYPE_CHECKING:
    import subprocess

LAB = Path(__file__).parents[1] / "policies" / "good" / "prohibitions.yaml"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    edits = {
        "amended": AMENDMENT,
        "worded": (put("respond", wording="须"),),
        "shorter": (put("head-leads", when={"event_severity": {"at_least": "larger"}}),),
    }
    for name, several in edits.items():
        (tmp_path / f"{name}.yaml").write_text(text("changzhi", *several), encoding="utf-8")
    return tmp_path


def done(capsys: pytest.CaptureFixture[str], arguments: str) -> subprocess.CompletedProcess[str]:
    return call(capsys, "diff", *arguments.split())


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        pytest.param("changzhi changzhi", 0, "The two say the same", id="the same"),
        pytest.param("changzhi worded.yaml", 0, "No answer changes in any case", id="words only"),
        pytest.param("changzhi shorter.yaml", 1, "[stricter] the head of the bureau leads", id="an answer changes"),
        pytest.param("shorter.yaml changzhi", 1, "[looser] the head of the bureau leads", id="the other way round"),
        pytest.param("changzhi shorter.yaml --lang zh", 1, "【收紧】局主要负责人负领导责任", id="in Chinese"),
        pytest.param("changzhi shorter.yaml --format markdown", 1, "# Before and after: ", id="Markdown"),
        pytest.param(
            "changzhi shorter.yaml --reading clock=occ", 1, "as read: clock_start=occurrence", id="another reading"
        ),
        pytest.param("state-council-2016-61 state-council-2016-80", 1, "the two have different ids", id="two policies"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_answers(capsys: pytest.CaptureFixture[str], arguments: str, code: int, says: str) -> None:
    found = done(capsys, arguments)
    assert (found.returncode, found.stderr) == (code, "")
    assert says in found.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        pytest.param("changzhi", 2, "NEW", id="one version only"),
        pytest.param("changzhi nowhere.yaml", 3, "nowhere.yaml", id="a file that is not there"),
        pytest.param("nowhere.yaml neither.yaml", 3, "neither.yaml", id="both"),
        pytest.param("changzhi broken.yaml", 3, "broken.yaml:1:1", id="a file that does not load"),
        pytest.param("changzhi worded.yaml --reading x=y", 2, "unknown reading `x`", id="an unknown reading"),
        pytest.param("changzhi worded.yaml --format html", 2, "--format", id="an unknown format"),
        pytest.param(f"changzhi {LAB}", 2, "different vocabularies", id="another vocabulary"),
        pytest.param("changzhi other/words.yaml", 2, "itself differs", id="another version of the vocabulary"),
        pytest.param("changzhi shorter.yaml --witness worded.yaml", 2, "worded.yaml", id="a file for a folder"),
    ],
)
def test_what_cannot_be_asked(
    capsys: pytest.CaptureFixture[str], folder: Path, arguments: str, code: int, says: str
) -> None:
    (folder / "broken.yaml").write_text("policy: 1\n", encoding="utf-8")
    _other_words(folder / "other")
    found = done(capsys, arguments)
    assert (found.returncode, found.stdout) == (code, "")
    assert says in found.stderr


def _other_words(folder: Path) -> None:
    """Write a policy beside a vocabulary of its own, of the same name and with another title."""
    from policyengine.loading.library import home

    name = document("changzhi")["vocabulary"]
    (folder / "vocabulary").mkdir(parents=True)
    words = (home() / "vocabulary" / f"{name}.yaml").read_text(encoding="utf-8")
    other = words.replace("title: {zh: ", "title: {zh: 另一", 1)
    assert other != words
    (folder / "vocabulary" / f"{name}.yaml").write_text(other, encoding="utf-8")
    (folder / "words.yaml").write_text(text("changzhi", within("respond", hours=1)), encoding="utf-8")


def test_the_cases_are_files_that_evaluate_judges_under_both(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    found = done(capsys, "changzhi amended.yaml --witness cases --format json")
    assert found.returncode == 1
    changes = json.loads(found.stdout)["changes"]
    files = sorted((folder / "cases").iterdir())
    assert [each.stem for each in files] == [case["case"]["case"] for each in changes for case in each["cases"]]
    first = changes[0]["cases"][0]
    for policy, key in (("changzhi", "before"), ("amended.yaml", "after")):
        answer = call(capsys, "evaluate", files[0], "--policy", policy, "--format", "json")
        rows = json.loads(answer.stdout)["duties"]
        assert [each for each in rows if each["provision"]["id"] == changes[0]["id"] and each in first[key]] == first[
            key
        ]
    again = done(capsys, "changzhi amended.yaml --witness cases")
    assert (again.returncode, again.stdout) == (2, "")
    assert "is there already" in again.stderr
