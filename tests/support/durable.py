"""Whether durable-rules is at hand: an extra, built from C."""

from __future__ import annotations

import os
from importlib import import_module

import pytest


def _built() -> bool:
    try:
        import_module("durable_rules_engine")
    except ImportError:  # on Python 3.13 the module is there and cannot be loaded
        return False
    return True


REQUIRED = os.environ.get("POLICYENGINE_REQUIRE_DURABLE") == "1"
"""Set by CI, where the tests fail without the engine instead of being skipped."""

needs_durable = pytest.mark.skipif(not _built() and not REQUIRED, reason="durable: not built")
