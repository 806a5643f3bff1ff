"""The loops of the columns as they stand: to compile them takes longer than all these tests."""

from __future__ import annotations

import pytest

from policyengine.engine.columns import native


@pytest.fixture(autouse=True)
def _uncompiled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(native, "installed", lambda: False)
