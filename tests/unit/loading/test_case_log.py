"""Corrections and retractions as files have them (S4), and until when a file knows (S8)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from policyengine.loading.case import load_case
from policyengine.model.case import Event, instant

if TYPE_CHECKING:
    from pathlib import Path

    from policyengine.model.case import Case

CASE = {
    "case": "c",
    "time_zone": "Asia/Shanghai",
    "as_of": "2025-10-09T12:00",
    "known_at": "2025-10-09T11:00",
    "known_until": "2025-10-09T10:00",
    "events": [
        {"id": "e1", "type": "detected", "at": "2025-10-08T23:30"},
        {"id": "c1", "corrects": "e1", "type": "graded", "at": "2025-10-08T22:30", "partial": True},
        {"id": "r1", "retracts": "c1", "recorded_at": "2025-10-09T08:00"},
        {"id": "r2", "retracts": "r1", "at": "2025-10-09T09:00", "type": "retraction", "by": "office"},
    ],
}


def at(text: str) -> str:
    return f"2025-10-{text}:00+08:00"


def read(folder: Path, name: str) -> Case:
    path = folder / f"case.{name}"
    path.write_text(json.dumps(CASE, indent=None if name == "jsonl" else 1), "utf-8")
    return load_case(path)


@pytest.mark.parametrize("name", ["yaml", "json", "jsonl"])
def test_a_log_that_corrects_itself(tmp_path: Path, name: str) -> None:
    found = read(tmp_path, name)
    assert found.events == (
        Event(id="e1", type="detected", at=instant(at("08T23:30"))),
        Event(id="c1", corrects="e1", type="graded", at=instant(at("08T22:30")), partial=True),
        Event(id="r1", retracts="c1", recorded_at=instant(at("09T08:00"))),
        Event(id="r2", retracts="r1", at=instant(at("09T09:00")), type="retraction", by="office"),
    )
    assert (found.as_of, found.known_at, found.known_until) == tuple(
        instant(at(time)) for time in ("09T12:00", "09T11:00", "09T10:00")
    )


def test_where_things_stand(tmp_path: Path) -> None:
    found = read(tmp_path, "jsonl")
    line = (tmp_path / "case.jsonl").read_text("utf-8")
    retraction = found.events[2].span
    assert retraction is not None
    assert line[retraction.column - 1 : retraction.end_column - 1] == '"c1"'
    for key in ("known_at", "known_until"):
        span = found.spans[key]
        assert line[span.column - 1 : span.end_column - 1] == f'"{CASE[key]}"'
