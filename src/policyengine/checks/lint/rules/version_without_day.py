"""A version of the text of which nobody can tell since when it is in force."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policyengine.checks.lint.source import Found, LintSource

CODE = "PE708"


def check(source: LintSource) -> Iterator[Found]:
    """Yield the versions that neither begin on a day nor say why not."""
    for place, version in enumerate(source.policy.header.versions):
        if version.in_force.from_ is None and version.note is None:
            yield source.found(CODE, source.policy.id, ("versions", place, "in_force"), key=True)
