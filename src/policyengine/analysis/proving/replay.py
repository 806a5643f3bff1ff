"""Whether cases show what is found: judged by the reference, and by nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from policyengine.analysis.proving.finding import Check
from policyengine.engine.question import Question
from policyengine.model.assessment import Status

if TYPE_CHECKING:
    from policyengine.analysis.proving.finding import Expected, Finding, Witness
    from policyengine.analysis.sides import Side
    from policyengine.model.assessment import Assessment, Duty
    from policyengine.model.case import Case
    from policyengine.temporal.instant import Instant


def answer(side: Side, case: Case, as_of: Instant) -> Assessment:
    """Return what the reference says of *case* under the readings of *side*."""
    return Question(case, as_of, None, "reference").answer(side.policy, side.readings)


def shows(side: Side, finding: Finding) -> bool:
    """Tell whether every witness of *finding*, judged anew, comes to what is expected; there is at least one."""
    return bool(finding.witnesses) and all(replayed(side, each) for each in finding.witnesses)


def replayed(side: Side, witness: Witness) -> bool:
    """Tell whether *witness* comes to what is expected."""
    found = answer(side, witness.case, witness.as_of)
    return all(_holds(found, each) for each in witness.expected)


def _holds(found: Assessment, expected: Expected) -> bool:
    """Tell whether any row of the provision is as expected; what is expected not to be there is so of all."""
    if expected.check is Check.NO_VALUE:
        return expected.name not in found.facts
    if expected.check is Check.OTHER_VALUE:
        return expected.name in found.facts and found.facts[expected.name] != expected.value
    rows = [each for each in found.duties if each.provision == expected.name]
    if expected.check in _OF_ALL:
        return all(_CHECKS[expected.check](each, expected) for each in rows)
    return any(_CHECKS[expected.check](each, expected) for each in rows)


def _later(duty: Duty, expected: Expected) -> bool:
    return duty.limit is None or expected.at is None or duty.limit.late_from > expected.at


_OF_ALL = frozenset({Check.NO_DUTY, Check.LATER, Check.NO_BREACH})
_CHECKS: Mapping[Check, Callable[[Duty, Expected], bool]] = MappingProxyType(
    {
        Check.OWED: lambda duty, _: duty.owed is True,
        Check.FORBIDDING: lambda duty, _: duty.in_force is True,
        Check.VIOLATED: lambda duty, _: duty.violated,
        Check.IN_TIME: lambda duty, _: duty.status is Status.FULFILLED,
        Check.LIMITED: lambda duty, expected: (
            duty.owed is True and duty.limit is not None and duty.limit.late_from == expected.at
        ),
        Check.LATER: lambda duty, expected: not duty.exists or _later(duty, expected),
        Check.NO_DUTY: lambda duty, _: not duty.exists,
        Check.NO_BREACH: lambda duty, _: not duty.violated,
        Check.CONFLICT: lambda duty, _: duty.exists and duty.conflict,
        Check.ANOTHER: lambda duty, expected: duty.exists and duty.bearer not in {None, expected.value},
    }
)
