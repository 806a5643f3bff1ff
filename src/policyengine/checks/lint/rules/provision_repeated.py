"""Two provisions that say the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policyengine.checks.lint.source import Found, LintSource
    from policyengine.model.policy import Variants
    from policyengine.model.provision import Provision

CODE = "PE732"
_BESIDE_THE_NORM = ("id", "title", "clause", "wording", "note")


def check(source: LintSource) -> Iterator[Found]:
    """Yield the provisions that differ from one of the same clause in nothing but name, title, wording and note.

    A text that says the same in two places is none of our business.
    """
    seen: dict[tuple[str, str], str] = {}
    for placed in source.provisions:
        said = repr(_norms(source.policy.provisions[int(placed.path[1])]))
        others = [seen.setdefault((said, clause), placed.name) for clause in placed.nodes[0].clause]
        other = next((each for each in others if each != placed.name), None)
        if other is not None:
            yield source.found(CODE, placed.name, (*placed.path, "id"), provision=placed.name, other=other)


def _norms(part: Variants[Provision]) -> list[tuple[object, ...]]:
    return [(part.readings, options, _norm(node)) for options, node in part.by_options]


def _norm(provision: Provision | None) -> list[tuple[str, object]]:
    return [] if provision is None else [(name, value) for name, value in provision if name not in _BESIDE_THE_NORM]
