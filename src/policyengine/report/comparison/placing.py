"""Under which condition a norm applies within a row, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policyengine.analysis.sides import applying
from policyengine.model.condition import Truth
from policyengine.report.region_words import where

if TYPE_CHECKING:
    from policyengine.model.case import FactValue
    from policyengine.model.provision import Gap, Provision
    from policyengine.report.comparison.telling import Telling


@dataclass(frozen=True)
class Placing:
    """The conditions of norms, beyond what is settled.

    Args:
        telling: by policy the words for its norms.
        settled: facts that are settled in the row.
    """

    telling: Mapping[str, Telling]
    settled: Mapping[str, FactValue]
    _known: dict[tuple[str, str], tuple[tuple[str, bool], ...]] = field(default_factory=dict, compare=False, repr=False)

    def places(self, policy: str, norm: Provision | Gap) -> tuple[tuple[str, bool], ...]:
        """Return "where ..." for where *norm* applies, then for where that stays undetermined, each if anywhere.

        Each comes with whether it is undetermined there; the words are empty where it is so in every case.
        """
        if (policy, norm.id) not in self._known:
            self._known[policy, norm.id] = tuple(self._places(self.telling[policy], norm))
        return self._known[policy, norm.id]

    def _places(self, told: Telling, norm: Provision | Gap) -> Iterator[tuple[str, bool]]:
        found = applying(told.side.vocabulary, ((told.side, norm),), self.settled)
        among = [region for region, _ in found]
        for truth in (Truth.TRUE, Truth.UNKNOWN):
            regions = [region for region, (own,) in found if own is truth]
            if regions:
                yield where(regions, told.phrases, among), truth is Truth.UNKNOWN
