"""What every duty of a case has come to, in whole numbers: by the generated function, and what it asks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policyengine.engine.compiled.function import function
from policyengine.engine.compiled.judging import Judging
from policyengine.engine.compiled.reach import Reach
from policyengine.engine.compiled.rows import come_to
from policyengine.engine.compiled.scanning import scanned
from policyengine.model.assessment import NO_DUTY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from policyengine.engine.compiled.log import Log
    from policyengine.engine.compiled.plan import Plan
    from policyengine.model.assessment import Standing as Brief
    from policyengine.model.case import FactValue


@dataclass(slots=True, eq=False)
class Asked:
    """One case under one plan.

    Args:
        judging: judges a provision in general.
        refer: asks the reference for the rows of a provision.
    """

    judging: Judging
    refer: Callable[[str], Iterable[Brief]]
    names: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.names = tuple(self.judging.plan.provisions)

    def filled(self, rows: Iterable[Brief | int]) -> list[Brief]:
        """Return *rows* with those of each provision whose place stands for them."""
        found: list[Brief] = []
        for each in rows:
            if isinstance(each, int):
                self.add(each, found)
            else:
                found.append(each)
        return found

    def add(self, place: int, rows: list[Brief]) -> None:
        """Add the rows of the provision at *place* to *rows*."""
        judging, name = self.judging, self.names[place]
        planned = judging.plan.provisions[name]
        if planned.reach is Reach.OWN:
            for other in (*planned.first, name):
                if other not in judging.found:
                    judging.judge(other)
        found = judging.found.get(name)
        if found is None:
            rows.extend(self.refer(name))
            return
        for each in found:
            status, limit, violated_at, performed = come_to(each)
            if status not in NO_DUTY:
                act = None if performed < 0 else judging.log.ats[performed]
                rows.append((name, status, None if limit is None else limit.due, violated_at, act, each.label))


def standings(
    plan: Plan, log: Log, facts: Mapping[str, FactValue], refer: Callable[[str], Iterable[Brief]]
) -> list[Brief]:
    """Return a row for each duty of a case, in the order of the policy's provisions."""
    made = function(plan)
    asked = Asked(Judging(plan, log), refer)
    if log.partial:
        return asked.filled(range(len(asked.names)))  # what an act has done in part is no straight line (S24)
    scan = scanned(log, facts, made.places)
    rows, holes = made.judge(scan.first, scan.later, scan.facts.get, log.as_of)
    return asked.filled(rows) if holes else rows  # type: ignore[return-value] # without a hole there is no place in it
