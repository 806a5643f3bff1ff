"""The arithmetic of a limit, step by step: every date that it passes over, and why (S16-S22)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from policyengine.model.condition import Truth
from policyengine.model.deadline import Within
from policyengine.report.explanation import words
from policyengine.report.page import Line, Tone, item
from policyengine.temporal.limit import StepKind, Unit

if TYPE_CHECKING:
    from datetime import date

    from policyengine.model.explanation import Derivation
    from policyengine.model.happening import Happening
    from policyengine.model.traces import CapTrace, LimitTrace, SingleTrace, StretchTrace
    from policyengine.report.explanation.conditions import Conditions
    from policyengine.report.explanation.telling import Telling
    from policyengine.temporal.instant import Instant
    from policyengine.temporal.limit import Length, Limit, Step

_DAY = timedelta(days=1)
_MOST_STRETCHES = 5
"""Of the stretches in which a duty was in force, the limits of so many are told in words, the last ones."""
_COMPOSED = frozenset({StepKind.EARLIEST, StepKind.LATEST})
_OF_DAYS = frozenset({StepKind.ANCHOR, StepKind.END_OF_DAY})
"""Steps that also hold an instant, and are told by their days."""
_ASKING = frozenset({StepKind.DAYS_OFF, StepKind.ROLLED, StepKind.UNANNOUNCED})
"""Steps for which the calendar was asked."""


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """Tells how limits came about."""

    telling: Telling
    conditions: Conditions

    def lines(self, derivation: Derivation) -> Iterator[Line]:
        """Yield the limit of each stretch, the last word on each at its end; of a recurring duty that of the period."""
        if derivation.period is not None:
            yield from self._period(derivation.period)
            return
        told = [each for each in derivation.stretches if each.limit is not None]
        if len(told) > _MOST_STRETCHES:
            yield Line(self.telling.say(words.EARLIER_STRETCHES, n=len(told) - _MOST_STRETCHES), Tone.OPEN)
        for stretch in told[-_MOST_STRETCHES:]:
            lines = tuple(self._stretch(stretch, self.telling.names.provisions[derivation.duty.provision].upon or ()))
            if len(told) == 1:
                yield from lines
            else:
                since = self.telling.since(stretch.start)
                yield item(self.telling.say(words.LIMIT_OF_STRETCH, since=since), lines)

    def _period(self, limit: Limit) -> Iterator[Line]:
        yield Line(self.telling.say(words.PERIOD, start=self.telling.when(limit.anchor)))
        yield from self._steps(limit.steps, of_period=True)
        yield self._due(limit)
        yield from self._calendar((limit,))

    def _stretch(self, stretch: StretchTrace, triggers: Sequence[Happening]) -> Iterator[Line]:
        trace = stretch.limit
        if trace is None:
            return
        for number, single in enumerate(trace.singles, start=1):
            shown = self.telling.phrases.deadline(single.deadline, triggers)
            title = shown if len(trace.singles) == 1 else self.telling.say(words.COUNTED_AS, n=number, limit=shown)
            yield item(title, self._single(single))
        yield from self._together(trace)
        if trace.limit is None:
            yield Line(self.telling.say(words.NO_SUCH_YET), Tone.OPEN)
        else:
            yield self._due(trace.limit)
        yield from self._calendar([each.limit for each in trace.singles if each.limit is not None])

    def _single(self, single: SingleTrace) -> Iterator[Line]:
        telling, anchor = self.telling, single.anchor
        if single.asked is not None:
            yield Line(telling.say(words.LIMB_IF), under=(self.conditions.asked(single.asked),))
        if single.asked is not None and single.asked.truth is Truth.FALSE:
            yield Line(telling.say(words.NOT_APPLYING))
            return
        if anchor is None:
            preceding = single.deadline.before is not None
            yield Line(telling.say(words.NOT_PRECEDED_YET if preceding else words.NO_ANCHOR), Tone.OPEN)
            return
        if single.deadline.before is None:
            what, when = telling.names.occurrence(anchor), telling.when(anchor.at)
            yield Line(telling.say(words.ANCHOR_EVENT, what=what, when=when))
            if anchor.counts_from is not None and anchor.counts_from != anchor.at:
                yield Line(telling.say(words.COUNTS_FROM, when=telling.when(anchor.counts_from)))
            if single.counts_from is not None and single.counts_from != anchor.anchor:
                yield Line(telling.say(words.FROM_CHANGE, when=telling.when(single.counts_from)))
        if single.limit is not None:
            yield from self._steps(single.limit.steps)
            yield from self._not_rolled(single, single.limit)

    def _not_rolled(self, single: SingleTrace, limit: Limit) -> Iterator[Line]:
        """Yield why a last day on a weekend does not move: it is worked in exchange for another."""
        last = next((step.dates[-1] for step in reversed(limit.steps) if step.dates), None)
        if single.counting.roll == "next_working_day" and last in self.telling.policy.calendar.worked:
            yield Line(self.telling.say(words.NOT_ROLLED, day=self.telling.day(last)))

    def _together(self, trace: LimitTrace) -> Iterator[Line]:
        """Yield what makes one limit of several: the composite, the cap, what stays of the stretch before."""
        telling = self.telling
        own = [each.limit for each in trace.singles if each.limit is not None]
        for step in trace.limit.steps if trace.limit is not None else ():
            if step.kind in _COMPOSED:
                wording = words.EARLIEST if step.kind is StepKind.EARLIEST else words.LATEST
                ends = telling.names.listed(self._end(each, own) for each in step.instants)
                pick = min if step.kind is StepKind.EARLIEST else max
                yield Line(telling.say(wording, ends=ends, end=self._end(pick(step.instants), own)))
        if trace.cap is not None and trace.limit is not None:
            yield self._capped(trace.cap, trace.limit, own)
        if trace.earlier is not None:
            yield Line(telling.say(words.EARLIER_STAYS, end=telling.clock.end(trace.earlier)))

    def _capped(self, cap: CapTrace, limit: Limit, own: Sequence[Limit]) -> Line:
        telling = self.telling
        parts = {"provision": telling.instance(cap.provision, cap.instance), "end": telling.clock.end(cap.limit)}
        step = next((each for each in limit.steps if each.kind is StepKind.CAPPED), None)
        if step is None:
            return Line(telling.say(words.NOT_CAPPED, **parts))
        return Line(telling.say(words.CAPPED, own=self._end(step.instants[0], own), **parts))

    def _end(self, due: Instant, limits: Sequence[Limit]) -> str:
        """Return an end of a limit as the limit itself tells it: 24:00 is not 00:00 of the next day."""
        found = next((each for each in limits if each.due == due), None)
        return self.telling.when(due) if found is None else self.telling.clock.end(found)

    def _due(self, limit: Limit) -> Line:
        wording = words.INCLUSIVE if limit.due_inclusive else words.EXCLUSIVE
        tone = Tone.OPEN if limit.provisional else Tone.STRONG
        return Line(self.telling.say(wording, due=self.telling.clock.end(limit)), tone)

    def _steps(self, steps: Sequence[Step], *, of_period: bool = False) -> Iterator[Line]:
        start: Instant | None = None
        for step in steps:
            if step.kind is StepKind.ANCHOR and (of_period or not step.dates):
                start = step.instants[-1]
                continue  # a period starts with its first day; elapsed time starts at the very instant
            yield from map(Line, self._step(step, start))
            if step.kind is StepKind.COUNTED:
                yield from map(Line, self._exchanged(step))
            start = step.instants[-1] if step.instants else start

    def _step(self, step: Step, start: Instant | None) -> Iterator[str]:
        """Yield one step in words; *start* is where the steps before it led.

        Composites and caps are told with the limits that they are made of.
        """
        say, when = self.telling.say, self.telling.when
        end = step.instants[-1] if step.instants else None
        if end is None or step.kind in _OF_DAYS:
            yield from self._step_of_days(step)
        elif step.kind is StepKind.NEXT_FULL_HOUR:
            yield say(words.NEXT_FULL_HOUR, end=when(end))
        elif step.kind is StepKind.ELAPSED and start is not None and step.length is not None:
            yield say(words.ELAPSED, start=when(start), length=self._length(step.length), end=when(end))
        elif step.kind is StepKind.CLOSE_OF_BUSINESS:
            yield say(words.CLOSE_OF_BUSINESS, end=when(end))
        elif step.kind is StepKind.BEFORE:
            yield say(words.BEFORE, end=when(end))

    def _step_of_days(self, step: Step) -> Iterator[str]:
        say, day, dates = self.telling.say, self.telling.day, step.dates
        length = "" if step.length is None else self._length(step.length)
        match step.kind:
            case StepKind.ANCHOR:
                yield say(words.DAY_NOT_COUNTED, day=day(dates[0]))
            case StepKind.COUNTED:
                wording = words.COUNTED_ONE if dates[0] == dates[-1] else words.COUNTED
                yield say(wording, length=length, first=day(dates[0]), last=day(dates[-1]))
            case StepKind.DAYS_OFF:
                yield say(words.DAYS_OFF, days=self._runs(dates))
            case StepKind.CORRESPONDING_DAY | StepKind.MONTH_END:
                wording = words.MONTH_END if step.kind is StepKind.MONTH_END else words.CORRESPONDING
                yield say(wording, start=day(dates[0]), length=length, end=day(dates[1]))
            case StepKind.ROLLED:
                off = self._runs(tuple(_days(dates[0], dates[1] - _DAY)))
                yield say(words.ROLLED, day=day(dates[0]), off=off, end=day(dates[1]))
            case StepKind.UNANNOUNCED:
                yield say(words.UNANNOUNCED, days=self._run(dates[0], dates[-1]))
            case StepKind.END_OF_DAY:
                yield say(words.END_OF_DAY, end=f"{day(dates[0])} 24:00")

    def _length(self, length: Length) -> str:
        return self.telling.phrases.length(Within(**{length.unit.value: length.n}))

    def _exchanged(self, counted: Step) -> Iterator[str]:
        """Yield the weekend days among the working days that were counted."""
        if counted.length is None or counted.length.unit is not Unit.WORKING_DAYS:
            return
        worked = self.telling.policy.calendar.worked
        days = [each for each in _days(counted.dates[0], counted.dates[-1]) if each in worked]
        if days:
            yield self.telling.say(words.WORKED, days=self.telling.names.listed(map(self.telling.day, days)))

    def _runs(self, days: Sequence[date]) -> str:
        """Return days off as stretches of days, each with the name of its holiday."""
        runs: list[tuple[date, date, str]] = []
        for day in days:
            name = self._holiday(day)
            if runs and runs[-1][1] + _DAY == day and runs[-1][2] == name:
                runs[-1] = (runs[-1][0], day, name)
            else:
                runs.append((day, day, name))
        shown = (self.telling.say(words.DAY_NAMED, day=self._run(first, last), name=name) for first, last, name in runs)
        return self.telling.names.listed(shown)

    def _holiday(self, day: date) -> str:
        return self.telling.say(self.telling.policy.calendar.holiday(day) or words.WEEKEND)

    def _run(self, first: date, last: date) -> str:
        day = self.telling.day
        return day(first) if first == last else self.telling.say(words.RUN, first=day(first), last=day(last))

    def _calendar(self, limits: Sequence[Limit]) -> Iterator[Line]:
        """Yield the calendar, where days off mattered, with the acts that announced its years."""
        steps = [step for limit in limits for step in limit.steps]
        working = any(step.length is not None and step.length.unit is Unit.WORKING_DAYS for step in steps)
        if not working and not any(step.kind in _ASKING for step in steps):
            return
        telling, calendar = self.telling, self.telling.policy.calendar
        asked = [day for step in steps if step.kind in _ASKING or working for day in step.dates]
        years = {day.year for day in asked if calendar.certain(day)}
        found = [each for each in calendar.sources if each.year in years]
        sources = telling.names.listed(
            telling.say(words.SOURCE, notice=telling.say(each.notice), issued=each.issued) for each in found
        )
        title = telling.say(calendar.title)
        text = telling.say(words.CALENDAR, title=title, sources=sources) if found else title
        yield Line(text, Tone.QUIET)


def _days(first: date, last: date) -> Iterator[date]:
    day = first
    while day <= last:
        yield day
        day += _DAY
