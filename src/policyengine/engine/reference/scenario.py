"""One world of one question: what each duty comes to when the unknowns come out in one way."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policyengine.engine.reference.conditions import conjunction, disjunction, negation
from policyengine.engine.reference.correlation import correlates, followed
from policyengine.engine.reference.course import Course, course
from policyengine.engine.reference.instances import Instance
from policyengine.engine.reference.lifecycle import Result, result
from policyengine.engine.reference.limits import StretchLimit, stretch_limit
from policyengine.engine.reference.recurrence import series
from policyengine.engine.reference.running import running_limits, warm
from policyengine.engine.reference.spans import Spans, combined, constant, mapped, of_intervals
from policyengine.model.assessment import Occurrence
from policyengine.model.condition import Truth
from policyengine.model.deadline import Regrading
from policyengine.model.happening import Outcome

if TYPE_CHECKING:
    from policyengine.engine.reference.inquiry import Inquiry
    from policyengine.engine.reference.timeline import Snapshot
    from policyengine.engine.reference.worlds import World
    from policyengine.model.happening import Happening
    from policyengine.model.provision import Gap, Provision
    from policyengine.prepare.prepared import Prepared
    from policyengine.temporal.instant import Instant
    from policyengine.temporal.limit import Limit

Id = tuple[str, str | None]


@dataclass
class Scenario:
    """The answers of one world, each computed once."""

    inquiry: Inquiry
    world: World
    courses: dict[Id, Course] = field(default_factory=dict)
    limits: dict[Id, list[StretchLimit | None]] = field(default_factory=dict)
    results: dict[Id, Result] = field(default_factory=dict)
    periods: dict[Id, dict[str, Result]] = field(default_factory=dict)
    warmed: set[Id] = field(default_factory=set)
    whole: set[str] = field(default_factory=set)
    firsts: dict[tuple[Outcome, str], Occurrence | None] = field(default_factory=dict)

    @property
    def prepared(self) -> Prepared:
        """The plain policy and log."""
        return self.inquiry.prepared

    def instances(self, provision: Provision) -> tuple[Instance, ...]:
        """Return the duties of *provision*: those known beforehand, and those that outcomes of recurring ones bring."""
        known = self.inquiry.instances(provision)
        return (*known, *followed(self, provision)) if provision.each else known

    def course(self, instance: Instance) -> Course:
        """Return the course of *instance*."""
        if instance.id not in self.courses:
            self.courses[instance.id] = course(self, instance)
        return self.courses[instance.id]

    def limit(self, instance: Instance, index: int) -> StretchLimit | None:
        """Return the limit of the stretch *index* of *instance*; earlier stretches come first, so nothing recurses."""
        if instance.id not in self.warmed and any(
            each.mode is Regrading.CAPPED for each in self.course(instance).stretches
        ):
            self.warmed.add(instance.id)
            warm(self, instance)
        known = self.limits.setdefault(instance.id, [])
        while len(known) <= index:
            known.append(stretch_limit(self, instance, len(known)))
        return known[index]

    def cap(self, instance: Instance, at: Instant) -> tuple[Instance, Limit] | None:
        """Return the earliest limit for the same or a related act that was running at *at*, with its duty (S26)."""
        return min(running_limits(self, instance, at), key=lambda each: each[1].late_from, default=None)

    def result(self, instance: Instance) -> Result:
        """Return what *instance* has come to at `as_of`; what it waits for is settled first, so nothing recurses."""
        self._settle(instance)
        if instance.id not in self.results:
            self.results[instance.id] = result(self, instance)
        return self.results[instance.id]

    def series(self, instance: Instance) -> dict[str, Result]:
        """Return what each period of a recurring duty has come to, by its label."""
        self._settle(instance)
        if instance.id not in self.periods:
            self.periods[instance.id] = series(self, instance)
        return self.periods[instance.id]

    def _settle(self, instance: Instance) -> None:
        if instance.id in self.results or instance.id in self.periods:
            return
        for each in self.inquiry.upstream(instance, self.courses, self.whole):
            if each.provision.id not in self.inquiry.awaited:
                self.course(each)
            elif each.provision.every is not None:
                if each.id not in self.periods:
                    self.periods[each.id] = series(self, each)
            elif each.id not in self.results:
                self.results[each.id] = result(self, each)
        self.whole.update(
            each.id for each in self.inquiry.waited_for_whole(instance) if not self.inquiry.correlated(instance, each)
        )

    def trigger(self, instance: Instance) -> Occurrence | None:
        """Return what put the duty in force; ``None`` while nothing did (S11)."""
        if not instance.provision.each:
            return self.first_trigger(instance.provision)
        if instance.period is not None:
            return instance.period
        if instance.watched is None or instance.kind is None:
            return self._own_event(instance)
        if instance.kind is not Outcome.BREACHED:
            return self.outcome(instance.kind, instance.watched)
        event = None if instance.place is None else self.prepared.events[instance.place].id
        breaches = (each for each in self.result(instance.watched).breaches if each.event == event)
        return next((Occurrence(each.at, each.event, instance.watched.provision.id) for each in breaches), None)

    def first_trigger(self, owner: Provision | Gap) -> Occurrence | None:
        """Return the first occurrence of any of the triggers; ``None`` while there is none."""
        found = [self.happened(owner, f"upon {place}", each) for place, each in enumerate(owner.upon or ())]
        return min((each for each in found if each is not None), key=self.order, default=None)

    def _own_event(self, instance: Instance) -> Occurrence | None:
        provision, place = instance.provision, instance.place or 0
        parts = [f"upon {number}" for number, each in enumerate(provision.upon or ()) if each.event is not None]
        truth = disjunction(self.inquiry.answers.events(provision.id, part)[place] for part in parts)
        if truth is Truth.UNKNOWN:
            truth = self.world.choose((instance.id, "trigger"), (Truth.TRUE, Truth.FALSE))
        return self.occurrence(place) if truth is Truth.TRUE else None

    def anchors(self, instance: Instance, trigger: Occurrence | None) -> tuple[Occurrence | None, ...]:
        """Return for each single limit what it counts from: `of` if it names one, else the trigger (S16)."""
        deadline = instance.provision.deadline
        return tuple(
            trigger if single.of is None else self.happened(instance, f"of {place}", single.of)
            for place, single in enumerate(deadline.singles() if deadline is not None else ())
        )

    def happened(self, owner: Instance | Provision | Gap, part: str, happening: Happening) -> Occurrence | None:
        """Return the first occurrence of *happening*, a *part* of *owner*; correlated for a duty with a key."""
        awaited = happening.outcome()
        if awaited is None:
            place = self.first(owner, part)
            return None if place is None else self.occurrence(place)
        kind, names = awaited
        watched = [self.inquiry.provisions[name] for name in names if name in self.inquiry.provisions]
        found = [self._first_outcome(kind, provision, owner) for provision in watched]
        return min((each for each in found if each is not None), key=self.order, default=None)

    def _first_outcome(
        self, kind: Outcome, provision: Provision, owner: Instance | Provision | Gap
    ) -> Occurrence | None:
        """Return the first outcome of any duty of *provision*; of those that share the key, if *owner* has one."""
        if isinstance(owner, Instance) and owner.provision.key:
            return min(self._correlated(kind, provision, owner), key=self.order, default=None)
        if (kind, provision.id) not in self.firsts:
            found = (each for watched in self.instances(provision) for each in self.outcomes(kind, watched))
            self.firsts[kind, provision.id] = min(found, key=self.order, default=None)
        return self.firsts[kind, provision.id]

    def _correlated(self, kind: Outcome, provision: Provision, owner: Instance) -> Iterator[Occurrence]:
        for watched in self.concerning(owner, provision):
            for found in self.outcomes(kind, watched):
                if correlates(self, owner, watched, found):
                    yield found

    def concerning(self, instance: Instance, other: Provision) -> tuple[Instance, ...]:
        """Return the duties of *other* that can concern *instance*, those that recurring ones bring about included."""
        found = self.inquiry.concerning(instance, other)
        return (*found, *followed(self, other)) if other.each else found

    def outcomes(self, kind: Outcome, instance: Instance) -> Iterator[Occurrence]:
        """Yield every outcome of *instance*: one, or for a recurring duty one for each period that has it."""
        if instance.provision.every is None:
            found = self.outcome(kind, instance)
            yield from () if found is None else (found,)
            return
        for label, each in self.series(instance).items():
            outcome = self._settled_outcome(kind, each, (instance.id, label))
            if outcome is not None:
                yield outcome

    def outcome(self, kind: Outcome, instance: Instance) -> Occurrence | None:
        """Return when *instance* was violated, performed or breached, as an occurrence."""
        return self._settled_outcome(kind, self.result(instance), instance.id)

    def _settled_outcome(self, kind: Outcome, found: Result, name: tuple[object, ...]) -> Occurrence | None:
        provision = str(name[0][0]) if isinstance(name[0], tuple) else str(name[0])
        if found.unrecorded and self.world.choose((name, "unrecorded"), (False, True)):
            # In this world the act was done, and nobody wrote it down (S8): at what instant, nobody can say.
            done = Occurrence(self.prepared.known_until.plus(1), None, provision)
            return done if kind is Outcome.PERFORMED else None
        return found.outcome(kind, provision)

    def first(self, owner: Instance | Provision | Gap, part: str, after: int = -1) -> int | None:
        """Return the place of the first event that matches a *part* of *owner*, after the place *after*."""
        provision, key = (owner.provision, owner.key) if isinstance(owner, Instance) else (owner, ())
        places = self.inquiry.places(provision, part, key)
        certain, possible = _next(places.certain, after), _next(places.possible, after)
        if possible is None or (certain is not None and certain < possible):
            return certain
        return self.world.choose((_name(owner), part, after), (possible, certain))

    def acts(self, instance: Instance, part: str = "act") -> tuple[int, ...]:
        """Return the places of the events that match the act, in order; partial ones are a part of their own (S24)."""
        places = self.inquiry.places(instance.provision, part, instance.key)
        if not places.possible or not self.world.choose((_name(instance), part), (True, False)):
            return places.certain
        return places.either

    def applicability(self, instance: Instance, start: Instant) -> Spans:
        """Return whether `when` holds and no exception does, unknowns since *start* settled as this world has them."""
        provision = instance.provision
        own = self.own_condition(provision)
        if any(truth is Truth.UNKNOWN for _, truth in own.since(start)):
            settled = self.world.choose((provision.when, provision.unless), (Truth.TRUE, Truth.FALSE))
            own = mapped(lambda truth: settled if truth is Truth.UNKNOWN else truth, own)
        defeated = [mapped(negation, self._force(instance, each)) for each in self.defeaters(provision)]
        # Without a trigger to be judged at (S6), the duty lives and ends with the versions themselves.
        alive = [self.inquiry.lives[provision.id]] if provision.upon is None else []
        return combined(conjunction, (own, *alive, *defeated))

    def own_condition(self, provision: Provision) -> Spans:
        """Return `when` and not `unless` along time, three-valued."""
        when = self.inquiry.answers.condition(provision.id, "when") or constant(Truth.TRUE)
        unless = self.inquiry.answers.condition(provision.id, "unless") or constant(Truth.FALSE)
        return combined(conjunction, (when, mapped(negation, unless)))

    def defeaters(self, provision: Provision) -> tuple[Provision, ...]:
        """Return the provisions that defeat *provision* while they are in force."""
        return self.inquiry.defeaters.get(provision.id, ())

    def defeated(self, instance: Instance, start: Instant) -> bool:
        """Tell whether only its defeaters kept *instance* out of force at some time since *start*."""
        forces = [self._force(instance, each) for each in self.defeaters(instance.provision)]
        if not forces:
            return False
        both = combined(conjunction, (self.own_condition(instance.provision), combined(disjunction, forces)))
        return any(truth is Truth.TRUE for _, truth in both.since(start))

    def _force(self, instance: Instance, defeater: Provision) -> Spans:
        """Return when a duty of *defeater* is in force; where both are correlated by the same key, about the same."""
        alike = self.inquiry.correlated(instance, defeater)
        forces = [
            of_intervals((stretch.start, stretch.end) for stretch in self.course(each).stretches)
            for each in self.concerning(instance, defeater)
            if not alike or each.key == instance.key
        ]
        return combined(disjunction, forces) if forces else constant(Truth.FALSE)

    def around(self, moment: Instant) -> tuple[Snapshot, Snapshot] | None:
        """Return the snapshots before and from *moment*; ``None`` when no event happened at it."""
        place = bisect_left(self.inquiry.starts, moment)
        if place == 0 or place == len(self.inquiry.starts) or self.inquiry.starts[place] != moment:
            return None
        return self.inquiry.snapshots[place - 1], self.inquiry.snapshots[place]

    def place(self, occurrence: Occurrence) -> int:
        """Return the place in the log of an occurrence; of an outcome, that of the last event before it."""
        if occurrence.event is not None and occurrence.provision is None:
            return self.inquiry.place_of[occurrence.event]
        return self.last_before(occurrence.at)

    def last_before(self, moment: Instant) -> int:
        """Return the place of the last event before *moment*, -1 when there is none."""
        return bisect_left(self.prepared.events, moment, key=lambda event: event.at) - 1

    def occurrence(self, place: int) -> Occurrence:
        """Return the event at *place* as an occurrence."""
        event = self.prepared.events[place]
        return Occurrence(event.at, event=event.id)

    def order(self, occurrence: Occurrence) -> tuple[Instant, int]:
        """Return what orders occurrences: time, then position in the log."""
        return occurrence.at, self.place(occurrence)


def _next(places: tuple[int, ...], after: int) -> int | None:
    index = bisect_right(places, after)
    return places[index] if index < len(places) else None


def _name(owner: Instance | Provision | Gap) -> object:
    return owner.id
