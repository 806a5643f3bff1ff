"""Everything in a policy under any reading, as the defaults have it where they admit it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from policyengine.report.chosen import Chosen

if TYPE_CHECKING:
    from policyengine.model.provision import Gap, Provision


class Everything(Chosen):
    """The provisions and gaps of a policy, also those that only other readings than the chosen ones admit."""

    @cached_property
    def provisions(self) -> dict[str, Provision]:
        """Every provision by id, as the chosen readings have it, else as the first that admits it."""
        return {
            node.id: each.under(self.options) or node for each in self.policy.provisions for node in each.nodes()[:1]
        }

    @cached_property
    def gaps(self) -> dict[str, Gap]:
        """Every gap by id, likewise."""
        return {node.id: each.under(self.options) or node for each in self.policy.gaps for node in each.nodes()[:1]}
