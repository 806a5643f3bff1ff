"""A comparison as text for a terminal, or as Markdown: a table where two or three policies fit, else line by line."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from policyengine.report.comparison.page import comparison_page
from policyengine.report.comparison.table import fits, table_markdown, table_text
from policyengine.report.markdown import markdown
from policyengine.report.plain import plain

if TYPE_CHECKING:
    from policyengine.report.comparison.sheet import Sheet
    from policyengine.report.page import Tone


def comparison_text(
    sheet: Sheet,
    *,
    width: int,
    paint: Callable[[str, Tone], str] | None = None,
    details: bool = False,
    whole: bool = False,
) -> str:
    """Return *sheet* as text.

    Args:
        sheet: what is shown.
        width: cells of a line, of which a Chinese character takes two.
        paint: colours a piece of a line.
        details: also tell what every line rests on: provision, clauses, readings; then there is no table.
        whole: tell every topic in full, also where no policy stands against another.
    """
    if fits(sheet, width) and not details:
        return table_text(sheet, width, paint, whole=whole)
    return plain(comparison_page(sheet, details=details, whole=whole), width=width, paint=paint)


def comparison_markdown(sheet: Sheet, *, details: bool = False, whole: bool = False) -> str:
    """Return *sheet* as CommonMark, with tables as GitHub has them; what the arguments mean is as for text."""
    if fits(sheet) and not details:
        return table_markdown(sheet, whole=whole)
    return markdown(comparison_page(sheet, details=details, whole=whole))
