"""What all tests share: the profiles of the property tests.

`make test PYTEST_ARGS=--hypothesis-profile=ci` runs what CI runs; CI itself is told by its environment.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

from tests.support.golden import golden, pytest_addoption

__all__ = ["golden", "pytest_addoption"]

settings.register_profile("dev", max_examples=50, deadline=None)
settings.register_profile("ci", max_examples=25, deadline=None, derandomize=True, database=None, print_blob=True)
settings.register_profile(
    "fuzz", max_examples=5000, deadline=None, suppress_health_check=(HealthCheck.too_slow,), print_blob=True
)
settings.load_profile("ci" if os.environ.get("CI") else "dev")
