"""What standard output is: how wide, and whether it takes colours."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

import click

from policyengine.report.page import Tone

if TYPE_CHECKING:
    from typing import Any, TextIO

_LEAST, _MOST, _USUAL = 20, 100, 80
"""Cells. Longer lines than the second are hard to follow; the third is for what is no terminal."""
_COLUMNS = re.compile(r"0*[1-9]\d{0,3}", re.ASCII)
_STYLE: Mapping[Tone, Mapping[str, Any]] = MappingProxyType(
    {
        # Each of these is legible on light and on dark; yellow, white and the bright colours are not.
        Tone.STRONG: {"bold": True},
        Tone.BAD: {"fg": "red", "bold": True},
        Tone.OPEN: {"fg": "magenta"},
        Tone.GOOD: {"fg": "green"},
        Tone.QUIET: {"dim": True},
    }
)


def width() -> int:
    """Return how many cells a line may take: those of the terminal, else as `COLUMNS` says, else 80."""
    found = _terminal_width(sys.stdout)
    if found:
        return min(max(found, _LEAST), _MOST)
    asked = os.environ.get("COLUMNS", "")
    return max(int(asked), _LEAST) if _COLUMNS.fullmatch(asked) else _USUAL


def paint() -> Callable[[str, Tone], str] | None:
    """Return what colours a piece of a line, or ``None`` where there are to be no colours.

    There are none but on a terminal, and none there either for `TERM=dumb` or any `NO_COLOR` (no-color.org).
    """
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" or os.name == "nt"
    return None if plain or sys.stdout is None or not sys.stdout.isatty() else _painted


def _painted(text: str, tone: Tone) -> str:
    style = _STYLE.get(tone)
    return text if style is None else click.style(text, **style)


def _terminal_width(stream: TextIO | None) -> int:
    """Return how wide the terminal of *stream* says that it is; 0 if it does not, or is none."""
    if stream is None or not stream.isatty():
        return 0
    try:
        return os.get_terminal_size(stream.fileno()).columns
    except OSError:
        return 0
