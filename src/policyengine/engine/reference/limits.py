"""The limits of one duty, one for each stretch in which it is in force (S16, S17, S21, S26)."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import time
from typing import TYPE_CHECKING

from policyengine.engine.reference.counting import before, cap, count
from policyengine.model.deadline import Regrading
from policyengine.temporal.limit import Counting, Length, Limit, Unit

if TYPE_CHECKING:
    from policyengine.engine.reference.course import Course, Stretch
    from policyengine.engine.reference.scenario import Scenario
    from policyengine.model.deadline import Deadline
    from policyengine.model.provision import Provision
    from policyengine.prepare.prepared import Prepared
    from policyengine.temporal.instant import Instant


@dataclass(frozen=True, slots=True)
class StretchLimit:
    """A limit; for `before: EVENT` also the place of that event, which decides at its very instant (S21)."""

    limit: Limit
    place: int | None = None

    def in_time(self, at: Instant, place: int) -> bool:
        """Tell whether an act at *at*, at *place* in the log, is in time."""
        if self.place is not None and at == self.limit.due:
            return place < self.place
        return not self.limit.is_late(at)


def stretch_limit(scenario: Scenario, provision: Provision, index: int) -> StretchLimit | None:
    """Return the limit of stretch *index*, never later than that of the stretch before (S26)."""
    course = scenario.course(provision)
    deadline = provision.deadline
    if deadline is None or deadline.promptly:
        return None
    own = _preceding(scenario, course, deadline, course.stretches[index])
    if deadline.within is not None:
        own = _counted(scenario, provision, course, course.stretches[index])
    previous = scenario.limit(provision, index - 1) if index else None
    found = [each for each in (previous, own) if each is not None]
    return min(found, key=lambda each: each.limit.late_from, default=None)


def _counted(scenario: Scenario, provision: Provision, course: Course, stretch: Stretch) -> StretchLimit | None:
    if course.anchor is None or provision.deadline is None:
        return None
    anchor = course.anchor.anchor
    if stretch.counts_afresh:
        anchor = max(anchor, stretch.start)
    policy = scenario.prepared.policy
    limit = count(
        length(provision.deadline),
        anchor,
        counting=counting(scenario.prepared, provision.deadline),
        calendar=policy.calendar,
        zone=policy.zone,
    )
    if stretch.mode is Regrading.CAPPED:
        limit = cap(limit, scenario.cap(provision, stretch.start))
    return StretchLimit(limit)


def _preceding(scenario: Scenario, course: Course, deadline: Deadline, stretch: Stretch) -> StretchLimit | None:
    """Return the instant of the first event at which the duty is in force and which the act must precede."""
    if deadline.before is None:
        return None
    event = scenario.first_after(deadline.before, scenario.last_before(stretch.start))
    if event is None or not stretch.holds_at(event.at):
        return None
    anchor = event.at if course.trigger is None else course.trigger.at
    return StretchLimit(before(event.at, anchor=anchor), scenario.inquiry.place_of[event.id])


def length(deadline: Deadline) -> Length:
    """Return the length as written; the loader has checked that there is exactly one."""
    within = deadline.within
    unit, number = within.parts()[0] if within is not None else ("", 0)
    return Length(Unit(unit), number)


def counting(prepared: Prepared, deadline: Deadline) -> Counting:
    """Return how the limit is counted: as the deadline says, else as the policy does, else exactly and without roll."""
    rules = prepared.counting
    ends = deadline.ends or rules.days.ends
    return Counting(
        hours=deadline.hours or rules.hours or "exact",
        roll=deadline.roll or rules.days.roll or "stay",
        ends=None if ends is None else time.fromisoformat(ends),
    )


def running_limit(scenario: Scenario, provision: Provision, at: Instant) -> Limit | None:
    """Return the limit of *provision* that was running just before *at*: in force, not passed, not performed."""
    course = scenario.course(provision)
    index = bisect_left(course.stretches, at, key=lambda each: each.start) - 1
    if index < 0:
        return None
    stretch = course.stretches[index]
    if stretch.end is not None and stretch.end < at:
        return None
    if course.performed is not None and scenario.prepared.events[course.performed].at < at:
        return None
    found = scenario.limit(provision, index)
    return None if found is None or found.limit.is_late(at) else found.limit


def warm(scenario: Scenario, provisions: tuple[Provision, ...]) -> None:
    """Compute the limits of *provisions* in the order of time, so that no cap has to wait for a later one."""
    starts = [
        (stretch.start, place, index)
        for place, provision in enumerate(provisions)
        for index, stretch in enumerate(scenario.course(provision).stretches)
    ]
    for _, place, index in sorted(starts):
        scenario.limit(provisions[place], index)
