"""The limit of one stretch in which a duty is in force (S16-S21)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from policyengine.engine.compiled.courses import AFRESH, truth_at
from policyengine.engine.compiled.found import Due
from policyengine.engine.compiled.log import Left
from policyengine.engine.compiled.truths import OPEN, YES
from policyengine.engine.reference.counting import before, count, earliest, latest
from policyengine.temporal.instant import Instant
from policyengine.temporal.limit import ELAPSED, Limit, Step, StepKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policyengine.engine.compiled.courses import Course
    from policyengine.engine.compiled.found import Point, Run
    from policyengine.engine.compiled.judging import Judging
    from policyengine.engine.compiled.patterns import Pattern
    from policyengine.engine.compiled.plan import Limb
    from policyengine.model.policy import Policy
    from policyengine.temporal.limit import Length


class Counted(NamedTuple):
    """The limit of one stretch of one duty, as far as it can be counted, before any cap."""

    judging: Judging
    course: Course
    run: Run

    def limit(self, limb: Limb, anchors: Iterator[Point | None]) -> Due | None:
        """Return the limit of *limb*; *anchors* has what each single limit in it counts from, in order."""
        if limb.compose is None:
            return self.single(limb, next(anchors))
        limbs = [self.applying(each, anchors) for each in limb.limbs]
        found = [limit for applies, limit in limbs if applies]
        known = [each for each in found if each is not None]
        if not known or (limb.compose == "latest" and len(known) < len(found)):
            return None
        choose, compose = (min, earliest) if limb.compose == "earliest" else (max, latest)
        chosen = choose(known, key=ends)
        return chosen._replace(spell=lambda: _spelled(compose(each.spell() for each in known)))

    def applying(self, limb: Limb, anchors: Iterator[Point | None]) -> tuple[bool, Due | None]:
        """Return whether a limb applies, its condition read at its own anchor, and its limit (S20)."""
        if limb.compose is not None or limb.when is None:
            return True, self.limit(limb, anchors)
        anchor = next(anchors)
        if anchor is None:
            return True, None
        truth = truth_at(self.judging.log, limb.when, anchor.anchor)
        if truth == OPEN:
            raise Left
        return truth == YES, self.single(limb, anchor)

    def single(self, limb: Limb, anchor: Point | None) -> Due | None:
        """Return the limit of a length, or of an event that must be preceded."""
        if limb.before is not None:
            return self.preceding(limb.before)
        return None if anchor is None or limb.length is None else self.counted(limb, anchor.anchor)

    def counted(self, limb: Limb, anchor: int) -> Due:
        """Return the limit of a length from *anchor*, or from the change if the duty counts afresh from it."""
        start = max(anchor, self.run.start) if self.run.mode in AFRESH else anchor
        return counted(self.judging.plan.policy, limb, start)

    def preceding(self, before_it: Pattern) -> Due | None:
        """Return the instant of the first event at which the duty is in force and which the act must precede."""
        log, run = self.judging.log, self.run
        place = log.first(before_it, log.last_before(run.start), self.course.arising.key)
        if place is None or log.ats[place] < run.start or (run.end is not None and log.ats[place] >= run.end):
            return None
        at = log.ats[place]
        anchor = at if self.course.trigger is None else self.course.trigger.at
        return Due(at, at, place, lambda: before(Instant(at), anchor=Instant(anchor)))


def counted(policy: Policy, limb: Limb, start: int) -> Due:
    """Return the limit of *limb*, a length, from *start*."""
    length, rules = limb.length, limb.counting
    if length is None or rules is None:  # pragma: no cover - asked for lengths only
        raise AssertionError
    micros = ELAPSED.get(length.unit)
    if micros is not None and rules.hours == "exact":
        due = start + length.n * micros
        return Due(due, due + 1, -1, lambda: _elapsed(length, start, due))
    return written(count(length, Instant(start), counting=rules, calendar=policy.calendar, zone=policy.zone))


def ends(limit: Due) -> int:
    """Return what orders limits."""
    return limit.late_from


def _elapsed(length: Length, start: int, due: int) -> Limit:
    """Return a limit in exact elapsed time; no limit of an event's is beyond the calendar (see `fitting`)."""
    anchor, end = Instant(start), Instant(due)
    steps = (Step(StepKind.ANCHOR, instants=(anchor,)), Step(StepKind.ELAPSED, instants=(end,), length=length))
    return Limit(anchor, end, due_inclusive=True, steps=steps)


def written(limit: Limit) -> Due:
    """Return *limit* in whole numbers."""
    return Due(limit.due.micros, limit.late_from.micros, -1, lambda: limit)


def _spelled(limit: Limit | None) -> Limit:
    if limit is None:  # pragma: no cover - composed of one limit at least
        raise AssertionError
    return limit
