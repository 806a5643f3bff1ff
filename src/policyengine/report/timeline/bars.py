"""The time of a duty as shapes: what was allowed, what was done, what was late."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from types import MappingProxyType
from typing import TYPE_CHECKING

from policyengine.report.svg import Box, Ink, Point, Shape, circle, hatched, line, outline, rect
from policyengine.report.timeline.labels import Spread
from policyengine.report.timeline.values import FAULTS, Lane, Mark, Stretch

if TYPE_CHECKING:
    from policyengine.report.timeline.scale import Scale
    from policyengine.temporal.instant import Instant

HEIGHT = 12
_LEAST, _BETWEEN = 3, 1
_TICK = 20
_DOT = 5.5

INKS: Mapping[Mark, Ink] = MappingProxyType(
    {
        **dict.fromkeys((Mark.KEPT, Mark.DONE), Ink.GOOD),
        **dict.fromkeys((Mark.LATE, Mark.BREACHED), Ink.BAD),
        Mark.DEPARTED: Ink.WARN,
        **dict.fromkeys((Mark.RUNNING, Mark.WAITED_FOR), Ink.ACCENT),
        Mark.UNDETERMINED: Ink.OPEN,
        Mark.OVER: Ink.QUIET,
    }
)
"""The colour of each mark; a word always says the same."""


def soft(ink: Ink) -> Ink:
    """Return the colour for areas of the same meaning."""
    return Ink.PANEL if ink is Ink.QUIET else Ink(f"{ink}-soft")


@dataclass(frozen=True, slots=True)
class Bars:
    """Draws stretches on a scale.

    Args:
        scale: the axis.
        as_of: the instant asked about.
        first: where what began before everything else begins.
    """

    scale: Scale
    as_of: Instant
    first: float

    def lane(self, lane: Lane, middle: float) -> Iterator[Shape]:
        """Yield the shapes of *lane* around the height *middle*."""
        return self.periods(lane.stretches, middle) if lane.folded else self.stretch(lane.stretches[0], middle)

    def stretch(self, stretch: Stretch, middle: float) -> Iterator[Shape]:
        """Yield the shapes of *stretch* around the height *middle*."""
        yield from self._time(stretch, middle)
        yield from self._late(stretch, middle)
        if stretch.due is not None:
            yield deadline(Point(self.scale.at(stretch.due), middle), INKS[stretch.mark], dashed=stretch.provisional)
        for each in stretch.acts:
            yield from act(Point(self.scale.at(each), middle), stretch.mark)

    def periods(self, stretches: Iterable[Stretch], middle: float) -> Iterator[Shape]:
        """Yield the many periods that share a lane, as cells in the colours of their marks.

        Neighbours of one mark that are too narrow to be told apart are one cell.
        """
        placed = ((each.mark, self._spread(each)) for each in stretches)
        for (mark, narrow), cells in groupby(
            placed, key=lambda each: (each[0], each[1].right - each[1].left <= _LEAST)
        ):
            spreads = [spread for _, spread in cells]
            for left, right in [(spreads[0].left, spreads[-1].right)] if narrow else spreads:
                gap = 0 if narrow else _BETWEEN
                yield cell(Box(left, middle - HEIGHT / 2, right - left - gap, HEIGHT), mark)

    def _spread(self, stretch: Stretch) -> Spread:
        start = stretch.until if stretch.start is None else stretch.start
        return Spread(self.scale.at(start), self.scale.at(max(start, stretch.due or stretch.until)))

    def _time(self, stretch: Stretch, middle: float) -> Iterator[Shape]:
        """Yield the time that is allowed; without a number the time that it took, or has taken so far."""
        left = self.first if stretch.start is None else self.scale.at(stretch.start)
        ink = INKS[stretch.mark]
        if stretch.due is not None:
            box = _box(left, self.scale.at(stretch.due), middle)
            yield allowed(box, stretch.mark)
        elif stretch.mark is Mark.UNDETERMINED or stretch.start is not None:
            right = self.scale.at(stretch.until)
            yield line(Point(left, middle), Point(max(right, left + _LEAST), middle), stroke=ink, width=2, dashed=True)
            if stretch.goes_on:
                yield going_on(Point(max(right, left + _LEAST), middle), ink)

    def _late(self, stretch: Stretch, middle: float) -> Iterator[Shape]:
        if stretch.due is None or stretch.mark not in FAULTS or stretch.until <= stretch.due:
            return
        ink, right = INKS[stretch.mark], self.scale.at(stretch.until)
        yield from overrun(_box(self.scale.at(stretch.due), right, middle), ink)
        if stretch.goes_on:
            yield going_on(Point(right, middle), ink)


def allowed(box: Box, mark: Mark) -> Shape:
    """Return the time within a limit."""
    if mark is Mark.UNDETERMINED:
        return rect(box, fill=Ink.OPEN_SOFT, stroke=Ink.OPEN, radius=2, dashed=True)
    if mark is Mark.OVER:
        return rect(box, fill=Ink.PANEL, stroke=Ink.RULE, radius=2)
    return rect(box, fill=Ink.GOOD_SOFT if mark is Mark.KEPT else Ink.ACCENT_SOFT, radius=2)


def cell(box: Box, mark: Mark) -> Shape:
    """Return one of many periods: in full colour once it is clear how it ended."""
    pending = mark in (Mark.RUNNING, Mark.WAITED_FOR, Mark.UNDETERMINED)
    return rect(box, fill=soft(INKS[mark]) if pending else INKS[mark])


def overrun(box: Box, ink: Ink) -> tuple[Shape, ...]:
    """Return the time behind a limit."""
    return (rect(box, fill=soft(ink)), hatched(box, ink), rect(box, stroke=ink))


def deadline(at: Point, ink: Ink, *, dashed: bool = False) -> Shape:
    """Return the end of a limit."""
    top, bottom = Point(at.x, at.y - _TICK / 2), Point(at.x, at.y + _TICK / 2)
    return line(top, bottom, stroke=ink, width=3, dashed=dashed)


def act(at: Point, mark: Mark) -> tuple[Shape, ...]:
    """Return an act: a filled circle, with a tick where all is well and a cross where it breaches a prohibition."""
    ink = INKS[mark]
    dot = circle(at, _DOT, fill=ink, stroke=Ink.PAPER)
    if mark is Mark.BREACHED:
        slants = ((-2.2, -2.2, 2.2, 2.2), (-2.2, 2.2, 2.2, -2.2))
        cross = (
            line(Point(at.x + a, at.y + b), Point(at.x + c, at.y + d), stroke=Ink.PAPER, width=1.6)
            for a, b, c, d in slants
        )
        return (dot, *cross)
    if mark in (Mark.KEPT, Mark.DONE):
        points = (Point(at.x - 2.6, at.y + 0.2), Point(at.x - 0.7, at.y + 2.1), Point(at.x + 2.7, at.y - 2))
        return (dot, outline(points, stroke=Ink.PAPER, closed=False))
    return (dot,)


def going_on(at: Point, ink: Ink) -> Shape:
    """Return an arrow head: this has not come to an end."""
    return outline((Point(at.x, at.y - 5), Point(at.x + 7, at.y), Point(at.x, at.y + 5)), fill=ink)


def _box(left: float, right: float, middle: float) -> Box:
    return Box(left, middle - HEIGHT / 2, max(right - left, _LEAST), HEIGHT)
