"""An assessment as JSON, and the JSON Schema of that JSON. Every field of the answer, and titles in both languages.

Instants are ISO texts on the policy's zone, durations whole microseconds. The schema's version, at the end of
`ASSESSMENT`, counts up when a field is renamed, removed, or means something else; new fields leave it as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from policyengine.report.chosen import Chosen
from policyengine.report.json_values import Json, both, titled, written

if TYPE_CHECKING:
    from policyengine.model.assessment import Assessment, Choice, Duty, GapRow, Occurrence
    from policyengine.model.case import FactValue
    from policyengine.model.policy import Policy
    from policyengine.temporal.instant import Instant
    from policyengine.temporal.limit import Limit, Step

ASSESSMENT = "policyengine/assessment/1"


def assessment_json(policy: Policy, assessment: Assessment, *, indent: int | None = 2) -> str:
    """Return *assessment*, an answer of *policy*, as JSON text that ends with a line end.

    Args:
        policy: the policy that gave the answer.
        assessment: the answer.
        indent: ``None`` for one line, as JSON Lines have it.
    """
    return written(Writer(policy, assessment).answer(), indent=indent)


class Writer(Chosen):
    """Turns the parts of one answer into JSON values."""

    def answer(self) -> Json:
        """Return the whole answer."""
        answer = self.assessment
        return {
            "schema": ASSESSMENT,
            "policy": titled(answer.policy, self.policy.title),
            "digest": answer.digest,
            "case": answer.case,
            "as_of": self.instant(answer.as_of),
            "known_at": self.instant(answer.known_at),
            "known_until": self.instant(answer.known_until),
            "time_zone": self.policy.zone.name,
            "readings": [choice(each) for each in answer.readings],
            "facts": _facts(answer.facts),
            "presumed": _facts(answer.presumed),
            "missing_facts": list(answer.missing_facts),
            "violations": [_named(each) for each in answer.violations],
            "advisories": [_named(each) for each in answer.advisories],
            "required_actions": [_named(each) for each in answer.required_actions()],
            "next_due": None if answer.next_due is None else _named(answer.next_due),
            "duties": [self.duty(each) for each in answer.duties],
            "gaps": [self.gap(each) for each in answer.gaps],
        }

    def duty(self, duty: Duty) -> Json:
        """Return one row."""
        return {
            "provision": self.provision(duty.provision),
            "instance": duty.instance,
            "key": {name: list(value) if isinstance(value, tuple) else value for name, value in duty.key},
            "starts": self.instant(duty.starts),
            "clauses": [self.clause(each) for each in duty.clauses],
            "strength": duty.strength.value,
            "wording": duty.wording,
            "act": titled(duty.act, self.policy.vocabulary.event_types[duty.act].title),
            "bearer": self.role(duty.bearer),
            "assigned": self.role(duty.assigned),
            "candidates": [
                {"role": self.role(each.role), "clauses": [self.clause(name) for name in each.clauses]}
                for each in duty.candidates
            ],
            "conflict": duty.conflict,
            "to": self.role(duty.to),
            "standing": duty.standing,
            "sanction": duty.sanction,
            "status": duty.status.value,
            "owed": duty.owed,
            "in_force": duty.in_force,
            "trigger": self.occurrence(duty.trigger),
            "limit": self.limit(duty.limit),
            "promptly": duty.promptly,
            "elapsed_micros": duty.elapsed,
            "performed": self.occurrence(duty.performed),
            "last_act": self.occurrence(duty.last_act),
            "partial_acts": [self.occurrence(each) for each in duty.partial_acts],
            "violated_at": self.instant(duty.violated_at),
            "late_activation": duty.late_activation,
            "breaches": [self.occurrence(each) for each in duty.breaches],
            "possible": [each.value for each in duty.possible],
            "missing_facts": list(duty.missing_facts),
            "missing_attributes": [{"event": event, "attribute": name} for event, name in duty.missing_attributes],
            "presumed": list(duty.presumed),
            "readings": [choice(each) for each in duty.readings],
        }

    def gap(self, row: GapRow) -> Json:
        """Return a silence of the text, or a referral."""
        return {
            "gap": titled(row.gap, self.gaps[row.gap].title),
            "kind": row.kind.value,
            "clauses": [self.clause(each) for each in row.clauses],
            "instead_of": [self.provision(each) for each in row.instead_of],
            "missing_facts": list(row.missing_facts),
            "readings": [choice(each) for each in row.readings],
        }

    def provision(self, name: str) -> Json:
        """Return a provision's id and title."""
        return titled(name, self.provisions[name].title)

    def clause(self, name: str) -> Json:
        """Return a clause: its number in the text, and our summary of it."""
        clause = self.policy.header.source.clauses[name]
        return {"id": name, "number": clause.number, "says": both(clause.says)}

    def role(self, name: str | None) -> Json:
        """Return a role's id and title."""
        return None if name is None else titled(name, self.policy.role(name).title)

    def occurrence(self, what: Occurrence | None) -> Json:
        """Return something at an instant."""
        if what is None:
            return None
        return {
            "at": self.instant(what.at),
            "event": what.event,
            "provision": what.provision,
            "counts_from": self.instant(what.counts_from),
        }

    def limit(self, limit: Limit | None) -> Json:
        """Return a limit with the steps that led to it."""
        if limit is None:
            return None
        return {
            "anchor": self.instant(limit.anchor),
            "due": self.instant(limit.due),
            "due_inclusive": limit.due_inclusive,
            "late_from": self.instant(limit.late_from),
            "provisional": limit.provisional,
            "steps": [self.step(each) for each in limit.steps],
        }

    def step(self, step: Step) -> Json:
        """Return one step of the arithmetic."""
        return {
            "kind": step.kind.value,
            "dates": [each.isoformat() for each in step.dates],
            "instants": [self.instant(each) for each in step.instants],
            "length": None if step.length is None else {"unit": step.length.unit.value, "n": step.length.n},
        }

    def instant(self, instant: Instant | None) -> str | None:
        """Return an instant on the policy's zone."""
        return None if instant is None else instant.to_iso(self.policy.zone)


def _named(duty: Duty) -> Json:
    return {"provision": duty.provision, "instance": duty.instance}


def choice(chosen: Choice) -> Json:
    """Return the option chosen for a reading."""
    return {"reading": chosen.reading, "option": chosen.option}


def _facts(facts: Mapping[str, FactValue]) -> Json:
    return dict(facts)
