"""What is to be said, before it is written down: headed lines, which become plain text or Markdown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """How a line strikes the eye where there are colours; the words alone always say the same."""

    PLAIN = "plain"
    STRONG = "strong"
    """What the reader looks for first: titles, limits."""
    BAD = "bad"
    """What has gone wrong: a violation, a limit that has passed."""
    OPEN = "open"
    """What is not settled: undetermined, in principle only, provisional, under another reading."""
    GOOD = "good"
    """What is done, or in order."""
    QUIET = "quiet"
    """Grounds: clauses, readings, notes."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line, however long, with the lines that belong to it.

    Args:
        text: without line ends.
        tone: how it strikes the eye.
        under: what is told about it, one step further in.
        bullet: whether it is an item of a list rather than a line of a paragraph.
    """

    text: str
    tone: Tone = Tone.PLAIN
    under: tuple[Line, ...] = ()
    bullet: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under a heading; without one they stand on their own, set apart from what was said before."""

    heading: str | None
    lines: tuple[Line, ...]
    tone: Tone = Tone.STRONG


@dataclass(frozen=True, slots=True)
class Page:
    """Everything that one answer says.

    Args:
        title: what the page is about.
        lead: the lines right under the title.
        sections: the rest, in order; those without lines are left out by whoever makes the page.
    """

    title: str
    lead: tuple[Line, ...]
    sections: tuple[Section, ...]


def item(text: str, under: Iterable[Line] = (), tone: Tone = Tone.PLAIN) -> Line:
    """Return an item of a list with the lines that belong to it."""
    return Line(text, tone, tuple(under), bullet=True)
