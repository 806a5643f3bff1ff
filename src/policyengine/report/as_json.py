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
    return written(_Writer(policy, assessment).answer(), indent=indent)


class _Writer(Chosen):
    """Turns the parts of one answer into JSON values."""

    def answer(self) -> Json:
        answer = self.assessment
        return {
            "schema": ASSESSMENT,
            "policy": titled(answer.policy, self.policy.title),
            "digest": answer.digest,
            "case": answer.case,
            "as_of": self.instant(answer.as_of),
            "time_zone": self.policy.zone.name,
            "readings": [_choice(each) for each in answer.readings],
            "facts": _facts(answer.facts),
            "presumed": _facts(answer.presumed),
            "missing_facts": list(answer.missing_facts),
            "violations": [each.provision for each in answer.violations],
            "advisories": [each.provision for each in answer.advisories],
            "required_actions": [each.provision for each in answer.required_actions()],
            "next_due": None if answer.next_due is None else answer.next_due.provision,
            "duties": [self.duty(each) for each in answer.duties],
            "gaps": [self.gap(each) for each in answer.gaps],
        }

    def duty(self, duty: Duty) -> Json:
        return {
            "provision": self.provision(duty.provision),
            "clauses": [self.clause(each) for each in duty.clauses],
            "strength": duty.strength.value,
            "wording": duty.wording,
            "act": titled(duty.act, self.policy.vocabulary.event_types[duty.act].title),
            "bearer": self.role(duty.bearer),
            "to": self.role(duty.to),
            "standing": duty.standing,
            "sanction": duty.sanction,
            "status": duty.status.value,
            "owed": duty.owed,
            "trigger": self.occurrence(duty.trigger),
            "limit": self.limit(duty.limit),
            "promptly": duty.promptly,
            "elapsed_micros": duty.elapsed,
            "performed": self.occurrence(duty.performed),
            "last_act": self.occurrence(duty.last_act),
            "violated_at": self.instant(duty.violated_at),
            "late_activation": duty.late_activation,
            "breaches": [self.occurrence(each) for each in duty.breaches],
            "possible": [each.value for each in duty.possible],
            "missing_facts": list(duty.missing_facts),
            "missing_attributes": [{"event": event, "attribute": name} for event, name in duty.missing_attributes],
            "presumed": list(duty.presumed),
            "readings": [_choice(each) for each in duty.readings],
        }

    def gap(self, row: GapRow) -> Json:
        return {
            "gap": titled(row.gap, self.gaps[row.gap].title),
            "kind": row.kind.value,
            "clauses": [self.clause(each) for each in row.clauses],
            "instead_of": [self.provision(each) for each in row.instead_of],
            "missing_facts": list(row.missing_facts),
            "readings": [_choice(each) for each in row.readings],
        }

    def provision(self, name: str) -> Json:
        return titled(name, self.provisions[name].title)

    def clause(self, name: str) -> Json:
        clause = self.policy.header.source.clauses[name]
        return {"id": name, "number": clause.number, "says": both(clause.says)}

    def role(self, name: str | None) -> Json:
        return None if name is None else titled(name, self.policy.role(name).title)

    def occurrence(self, what: Occurrence | None) -> Json:
        if what is None:
            return None
        return {
            "at": self.instant(what.at),
            "event": what.event,
            "provision": what.provision,
            "counts_from": self.instant(what.counts_from),
        }

    def limit(self, limit: Limit | None) -> Json:
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
        return {
            "kind": step.kind.value,
            "dates": [each.isoformat() for each in step.dates],
            "instants": [self.instant(each) for each in step.instants],
            "length": None if step.length is None else {"unit": step.length.unit.value, "n": step.length.n},
        }

    def instant(self, instant: Instant | None) -> str | None:
        return None if instant is None else instant.to_iso(self.policy.zone)


def _choice(choice: Choice) -> Json:
    return {"reading": choice.reading, "option": choice.option}


def _facts(facts: Mapping[str, FactValue]) -> Json:
    return dict(facts)
