"""Pages as a command writes them out: as text for whatever standard output is, or as Markdown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from policyengine.cli import terminal
from policyengine.report.markdown import markdown
from policyengine.report.plain import plain

if TYPE_CHECKING:
    from policyengine.report.page import Page

_MOST_RULED = 72


def written(page: Page, output: str) -> str:
    """Return *page* in the format *output*: `markdown`, or else text in lines and colours that standard output has."""
    if output == "markdown":
        return markdown(page)
    return plain(page, width=terminal.width(), paint=terminal.paint())


def all_written(pages: Iterable[Page], output: str) -> str:
    """Return *pages* one after the other, in the format *output*; in text a rule stands between them."""
    rule = "=" * min(_MOST_RULED, terminal.width())
    between = "\n" if output == "markdown" else f"\n{rule}\n\n"
    return between.join(written(each, output) for each in pages)
