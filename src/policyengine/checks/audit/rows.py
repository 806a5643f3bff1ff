"""One row of an answer -> findings: what was violated, what is open, what rests on days not announced yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from policyengine.checks.audit.finding import Finding, Kind
from policyengine.model.assessment import GapKind, Status
from policyengine.model.provision import Strength

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policyengine.diagnostics import Span
    from policyengine.model.assessment import Assessment, Duty, GapRow, Occurrence
    from policyengine.model.case import Case


def kind_of(*, violated: bool | None, strength: Strength | None, status: Status | None) -> Kind | None:
    """Return what a row with these is found to be; a violated one that is undetermined is a violation."""
    if violated:
        return Kind.ADVISORY if strength is Strength.SHOULD else Kind.VIOLATION
    return Kind.UNDETERMINED if status is Status.UNDETERMINED else None


def is_provisional(duty: Duty | None) -> bool:
    """Tell whether the limit of *duty* rests on days that no calendar has announced yet."""
    return duty is not None and duty.exists and duty.limit is not None and duty.limit.provisional


@dataclass(frozen=True)
class Reader:
    """Reads findings off one answer.

    Args:
        case: the case that was judged.
        place: where it stands in the log.
        answer: the answer of one policy.
    """

    case: Case
    place: Span | None
    answer: Assessment

    def findings(self) -> Iterator[Finding]:
        """Yield what there is to find, in the order of the policy; a prohibition's breaches each on their own."""
        for duty in self.answer.duties:
            kind = kind_of(violated=duty.violated, strength=duty.strength, status=duty.status)
            if kind is not None and duty.breaches:
                yield from (self.of_duty(duty, kind, breach) for breach in duty.breaches)
            elif kind is not None:
                yield self.of_duty(duty, kind)
            if is_provisional(duty):
                yield self.of_duty(duty, Kind.PROVISIONAL)
        yield from map(self.of_gap, self.answer.gaps)

    def of_duty(self, duty: Duty, kind: Kind, breach: Occurrence | None = None) -> Finding:
        """Return the finding *kind* about *duty*; its first breach is meant, if it has any, unless another is named."""
        breach = breach or next(iter(duty.breaches), None)
        violated = kind in {Kind.VIOLATION, Kind.ADVISORY}
        due = None if duty.limit is None or breach is not None else duty.limit.due
        done = _done(duty) if violated and breach is None else None
        missing = kind is Kind.UNDETERMINED
        return Finding(
            kind=kind,
            case=self.case.id,
            policy=self.answer.policy,
            subject=duty.provision,
            instance=duty.instance,
            clauses=duty.clauses,
            bearer=duty.bearer,
            at=None if not violated else duty.violated_at if breach is None else breach.at,
            due=due,
            late=self._late(duty, done),
            done=done,
            missing=duty.missing_facts if missing else (),
            missing_attributes=duty.missing_attributes if missing else (),
            as_of=self.answer.as_of,
            span=self._span(duty, breach, kind),
        )

    def of_gap(self, row: GapRow) -> Finding:
        """Return the finding that the case meets a silence or a referral, or may meet it."""
        return Finding(
            kind=Kind.GAP,
            case=self.case.id,
            policy=self.answer.policy,
            subject=row.gap,
            clauses=row.clauses,
            missing=row.missing_facts if row.kind is GapKind.UNDETERMINED else (),
            as_of=self.answer.as_of,
            span=self.place,
            gap=row.kind,
        )

    def _late(self, duty: Duty, done: bool | None) -> int | None:  # noqa: FBT001 - three values, none a switch
        if duty.limit is None or done is None:
            return None
        until = duty.performed.at if duty.performed is not None else self.answer.as_of
        return until.micros - duty.limit.due.micros

    def _span(self, duty: Duty, breach: Occurrence | None, kind: Kind) -> Span | None:
        """Return the line to look at: the breach, the entry that lacks something, else what put the duty in force."""
        names = [event for event, _ in duty.missing_attributes] if kind is Kind.UNDETERMINED else []
        if breach is not None and breach.event is not None:
            names.insert(0, breach.event)
        trigger = self._cause(duty)
        if trigger is not None:
            names.append(trigger)
        found = (self._events.get(name) for name in names)
        return next((span for span in found if span is not None), self.place)

    def _cause(self, duty: Duty) -> str | None:
        """Return the event that put *duty* in force, or the one behind the duty that did."""
        waiting: Duty | None = duty
        passed: set[tuple[str, str | None]] = set()
        while waiting is not None and (waiting.provision, waiting.instance) not in passed:
            passed.add((waiting.provision, waiting.instance))
            cause = waiting.trigger
            if cause is None or cause.event is not None:
                return None if cause is None else cause.event
            waiting = self._behind(cause)
        return None

    def _behind(self, cause: Occurrence) -> Duty | None:
        """Return the duty whose violation, or whose performance, is *cause*."""
        rows = [each for each in self.answer.duties if each.provision == cause.provision]
        at = cause.at
        return next((each for each in rows if at in {each.violated_at, each.performed and each.performed.at}), None)

    @cached_property
    def _events(self) -> Mapping[str, Span | None]:
        return {each.id: each.span for each in reversed(self.case.events)}


def _done(duty: Duty) -> bool | None:
    """Tell whether the act was done, or is outstanding; ``None`` where neither is so, or an act was forbidden."""
    if duty.performed is not None:
        return True
    return False if duty.owed else None
