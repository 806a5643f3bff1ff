"""The course of one duty in one world: what triggered it, when it was in force, which acts count (S11-S14, S24-S26)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from policyengine.engine.reference.regrading import regrading
from policyengine.engine.reference.spans import BEGINNING
from policyengine.model.condition import Truth
from policyengine.model.deadline import Regrading

if TYPE_CHECKING:
    from policyengine.engine.reference.instances import Instance
    from policyengine.engine.reference.scenario import Scenario
    from policyengine.model.assessment import Occurrence
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
    """Everything about one duty but its limits. Events are named by their place in the prepared log.

    `anchors` has what each single limit counts from; `ended` and `waived` are when its `until` and its waiver happened.
    """

    triggered: bool
    in_force: bool = False
    trigger: Occurrence | None = None
    anchors: tuple[Occurrence | None, ...] = ()
    ended: Instant | None = None
    waived: Instant | None = None
    stretches: tuple[Stretch, ...] = ()
    performed: int | None = None
    performed_in: int = 0
    partial: tuple[int, ...] = ()

    @property
    def anchor(self) -> Occurrence | None:
        """Return what the duty counts from: the first of its anchors; without a limit its trigger."""
        known = [each for each in self.anchors if each is not None]
        return min(known, key=lambda each: each.anchor, default=None if self.anchors else self.trigger)

    def stretch_at(self, when: Instant) -> int | None:
        """Return the stretch that *when* lies in, by its place; ``None`` when the duty is not in force then."""
        index = bisect_right(self.stretches, when, key=lambda each: each.start) - 1
        return index if index >= 0 and self.stretches[index].holds_at(when) else None


def course(scenario: Scenario, instance: Instance) -> Course:
    """Return the course of *instance* in the world of *scenario*."""
    provision = instance.provision
    trigger = scenario.trigger(instance)
    if provision.upon is not None and trigger is None:
        return Course(triggered=False)
    start = BEGINNING if trigger is None else trigger.at
    anchors = scenario.anchors(instance, trigger)
    ended, waived = _ended(scenario, instance, trigger), _waived(scenario, instance, trigger)
    judged_at = scenario.prepared.as_of if trigger is None else trigger.at
    in_force = scenario.inquiry.lives[provision.id].at(judged_at) is Truth.TRUE
    alive = in_force or provision.upon is None
    stretches = tuple(_stretches(scenario, instance, start, _first(ended, waived))) if alive else ()
    earliest = min((each.anchor for each in anchors if each is not None), default=start)
    found = Course(
        triggered=True,
        in_force=in_force,
        trigger=trigger,
        anchors=anchors,
        ended=ended,
        waived=waived if waived is not None and _lives_on(scenario, instance, (start, waived, ended)) else None,
        stretches=stretches,
    )
    return _with_acts(scenario, instance, found, min(start, earliest))


def _first(*moments: Instant | None) -> Instant | None:
    return min((each for each in moments if each is not None), default=None)


def _ended(scenario: Scenario, instance: Instance, trigger: Occurrence | None) -> Instant | None:
    """Return the instant at which `until` happened after the trigger."""
    until = instance.provision.until
    if until is None:
        return None
    after = -1 if trigger is None else scenario.place(trigger)
    places = [scenario.first(instance, f"until {n}", after) for n, _ in enumerate(until.any_ or until.all_ or ())]
    found = [scenario.prepared.events[place].at for place in places if place is not None]
    if until.all_ is not None:
        return max(found) if len(found) == len(places) else None
    return min(found, default=None)


def _waived(scenario: Scenario, instance: Instance, trigger: Occurrence | None) -> Instant | None:
    """Return the instant of the first waiver after the trigger (S25)."""
    after = -1 if trigger is None else scenario.place(trigger)
    places = [scenario.first(instance, f"waived {n}", after) for n, _ in enumerate(instance.provision.waived_by or ())]
    return min((scenario.prepared.events[place].at for place in places if place is not None), default=None)


def _lives_on(scenario: Scenario, instance: Instance, moments: tuple[Instant, Instant, Instant | None]) -> bool:
    """Tell whether a waiver took anything away: from the trigger, the duty would be in force at it or later."""
    start, waived, ended = moments
    if ended is not None and ended <= waived:
        return False
    return any(each.end is None or each.end > waived for each in _stretches(scenario, instance, start, ended))


def _stretches(scenario: Scenario, instance: Instance, start: Instant, ended: Instant | None) -> Iterator[Stretch]:
    """Yield the stretches in force from *start* until *ended*."""
    since: Instant | None = None
    mode: Regrading | None = None
    for moment, truth in scenario.applicability(instance, start).since(start):
        if moment > scenario.prepared.as_of or (ended is not None and moment >= ended):
            break  # a version may begin or end after `as_of`; nothing is said of that yet
        in_force = truth is Truth.TRUE
        if in_force is (since is not None):
            continue
        change = None if moment == start else regrading(scenario, instance.provision, moment)
        if change is Regrading.FROZEN:
            continue
        if since is not None:
            yield Stretch(since, moment, mode)
        since, mode = (moment, change) if in_force else (None, None)
    if since is not None and (ended is None or since < ended):
        yield Stretch(since, ended, mode)


def _with_acts(scenario: Scenario, instance: Instance, found: Course, earliest: Instant) -> Course:
    """Return the course with the first act that counts from *earliest* on, and the stretch that it counts for (S24).

    A partial act is recorded, and performs nothing.
    """
    if not found.stretches or instance.provision.standing or instance.provision.every is not None:
        return found
    performed, index = _performed(scenario, found.stretches, scenario.acts(instance), earliest)
    partial = tuple(
        place
        for place in scenario.acts(instance, "partial act")
        if (performed is None or place < performed)
        and _counts(found, scenario.prepared.events[place].at, earliest) is not None
    )
    return replace(found, performed=performed, performed_in=index, partial=partial)


def _performed(
    scenario: Scenario, stretches: tuple[Stretch, ...], acts: tuple[int, ...], earliest: Instant
) -> tuple[int | None, int]:
    events = scenario.prepared.events
    for index, stretch in enumerate(stretches):
        start = min(earliest, stretch.start) if index == 0 and not stretch.counts_afresh else stretch.start
        place = bisect_left(acts, start, key=lambda each: events[each].at)
        if place < len(acts) and (stretch.end is None or events[acts[place]].at < stretch.end):
            return acts[place], index
    return None, 0


def _counts(found: Course, at: Instant, earliest: Instant) -> int | None:
    """Return the stretch that an act at *at* counts for."""
    first = found.stretches[0]
    if earliest <= at < first.start and not first.counts_afresh:
        return 0
    return found.stretch_at(at)
