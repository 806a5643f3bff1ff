"""Two provisions, or two gaps, that people cannot tell apart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policyengine.checks.lint.source import Found, LintSource
    from policyengine.loading.places import Path

CODE = "PE715"


def check(source: LintSource) -> Iterator[Found]:
    """Yield the titles, in either language, that stand above something else already."""
    provisions = [(each.name, each.path, each.nodes[0].title) for each in source.provisions]
    gaps = [(each.name, each.path, each.nodes[0].title) for each in source.gaps]
    for titled in (provisions, gaps):
        yield from _repeated(source, [(name, (*path, "title", "zh"), title.zh) for name, path, title in titled])
        yield from _repeated(source, [(name, (*path, "title", "en"), title.en) for name, path, title in titled])


def _repeated(source: LintSource, titled: list[tuple[str, Path, str]]) -> Iterator[Found]:
    seen: dict[str, tuple[str, Path]] = {}
    for name, path, title in titled:
        other, place = seen.setdefault(title.casefold(), (name, path))
        if other != name:
            yield source.found(CODE, name, path, name=name, other=other, place=source.span(place))
