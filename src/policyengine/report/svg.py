"""Pictures as SVG, without a dependency: a few shapes, text whose width is known, and a theme in light and dark.

A picture is one XML document that needs nothing else: no script, no font file, no reference out of itself. It can stand
alone or in the text of an HTML page. Its colours follow the reader's system, unless `data-theme="light"` or `"dark"` on
it, or on anything around it, says otherwise; on paper they are the light ones. Programs that know no custom properties
show the light colours too. Lengths are in CSS pixels, and *y* grows downwards.

>>> shapes = [rect(Box(10, 10, 80, 20), fill=Ink.GOOD_SOFT), text(Point(14, 24), "在期限内 <ok>", ink=Ink.GOOD)]
>>> print(picture(shapes, size=(100, 40), words=Words("标题", "说明", "zh")).splitlines()[-2])
<text class="f-good" x="14" y="24" font-size="13">在期限内 &lt;ok&gt;</text>
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from policyengine.report.breaking import broken
from policyengine.report.cells import cells
from policyengine.report.visible import visible

if TYPE_CHECKING:
    from policyengine.wording import Lang

TEXT = 13
"""The usual size of text."""
SMALL = 11.5
"""The size of remarks; nothing is written smaller."""


class Ink(StrEnum):
    """What a colour means; those with `_SOFT` are for areas that text of the same meaning stands on."""

    PAPER = "paper"
    PANEL = "panel"
    """An area that sets something apart, every second row for one."""
    RULE = "rule"
    """Grid lines and borders."""
    QUIET = "quiet"
    PLAIN = "plain"
    ACCENT = "accent"
    ACCENT_SOFT = "accent-soft"
    GOOD = "good"
    GOOD_SOFT = "good-soft"
    BAD = "bad"
    BAD_SOFT = "bad-soft"
    WARN = "warn"
    """Departed from in principle, or provisional."""
    WARN_SOFT = "warn-soft"
    OPEN = "open"
    """Not settled: undetermined."""
    OPEN_SOFT = "open-soft"
    FIRST = "first"
    SECOND = "second"
    THIRD = "third"
    FOURTH = "fourth"
    FIFTH = "fifth"


SERIES = (Ink.FIRST, Ink.SECOND, Ink.THIRD, Ink.FOURTH, Ink.FIFTH)
"""Colours that only tell things apart; never the only thing that does."""

_COLOURS: Mapping[Ink, tuple[str, str]] = MappingProxyType(
    {
        Ink.PAPER: ("#ffffff", "#14171d"),
        Ink.PANEL: ("#f5f6f8", "#1b2029"),
        Ink.RULE: ("#d3d8e0", "#3a4250"),
        Ink.QUIET: ("#5a6372", "#a3adbc"),
        Ink.PLAIN: ("#1b2230", "#e8ebf0"),
        Ink.ACCENT: ("#2457a6", "#8fb8ff"),
        Ink.ACCENT_SOFT: ("#cfdff6", "#27456f"),
        Ink.GOOD: ("#1b6e45", "#82d3a7"),
        Ink.GOOD_SOFT: ("#cfead9", "#1d4a35"),
        Ink.BAD: ("#b3261e", "#ff9d94"),
        Ink.BAD_SOFT: ("#f7d3cf", "#6a2722"),
        Ink.WARN: ("#855600", "#eac074"),
        Ink.WARN_SOFT: ("#f7e4bd", "#54400f"),
        Ink.OPEN: ("#6f42ad", "#ccabf6"),
        Ink.OPEN_SOFT: ("#e5d8f5", "#443262"),
        Ink.FIRST: ("#2457a6", "#8fb8ff"),
        Ink.SECOND: ("#a84f08", "#f3a667"),
        Ink.THIRD: ("#1b6e45", "#82d3a7"),
        Ink.FOURTH: ("#97328a", "#ef9fe4"),
        Ink.FIFTH: ("#0d6b7d", "#74d0e2"),
    }
)
"""By meaning: on light and on dark."""

_FONT = (
    'system-ui,-apple-system,"Segoe UI","PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC",'
    "Roboto,Helvetica,Arial,sans-serif"
)
_ROOT = "pe-picture"
_HATCH = "pe-hatch"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Point(NamedTuple):
    """A place."""

    x: float
    y: float


class Box(NamedTuple):
    """A rectangle: its upper left corner, width and height."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Words:
    """What is said about a picture to those who do not see it.

    Args:
        title: what it is, in a few words.
        desc: what it shows, in a sentence or more.
        lang: the language of these, and of most text in the picture.
    """

    title: str
    desc: str
    lang: Lang


@dataclass(frozen=True, slots=True)
class Shape:
    """An element of a picture: its name, its attributes, and its text or the shapes in it."""

    name: str
    attributes: tuple[tuple[str, str], ...] = ()
    inner: str | tuple[Shape, ...] = ()

    def lines(self) -> Iterator[str]:
        """Yield the element as XML."""
        opening = " ".join((self.name, *(f"{name}={quoteattr(_shown(value))}" for name, value in self.attributes)))
        if isinstance(self.inner, str):
            yield f"<{opening}>{escape(_shown(self.inner))}</{self.name}>"
        elif self.inner:
            yield f"<{opening}>"
            for each in self.inner:
                yield from each.lines()
            yield f"</{self.name}>"
        else:
            yield f"<{opening}/>"


def rect(
    box: Box, *, fill: Ink | None = None, stroke: Ink | None = None, radius: float = 0, dashed: bool = False
) -> Shape:
    """Return a rectangle."""
    place = (("x", box.x), ("y", box.y), ("width", box.width), ("height", box.height))
    rounded = (("rx", radius),) if radius else ()
    return Shape("rect", (*_drawn(fill, stroke, dashed=dashed), *_numbers((*place, *rounded))))


def hatched(box: Box, ink: Ink) -> Shape:
    """Return a rectangle with slanting lines, which tell it apart without colours."""
    place = (("x", box.x), ("y", box.y), ("width", box.width), ("height", box.height))
    return Shape("rect", (("fill", f"url(#{_HATCH}-{ink})"), *_numbers(place)))


def line(start: Point, end: Point, *, stroke: Ink = Ink.RULE, width: float = 1, dashed: bool = False) -> Shape:
    """Return a straight line."""
    place = (("x1", start.x), ("y1", start.y), ("x2", end.x), ("y2", end.y))
    thick = (("stroke-width", width),) if width != 1 else ()
    return Shape("line", (*_drawn(None, stroke, dashed=dashed), *_numbers((*place, *thick))))


def outline(
    points: Iterable[Point], *, fill: Ink | None = None, stroke: Ink | None = None, closed: bool = True
) -> Shape:
    """Return straight lines from point to point, back to the first one where it is *closed*."""
    place = " ".join(f"{_number(each.x)},{_number(each.y)}" for each in points)
    return Shape("polygon" if closed else "polyline", (*_drawn(fill, stroke), ("points", place)))


def circle(centre: Point, radius: float, *, fill: Ink | None = None, stroke: Ink | None = None) -> Shape:
    """Return a circle."""
    return Shape("circle", (*_drawn(fill, stroke), *_numbers((("cx", centre.x), ("cy", centre.y), ("r", radius)))))


def text(
    at: Point,
    words: str,
    *,
    ink: Ink = Ink.PLAIN,
    size: float = TEXT,
    bold: bool = False,
    anchor: Literal["start", "middle", "end"] = "start",
) -> Shape:
    """Return one line of text, whatever is in it; *at* is on its base line, at the end that *anchor* names."""
    more = ((("font-weight", "600"),) if bold else ()) + ((("text-anchor", anchor),) if anchor != "start" else ())
    place = _numbers((("x", at.x), ("y", at.y), ("font-size", size)))
    return Shape("text", (("class", f"f-{ink}"), *place, *more), words)


def group(shapes: Iterable[Shape], *, title: str | None = None) -> Shape:
    """Return *shapes* as one; *title* is shown where somebody points at them."""
    told = () if title is None else (Shape("title", inner=title),)
    return Shape("g", inner=(*told, *shapes))


def picture(shapes: Iterable[Shape], *, size: tuple[float, float], words: Words, styled: bool = True) -> str:
    """Return a whole picture as XML, the theme and the hatching with it.

    Args:
        shapes: what is drawn, the last on top; the paper is drawn first.
        size: width and height.
        words: what is said to those who do not see it.
        styled: whether the theme stands in the picture; a page with several of them holds :func:`theme` once instead.
    """
    width, height = (_number(each) for each in size)
    shapes = tuple(shapes)
    style = (Shape("style", inner=theme()),) if styled else ()
    paper = rect(Box(0, 0, *size), fill=Ink.PAPER)
    told = (Shape("title", inner=words.title), Shape("desc", inner=words.desc))
    root = Shape(
        "svg",
        (
            ("xmlns", "http://www.w3.org/2000/svg"),
            ("class", _ROOT),
            ("viewBox", f"0 0 {width} {height}"),
            *(("width", width), ("height", height)),
            ("role", "img"),
            *(("lang", words.lang), ("xml:lang", words.lang)),
        ),
        (*told, *style, *_patterns(shapes), paper, *shapes),
    )
    return "\n".join(root.lines()) + "\n"


def theme() -> str:
    """Return the style sheet of pictures; everything in it concerns them alone."""
    light, dark = (";".join(f"--{ink}:{both[place]}" for ink, both in _COLOURS.items()) for place in (0, 1))
    fills = (f".{_ROOT} .f-{ink}{{fill:{both[0]};fill:var(--{ink})}}" for ink, both in _COLOURS.items())
    strokes = (f".{_ROOT} .s-{ink}{{stroke:{both[0]};stroke:var(--{ink})}}" for ink, both in _COLOURS.items())
    return "\n".join(
        (
            f".{_ROOT}{{font-family:{_FONT};font-variant-numeric:tabular-nums;max-width:100%;height:auto;{light}}}",
            f"@media (prefers-color-scheme:dark){{.{_ROOT}{{{dark}}}}}",
            f"[data-theme=light] .{_ROOT},.{_ROOT}[data-theme=light]{{{light}}}",
            f"[data-theme=dark] .{_ROOT},.{_ROOT}[data-theme=dark]{{{dark}}}",
            f"@media print{{.{_ROOT}.{_ROOT}.{_ROOT}{{{light};print-color-adjust:exact}}}}",
            f".{_ROOT} text{{white-space:pre}}",
            *fills,
            *strokes,
        )
    )


def text_width(words: str, size: float = TEXT, *, bold: bool = False) -> float:
    """Return about how wide *words* are, rather more than less: no font is at hand to measure them by."""
    width = sum(map(_ems, words)) * size
    return width * _BOLD if bold else width


def wrapped(words: str, width: float, *, size: float = TEXT, bold: bool = False, most: int | None = None) -> list[str]:
    """Return *words* in lines of at most *width*; of more than *most* lines the last one ends with `…`."""
    shown = visible(words)
    taken = text_width(shown, size, bold=bold)
    if taken <= width:
        return [shown]
    room = max(_LEAST, int(width * cells(shown) / taken))
    lines = list(broken(shown, room, room))
    while room > _LEAST and any(text_width(each, size, bold=bold) > width for each in lines):
        room -= 1
        lines = list(broken(shown, room, room))
    if most is not None and len(lines) > most:
        lines = [*lines[: most - 1], _cut(lines[most - 1], width, size, bold=bold)]
    return lines


def clipped(words: str, width: float, *, size: float = TEXT, bold: bool = False) -> str:
    """Return *words* in one line of at most *width*; what does not fit gives way to `…`."""
    shown = visible(words)
    return shown if text_width(shown, size, bold=bold) <= width else _cut(shown, width, size, bold=bold)


_LEAST = 8
"""Cells: no line is made shorter than that."""
_BOLD = 1.12
_NARROW, _WIDE = frozenset(" .,:;|!'`()[]{}ijlftrI/\\-"), frozenset("mwMW@%")
_ELLIPSIS = "…"


def _ems(character: str) -> float:
    taken = cells(character)
    if taken != 1:
        return taken / 2
    if character in _NARROW:
        return 0.36
    if character in _WIDE or not character.isascii():
        return 0.95
    return 0.7 if character.isupper() else 0.59


def _cut(words: str, width: float, size: float, *, bold: bool) -> str:
    while words and text_width(words + _ELLIPSIS, size, bold=bold) > width:
        words = words[:-1]
    return words.rstrip() + _ELLIPSIS


def _shown(words: str) -> str:
    return _NOT_XML.sub("\ufffd", words)


def _drawn(fill: Ink | None, stroke: Ink | None, *, dashed: bool = False) -> tuple[tuple[str, str], ...]:
    names = [f"f-{fill}"] if fill is not None else []
    names += [f"s-{stroke}"] if stroke is not None else []
    hollow = (("fill", "none"),) if fill is None else ()
    return (("class", " ".join(names)), *hollow, *((("stroke-dasharray", "4 3"),) if dashed else ()))


def _numbers(named: Iterable[tuple[str, float]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, _number(value)) for name, value in named)


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _patterns(shapes: tuple[Shape, ...]) -> Iterator[Shape]:
    """Yield the hatching that *shapes* ask for."""
    wanted = dict.fromkeys(ink for each in shapes for ink in _hatching(each))
    if wanted:
        yield Shape("defs", inner=tuple(map(_pattern, wanted)))


def _hatching(shape: Shape) -> Iterator[Ink]:
    for name, value in shape.attributes:
        if name == "fill" and value.startswith(f"url(#{_HATCH}-"):
            yield Ink(value.removeprefix(f"url(#{_HATCH}-").removesuffix(")"))
    for each in shape.inner if isinstance(shape.inner, tuple) else ():
        yield from _hatching(each)


def _pattern(ink: Ink) -> Shape:
    size = (("width", "6"), ("height", "6"), ("patternUnits", "userSpaceOnUse"), ("patternTransform", "rotate(45)"))
    stripe = line(Point(0, 0), Point(0, 6), stroke=ink, width=2.4)
    return Shape("pattern", (("id", f"{_HATCH}-{ink}"), *size), (stripe,))
