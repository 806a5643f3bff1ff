"""What policyengine tells at length, as HTML: headings, and lists within lists."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from case_desk.markup import Html, tag

if TYPE_CHECKING:
    from policyengine.report.page import Line, Page, Section


def outline(page: Page) -> Html:
    """Return everything that *page* says under its title; how a line strikes the eye is its class."""
    sections = (_section(each, f"part-{number}") for number, each in enumerate(page.sections, start=1))
    return tag("div", _list(page.lead), sections, class_="told")


def _section(section: Section, name: str) -> Html:
    if section.heading is None:
        return tag("section", _list(section.lines))
    heading = tag("h2", section.heading, id=name, class_=section.tone.value)
    return tag("section", heading, _list(section.lines), aria_labelledby=name)


def _list(lines: Iterable[Line]) -> Html:
    items = [_item(each) for each in lines]
    return tag("ul", items) if items else Html()


def _item(line: Line) -> Html:
    text = tag("span", line.text, class_=line.tone.value)
    return tag("li", text, _list(line.under), class_="item" if line.bullet else False)
