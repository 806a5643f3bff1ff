"""Cases made up to show something: what has to happen for duties to arise, and acts after that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from policyengine.analysis.proving.replay import answer
from policyengine.engine.reference.versions import life
from policyengine.model.case import Case, Event
from policyengine.model.condition import Truth
from policyengine.model.frozen import FrozenMap
from policyengine.model.happening import Outcome
from policyengine.model.provision import Strength
from policyengine.temporal.instant import DAY, HOUR, MINUTE

if TYPE_CHECKING:
    from policyengine.analysis.sides import Side
    from policyengine.engine.matcher import Record
    from policyengine.model.case import FactValue
    from policyengine.model.happening import Happening
    from policyengine.model.policy import Policy
    from policyengine.model.provision import InForce, Provision
    from policyengine.temporal.instant import Instant

FAR = 4 * 366 * DAY
"""So much later every limit has passed that is looked for."""
_MOST_NESTED = 4
_YEAR, _MARCH, _MORNING = 2026, 3, 9
_ROLES = ("by", "to")


@dataclass(frozen=True, slots=True)
class Scene:
    """A case under way.

    Args:
        side: the policy that it is about.
        scope: whether it is a case or the agency's own log.
        facts: known from the start.
        reached: when the last event happened.
        events: what happened so far, in order.
    """

    side: Side
    scope: Literal["case", "agency"]
    facts: Mapping[str, FactValue]
    reached: Instant
    events: tuple[Event, ...] = ()

    def case(self) -> Case:
        """Return the case."""
        return Case(id="witness", facts=self.facts, events=self.events, scope=self.scope)

    def after(self, micros: int) -> Scene:
        """Return the scene so much later."""
        return replace(self, reached=self.reached.plus(micros))

    def with_event(self, name: str, where: Mapping[str, Sequence[FactValue]] = FrozenMap()) -> Scene:
        """Return the scene with an event of the type *name* now, that has the attributes asked for by *where*."""
        values = {each: found[0] for each, found in where.items()}
        shared = {each: self._shared(each) for each in self._keys(name)}
        told = {**shared, **values}
        by, to = values.get("by"), values.get("to")
        event = Event(
            id=f"e{len(self.events) + 1}",
            type=name,
            at=self.reached,
            by=None if by is None else str(by),
            to=() if to is None else (str(to),),
            attributes={each: self._typed(each, value) for each, value in told.items() if each not in _ROLES},
        )
        return replace(self, events=(*self.events, event))

    def with_act(self, provision: Provision, act: str | None = None) -> Scene:
        """Return the scene with the act of *provision* now, or with a kind of it, as its bearer does it."""
        where: dict[str, tuple[FactValue, ...]] = {}
        if provision.bearer is not None:
            where["by"] = (provision.bearer,)
        if provision.to is not None:
            where["to"] = (provision.to,)
        if provision.means is not None:
            where["means"] = provision.means
        return self.with_event(act or provision.act, where)

    def brought_about(self, happening: Happening, depth: int = 0) -> Scene | None:
        """Return the scene after *happening*, and all that it takes; ``None`` where no way to it is known."""
        if happening.event is not None:
            return self if self._has(happening) else self.with_event(happening.event, happening.where)
        kind, names = happening.outcome() or (None, ())
        for name in names:
            watched = self.side.provision(name)
            if kind is not None and watched is not None and depth < _MOST_NESTED:
                found = self._come_to(kind, watched, depth)
                if found is not None:
                    return found
        return None

    def triggered(self, provision: Provision, depth: int = 0) -> Scene | None:
        """Return the scene after something that puts *provision* in force, and what its limits count from."""
        scene: Scene = self
        for each in provision.anchors():
            scene = scene.brought_about(each, depth + 1) or scene
        if provision.upon is None:
            return scene
        return next((found for each in provision.upon if (found := scene.brought_about(each, depth)) is not None), None)

    def _come_to(self, kind: Outcome, watched: Provision, depth: int) -> Scene | None:
        scene = self.triggered(watched, depth + 1)
        if scene is None:
            return None
        if kind is not Outcome.VIOLATED or watched.strength is Strength.MUST_NOT:
            return scene.after(MINUTE).with_act(watched)
        late = scene.reached.plus(FAR)
        rows = [each for each in answer(self.side, scene.case(), late).duties if each.provision == watched.id]
        found = [each.violated_at for each in rows if each.violated_at is not None]
        return replace(scene, reached=max(scene.reached, found[0])) if found else None

    def _has(self, happening: Happening) -> bool:
        kinds = self.side.vocabulary.kinds(happening.event or "")
        return not happening.where and any(each.type in kinds for each in self.events)

    def _typed(self, attribute: str, value: FactValue) -> FactValue:
        kind = self.side.vocabulary.attributes[attribute]
        return (value,) if kind.many and value is not None and not isinstance(value, tuple) else value

    def _keys(self, name: str) -> Iterator[str]:
        """Yield the attributes by which duties are told apart that an event of the type *name* bears on."""
        kinds = self.side.vocabulary.kinds
        for each in self.side.provisions:
            bearing = (each.act, *(happening.event or each.act for happening in each.happenings()))
            if any(name in kinds(wide) for wide in bearing):
                yield from each.key or ()

    def _shared(self, attribute: str) -> FactValue:
        """Return a value that all events have in common, so that they belong together."""
        kind = self.side.vocabulary.attributes.get(attribute)
        if kind is None:
            return None
        named = self.side.vocabulary.values(kind)
        return named[0] if named else {"boolean": True, "number": 1}.get(kind.type or "", "1")


def opening(side: Side, provisions: Sequence[Provision], record: Record, start: Instant | None = None) -> Scene | None:
    """Return a scene in which the facts are as *record* has them, and what it says has happened did.

    It begins at *start*, by default on a Monday morning of the last year that the calendar knows, or else when all of
    *provisions* are in force; ``None`` where they never are.
    """
    moments = (start,) if start is not None else (*_mornings(side.policy, provisions),)
    found = next((each for each in moments if in_force(side, provisions, each)), None)
    if found is None:
        return None
    scope = provisions[0].scope if provisions else "case"
    scene = Scene(side, scope, {name: value for name, value in record.values.items() if value is not None}, found)
    for name in sorted(record.happened):
        scene = scene.with_event(name)
    return scene


def staged(side: Side, provisions: Sequence[Provision], record: Record, start: Instant | None = None) -> Scene | None:
    """Return a scene in which all of *provisions* have been triggered, one by one; ``None`` where that cannot be."""
    scene = opening(side, provisions, record, start)
    for each in provisions:
        scene = None if scene is None else scene.triggered(each)
    return scene


def in_force(side: Side, provisions: Iterable[Provision], at: Instant) -> bool:
    """Tell whether all of *provisions* are in force at *at*."""
    return all(life(side.policy, each).at(at) is Truth.TRUE for each in provisions)


def _mornings(policy: Policy, provisions: Iterable[Provision]) -> Iterator[Instant]:
    """Yield mornings, one of which lies in every life that they share: just after one begins, or before it ends."""
    until = policy.calendar.announced_until
    first = date(until.year if until is not None else _YEAR, _MARCH, 1)
    yield policy.zone.at(first + timedelta(-first.weekday() % 7), _MORNING)
    lives = [*(each.in_force for each in policy.header.versions), *(each.in_force for each in provisions)]
    for day in sorted({day for each in lives if each is not None for day in _ends(each)}):
        yield policy.zone.at(day, _MORNING)


def _ends(life: InForce) -> Iterator[date]:
    if life.from_ is not None:
        yield life.from_
    if life.to is not None:
        yield life.to - timedelta(1)


LATER = HOUR
"""So long after everything was triggered an act is done."""
