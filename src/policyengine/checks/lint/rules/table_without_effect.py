"""A table whose result nobody takes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policyengine.checks.lint.conditions import facts_asked
from policyengine.checks.lint.mentions import mentioned

if TYPE_CHECKING:
    from policyengine.checks.lint.source import Found, LintSource

CODE = "PE726"


def check(source: LintSource) -> Iterator[Found]:
    """Yield the tables of roles that no provision or gap names, and of facts that no condition asks about."""
    named, asked = mentioned(source, "provisions", "gaps"), facts_asked(source)
    for placed in source.tables:
        used = asked if placed.nodes[0].derives is not None else named
        if placed.name not in used:
            key = "assigns" if placed.nodes[0].derives is None else "derives"
            yield source.found(CODE, placed.name, (*placed.path, key), name=placed.name)
