"""What the tests of batches share: loops that are not compiled, and one Spark."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from policyengine.engine.columns import native
from tests.support.spark import session

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyspark.sql import SparkSession


@pytest.fixture(scope="session")
def spark() -> Iterator[SparkSession]:
    """One for all tests of a process: to start it takes longer than most of them."""
    found = session()
    found.sparkContext.setLogLevel("OFF")
    yield found
    found.stop()


@pytest.fixture(autouse=True)
def _uncompiled(monkeypatch: pytest.MonkeyPatch) -> None:
    """To compile them takes longer than all these tests."""
    monkeypatch.setattr(native, "installed", lambda: False)
