"""Which outcomes of other duties concern a duty with a key, and what those of recurring duties bring about (S11)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policyengine.engine.reference.instances import Instance, Key, carried
from policyengine.model.condition import Truth

if TYPE_CHECKING:
    from policyengine.engine.reference.scenario import Scenario
    from policyengine.model.assessment import Occurrence
    from policyengine.model.provision import Provision


def correlates(scenario: Scenario, instance: Instance, watched: Instance, outcome: Occurrence) -> bool:
    """Tell whether an *outcome* of *watched* shares the key of *instance*; without a key every outcome does."""
    names = instance.provision.key
    if not names or watched == instance.watched:
        return True
    truth = alike(instance.key, _lent(scenario, instance.provision, watched, outcome))
    if truth is Truth.UNKNOWN:
        return scenario.world.choose((instance.id, watched.id, outcome.event, "alike"), (True, False))
    return truth is Truth.TRUE


def alike(one: Key, other: Key) -> Truth:
    """Tell whether two keys are the same: certainly not as soon as one value differs, unknown where one is missing."""
    pairs = list(zip(one, other, strict=True))
    if any(a is not None and b is not None and a != b for a, b in pairs):
        return Truth.FALSE
    return Truth.UNKNOWN if any(a is None or b is None for a, b in pairs) else Truth.TRUE


def followed(scenario: Scenario, provision: Provision) -> Iterator[Instance]:
    """Yield the duties of *provision* that the outcomes of recurring duties bring about."""
    for happening in provision.upon or ():
        kind, names = happening.outcome() or (None, ())
        if kind is None:
            continue
        recurring = [scenario.inquiry.provisions[name] for name in names if name in scenario.inquiry.provisions]
        for watched in (each for other in recurring if other.every is not None for each in scenario.instances(other)):
            for outcome in scenario.outcomes(kind, watched):
                key, label = _lent(scenario, provision, watched, outcome), f"{watched.provision.id} {outcome.at}"
                yield Instance(provision, label, key, watched=watched, kind=kind, period=outcome)


def _lent(scenario: Scenario, provision: Provision, watched: Instance, outcome: Occurrence) -> Key:
    place = scenario.inquiry.place_of.get(outcome.event or "")
    event = None if place is None else scenario.prepared.events[place]
    return carried(provision, watched, event)
