"""A norm without the word that makes it one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policyengine.checks.lint.source import Found, LintSource

CODE = "PE728"


def check(source: LintSource) -> Iterator[Found]:
    """Yield the provisions that quote nothing under some reading."""
    for placed in source.provisions:
        node = next((each for each in placed.nodes if each.wording is None), None)
        if node is not None:
            path = (*placed.path, node.strength.value)
            yield source.found(CODE, placed.name, path, key=True, provision=placed.name, strength=node.strength)
