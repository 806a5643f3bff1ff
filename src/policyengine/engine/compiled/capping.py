"""The limits of one duty, each no later than those that were running when it came into force (S26)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policyengine.engine.compiled.limits import Counted, ends
from policyengine.engine.reference.counting import cap
from policyengine.model.deadline import Regrading

if TYPE_CHECKING:
    from policyengine.engine.compiled.courses import Course
    from policyengine.engine.compiled.found import Due
    from policyengine.engine.compiled.judging import Judging
    from policyengine.engine.compiled.plan import PlannedProvision


@dataclass(slots=True, eq=False)
class Lived:
    """One duty: its course, and its limits as far as they are known."""

    planned: PlannedProvision
    course: Course
    known: list[Due | None] = field(default_factory=list)


def limits(judging: Judging, planned: PlannedProvision, course: Course) -> list[Due | None]:
    """Return the limit of each stretch, never later than that of the stretch before.

    Raises:
        Left: unknowns leave open a limit that may cap one, or a limb's condition is unknown.
    """
    if planned.deadline is None:
        return [None] * len(course.runs)
    duty = Lived(planned, course)
    if planned.has_length and any(each.mode is Regrading.CAPPED for each in course.runs):
        _warm(judging, duty)
    for index in range(len(course.runs)):
        _limit(judging, duty, index)
    return duty.known


def _warm(judging: Judging, duty: Lived) -> None:
    """Count the limits that bear on *duty* in the order of time, so that no cap has to wait for a later one."""
    others = [each for name in duty.planned.related for each in judging.lived(name)]
    starts = [
        (run.start, place, index) for place, other in enumerate(others) for index, run in enumerate(other.course.runs)
    ]
    for _, place, index in sorted(starts):
        _limit(judging, others[place], index)


def _limit(judging: Judging, duty: Lived, index: int) -> Due | None:
    """Return the limit of the stretch *index*; earlier stretches come first, so nothing recurses."""
    while len(duty.known) <= index:
        duty.known.append(_next(judging, duty))
    return duty.known[index]


def _next(judging: Judging, duty: Lived) -> Due | None:
    deadline, run = duty.planned.deadline, duty.course.runs[len(duty.known)]
    own = None
    if deadline is not None:
        own = Counted(judging, duty.course, run).limit(deadline, iter(duty.course.anchors))
    if own is not None and run.mode is Regrading.CAPPED and duty.planned.has_length:
        own = _capped(own, min(_running(judging, duty, run.start), key=ends, default=None))
    known = [each for each in (duty.known[-1] if duty.known else None, own) if each is not None]
    return min(known, key=ends, default=None)


def _capped(own: Due, by: Due | None) -> Due:
    if by is None:
        return own
    least = min(own, by, key=ends)
    return own._replace(due=least.due, late_from=least.late_from, spell=lambda: cap(own.spell(), by.spell()))


def _running(judging: Judging, duty: Lived, at: int) -> Iterator[Due]:
    """Yield the limits for the same or a related act that were running just before *at*."""
    for name in duty.planned.capped_by:
        for other in judging.lived(name):
            if _about_the_same(duty, other):
                limit = _running_of(judging, other, at)
                if limit is not None:
                    yield limit


def _about_the_same(duty: Lived, other: Lived) -> bool:
    """Tell whether both are about the same occurrence: with `each` on both sides, the same event."""
    both = duty.planned.node.each and other.planned.node.each
    return not both or duty.course.arising.about == other.course.arising.about


def _running_of(judging: Judging, other: Lived, at: int) -> Due | None:
    """Return the limit of *other* that was running just before *at*: in force, not passed, not performed."""
    course = other.course
    index = bisect_left(course.runs, at, key=lambda each: each.start) - 1
    if index < 0:
        return None
    end = course.runs[index].end
    if (end is not None and end < at) or (course.performed >= 0 and judging.log.ats[course.performed] < at):
        return None
    limit = _limit(judging, other, index)
    return None if limit is None or limit.late_from <= at else limit
