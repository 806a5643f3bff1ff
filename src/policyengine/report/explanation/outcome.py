"""What it all comes to: the answer, what would settle it, and what would have kept the duty in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from policyengine.model.assessment import Status
from policyengine.model.explanation import RemedyKind
from policyengine.model.provision import Strength
from policyengine.report import words as common
from policyengine.report.explanation import words
from policyengine.report.moments import duration
from policyengine.report.page import Line, Tone, item

if TYPE_CHECKING:
    from policyengine.model.assessment import Duty
    from policyengine.model.case import FactValue
    from policyengine.model.explanation import Derivation, Remedy, Settling
    from policyengine.report.explanation.conditions import Conditions
    from policyengine.report.explanation.telling import Telling
    from policyengine.temporal.instant import Instant
    from policyengine.wording import Wording

_PASSED = frozenset({Status.OVERDUE, Status.UNDETERMINED})
_HELPLESS = frozenset({Status.OVERDUE, Status.FULFILLED_LATE})


class _Forms(NamedTuple):
    """How it is said that a duty is violated: from an instant on, or right after it."""

    since: Wording
    after: Wording
    tone: Tone


_VIOLATED = {
    False: _Forms(words.VIOLATED, words.VIOLATED_AFTER, Tone.BAD),
    True: _Forms(words.DEPARTED, words.DEPARTED_AFTER, Tone.OPEN),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """Tells what a duty comes to."""

    telling: Telling
    conditions: Conditions

    def answer(self, derivation: Derivation) -> Iterator[Line]:
        """Yield the status, and how it follows from limit and acts."""
        telling, duty = self.telling, derivation.duty
        yield Line(self._status(duty), tone(duty))
        if duty.exists:
            yield from self._reckoning(duty)
        until = telling.explanation.assessment.known_until
        if until is not None and duty.status is Status.UNDETERMINED:
            yield Line(telling.say(words.LOG_ENDS, when=telling.when(until)), Tone.OPEN)
        if derivation.assumed:
            yield Line(telling.say(words.ASSUMED), Tone.OPEN)

    def settlings(self) -> Iterator[Line]:
        """Yield what an undetermined duty comes to, however what is missing comes out."""
        telling, duty = self.telling, self.telling.explanation.duty
        yield from map(self._settling, telling.explanation.settlings)
        for event, attribute in duty.missing_attributes if duty is not None else ():
            shown = telling.phrases.attribute(attribute)
            yield item(telling.say(words.MISSING_ATTRIBUTE, event=telling.names.event(event), attribute=shown))

    def remedies(self) -> Iterator[Line]:
        """Yield what keeps the duty in order, or would have."""
        explanation = self.telling.explanation
        yield from map(self._remedy, explanation.remedies)
        duty = explanation.duty
        if duty is not None and duty.late_activation and not explanation.remedies:
            yield item(self.telling.say(words.NOTHING_HELPS), tone=Tone.OPEN)

    def _status(self, duty: Duty) -> str:
        telling = self.telling
        if duty.status is Status.UNDETERMINED and duty.possible:
            statuses = telling.names.listed((telling.say(common.STATUS[each]) for each in duty.possible), common.OR)
            return telling.say(words.POSSIBLE, statuses=statuses)
        return telling.say(words.STATUS, status=telling.say(common.STATUS[duty.status]))

    def _reckoning(self, duty: Duty) -> Iterator[Line]:
        telling, limit, as_of = self.telling, duty.limit, self.telling.explanation.assessment.as_of
        if limit is not None and duty.performed is None and duty.status in _PASSED and limit.is_late(as_of):
            late = duration(as_of.micros - limit.due.micros, telling.lang)
            parts = {"due": telling.clock.end(limit), "when": telling.when(as_of), "late": late}
            open_ = duty.status is Status.UNDETERMINED
            yield Line(telling.say(words.NO_RECORD if open_ else words.NOT_DONE, **parts))
        elif limit is not None and duty.status is Status.ACTIVE:
            yield Line(telling.rows.due(limit), Tone.STRONG)
        if duty.late_activation and duty.violated_at is not None:
            yield Line(telling.say(words.IN_FORCE_LATE, when=telling.when(duty.violated_at)))
        if duty.violated_at is not None:
            yield self._violated(duty, duty.violated_at)
        if duty.status in _HELPLESS and duty.performed is None and duty.owed is not None:
            yield Line(telling.say(words.OWED if duty.owed else common.NO_LONGER_OWED))

    def _violated(self, duty: Duty, at: Instant) -> Line:
        """Return since when *duty* is violated; an inclusive limit passes right after its end."""
        limit, forms = duty.limit, _VIOLATED[duty.strength is Strength.SHOULD]
        if limit is not None and limit.due_inclusive and at == limit.late_from:
            return Line(self.telling.say(forms.after, when=self.telling.when(limit.due)), forms.tone)
        return Line(self.telling.say(forms.since, when=self.telling.when(at)), forms.tone)

    def _settling(self, settling: Settling) -> Line:
        telling, outcome = self.telling, self._short(settling.duty)
        if settling.done_by is not None:
            by = telling.when(settling.done_by)
            return item(telling.say(words.UNRECORDED, by=by, outcome=outcome))
        if settling.complete_log:
            return item(telling.say(words.COMPLETE_LOG, outcome=outcome))
        supposed = (
            telling.say(words.SUPPOSED, fact=telling.names.fact(name), values=self._values(name, values))
            for name, values in settling.facts
        )
        return item(telling.say(words.IF, facts=telling.names.listed(supposed, common.AND), outcome=outcome))

    def _values(self, name: str, values: tuple[FactValue, ...]) -> str:
        """Return values of a fact; those of a number stand for all that lie beyond them, up to the next that turns."""
        own = _numbers_among(values)
        if own:
            supposed = (each for settling in self.telling.explanation.settlings for each in settling.facts)
            tried = {each for fact, found in supposed if fact == name for each in _numbers_among(found)}
            return self._numbers(own, sorted(tried))
        shown = (self.conditions.value(name, each) for each in values)
        return self.telling.names.listed(shown, common.OR)

    def _numbers(self, own: Sequence[float], tried: Sequence[float]) -> str:
        """Return *own* as stretches among the numbers that were *tried*, between which nothing turns."""
        runs: list[list[float]] = []
        for each in own:
            if runs and tried.index(each) == tried.index(runs[-1][-1]) + 1:
                runs[-1].append(each)
            else:
                runs.append([each])
        return self.telling.names.listed((self._run(each, tried) for each in runs), common.OR)

    def _run(self, run: Sequence[float], tried: Sequence[float]) -> str:
        low, high = run[0], run[-1]
        if low == tried[0] and high != tried[-1]:
            return self.telling.say(words.AT_MOST, value=high)
        if high == tried[-1] and low != tried[0]:
            return self.telling.say(words.AT_LEAST, value=low)
        return str(low) if low == high else self.telling.say(words.RUN, first=low, last=high)

    def _short(self, duty: Duty | None) -> str:
        telling = self.telling
        if duty is None or not duty.exists:
            return telling.say(words.NO_DUTY)
        status = telling.say(common.STATUS[duty.status])
        if duty.limit is None:
            return status
        return telling.say(words.WITH_DUE, status=status, due=telling.clock.end(duty.limit))

    def _remedy(self, remedy: Remedy) -> Line:
        telling = self.telling
        told = telling.say(_remedying(remedy), **self._parts(remedy))
        costs = telling.names.listed(telling.instance(*each) for each in remedy.violates)
        return item(told, (Line(telling.say(words.BUT_VIOLATES, provisions=costs), Tone.BAD),) if costs else ())

    def _parts(self, remedy: Remedy) -> dict[str, str]:
        telling, limit = self.telling, remedy.duty.limit
        parts = {"status": self._short(remedy.duty)}
        if remedy.by is not None:
            of_limit = remedy.kind is RemedyKind.ACT and limit is not None
            parts["by"] = telling.clock.end(limit) if of_limit and limit is not None else telling.when(remedy.by)
        if remedy.act is None:
            return {**parts, "events": telling.names.listed(map(telling.names.event, remedy.events))}
        return {**parts, "act": telling.act(remedy.duty, remedy.act)}


def _numbers_among(values: Iterable[FactValue]) -> list[float]:
    return sorted(each for each in values if isinstance(each, int | float) and not isinstance(each, bool))


def _remedying(remedy: Remedy) -> Wording:
    if remedy.kind is not RemedyKind.ACT:
        return words.FIRST if remedy.kind is RemedyKind.FIRST else words.REFRAIN
    limit = remedy.duty.limit
    return words.ACT_BY if limit is None or limit.due_inclusive else words.ACT_BEFORE


def tone(duty: Duty) -> Tone:
    """Return how the status of *duty* strikes the eye."""
    if duty.violated:
        return Tone.OPEN if duty.strength is Strength.SHOULD else Tone.BAD
    if duty.status is Status.UNDETERMINED:
        return Tone.OPEN
    return Tone.GOOD if duty.status in (Status.FULFILLED, Status.OBSERVED) else Tone.STRONG
