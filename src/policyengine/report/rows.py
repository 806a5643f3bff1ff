"""One duty, or one silence of the text, as lines: what is owed, by when, on which clause, under which reading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyengine.model.assessment import Duty, GapRow, Status
from policyengine.model.provision import Strength
from policyengine.report import words
from policyengine.report.moments import Clock, duration
from policyengine.report.page import Line, Tone, item
from policyengine.temporal.limit import Limit, StepKind

if TYPE_CHECKING:
    from policyengine.model.assessment import Choice, Occurrence
    from policyengine.model.deadline import Deadline
    from policyengine.model.happening import Until
    from policyengine.report.names import Names
    from policyengine.temporal.instant import Instant
    from policyengine.wording import Wording

_SELF_EVIDENT = frozenset({Status.OVERDUE, Status.FULFILLED_LATE, Status.BREACHED})
"""Statuses whose own words say since when the duty is violated."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Writes the rows of one answer: each an item, and under it the lines that tell about it."""

    names: Names
    clock: Clock

    def duty(self, duty: Duty) -> Line:
        """Return a duty in full: title, time, norm, clauses, reading, note."""
        return item(self.title(duty), (*self.times(duty), *self._norm(duty)), Tone.STRONG)

    def finding(self, duty: Duty) -> Line:
        """Return what went wrong; a duty that is shown again among those owed is not told in full here."""
        if duty.status is Status.OVERDUE and duty.owed:
            return item(self.title(duty), (Line(self._still_owed(duty), fault(duty)),), Tone.STRONG)
        return item(self.title(duty), (*self.times(duty), *self._norm(duty), *self._since(duty)), Tone.STRONG)

    def _since(self, duty: Duty) -> Iterator[Line]:
        if duty.status not in _SELF_EVIDENT and duty.violated_at is not None:
            yield Line(self.names.say(words.VIOLATED_AT, when=self.clock.show(duty.violated_at)), fault(duty))

    def title(self, duty: Duty) -> str:
        """Return the provision's title with its id, which of its duties it is, and whether it is a sanction."""
        title = self.names.instance(duty)
        return self.names.say(words.SANCTION, title=title) if duty.sanction else title

    def due(self, limit: Limit) -> str:
        """Return when *limit*, which has not passed, ends, and how long that is from now."""
        due, left = self._end(limit), limit.due.micros - self._as_of.micros
        if not left:
            return self.names.say(words.DUE_NOW, due=due)
        return self.names.say(words.DUE, due=due, left=self._lasting(left))

    def _end(self, limit: Limit) -> str:
        end = self.clock.end(limit)
        return self.names.say(words.NOT_CERTAIN, due=end) if limit.provisional else end

    def gap(self, row: GapRow) -> Line:
        """Return a silence of the text, or a referral."""
        return item(self._gap_title(row), self._gap_lines(row), Tone.STRONG)

    def _gap_title(self, row: GapRow) -> str:
        say, gap = self.names.say, self.names.gaps[row.gap]
        return say(words.COLON, word=say(words.GAP[row.kind]), more=self.names.more(say(gap.title), row.gap))

    def _gap_lines(self, row: GapRow) -> Iterator[Line]:
        say, gap = self.names.say, self.names.gaps[row.gap]
        yield Line(say(words.MISSING, what=say(gap.missing)))
        if gap.refers_to is not None:
            in_hand = words.IN_HAND if gap.refers_to.in_hand else words.NOT_IN_HAND
            yield Line(say(words.REFERS_TO, title=say(gap.refers_to.title), in_hand=say(in_hand)))
        if row.instead_of:
            yield Line(say(words.INSTEAD_OF, provisions=self.names.provisions_named(row.instead_of)))
        if row.missing_facts:
            yield Line(say(words.SETTLED_BY, facts=self.names.facts(row.missing_facts)), Tone.OPEN)
        yield from self._grounds(row.clauses, row.readings)

    def _norm(self, duty: Duty) -> Iterator[Line]:
        say, provision = self.names.say, self.names.provisions[duty.provision]
        yield Line(self.owes(duty))
        if provision.means is not None:
            yield Line(say(words.BY_MEANS, means=self.names.means(provision.means)))
        yield from self._grounds(duty.clauses, duty.readings)
        if duty.presumed:
            yield Line(say(words.REASON_PRESUMED, facts=self.names.facts(duty.presumed)), Tone.OPEN)
        if provision.note is not None:
            yield Line(say(words.NOTE, note=say(provision.note)), Tone.QUIET)

    def owes(self, duty: Duty) -> str:
        """Return the norm as a sentence: who must do what, towards whom, with the text's own word for it."""
        forms = (words.OWES, words.OWES_TO)
        forbids = duty.strength is Strength.MUST_NOT
        if duty.bearer is None and forbids:
            forms = (words.NOBODY_MAY, words.NOBODY_MAY_TO)
        word = "" if duty.wording is None else self.names.say(words.QUOTED, word=duty.wording)
        told = self.names.say(
            forms[duty.to is not None],
            bearer=self.names.bearer(duty),
            strength=self.names.say(words.STRENGTH[duty.strength]),
            word="" if forbids else word,
            act=self.names.type(duty.act),
            to="" if duty.to is None else self.names.role(duty.to),
        )
        # A prohibition often stands in the text as a command to do something else first, so its word is told apart.
        return told + self.names.say(words.IN_THE_TEXT, word=duty.wording) if forbids and duty.wording else told

    def _grounds(self, clauses: tuple[str, ...], readings: tuple[Choice, ...]) -> Iterator[Line]:
        """Yield the clauses, and the readings by their names: what these say stands at the end of the answer."""
        yield from (Line(self.names.clause(each), Tone.QUIET) for each in clauses)
        if readings:
            chosen = self.names.listed(f"{each.reading}={each.option}" for each in readings)
            yield Line(self.names.say(words.AS_READ, readings=chosen), Tone.QUIET)

    def times(self, duty: Duty) -> Iterator[Line]:
        """Yield by when, since when or until when, and what has been done."""
        if duty.strength is Strength.MUST_NOT:
            yield from self._prohibition(duty)
        elif duty.strength is Strength.MAY or duty.standing:
            yield from self._open_ended(duty)
        elif duty.status is Status.UNDETERMINED:
            yield from self._undetermined(duty)
        elif duty.performed is not None:
            yield self._done(duty, duty.performed)
        elif duty.status is Status.OVERDUE:
            yield from self._overdue(duty)
        elif duty.status is Status.NOT_STARTED:
            yield from self._not_started(duty)
        elif duty.status is Status.ACTIVE:
            yield from self._running(duty)
        else:
            yield Line(self.names.say(words.STATUS[duty.status]))

    def _running(self, duty: Duty) -> Iterator[Line]:
        say, deadline = self.names.say, self._deadline(duty)
        if duty.limit is not None:
            yield Line(self.due(duty.limit), Tone.STRONG)
            yield from self._basis(duty, duty.limit)
        elif deadline is not None and deadline.before is not None:
            yield Line(say(words.BEFORE, event=self.names.type(deadline.before)), Tone.STRONG)
        else:
            word = say(words.PROMPTLY if duty.promptly else words.NO_LIMIT)
            yield Line(say(words.STOP).join((word, *self._so_far(duty))))
        yield from (Line(self._act(words.PARTLY, each)) for each in duty.partial_acts)

    def _so_far(self, duty: Duty) -> Iterator[str]:
        if duty.elapsed is not None:
            since = self.clock.show(self._as_of.plus(-duty.elapsed))
            yield self.names.say(words.SO_FAR, elapsed=self._lasting(duty.elapsed), since=since)

    def _overdue(self, duty: Duty) -> Iterator[Line]:
        yield from self._late(duty)
        if duty.limit is not None:
            yield from self._basis(duty, duty.limit)
        if duty.owed is False:
            yield Line(self.names.say(words.NO_LONGER_OWED))

    def _late(self, duty: Duty) -> Iterator[Line]:
        say, tone = self.names.say, fault(duty)
        if duty.limit is not None:
            due, late = self.clock.end(duty.limit), self._late_by(duty.limit)
            yield Line(say(words.OVERDUE, due=due, late=late), tone)
        if duty.late_activation and duty.violated_at is not None:
            yield Line(say(words.LATE_ACTIVATION, when=self.clock.show(duty.violated_at)), tone)

    def _late_by(self, limit: Limit) -> str:
        return self._lasting(self._as_of.micros - limit.due.micros)

    def _still_owed(self, duty: Duty) -> str:
        """Return how late a duty is that is told in full among those owed."""
        say, limit = self.names.say, duty.limit
        late = say(words.STATUS[duty.status]) if limit is None else say(words.LATE, late=self._late_by(limit))
        return say(words.STOP).join((late, say(words.STILL_OWED)))

    def _basis(self, duty: Duty, limit: Limit) -> Iterator[Line]:
        """Yield what *limit* rests on: where it counts from or the event to be preceded, and how certain it is."""
        deadline = self._deadline(duty)
        if deadline is not None and deadline.before is not None:
            yield Line(self.names.say(words.BEFORE, event=self.names.type(deadline.before)))
        else:
            yield Line(self.names.say(words.COUNTED_FROM, anchor=self.clock.show(limit.anchor)))
        if limit.provisional:
            yield Line(self.names.say(words.PROVISIONAL, years=_unannounced(limit)), Tone.OPEN)

    def _done(self, duty: Duty, act: Occurrence) -> Line:
        say, deadline = self.names.say, self._deadline(duty)
        parts = [self._act(words.DONE_BY, act)]
        if duty.limit is not None and duty.status is Status.FULFILLED_LATE:
            late = self._lasting(act.at.micros - duty.limit.due.micros)
            parts.append(say(words.LATE_BY, late=late, due=self.clock.end(duty.limit)))
        elif deadline is not None and deadline.before is not None:
            parts.append(say(words.IN_TIME_BEFORE, event=self.names.type(deadline.before)))
        elif duty.limit is not None:
            parts.append(say(words.IN_TIME, due=self.clock.end(duty.limit)))
        elif duty.elapsed is not None:
            parts.append(say(words.AFTER, elapsed=self._lasting(duty.elapsed)))
        return Line(say(words.STOP).join(parts), fault(duty) if duty.violated else Tone.GOOD)

    def _not_started(self, duty: Duty) -> Iterator[Line]:
        for anchor in self.names.provisions[duty.provision].anchors():
            outcome = anchor.outcome()
            if outcome is not None:
                kind, provisions = outcome
                yield Line(self.names.say(words.WAITS[kind], what=self.names.provisions_named(provisions)))
            elif anchor.event is not None:
                yield Line(self.names.say(words.WAITS_FOR_EVENT, what=self.names.type(anchor.event)))

    def _undetermined(self, duty: Duty) -> Iterator[Line]:
        say = self.names.say
        if duty.performed is not None:
            yield Line(self._act(words.DONE_BY, duty.performed))
        lacking = [self.names.fact(each) for each in duty.missing_facts]
        for event, attribute in duty.missing_attributes:
            name = self.names.attribute(attribute)
            lacking.append(say(words.ATTRIBUTE_OF, event=self.names.event(event), attribute=name))
        if lacking:
            yield Line(say(words.SETTLED_BY, facts=self.names.listed(lacking)), Tone.OPEN)
        elif self.names.assessment.known_until is not None:
            yield Line(say(words.LOG_ENDS, when=self.clock.show(self.names.assessment.known_until)), Tone.OPEN)
        statuses = self.names.listed(say(words.STATUS[each]) for each in duty.possible)
        yield Line(say(words.POSSIBLE, statuses=statuses), Tone.OPEN)
        if duty.limit is not None:
            yield Line(say(words.WOULD_BE_DUE, due=self.clock.end(duty.limit)), Tone.STRONG)
            yield from self._basis(duty, duty.limit)

    def _prohibition(self, duty: Duty) -> Iterator[Line]:
        if duty.status is not Status.BREACHED:  # each breach says so
            yield from self._status(duty)
        yield from (Line(self._act(words.BREACH, each), fault(duty)) for each in duty.breaches)
        yield from self._until(duty)
        if duty.status is Status.UNDETERMINED:
            yield from self._undetermined(duty)

    def _open_ended(self, duty: Duty) -> Iterator[Line]:
        yield from self._status(duty)
        last = duty.last_act
        yield Line(self.names.say(words.NO_ACT) if last is None else self._act(words.LAST_ACT, last))
        yield from self._until(duty)
        if duty.status is Status.UNDETERMINED:
            yield from self._undetermined(duty)

    def _status(self, duty: Duty) -> Iterator[Line]:
        if duty.status not in (Status.ACTIVE, Status.UNDETERMINED):  # the headings say these
            yield Line(self.names.say(words.STATUS[duty.status]), fault(duty) if duty.violated else Tone.PLAIN)

    def _until(self, duty: Duty) -> Iterator[Line]:
        until: Until | None = self.names.provisions[duty.provision].until
        if until is not None and until.any_ is not None:
            yield Line(self.names.say(words.UNTIL_ANY, events=self.names.types(until.any_)))
        elif until is not None and until.all_ is not None:
            yield Line(self.names.say(words.UNTIL_ALL, events=self.names.types(until.all_, words.AND)))

    def _act(self, wording: Wording, act: Occurrence) -> str:
        return self.names.say(wording, act=self.names.occurrence(act), when=self.clock.show(act.at))

    def _deadline(self, duty: Duty) -> Deadline | None:
        return self.names.provisions[duty.provision].deadline

    @property
    def _as_of(self) -> Instant:
        return self.names.assessment.as_of

    def _lasting(self, micros: int) -> str:
        return duration(micros, self.names.lang)


def fault(duty: Duty) -> Tone:
    """Return how it strikes the eye that *duty* was not kept: one in principle is to be explained first."""
    return Tone.OPEN if duty.strength is Strength.SHOULD else Tone.BAD


def _unannounced(limit: Limit) -> str:
    steps = (step for step in limit.steps if step.kind is StepKind.UNANNOUNCED)
    # A limit can also be provisional because of the one that capped it, whose steps it does not hold.
    years = sorted(day.year for step in steps for day in step.dates) or [limit.due.utc().year]
    return str(years[0]) if years[0] == years[-1] else f"{years[0]}-{years[-1]}"
