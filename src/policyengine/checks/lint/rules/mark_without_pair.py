"""A bracket or quotation mark that opens and does not close, or the other way round."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policyengine.checks.lint.source import Found, LintSource

CODE = "PE713"
_CLOSES = MappingProxyType(dict(zip("“《（〔【「(", "”》）〕】」)", strict=True)))
_OF_A_LIST = re.compile(r"(?:^|[\s;，；。：:])[0-9A-Za-z]{1,2}\)$")
_OPENS = MappingProxyType({close: mark for mark, close in _CLOSES.items()})


def check(source: LintSource) -> Iterator[Found]:
    """Yield the first lone mark of each text."""
    for text in source.texts:
        for scalar, written in ((text.zh, text.chinese), (text.en, text.english)):
            lone = _lone(written)
            if lone is not None:
                other = _CLOSES.get(lone) or _OPENS[lone]
                yield source.at(CODE, text.owner, scalar.span, mark=lone, other=other)


def _lone(text: str) -> str | None:
    waiting: list[str] = []
    for place, mark in enumerate(text):
        if mark in _CLOSES:
            waiting.append(mark)
        elif mark in _OPENS and (waiting or not _numbers(text, place)) and _pops(waiting) != _OPENS[mark]:
            return mark
    return waiting[0] if waiting else None


def _pops(waiting: list[str]) -> str | None:
    return waiting.pop() if waiting else None


def _numbers(text: str, place: int) -> bool:
    """Tell whether the bracket at *place* only follows a number or letter of a list, as in `1)`."""
    return _OF_A_LIST.search(text[: place + 1]) is not None
