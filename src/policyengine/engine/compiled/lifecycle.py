"""What a duty that was in force has come to at `as_of` (S25, S27, S28), as the reference has it."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from policyengine.engine.compiled.capping import limits
from policyengine.engine.compiled.courses import running
from policyengine.engine.compiled.found import Found
from policyengine.model.assessment import Status
from policyengine.model.provision import Strength

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policyengine.engine.compiled.courses import Course
    from policyengine.engine.compiled.found import Due
    from policyengine.engine.compiled.judging import Judging
    from policyengine.engine.compiled.log import Log
    from policyengine.engine.compiled.plan import PlannedProvision


def of_strength(judging: Judging, planned: PlannedProvision, course: Course) -> Found:
    """Return what the duty of *course*, in force at some time, has come to."""
    strength = planned.node.strength
    if strength is Strength.MUST_NOT:
        breaches = _within(judging, planned, course)
        status = Status.BREACHED if breaches else running(course, Status.OBSERVED, course.left)
        violated_at = judging.log.ats[breaches[0]] if breaches else None
        return Found(status, course.trigger, violated_at=violated_at, breaches=breaches)
    if strength is Strength.MAY:
        acts = _within(judging, planned, course)
        status = Status.USED if acts else running(course, Status.AVAILABLE, course.left)
        return Found(status, course.trigger, last_act=acts[-1] if acts else -1)
    if planned.node.standing:
        acts = _within(judging, planned, course)
        status, last = running(course, Status.ACTIVE, course.left), acts[-1] if acts else -1
        return Found(status, course.trigger, course.anchor, owed=course.left is None, last_act=last)
    return _obligation(judging, planned, course)


def _within(judging: Judging, planned: PlannedProvision, course: Course) -> tuple[int, ...]:
    """Return the acts while the provision was in force; one at the very instant of `until` is outside (S27)."""
    acts, ats = judging.log.matches(planned.act, course.arising.key), judging.log.ats
    found: list[int] = []
    for run in course.runs:
        first = bisect_left(acts, run.start, key=ats.__getitem__)
        end = len(acts) if run.end is None else bisect_left(acts, run.end, key=ats.__getitem__)
        found += acts[first:end]
    return tuple(found)


def _obligation(judging: Judging, planned: PlannedProvision, course: Course) -> Found:
    known = limits(judging, planned, course)
    violated_at, missed, late = _violation(judging.log, course, known)
    index = course.performed_in if course.performed >= 0 else len(course.runs) - 1
    current = missed or known[index]
    status = _status(judging.log, course, violated_at, current)
    if status is Status.ACTIVE and not _has_anchor(planned, course):
        status = Status.NOT_STARTED
    return Found(
        status,
        course.trigger,
        course.anchor,
        current,
        course.performed,
        violated_at,
        late,
        owed=course.performed < 0 and course.left is None,
        partial_acts=course.partial,
    )


def _violation(log: Log, course: Course, known: Sequence[Due | None]) -> tuple[int | None, Due | None, bool]:
    """Return when the duty was violated, the limit that was missed, and whether it came into force after it."""
    performed = course.performed
    last = len(course.runs) if performed < 0 else course.performed_in + 1
    for index, run in enumerate(course.runs[:last]):
        limit = known[index]
        if limit is None:
            continue
        if index == course.performed_in and performed >= 0 and limit.in_time(log.ats[performed], performed):
            continue
        at = max(limit.late_from, run.start)
        if at <= log.as_of and (run.end is None or at < run.end):
            return at, limit, run.start > limit.late_from
    return None, None, False


def _status(log: Log, course: Course, violated_at: int | None, limit: Due | None) -> Status:
    performed = course.performed
    if performed >= 0:
        on_time = limit is None or limit.in_time(log.ats[performed], performed)
        return Status.FULFILLED if on_time else Status.FULFILLED_LATE
    if course.waived is not None:
        return Status.WAIVED
    return Status.OVERDUE if violated_at is not None else running(course, Status.ACTIVE, course.left)


def _has_anchor(planned: PlannedProvision, course: Course) -> bool:
    named = [each.anchor is not None for each in planned.singles]
    return not named or not all(named) or course.anchor is not None
