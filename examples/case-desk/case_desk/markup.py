"""HTML that cannot be forgotten to be escaped: every text is, unless it is markup already."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

_EMPTY = frozenset({"input", "link", "meta"})


class Html(str):
    """Markup, ready to be sent."""

    __slots__ = ()


Content = str | Iterable["Content"]
"""Texts and markup, in lists of any depth."""


def tag(name: str, /, *content: Content, **attributes: str | bool) -> Html:
    """Return an element. Attributes lose a closing `_` and have `-` for `_`; those that are false are left out.

    >>> tag("a", "<x>", href="?a=1&b", class_="plain", hidden=False)
    '<a href="?a=1&amp;b" class="plain">&lt;x&gt;</a>'
    """
    given = "".join(_attribute(key.rstrip("_").replace("_", "-"), value) for key, value in attributes.items())
    return Html(f"<{name}{given}>" if name in _EMPTY else f"<{name}{given}>{joined(content)}</{name}>")


def joined(content: Content) -> Html:
    """Return markup one after the other."""
    if isinstance(content, Html):
        return content
    return Html(escape(content)) if isinstance(content, str) else Html("".join(map(joined, content)))


def _attribute(name: str, value: str | bool) -> str:  # noqa: FBT001 - an attribute is there or not
    return f" {name}" if value is True else "" if value is False else f' {name}="{escape(value)}"'
