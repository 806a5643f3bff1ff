"""Everything that a policy says, as one page for a reader who has never seen a policy file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyengine.report.regulation.clauses import clauses, oddities
from policyengine.report.regulation.counting import time
from policyengine.report.regulation.front import facts, front
from policyengine.report.regulation.norms import norms
from policyengine.report.regulation.open_points import readings, silences
from policyengine.report.regulation.people import grades, roles, tables
from policyengine.report.regulation.synopsis import synopsis
from policyengine.report.regulation.told import Told

if TYPE_CHECKING:
    from policyengine.model.policy import Policy
    from policyengine.wording import Lang

_SECTIONS = (front, synopsis, grades, roles, tables, facts, time, norms, readings, silences, oddities, clauses)


def regulation_markdown(policy: Policy, lang: Lang) -> str:
    """Return everything that *policy* says as one Markdown page in *lang*, ending with a line end.

    The page is made from the policy alone. Provisions are told as the default readings have them, with what every other
    option changes; text of the policy is escaped, so that it can break neither tables nor lists.
    """
    told = Told(policy, lang)
    lines = (line for section in _SECTIONS for line in section(told))
    return "\n".join(lines).rstrip("\n") + "\n"
