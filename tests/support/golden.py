"""Recorded output: compared with what is written now, and recorded anew on `--update-golden`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[1] / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that records."""
    parser.addoption("--update-golden", action="store_true", help="record expected output anew; read the diff")


@dataclass(frozen=True)
class Golden:
    """The recorded files; `update` records."""

    update: bool

    def check(self, name: str, text: str) -> None:
        """Hold *text* against the recorded file *name*, byte for byte."""
        path = FOLDER / name
        if self.update:
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(text.encode())
        assert text == path.read_bytes().decode(), f"{path.name} differs; if that is meant: --update-golden"


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Return the recorded files."""
    return Golden(update=request.config.getoption("--update-golden", default=False))
