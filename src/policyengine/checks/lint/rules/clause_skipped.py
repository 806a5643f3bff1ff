"""A sentence of the text that was left out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policyengine.checks.lint.source import Found, LintSource

CODE = "PE729"


def check(source: LintSource) -> Iterator[Found]:
    """Yield the clauses before which numbers are missing."""
    split = (name.partition(":") for name in source.policy.header.source.clauses)
    numbered = sorted((prefix, int(number), f"{prefix}:{number}") for prefix, _, number in split)
    for (prefix, number, before), (other, following, after) in pairwise(numbered):
        if prefix == other and following > number + 1:
            path, between = ("source", "clauses", after), following - number - 1
            yield source.found(CODE, after, path, key=True, before=before, after=after, number=between)
