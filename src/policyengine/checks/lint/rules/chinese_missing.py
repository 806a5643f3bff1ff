"""A text whose Chinese is something else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policyengine.checks.lint.chinese import HAN

if TYPE_CHECKING:
    from policyengine.checks.lint.source import Found, LintSource

CODE = "PE710"


def check(source: LintSource) -> Iterator[Found]:
    """Yield the texts with letters but without a Chinese character under `zh`; a lone abbreviation is a name."""
    for text in source.texts:
        written = text.chinese.strip()
        if any(map(str.isalpha, written)) and not HAN.search(written) and not written.isupper():
            yield source.at(CODE, text.owner, text.zh.span)
