"""Courses of events that could show a difference between two demands: written as cases, for the reference to judge."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from policyengine.analysis.bound import obliges
from policyengine.analysis.coverage import Shortfall
from policyengine.analysis.happenings import Happenings
from policyengine.model.case import Case
from policyengine.model.frozen import FrozenMap
from policyengine.temporal.instant import DAY, HOUR, MINUTE

if TYPE_CHECKING:
    from policyengine.analysis.bound import Bound
    from policyengine.engine.matcher import Record
    from policyengine.model.case import Event
    from policyengine.model.happening import Happening
    from policyengine.model.policy import Policy
    from policyengine.temporal.instant import Instant

_NINE = 9
_TUESDAY = 1
_WORKED_AFTER = 3
_FIRST = date(2024, 3, 1)
_LATE = 40 * DAY
_SOON = 10 * MINUTE
_HALF_HOUR = 30 * MINUTE


@dataclass(frozen=True, slots=True)
class Situation:
    """From where a demand is looked at.

    Args:
        other: the demand.
        own: what the side that should cover it has about it there.
        doubtful: what it may have there, unless something else defeats it.
        trigger: what the demand waits for; ``None`` without.
        record: facts, and events that have happened before.
        shortfall: in what it seems not to be covered.
        anchor: an anchor after which the limits differ, if there is one.
    """

    other: Bound
    own: tuple[Bound, ...]
    doubtful: tuple[Bound, ...]
    trigger: Happening | None
    record: Record
    shortfall: Shortfall
    anchor: Instant | None = None


def courses(situation: Situation) -> Iterator[Case]:
    """Yield cases in which the two sides may differ, the likeliest and shortest first."""
    plain = usual(situation.other.side.policy)
    for start in dict.fromkeys((plain, situation.anchor or plain, *_out_of_force(situation))):
        log = _Log(situation, start, Happenings(situation.other, (*situation.own, *situation.doubtful)))
        yield from (log.case(events) for events in dict.fromkeys(log.variations()))


def usual(policy: Policy) -> Instant:
    """Return nine o'clock of an ordinary Tuesday, with working days after it, on which *policy* is in force."""
    spans = [each.in_force for each in policy.header.versions]
    first = max([each.from_ for each in spans if each.from_ is not None], default=_FIRST)
    day = max(first, policy.calendar.start or first, _FIRST)
    while day.weekday() != _TUESDAY or any(
        not policy.calendar.is_working_day(day + timedelta(number)) for number in range(_WORKED_AFTER)
    ):
        day += timedelta(1)
    return policy.zone.at(day, _NINE)


def _out_of_force(situation: Situation) -> Iterator[Instant]:
    """Yield instants inside and outside of the lives that provisions have of their own."""
    for each in (*situation.own, *situation.doubtful, situation.other):
        life, zone = each.provision.in_force, each.side.policy.zone
        if life is not None and life.from_ is not None:
            yield zone.at(life.from_ - timedelta(1), _NINE)
            yield zone.at(life.from_, _NINE)
        if life is not None and life.to is not None:
            yield zone.at(life.to, _NINE)
            yield zone.at(life.to - timedelta(1), _NINE)


@dataclass(frozen=True, slots=True)
class _Log:
    """A log under way."""

    situation: Situation
    start: Instant
    make: Happenings

    def variations(self) -> Iterator[tuple[Event, ...]]:
        """Yield the courses of events, the likeliest first."""
        base = self.begun()
        if base is None:
            return
        kept, apart = self.performed(base), self.performed(base, apart=True)
        likely = {
            Shortfall.MISSING: (kept, base),
            Shortfall.ACT: (apart, kept, base),
            Shortfall.RECURRENCE: (*self.again(kept), kept),
            Shortfall.ENDING: tuple(self.ended(base)),
        }
        yield from self.forbidden(base)
        yield from likely.get(self.situation.shortfall, ())
        yield from (base, kept, apart, *self.ended(base), *self.again(base), *self.again(kept))
        yield from (*self.preceded(base), *self.early(), *self.unanchored(), *self.defeated(base))
        yield self.performed(base, occasion=2)

    def case(self, events: Sequence[Event]) -> Case:
        """Return the case with *events* in the order of time, numbered."""
        ordered = sorted(events, key=lambda each: each.at)
        named = tuple(replace(each, id=f"e{number}") for number, each in enumerate(ordered, 1))
        return Case(
            id="counterexample",
            facts=FrozenMap(self.situation.record.values),
            events=named,
            scope=self.situation.other.provision.scope,
        )

    def begun(self) -> tuple[Event, ...] | None:
        """Return the events up to the trigger; ``None`` where nothing is known to bring it about."""
        past = self.stamped(sorted(self.situation.record.happened), self.start.plus(-DAY))
        events = self.make.trigger(self.situation.other, self.situation.trigger, self.start)
        if events is None:
            return None
        anchored = [
            self.make.event(each.event, self.start, where=each.where)
            for each in self.situation.other.provision.anchors()
            if each.event is not None and not self._is_there(each, (*past, *events))
        ]
        return (*past, *anchored, *events)

    def performed(self, events: tuple[Event, ...], *, apart: bool = False, occasion: int = 1) -> tuple[Event, ...]:
        """Return *events* and an act for each duty of the own side, soon after the last of them."""
        at = max((each.at for each in events), default=self.start).plus(_HALF_HOUR)
        acts = [
            self.make.act(each, at, apart=apart, occasion=occasion)
            for each in self.situation.own
            if obliges(each.provision)
        ]
        return (*events, *dict.fromkeys(acts))

    def ended(self, events: tuple[Event, ...]) -> Iterator[tuple[Event, ...]]:
        """Yield *events*, and soon after them those that end or waive a duty of the own side."""
        at = self.start.plus(_HALF_HOUR)
        for each in self.situation.own:
            until = each.provision.until
            for name in (until.any_ if until is not None else None) or ():
                yield (*events, *self.stamped((name,), at))
            yield (*events, *self.stamped((until.all_ if until is not None else None) or (), at))
            for waiver in each.provision.waived_by or ():
                if waiver.event is not None:
                    yield (*events, self.make.event(waiver.event, at, where=waiver.where, plain=True))

    def stamped(self, names: Sequence[str], at: Instant) -> tuple[Event, ...]:
        """Return events of the types *names*, a minute apart from *at* on."""
        return tuple(self.make.event(name, at.plus(number * MINUTE), plain=True) for number, name in enumerate(names))

    def again(self, events: tuple[Event, ...]) -> Iterator[tuple[Event, ...]]:
        """Yield *events* with the trigger once more, an hour later."""
        trigger = self.situation.trigger
        if trigger is not None and trigger.event is not None:
            again = self.start.plus(HOUR)
            yield (*events, self.make.event(trigger.event, again, where=trigger.where, occasion=2))

    def preceded(self, events: tuple[Event, ...]) -> Iterator[tuple[Event, ...]]:
        """Yield *events*, and soon after them an event that an act should have preceded."""
        for bound in (self.situation.other, *self.situation.own):
            deadline = bound.provision.deadline
            for each in deadline.singles() if deadline is not None else ():
                if each.before is not None:
                    yield (*events, self.make.event(each.before, self.start.plus(_SOON), plain=True))

    def early(self) -> Iterator[tuple[Event, ...]]:
        """Yield the events up to the trigger, with acts that came before it."""
        events = self.begun() or ()
        for each in self.situation.own:
            if obliges(each.provision):
                yield (self.make.act(each, self.start.plus(-HOUR)), *events)

    def forbidden(self, events: tuple[Event, ...]) -> Iterator[tuple[Event, ...]]:
        """Yield *events* with the forbidden act, for a prohibition: at once, and after what ends the others."""
        other = self.situation.other
        if obliges(other.provision):
            return
        for apart in (False, True):
            act = self.make.act(other, self.start.plus(HOUR), apart=apart)
            yield (*events, act)
            yield from ((*ended, act) for ended in self.ended(events))
            yield from ((*twice, replace(act, at=self.start.plus(2 * HOUR))) for twice in self.again(events))
        yield (*events, self.make.act(other, self.start.plus(HOUR), occasion=2))

    def defeated(self, events: tuple[Event, ...]) -> Iterator[tuple[Event, ...]]:
        """Yield *events* with what puts in force that which defeats what the own side may have."""
        for bound in self.situation.doubtful:
            for defeater in bound.side.defeating(bound.provision.id):
                for each in defeater.upon or ():
                    if each.event is not None:
                        for at in (self.start.plus(_SOON), self.start.plus(-_SOON)):
                            yield (*events, self.make.event(each.event, at, where=each.where, plain=True))

    def unanchored(self) -> Iterator[tuple[Event, ...]]:
        """Yield the events up to the trigger where what their limits count from is long past, or has just happened."""
        events = self.begun() or ()
        for bound in (self.situation.other, *self.situation.own):
            for each in bound.provision.anchors():
                if each.event is not None:
                    others = tuple(one for one in events if one.type != each.event)
                    for back in (_LATE, HOUR):
                        early = self.make.event(each.event, self.start.plus(-back), where=each.where)
                        yield (*others, early)
                        yield self.performed((*others, early))

    def _is_there(self, happening: Happening, events: Sequence[Event]) -> bool:
        kinds = self.situation.other.side.vocabulary.kinds(happening.event or "")
        return any(each.type in kinds for each in events)
