"""Somebody who reports to himself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policyengine.checks.lint.source import Found, LintSource

CODE = "PE723"


def check(source: LintSource) -> Iterator[Found]:
    """Yield the provisions that are owed by a role to the same role."""
    for placed in source.provisions:
        role = next((node.to for node in placed.nodes if node.to is not None and node.to == node.bearer), None)
        if role is not None:
            yield source.found(CODE, placed.name, (*placed.path, "to"), provision=placed.name, role=role)
