"""The provisions and gaps of a policy as one answer read them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policyengine.model.assessment import Assessment
    from policyengine.model.policy import Policy
    from policyengine.model.provision import Gap, Provision


@dataclass(frozen=True)
class Chosen:
    """A policy under the readings of an assessment."""

    policy: Policy
    assessment: Assessment

    @cached_property
    def options(self) -> dict[str, str]:
        """The chosen option of each reading."""
        return {each.reading: each.option for each in self.assessment.readings}

    @cached_property
    def provisions(self) -> dict[str, Provision]:
        """The provisions that the chosen readings admit, by id."""
        found = (each.under(self.options) for each in self.policy.provisions)
        return {each.id: each for each in found if each is not None}

    @cached_property
    def gaps(self) -> dict[str, Gap]:
        """The gaps that the chosen readings admit, by id."""
        found = (each.under(self.options) for each in self.policy.gaps)
        return {each.id: each for each in found if each is not None}
