"""A limit that runs from the trigger because nothing says from what it runs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policyengine.checks.lint.limits import counted_from_trigger

if TYPE_CHECKING:
    from policyengine.checks.lint.source import Found, LintSource

CODE = "PE702"


def check(source: LintSource) -> Iterator[Found]:
    """Yield the limits without `of`."""
    for placed, _ in counted_from_trigger(source):
        yield source.found(CODE, placed.name, (*placed.path, "deadline"), key=True, provision=placed.name)
