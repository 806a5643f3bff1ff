"""What moves along when a whole case moves in time (L8)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from policyengine.engine.reference.limits import length
from policyengine.prepare.readings import choose
from policyengine.temporal.limit import ELAPSED, Unit

if TYPE_CHECKING:
    from policyengine.model.assessment import Duty, Occurrence
    from policyengine.model.case import Case
    from policyengine.model.deadline import Counting, Within
    from policyengine.model.policy import Policy
    from policyengine.model.provision import Provision
    from policyengine.temporal.instant import Instant


def shifted_case(case: Case, micros: int) -> Case:
    """Return *case* with every event, and what is known when, *micros* microseconds later."""

    def moved(moment: Instant | None) -> Instant | None:
        return None if moment is None else moment.plus(micros)

    events = tuple(
        replace(event, at=event.at.plus(micros), recorded_at=moved(event.recorded_at)) for event in case.events
    )
    return replace(case, events=events, known_at=moved(case.known_at), known_until=moved(case.known_until))


def shifted_row(row: Duty, micros: int) -> tuple[object, ...]:
    """Return what is decided about a duty, its instants *micros* microseconds later.

    Its instance is left out: that of a duty for each outcome of a recurring one is named by the instant.
    """

    def moved(moment: Instant | None) -> str | None:
        return None if moment is None else str(moment.plus(micros))

    def happened(occurrence: Occurrence | None) -> object:
        return occurrence and (moved(occurrence.at), occurrence.event, occurrence.provision)

    limit = row.limit and (moved(row.limit.anchor), moved(row.limit.due), moved(row.limit.late_from))
    decided = (row.status.value, limit, moved(row.violated_at), row.late_activation, row.owed, row.elapsed)
    acts = (*map(happened, (row.trigger, row.performed, row.last_act)), tuple(map(happened, row.breaches)))
    more = (moved(row.starts), tuple(map(happened, row.partial_acts)), row.bearer, row.candidates, row.conflict)
    return (*decided, *acts, *more, row.possible, row.missing_facts, row.missing_attributes)


def shiftable(policy: Policy, scope: str, readings: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """Return the provisions of a *scope* whose answers depend on elapsed time alone, under *readings*."""
    if any(each.in_force.from_ or each.in_force.to for each in policy.header.versions):
        return ()
    chosen = choose(policy, readings)
    nodes = [node for each in policy.provisions if (node := each.under(chosen)) is not None]
    counting = policy.counting.under(chosen)
    leans = {node.id: set(_depends(policy, node, nodes)) for node in nodes}
    fixed = {node.id for node in nodes if counting is None or node.in_force or not _elapsed(node, counting)}
    while more := {name for name, others in leans.items() if name not in fixed and not fixed.isdisjoint(others)}:
        fixed |= more
    return tuple(node.id for node in nodes if node.id not in fixed and node.scope == scope)


def _elapsed(node: Provision, counting: Counting) -> bool:
    singles = node.deadline.singles() if node.deadline is not None else ()
    if node.every is not None and not _exact(node.every.since_last_act, None, counting):
        return False
    return all(_exact(each.within, each.hours, counting) for each in singles if each.within is not None)


def _exact(within: Within | None, hours: str | None, counting: Counting) -> bool:
    """Tell whether a length is counted in elapsed time alone; a period of the calendar is not."""
    unit = None if within is None else length(within).unit
    exact = (hours or counting.hours or "exact") == "exact"
    return unit in ELAPSED and (exact or unit is not Unit.HOURS)


def _depends(policy: Policy, node: Provision, nodes: list[Provision]) -> Iterator[str]:
    yield from (name for each in node.happenings() for _, found in (each.outcome() or (None, ()),) for name in found)
    for other in nodes:
        if node.id in (other.defeats or ()) or policy.vocabulary.related(node.act, other.act):
            yield other.id
