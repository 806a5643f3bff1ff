"""A role that owes nothing, is told nothing, and decides nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policyengine.checks.lint.mentions import mentioned

if TYPE_CHECKING:
    from policyengine.checks.lint.source import Found, LintSource

CODE = "PE721"


def check(source: LintSource) -> Iterator[Found]:
    """Yield the policy's own roles that nothing names; one that the text only defines is there for its definition."""
    header = source.policy.header
    used = mentioned(source, "tables", "provisions", "gaps")
    defining = {name for name, clause in header.source.clauses.items() if clause.disposition == "definition"}
    for role, declared in header.roles.items():
        if role not in used and declared.clause not in defining:
            yield source.found(CODE, role, ("roles", role), key=True, role=role)
