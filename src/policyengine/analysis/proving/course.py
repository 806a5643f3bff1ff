"""What has to come before an act, played through with every step as late as its own limit allows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from policyengine.analysis.limits import Span
from policyengine.analysis.proving.finding import Step
from policyengine.analysis.proving.order import before
from policyengine.engine.reference.counting import count
from policyengine.engine.reference.limits import counted_by, length
from policyengine.model.happening import Outcome

if TYPE_CHECKING:
    from policyengine.analysis.proving.order import Bar
    from policyengine.analysis.sides import Side
    from policyengine.model.happening import Happening
    from policyengine.model.provision import Provision
    from policyengine.temporal.instant import Instant
    from policyengine.temporal.limit import Limit


@dataclass(frozen=True, slots=True)
class Done:
    """Something that happens at an instant: an act of `provision`, or an event that nobody owes."""

    at: Instant
    name: str
    owed_by: str | None = None
    provision: Provision | None = field(default=None, compare=False)
    happening: Happening | None = field(default=None, compare=False)

    @property
    def step(self) -> Step:
        """Return it as a step of a chain."""
        deadline = None if self.provision is None else self.provision.deadline
        within = None if deadline is None else deadline.within
        return Step(self.name, None if self.provision is None else self.provision.id, within)


@dataclass(frozen=True, slots=True)
class Reached:
    """An instant that a case comes to.

    Args:
        at: the instant.
        legs: the lengths that lead from the start to it, one after the other.
        done: all that happened up to it, one thing leading to another.
        provisional: whether days were asked about that nobody has announced yet.
        by_chance: whether it rests on an event that need not happen.
    """

    at: Instant
    legs: tuple[Span, ...] = ()
    done: tuple[Done, ...] = ()
    provisional: bool = False
    by_chance: bool = False

    def then(self, other: Reached) -> Reached:
        """Return both of them, at the later of their instants."""
        last = max(self, other, key=lambda each: each.at)
        done = tuple(dict.fromkeys((*self.done, *other.done)))
        provisional, by_chance = self.provisional or other.provisional, self.by_chance or other.by_chance
        return Reached(last.at, last.legs, done, provisional, by_chance)


@dataclass(frozen=True, slots=True)
class Limited:
    """A limit in a course.

    Args:
        limit: as counted.
        anchor: what it counts from.
        span: its length.
        arisen: when the duty arose, and the anchor was there.
    """

    limit: Limit
    anchor: Reached
    span: Span
    arisen: Reached

    @property
    def legs(self) -> tuple[Span, ...]:
        """Return the lengths that lead from the start to the end of the limit."""
        return (*self.anchor.legs, self.span)


@dataclass(slots=True)
class Course:
    """One way in which a case can go: nobody is late, and nobody is early.

    What nobody owes happens at the start. An act that is owed by several happens when the first of them has to do it;
    those who owe it only upon something that need not happen count where nobody else does. Where the text gives no
    number no time is counted.

    Args:
        side: the policy.
        start: when all begins.
        begun: the events with which it begins.
        provisions: the obligations that apply, without the one that is asked about.
        bars: what makes acts wait.
    """

    side: Side
    start: Instant
    begun: Collection[str]
    provisions: Sequence[Provision]
    bars: Sequence[Bar]
    _under_way: list[str] = field(default_factory=list)
    _known: dict[str, Reached] = field(default_factory=dict)

    def limit(self, provision: Provision) -> Limited | None:
        """Return the limit of an obligation; ``None`` where it has no length, or what it waits for never comes."""
        deadline = provision.deadline
        arisen = self.triggered(provision)
        if arisen is None or deadline is None or deadline.within is None:
            return None
        anchor = arisen if deadline.of is None else self.happening(deadline.of)
        if anchor is None:
            return None
        span = Span(length(deadline.within), counted_by(self.side.counting, deadline))
        found = counted(self.side, span, anchor.at)
        both = anchor.then(arisen)
        return Limited(found, anchor, span, replace(both, provisional=both.provisional or found.provisional))

    def needed(self, provision: Provision) -> Reached | None:
        """Return when the act of *provision* can be done lawfully at last; ``None`` where no way is known.

        Where the act can be done in several ways, by one of its kinds, the way that is open first is taken.
        """
        found = [self._open(kind, provision) for kind in self.side.vocabulary.kinds(provision.act)]
        return min((each for each in found if each is not None), key=lambda each: each.at, default=None)

    def triggered(self, provision: Provision) -> Reached | None:
        """Return when *provision* has been triggered by the first of what triggers it."""
        if provision.upon is None:
            return Reached(self.start)
        found = (self.happening(each) for each in provision.upon)
        return min((each for each in found if each is not None), key=lambda each: each.at, default=None)

    def happening(self, happening: Happening) -> Reached | None:
        """Return when *happening* has come about; nobody violates anything in this course."""
        if happening.event is not None:
            return self._event(happening.event, happening)
        kind, names = happening.outcome() or (None, ())
        if kind is not Outcome.PERFORMED:
            return None
        found = (self._act(each) for each in self.provisions if each.id in names)
        return min((each for each in found if each is not None), key=lambda each: each.at, default=None)

    def _event(self, name: str, happening: Happening | None = None) -> Reached | None:
        kinds = self.side.vocabulary.kinds(name)
        owing = [each for each in self.provisions if each.act in kinds and _fits(each, happening)]
        if not owing:
            by_chance = set(self.begun).isdisjoint(kinds)
            return Reached(self.start, done=(Done(self.start, name, happening=happening),), by_chance=by_chance)
        found = [reached for each in owing if (reached := self._act(each)) is not None]
        return min(found, key=lambda each: (each.by_chance, each.at), default=None)

    def _act(self, provision: Provision) -> Reached | None:
        """Return when an obligation is performed, at the very end of its limit; ``None`` where it waits for itself."""
        if provision.id in self._under_way:
            return None
        if provision.id in self._known:
            return self._known[provision.id]
        self._under_way.append(provision.id)
        try:
            arisen, free = self.triggered(provision), self.needed(provision)
            limited = self.limit(provision)
        finally:
            self._under_way.pop()
        if arisen is None or free is None:
            return None
        reached = arisen.then(free)
        if limited is not None and limited.limit.late_from > arisen.at:
            reached = replace(reached.then(limited.arisen), at=limited.limit.late_from.plus(-1), legs=limited.legs)
        found = replace(reached, done=(*reached.done, Done(reached.at, provision.act, provision.id, provision)))
        self._known[provision.id] = found
        return found

    def _open(self, act: str, provision: Provision) -> Reached | None:
        """Return when nothing keeps whoever owes *provision* from *act* any more."""
        reached: Reached | None = Reached(self.start)
        own = [each for each in self.bars if each.binds(provision) and each.provision.id != provision.id]
        for bar in before(act, own, self.side.vocabulary):
            let = self._let(act, bar)
            reached = None if reached is None or let is None else reached.then(let)
        return reached

    def _let(self, act: str, bar: Bar) -> Reached | None:
        """Return when *bar* lets *act* be done."""
        if bar.lets(act, self.side.vocabulary, ()):
            return Reached(self.start)
        found = [self._event(each) for each in bar.waits.first]
        if not bar.waits.every:
            return min((each for each in found if each is not None), key=lambda each: each.at, default=None)
        return _together(found)


def counted(side: Side, span: Span, anchor: Instant) -> Limit:
    """Return the limit of *span* from *anchor* on the policy's calendar."""
    policy = side.policy
    return count(span.length, anchor, counting=span.counting, calendar=policy.calendar, zone=policy.zone)


def _together(found: Iterable[Reached | None]) -> Reached | None:
    reached: Reached | None = None
    for each in found:
        if each is None:
            return None
        reached = each if reached is None else reached.then(each)
    return reached


def _fits(provision: Provision, happening: Happening | None) -> bool:
    """Tell whether the act of *provision*, as it has to be done, is the event that is waited for."""
    where = {} if happening is None else happening.where
    own = {"by": (provision.bearer,), "to": (provision.to,), "means": provision.means or ()}
    return all(set(own.get(name, ())) & set(values) for name, values in where.items())


def chronological(done: Iterable[Done]) -> Iterator[Done]:
    """Yield what happened in the order of time; at one instant in the order in which one thing led to another."""
    yield from sorted(done, key=lambda each: each.at)
