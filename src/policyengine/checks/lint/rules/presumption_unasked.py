"""A presumption about what nobody asks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policyengine.checks.lint.conditions import facts_asked

if TYPE_CHECKING:
    from policyengine.checks.lint.source import Found, LintSource

CODE = "PE724"


def check(source: LintSource) -> Iterator[Found]:
    """Yield the presumed facts that no condition asks about."""
    asked = facts_asked(source)
    for fact in source.policy.header.presume:
        if fact not in asked:
            yield source.found(CODE, fact, ("presume", fact), key=True, fact=fact)
