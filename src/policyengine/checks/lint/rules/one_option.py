"""A reading that leaves nothing to choose."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policyengine.checks.lint.source import Found, LintSource

CODE = "PE719"


def check(source: LintSource) -> Iterator[Found]:
    """Yield the readings with one option."""
    for name, reading in source.policy.readings.items():
        if len(reading.options) == 1:
            yield source.found(CODE, name, ("readings", name), key=True, reading=name)
