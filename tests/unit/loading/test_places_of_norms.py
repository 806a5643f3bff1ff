"""Which file a policy's name means, and where its norms stand in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from policyengine.loading.named_policies import located, own_file
from policyengine.loading.places_of_norms import places_of_norms

GOOD = Path(__file__).parents[2] / "policies" / "good"


def test_provisions_and_gaps_stand_where_their_ids_do() -> None:
    path = GOOD / "prohibitions.yaml"
    found = places_of_norms(path)
    text = path.read_text().split("\n")
    assert {"tell-first", "mend-at-once", "many-injured", "other-rules"} <= set(found)
    for name, span in found.items():
        assert text[span.line - 1][span.column - 1 : span.end_column - 1] == name
        assert span.file == str(path)


def test_the_file_is_named_without_detours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "logs").mkdir()
    (tmp_path / "own.yaml").write_text("provisions:\n  - id: a\n")
    monkeypatch.chdir(tmp_path)
    assert places_of_norms(Path("logs/../own.yaml"))["a"].file == "own.yaml"


def test_a_detour_that_a_link_makes_necessary_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "deep" / "logs").mkdir(parents=True)
    (tmp_path / "deep" / "own.yaml").write_text("provisions:\n  - id: a\n")
    (tmp_path / "logs").symlink_to(tmp_path / "deep" / "logs")
    monkeypatch.chdir(tmp_path)
    assert places_of_norms(Path("logs/../own.yaml"))["a"].file == "logs/../own.yaml"


@pytest.mark.parametrize("text", [None, "{", "provisions: 7", "- a", "provisions: [{id: [a]}, 3]"])
def test_a_file_that_holds_none(tmp_path: Path, text: str | None) -> None:
    path = tmp_path / "own.yaml"
    if text is not None:
        path.write_text(text)
    assert places_of_norms(path) == {}


@pytest.mark.parametrize(
    ("name", "beside", "found", "file"),
    [
        ("changzhi", None, "changzhi", None),
        ("changzhi", "logs", "changzhi", None),
        ("own.yaml", "logs", "logs/own.yaml", "logs/own.yaml"),
        ("../own.yaml", "logs", "logs/../own.yaml", "logs/../own.yaml"),
        ("bare", "logs", "logs/bare", "logs/bare"),
        ("p/own", None, "p/own", "p/own"),
    ],
    ids=["an id", "an id in a log", "a path in a log", "a path out of it", "a file without ending", "a path"],
)
def test_what_a_name_means(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, beside: str | None, found: str, file: str | None
) -> None:
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "bare").touch()
    monkeypatch.chdir(tmp_path)
    where = located(name, None if beside is None else Path(beside))
    assert (str(where), own_file(where)) == (found, None if file is None else Path(file))
