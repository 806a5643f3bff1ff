"""Which provisions columns can answer, and why not the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyengine.engine.columns import reasons
from policyengine.engine.columns.coding import Coding
from policyengine.engine.columns.rows import lifetime
from policyengine.engine.columns.source import awaited, own_conditions
from policyengine.model.deadline import Regrading
from policyengine.model.happening import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from policyengine.engine.columns.source import Source
    from policyengine.model.deadline import Deadline
    from policyengine.model.provision import Provision
    from policyengine.wording import Wording


def unfit(source: Source, facts: Mapping[str, Coding | Wording]) -> dict[str, Wording]:
    """Return the provisions that columns cannot answer, each with the reason."""
    defeated = {name for each in source.provisions for name in each.defeats or ()}
    found: dict[str, Wording] = {}
    for each in source.provisions:
        reason = reasons.DEFEATED if each.id in defeated else _reason(each, source, facts)
        if reason is not None:
            found[each.id] = reason
    return found | _waiting(source, found)


def _waiting(source: Source, left: Mapping[str, Wording]) -> dict[str, Wording]:
    """Return the provisions that wait, directly or not, for one that is *left*."""
    found: dict[str, Wording] = {}
    more = True
    while more:
        known = {*left, *found}
        new = [each.id for each in source.provisions if each.id not in known and not known.isdisjoint(awaited(each))]
        found |= dict.fromkeys(new, reasons.AWAITS)
        more = bool(new)
    return found


def _reason(provision: Provision, source: Source, facts: Mapping[str, Coding | Wording]) -> Wording | None:
    if provision.each or provision.every is not None or provision.key:
        return reasons.SEVERAL
    conditions = list(own_conditions(provision))
    table = source.assigned.get(provision.bearer or "")
    if table is not None:
        if provision.in_person or provision.must_not:
            return reasons.PERSONAL
        conditions += [row.when for row in table.rows]
    names = [name for each in conditions for name in each.facts_asked()]
    if not source.derived.isdisjoint(names):
        return reasons.DERIVED
    uncoded = next((found for name in names if not isinstance(found := facts[name], Coding)), None)
    return uncoded if uncoded is not None else _reason_of_time(provision, source)


def _breaches(provision: Provision) -> Iterator[str]:
    """Yield the provisions whose breach *provision* waits for."""
    for happening in provision.happenings():
        kind, names = happening.outcome() or (None, ())
        yield from names if kind is Outcome.BREACHED else ()


def _can_be_breached(name: str, source: Source) -> bool:
    """Tell whether the provision *name* forbids something: nothing else is ever breached (S27)."""
    return all(each.must_not is not None for each in source.provisions if each.id == name)


def _precedes_plainly(deadline: Deadline) -> bool:
    """Tell whether *deadline* names one event at most that an act must precede, alone or among its `earliest`."""
    befores = [each for each in deadline.singles() if each.before is not None]
    if not befores or deadline.before is not None:
        return True
    return len(befores) == 1 and befores[0].when is None and befores[0] in (deadline.earliest or ())


def _reason_of_time(provision: Provision, source: Source) -> Wording | None:
    rules = source.counting.regrading
    if Regrading.FROZEN in (rules.up, rules.down, rules.other) and (provision.when or provision.unless):
        return reasons.FROZEN
    if any(not _can_be_breached(name, source) for name in _breaches(provision)):
        return reasons.NEVER_BREACHED
    deadline = provision.deadline
    if deadline is not None and not _precedes_plainly(deadline):
        return reasons.BEFORE_IN_COMPOSITE
    return reasons.LIFETIMES if lifetime(source, provision) is None else None
