"""One world of one question: what each provision comes to when the unknowns come out in one way."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policyengine.engine.reference.conditions import conjunction, disjunction, negation
from policyengine.engine.reference.course import Course, course
from policyengine.engine.reference.lifecycle import Result, result
from policyengine.engine.reference.limits import StretchLimit, running_limit, stretch_limit, warm
from policyengine.engine.reference.spans import Spans, combined, constant, mapped, of_intervals
from policyengine.model.assessment import Occurrence
from policyengine.model.condition import Truth
from policyengine.model.deadline import Regrading

if TYPE_CHECKING:
    from policyengine.engine.reference.inquiry import Inquiry
    from policyengine.engine.reference.timeline import Snapshot
    from policyengine.engine.reference.worlds import World
    from policyengine.model.case import Event
    from policyengine.model.happening import Happening, Outcome
    from policyengine.model.provision import Gap, Provision
    from policyengine.prepare.prepared import Prepared
    from policyengine.temporal.instant import Instant
    from policyengine.temporal.limit import Limit


@dataclass
class Scenario:
    """The answers of one world, each computed once."""

    inquiry: Inquiry
    world: World
    courses: dict[str, Course] = field(default_factory=dict)
    limits: dict[str, list[StretchLimit | None]] = field(default_factory=dict)
    results: dict[str, Result] = field(default_factory=dict)
    warmed: set[str] = field(default_factory=set)

    @property
    def prepared(self) -> Prepared:
        """The plain policy and log."""
        return self.inquiry.prepared

    def course(self, provision: Provision) -> Course:
        """Return the course of *provision*."""
        if provision.id not in self.courses:
            self.courses[provision.id] = course(self, provision)
        return self.courses[provision.id]

    def limit(self, provision: Provision, index: int) -> StretchLimit | None:
        """Return the limit of the stretch *index* of *provision*; earlier stretches come first, so nothing recurses."""
        if provision.id not in self.warmed and any(
            each.mode is Regrading.CAPPED for each in self.course(provision).stretches
        ):
            related = self.inquiry.related(provision)
            self.warmed.update(each.id for each in (provision, *related))
            warm(self, related)
        known = self.limits.setdefault(provision.id, [])
        while len(known) <= index:
            known.append(stretch_limit(self, provision, len(known)))
        return known[index]

    def cap(self, provision: Provision, at: Instant) -> Limit | None:
        """Return the earliest limit for the same or a related act that was still running at *at* (S26)."""
        vocabulary = self.prepared.policy.vocabulary
        direct = [
            each
            for each in self.inquiry.related(provision)
            if each is not provision and vocabulary.related(each.act, provision.act)
        ]
        running = [limit for each in direct if (limit := running_limit(self, each, at)) is not None]
        return min(running, key=lambda each: each.late_from, default=None)

    def result(self, provision: Provision) -> Result:
        """Return what *provision* has come to at `as_of`; what it waits for is settled first, so nothing recurses."""
        for each in self.inquiry.upstream(provision, self.courses) if provision.id not in self.results else ():
            if each.id not in self.inquiry.awaited:
                self.course(each)
            elif each.id not in self.results:
                self.results[each.id] = result(self, each)
        if provision.id not in self.results:
            self.results[provision.id] = result(self, provision)
        return self.results[provision.id]

    def trigger(self, owner: Provision | Gap) -> Occurrence | None:
        """Return the first occurrence of any of the triggers; ``None`` while there is none (S11)."""
        found = [self._occurrence(owner.id, f"upon {place}", each) for place, each in enumerate(owner.upon or ())]
        return min((each for each in found if each is not None), key=self._order, default=None)

    def anchor(self, provision: Provision, trigger: Occurrence | None) -> Occurrence | None:
        """Return what the limit counts from: `of` if the provision names it, else the trigger (S16)."""
        named = provision.deadline.of if provision.deadline is not None else None
        return trigger if named is None else self._occurrence(provision.id, "of", named)

    def _occurrence(self, owner: str, part: str, happening: Happening) -> Occurrence | None:
        awaited = happening.outcome()
        if awaited is None:
            place = self._first_match(owner, part)
            return None if place is None else self.occurrence(place)
        kind, names = awaited
        found = [self._outcome(kind, self.inquiry.provisions.get(name)) for name in names]
        return min((each for each in found if each is not None), key=self._order, default=None)

    def _outcome(self, kind: Outcome, provision: Provision | None) -> Occurrence | None:
        if provision is None:  # not admitted under the chosen readings
            return None
        return self.result(provision).outcome(kind, provision.id)

    def _first_match(self, owner: str, part: str) -> int | None:
        truths = self.inquiry.answers.events(owner, part)
        certain = next((place for place, truth in enumerate(truths) if truth is Truth.TRUE), None)
        doubtful = next((place for place, truth in enumerate(truths[:certain]) if truth is Truth.UNKNOWN), None)
        if doubtful is None:
            return certain
        return self.world.choose((owner, part), (doubtful, certain))

    def acts(self, provision: Provision) -> tuple[int, ...]:
        """Return the places of the events that match the act, in order (S24)."""
        truths = self.inquiry.answers.events(provision.id, "act")
        counted: tuple[Truth, ...] = (Truth.TRUE,)
        if Truth.UNKNOWN in truths and self.world.choose((provision.id, "act"), (True, False)):
            counted = (Truth.TRUE, Truth.UNKNOWN)
        return tuple(place for place, truth in enumerate(truths) if truth in counted)

    def applicability(self, provision: Provision, start: Instant) -> Spans:
        """Return whether `when` holds and no exception does, unknowns since *start* settled as this world has them."""
        own = self.own_condition(provision)
        if any(truth is Truth.UNKNOWN for _, truth in own.since(start)):
            settled = self.world.choose((provision.when, provision.unless), (Truth.TRUE, Truth.FALSE))
            own = mapped(lambda truth: settled if truth is Truth.UNKNOWN else truth, own)
        defeated = [mapped(negation, self._force(each)) for each in self.defeaters(provision)]
        # Without a trigger to be judged at (S6), the duty lives and ends with the versions themselves.
        alive = [self.inquiry.in_force] if provision.upon is None else []
        return combined(conjunction, (own, *alive, *defeated))

    def own_condition(self, provision: Provision) -> Spans:
        """Return `when` and not `unless` along time, three-valued."""
        when = self.inquiry.answers.condition(provision.id, "when") or constant(Truth.TRUE)
        unless = self.inquiry.answers.condition(provision.id, "unless") or constant(Truth.FALSE)
        return combined(conjunction, (when, mapped(negation, unless)))

    def defeaters(self, provision: Provision) -> tuple[Provision, ...]:
        """Return the provisions that defeat *provision* while they are in force."""
        return self.inquiry.defeaters.get(provision.id, ())

    def defeated(self, provision: Provision, start: Instant) -> bool:
        """Tell whether only its defeaters kept *provision* out of force at some time since *start*."""
        forces = [self._force(each) for each in self.defeaters(provision)]
        if not forces:
            return False
        both = combined(conjunction, (self.own_condition(provision), combined(disjunction, forces)))
        return any(truth is Truth.TRUE for _, truth in both.since(start))

    def _force(self, provision: Provision) -> Spans:
        return of_intervals((each.start, each.end) for each in self.course(provision).stretches)

    def around(self, moment: Instant) -> tuple[Snapshot, Snapshot] | None:
        """Return the snapshots before and from *moment*; ``None`` when no event happened at it."""
        place = bisect_left(self.inquiry.starts, moment)
        if place == 0 or place == len(self.inquiry.starts) or self.inquiry.starts[place] != moment:
            return None
        return self.inquiry.snapshots[place - 1], self.inquiry.snapshots[place]

    def first_after(self, event_type: str, after: int) -> Event | None:
        """Return the first event of *event_type* or a kind of it, after the place *after* in the log."""
        found = [self._next_place(kind, after) for kind in self.prepared.policy.vocabulary.kinds(event_type)]
        first = min((place for place in found if place is not None), default=None)
        return None if first is None else self.prepared.events[first]

    def _next_place(self, event_type: str, after: int) -> int | None:
        places: Sequence[int] = self.inquiry.places.get(event_type, ())
        index = bisect_right(places, after)
        return places[index] if index < len(places) else None

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

    def _order(self, occurrence: Occurrence) -> tuple[Instant, int]:
        return occurrence.at, self.place(occurrence)
