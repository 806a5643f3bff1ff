"""A worklist with everything that it is written from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policyengine.model.assessment import Assessment
    from policyengine.model.case import Case
    from policyengine.model.policy import Policy
    from policyengine.model.several import Assessments
    from policyengine.model.worklist import Worklist


@dataclass(frozen=True, slots=True)
class Sheet:
    """The worklist of one case, to be written alone or together with those of other cases.

    Args:
        policies: those that gave the answers, in any order.
        case: the case.
        found: the answers.
        worklist: what they come to, as `Assessments.worklist` gives it.
    """

    policies: Sequence[Policy]
    case: Case
    found: Assessments
    worklist: Worklist

    @property
    def answers(self) -> tuple[tuple[Policy, Assessment], ...]:
        """Return the answers, each with its policy."""
        by_id = {each.id: each for each in self.policies}
        return tuple((by_id[each.policy], each) for each in self.found)
