"""What can be asked of an answer's rows, by the keys of an example file and in its values; instants as instants."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyengine.model.frozen import FrozenMap
from policyengine.model.provision import Strength
from policyengine.temporal.instant import MINUTE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policyengine.checks.examples.example import Plain
    from policyengine.model.assessment import Assessment, Duty, GapRow, Occurrence
    from policyengine.model.worklist import Claim, Conflict, Entry


def duty_row(duty: Duty) -> dict[str, Plain]:
    """Return what can be asked of a duty."""
    return {
        "provision": duty.provision,
        "instance": duty.instance,
        "status": duty.status.value,
        "clause": duty.clauses[0],
        "clauses": duty.clauses,
        "strength": duty.strength.value,
        "wording": duty.wording,
        "act": duty.act,
        "bearer": duty.bearer,
        "assigned": duty.assigned,
        "candidates": tuple(each.role for each in duty.candidates),
        "conflict": duty.conflict,
        "to": duty.to,
        "promptly": duty.promptly,
        "standing": duty.standing,
        "sanction": duty.sanction,
        "exists": duty.exists,
        "owed": duty.owed,
        "in_force": duty.in_force,
        "starts": duty.starts,
        "key": FrozenMap(dict(duty.key)),
        "possible": tuple(each.value for each in duty.possible),
        "presumed": duty.presumed,
        "missing": duty.missing_facts,
        **_limits(duty),
        **_happenings(duty),
    }


def _limits(duty: Duty) -> dict[str, Plain]:
    limit = duty.limit
    return {
        "due": None if limit is None else limit.due,
        "late_from": None if limit is None else limit.late_from,
        "provisional": None if limit is None else limit.provisional,
        "finding": finding(duty),
        "violated": duty.violated,
        "violated_at": duty.violated_at,
        "late_activation": duty.late_activation,
        "elapsed_minutes": None if duty.elapsed is None else duty.elapsed / MINUTE,
    }


def _happenings(duty: Duty) -> dict[str, Plain]:
    return {
        "trigger": _name(duty.trigger),
        "triggered_at": None if duty.trigger is None else duty.trigger.at,
        "performed": _name(duty.performed),
        "performed_at": None if duty.performed is None else duty.performed.at,
        "breaches": tuple(map(_name, duty.breaches)),
        "last_act": _name(duty.last_act),
        "partial_acts": tuple(map(_name, duty.partial_acts)),
    }


def _name(occurrence: Occurrence | None) -> str | None:
    """Return the event, or else the provision that something is the outcome of."""
    return None if occurrence is None else occurrence.event or occurrence.provision


def finding(duty: Duty) -> str | None:
    """Return what a violated duty is found to be; a late `should` is an advisory finding."""
    if not duty.violated:
        return None
    return "advisory" if duty.strength is Strength.SHOULD else "violation"


def gap_row(answer: Assessment, name: str) -> dict[str, Plain]:
    """Return what can be asked of a gap; all of it is nothing where the case does not meet the gap."""
    row: GapRow | None = next((each for each in answer.gaps if each.gap == name), None)
    return {
        "kind": None if row is None else row.kind.value,
        "clause": None if row is None else row.clauses[0],
        "clauses": None if row is None else row.clauses,
        "instead_of": None if row is None else row.instead_of,
        "missing": None if row is None else row.missing_facts,
    }


def entry_row(entry: Entry) -> dict[str, Plain]:
    """Return what can be asked of an entry of the worklist."""
    return {
        "bearer": entry.bearer,
        "to": entry.to,
        "must": None if entry.must is None else entry.must.due,
        "should": None if entry.should is None else entry.should.due,
        "clauses": entry.clauses,
        "status": entry.status.value,
        "late": entry.late,
    }


def conflict_rows(conflicts: Iterable[Conflict]) -> tuple[Plain, ...]:
    """Return each conflict as the clauses on both sides."""
    return tuple((_clauses(each.owed), _clauses(each.forbidden)) for each in conflicts)


def _clauses(claims: Iterable[Claim]) -> tuple[str, ...]:
    return tuple(clause for each in claims for clause in each.clauses)
