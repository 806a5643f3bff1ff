"""The head of a picture: events in steps above the axis, the axis with its dates, and the instant asked about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from policyengine.report.moments import duration
from policyengine.report.svg import SMALL, Box, Ink, Point, Shape, circle, clipped, group, line, rect, text, text_width
from policyengine.report.timeline import words as say
from policyengine.report.timeline.labels import Spread, fitting, steps
from policyengine.report.timeline.table import day_and_time

if TYPE_CHECKING:
    from policyengine.report.timeline.scale import Scale
    from policyengine.report.timeline.values import Happened, Timeline
    from policyengine.temporal.instant import Instant

STEP = 21
"""How much higher one label of an event stands than the next."""
BAND = 74
"""The height of the axis with its dates and the instant asked about."""
_PAD = 8
_TAG = 20


@dataclass(frozen=True)
class Axis:
    """Draws what is above the lanes.

    Args:
        timeline: what is drawn.
        scale: where its instants are.
        right: how far labels of events may reach.
    """

    timeline: Timeline
    scale: Scale
    right: float

    @property
    def height(self) -> float:
        """Return how high the steps of events are."""
        return STEP * (1 + max(self._levels, default=-1))

    @cached_property
    def _labels(self) -> list[tuple[Happened, float, str]]:
        """Every event with its place and what its label says."""
        found, last = [], ""
        for each in self.timeline.events:
            x, (day, time) = self.scale.at(each.at), self._told(self.timeline.clock.show(each.at))
            when = time if day == last else f"{day} {time}"
            room, label = self.right - x - 2 * _PAD, f"{when}  {each.title}"
            if text_width(label) > room:
                label = clipped(f"{when}  {each.short}", room)
            found.append((each, x, label))
            last = day
        return found

    @cached_property
    def _levels(self) -> list[int]:
        return steps([Spread(x, x + text_width(label) + 2 * _PAD) for _, x, label in self._labels])

    def events(self, base: float) -> Iterator[Shape]:
        """Yield the labels of events, the lowest right above the height *base*, where their lines end."""
        placed = list(zip(self._labels, self._levels, strict=True))
        for (event, x, _), level in placed:
            stroke = Ink.QUIET if event.seen else Ink.RULE
            yield line(Point(x, base - STEP * level - STEP + 6), Point(x, base), stroke=stroke)
        for (event, x, label), level in placed:
            at = Point(x + _PAD, base - STEP * level - 6)
            told = (event.title, *(each.words for each in event.remarks))
            ink = Ink.PLAIN if event.seen else Ink.QUIET
            yield group((text(at, label, ink=ink),), title="\n".join(told))

    def band(self, base: float, left: float, end: float) -> Iterator[Shape]:
        """Yield the axis at the height *base*, from *left* to *end*, with a dot for each event."""
        yield line(Point(left, base), Point(end, base), stroke=Ink.PLAIN, width=1.5)
        for event, x, _ in self._labels:
            yield circle(Point(x, base), 4.5, fill=Ink.PLAIN if event.seen else Ink.PAPER, stroke=Ink.PLAIN)
        dated = self._dated()
        for (one, start), (other, stop) in pairwise(dated):
            yield from self._between(
                other.micros - one.micros, Spread(self.scale.at(one), self.scale.at(other)), base, (start, stop)
            )
        for instant, shown in dated:
            yield from self._date(instant, shown, base)

    def judged(self, base: float, bottom: float) -> Iterator[Shape]:
        """Yield the tag of the instant asked about, under the axis at *base*, and its line down to *bottom*."""
        x, word = self.scale.at(self.timeline.as_of), say.NOW.within(self.timeline.clock.lang)
        wide = text_width(word, SMALL, bold=True) + 2 * _PAD
        top = base + BAND - _TAG - 4
        yield line(Point(x, top), Point(x, bottom), stroke=Ink.ACCENT, width=1.5)
        yield rect(Box(x - wide / 2, top, wide, _TAG), fill=Ink.ACCENT, radius=4)
        yield text(Point(x, top + 14), word, ink=Ink.PAPER, size=SMALL, bold=True, anchor="middle")

    def guides(self, base: float, bottom: float) -> Iterator[Shape]:
        """Yield faint lines down from the events and the other dates on the axis."""
        places = {self.scale.at(each.at) for each in self.timeline.events}
        for x in sorted(places):
            yield line(Point(x, base + BAND), Point(x, bottom), stroke=Ink.RULE)

    def _dated(self) -> list[tuple[Instant, tuple[str, str]]]:
        """Return the instants that have room for a date, in order of time, each with its day and time."""
        shown = self._shown()
        ordered = sorted(shown)
        wanted = dict.fromkeys(
            (self.timeline.as_of, *ordered[:1], *ordered[-1:], *(each.at for each in self.timeline.limits), *ordered)
        )
        spreads = [self._spread(self.scale.at(each), shown[each]) for each in wanted]
        kept = fitting(spreads)
        return sorted((each, shown[each]) for each in (tuple(wanted)[place] for place in kept))

    def _shown(self) -> dict[Instant, tuple[str, str]]:
        clock = self.timeline.clock
        found = {each.at: self._told(each.ends) for each in self.timeline.limits}
        for at in (self.timeline.as_of, *(each.at for each in self.timeline.events)):
            found[at] = self._told(clock.show(at))
        return found

    def _told(self, shown: str) -> tuple[str, str]:
        """Return day and time of an instant as a clock shows it, without the year of the instant asked about."""
        day, time = day_and_time(shown)
        year = self.timeline.clock.zone.local(self.timeline.as_of).year
        return day.replace(f"{year:04}-", "", 1), time

    @staticmethod
    def _spread(x: float, shown: tuple[str, str]) -> Spread:
        half = max(text_width(shown[0], SMALL), text_width(shown[1], SMALL, bold=True)) / 2 + 5
        return Spread(x - half, x + half)

    def _date(self, instant: Instant, shown: tuple[str, str], base: float) -> Iterator[Shape]:
        x, (day, time) = self.scale.at(instant), shown
        ink = Ink.ACCENT if instant == self.timeline.as_of else Ink.PLAIN
        yield line(Point(x, base), Point(x, base + 7), stroke=ink, width=1.5)
        yield text(Point(x, base + 20), time, ink=ink, size=SMALL, bold=True, anchor="middle")
        yield text(Point(x, base + 34), day, ink=Ink.QUIET, size=SMALL, anchor="middle")

    def _between(
        self, micros: int, spread: Spread, base: float, shown: tuple[tuple[str, str], tuple[str, str]]
    ) -> Iterator[Shape]:
        """Yield how long it really is from one date to the next, where there is room."""
        words = duration(micros, self.timeline.clock.lang)
        middle, wide = (spread.left + spread.right) / 2, text_width(words, SMALL)
        times = [text_width(each[1], SMALL, bold=True) / 2 for each in shown]
        if spread.right - spread.left > wide + sum(times) + 3 * _PAD:
            yield text(Point(middle, base + 20), words, ink=Ink.QUIET, size=SMALL, anchor="middle")
