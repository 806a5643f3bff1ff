"""A policy under chosen readings, made ready to judge cases one after the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from policyengine.engine.compiled.entries import case_of, strictly
from policyengine.engine.compiled.evaluator import answer, asked, referred
from policyengine.engine.compiled.function import Function, function
from policyengine.engine.compiled.instants import micros
from policyengine.engine.compiled.judging import Judging
from policyengine.engine.compiled.log import Log
from policyengine.engine.compiled.plan import Plan, plan
from policyengine.engine.compiled.quick import quickly
from policyengine.engine.compiled.reach import Reach
from policyengine.engine.compiled.standing import Asked
from policyengine.errors import CaseError
from policyengine.model.assessment import Assessment
from policyengine.model.case import Case
from policyengine.model.frozen import FrozenMap
from policyengine.model.late import empty, hold
from policyengine.temporal.instant import Instant

if TYPE_CHECKING:
    from policyengine.engine.compiled.quick import Judged
    from policyengine.model.case import Moment
    from policyengine.model.policy import Policy

Written = Mapping[str, Any]
"""A case as a case file has it, as data: `case`, `facts`, `events`; instants as text, or as whole microseconds."""


class Way(NamedTuple):
    """How a provision is judged: by the generated function, by the interpreter of its plan, or by the reference.

    Args:
        by: which of the three.
        why: for the reference, why.
    """

    by: Literal["generated", "interpreted", "reference"]
    why: Reach = Reach.OWN


@dataclass(frozen=True, slots=True, eq=False)
class Compiled:
    """A policy under chosen readings as one function of a case and an instant.

    >>> import policyengine as pe
    >>> judge = pe.compile(pe.load("changzhi"))
    >>> log = [{"id": "e1", "type": "detected", "at": "2025-10-08T23:30:00+08:00", "sets": {"event_severity": "major"}}]
    >>> answer = judge({"case": "demo", "events": log}, "2025-10-09T00:45:00+08:00")
    >>> [duty.provision for duty in answer.advisories]
    ['first-bulletin']

    Args:
        policy: the policy.
        readings: the option chosen for every reading.
        scope: `case`, or `agency` for the logs of the agency itself; data without a scope are cases.
    """

    policy: Policy
    readings: Mapping[str, str]
    scope: Literal["case", "agency"]
    _plan: Plan = field(repr=False)
    _function: Function = field(repr=False)
    _quick: Callable[[Written, int], Judged | None] = field(repr=False)
    """Judges a case that is data in one pass; ``None`` where it has to be looked into."""

    @property
    def text(self) -> str:
        """Return the generated function as Python text."""
        return self._function.text

    @property
    def ways(self) -> Mapping[str, Way]:
        """Return how each provision is judged, in the policy's order, where nothing in a case asks for more."""
        return {name: self._way(name, each.reach) for name, each in self._plan.provisions.items()}

    def _way(self, name: str, reach: Reach) -> Way:
        if reach is not Reach.OWN:
            return Way("reference", reach)
        return Way("generated" if name in self._function.straight else "interpreted")

    def __call__(self, case: Case | Written, as_of: Moment | int) -> Assessment:
        """Return the answer for *case* at *as_of*, as `evaluate` gives it; whole numbers are microseconds.

        Raises:
            CaseError: the case has names or values that the policy's vocabulary lacks, or is no case at all.
            TimeError: a naive, malformed or impossible time, or one outside the years 1000 to 9000.
        """
        at = as_of if type(as_of) is int else micros(as_of)
        judged = self._quick(case, at) if type(case) is dict else None
        if judged is None:
            return self._of_case(case, Instant(at)) if isinstance(case, Case) else self._read(case, Instant(at))
        rows, holes = judged
        if holes:
            rows = self.interpreter(case_of(case), Instant(at)).filled(rows)  # type: ignore[arg-type, assignment]
        made = empty(Assessment)  # as `Assessment.later` makes it
        hold(made, (rows, _of_data, self, case, at))
        return made

    def _read(self, case: Written, as_of: Instant) -> Assessment:
        try:
            return self._of_case(case_of(case), as_of)
        except CaseError:
            return self._of_case(strictly(case), as_of)  # refused too, with the place of each fault

    def _of_case(self, case: Case, as_of: Instant) -> Assessment:
        used = self._plan_for(case)
        return answer(used, asked(used, case, as_of))

    def interpreter(self, case: Case, as_of: Instant) -> Asked:
        """Return what judges any provision in *case* at *as_of*."""
        used = self._plan_for(case)
        prepared = asked(used, case, as_of)
        log = Log(prepared.events, as_of.micros, prepared.facts, self.policy.header.presume)
        return Asked(Judging(used, log), lambda name: referred(used, prepared, name))

    def _plan_for(self, case: Case) -> Plan:
        return self._plan if case.scope == self.scope else plan(self.policy, FrozenMap(self.readings), case.scope)


def _of_data(made: Compiled, case: Written, as_of: int) -> Assessment:
    return made(case_of(case), Instant(as_of))


def compiled(
    policy: Policy, readings: Mapping[str, str] | None = None, scope: Literal["case", "agency"] = "case"
) -> Compiled:
    """Return *policy* under *readings*, the defaults elsewhere, ready to judge.

    Logs of either scope can be judged; those of *scope* without laying the policy out again.

    Raises:
        ReadingError: an unknown reading or option.
    """
    laid_out = plan(policy, FrozenMap(readings or {}), scope)
    made, at_once = function(laid_out), laid_out.whole and scope == "case"
    quick = quickly(laid_out.fitting, made) if at_once else _nothing
    return Compiled(policy, laid_out.empty.readings, scope, laid_out, made, quick)


def _nothing(_case: Written, _as_of: int) -> None:
    """Read nothing at once."""
