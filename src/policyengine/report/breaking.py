"""Lines broken to a width: between words in Latin script, between characters in Chinese.

No line begins with a closing mark such as `，` or `）`, and none ends with an opening one such as `（`. Ids, numbers
and moments stay in one piece wherever a line has room for them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from policyengine.report.cells import cells

_OPENING = frozenset({"Ps", "Pi"})
_CLOSING = frozenset({"Pe", "Pf"})
_STOPS = frozenset("，。；：、！？…—～·％‰℃,.;:!?%")
_TOGETHER = re.compile(
    r"(?:[A-Z][a-z]{2} )?\d{4}-\d{2}-\d{2}(?: [\u4e00-\u9fff]{2})?(?: \d{2}:\d{2})?"  # moments in both languages
    r"|\d+ \w",  # a number and its unit
)
_SMALLER = (re.compile(r"[^ ]* +|[^ ]+"), re.compile(r"[^-_=/.:]*[-_=/.:]+|[^-_=/.:]+"))


def broken(text: str, first: int, rest: int) -> Iterator[str]:
    """Yield *text* in lines of at most *first* cells for the first, and *rest* for the others.

    >>> list(broken("24小时内举行新闻发布会（press-conference），逾期", 24, 22))
    ['24小时内举行新闻发布会', '（press-conference），', '逾期']
    """
    if cells(text) <= first:
        yield text
        return
    line, taken, room = "", 0, first
    for piece in (each for unit in _units(text) for each in _fitting(unit, min(first, rest))):
        if line and taken + cells(piece.rstrip(" ")) > room:
            yield line.rstrip(" ")
            line, taken, room = "", 0, rest
        line += piece
        taken += cells(piece)
    yield line.rstrip(" ")


def _units(text: str) -> Iterator[str]:
    """Yield what a line is not to be broken within, with the spaces behind it."""
    glued = {place for found in _TOGETHER.finditer(text) for place in range(found.start() + 1, found.end())}
    start = 0
    for place in range(1, len(text)):
        if place not in glued and _may_part(text[place - 1], text[place]):
            yield text[start:place]
            start = place
    yield text[start:]


def _may_part(before: str, after: str) -> bool:
    """Return whether a line may end with *before* and the next begin with *after*."""
    if after == " " or after in _STOPS or unicodedata.category(after) in _CLOSING:
        return False
    if before == " ":
        return True
    if unicodedata.category(before) in _OPENING or not cells(after):
        return False
    counted = before.isdigit() and after.isalpha()  # a number and its unit
    return (cells(before) > 1 or cells(after) > 1) and not counted


def _fitting(unit: str, width: int) -> Iterator[str]:
    """Yield *unit*, or its parts if it is wider than *width*."""
    parts = [unit] if cells(unit.rstrip(" ")) <= width else _parts(unit)
    if len(parts) == 1:
        yield unit
        return
    for part in parts:
        yield from _fitting(part, width)


def _parts(unit: str) -> list[str]:
    """Return the words of *unit*; of a word the parts of the id that it is; at last its characters."""
    for smaller in _SMALLER:
        found = smaller.findall(unit)
        if len(found) > 1:
            return found
    starts = [place for place, character in enumerate(unit) if place and cells(character)]
    return [unit[start:end] for start, end in pairwise((0, *starts, len(unit)))]
