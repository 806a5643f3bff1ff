"""The days on which something is in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyengine.report.regulation import words

if TYPE_CHECKING:
    from policyengine.model.provision import InForce
    from policyengine.report.titles import Titles


def in_force(titles: Titles, period: InForce) -> str:
    """Return the days of *period* in words: its first day is in force, its last bound is not (S6)."""
    start, end = period.from_, period.to
    if start is None:
        return titles.say(words.UNDATED) if end is None else titles.say(words.ENDING, end=end)
    return (
        titles.say(words.PERIOD, start=start) if end is None else titles.say(words.PERIOD_ENDING, start=start, end=end)
    )
