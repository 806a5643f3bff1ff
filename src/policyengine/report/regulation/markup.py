"""Markdown: texts of a policy as they are, and headings, lists and tables of what is Markdown already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from policyengine.report.markdown import escaped
from policyengine.report.names import one_line

_NO_CELL = "—"


def inline(text: str) -> str:
    r"""Return *text*, which may have line ends in it, as Markdown that shows it on one line.

    >>> print(inline("a | b\nc"))
    a \| b c
    """
    return escaped(one_line(text))


def capital(text: str) -> str:
    """Return *text* with a capital at its beginning, where its script has any.

    >>> capital("regulation")
    'Regulation'
    """
    return text[:1].upper() + text[1:]


def code(name: str) -> str:
    """Return a name that has no spaces, backticks or bars, such as an id, as code."""
    return f"`{name}`"


def heading(level: int, text: str) -> Iterator[str]:
    """Yield the lines of a heading; *text* is Markdown already."""
    yield from (f"{'#' * level} {capital(text)}", "")


def items(texts: Iterable[str], depth: int = 0) -> Iterator[str]:
    """Yield the lines of a list; each text is Markdown already, and empty ones are left out."""
    yield from (f"{'  ' * depth}- {text}" for text in texts if text)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a table with a blank line behind it, nothing if it has no rows; cells are Markdown already."""
    body = [_row(each) for each in rows]
    if body:
        yield from (_row(head), _row(["---"] * len(head)), *body, "")


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(each or _NO_CELL for each in cells)} |"
