"""A limit that several events may start, without a word on which of them is meant."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policyengine.checks.lint.limits import counted_from_trigger, shown_triggers

if TYPE_CHECKING:
    from policyengine.checks.lint.source import Found, LintSource

CODE = "PE701"


def check(source: LintSource) -> Iterator[Found]:
    """Yield the limits that run from whichever of several triggers comes first; each of a list is no such doubt."""
    for placed, node in counted_from_trigger(source):
        upon = node.upon or ()
        if len(upon) > 1 and node.each is None and not source.reads((*placed.path, "upon")):
            yield source.found(
                CODE,
                placed.name,
                (*placed.path, "deadline"),
                key=True,
                provision=placed.name,
                events=shown_triggers(upon),
            )
