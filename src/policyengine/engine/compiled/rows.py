"""From what a duty has come to, in whole numbers, to one row of the answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from policyengine.engine.compiled.courses import plainly, truth_at
from policyengine.engine.compiled.log import PRESUMED
from policyengine.engine.compiled.truths import OPEN, TRUTHS
from policyengine.engine.matcher import Record
from policyengine.engine.reference.conditions import unknown_facts
from policyengine.engine.reference.tables import Assignment, assignment, expanded
from policyengine.model.assessment import NO_DUTY, Candidate, Duty, Occurrence, Status
from policyengine.temporal.instant import FIRST_MICROS, Instant

if TYPE_CHECKING:
    from policyengine.engine.compiled.found import Due, Found, Point
    from policyengine.engine.compiled.judging import Judging
    from policyengine.engine.compiled.log import Log
    from policyengine.engine.compiled.plan import Asking, PlannedProvision


def row(judging: Judging, planned: PlannedProvision, found: Found) -> Duty:
    """Return the answer for a provision that has come to *found*: determined if it is the same in both worlds (S13)."""
    if found.status is Status.NOT_TRIGGERED and found.otherwise is None and found.label is None:
        return planned.untriggered or _row(judging, planned, found)
    if found.otherwise is None:
        return _row(judging, planned, found)
    return _either(judging, planned, found, found.otherwise)


def _row(judging: Judging, planned: PlannedProvision, found: Found) -> Duty:
    node, log = planned.node, judging.log
    start = FIRST_MICROS if found.trigger is None else found.trigger.at
    meant = _bearer(judging, planned, _judged_at(log, found.performed, found.violated_at))
    return Duty(
        provision=node.id,
        clauses=node.clause,
        strength=planned.strength,
        act=planned.acts,
        status=found.status,
        wording=node.wording,
        instance=found.label,
        key=tuple(zip(node.key or (), found.key, strict=False)),
        starts=None if found.starts is None else Instant(found.starts),
        bearer=meant.role,
        assigned=node.bearer if node.bearer in judging.plan.assigned else None,
        candidates=() if meant.role is not None else meant.candidates,
        conflict=meant.conflict,
        to=node.to,
        standing=node.standing is True,
        sanction=node.sanction is True,
        trigger=_point(log, found.trigger),
        limit=None if found.limit is None else found.limit.spell(),
        promptly=node.deadline is not None and node.deadline.promptly is True,
        performed=_event(log, found.performed),
        violated_at=None if found.violated_at is None else Instant(found.violated_at),
        late_activation=found.late_activation,
        owed=found.owed,
        in_force=found.in_force,
        breaches=tuple(_occurred(log, each) for each in found.breaches),
        last_act=_event(log, found.last_act),
        partial_acts=tuple(_occurred(log, each) for each in found.partial_acts),
        elapsed=_elapsed(log, planned, found),
        presumed=() if found.status is Status.NOT_TRIGGERED else presumed(log, planned.facts, start),
        readings=planned.readings,
    )


def _either(judging: Judging, planned: PlannedProvision, found: Found, other: Found) -> Duty:
    """Return the answer where unknowns may come out in two ways: what is the same in both stands."""
    log = judging.log
    status, limit, violated_at, performed = come_to(found)
    duty = _row(judging, planned, found)
    settled = _substance(found) == _substance(other)
    start = FIRST_MICROS if found.trigger is None else found.trigger.at
    meant = _bearer(judging, planned, _judged_at(log, performed, violated_at))
    return replace(
        duty,
        status=status,
        bearer=meant.role,
        candidates=() if meant.role is not None else meant.candidates,
        conflict=meant.conflict,
        limit=None if limit is None else limit.spell(),
        performed=_event(log, performed),
        violated_at=None if violated_at is None else Instant(violated_at),
        late_activation=found.late_activation and violated_at is not None,
        owed=found.owed if found.owed == other.owed else None,
        in_force=found.in_force if found.in_force == other.in_force else None,
        breaches=tuple(_occurred(log, each) for each in found.breaches if each in other.breaches),
        elapsed=duty.elapsed if settled else None,
        possible=() if settled else tuple(dict.fromkeys((found.status, other.status))),
        missing_facts=() if settled else missing_facts(judging, planned, start),
        presumed=() if status is Status.NOT_TRIGGERED else presumed(log, planned.facts, start),
    )


def come_to(found: Found) -> tuple[Status, Due | None, int | None, int]:
    """Return status, limit, violation and the place of the act of *found*: what both worlds have in common (S13)."""
    other = found.otherwise
    if other is None:
        return found.status, found.limit, found.violated_at, found.performed
    status = found.status if _substance(found) == _substance(other) else Status.UNDETERMINED
    return (
        status,
        found.limit or other.limit,
        found.violated_at if found.violated_at == other.violated_at else None,
        found.performed if found.performed == other.performed else -1,
    )


def _judged_at(log: Log, performed: int, violated_at: int | None) -> int:
    if violated_at is not None:
        return violated_at
    return log.ats[performed] if performed >= 0 else log.as_of


def _substance(found: Found) -> tuple[object, ...]:
    """Return what makes two results different answers; the ways of having no duty are one."""
    if found.status in NO_DUTY:
        return ("no duty",)
    limit = None if found.limit is None else (found.limit.due, found.limit.late_from)
    return (found.status, limit, found.violated_at, found.performed, found.breaches, found.trigger)


def _occurred(log: Log, place: int) -> Occurrence:
    event = log.events[place]
    return Occurrence(event.at, event=event.id)


def _event(log: Log, place: int) -> Occurrence | None:
    return None if place < 0 else _occurred(log, place)


def _point(log: Log, point: Point | None) -> Occurrence | None:
    if point is None:
        return None
    event = None if point.place < 0 else log.events[point.place].id
    counts_from = None if point.counts_from is None else Instant(point.counts_from)
    return Occurrence(Instant(point.at), event, point.provision, counts_from)


def _bearer(judging: Judging, planned: PlannedProvision, moment: int) -> Assignment:
    """Return who owes the duty: a live one by the facts at `as_of`, a violated one by those at the violation (S10)."""
    bearer = planned.node.bearer
    if bearer is None:
        return Assignment(())
    if bearer not in judging.plan.assigned:
        return Assignment((Candidate(bearer, planned.node.clause),))
    table, rows = judging.plan.assigned[bearer]
    return assignment(table, [TRUTHS[truth_at(judging.log, each, moment)] for each in rows])


def _elapsed(log: Log, planned: PlannedProvision, found: Found) -> int | None:
    """Return the microseconds from anchor to act, or to `as_of`, where the text gives no number (S21)."""
    deadline = planned.node.deadline
    numbered = deadline is not None and deadline.promptly is None
    asked = found.status in (Status.ACTIVE, Status.FULFILLED)
    if numbered or planned.node.standing or found.anchor is None or not asked:
        return None
    until = log.as_of if found.performed < 0 else log.ats[found.performed]
    return max(0, until - found.anchor.anchor)


def presumed(log: Log, facts: tuple[str, ...], moment: int) -> tuple[str, ...]:
    """Return those of *facts* that are presumed at *moment*."""
    return tuple(name for name in facts if log.fact(name, moment)[2] == PRESUMED)


def missing_facts(judging: Judging, planned: PlannedProvision, start: int) -> tuple[str, ...]:
    """Return the facts that keep *planned*, or what it waits for, undetermined since *start*."""
    own = _unknown(judging, planned, start)
    if own:
        return own
    behind = (judging.plan.provisions[name] for name in planned.behind)
    return tuple(dict.fromkeys(name for each in behind for name in _unknown(judging, each, FIRST_MICROS)))


def _unknown(judging: Judging, planned: PlannedProvision, start: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_unknown_since(judging, planned.looked_at, start)))


def _unknown_since(judging: Judging, conditions: tuple[Asking, ...], start: int) -> Iterator[str]:
    """Yield the facts that keep any of *conditions* open at any time since *start*, in the order of time."""
    log = judging.log
    changes = {each[0] for asking in conditions for name in asking.facts for each in log.history(name)}
    firsts = {log.ats[log.by_type[name][0]] for each in conditions for name in each.events if name in log.by_type}
    for moment in (start, *sorted(each for each in changes | firsts if each > start)):
        for asking in conditions:
            if plainly(log, asking, moment) == OPEN:
                yield from unknown_at(judging, asking, moment)


def unknown_at(judging: Judging, asking: Asking, moment: int) -> tuple[str, ...]:
    """Return the facts that keep *asking* open at *moment*; for a derived fact those that it is derived from (S10)."""
    found = unknown_facts(asking.source, _record(judging.log, asking, moment), judging.plan.policy.vocabulary)
    if judging.plan.derived.keys().isdisjoint(found):
        return found
    return tuple(dict.fromkeys(name for each in found for name in _behind(judging, each, moment)))


def _behind(judging: Judging, name: str, moment: int) -> Iterator[str]:
    if name not in judging.plan.derived:
        yield name
        return
    for each in expanded((name,), judging.plan.derived):
        if judging.log.fact(each, moment)[1] is None:
            yield each


def _record(log: Log, asking: Asking, moment: int) -> Record:
    values = {name: value for name, value in log.values(asking.facts, moment).items() if value is not None}
    happened = frozenset(name for name in asking.events if log.happened((name,), moment))
    return Record(values, happened)
