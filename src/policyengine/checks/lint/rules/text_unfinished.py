"""A text that somebody meant to come back to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policyengine.checks.lint.source import Found, LintSource

CODE = "PE714"
_MARKER = re.compile(r"\b(?:TODO|FIXME|XXX|TBD)\b|待补充|待补|待填写?|待翻译")
_NOTHING = re.compile(r"[\W_]*")


def check(source: LintSource) -> Iterator[Found]:
    """Yield the texts that hold a word for what is still to be done, or no word at all."""
    for text in source.texts:
        for scalar, written in ((text.zh, text.chinese), (text.en, text.english)):
            found = _MARKER.search(written) or _NOTHING.fullmatch(written)
            if found is not None:
                yield source.at(CODE, text.owner, scalar.span, text=found[0])
