"""What defeats a duty while it is in force itself (S12), and why there is no duty (S14)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyengine.engine.compiled.courses import at_moment, truths
from policyengine.engine.compiled.found import Found
from policyengine.engine.compiled.truths import NO, YES
from policyengine.model.assessment import Status

if TYPE_CHECKING:
    from policyengine.engine.compiled.courses import Course, Truth
    from policyengine.engine.compiled.found import Arising, Run
    from policyengine.engine.compiled.judging import Judging
    from policyengine.engine.compiled.plan import PlannedProvision


def undefeated(judging: Judging, planned: PlannedProvision, arising: Arising, own: list[Truth]) -> list[Truth]:
    """Return *own*, false wherever a defeater is in force.

    Raises:
        Left: unknowns leave open when one is.
    """
    if not planned.defeated_by:
        return own
    forces = _forces(judging, planned, arising)
    return [(at, NO if _among(forces, at) else at_moment(own, at)) for at in _moments(own, forces)]


def without_duty(judging: Judging, planned: PlannedProvision, course: Course) -> Found:
    """Return why there is no duty although there is a provision (S14)."""
    if not course.in_force:
        return Found(Status.NOT_IN_FORCE, course.trigger)
    if course.waived is not None:
        return Found(Status.WAIVED, course.trigger)
    start = judging.log.as_of if course.trigger is None else course.trigger.at
    defeated = _defeated(judging, planned, course.arising, start)
    return Found(Status.DEFEATED if defeated else Status.NOT_APPLICABLE, course.trigger)


def _defeated(judging: Judging, planned: PlannedProvision, arising: Arising, start: int) -> bool:
    """Tell whether only its defeaters kept the duty out of force at some time since *start*."""
    if not planned.defeated_by:
        return False
    own, forces = truths(judging.log, planned, start), _forces(judging, planned, arising)
    return any(at_moment(own, at) == YES and _among(forces, at) for at in _moments(own, forces))


def _forces(judging: Judging, planned: PlannedProvision, arising: Arising) -> list[Run]:
    """Return when the defeaters are in force; where both have the same key, about the same."""
    key = planned.node.key
    return [
        run
        for name in planned.defeated_by
        for each in judging.lived(name)
        if not key or each.planned.node.key != key or each.course.arising.key == arising.key
        for run in each.course.runs
    ]


def _moments(own: list[Truth], forces: list[Run]) -> list[int]:
    """Return the instants from the first of *own* on at which anything changes."""
    changes = {at for run in forces for at in (run.start, run.end) if at is not None and at > own[0][0]}
    return sorted({at for at, _ in own} | changes)


def _among(forces: list[Run], moment: int) -> bool:
    return any(each.start <= moment and (each.end is None or moment < each.end) for each in forces)
