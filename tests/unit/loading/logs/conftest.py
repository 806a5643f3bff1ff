"""Logs written by a test, and what is read of them."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

import pytest

from policyengine.diagnostics import Diagnostic
from policyengine.loading.logs.columns import Columns
from policyengine.loading.logs.reading import Logged, read_logs
from policyengine.loading.policy import read_policy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policyengine.model.case import Case
    from policyengine.model.policy import Policy

POLICIES = Path(__file__).parents[3] / "policies"


class Found(NamedTuple):
    logged: list[Logged]
    faults: list[Diagnostic]

    @property
    def cases(self) -> dict[str, Case]:
        return {each.case.id: each.case for each in self.logged}

    @property
    def told(self) -> list[str]:
        return [f"{each.span} {each.code}" for each in self.faults]


class Read(Protocol):
    def __call__(self, files: Mapping[str, str | bytes], columns: Columns | None = None, *paths: str) -> Found: ...


@pytest.fixture
def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Read:
    """Write files and read them as one log."""

    def written(files: Mapping[str, str | bytes], columns: Columns | None = None, *paths: str) -> Found:
        folder = tmp_path / "logs"
        folder.mkdir(exist_ok=True)
        monkeypatch.chdir(folder)
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        spill = tmp_path / "spill"
        spill.mkdir()
        found = list(read_logs(paths or list(files), columns=columns or Columns(), folder=spill))
        for each in spill.iterdir():
            each.unlink()
        spill.rmdir()
        return Found(
            [each for each in found if isinstance(each, Logged)],
            [each for each in found if isinstance(each, Diagnostic)],
        )

    return written


@pytest.fixture
def sample(tmp_path: Path) -> Policy:
    """Return a small policy."""
    (tmp_path / "policies").mkdir()
    for name in ("vocabulary", "calendars"):
        shutil.copytree(POLICIES / "bad" / name, tmp_path / "policies" / name)
    shutil.copyfile(POLICIES / "good" / "sample.yaml", tmp_path / "policies" / "sample.yaml")
    policy, faults = read_policy(tmp_path / "policies" / "sample.yaml")
    assert policy is not None, faults
    return policy
