"""What all tests share: the profiles of the property tests, and which tests are measured by coverage.

`make test PYTEST_ARGS=--hypothesis-profile=ci` runs what CI runs; CI itself is told by its environment.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.support.golden import golden, pytest_addoption

__all__ = ["golden", "pytest_addoption"]

settings.register_profile("dev", max_examples=50, deadline=None)
settings.register_profile("ci", max_examples=25, deadline=None, derandomize=True, database=None, print_blob=True)
settings.register_profile(
    "fuzz", max_examples=5000, deadline=None, suppress_health_check=(HealthCheck.too_slow,), print_blob=True
)
settings.load_profile("ci" if os.environ.get("CI") else "dev")

MEASURED = frozenset({"acceptance", "cli", "comparison", "differential", "examples", "hooks", "unit"})
"""The folders that coverage is measured in, but for tests that are marked as unmeasured. What only others run (the
property tests, the documented examples, commands as processes) counts as untested: they run the same lines by the
million, and measuring makes them three times as slow."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Run what is not to be measured without a trace; the pause of pytest-cov does not stop it in a worker of xdist."""
    folder = item.path.relative_to(Path(__file__).parent).parts[0]
    if folder in MEASURED and item.get_closest_marker("unmeasured") is None:
        return (yield)
    tracing = sys.gettrace()
    sys.settrace(None)
    try:
        return (yield)
    finally:
        sys.settrace(tracing)
