"""Why one row of the answer is as it is: the reference run, told (S13)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyengine.engine.reference.evaluate import assess, inquire
from policyengine.engine.reference.scenario import Scenario
from policyengine.engine.reference.tracing.asking import asking
from policyengine.engine.reference.tracing.derivation import Tracer, by_id
from policyengine.engine.reference.worlds import World, explore
from policyengine.model.assessment import Status

if TYPE_CHECKING:
    from policyengine.engine.matcher import Matcher
    from policyengine.engine.reference.inquiry import Inquiry
    from policyengine.model.assessment import Assessment, Duty
    from policyengine.model.explanation import Derivation
    from policyengine.prepare.prepared import Prepared
    from policyengine.temporal.limit import Limit


def derive(
    prepared: Prepared, provision: str, instance: str | None = None, matcher: Matcher | None = None
) -> tuple[Assessment, tuple[Derivation, ...]]:
    """Return the answer to *prepared*, and how one row of it came about, followed by the rows that it rests on.

    Args:
        prepared: the plain policy and log.
        provision: the provision's id.
        instance: which of its duties; unless given, the first that is violated, else the first that is still owed,
            else the first.
        matcher: decides triggers and conditions; the reference's own unless given.

    Returns:
        the answer, and no derivation where it has no such row.
    """
    inquiry = inquire(prepared, matcher)
    assessment = assess(inquiry)
    duty = _asked(assessment, provision, instance)
    if duty is None:
        return assessment, ()
    tracer = Tracer(_world(inquiry, duty), asking(inquiry), by_id(assessment.duties))
    return assessment, tracer.derivations((duty.provision, duty.instance))


def _asked(assessment: Assessment, provision: str, instance: str | None) -> Duty | None:
    rows = [each for each in assessment.duties if each.provision == provision]
    if instance is not None:
        return next((each for each in rows if each.instance == instance), None)
    pressing = (each for wanted in (_violated, _owed, _any) for each in rows if wanted(each))
    return next(pressing, None)


def _any(_: Duty) -> bool:
    return True


def _violated(duty: Duty) -> bool:
    return duty.violated


def _owed(duty: Duty) -> bool:
    return duty.owed is not False


def _world(inquiry: Inquiry, duty: Duty) -> Scenario:
    """Return the first world in which *duty* has the limit that its row shows."""
    if duty.status is not Status.UNDETERMINED:
        return Scenario(inquiry, World())
    tried, _ = explore(lambda world: _tried(Scenario(inquiry, world), duty))
    return next((scenario for scenario, limit in tried if limit == duty.limit), tried[0][0])


def _tried(scenario: Scenario, duty: Duty) -> tuple[Scenario, Limit | None]:
    provision = scenario.inquiry.provisions[duty.provision]
    for each in scenario.instances(provision):
        if provision.every is not None:
            found = scenario.series(each).get(duty.instance or "")
            return scenario, None if found is None else found.limit
        if each.label == duty.instance:
            return scenario, scenario.result(each).limit
    return scenario, None
