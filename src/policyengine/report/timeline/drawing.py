"""A timeline as a picture: events above an axis, a lane for each duty below, and what the marks mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from policyengine.report import svg, words
from policyengine.report.page import Tone
from policyengine.report.svg import SMALL, TEXT, Box, Ink, Point, Shape, Words, group, rect, text, wrapped
from policyengine.report.timeline import words as say
from policyengine.report.timeline.axis import BAND, Axis
from policyengine.report.timeline.bars import INKS, Bars
from policyengine.report.timeline.legend import legend
from policyengine.report.timeline.scale import Scale, scale
from policyengine.report.timeline.text import lead_lines

if TYPE_CHECKING:
    from policyengine.report.timeline.values import Lane, Timeline
    from policyengine.wording import Lang

_WIDTH, _EDGE = 1240, 24
_LEFT = _EDGE + 330
"""Where the axis begins; what is left of it names the duties."""
_RIGHT = _WIDTH - _EDGE - 290
"""Where the axis ends; what is right of it tells how they stand."""
_INSET = 44
"""How far the first and the last instant are from the ends of the axis: about half a date."""
_GUTTER = 14
_PAD = 11
"""What is left free above and below in each lane."""
_HEADING, _TITLE, _LINE = 36, 20, 15
_INKS = MappingProxyType({Tone.QUIET: Ink.QUIET, Tone.OPEN: Ink.OPEN, Tone.BAD: Ink.BAD, Tone.GOOD: Ink.GOOD})


class _Piece(NamedTuple):
    """A line of text with its look."""

    words: str
    ink: Ink = Ink.PLAIN
    size: float = TEXT
    bold: bool = False


def timeline_svg(timeline: Timeline, *, styled: bool = True) -> str:
    """Return *timeline* as an SVG picture, a document of its own.

    Args:
        timeline: what is drawn.
        styled: whether the theme stands in it; see :func:`policyengine.report.svg.picture`.
    """
    lang = timeline.clock.lang
    drawing = _Drawing(timeline)
    told = say.DESCRIBED.within(lang).format(title=timeline.title, as_of=timeline.as_of_words, counts=timeline.counts)
    shapes, height = drawing.shapes()
    return svg.picture(shapes, size=(_WIDTH, height), words=Words(timeline.title, told, lang), styled=styled)


@dataclass(frozen=True)
class _Drawing:
    timeline: Timeline

    def shapes(self) -> tuple[list[Shape], float]:
        """Return everything that is drawn, what is above the rest last, and how high it is."""
        head, top = _stacked(self._head(), Point(_EDGE, _EDGE), _WIDTH - 2 * _EDGE)
        marks, high = legend(self.timeline.lanes, self._lang, at=Point(_EDGE, top + 10), width=_WIDTH - 2 * _EDGE)
        base = top + 10 + high + 18 + self._axis.height
        rows, bottom = self._rows(base + BAND)
        foot, end = _stacked(self._foot(), Point(_EDGE, bottom + 18), _WIDTH - 2 * _EDGE)
        above = (*self._remark(base), *self._axis.band(base, _LEFT, _RIGHT), *self._axis.events(base))
        backs = [shape for row in rows for shape in row.back]
        bars = [shape for row in rows for shape in row.front]
        lines = (*self._axis.guides(base, bottom), *self._axis.judged(base, bottom))
        return [*head, *marks, *backs, *lines, *above, *bars, *foot], end + _EDGE

    @property
    def _lang(self) -> Lang:
        return self.timeline.clock.lang

    @cached_property
    def _scale(self) -> Scale:
        instants = [each for lane in self.timeline.lanes for each in lane.instants]
        instants += [self.timeline.as_of, *(each.at for each in self.timeline.events)]
        return scale(instants, _LEFT + _INSET, _RIGHT - _INSET)

    @cached_property
    def _axis(self) -> Axis:
        return Axis(self.timeline, self._scale, _WIDTH - _EDGE)

    # What is told in lines of text

    def _head(self) -> Iterator[_Piece]:
        yield _Piece(self.timeline.title, size=_TITLE, bold=True)
        for each in lead_lines(self.timeline):
            yield _Piece(each.text, _INKS.get(each.tone, Ink.PLAIN), bold=each.tone is Tone.STRONG)

    def _foot(self) -> Iterator[_Piece]:
        if not self.timeline.lanes:
            yield _Piece(say.NO_DUTY.within(self._lang))
        for each in self.timeline.others:
            heading = words.HEAD.within(self._lang).format(words=each.heading, n=len(each.titles))
            titles = words.SEMICOLON.within(self._lang).join(each.titles)
            told = words.COLON.within(self._lang).format(word=heading, more=titles)
            yield _Piece(told, Ink.QUIET, SMALL)

    def _remark(self, base: float) -> list[Shape]:
        """Return what is said about the scale, left of the axis at the height *base*; nothing of a single instant."""
        if len(self._scale.places) == 1:
            return []
        told = _Piece((say.TO_SCALE if self._scale.true else say.NOT_TO_SCALE).within(self._lang), Ink.QUIET, SMALL)
        return _stacked((told,), Point(_EDGE, base - _LINE), _LEFT - _EDGE - 2 * _GUTTER)[0]

    # The lanes

    def _rows(self, top: float) -> tuple[list[_Row], float]:
        """Return the lanes below the height *top*, and where they end."""
        rows, y, bars = [], top, Bars(self._scale, self.timeline.as_of, _LEFT + _INSET / 2)
        for band in self.timeline.bands:
            rows.append(_heading(band.heading, y))
            y += _HEADING
            for number, lane in enumerate(band.lanes):
                row = _row(lane, y, bars, striped=number % 2 == 0)
                rows.append(row)
                y += row.height
        return rows, y


class _Row(NamedTuple):
    """What is drawn behind the lines that go through all lanes, and what is drawn before them."""

    back: tuple[Shape, ...]
    front: tuple[Shape, ...]
    height: float


def _heading(words: str, top: float) -> _Row:
    told = text(Point(_EDGE, top + _HEADING - 10), words, size=TEXT, bold=True, ink=Ink.QUIET)
    return _Row((told,), (), _HEADING)


def _row(lane: Lane, top: float, bars: Bars, *, striped: bool) -> _Row:
    """Return a lane: whose duty it is, its time, and how it stands."""
    names, below = _stacked(_who(lane), Point(_EDGE, top + _PAD), _LEFT - _EDGE - _GUTTER, most=3)
    states, end = _stacked(_how(lane), Point(_RIGHT + _GUTTER, top + _PAD), _WIDTH - _EDGE - _RIGHT - _GUTTER, most=3)
    height = max(below, end) + _PAD - top
    ground = Box(_EDGE / 2, top, _WIDTH - _EDGE, height)
    back = (rect(ground, fill=Ink.PANEL, radius=4),) if striped else ()
    drawn = tuple(bars.lane(lane, top + height / 2))
    told = f"{lane.title}\n{lane.bearer}\n{lane.state}\n{lane.detail}"
    return _Row(back, (group((*names, *drawn, *states), title=told),), height)


def _who(lane: Lane) -> Iterator[_Piece]:
    yield _Piece(lane.title, bold=True)
    yield _Piece(" · ".join((lane.bearer, *lane.clauses)), Ink.QUIET, SMALL)


def _how(lane: Lane) -> Iterator[_Piece]:
    yield _Piece(lane.state, INKS[lane.mark], bold=True)
    yield _Piece(lane.detail, Ink.QUIET, SMALL)


def _stacked(
    pieces: Iterable[_Piece], at: Point, width: float, *, most: int | None = None
) -> tuple[list[Shape], float]:
    """Return *pieces* in lines of at most *width* below *at*, each in *most* lines, and where they end."""
    shapes, y = [], at.y
    for each in pieces:
        for line in wrapped(each.words, width, size=each.size, bold=each.bold, most=most):
            y += each.size * 1.32
            shapes.append(text(Point(at.x, y - each.size * 0.3), line, ink=each.ink, size=each.size, bold=each.bold))
    return shapes, y
