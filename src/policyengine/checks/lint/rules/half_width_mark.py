"""A half-width mark among Chinese characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import MappingProxyType
from typing import TYPE_CHECKING

from policyengine.checks.lint.chinese import HAN

if TYPE_CHECKING:
    from policyengine.checks.lint.source import Found, LintSource

CODE = "PE712"
_FULL = MappingProxyType(dict(zip(",;:?!()", "，；：？！（）", strict=True)))
_BESIDE = re.compile(rf"(?<={HAN.pattern})\s*([,;:?!()])|([,;:?!()])\s*(?={HAN.pattern})")


def check(source: LintSource) -> Iterator[Found]:
    """Yield the first half-width mark of each Chinese text that touches a Chinese character."""
    for text in source.texts:
        found = _BESIDE.search(text.chinese)
        if found is not None:
            mark = found[1] or found[2]
            yield source.at(CODE, text.owner, text.zh.span, mark=mark, full=_FULL[mark])
