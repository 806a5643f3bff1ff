"""How many cells of a terminal a text takes: Chinese characters take two."""

from __future__ import annotations

import unicodedata


def cells(text: str) -> int:
    """Return the width of *text* in terminal cells.

    >>> cells("规则: a")
    7
    """
    return len(text) if text.isascii() else sum(map(_cells, text))


def _cells(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
