"""Mutants that answer every case alike although a part of them says another thing: because nothing asks it.

`Scope` tells parts apart by what they say. What is proved here is that no answer can tell: every place that reads the
part, under whatever reading, reads the same in both.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policyengine.analysis.change_scope import Kind
from policyengine.checks.mutation.sites import Section
from policyengine.engine.matcher import Record
from policyengine.engine.reference.conditions import holds
from policyengine.model.condition import Condition, FactTest
from policyengine.model.frozen import FrozenMap
from policyengine.prepare.dependence import parts_of
from policyengine.temporal.limit import ELAPSED

if TYPE_CHECKING:
    from collections.abc import Collection

    from policyengine.checks.mutation.mutants import Mutant
    from policyengine.model.base import Value
    from policyengine.model.policy import Policy
    from policyengine.model.provision import Provision

_ELAPSED = frozenset(each.value for each in ELAPSED)


def alike(mutant: Mutant, old: Policy, new: Policy, kinds: Collection[Kind]) -> bool:
    """Tell whether it is proved that *mutant* answers as its policy does, although *kinds* of its parts differ."""
    if mutant.part.section is Section.PRESUME:
        return _presumed_alike(str(mutant.path[0]), old, new)
    if mutant.part.section is Section.COUNTING:
        return _uncounted(old, kinds)
    return False


def _presumed_alike(fact: str, old: Policy, new: Policy) -> bool:
    """Tell whether every test of a fact comes to the same for the value presumed before and the one presumed now.

    A presumed value decides tests and nothing else: a change from it is no regrading (S26).
    """
    before, after = old.header.presume.get(fact), new.header.presume.get(fact)
    if before is None or after is None:
        return False
    records = [Record(FrozenMap({fact: each})) for each in (before, after)]
    tests = {part for node in _nodes(old) for part in parts_of(node) if isinstance(part, FactTest)}
    asked = (Condition(facts=(each,)) for each in tests if each.fact == fact)
    return all(len({holds(each, record, old.vocabulary) for record in records}) == 1 for each in asked)


def _uncounted(policy: Policy, kinds: Collection[Kind]) -> bool:
    """Tell whether nothing in the policy is ever counted by the rules that differ, whatever the readings.

    Regrading bears on what can come into force by a change of facts: what has a condition, or is defeated (S26).
    """
    provisions = tuple(_provisions(policy))
    units = {unit for node in provisions for unit in _units(node)}
    changing = any(node.when is not None or node.unless is not None or node.defeats for node in provisions)
    counted = {Kind.HOURS: "hours" in units, Kind.DAYS: not units <= _ELAPSED, Kind.REGRADING: changing}
    return all(not counted.get(kind, True) for kind in kinds)


def _nodes(policy: Policy) -> Iterator[Value]:
    yield from _provisions(policy)
    yield from (node for each in policy.gaps for node in each.nodes())
    yield from (node for each in policy.tables for node in each.nodes())


def _provisions(policy: Policy) -> Iterator[Provision]:
    yield from (node for each in policy.provisions for node in each.nodes())


def _units(node: Provision) -> Iterator[str]:
    lengths = [each.within for each in node.deadline.singles()] if node.deadline is not None else []
    lengths += [node.every.since_last_act] if node.every is not None else []
    yield from (unit for each in lengths if each is not None for unit, _ in each.parts())
