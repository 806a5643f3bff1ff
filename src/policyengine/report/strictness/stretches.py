"""In what a demand is not covered, in as few regions as tell that."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from policyengine.analysis.joining import joined

if TYPE_CHECKING:
    from policyengine.analysis.coverage import Shortfall
    from policyengine.analysis.regions import Region
    from policyengine.analysis.strictness import Demand

Outcome = tuple["Shortfall | None", ...]
"""In what a demand is not covered, from one trigger or another; ``None`` where it is."""


def stretches(demand: Demand) -> tuple[tuple[Region, Outcome], ...]:
    """Return in what *demand* is not covered, region by region among the cases in which it applies."""
    found: dict[Region, dict[Shortfall | None, None]] = {}
    every: Iterable[tuple[Region, Shortfall | None]] = (*demand.where, *((each, None) for each in demand.covered_in))
    for region, shortfall in every:
        found.setdefault(region, {})[shortfall] = None
    return joined(tuple((region, tuple(each)) for region, each in found.items()))
