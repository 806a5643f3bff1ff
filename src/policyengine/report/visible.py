"""What a text has in it that a terminal would obey rather than show, such as colours or the direction of writing."""

from __future__ import annotations

import unicodedata

_OBEYED = frozenset({"Cc", "Cs"})
_TURNING = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})


def visible(text: str) -> str:
    r"""Return *text* in one line, with control characters and changes of direction as escapes.

    >>> visible("a\x1b[31mb\r\nc")
    'a\\x1b[31mb c'
    """
    if text.isprintable():
        return text
    return "".join(map(_shown, " ".join(text.split())))


def _shown(character: str) -> str:
    hidden = unicodedata.category(character) in _OBEYED or unicodedata.bidirectional(character) in _TURNING
    return character.encode("unicode_escape").decode("ascii") if hidden else character
