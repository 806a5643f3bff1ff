"""What all tests share: the profiles of the property tests, and which tests coverage is measured in.

`make test PYTEST_ARGS=--hypothesis-profile=ci` runs what CI runs; CI itself is told by its environment.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, settings

from tests.support.golden import golden, pytest_addoption

if TYPE_CHECKING:
    import pytest

__all__ = ["golden", "pytest_addoption"]

settings.register_profile("dev", max_examples=50, deadline=None)
settings.register_profile("ci", max_examples=25, deadline=None, derandomize=True, database=None, print_blob=True)
settings.register_profile(
    "fuzz", max_examples=5000, deadline=None, suppress_health_check=(HealthCheck.too_slow,), print_blob=True
)
settings.load_profile("ci" if os.environ.get("CI") else "dev")

MEASURED = frozenset({"cli", "hooks", "unit"})
"""The folders whose tests are there for single modules. What only the others run counts as untested; and measuring
those, which run the same lines by the million, would take as long again as they do."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave what other folders run out of what coverage counts."""
    if not config.pluginmanager.hasplugin("pytest_cov"):
        return
    for item in items:
        if MEASURED.isdisjoint(item.path.relative_to(Path(__file__).parent).parts[:1]):
            item.add_marker("no_cover")
