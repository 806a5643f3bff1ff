"""A page as plain text: unwrapped for programs, or in lines of a given width for people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyengine.report.breaking import broken
from policyengine.report.page import Tone
from policyengine.report.visible import visible

if TYPE_CHECKING:
    from policyengine.report.page import Line, Page

_STEP = 4
_NARROW = 60
"""Below so many cells each step in is half as far, and a mark tells a line from what goes on from the one above."""
_BULLET = "- "


def plain(page: Page, *, width: int | None = None, paint: Callable[[str, Tone], str] | None = None) -> str:
    """Return *page* as text, its sections set apart by empty lines.

    Args:
        page: what is to be said.
        width: cells of a line, of which a Chinese character takes two; unless given, no line is ever broken. Ids and
            words longer than a line are broken too.
        paint: colours a piece of a line. It gets what is already broken, without its indentation.
    """
    writer = _Writer(width, paint)
    parts = [[*writer.line(page.title, Tone.STRONG, "", "  "), *writer.lines(page.lead)]]
    for each in page.sections:
        heading = () if each.heading is None else writer.line(each.heading, each.tone, "", "  ")
        parts.append([*heading, *writer.lines(each.lines)])
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


@dataclass(frozen=True, slots=True)
class _Writer:
    width: int | None
    paint: Callable[[str, Tone], str] | None

    def lines(self, lines: tuple[Line, ...], depth: int = 0) -> Iterator[str]:
        narrow = self.width is not None and self.width < _NARROW
        indent = " " * depth * (_STEP // 2 if narrow else _STEP)
        for each in lines:
            bullet = each.bullet or (narrow and depth > 0)
            yield from self.line(each.text, each.tone, indent + _BULLET * bullet, indent + " " * len(_BULLET))
            yield from self.lines(each.under, depth + 1)

    def line(self, text: str, tone: Tone, first: str, rest: str) -> Iterator[str]:
        """Yield *text* in as many lines as it takes, behind *first* and then behind *rest*."""
        for number, piece in enumerate(self._broken(visible(text), len(first), len(rest))):
            yield (rest if number else first) + (piece if self.paint is None else self.paint(piece, tone))

    def _broken(self, text: str, first: int, rest: int) -> Iterator[str]:
        if self.width is None:
            return iter((text,))
        return broken(text, max(1, self.width - first), max(1, self.width - rest))
