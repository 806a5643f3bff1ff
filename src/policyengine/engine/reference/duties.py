"""The rows of an assessment: every duty of every provision, explored in as many worlds as there are unknowns (S13)."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from typing import TYPE_CHECKING

from policyengine.engine.reference.instances import Instance
from policyengine.engine.reference.lifecycle import Result
from policyengine.engine.reference.recurrence import before_any_period
from policyengine.engine.reference.rows import row
from policyengine.engine.reference.scenario import Scenario
from policyengine.engine.reference.worlds import World, explore
from policyengine.model.assessment import Status

if TYPE_CHECKING:
    from policyengine.engine.reference.inquiry import Inquiry
    from policyengine.model.assessment import Duty
    from policyengine.model.provision import Provision

Answered = Mapping[Instance, Result]


def duties(inquiry: Inquiry, wanted: Container[str] | None = None) -> Iterator[Duty]:
    """Yield the rows, in the order of the policy's provisions and of the case's log.

    Args:
        inquiry: what is asked.
        wanted: the provisions whose rows are asked for; all of them unless given.
    """
    # A scenario is shared as long as nothing unknown was met in it; after that each duty explores its own worlds.
    shared = Scenario(inquiry, World())
    for provision in inquiry.prepared.provisions:
        if wanted is not None and provision.id not in wanted:
            continue
        found = _answered(shared, provision)
        if not shared.world.taken:
            for instance, result in found.items():
                yield row(inquiry, instance, (result,), complete=True)
            continue
        yield from _explored(inquiry, provision)
        shared = Scenario(inquiry, World())


def _answered(scenario: Scenario, provision: Provision) -> Answered:
    """Return what each duty of *provision* has come to; a provision without any has one row all the same (S14)."""
    if provision.every is None:
        found = {each: scenario.result(each) for each in scenario.instances(provision)}
        return found or {Instance(provision): Result(Status.NOT_TRIGGERED)}
    (instance,) = scenario.instances(provision)
    listed = scenario.series(instance)
    if not listed:
        return {instance: before_any_period(scenario, instance)}
    return {Instance(provision, label): result for label, result in listed.items()}


def _explored(inquiry: Inquiry, provision: Provision) -> Iterator[Duty]:
    if provision.every is None and not _follows_recurring(inquiry, provision):
        # Each duty by itself: the unknowns of one do not multiply with those of the others.
        for instance in inquiry.instances(provision) or (Instance(provision),):
            results, complete = explore(lambda world, each=instance: Scenario(inquiry, world).result(each))  # type: ignore[misc]
            yield row(inquiry, instance, results, complete=complete)
        return
    worlds, complete = explore(lambda world: _answered(Scenario(inquiry, world), provision))
    absent = Result(Status.NOT_TRIGGERED)
    found = dict.fromkeys(each for world in worlds for each in world)
    for instance in [each for each in found if each.label is not None] or found:
        yield row(inquiry, instance, [world.get(instance, absent) for world in worlds], complete=complete)


def _follows_recurring(inquiry: Inquiry, provision: Provision) -> bool:
    watched = inquiry.waits_for(provision) if provision.each else ()
    return any(each.every is not None for each in watched)
