"""What the marks of a picture mean: only those that it has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from policyengine.report.svg import SMALL, Box, Ink, Point, Shape, line, text, text_width
from policyengine.report.timeline import words as say
from policyengine.report.timeline.bars import HEIGHT, act, allowed, cell, deadline, going_on, overrun
from policyengine.report.timeline.values import Mark

if TYPE_CHECKING:
    from policyengine.report.timeline.values import Lane, Stretch
    from policyengine.wording import Lang, Wording

    Sample = Callable[[float, float], Iterable[Shape]]

ROW = 24
_SAMPLE, _SIGN = 26, 12
_GAP = 22


def legend(lanes: Iterable[Lane], lang: Lang, *, at: Point, width: float) -> tuple[tuple[Shape, ...], float]:
    """Return the legend of *lanes*, its upper left corner *at*, and its height.

    Args:
        lanes: what is drawn.
        lang: the language.
        at: where it begins.
        width: how wide its rows may be.
    """
    x, middle, shapes = at.x, at.y + ROW / 2, []
    for wording, drawn, sample in _entries(tuple(lanes)):
        word = wording.within(lang)
        wide = drawn + 8 + text_width(word, SMALL)
        if x > at.x and x + wide > at.x + width:
            x, middle = at.x, middle + ROW
        shapes += [*sample(x, middle), text(Point(x + drawn + 8, middle + 4), word, ink=Ink.QUIET, size=SMALL)]
        x += wide + _GAP
    return tuple(shapes), middle + ROW / 2 - at.y if shapes else 0


def _entries(lanes: tuple[Lane, ...]) -> Iterator[tuple[Wording, int, Sample]]:
    """Yield what is told, how wide its sample is, and the sample."""
    stretches = [stretch for each in lanes if not each.folded for stretch in each.stretches]
    yield from _limits(stretches)
    yield from _marks(stretches)
    folded = {stretch.mark for each in lanes if each.folded for stretch in each.stretches}
    for mark in (each for each in Mark if each in folded):
        yield say.A_PERIOD[mark], _SIGN, partial(_cell, mark)


def _limits(stretches: Sequence[Stretch]) -> Iterator[tuple[Wording, int, Sample]]:
    marks = {each.mark for each in stretches if each.due is not None}
    if marks - {Mark.UNDETERMINED, Mark.OVER}:
        mark = Mark.KEPT if marks <= {Mark.KEPT, Mark.UNDETERMINED, Mark.OVER} else Mark.RUNNING
        yield say.ALLOWED, _SAMPLE, lambda x, y: (allowed(_bar(x, y), mark),)
        yield say.END, _SIGN, lambda x, y: (deadline(Point(x + _SIGN / 2, y), Ink.PLAIN),)
    if any(each.provisional for each in stretches):
        yield say.PROVISIONAL_END, _SIGN, lambda x, y: (deadline(Point(x + _SIGN / 2, y), Ink.PLAIN, dashed=True),)
    if Mark.LATE in marks:
        yield say.IS_LATE, _SAMPLE, lambda x, y: overrun(_bar(x, y), Ink.BAD)
    if Mark.DEPARTED in marks:
        yield say.IS_DEPARTED, _SAMPLE, lambda x, y: overrun(_bar(x, y), Ink.WARN)


def _marks(stretches: Sequence[Stretch]) -> Iterator[tuple[Wording, int, Sample]]:
    marks, acts = {each.mark for each in stretches}, {each.mark for each in stretches if each.acts}
    if acts & {Mark.KEPT, Mark.DONE}:
        yield say.ACT, _SIGN, lambda x, y: act(Point(x + _SIGN / 2, y), Mark.KEPT)
    if Mark.BREACHED in acts:
        yield say.IS_BREACH, _SIGN, lambda x, y: act(Point(x + _SIGN / 2, y), Mark.BREACHED)
    if Mark.WAITED_FOR in marks:
        yield say.WITHOUT_END, _SAMPLE, lambda x, y: _endless(x, y, Ink.ACCENT)
    if Mark.UNDETERMINED in marks:
        with_limit = any(each.due is not None for each in stretches if each.mark is Mark.UNDETERMINED)
        yield say.FACT_MISSING, _SAMPLE, _open_bar if with_limit else _open_line
    if Mark.OVER in marks:
        yield say.IS_OVER, _SAMPLE, lambda x, y: (allowed(_bar(x, y), Mark.OVER),)


def _open_bar(x: float, middle: float) -> tuple[Shape, ...]:
    return (allowed(_bar(x, middle), Mark.UNDETERMINED),)


def _open_line(x: float, middle: float) -> tuple[Shape, ...]:
    return _endless(x, middle, Ink.OPEN)


def _cell(mark: Mark, x: float, middle: float) -> tuple[Shape, ...]:
    return (cell(Box(x, middle - HEIGHT / 2, _SIGN, HEIGHT), mark),)


def _bar(x: float, middle: float) -> Box:
    return Box(x, middle - HEIGHT / 2, _SAMPLE, HEIGHT)


def _endless(x: float, middle: float, ink: Ink) -> tuple[Shape, ...]:
    end = x + _SAMPLE - 7
    return (
        line(Point(x, middle), Point(end, middle), stroke=ink, width=2, dashed=True),
        going_on(Point(end, middle), ink),
    )
