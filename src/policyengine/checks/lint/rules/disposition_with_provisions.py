"""A sentence that is said to bind nobody, and binds somebody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policyengine.checks.lint.source import Found, LintSource

CODE = "PE730"
_WITHOUT_NORMS = frozenset({"heading", "purpose", "non_operational", "duplicate", "furniture"})


def check(source: LintSource) -> Iterator[Found]:
    """Yield the clauses with provisions whose disposition has none."""
    for name, clause in source.policy.header.source.clauses.items():
        if clause.disposition in _WITHOUT_NORMS and clause.provisions:
            path = ("source", "clauses", name, "disposition")
            first = clause.provisions[0]
            yield source.found(CODE, name, path, clause=name, disposition=clause.disposition, provision=first)
