"""What a duty would come to if things were otherwise: always by asking again, never by reasoning about the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import prod
from typing import TYPE_CHECKING

from policyengine.engine.branching import branches
from policyengine.model.assessment import Status
from policyengine.model.case import Event, FactValue
from policyengine.model.condition import FactTest
from policyengine.model.explanation import Remedy, RemedyKind, Settling
from policyengine.model.frozen import FrozenMap
from policyengine.model.provision import Strength
from policyengine.prepare.dependence import parts_of
from policyengine.prepare.log import FIRST_YEAR, LAST_YEAR

if TYPE_CHECKING:
    from policyengine.model.assessment import Assessment, Duty
    from policyengine.model.case import Case
    from policyengine.model.provision import Provision
    from policyengine.prepare.prepared import Prepared
    from policyengine.temporal.instant import Instant

MOST_REPLAYED = 64
"""Of the combinations of missing facts, so many are replayed; where there are more, each fact is tried by itself."""

Ask = Callable[["Case", "Instant"], "Assessment"]
Supposed = tuple[tuple[str, tuple[FactValue, ...]], ...]
_Row = tuple[object, ...]

_IN_ORDER = frozenset({Status.FULFILLED, Status.OBSERVED, Status.ENDED, Status.WITHDRAWN})
_TO_DO = frozenset({Status.ACTIVE, Status.OVERDUE, Status.FULFILLED_LATE, Status.UNDETERMINED})


@dataclass(frozen=True, slots=True)
class Counterfactuals:
    """Replays a case with changes.

    Args:
        prepared: the question as it was asked: what is seen of the log, corrections applied.
        case: the case.
        duty: the row that is explained.
        ask: judges a changed case at an instant.
    """

    prepared: Prepared
    case: Case
    duty: Duty
    ask: Ask

    def settlings(self) -> Iterator[Settling]:
        """Yield what an undetermined duty comes to when what is missing comes to be known."""
        if self.duty.status is not Status.UNDETERMINED:
            return
        values = {name: found for name in self.duty.missing_facts if (found := self._values(name))}
        if prod(map(len, values.values())) <= MOST_REPLAYED:
            yield from self._split(values) if values else ()
        else:
            for name, found in values.items():
                yield from self._split({name: found})
        if self.prepared.known_until < self.prepared.as_of:
            yield from self._with_whole_log(replace(self._standing(), known_until=None))

    def _with_whole_log(self, whole: Case) -> Iterator[Settling]:
        """Yield what the duty comes to if nothing is missing from the log, and if just an act in time is."""
        yield Settling((), complete_log=True, duty=self._row(whole))
        limit = self.duty.limit
        if limit is None or self.duty.strength not in (Strength.MUST, Strength.SHOULD):
            return
        done_by = min(limit.late_from.plus(-1), self.prepared.as_of)
        if done_by > self.prepared.known_until:
            row = self._row(replace(whole, events=(*whole.events, self._act(done_by))))
            yield Settling((), complete_log=True, duty=row, done_by=done_by)

    def remedies(self) -> Iterator[Remedy]:
        """Yield other courses of events under which the duty is in order."""
        if self.duty.breaches:
            yield from self._coming_first(self.duty.breaches[0].at)
            yield from self._refraining()
        elif self.duty.strength in (Strength.MUST, Strength.SHOULD) and self.duty.status in _TO_DO:
            yield from self._acting()

    def _split(self, values: Mapping[str, tuple[FactValue, ...]]) -> Iterator[Settling]:
        """Yield an outcome for each way in which the facts can come out; values that do the same stand together."""
        rows = {chosen: self._supposing(dict(zip(values, chosen, strict=True))) for chosen in product(*values.values())}
        first = {_outcome(row): row for row in reversed(rows.values())}
        for facts, outcome in branches(tuple(values), {chosen: _outcome(row) for chosen, row in rows.items()}):
            yield Settling(facts, complete_log=False, duty=first[outcome])

    def _supposing(self, values: Mapping[str, FactValue]) -> Duty | None:
        case = self._standing()
        events, facts = list(case.events), dict(case.facts)
        for name, value in values.items():
            setting = [place for place, event in enumerate(events) if name in event.sets]
            if setting:  # the last word on it was that it is not known
                event = events[setting[-1]]
                events[setting[-1]] = replace(event, sets={**event.sets, name: value})
            else:
                facts[name] = value
        return self._row(replace(case, events=events, facts=facts))

    def _values(self, name: str) -> tuple[FactValue, ...]:
        """Return the values to try for a fact: all it can have, or those at which a condition turns."""
        words = self.prepared.policy.vocabulary
        kind = words.facts[name]
        named = words.values(kind)
        if named is not None:
            return ((), *((each,) for each in named)) if kind.many else named
        if kind.type == "boolean":
            return (True, False)
        asked = {each for test in self._tests(name) for each in (*(test.one_of or ()), *(n for _, n in test.orders()))}
        if kind.type == "number":
            numbers = {each for each in asked if not isinstance(each, str)}
            return tuple(sorted({near for each in numbers for near in (each - 1, each, each + 1)}))
        return tuple(sorted(asked, key=str))

    def _tests(self, name: str) -> Iterator[FactTest]:
        for owner in (*self.prepared.provisions, *self.prepared.tables):
            yield from (each for each in parts_of(owner) if isinstance(each, FactTest) and each.fact == name)

    def _acting(self) -> Iterator[Remedy]:
        limit = self.duty.limit
        if limit is None:
            return
        by = limit.late_from.plus(-1)
        if not _can_be(by):
            return
        as_of = max(by, self.prepared.as_of)
        done = self._standing()
        row, answer = self._replayed(replace(done, events=(*done.events, self._act(by))), as_of)
        if row is not None and row.status is Status.FULFILLED:
            due = limit.due if limit.due_inclusive else by
            yield Remedy(RemedyKind.ACT, self.duty.act, due, (), row, self._instead(answer, as_of))

    def _act(self, at: Instant) -> Event:
        """Return the act as its bearer would do it: towards the right addressee, by the right means."""
        duty, provision = self.duty, self._provision()
        name = self._unused()
        shared = {name: value for name, value in duty.key if value is not None}
        attributes = {name: value for name, value in shared.items() if name not in ("by", "to")}
        to = (duty.to,) if duty.to is not None else _listed(shared.get("to"))
        if provision.means:
            many = self.prepared.policy.vocabulary.attributes["means"].many
            attributes.setdefault("means", provision.means[:1] if many else provision.means[0])
        by = shared.get("by", duty.bearer)
        return Event(name, duty.act, at, by=None if by is None else str(by), to=to, attributes=attributes)

    def _coming_first(self, breach: Instant) -> Iterator[Remedy]:
        """Yield what would have ended the prohibition in time: any of the events that do."""
        until, case = self._provision().until, self._standing()
        before = breach.plus(-1)
        for name in (until.any_ or ()) if until is not None and _can_be(before) else ():
            event = Event(self._unused(), name, before)
            events = sorted((*case.events, event), key=lambda each: each.at)
            row, answer = self._replayed(replace(case, events=tuple(events)), self.prepared.as_of)
            if row is not None and row.status in _IN_ORDER and not row.violated:
                violates = self._instead(answer, self.prepared.as_of)
                yield Remedy(RemedyKind.FIRST, name, breach, (), row, violates)

    def _unused(self) -> str:
        """Return an id that no event of the case has."""
        taken = {event.id for event in self.case.events}
        return next(found for number in range(len(taken) + 1) if (found := f"supposed-{number}") not in taken)

    def _refraining(self) -> Iterator[Remedy]:
        breaching = tuple(each.event for each in self.duty.breaches if each.event is not None)
        kept = self._standing()
        events = tuple(event for event in kept.events if event.id not in breaching)
        row, answer = self._replayed(replace(kept, events=events), self.prepared.as_of)
        if row is not None and row.status in _IN_ORDER and not row.violated:
            violates = self._instead(answer, self.prepared.as_of)
            yield Remedy(RemedyKind.REFRAIN, None, None, breaching, row, violates)

    def _instead(self, answer: Assessment, as_of: Instant) -> tuple[tuple[str, str | None], ...]:
        """Return the duties that are violated in *answer* and not in the case as it stands."""
        before = {(each.provision, each.instance) for each in self.ask(self._standing(), as_of).violations}
        found = ((each.provision, each.instance) for each in answer.violations)
        return tuple(each for each in found if each not in before)

    def _provision(self) -> Provision:
        return next(each for each in self.prepared.provisions if each.id == self.duty.provision)

    def _standing(self) -> Case:
        """Return the case as it is seen: events up to `as_of`, corrected, in order."""
        until = self.prepared.known_until
        return replace(
            self.case,
            events=self.prepared.events,
            facts=self.prepared.facts,
            known_at=None,
            known_until=until if until < self.prepared.as_of else None,
            spans=FrozenMap(),
        )

    def _row(self, case: Case) -> Duty | None:
        return self._replayed(case, self.prepared.as_of)[0]

    def _replayed(self, case: Case, as_of: Instant) -> tuple[Duty | None, Assessment]:
        answer = self.ask(case, as_of)
        rows = (each for each in answer.duties if each.provision == self.duty.provision)
        return next((each for each in rows if each.instance == self.duty.instance), None), answer


def _can_be(moment: Instant) -> bool:
    """Tell whether an event of a case may lie at *moment*, and a case be judged at it."""
    return FIRST_YEAR <= moment.utc().year <= LAST_YEAR


def _outcome(row: Duty | None) -> _Row:
    if row is None or not row.exists:
        return ("no duty",)
    return row.status, row.limit and (row.limit.due, row.limit.late_from), row.violated_at, row.owed


def _listed(value: FactValue) -> Sequence[str]:
    values: Iterable[object] = value if isinstance(value, tuple) else () if value is None else (value,)
    return tuple(map(str, values))
