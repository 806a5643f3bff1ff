"""The course of one duty in one world: what triggered it, when it was in force, which acts count (S11-S14, S24-S26)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyengine.engine.reference.conditions import holds
from policyengine.engine.reference.spans import BEGINNING
from policyengine.engine.reference.timeline import Origin
from policyengine.model.condition import Truth
from policyengine.model.deadline import Regrading

if TYPE_CHECKING:
    from policyengine.engine.reference.scenario import Scenario
    from policyengine.engine.reference.timeline import Snapshot
    from policyengine.model.assessment import Occurrence
    from policyengine.model.happening import Until
    from policyengine.model.provision import Provision
    from policyengine.temporal.instant import Instant


@dataclass(frozen=True, slots=True)
class Stretch:
    """One stretch `[start, end)` in which the duty is in force.

    `mode` says what its limit counts from when a known fact brought it into force; ``None`` when no regrading did.
    """

    start: Instant
    end: Instant | None
    mode: Regrading | None

    @property
    def counts_afresh(self) -> bool:
        """Tell whether limit and acts count from the change only (S26)."""
        return self.mode in (Regrading.CAPPED, Regrading.RESTART)

    def holds_at(self, when: Instant) -> bool:
        """Tell whether *when* lies in the stretch."""
        return self.start <= when and (self.end is None or when < self.end)


@dataclass(frozen=True, slots=True)
class Course:
    """Everything about one duty but its limits. Events are named by their place in the prepared log."""

    triggered: bool
    in_force: bool
    trigger: Occurrence | None
    anchor: Occurrence | None
    ended: Instant | None
    stretches: tuple[Stretch, ...]
    performed: int | None
    performed_in: int

    def stretch_at(self, when: Instant) -> int | None:
        """Return the stretch that *when* lies in, by its place; ``None`` when the duty is not in force then."""
        return _stretch_at(self.stretches, when)


def course(scenario: Scenario, provision: Provision) -> Course:
    """Return the course of *provision* in the world of *scenario*."""
    trigger = scenario.trigger(provision)
    anchor = scenario.anchor(provision, trigger)
    if provision.upon is not None and trigger is None:
        return Course(
            triggered=False,
            in_force=False,
            trigger=None,
            anchor=anchor,
            ended=None,
            stretches=(),
            performed=None,
            performed_in=0,
        )
    start = BEGINNING if trigger is None else trigger.at
    ended = _ended(scenario, provision.until, trigger)
    judged_at = scenario.prepared.as_of if trigger is None else trigger.at
    in_force = scenario.inquiry.in_force.at(judged_at) is Truth.TRUE
    alive = in_force or provision.upon is None
    stretches = tuple(_stretches(scenario, provision, start, ended)) if alive else ()
    earliest = start if anchor is None else min(start, anchor.anchor)
    performed, place = _performed(scenario, provision, earliest, stretches)
    return Course(
        triggered=True,
        in_force=in_force,
        trigger=trigger,
        anchor=anchor,
        ended=ended,
        stretches=stretches,
        performed=performed,
        performed_in=place,
    )


def _ended(scenario: Scenario, until: Until | None, trigger: Occurrence | None) -> Instant | None:
    """Return the instant at which `until` happened after the trigger."""
    if until is None:
        return None
    after = -1 if trigger is None else scenario.place(trigger)
    found = [scenario.first_after(name, after) for name in (until.any_ or until.all_ or ())]
    if until.all_ is not None:
        return None if None in found else max((each.at for each in found if each is not None), default=None)
    return min((each.at for each in found if each is not None), default=None)


def _stretches(scenario: Scenario, provision: Provision, start: Instant, ended: Instant | None) -> Iterator[Stretch]:
    """Yield the stretches in force from *start* until *ended*."""
    since: Instant | None = None
    mode: Regrading | None = None
    for moment, truth in scenario.applicability(provision, start).since(start):
        if moment > scenario.prepared.as_of or (ended is not None and moment >= ended):
            break  # a version may begin or end after `as_of`; nothing is said of that yet
        in_force = truth is Truth.TRUE
        if in_force is (since is not None):
            continue
        change = None if moment == start else regrading(scenario, provision, moment)
        if change is Regrading.FROZEN:
            continue
        if since is not None:
            yield Stretch(since, moment, mode)
        since, mode = (moment, change) if in_force else (None, None)
    if since is not None and (ended is None or since < ended):
        yield Stretch(since, ended, mode)


def regrading(scenario: Scenario, provision: Provision, moment: Instant) -> Regrading | None:
    """Return the rule for a change at *moment* that a known fact caused; ``None`` for any other change (S26)."""
    pair = scenario.around(moment)
    if pair is None:
        return None
    before, after = pair
    rules = scenario.prepared.counting.regrading
    directions = {_direction(scenario, name, before, after) for name in _causes(scenario, provision, before, after)}
    for direction, rule in (("up", rules.up), ("down", rules.down), ("other", rules.other)):
        if direction in directions:
            return rule
    return None


def _causes(scenario: Scenario, provision: Provision, before: Snapshot, after: Snapshot) -> tuple[str, ...]:
    """Return the known facts whose change brought the change about: without it, things would be as before."""
    conditions = [each for each in (provision.when, provision.unless) if each is not None]
    conditions += [each.when for each in scenario.defeaters(provision) if each.when is not None]
    changed = [
        name
        for name in dict.fromkeys(name for each in conditions for name in each.facts_asked())
        if before.record.values.get(name) != after.record.values.get(name)
        and before.origins[name] is after.origins[name] is Origin.KNOWN
    ]
    vocabulary = scenario.prepared.policy.vocabulary
    decisive = [
        name
        for name in changed
        if any(
            holds(each, after.reverted(name, before), vocabulary) is not holds(each, after.record, vocabulary)
            for each in conditions
        )
    ]
    return tuple(decisive or changed)


def _direction(scenario: Scenario, name: str, before: Snapshot, after: Snapshot) -> str:
    vocabulary = scenario.prepared.policy.vocabulary
    kind = vocabulary.facts[name]
    old, new = before.record.values[name], after.record.values[name]
    if isinstance(old, tuple) or isinstance(new, tuple) or old is None or new is None:
        return "other"
    low, high = vocabulary.rank(kind, old), vocabulary.rank(kind, new)
    if low is None or high is None:
        return "other"
    return "up" if high > low else "down"


def _performed(
    scenario: Scenario,
    provision: Provision,
    earliest: Instant,
    stretches: tuple[Stretch, ...],
) -> tuple[int | None, int]:
    """Return the place of the first act that counts from *earliest* on, and the stretch that it counts for (S24)."""
    if not stretches or provision.standing:
        return None, 0
    for place in scenario.acts(provision):
        at = scenario.prepared.events[place].at
        if earliest <= at < stretches[0].start and not stretches[0].counts_afresh:
            return place, 0
        index = _stretch_at(stretches, at)
        if index is not None:
            return place, index
    return None, 0


def _stretch_at(stretches: tuple[Stretch, ...], when: Instant) -> int | None:
    index = bisect_right(stretches, when, key=lambda each: each.start) - 1
    return index if index >= 0 and stretches[index].holds_at(when) else None
