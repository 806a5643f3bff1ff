"""The duties that a provision has in a case with `each`, and which outcomes of others concern them (S11)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from policyengine.engine.compiled.found import Arising, Found, Point
from policyengine.engine.compiled.log import Left
from policyengine.engine.reference.correlation import alike
from policyengine.engine.reference.instances import Instance, attributes, carried
from policyengine.model.condition import Truth
from policyengine.model.happening import Outcome
from policyengine.model.provision import Strength
from policyengine.temporal.instant import Instant

if TYPE_CHECKING:
    from policyengine.engine.compiled.judging import Judging
    from policyengine.engine.compiled.plan import PlannedProvision, Waited
    from policyengine.engine.reference.instances import Key


NOWHERE = Point(0, -1)
"""Stands for an outcome that is not known, or not yet."""


class Came(NamedTuple):
    """An outcome of a duty of another provision."""

    provision: str
    duty: Found
    point: Point


class Correlated(NamedTuple):
    """One duty whose limits may count from outcomes of others."""

    judging: Judging
    planned: PlannedProvision
    arising: Arising

    def concerned(self, came: Came) -> bool:
        """Tell whether an outcome shares the key of the duty; without a key every outcome does.

        Raises:
            Left: an event lacks what would tell.
        """
        watched = (came.provision, _label(self.judging, came))
        if not self.planned.node.key or watched == self.arising.watched:
            return True
        truth = alike(self.arising.key, _lent(self.judging, self.planned, came, came.point.place))
        if truth is Truth.UNKNOWN:
            raise Left
        return truth is Truth.TRUE


def arisings(judging: Judging, planned: PlannedProvision) -> tuple[Arising, ...]:
    """Return the duties of *planned* with what tells them apart, those that nothing triggered yet among them.

    Raises:
        Left: which there are, or what they are about, nobody knows.
    """
    found: dict[str | None, Arising] = {}
    for each in (*_upon_events(judging, planned), *_watching(judging, planned)):
        label = each.label
        if label in found and each.watched is not None:
            label = f"{label} {each.watched[0]}"
        found.setdefault(label, each._replace(label=label))
    for each in _following(judging, planned):
        found.setdefault(each.label, each)
    if any(None in each.key for each in found.values()):
        raise Left
    return tuple(found.values())


def _upon_events(judging: Judging, planned: PlannedProvision) -> Iterator[Arising]:
    log, names = judging.log, planned.node.key or ()
    patterns = [each.pattern for each in planned.upon or () if each.pattern is not None]
    for place in sorted({place for each in patterns for place in log.matches(each)}):
        event = log.events[place]
        yield Arising(judging.event(place), event.id, attributes(event, names), event=event.id)


def _watching(judging: Judging, planned: PlannedProvision) -> Iterator[Arising]:
    """Yield the duties that wait for the outcome of another one each; how many there are does not depend on it."""
    for waited, name in _awaited(planned):
        other = judging.plan.provisions[name]
        if other.node.every is not None:
            continue
        if other.node.each and any(judging.plan.provisions[behind].node.every for _, behind in _awaited(other)):
            raise Left
        for each in judging.found_of(name):
            if each.label is not None or not other.node.each:
                yield from _outcome_of(judging, planned, waited, Came(name, each, NOWHERE))


def _outcome_of(judging: Judging, planned: PlannedProvision, waited: Waited, watched: Came) -> Iterator[Arising]:
    name, duty, nothing = watched
    if waited.outcome is Outcome.BREACHED and duty.otherwise is not None:
        raise Left
    other, source = judging.plan.provisions[name], (name, duty.label)
    if waited.outcome is not Outcome.BREACHED:
        key = _lent(judging, planned, watched, nothing.place)
        yield Arising(judging.outcome_of(waited.outcome, watched), duty.label or name, key, source)
        return
    if other.strength is not Strength.MUST_NOT:
        raise Left
    for place in judging.log.matches(other.act, duty.key):
        trigger = Point(judging.log.ats[place], place, name) if place in duty.breaches else None
        key = _lent(judging, planned, watched, place)
        event = judging.log.events[place].id
        yield Arising(trigger, event, key, source, event)


def _following(judging: Judging, planned: PlannedProvision) -> Iterator[Arising]:
    """Yield the duties that the outcomes of recurring duties bring about."""
    for waited, name in _awaited(planned):
        if judging.plan.provisions[name].node.every is not None:
            for came in judging.outcomes(waited.outcome, name):
                key = _lent(judging, planned, came, came.point.place)
                yield Arising(came.point, f"{name} {Instant(came.point.at)}", key, (name, None))


def _awaited(planned: PlannedProvision) -> Iterator[tuple[Waited, str]]:
    yield from ((each, name) for each in planned.upon or () for name in each.provisions)


def _label(judging: Judging, came: Came) -> str | None:
    """Return what tells the duty from the provision's others; the periods of a recurring one are all one duty."""
    return None if judging.plan.provisions[came.provision].node.every is not None else came.duty.label


def _lent(judging: Judging, planned: PlannedProvision, came: Came, place: int) -> Key:
    """Return the key that a duty of *planned* takes over from another duty, or from the event of its act."""
    watched = Instance(judging.plan.provisions[came.provision].node, _label(judging, came), came.duty.key)
    return carried(planned.node, watched, judging.log.events[place] if place >= 0 else None)
