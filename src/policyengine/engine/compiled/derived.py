"""Derived facts along time (S10), as the reference has them, at the instants at which they can change."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING

from policyengine.engine.matcher import Record
from policyengine.engine.reference.conditions import ReferenceMatcher
from policyengine.engine.reference.tables import with_derived
from policyengine.engine.reference.timeline import MOST_COMBINATIONS, Origin, Snapshot
from policyengine.model.frozen import FrozenMap
from policyengine.temporal.instant import FIRST_MICROS, Instant

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policyengine.engine.compiled.log import Log, Open, Stretch
    from policyengine.engine.compiled.plan import Plan


def derive(plan: Plan, log: Log) -> None:
    """Tell *log* what the facts that tables derive are along time."""
    if not plan.derived:
        return
    moments = [FIRST_MICROS, *sorted({at for at in _changes(plan, log) if at > FIRST_MICROS})]
    given = tuple(_snapshot(plan, log, each) for each in moments)
    matcher = ReferenceMatcher(plan.policy.vocabulary)
    found = with_derived(matcher, plan.empty.tables, given)
    stretches = {name: [_stretch(each, name) for each in found] for name in plan.derived}
    log.derive(stretches, [(each.start.micros, _open(each.possible)) for each in found])


def _changes(plan: Plan, log: Log) -> list[int]:
    asked = plan.deriving
    firsts = [log.ats[log.by_type[name][0]] for each in asked for name in each.events if name in log.by_type]
    names = {name for each in asked for name in each.facts if name not in plan.derived}
    return firsts + [at for name in names for at, _, _ in log.history(name)]


def _snapshot(plan: Plan, log: Log, moment: int) -> Snapshot:
    names = dict.fromkeys(name for each in plan.deriving for name in each.facts if name not in plan.derived)
    known = {name: log.fact(name, moment) for name in names}
    happened = frozenset(name for each in plan.deriving for name in each.events if log.happened((name,), moment))
    values = FrozenMap({name: value for name, (_, value, _) in known.items() if value is not None})
    origins = FrozenMap({name: Origin(origin) for name, (_, _, origin) in known.items()})
    return Snapshot(Instant(moment), Record(values, happened), origins)


def _stretch(snapshot: Snapshot, name: str) -> Stretch:
    return snapshot.start.micros, snapshot.record.values.get(name), snapshot.origins[name].value


def _open(possible: Mapping[str, Open]) -> Mapping[str, Open]:
    """Return what is open; of too many combinations nothing is tried out, as the reference has it."""
    return possible if prod(len(each) for each in possible.values()) <= MOST_COMBINATIONS else {}
