"""The limits of several policies as a picture: a panel for each topic, a lane for each policy, a column for each grade.

Within a panel a bar is as long as its limit: filled where the text says must, hollow where it says so in principle
only. What is said without a number has no bar. Limits that count from different events are marked apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from policyengine.model.provision import Strength
from policyengine.report import words as answer_words
from policyengine.report.comparison import picture_words as words
from policyengine.report.comparison import words as common
from policyengine.report.comparison.picture_limits import Lane, Mark, Panel, Stretch, panels
from policyengine.report.comparison.short_names import short_names
from policyengine.report.region_words import grades_words
from policyengine.report.svg import (
    SMALL,
    TEXT,
    Box,
    Ink,
    Point,
    Shape,
    Words,
    circle,
    group,
    line,
    picture,
    rect,
    text,
    text_width,
    wrapped,
)
from policyengine.report.titles import Titles

if TYPE_CHECKING:
    from policyengine.analysis.comparison import Comparison
    from policyengine.wording import Lang

_MARGIN = 16
_LABELS = 190
"""How wide the names of the policies may be."""
_ROOM = 92
"""Behind the longest bar, for its length in words."""
_WIDTH = 1120
_BAR, _STEP = 9, 19
"""How thick a bar is, and how far one lies below another of the same cell."""
_LINE = 15
"""From one line of text to the next."""
_MARKS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_PLACES = 0.01
"""Of an hour: limits no further apart share a grid line."""


def comparison_svg(comparison: Comparison, lang: Lang, *, styled: bool = True) -> str:
    """Return the limits of *comparison* as an SVG picture, with a description for those who do not see it.

    Args:
        comparison: what is drawn.
        lang: the language of all words in it.
        styled: whether the picture holds its own style sheet; a page that holds :func:`policyengine.report.svg.theme`
            itself asks for one without.
    """
    drawing = _Drawing(comparison, lang)
    shapes, height = drawing.shapes()
    return picture(shapes, size=(_WIDTH, height), words=drawing.words(), styled=styled)


@dataclass(frozen=True)
class _Drawing:
    comparison: Comparison
    lang: Lang

    @cached_property
    def titles(self) -> Titles:
        return Titles(self.comparison.sides[0].policy, self.lang)

    @cached_property
    def panels(self) -> tuple[Panel, ...]:
        return panels(self.comparison, self.lang)

    @cached_property
    def columns(self) -> tuple[tuple[str, ...], ...]:
        """The grades in as few columns as no stretch of any lane cuts through; one where there are no grades."""
        scale = self.comparison.scale
        if scale is None:
            return ((),)
        seen = {each.grades for panel in self.panels for each in panel.lanes[0].stretches}
        grades = [each.id for each in self.titles.policy.vocabulary.scales[scale]]
        asked = [each for each in grades if any(each in one for one in seen)]
        columns: dict[frozenset[tuple[str, ...]], list[str]] = {}
        for grade in asked:
            columns.setdefault(frozenset(each for each in seen if grade in each), []).append(grade)
        return tuple(map(tuple, columns.values())) or ((),)

    @property
    def column(self) -> float:
        """How wide a column is."""
        return (_WIDTH - 2 * _MARGIN - _LABELS) / len(self.columns)

    def words(self) -> Words:
        """Return title and description."""
        say = self.titles.say
        told = (say(words.PANEL, topic=each.topic, limits=self._limits(each)) for each in self.panels)
        desc = say(words.DESC, n=len(self.comparison.sides), panels=self.titles.listed(told))
        return Words(say(words.TITLE), desc if self.panels else say(words.NONE), self.lang)

    def _limits(self, panel: Panel) -> str:
        told = (
            self.titles.say(
                words.LIMIT_OF,
                policy=self.names[lane.policy],
                limits=self.titles.listed(dict.fromkeys(map(_told, lane.marks))),
            )
            for lane in panel.lanes
            if lane.marks
        )
        return self.titles.listed(told)

    def shapes(self) -> tuple[tuple[Shape, ...], float]:
        """Return everything, and how high it is."""
        if not self.panels:
            return (text(Point(_MARGIN, 34), self.titles.say(words.NONE)),), 56
        shapes: list[Shape] = []
        y: float = 10
        for each in self.panels:
            drawn, y = self._panel(each, y)
            shapes += drawn
        drawn, y = self._legend(y)
        return (*shapes, *drawn), y

    def _panel(self, panel: Panel, top: float) -> tuple[list[Shape], float]:
        say = self.titles.say
        y = top + 20
        head = [text(Point(_MARGIN, y), panel.topic, size=15, bold=True)]
        if len(panel.anchors) == 1:
            told = say(words.FROM_ONE, anchor=panel.anchors[0])
            head.append(text(Point(_WIDTH - _MARGIN, y), told, ink=Ink.QUIET, size=SMALL, anchor="end"))
        head += self._head(panel, y + 22)
        lanes: list[Shape] = []
        y += 30
        for each in panel.lanes:
            drawn, y = self._lane(panel, each, y)
            lanes += drawn
        notes, end = self._notes(panel, y)
        return [*head, *lanes, *notes], end + 18

    def _head(self, panel: Panel, y: float) -> Iterator[Shape]:
        """Yield the grades over the columns, and the rule below them."""
        scale = self.comparison.scale
        for each in panel.lanes[0].stretches if scale is not None else ():
            left, width = self._across(each)
            told = grades_words(scale or "", each.grades, self.titles) or self.titles.say(words.ALL_GRADES)
            for row, part in enumerate(wrapped(told, width - 8, size=SMALL, most=1)):
                yield text(Point(left, y + row * _LINE), part, ink=Ink.QUIET, size=SMALL)
        yield line(Point(_MARGIN, y + 7), Point(_WIDTH - _MARGIN, y + 7), stroke=Ink.QUIET)

    def _grid(self, panel: Panel, stretch: Stretch, top: float, bottom: float) -> Iterator[Shape]:
        """Yield a faint line at every length that occurs, so that equal limits are seen to be equal."""
        left, _ = self._across(stretch)
        lengths = {round(each.hours / _PLACES) for each in panel.marks} if stretch.marks else set()
        for hours in (0, *sorted(lengths)):
            x = left + self._length(panel, hours * _PLACES)
            yield line(Point(x, top), Point(x, bottom))

    def _lane(self, panel: Panel, lane: Lane, top: float) -> tuple[list[Shape], float]:
        names = wrapped(self.names[lane.policy], _LABELS - 20, size=TEXT, most=2)
        bars = max(1, *(len(each.marks) for each in lane.stretches))
        height = max(len(names) * _LINE, bars * _STEP) + 9
        middle = top + height / 2
        start = middle - (len(names) - 1) * _LINE / 2 + 4
        label = [text(Point(_MARGIN, start + row * _LINE), each) for row, each in enumerate(names)]
        shapes = [group(label, title=self._full(lane))]
        for each in lane.stretches:
            shapes += (*self._grid(panel, each, top, top + height), *self._stretch(panel, each, middle))
        shapes.append(line(Point(_MARGIN, top + height), Point(_WIDTH - _MARGIN, top + height)))
        return shapes, top + height

    def _stretch(self, panel: Panel, stretch: Stretch, middle: float) -> Iterator[Shape]:
        left, _ = self._across(stretch)
        if stretch.word is not None:
            yield from self._without_number(stretch, left, middle)
        top = middle - (len(stretch.marks) - 1) * _STEP / 2
        for row, mark in enumerate(stretch.marks):
            yield self._bar(panel, mark, Point(left, top + row * _STEP))

    def _without_number(self, stretch: Stretch, left: float, middle: float) -> Iterator[Shape]:
        if stretch.word is words.PROMPTLY:
            yield circle(Point(left + 5, middle), 3.5, fill=Ink.PAPER, stroke=Ink.PLAIN)
            left += 10
        ink = Ink.OPEN if stretch.word is words.GAP else Ink.QUIET
        if stretch.word is not None:
            yield text(Point(left + 4, middle + 4), self.titles.say(stretch.word), ink=ink, size=SMALL)

    def _bar(self, panel: Panel, mark: Mark, start: Point) -> Shape:
        """Return a bar from *start* on, which is at half its height, with its length in words behind it."""
        length = max(self._length(panel, mark.hours), 2)
        box = Box(start.x, start.y - _BAR / 2, length, _BAR)
        told = _told(mark)
        if len(panel.anchors) > 1:
            told = f"{told} {self._mark(panel.anchors.index(mark.anchor))}"
        label = text(Point(start.x + length + 6, start.y + 4), told, size=SMALL)
        binds = self.titles.say(answer_words.STRENGTH[mark.strength])
        full = self.titles.say(words.FROM_ONE, anchor=mark.anchor)
        return group([_bar(box, mark.strength), label], title=self.titles.listed((binds, mark.length, full)))

    def _notes(self, panel: Panel, y: float) -> tuple[list[Shape], float]:
        """Return what is to be said of the anchors, and of units that are drawn as a sketch only."""
        say = self.titles.say
        told: list[str] = []
        if len(panel.anchors) > 1:
            anchors = (say(words.FROM, mark=self._mark(place), anchor=each) for place, each in enumerate(panel.anchors))
            told += [self.titles.listed(anchors), say(words.APART)]
        if len({each.hours for each in panel.marks}) > 1 and not all(each.exact for each in panel.marks):
            told.append(say(words.IN_DAYS))
        silent = [name for policy, name in self.names.items() if policy not in {each.policy for each in panel.lanes}]
        if silent:
            told.append(say(words.SAY_NOTHING, names=self.titles.listed(silent, common.TOGETHER)))
        lines = [part for each in told for part in wrapped(each, _WIDTH - 2 * _MARGIN, size=SMALL)]
        shapes = [
            text(Point(_MARGIN, y + 4 + (row + 1) * _LINE), each, ink=Ink.QUIET, size=SMALL)
            for row, each in enumerate(lines)
        ]
        return shapes, y + (4 + len(lines) * _LINE if lines else 0)

    def _legend(self, top: float) -> tuple[list[Shape], float]:
        say = self.titles.say
        shapes: list[Shape] = []
        x, y = float(_MARGIN), top + 14
        for strength, wording in _LEGEND:
            sample = _bar(Box(x, y - _BAR, 22, _BAR), strength)
            shapes += [sample, text(Point(x + 28, y), say(wording), ink=Ink.QUIET, size=SMALL)]
            x += 28 + text_width(say(wording), SMALL) + 20
        shapes.append(circle(Point(x + 4, y - 4), 3.5, fill=Ink.PAPER, stroke=Ink.PLAIN))
        x += 14
        for wording in (words.LEGEND_PROMPTLY, words.LEGEND_PARTLY, words.LEGEND_SILENT, words.LEGEND_SCALE):
            told = say(wording)
            if x + text_width(told, SMALL) > _WIDTH - _MARGIN:
                x, y = float(_MARGIN), y + _LINE + 4
            shapes.append(text(Point(x, y), told, ink=Ink.QUIET, size=SMALL))
            x += text_width(told, SMALL) + 20
        return shapes, y + 16

    @cached_property
    def names(self) -> dict[str, str]:
        """Short names by policy."""
        return short_names([each.policy for each in self.comparison.sides], self.lang)

    def _full(self, lane: Lane) -> str:
        return self.titles.say(self.comparison.side(lane.policy).policy.title)

    def _mark(self, place: int) -> str:
        return _MARKS[place] if place < len(_MARKS) else f"({place + 1})"

    def _across(self, stretch: Stretch) -> tuple[float, float]:
        """Return where the columns of a stretch begin, and how wide they are together."""
        inside = [place for place, each in enumerate(self.columns) if set(each) <= set(stretch.grades)]
        return _MARGIN + _LABELS + inside[0] * self.column, len(inside) * self.column

    def _length(self, panel: Panel, hours: float) -> float:
        return hours / panel.longest * (self.column - _ROOM)


_LEGEND = (
    (Strength.MUST, words.LEGEND_MUST),
    (Strength.SHOULD, words.LEGEND_SHOULD),
    (Strength.MAY, words.LEGEND_OTHER),
)


def _bar(box: Box, strength: Strength) -> Shape:
    if strength is Strength.MUST:
        return rect(box, fill=Ink.ACCENT)
    dashed = strength is Strength.SHOULD
    return rect(box, fill=Ink.PAPER, stroke=Ink.ACCENT if dashed else Ink.QUIET, dashed=dashed)


def _told(mark: Mark) -> str:
    return mark.length + ("*" if mark.partly else "")
