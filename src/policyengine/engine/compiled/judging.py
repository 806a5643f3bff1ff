"""What each duty of a case has come to (S11-S29), as the reference has it, provision by provision.

A provision that the plan leaves to the reference is not asked for here; where the case itself asks for more (an event
of which nobody knows whether it matches, several unknowns on which one duty depends), the question is :class:`Left`.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policyengine.engine.compiled.capping import Lived
from policyengine.engine.compiled.correlation import NOWHERE, Came, Correlated, arisings
from policyengine.engine.compiled.courses import (
    Course,
    alive,
    is_open,
    runs,
    settled,
    truths,
    with_acts,
)
from policyengine.engine.compiled.defeat import undefeated, without_duty
from policyengine.engine.compiled.derived import derive
from policyengine.engine.compiled.found import Arising, Found, Point
from policyengine.engine.compiled.lifecycle import of_strength
from policyengine.engine.compiled.log import Left
from policyengine.engine.compiled.reach import Reach
from policyengine.engine.compiled.recurring import recurring
from policyengine.engine.compiled.truths import NO, YES
from policyengine.model.assessment import Status
from policyengine.model.happening import Outcome
from policyengine.temporal.instant import FIRST_MICROS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from policyengine.engine.compiled.courses import Truth
    from policyengine.engine.compiled.found import Unknown
    from policyengine.engine.compiled.log import Log
    from policyengine.engine.compiled.patterns import Pattern
    from policyengine.engine.compiled.plan import Plan, PlannedProvision, Waited
    from policyengine.engine.reference.instances import Key


MOST_OPEN = 7
"""Of the provisions behind one: with its own conditions fewer unknowns than the reference leaves unexplored (S13)."""


@dataclass(slots=True, eq=False)
class Judging:
    """One case under one plan, provisions judged in the plan's order.

    `found` has what each duty of a provision has come to, at least one, and ``None`` where the provision was left.
    """

    plan: Plan
    log: Log
    found: dict[str, tuple[Found, ...] | None] = field(default_factory=dict)
    world: tuple[Unknown, int] | None = None
    """The unknown that a duty is being judged under, as what it comes out."""
    courses: dict[str, tuple[Lived, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Derive what tables derive."""
        derive(self.plan, self.log)

    def judge(self, name: str) -> None:
        """Judge the provision *name*; what it waits for has been judged before."""
        try:
            self.found[name] = self._judged(self.plan.provisions[name])
        except Left:
            self.found[name] = None

    def _judged(self, planned: PlannedProvision) -> tuple[Found, ...]:
        self.explored(planned.behind)
        if planned.node.each:
            several = tuple(self._one(planned, each) for each in arisings(self, planned))
            return several or (Found(Status.NOT_TRIGGERED),)
        if planned.node.every is not None:
            arising = self._single(planned)
            waits = planned.upon is not None and arising.trigger is None
            return (Found(Status.NOT_TRIGGERED),) if waits else recurring(self, planned, arising)
        return (self._only(planned),)

    def _only(self, planned: PlannedProvision) -> Found:
        """Return what the one duty of *planned* has come to, in both worlds where one unknown makes two (S13)."""
        unknown = self.unknown_behind(planned.awaited)
        if unknown is None:
            return self._one(planned, self._single(planned))
        one, other = (self._under(planned, (unknown, truth)) for truth in (YES, NO))
        return self.both(planned, one, other, unknown)

    def explored(self, names: Iterable[str]) -> None:
        """See that the reference would go through all that the unknowns of the provisions *names* can come to.

        Raises:
            Left: it would not, or one of the provisions was left.
        """
        unsettled = [name for name in names if any(each.otherwise is not None for each in self.found_of(name))]
        if len(unsettled) > MOST_OPEN:
            raise Left

    def unknown_behind(self, awaited: Iterable[Waited]) -> Unknown | None:
        """Return the unknown on which the outcomes depend that are *awaited*.

        Raises:
            Left: there are several, or some outcome was left.
        """
        found = {
            each.unknown
            for waited in awaited
            for name in waited.provisions
            for each in self.found_of(name)
            if each.otherwise is not None and self._differs(waited.outcome, name, each)
        }
        if len(found) > 1:
            raise Left
        return next(iter(found), None)

    def _differs(self, kind: Outcome | None, name: str, found: Found) -> bool:
        other = found.otherwise
        return other is not None and self._outcome(kind, name, found) != self._outcome(kind, name, other)

    def _under(self, planned: PlannedProvision, world: tuple[Unknown, int]) -> Found:
        with self.supposed(world):
            return self._one(planned, self._single(planned))

    @contextmanager
    def supposed(self, world: tuple[Unknown, int]) -> Iterator[None]:
        """Suppose that an unknown comes out so."""
        self.world = world
        try:
            yield
        finally:
            self.world = None

    def _single(self, planned: PlannedProvision) -> Arising:
        return Arising(None if planned.upon is None else self.first_of(planned.upon))

    def _one(self, planned: PlannedProvision, arising: Arising) -> Found:
        if planned.upon is not None and arising.trigger is None:
            return Found(Status.NOT_TRIGGERED, label=arising.label, key=arising.key)
        start = FIRST_MICROS if arising.trigger is None else arising.trigger.at
        own = truths(self.log, planned, start)
        if not is_open(own):
            return self._lived(planned, arising, own)
        unknown = (planned.node.when, planned.node.unless)
        if self.world is not None:
            if self.world[0] != unknown:
                raise Left
            return self._lived(planned, arising, settled(own, self.world[1]))
        one, other = (self._lived(planned, arising, settled(own, truth)) for truth in (YES, NO))
        return self.both(planned, one, other, unknown)

    def both(self, planned: PlannedProvision, one: Found, other: Found, unknown: Unknown) -> Found:
        """Return *one*, with what the duty comes to otherwise.

        Raises:
            Left: nobody knows of some event whether it concerns the duty; what it lacks would be told.
        """
        befores = (each.before for each in planned.singles if each.before is not None)
        for pattern in (planned.act, *befores):  # not asked for where the duty was never in force
            self.log.matches(pattern, one.key)
        one.otherwise, one.unknown = other, unknown
        return one

    def lived(self, name: str) -> tuple[Lived, ...]:
        """Return the duties of the provision *name* with their courses; those that nothing triggered are left out.

        Raises:
            Left: unknowns leave open when they are in force.
        """
        if name not in self.courses:
            world, self.world = self.world, None  # what is kept has to be the same in every world
            try:
                self.courses[name] = tuple(self._courses(self.plan.provisions[name]))
            finally:
                self.world = world
        return self.courses[name]

    def _courses(self, planned: PlannedProvision) -> Iterator[Lived]:
        if planned.reach is not Reach.OWN:
            raise Left
        for arising in arisings(self, planned) if planned.node.each else (self._single(planned),):
            if planned.upon is None or arising.trigger is not None:
                own = truths(self.log, planned, FIRST_MICROS if arising.trigger is None else arising.trigger.at)
                if is_open(own):
                    raise Left
                yield Lived(planned, self.course(planned, arising, own))

    def first_of(self, waited: Sequence[Waited]) -> Point | None:
        """Return the first occurrence of any of *waited* (S11)."""
        found = [point for each in waited if (point := self.occurrence(each)) is not None]
        return min(found, key=self._order, default=None)

    def occurrence(self, waited: Waited, of: Correlated | None = None) -> Point | None:
        """Return the first occurrence of *waited*; of those that share the key of the duty *of*, if it has one.

        Raises:
            Left: it is an outcome of a duty that was left, or that unknowns leave open.
        """
        if waited.pattern is not None:
            place = self.log.first(waited.pattern, key=() if of is None else of.arising.key)
            return None if place is None else self.event(place)
        outcomes = (each for name in waited.provisions for each in self.outcomes(waited.outcome, name))
        found = [each.point for each in outcomes if of is None or of.concerned(each)]
        return min(found, key=self._order, default=None)

    def outcomes(self, kind: Outcome | None, name: str) -> Iterator[Came]:
        """Yield the outcomes of the duties of the provision *name*, one at most of each.

        Raises:
            Left: one of them was left, or unknowns leave it open.
        """
        for each in self.found_of(name):
            point = self.outcome_of(kind, Came(name, each, NOWHERE))
            if point is not None:
                yield Came(name, each, point)

    def found_of(self, name: str) -> tuple[Found, ...]:
        """Return what the duties of the provision *name* have come to.

        Raises:
            Left: they were left.
        """
        found = self.found[name]
        if found is None:
            raise Left
        return found

    def outcome_of(self, kind: Outcome | None, came: Came) -> Point | None:
        """Return when a duty was violated, performed or breached, in the world that is being judged.

        Raises:
            Left: unknowns leave that open.
        """
        name, found, _ = came
        if found.otherwise is None or not self._differs(kind, name, found):
            return self._outcome(kind, name, found)
        if self.world is None or self.world[0] != found.unknown:
            raise Left
        return self._outcome(kind, name, found if self.world[1] == YES else found.otherwise)

    def _outcome(self, kind: Outcome | None, name: str, found: Found) -> Point | None:
        if kind is Outcome.PERFORMED:
            place = found.performed
        elif kind is Outcome.BREACHED:
            place = found.breaches[0] if found.breaches else -1
        elif found.violated_at is None:
            return None
        else:
            return Point(found.violated_at, -1, name, None if found.limit is None else found.limit.due)
        return None if place < 0 else Point(self.log.ats[place], place, name)

    def event(self, place: int) -> Point:
        """Return the event at *place*."""
        return Point(self.log.ats[place], place)

    def _order(self, point: Point) -> tuple[int, int]:
        return point.at, self._place(point)

    def _place(self, point: Point) -> int:
        """Return the place in the log of *point*; of an outcome, that of the last event before it."""
        return point.place if point.provision is None else self.log.last_before(point.at)

    def _lived(self, planned: PlannedProvision, arising: Arising, own: list[Truth]) -> Found:
        found = self._in_world(planned, self.course(planned, arising, own))
        found.label, found.key = arising.label, arising.key
        return found

    def _in_world(self, planned: PlannedProvision, course: Course) -> Found:
        if not course.runs:
            return without_duty(self, planned, course)
        found = of_strength(self, planned, course)
        lapsed = planned.upon is None and not course.in_force and found.violated_at is None and found.performed < 0
        if lapsed:
            return Found(Status.NOT_IN_FORCE)
        found.in_force = course.left is None
        return found

    def course(self, planned: PlannedProvision, arising: Arising, own: list[Truth]) -> Course:
        """Return everything about one duty but its limits, in the world in which its conditions are as *own*."""
        trigger, own = arising.trigger, undefeated(self, planned, arising, own)
        start = FIRST_MICROS if trigger is None else trigger.at
        of = Correlated(self, planned, arising)
        anchors = tuple(
            trigger if each.anchor is None else self.occurrence(each.anchor, of) for each in planned.singles
        )
        after = -1 if trigger is None else self._place(trigger)
        ended = self._ended(planned, after, arising.key)
        waived = self._first_after(planned.waived_by, after, arising.key)
        in_force = alive(planned.lives, self.log.as_of if trigger is None else trigger.at)
        living = in_force or planned.upon is None
        end = ended if waived is None else waived if ended is None else min(ended, waived)
        course = Course(
            in_force,
            arising,
            anchors,
            ended,
            waived if waived is not None and self._lives_on(planned, own, waived, ended) else None,
            runs(self.plan, self.log, planned, own, ended=end) if living else [],
        )
        earliest = min([start, *(each.anchor for each in anchors if each is not None)])
        with_acts(self.log, planned, course, earliest)
        return course

    def _ended(self, planned: PlannedProvision, after: int, key: Key) -> int | None:
        """Return the instant at which `until` happened after the place *after*."""
        if not planned.until_all:
            return self._first_after(planned.until, after, key)
        found = [self.log.first(each, after, key) for each in planned.until]
        places = [place for place in found if place is not None]
        return max(self.log.ats[place] for place in places) if len(places) == len(found) else None

    def _first_after(self, patterns: Sequence[Pattern], after: int, key: Key) -> int | None:
        if not patterns:
            return None
        places = [place for each in patterns if (place := self.log.first(each, after, key)) is not None]
        return min((self.log.ats[place] for place in places), default=None)

    def _lives_on(self, planned: PlannedProvision, own: list[Truth], waived: int, ended: int | None) -> bool:
        """Tell whether a waiver took anything away: the duty would be in force at it or later (S25)."""
        if ended is not None and ended <= waived:
            return False
        found = runs(self.plan, self.log, planned, own, ended=ended)
        return any(each.end is None or each.end > waived for each in found)
