"""The few Markdown shapes that the generated reference pages are made of; every page is in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[3]
PAGES = ROOT / "docs" / "reference"


def cell(text: str) -> str:
    """Return *text* as it stands in a cell of a table."""
    return text.replace("|", "\\|").replace("\n", " ")


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table, or nothing when it has no rows."""
    lines = [f"| {' | '.join(map(cell, row))} |".replace("|  |", "| |") for row in rows]
    if not lines:
        return ""
    return "\n".join([f"| {' | '.join(columns)} |", "|" + "---|" * len(columns), *lines]) + "\n"


def code(text: str) -> str:
    """Return *text* as code."""
    return f"`{text}`"


def listed(names: Iterable[str]) -> str:
    """Return names as code, with commas between them."""
    return ", ".join(map(code, names))


def fenced(text: str, language: str = "") -> str:
    """Return a block of code."""
    return f"```{language}\n{text}\n```\n"


def heading(level: int, text: str) -> str:
    """Return a heading."""
    return f"{'#' * level} {text}\n"


def anchor(text: str) -> str:
    """Return the anchor that a heading *text* gets, as GitHub makes it."""
    return re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-")


def page(*blocks: str) -> str:
    """Return a page of *blocks*, a blank line between them."""
    return "\n\n".join(each.strip("\n") for each in blocks if each.strip()) + "\n"
