"""A clause whose summary names a length of time that no provision has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policyengine.checks.lint.lengths import lengths_of, named

if TYPE_CHECKING:
    from policyengine.checks.lint.source import Found, LintSource

CODE = "PE705"


def check(source: LintSource) -> Iterator[Found]:
    """Yield the clauses with a length that none of their provisions has; a gap may account for it."""
    for name, clause in source.policy.header.source.clauses.items():
        resting = source.on(name)
        if not resting or clause.gaps:
            continue
        limits = frozenset().union(*map(lengths_of, resting))
        for lang, text in (("zh", clause.says.zh), ("en", clause.says.en)):
            unmet = next((each.words for each in named(text) if each.length not in limits), None)
            if unmet is not None:
                path = ("source", "clauses", name, "says", lang)
                yield source.found(CODE, name, path, clause=name, length=unmet)
                break
