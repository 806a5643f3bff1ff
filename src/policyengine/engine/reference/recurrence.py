"""Recurring duties: one instance a period, each with a start and a limit, each judged alone (S28)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from policyengine.engine.reference.counting import count
from policyengine.engine.reference.lifecycle import Result, running, unrecorded, without_duty
from policyengine.engine.reference.limits import counting, length
from policyengine.engine.reference.periods import Period, periods
from policyengine.engine.reference.spans import BEGINNING
from policyengine.model.assessment import Status
from policyengine.model.condition import Truth

if TYPE_CHECKING:
    from policyengine.engine.reference.course import Course, Stretch
    from policyengine.engine.reference.instances import Instance
    from policyengine.engine.reference.scenario import Scenario
    from policyengine.model.deadline import Within
    from policyengine.temporal.instant import Instant
    from policyengine.temporal.limit import Limit


def series(scenario: Scenario, instance: Instance) -> dict[str, Result]:
    """Return what each period has come to at `as_of`, by its label, in order."""
    course, every = scenario.course(instance), instance.provision.every
    if not course.stretches or every is None:
        return {}
    base = _base(scenario, instance, course)
    acts = _acts(scenario, instance, course, base)
    if every.since_last_act is not None:
        return dict(_chained(scenario, instance, base, acts))
    listed = [each for each in periods(scenario.prepared, every, base) if _concerned(course, each)]
    served = _served(instance, course, listed, [scenario.prepared.events[place].at for place in acts])
    return {
        each.label: _judged(scenario, instance, each, acts[served[place]] if place in served else None)
        for place, each in enumerate(listed)
    }


def before_any_period(scenario: Scenario, instance: Instance) -> Result:
    """Return what a recurring duty has come to that has no period yet."""
    course = scenario.course(instance)
    if not course.stretches:
        return without_duty(scenario, instance, course)
    status = running(course, Status.NOT_STARTED, course.stretches[-1].end)
    return Result(status, trigger=course.trigger, anchor=course.anchor)


def _base(scenario: Scenario, instance: Instance, course: Course) -> Instant:
    """Return when the duty came into force: its trigger, else the start of the version or of the provision itself."""
    if course.trigger is not None:
        return course.trigger.at
    life = scenario.inquiry.lives[instance.provision.id]
    starts = [start for start, truth in zip(life.starts, life.truths, strict=True) if truth is Truth.TRUE]
    # The loader asks for a start; without one there is no first period.
    return next((each for each in starts if each != BEGINNING), scenario.prepared.as_of)


def _acts(scenario: Scenario, instance: Instance, course: Course, base: Instant) -> list[int]:
    events = scenario.prepared.events
    return [
        place
        for place in scenario.acts(instance)
        if not events[place].partial and events[place].at >= base and course.stretch_at(events[place].at) is not None
    ]


def _concerned(course: Course, period: Period) -> bool:
    """Tell whether the duty was in force at any time of *period*."""
    return _last_stretch(course, period) is not None


def _last_stretch(course: Course, period: Period) -> Stretch | None:
    """Return the last stretch in which the duty was in force in *period*."""
    index = bisect_left(course.stretches, period.limit.late_from, key=lambda each: each.start) - 1
    if index < 0:
        return None
    stretch = course.stretches[index]
    return stretch if stretch.end is None or stretch.end > period.start else None


def _served(instance: Instance, course: Course, listed: Sequence[Period], acts: Sequence[Instant]) -> dict[int, int]:
    """Return which act serves which period, both by place; one act serves one period only."""
    if instance.provision.late == "oldest_open":
        return dict(_oldest_open(course, listed, acts))
    found: dict[int, int] = {}
    for place, at in enumerate(acts):
        period = bisect_right(listed, at, key=lambda each: each.limit.late_from)
        if period < len(listed) and listed[period].start <= at:
            found.setdefault(period, place)
    return found


def _oldest_open(course: Course, listed: Sequence[Period], acts: Sequence[Instant]) -> Iterator[tuple[int, int]]:
    oldest = 0
    for place, at in enumerate(acts):
        while oldest < len(listed) and _closed(course, listed[oldest], at):
            oldest += 1
        if oldest < len(listed) and listed[oldest].start <= at:
            yield oldest, place
            oldest += 1


def _closed(course: Course, period: Period, at: Instant) -> bool:
    """Tell whether *period* was over by *at* without being owed: the duty was not in force at its limit."""
    return period.limit.late_from <= at and course.stretch_at(period.limit.late_from) is None


def _judged(scenario: Scenario, instance: Instance, period: Period, act: int | None) -> Result:
    course, limit = scenario.course(instance), period.limit
    performed = None if act is None else scenario.occurrence(act)
    missed = limit.late_from <= scenario.prepared.as_of and course.stretch_at(limit.late_from) is not None
    in_time = performed is not None and not limit.is_late(performed.at)
    violated_at = limit.late_from if missed and not in_time else None
    status = _status(course, period, performed is not None, in_time=in_time, violated=violated_at is not None)
    late_still_serves = instance.provision.late == "oldest_open" and course.stretches[-1].end is None
    return Result(
        status,
        trigger=course.trigger,
        anchor=course.anchor,
        limit=limit,
        performed=performed,
        violated_at=violated_at,
        owed=status is Status.ACTIVE or (status is Status.OVERDUE and late_still_serves),
        starts=period.start,
        in_force=course.stretches[-1].end is None,
        unrecorded=unrecorded(scenario, violated_at),
    )


def _status(course: Course, period: Period, performed: bool, *, in_time: bool, violated: bool) -> Status:  # noqa: FBT001
    if performed:
        return Status.FULFILLED if in_time else Status.FULFILLED_LATE
    if violated:
        return Status.OVERDUE
    stretch = _last_stretch(course, period)
    left = None if stretch is None else stretch.end
    return running(course, Status.ACTIVE, left)


def _chained(
    scenario: Scenario, instance: Instance, base: Instant, acts: Sequence[int]
) -> Iterator[tuple[str, Result]]:
    """Yield the periods that each run from the act before."""
    course, every = scenario.course(instance), instance.provision.every
    within = None if every is None else every.since_last_act
    start, label = base, (course.trigger.event if course.trigger is not None else None) or "start"
    for act in (*acts, None):
        yield label, _linked(scenario, course, _limit(scenario, within, start), act)
        if act is not None:
            start, label = scenario.prepared.events[act].at, scenario.prepared.events[act].id


def _limit(scenario: Scenario, within: Within | None, start: Instant) -> Limit:
    policy = scenario.prepared.policy
    rules = counting(scenario.prepared)
    return count(length(within), start, counting=rules, calendar=policy.calendar, zone=policy.zone)


def _linked(scenario: Scenario, course: Course, limit: Limit, act: int | None) -> Result:
    performed = None if act is None else scenario.occurrence(act)
    until = scenario.prepared.as_of if performed is None else performed.at
    violated_at = _overrun(course, limit, until)
    if performed is not None:
        status = Status.FULFILLED if not limit.is_late(performed.at) else Status.FULFILLED_LATE
    elif violated_at is not None and course.waived is None:
        status = Status.OVERDUE
    else:
        status = running(course, Status.ACTIVE, course.stretches[-1].end)
    return Result(
        status,
        trigger=course.trigger,
        anchor=course.anchor,
        limit=limit,
        performed=performed,
        violated_at=violated_at,
        owed=performed is None and course.stretches[-1].end is None,
        starts=limit.anchor,
        in_force=course.stretches[-1].end is None,
        unrecorded=unrecorded(scenario, violated_at),
    )


def _overrun(course: Course, limit: Limit, until: Instant) -> Instant | None:
    """Return when the limit had passed while the duty was in force, not after *until*."""
    first = max(0, bisect_right(course.stretches, limit.anchor, key=lambda each: each.start) - 1)
    for stretch in course.stretches[first:]:
        at = max(limit.late_from, stretch.start)
        if at > until:
            return None
        if stretch.end is None or at < stretch.end:
            return at
    return None
