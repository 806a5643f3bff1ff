"""Days on which the text is not in force, between two of its versions."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from policyengine.loading.lifetimes import days

if TYPE_CHECKING:
    import datetime

    from policyengine.checks.lint.source import Found, LintSource

CODE = "PE709"


def check(source: LintSource) -> Iterator[Found]:
    """Yield the versions that begin later than the one before them ends."""
    periods = sorted(_periods(source))
    for (_, end, _), (start, _, place) in pairwise(periods):
        if end < start:
            yield source.found(CODE, source.policy.id, ("versions", place, "in_force"), key=True, start=end, end=start)


def _periods(source: LintSource) -> Iterator[tuple[datetime.date, datetime.date, int]]:
    for place, version in enumerate(source.policy.header.versions):
        yield (*days(version.in_force), place)
