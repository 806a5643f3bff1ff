"""What every duty of a case has come to, in whole numbers: by the generated function, and what it asks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policyengine.engine.compiled.function import function
from policyengine.engine.compiled.judging import Judging
from policyengine.engine.compiled.log import Left
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
        known = list(rows)
        for each in known:
            if isinstance(each, int):
                self._judge(each)
        found: list[Brief] = []
        for each in self._with_unexplored(known):
            if isinstance(each, int):
                self.add(each, found)
            else:
                found.append(each)
        return found

    def add(self, place: int, rows: list[Brief]) -> None:
        """Add the rows of the provision at *place* to *rows*."""
        self._judge(place)
        judging, name = self.judging, self.names[place]
        found = judging.found.get(name)
        if found is None:
            rows.extend(self.refer(name))
            return
        for each in found:
            status, limit, violated_at, performed = come_to(each)
            if status not in NO_DUTY:
                act = None if performed < 0 else judging.log.ats[performed]
                rows.append((name, status, None if limit is None else limit.due, violated_at, act, each.label))

    def _judge(self, place: int) -> None:
        judging, name = self.judging, self.names[place]
        planned = judging.plan.provisions[name]
        if planned.reach is Reach.OWN:
            for other in (*planned.first, name):
                if other not in judging.found:
                    judging.judge(other)

    def _with_unexplored(self, rows: list[Brief | int]) -> list[Brief | int]:
        """Return *rows* with the places of further provisions, behind which the reference leaves something unexplored.

        The generated function finds such a provision not triggered, say, without a look at what it waits for; in full
        it is undetermined.
        """
        further = {
            name
            for name, planned in self.judging.plan.provisions.items()
            if planned.behind and name not in self.judging.found and not self._explored(planned.behind)
        }
        if not further:
            return rows
        known: dict[str, list[Brief | int]] = {}
        for each in rows:
            known.setdefault(self.names[each] if isinstance(each, int) else each[0], []).append(each)
        return [
            each
            for place, name in enumerate(self.names)
            for each in ([place] if name in further else known.get(name, ()))
        ]

    def _explored(self, names: Iterable[str]) -> bool:
        judging = self.judging
        try:
            judging.explored(each for each in names if each in judging.found)  # what is not there has nothing unknown
        except Left:
            return False
        return True


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
