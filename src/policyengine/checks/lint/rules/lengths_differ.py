"""A text that names other lengths of time in Chinese than in English."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policyengine.checks.lint.lengths import named

if TYPE_CHECKING:
    from policyengine.checks.lint.source import Found, LintSource

CODE = "PE706"


def check(source: LintSource) -> Iterator[Found]:
    """Yield the texts of which each language names a length that the other does not."""
    for text in source.texts:
        chinese, english = named(text.chinese), named(text.english)
        only_chinese = [each for each in chinese if each.length not in {other.length for other in english}]
        only_english = [each for each in english if each.length not in {other.length for other in chinese}]
        # One alone may be a matter of wording: "day and night" has no number.
        if only_chinese and only_english:
            yield source.at(CODE, text.owner, text.en.span, zh=only_chinese[0].words, en=only_english[0].words)
