"""Two sentences with one digest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policyengine.checks.lint.source import Found, LintSource

CODE = "PE733"


def check(source: LintSource) -> Iterator[Found]:
    """Yield the clauses with the digest of an earlier one; headings and the like may well be repeated."""
    seen: dict[str, str] = {}
    for name, clause in source.policy.header.source.clauses.items():
        if clause.digest is None or clause.disposition is not None:
            continue
        other = seen.setdefault(clause.digest, name)
        if other != name:
            yield source.found(CODE, name, ("source", "clauses", name, "digest"), clause=name, other=other)
