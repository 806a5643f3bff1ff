"""What the picture of limits shows: for each topic the lanes of the policies, in them the limits grade by grade."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from policyengine.report import words as answer_words
from policyengine.report.comparison import picture_words as words
from policyengine.report.phrases import Phrases

if TYPE_CHECKING:
    from policyengine.analysis.comparison import Cell, Comparison, Part, Row
    from policyengine.model.deadline import Within
    from policyengine.model.provision import Provision, Strength
    from policyengine.wording import Lang, Wording

_HOURS = {
    "seconds": 1 / 3600,
    "minutes": 1 / 60,
    "hours": 1,
    "days": 24,
    "working_days": 24,
    "months": 24 * 30,
    "years": 24 * 365,
}
"""How long a unit is drawn; beyond hours that is a sketch, which the picture says."""
_EXACT = ("seconds", "minutes", "hours")


@dataclass(frozen=True, slots=True)
class Mark:
    """One limit in numbers.

    Args:
        hours: how long it is drawn.
        exact: whether that is its very length.
        length: in words.
        anchor: what it counts from, in words.
        strength: of the provision.
        partly: whether the provision applies in some of the cases only, or the limit is one of several in one.
    """

    hours: float
    exact: bool
    length: str
    anchor: str
    strength: Strength
    partly: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """What one policy says about a topic in cases of some grades: its limits, or a word where there is no number."""

    grades: tuple[str, ...]
    marks: tuple[Mark, ...]
    word: Wording | None


@dataclass(frozen=True, slots=True)
class Lane:
    """One policy in a panel."""

    policy: str
    stretches: tuple[Stretch, ...]

    @property
    def marks(self) -> tuple[Mark, ...]:
        """Return all limits."""
        return tuple(mark for each in self.stretches for mark in each.marks)


@dataclass(frozen=True, slots=True)
class Panel:
    """One topic of which a policy sets a limit in numbers; lanes only of policies that say anything of it."""

    topic: str
    lanes: tuple[Lane, ...]

    @property
    def marks(self) -> tuple[Mark, ...]:
        """Return all limits."""
        return tuple(mark for each in self.lanes for mark in each.marks)

    @property
    def longest(self) -> float:
        """Return how long the longest limit is drawn."""
        return max(each.hours for each in self.marks)

    @property
    def anchors(self) -> tuple[str, ...]:
        """Return what the limits count from, in words, each once."""
        return tuple(dict.fromkeys(each.anchor for each in self.marks))


def panels(comparison: Comparison, lang: Lang) -> tuple[Panel, ...]:
    """Return a panel for each topic in which any policy sets a limit in numbers, in the order of the rows."""
    phrases = {each.policy.id: Phrases(each.policy, lang, each.readings) for each in comparison.sides}
    found = (_panel(tuple(rows), phrases, lang) for _, rows in groupby(comparison.rows, key=lambda row: row.topic.id))
    return tuple(each for each in found if each.marks)


def _panel(rows: Sequence[Row], phrases: dict[str, Phrases], lang: Lang) -> Panel:
    lanes = (
        Lane(policy, tuple(_stretch(row, row.cells[place], told) for row in rows))
        for place, (policy, told) in enumerate(phrases.items())
    )
    speaking = (each for each in lanes if any(one.marks or one.word is not words.SILENT for one in each.stretches))
    return Panel(rows[0].topic.title.within(lang), tuple(speaking))


def _stretch(row: Row, cell: Cell, told: Phrases) -> Stretch:
    marks = tuple(dict.fromkeys(mark for part in cell.parts for mark in _marks(part, cell, told)))
    certain = [each for each in marks if not each.partly]
    # A limit that stands in all cases leaves nothing to be added by the same one in some of them.
    kept = [each for each in marks if not each.partly or not any(_same(each, one) for one in certain)]
    return Stretch(row.grades, tuple(sorted(kept, key=lambda mark: mark.hours)), None if kept else _word(cell))


def _same(one: Mark, other: Mark) -> bool:
    return (one.length, one.anchor, one.strength) == (other.length, other.anchor, other.strength)


def _marks(part: Part, cell: Cell, told: Phrases) -> Iterator[Mark]:
    for each in (*part.provisions, *part.doubtful):
        partly = not all(each in other.provisions for other in cell.parts)
        singles = () if each.deadline is None else each.deadline.singles()
        for single in singles:
            if single.within is not None:
                anchors = (single.of,) if single.of is not None else each.upon or ()
                anchor = told.listed(map(told.anchor, anchors), answer_words.OR)
                yield _mark(single.within, anchor, each, told, partly=partly or len(singles) > 1)


def _mark(within: Within, anchor: str, provision: Provision, told: Phrases, *, partly: bool) -> Mark:
    hours = sum(_HOURS[unit] * number for unit, number in within.parts())
    exact = all(unit in _EXACT for unit, _ in within.parts())
    return Mark(hours, exact, told.length(within), anchor, provision.strength, partly)


def _word(cell: Cell) -> Wording:
    """Return what is said where there is no limit in numbers."""
    provisions = [each for part in cell.parts for each in (*part.provisions, *part.doubtful)]
    gaps = [each for part in cell.parts for each in part.gaps]
    if any(each.deadline is not None and each.deadline.promptly for each in provisions):
        return words.PROMPTLY
    if provisions:
        return words.NO_LIMIT
    if any(each.refers_to is None for each in gaps):
        return words.GAP
    return words.REFERRED if gaps else words.SILENT
