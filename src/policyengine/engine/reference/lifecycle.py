"""What a duty has come to at `as_of` (S14, S25, S27, S28)."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from policyengine.model.assessment import Occurrence, Status
from policyengine.model.happening import Outcome
from policyengine.model.provision import Strength

if TYPE_CHECKING:
    from policyengine.engine.reference.course import Course
    from policyengine.engine.reference.instances import Instance
    from policyengine.engine.reference.limits import StretchLimit
    from policyengine.engine.reference.scenario import Scenario
    from policyengine.model.provision import Provision
    from policyengine.temporal.instant import Instant
    from policyengine.temporal.limit import Limit


@dataclass(frozen=True, slots=True)
class Result:
    """What one duty has come to in one world.

    `unrecorded` says that it is violated only for want of a record, at a time of which the log is not complete (S8).
    """

    status: Status
    trigger: Occurrence | None = None
    anchor: Occurrence | None = None
    limit: Limit | None = None
    performed: Occurrence | None = None
    violated_at: Instant | None = None
    late_activation: bool = False
    owed: bool = False
    breaches: tuple[Occurrence, ...] = ()
    last_act: Occurrence | None = None
    partial_acts: tuple[Occurrence, ...] = ()
    starts: Instant | None = None
    unrecorded: bool = False
    in_force: bool = False

    def outcome(self, kind: Outcome, provision: str) -> Occurrence | None:
        """Return when the duty was violated, performed or breached, as an occurrence that others can wait for."""
        if kind is Outcome.PERFORMED:
            return self.performed and Occurrence(self.performed.at, self.performed.event, provision)
        if kind is Outcome.BREACHED:
            return Occurrence(self.breaches[0].at, self.breaches[0].event, provision) if self.breaches else None
        if self.violated_at is None:
            return None
        missed = self.limit.due if self.limit is not None else None
        return Occurrence(self.violated_at, None, provision, counts_from=missed)


def result(scenario: Scenario, instance: Instance) -> Result:
    """Return what *instance* has come to in the world of *scenario*."""
    provision, course = instance.provision, scenario.course(instance)
    if not course.stretches:
        return without_duty(scenario, instance, course)
    found = _lived(scenario, instance, course)
    lapsed = provision.upon is None and not course.in_force and found.violated_at is None and found.performed is None
    if lapsed:
        return Result(Status.NOT_IN_FORCE)
    return replace(found, in_force=course.stretches[-1].end is None)


def without_duty(scenario: Scenario, instance: Instance, course: Course) -> Result:
    """Return why there is no duty although there is a provision (S14)."""
    if not course.triggered:
        return Result(Status.NOT_TRIGGERED)
    if not course.in_force:
        return Result(Status.NOT_IN_FORCE, trigger=course.trigger)
    if course.waived is not None:
        return Result(Status.WAIVED, trigger=course.trigger)
    start = scenario.prepared.as_of if course.trigger is None else course.trigger.at
    defeated = scenario.defeated(instance, start)
    return Result(Status.DEFEATED if defeated else Status.NOT_APPLICABLE, trigger=course.trigger)


def _lived(scenario: Scenario, instance: Instance, course: Course) -> Result:
    provision = instance.provision
    if provision.strength is Strength.MUST_NOT:
        return _prohibition(scenario, instance, course)
    if provision.strength is Strength.MAY:
        return _permission(scenario, instance, course)
    return _standing(scenario, instance, course) if provision.standing else _obligation(scenario, instance, course)


def _obligation(scenario: Scenario, instance: Instance, course: Course) -> Result:
    performed = None if course.performed is None else scenario.occurrence(course.performed)
    violated_at, missed, late = _violation(scenario, instance, course)
    index = course.performed_in if performed is not None else len(course.stretches) - 1
    current = missed or scenario.limit(instance, index)
    status = _status(course, performed, violated_at, current)
    if status is Status.ACTIVE and not _has_anchor(instance.provision, course):
        status = Status.NOT_STARTED
    return Result(
        status,
        trigger=course.trigger,
        anchor=course.anchor,
        limit=None if current is None else current.limit,
        performed=performed,
        violated_at=violated_at,
        late_activation=late,
        owed=performed is None and course.stretches[-1].end is None,
        partial_acts=tuple(scenario.occurrence(place) for place in course.partial),
        unrecorded=unrecorded(scenario, violated_at),
    )


def unrecorded(scenario: Scenario, violated_at: Instant | None) -> bool:
    """Tell whether an act in time can have gone unrecorded: some instant before the violation is past the log's end."""
    return violated_at is not None and violated_at.plus(-1) > scenario.prepared.known_until


def _status(
    course: Course, performed: Occurrence | None, violated_at: Instant | None, limit: StretchLimit | None
) -> Status:
    if performed is not None:
        on_time = limit is None or limit.in_time(performed.at, course.performed or 0)
        return Status.FULFILLED if on_time else Status.FULFILLED_LATE
    if course.waived is not None:
        return Status.WAIVED
    if violated_at is not None:
        return Status.OVERDUE
    return running(course, Status.ACTIVE, course.stretches[-1].end)


def running(course: Course, status: Status, left: Instant | None) -> Status:
    """Return *status* for a duty that is in force, else how it *left*."""
    if left is None:
        return status
    if left == course.waived:
        return Status.WAIVED
    return Status.ENDED if left == course.ended else Status.WITHDRAWN


def _has_anchor(provision: Provision, course: Course) -> bool:
    named = [each.of is not None for each in provision.deadline.singles()] if provision.deadline is not None else []
    return not named or not all(named) or course.anchor is not None


def _violation(
    scenario: Scenario, instance: Instance, course: Course
) -> tuple[Instant | None, StretchLimit | None, bool]:
    """Return when the duty was violated, the limit that was missed, and whether it came into force after it (S25)."""
    last = len(course.stretches) if course.performed is None else course.performed_in + 1
    for index, stretch in enumerate(course.stretches[:last]):
        found = scenario.limit(instance, index)
        if found is None or (
            course.performed is not None
            and index == course.performed_in
            and found.in_time(scenario.prepared.events[course.performed].at, course.performed)
        ):
            continue
        at = max(found.limit.late_from, stretch.start)
        if at <= scenario.prepared.as_of and (stretch.end is None or at < stretch.end):
            return at, found, stretch.start > found.limit.late_from
    return None, None, False


def _standing(scenario: Scenario, instance: Instance, course: Course) -> Result:
    acts = _within(scenario, instance, course)
    return Result(
        running(course, Status.ACTIVE, course.stretches[-1].end),
        trigger=course.trigger,
        anchor=course.anchor,
        owed=course.stretches[-1].end is None,
        last_act=acts[-1] if acts else None,
    )


def _prohibition(scenario: Scenario, instance: Instance, course: Course) -> Result:
    breaches = _within(scenario, instance, course)
    status = Status.BREACHED if breaches else running(course, Status.OBSERVED, course.stretches[-1].end)
    violated_at = breaches[0].at if breaches else None
    return Result(status, trigger=course.trigger, violated_at=violated_at, breaches=breaches)


def _permission(scenario: Scenario, instance: Instance, course: Course) -> Result:
    acts = _within(scenario, instance, course)
    status = Status.USED if acts else running(course, Status.AVAILABLE, course.stretches[-1].end)
    return Result(status, trigger=course.trigger, last_act=acts[-1] if acts else None)


def _within(scenario: Scenario, instance: Instance, course: Course) -> tuple[Occurrence, ...]:
    """Return the acts while the provision was in force; one at the very instant of `until` is outside (S27)."""
    events = scenario.prepared.events
    acts = scenario.acts(instance)
    found: list[int] = []
    for stretch in course.stretches:
        first = bisect_left(acts, stretch.start, key=lambda place: events[place].at)
        end = len(acts) if stretch.end is None else bisect_left(acts, stretch.end, key=lambda place: events[place].at)
        found += acts[first:end]
    return tuple(scenario.occurrence(place) for place in found)
