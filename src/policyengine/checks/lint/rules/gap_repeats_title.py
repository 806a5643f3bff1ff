"""A gap that does not say what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policyengine.checks.lint.source import Found, LintSource

CODE = "PE734"


def check(source: LintSource) -> Iterator[Found]:
    """Yield the gaps whose `missing` is their title, in either language."""
    for placed in source.gaps:
        if any(node.missing.zh == node.title.zh or node.missing.en == node.title.en for node in placed.nodes):
            yield source.found(CODE, placed.name, (*placed.path, "missing"), gap=placed.name)
