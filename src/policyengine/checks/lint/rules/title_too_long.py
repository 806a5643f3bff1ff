"""A title that is a sentence of the text rather than a name for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policyengine.checks.lint.source import Found, LintSource

CODE = "PE716"
_MOST = (("zh", 40), ("en", 120))


def check(source: LintSource) -> Iterator[Found]:
    """Yield the titles of provisions and gaps with more characters than a table can show."""
    titled = [(each.name, each.path, each.nodes[0].title) for each in source.provisions]
    titled += [(each.name, each.path, each.nodes[0].title) for each in source.gaps]
    for name, path, title in titled:
        for lang, most in _MOST:
            length = len(title.zh if lang == "zh" else title.en)
            if length > most:
                yield source.found(CODE, name, (*path, "title", lang), length=length, most=most)
