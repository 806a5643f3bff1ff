"""The limits that were running when another duty came into force, and cap its own (S26)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policyengine.engine.reference.instances import Instance
    from policyengine.engine.reference.scenario import Scenario
    from policyengine.temporal.instant import Instant
    from policyengine.temporal.limit import Limit


def running_limits(scenario: Scenario, instance: Instance, at: Instant) -> Iterator[tuple[Instance, Limit]]:
    """Yield the limits for the same or a related act that were running just before *at*, each with its duty."""
    for provision in scenario.inquiry.related(instance.provision):
        if provision.id != instance.provision.id and scenario.inquiry.caps(provision, instance.provision):
            for other in _about_the_same(scenario, instance, scenario.instances(provision)):
                limit = _running(scenario, other, at)
                if limit is not None:
                    yield other, limit


def warm(scenario: Scenario, instance: Instance) -> None:
    """Compute the limits that bear on *instance* in the order of time, so that no cap has to wait for a later one."""
    others = [
        other
        for provision in scenario.inquiry.related(instance.provision)
        for other in _about_the_same(scenario, instance, scenario.instances(provision))
    ]
    scenario.warmed.update(each.id for each in others)
    starts = [
        (stretch.start, place, index)
        for place, other in enumerate(others)
        for index, stretch in enumerate(scenario.course(other).stretches)
    ]
    for _, place, index in sorted(starts):
        scenario.limit(others[place], index)


def _about_the_same(scenario: Scenario, instance: Instance, others: tuple[Instance, ...]) -> Iterator[Instance]:
    """Yield those of *others* that are about the same occurrence: with `each` on both sides, the same event."""
    if not instance.provision.each:
        yield from others
        return
    for other in others:
        if not other.provision.each or _trigger(scenario, other) == _trigger(scenario, instance):
            yield other


def _trigger(scenario: Scenario, instance: Instance) -> str | None:
    place = instance.place
    return instance.label if place is None else scenario.prepared.events[place].id


def _running(scenario: Scenario, instance: Instance, at: Instant) -> Limit | None:
    """Return the limit of *instance* that was running just before *at*: in force, not passed, not performed."""
    course = scenario.course(instance)
    index = bisect_left(course.stretches, at, key=lambda each: each.start) - 1
    if index < 0:
        return None
    stretch = course.stretches[index]
    if stretch.end is not None and stretch.end < at:
        return None
    if course.performed is not None and scenario.prepared.events[course.performed].at < at:
        return None
    found = scenario.limit(instance, index)
    return None if found is None or found.limit.is_late(at) else found.limit
