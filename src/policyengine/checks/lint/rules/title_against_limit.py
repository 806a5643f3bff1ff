"""A title that names a length of time which the provision's limit is not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policyengine.checks.lint.lengths import lengths_of, named
from policyengine.model.provision import Strength

if TYPE_CHECKING:
    from policyengine.checks.lint.source import Found, LintSource

CODE = "PE704"


def check(source: LintSource) -> Iterator[Found]:
    """Yield the titles, in either language, with a length that no form of the provision has."""
    for placed in source.provisions:
        if any(node.strength not in {Strength.MUST, Strength.SHOULD} for node in placed.nodes):
            continue
        limits = frozenset().union(*map(lengths_of, placed.nodes))
        title = placed.nodes[0].title
        for lang, text in (("zh", title.zh), ("en", title.en)):
            wrong = next((each.words for each in named(text) if each.length not in limits), None)
            if wrong is not None:
                path = (*placed.path, "title", lang)
                yield source.found(CODE, placed.name, path, provision=placed.name, length=wrong)
