"""What each duty of a case has come to (S11-S29), as the reference has it, provision by provision.

A provision that the plan leaves to the reference is not asked for here; where the case itself asks for more (an event
of which nobody knows whether it matches, a limit that another one caps, unknowns that several duties share), the
question is :class:`Left`.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policyengine.engine.compiled.courses import Course, alive, is_open, runs, settled, truths, with_acts
from policyengine.engine.compiled.found import Found, Point
from policyengine.engine.compiled.limits import limits
from policyengine.engine.compiled.log import Left
from policyengine.engine.compiled.truths import NO, YES
from policyengine.model.assessment import NO_DUTY, Status
from policyengine.model.happening import Outcome
from policyengine.model.provision import Strength
from policyengine.temporal.instant import FIRST_MICROS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policyengine.engine.compiled.found import Due
    from policyengine.engine.compiled.log import Log
    from policyengine.engine.compiled.patterns import Pattern
    from policyengine.engine.compiled.plan import Plan, PlannedProvision, Waited


@dataclass(slots=True)
class Judging:
    """One case under one plan, provisions judged in the plan's order; `found` has ``None`` where one was left."""

    plan: Plan
    log: Log
    found: dict[str, Found | None] = field(default_factory=dict)

    def judge(self, name: str) -> None:
        """Judge the provision *name*; what it waits for has been judged before."""
        try:
            self.found[name] = self._judged(self.plan.provisions[name])
        except Left:
            self.found[name] = None

    def _judged(self, planned: PlannedProvision) -> Found:
        trigger = None if planned.upon is None else self.first_of(planned.upon)
        if planned.upon is not None and trigger is None:
            return Found(Status.NOT_TRIGGERED)
        start = FIRST_MICROS if trigger is None else trigger.at
        own = truths(self.log, planned, start)
        if not is_open(own):
            return self._lived(planned, trigger, own)
        found = self._lived(planned, trigger, settled(own, YES))
        found.otherwise = self._lived(planned, trigger, settled(own, NO))
        return found

    def first_of(self, waited: Sequence[Waited]) -> Point | None:
        """Return the first occurrence of any of *waited* (S11)."""
        found = [point for each in waited if (point := self.occurrence(each)) is not None]
        return min(found, key=self._order, default=None)

    def occurrence(self, waited: Waited) -> Point | None:
        """Return the first occurrence of *waited*; ``None`` while there is none.

        Raises:
            Left: it is an outcome of a duty that was left, or that unknowns leave open.
        """
        if waited.pattern is not None:
            place = self.log.first(waited.pattern)
            return None if place is None else self._event(place)
        found = [point for name in waited.provisions if (point := self._outcome(waited.outcome, name)) is not None]
        return min(found, key=self._order, default=None)

    def _outcome(self, kind: Outcome | None, name: str) -> Point | None:
        found = self.found[name]
        if found is None or found.otherwise is not None:
            raise Left
        if kind is Outcome.PERFORMED:
            place = found.performed
        elif kind is Outcome.BREACHED:
            place = found.breaches[0] if found.breaches else -1
        elif found.violated_at is None:
            return None
        else:
            return Point(found.violated_at, -1, name, None if found.limit is None else found.limit.due)
        return None if place < 0 else Point(self.log.ats[place], place, name)

    def _event(self, place: int) -> Point:
        return Point(self.log.ats[place], place)

    def _order(self, point: Point) -> tuple[int, int]:
        return point.at, self._place(point)

    def _place(self, point: Point) -> int:
        """Return the place in the log of *point*; of an outcome, that of the last event before it."""
        return point.place if point.provision is None else self.log.last_before(point.at)

    def _lived(self, planned: PlannedProvision, trigger: Point | None, own: list[tuple[int, int]]) -> Found:
        course = self._course(planned, trigger, own)
        if not course.runs:
            return _without_duty(course)
        found = self._of_strength(planned, course)
        lapsed = planned.upon is None and not course.in_force and found.violated_at is None and found.performed < 0
        if lapsed:
            return Found(Status.NOT_IN_FORCE)
        found.in_force = course.left is None
        return found

    def _course(self, planned: PlannedProvision, trigger: Point | None, own: list[tuple[int, int]]) -> Course:
        start = FIRST_MICROS if trigger is None else trigger.at
        anchors = tuple(trigger if each.anchor is None else self.occurrence(each.anchor) for each in planned.singles)
        after = -1 if trigger is None else self._place(trigger)
        ended, waived = self._ended(planned, after), self._first_after(planned.waived_by, after)
        in_force = alive(planned.lives, self.log.as_of if trigger is None else trigger.at)
        living = in_force or planned.upon is None
        end = ended if waived is None else waived if ended is None else min(ended, waived)
        course = Course(
            in_force,
            trigger,
            anchors,
            ended,
            waived if waived is not None and self._lives_on(planned, own, waived, ended) else None,
            runs(self.plan, self.log, planned, own, ended=end) if living else [],
        )
        earliest = min([start, *(each.anchor for each in anchors if each is not None)])
        with_acts(self.log, planned, course, earliest)
        return course

    def _ended(self, planned: PlannedProvision, after: int) -> int | None:
        """Return the instant at which `until` happened after the place *after*."""
        if not planned.until_all:
            return self._first_after(planned.until, after)
        found = [self.log.first(each, after) for each in planned.until]
        places = [place for place in found if place is not None]
        return max(self.log.ats[place] for place in places) if len(places) == len(found) else None

    def _first_after(self, patterns: Sequence[Pattern], after: int) -> int | None:
        if not patterns:
            return None
        places = [place for each in patterns if (place := self.log.first(each, after)) is not None]
        return min((self.log.ats[place] for place in places), default=None)

    def _lives_on(self, planned: PlannedProvision, own: list[tuple[int, int]], waived: int, ended: int | None) -> bool:
        """Tell whether a waiver took anything away: the duty would be in force at it or later (S25)."""
        if ended is not None and ended <= waived:
            return False
        found = runs(self.plan, self.log, planned, own, ended=ended)
        return any(each.end is None or each.end > waived for each in found)

    def _of_strength(self, planned: PlannedProvision, course: Course) -> Found:
        strength = planned.node.strength
        if strength is Strength.MUST_NOT:
            breaches = self._within(planned, course)
            status = Status.BREACHED if breaches else _running(course, Status.OBSERVED)
            violated_at = self.log.ats[breaches[0]] if breaches else None
            return Found(status, course.trigger, violated_at=violated_at, breaches=breaches)
        if strength is Strength.MAY:
            acts = self._within(planned, course)
            status = Status.USED if acts else _running(course, Status.AVAILABLE)
            return Found(status, course.trigger, last_act=acts[-1] if acts else -1)
        if planned.node.standing:
            acts = self._within(planned, course)
            owed, last = course.left is None, acts[-1] if acts else -1
            return Found(_running(course, Status.ACTIVE), course.trigger, course.anchor, owed=owed, last_act=last)
        return self._obligation(planned, course)

    def _within(self, planned: PlannedProvision, course: Course) -> tuple[int, ...]:
        """Return the acts while the provision was in force; one at the very instant of `until` is outside (S27)."""
        acts, ats = self.log.matches(planned.act), self.log.ats
        found: list[int] = []
        for run in course.runs:
            first = bisect_left(acts, run.start, key=ats.__getitem__)
            end = len(acts) if run.end is None else bisect_left(acts, run.end, key=ats.__getitem__)
            found += acts[first:end]
        return tuple(found)

    def _obligation(self, planned: PlannedProvision, course: Course) -> Found:
        known = limits(self, planned, course)
        violated_at, missed, late = self._violation(course, known)
        index = course.performed_in if course.performed >= 0 else len(course.runs) - 1
        current = missed or known[index]
        status = self._status(course, violated_at, current)
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

    def _violation(self, course: Course, known: Sequence[Due | None]) -> tuple[int | None, Due | None, bool]:
        """Return when the duty was violated, the limit that was missed, and whether it came into force after it."""
        performed = course.performed
        last = len(course.runs) if performed < 0 else course.performed_in + 1
        for index, run in enumerate(course.runs[:last]):
            limit = known[index]
            if limit is None:
                continue
            if index == course.performed_in and performed >= 0 and limit.in_time(self.log.ats[performed], performed):
                continue
            at = max(limit.late_from, run.start)
            if at <= self.log.as_of and (run.end is None or at < run.end):
                return at, limit, run.start > limit.late_from
        return None, None, False

    def _status(self, course: Course, violated_at: int | None, limit: Due | None) -> Status:
        performed = course.performed
        if performed >= 0:
            on_time = limit is None or limit.in_time(self.log.ats[performed], performed)
            return Status.FULFILLED if on_time else Status.FULFILLED_LATE
        if course.waived is not None:
            return Status.WAIVED
        return Status.OVERDUE if violated_at is not None else _running(course, Status.ACTIVE)


def _without_duty(course: Course) -> Found:
    if not course.in_force:
        return Found(Status.NOT_IN_FORCE, course.trigger)
    status = Status.NOT_APPLICABLE if course.waived is None else Status.WAIVED
    return Found(status, course.trigger)


def _running(course: Course, status: Status) -> Status:
    """Return *status* for a duty that is in force, else how it left (S25)."""
    left = course.left
    if left is None:
        return status
    if left == course.waived:
        return Status.WAIVED
    return Status.ENDED if left == course.ended else Status.WITHDRAWN


def _has_anchor(planned: PlannedProvision, course: Course) -> bool:
    named = [each.anchor is not None for each in planned.singles]
    return not named or not all(named) or course.anchor is not None


def has_duty(found: Found) -> bool:
    """Tell whether there is a duty at all (S14)."""
    return found.status not in NO_DUTY
