"""Why a condition changed: which known facts brought it about, and in which direction (S26)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyengine.engine.reference.conditions import holds
from policyengine.engine.reference.timeline import Origin

if TYPE_CHECKING:
    from policyengine.engine.reference.scenario import Scenario
    from policyengine.engine.reference.timeline import Snapshot
    from policyengine.model.deadline import Regrading
    from policyengine.model.provision import Provision
    from policyengine.temporal.instant import Instant


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
