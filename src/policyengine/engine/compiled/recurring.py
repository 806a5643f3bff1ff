"""Recurring duties: one a period, each with a start and a limit, each judged alone (S28), as the reference has it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from policyengine.engine.compiled.courses import is_open, running, settled, truths
from policyengine.engine.compiled.defeat import without_duty
from policyengine.engine.compiled.found import Found
from policyengine.engine.compiled.limits import counted
from policyengine.engine.compiled.periods import Period, periods
from policyengine.engine.compiled.truths import NO, YES
from policyengine.model.assessment import Status
from policyengine.temporal.instant import FIRST_MICROS

if TYPE_CHECKING:
    from policyengine.engine.compiled.courses import Course, Truth
    from policyengine.engine.compiled.found import Arising, Due, Run
    from policyengine.engine.compiled.judging import Judging
    from policyengine.engine.compiled.plan import Limb, PlannedProvision

Series = Mapping[str | None, Found]
"""What each period has come to, by its label; by ``None`` where there is no period."""


def recurring(judging: Judging, planned: PlannedProvision, arising: Arising) -> tuple[Found, ...]:
    """Return what each period of *planned* has come to, or why there is none."""
    own = truths(judging.log, planned, FIRST_MICROS if arising.trigger is None else arising.trigger.at)
    if not is_open(own):
        return tuple(_series(judging, planned, arising, own).values())
    one, other = (_series(judging, planned, arising, settled(own, truth)) for truth in (YES, NO))
    every = dict.fromkeys((*one, *other))
    listed = [label for label in every if label is not None] or every
    unknown = (planned.node.when, planned.node.unless)
    return tuple(judging.both(planned, _found(one, label), _found(other, label), unknown) for label in listed)


def _found(series: Series, label: str | None) -> Found:
    """Return what a period comes to in a world in which there may be no such period (S13)."""
    return series.get(label) or Found(Status.NOT_TRIGGERED, label=label)


def _series(judging: Judging, planned: PlannedProvision, arising: Arising, own: list[Truth]) -> Series:
    course = judging.course(planned, arising, own)
    if not course.runs:
        return {None: without_duty(judging, planned, course)}
    recurrence = _Recurrence(judging, planned, course)
    found = dict(recurrence.by_calendar() if planned.interval is None else recurrence.chained(planned.interval))
    if found:
        return found
    return {None: Found(running(course, Status.NOT_STARTED, course.left), course.trigger, course.anchor)}


class _Recurrence(NamedTuple):
    """A recurring duty in one world, in which it is in force at some time."""

    judging: Judging
    planned: PlannedProvision
    course: Course

    def base(self) -> int:
        """Return when it came into force: its trigger, else the start of the version or of the provision itself."""
        if self.course.trigger is not None:
            return self.course.trigger.at
        starts = (start for start, alive in self.planned.lives if alive and start != FIRST_MICROS)
        return next(starts, self.judging.log.as_of)

    def acts(self, base: int) -> list[int]:
        """Return the places of the acts that count."""
        log = self.judging.log
        return [
            place
            for place in log.matches(self.planned.act)
            if not log.events[place].partial
            and log.ats[place] >= base
            and self.course.run_at(log.ats[place]) is not None
        ]

    def by_calendar(self) -> Iterator[tuple[str | None, Found]]:
        """Yield what each period of the calendar has come to."""
        judging, base, every = self.judging, self.base(), self.planned.node.every
        if every is None:  # pragma: no cover - asked for what recurs only
            raise AssertionError
        begun = periods(judging.plan, every, base, judging.log.as_of)
        listed = [each for each in begun if self.last_run(each) is not None]
        acts = self.acts(base)
        served = dict(self.served(listed, [judging.log.ats[place] for place in acts]))
        for number, each in enumerate(listed):
            yield each.label, self.judged(each, acts[served[number]] if number in served else -1)

    def last_run(self, period: Period) -> Run | None:
        """Return the last stretch in which the duty was in force in *period*."""
        runs = self.course.runs
        index = bisect_left(runs, period.limit.late_from, key=lambda each: each.start) - 1
        if index < 0:
            return None
        end = runs[index].end
        return runs[index] if end is None or end > period.start else None

    def served(self, listed: Sequence[Period], acts: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Yield which period is served by which act, both by place; one act serves one period only."""
        if self.planned.node.late == "oldest_open":
            yield from self.oldest_open(listed, acts)
            return
        taken = -1
        for place, at in enumerate(acts):
            number = bisect_right(listed, at, key=lambda each: each.limit.late_from)
            if taken < number < len(listed) and listed[number].start <= at:
                taken = number
                yield number, place

    def oldest_open(self, listed: Sequence[Period], acts: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Yield the same where an act serves the oldest period that is still open."""
        oldest = 0
        for place, at in enumerate(acts):
            while oldest < len(listed) and self.closed(listed[oldest], at):
                oldest += 1
            if oldest < len(listed) and listed[oldest].start <= at:
                yield oldest, place
                oldest += 1

    def closed(self, period: Period, at: int) -> bool:
        """Tell whether *period* was over by *at* without being owed: the duty was not in force at its limit."""
        return period.limit.late_from <= at and self.course.run_at(period.limit.late_from) is None

    def judged(self, period: Period, act: int) -> Found:
        """Return what *period* has come to, served by the event at *act* or by none."""
        course, limit, log = self.course, period.limit, self.judging.log
        in_time = act >= 0 and log.ats[act] < limit.late_from
        missed = limit.late_from <= log.as_of and course.run_at(limit.late_from) is not None
        violated_at = limit.late_from if missed and not in_time else None
        status = self.status(period, act, in_time=in_time, violated=violated_at is not None)
        late_still_serves = self.planned.node.late == "oldest_open" and course.left is None
        owed = status is Status.ACTIVE or (status is Status.OVERDUE and late_still_serves)
        return Found(
            status,
            course.trigger,
            course.anchor,
            limit,
            act,
            violated_at,
            owed=owed,
            in_force=course.left is None,
            label=period.label,
            starts=period.start,
        )

    def status(self, period: Period, act: int, *, in_time: bool, violated: bool) -> Status:
        """Return the status of *period*."""
        if act >= 0:
            return Status.FULFILLED if in_time else Status.FULFILLED_LATE
        if violated:
            return Status.OVERDUE
        run = self.last_run(period)
        return running(self.course, Status.ACTIVE, None if run is None else run.end)

    def chained(self, interval: Limb) -> Iterator[tuple[str | None, Found]]:
        """Yield the periods that each run from the act before."""
        log, trigger, base = self.judging.log, self.course.trigger, self.base()
        label = "start" if trigger is None or trigger.place < 0 else log.events[trigger.place].id
        start = base
        for act in (*self.acts(base), -1):
            yield label, self.linked(counted(self.judging.plan.policy, interval, start), act, label=label, start=start)
            if act >= 0:
                start, label = log.ats[act], log.events[act].id

    def linked(self, limit: Due, act: int, *, label: str, start: int) -> Found:
        """Return what the period from *start* on has come to."""
        course, log = self.course, self.judging.log
        violated_at = self.overrun(limit, start, log.as_of if act < 0 else log.ats[act])
        if act >= 0:
            status = Status.FULFILLED if log.ats[act] < limit.late_from else Status.FULFILLED_LATE
        elif violated_at is not None and course.waived is None:
            status = Status.OVERDUE
        else:
            status = running(course, Status.ACTIVE, course.left)
        return Found(
            status,
            course.trigger,
            course.anchor,
            limit,
            act,
            violated_at,
            owed=act < 0 and course.left is None,
            in_force=course.left is None,
            label=label,
            starts=start,
        )

    def overrun(self, limit: Due, start: int, until: int) -> int | None:
        """Return when the limit had passed while the duty was in force, not after *until*."""
        runs = self.course.runs
        first = max(0, bisect_right(runs, start, key=lambda each: each.start) - 1)
        for run in runs[first:]:
            at = max(limit.late_from, run.start)
            if at > until:
                return None
            if run.end is None or at < run.end:
                return at
        return None
