"""All pages by the names of their files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from policyengine.report.side_by_side.argument import argument
from policyengine.report.side_by_side.overview import overview
from policyengine.report.side_by_side.synopsis import synopsis
from policyengine.report.side_by_side.telling import OVERVIEW, SYNOPSIS, Telling, argument_of, page_of
from policyengine.wording import LANGUAGES

if TYPE_CHECKING:
    from policyengine.report.side_by_side.values import SideBySide


def side_by_side_pages(found: SideBySide) -> Mapping[str, str]:
    """Return the pages on *found* in both languages, as Markdown that ends with a line end.

    They link each other, and the pages on the single policies beside them.
    """
    pages: dict[str, str] = {}
    for lang in LANGUAGES:
        told = Telling(found, lang)
        pages[page_of(OVERVIEW, lang)] = overview(told)
        pages[page_of(SYNOPSIS, lang)] = synopsis(told)
        for each in found.regulations:
            pages[page_of(argument_of(each), lang)] = argument(told, each)
    return pages
