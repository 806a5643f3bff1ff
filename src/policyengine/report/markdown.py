"""A page as Markdown, to be pasted into a memo: headings, and lists within lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from policyengine.report.visible import visible

if TYPE_CHECKING:
    from policyengine.report.page import Line, Page

_MARKUP = re.compile(r"[\\`*_{}\[\]<>#|~&$]|:(?=//)")
_LIST = re.compile(r"\A(\d+(?=[.)])|(?=[-+=]))")


def markdown(page: Page) -> str:
    """Return *page* as CommonMark: whatever its texts hold, they are shown and never obeyed."""
    blocks = [f"# {escaped(page.title)}", *_blocks(page.lead)]
    for each in page.sections:
        blocks += [] if each.heading is None else [f"## {escaped(each.heading)}"]
        blocks += _blocks(each.lines)
    return "\n\n".join(blocks) + "\n"


def escaped(text: str) -> str:
    r"""Return *text* so that Markdown shows it as it is.

    >>> print(escaped("1. grave_paragraph *now*"))
    1\. grave\_paragraph \*now\*
    """
    return _LIST.sub(r"\1\\", _MARKUP.sub(r"\\\g<0>", visible(text).strip()))


def _blocks(lines: tuple[Line, ...]) -> Iterator[str]:
    """Yield paragraphs and lists; a line that is no item is a paragraph of its own, what belongs to it a list."""
    items: list[str] = []
    for each in lines:
        if each.bullet:
            items += _items((each,), 0)
            continue
        if items:
            yield "\n".join(items)
        yield escaped(each.text)
        items = list(_items(each.under, 0))
    if items:
        yield "\n".join(items)


def _items(lines: tuple[Line, ...], depth: int) -> Iterator[str]:
    for each in lines:
        text = escaped(each.text)
        if text:  # a dash alone would make a heading of the line above
            yield f"{'  ' * depth}- {text}"
        yield from _items(each.under, depth + bool(text))
