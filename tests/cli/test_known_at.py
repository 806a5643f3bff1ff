"""`policyengine evaluate --known-at` as a real process: the answer as known then, and what it says to no instant."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.support.command import run

if TYPE_CHECKING:
    from pathlib import Path

CASE = """
case: corrected
policy: changzhi
time_zone: Asia/Shanghai
as_of: 2025-10-09T12:00
events:
  - {id: e1, type: detected, at: 2025-10-08T23:30, sets: {event_severity: major}}
  - {id: c1, corrects: e1, type: detected, at: 2025-10-08T22:30, recorded_at: 2025-10-09T08:00,
     sets: {event_severity: major}}
  - {id: r1, retracts: c1, recorded_at: 2025-10-09T10:00, note: the first report was right}
"""


def due(folder: Path, *options: str, text: str = CASE) -> str:
    """Return when the press conference is due."""
    path = folder / "case.yaml"
    path.write_text(text, "utf-8")
    done = run("evaluate", path, "--format", "json", *options, cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    duties = json.loads(done.stdout)["duties"]
    return next(str(each["limit"]["due"]) for each in duties if each["provision"]["id"] == "press-conference")


def test_each_time_of_knowing_has_its_answer(tmp_path: Path) -> None:
    assert due(tmp_path) == "2025-10-09T23:30:00+08:00"
    assert due(tmp_path, "--known-at", "2025-10-09T07:59:00+08:00") == "2025-10-09T23:30:00+08:00"
    assert due(tmp_path, "--known-at", "2025-10-09T08:00:00+08:00") == "2025-10-09T22:30:00+08:00"
    assert due(tmp_path, "--known-at", "now") == "2025-10-09T23:30:00+08:00"


def test_the_case_may_say_when_and_the_option_goes_before_it(tmp_path: Path) -> None:
    text = CASE.replace("as_of:", "known_at: 2025-10-09T09:00\nas_of:")
    assert due(tmp_path, text=text) == "2025-10-09T22:30:00+08:00"
    assert due(tmp_path, "--known-at", "2025-10-09T07:00:00+08:00", text=text) == "2025-10-09T23:30:00+08:00"


@pytest.mark.parametrize("moment", ["yesterday", "2025-10-09T00:45", "9999-01-01T00:00Z"])
def test_no_instant(tmp_path: Path, moment: str) -> None:
    (tmp_path / "case.yaml").write_text(CASE, "utf-8")
    done = run("evaluate", "case.yaml", "--known-at", moment, "--lang", "en", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "error: bad value for --known-at: " in done.stderr
