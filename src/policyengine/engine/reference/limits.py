"""The limits of one duty, one for each stretch in which it is in force (S16, S17, S20, S21, S26)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from typing import TYPE_CHECKING

from policyengine.engine.reference.counting import before, cap, count, earliest, latest
from policyengine.model.condition import Truth
from policyengine.model.deadline import Regrading
from policyengine.temporal.limit import Counting, Length, Limit, Unit

if TYPE_CHECKING:
    from policyengine.engine.reference.course import Course, Stretch
    from policyengine.engine.reference.instances import Instance
    from policyengine.engine.reference.scenario import Scenario
    from policyengine.model.assessment import Occurrence
    from policyengine.model.deadline import Counting as Rules
    from policyengine.model.deadline import Deadline, Within
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


def stretch_limit(scenario: Scenario, instance: Instance, index: int) -> StretchLimit | None:
    """Return the limit of stretch *index*, never later than that of the stretch before (S26)."""
    course = scenario.course(instance)
    deadline = instance.provision.deadline
    if deadline is None or deadline.promptly:
        return None
    stretch = course.stretches[index]
    own = Counted(scenario, instance, course, stretch).limit(deadline, _numbered(course))
    if own is not None and stretch.mode is Regrading.CAPPED and has_length(deadline):
        _, capping = scenario.cap(instance, stretch.start) or (None, None)
        own = StretchLimit(cap(own.limit, capping), own.place)
    previous = scenario.limit(instance, index - 1) if index else None
    found = [each for each in (previous, own) if each is not None]
    return min(found, key=_end, default=None)


def _numbered(course: Course) -> Iterator[tuple[int, Occurrence | None]]:
    return iter(tuple(enumerate(course.anchors)))


def has_length(deadline: Deadline) -> bool:
    """Tell whether any single limit of *deadline* has a length, so that a running limit can cap it (S26)."""
    return any(each.within is not None for each in deadline.singles())


@dataclass(frozen=True, slots=True)
class Counted:
    """The limit of one stretch of one duty, as far as it can be counted."""

    scenario: Scenario
    instance: Instance
    course: Course
    stretch: Stretch

    def limit(self, deadline: Deadline, anchors: Iterator[tuple[int, Occurrence | None]]) -> StretchLimit | None:
        """Return the limit of *deadline*; *anchors* has what each single limit in it counts from, in order."""
        if not deadline.limbs:
            return self.single(deadline, *next(anchors))
        limbs = [self.limb(each, anchors) for each in deadline.limbs]
        found = [limit for applies, limit in limbs if applies]
        known = [each for each in found if each is not None]
        if not known or (deadline.latest is not None and len(known) < len(found)):
            return None
        choose, compose = (min, earliest) if deadline.earliest is not None else (max, latest)
        composed = compose(each.limit for each in known)
        return None if composed is None else StretchLimit(composed, choose(known, key=_end).place)

    def limb(
        self, deadline: Deadline, anchors: Iterator[tuple[int, Occurrence | None]]
    ) -> tuple[bool, StretchLimit | None]:
        """Return whether a limb applies, its condition read at its own anchor, and its limit (S20)."""
        if deadline.limbs or deadline.when is None:
            return True, self.limit(deadline, anchors)
        number, anchor = next(anchors)
        if anchor is None:
            return True, None
        along_time = self.scenario.inquiry.answers.along_time[(self.instance.provision.id, f"limb {number}")]
        truth = along_time.at(anchor.anchor)
        if truth is Truth.UNKNOWN:
            truth = self.scenario.world.choose((deadline.when, anchor.at), (Truth.TRUE, Truth.FALSE))
        return truth is Truth.TRUE, self.single(deadline, number, anchor)

    def single(self, deadline: Deadline, number: int, anchor: Occurrence | None) -> StretchLimit | None:
        """Return the limit of a length, or of an event that must be preceded."""
        if deadline.before is not None:
            return self.preceding(number)
        return None if anchor is None or deadline.within is None else self.counted(deadline, anchor.anchor)

    def counted(self, deadline: Deadline, anchor: Instant) -> StretchLimit:
        """Return the limit of a length from *anchor*, or from the change if the duty counts afresh from it."""
        policy = self.scenario.prepared.policy
        start = max(anchor, self.stretch.start) if self.stretch.counts_afresh else anchor
        rules = counting(self.scenario.prepared, deadline)
        return StretchLimit(
            count(length(deadline.within), start, counting=rules, calendar=policy.calendar, zone=policy.zone)
        )

    def preceding(self, number: int) -> StretchLimit | None:
        """Return the instant of the first event at which the duty is in force and which the act must precede."""
        after = self.scenario.last_before(self.stretch.start)
        place = self.scenario.first(self.instance, f"before {number}", after)
        if place is None or not self.stretch.holds_at(self.scenario.prepared.events[place].at):
            return None
        event = self.scenario.prepared.events[place]
        anchor = event.at if self.course.trigger is None else self.course.trigger.at
        return StretchLimit(before(event.at, anchor=anchor), place)


def _end(limit: StretchLimit) -> Instant:
    return limit.limit.late_from


def length(within: Within | None) -> Length:
    """Return the length as written; the loader has checked that there is exactly one."""
    unit, number = within.parts()[0] if within is not None else ("", 0)
    return Length(Unit(unit), number)


def counting(prepared: Prepared, deadline: Deadline | None = None) -> Counting:
    """Return how a limit is counted: as the deadline says, else as the policy does, else exactly and without roll."""
    return counted_by(prepared.counting, deadline)


def counted_by(rules: Rules, deadline: Deadline | None = None) -> Counting:
    """Return how a limit is counted where a policy has *rules*: as the deadline says, else as they do."""
    ends = (deadline and deadline.ends) or rules.days.ends
    return Counting(
        hours=(deadline and deadline.hours) or rules.hours or "exact",
        roll=(deadline and deadline.roll) or rules.days.roll or "stay",
        ends=None if ends is None else time.fromisoformat(ends),
    )
