"""A text whose English is Chinese, in whole or in part."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from policyengine.checks.lint.chinese import HAN

if TYPE_CHECKING:
    from policyengine.checks.lint.source import Found, LintSource

CODE = "PE711"
_DOCUMENT_NUMBER = re.compile(rf"{HAN.pattern}+〔[0-9]{{4}}〕[0-9]+号")
_LATIN = re.compile("[A-Za-z]")
_LETTERS_PER_CHARACTER = 5  # about what a Chinese character takes in English


def check(source: LintSource) -> Iterator[Found]:
    """Yield the texts under `en` that are mostly Chinese; a word that is spoken of may stand there."""
    for text in source.texts:
        written = _DOCUMENT_NUMBER.sub("", text.english)
        chinese = HAN.findall(written)
        if len(chinese) > len(_LATIN.findall(written)) / _LETTERS_PER_CHARACTER:
            yield source.at(CODE, text.owner, text.en.span, text=text.english)
