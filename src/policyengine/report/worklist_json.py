"""Worklists as JSON: of one case, or of several as one list; and as part of the answers of several policies.

Instants are ISO texts, limits on the zone of the policy that sets them. Time left is whole microseconds, as all
durations are here. The schema's version, at the end of `WORKLIST`, counts up when a field is renamed, removed, or means
something else; new fields leave it as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from policyengine.model.assessment import urgency
from policyengine.report.as_json import Writer, choice
from policyengine.report.json_values import Json, titled, written

if TYPE_CHECKING:
    from policyengine.model.worklist import Claim, Conflict, Entry, Worklist
    from policyengine.report.worklist_sheet import Sheet

WORKLIST = "policyengine/worklist/1"
OF_THE_DUTY = (
    *("provision", "instance", "clauses", "strength", "wording", "status", "limit", "promptly", "elapsed_micros"),
    *("standing", "last_act", "bearer", "assigned", "candidates", "conflict"),
    *("possible", "missing_facts", "missing_attributes", "presumed", "readings"),
)
"""What a claim tells of its duty, in the words of the assessment."""


def worklist_json(sheets: Sequence[Sheet], *, indent: int | None = 2) -> str:
    """Return the worklist of one case, or of several as one list, as JSON text that ends with a line end.

    Args:
        sheets: one for each case, at least one; all of one instant.
        indent: ``None`` for one line, as JSON Lines have it.
    """
    parts = [WorklistPart(_writers(each), each.worklist) for each in sheets]
    as_of, role = sheets[0].worklist.as_of, sheets[0].worklist.role
    value = {
        "schema": WORKLIST,
        "as_of": parts[0].first.instant(as_of),
        "role": parts[0].role(role),
        "cases": [_case(sheet, part) for sheet, part in zip(sheets, parts, strict=True)],
        **lists(parts),
    }
    return written(value, indent=indent)


def _writers(sheet: Sheet) -> dict[str, Writer]:
    return {answer.policy: Writer(policy, answer) for policy, answer in sheet.answers}


def _case(sheet: Sheet, part: WorklistPart) -> Json:
    first = part.first
    return {
        "case": sheet.case.id,
        "title": sheet.case.title,
        "known_at": first.instant(first.assessment.known_at),
        "known_until": first.instant(first.assessment.known_until),
        "policies": [
            {
                "policy": titled(each.policy.id, each.policy.title),
                "digest": each.policy.digest,
                "time_zone": each.policy.zone.name,
                "readings": [choice(chosen) for chosen in each.assessment.readings],
            }
            for each in part.writers.values()
        ],
    }


def lists(parts: Sequence[WorklistPart]) -> Mapping[str, Json]:
    """Return what the worklists of all *parts* hold, the most urgent first whichever case it is of."""
    running = [(each, claim) for each in parts if (claim := each.worklist.next_due) is not None]
    running.sort(key=lambda found: urgency(found[1].duty))
    return {
        "next_due": next((part.named(claim) for part, claim in running), None),
        "entries": _sorted(parts, lambda each: each.entries),
        "undetermined": _sorted(parts, lambda each: each.undetermined),
        "forbidden": _sorted(parts, lambda each: each.forbidden),
        "conflicts": [part.conflict(each) for part in parts for each in part.worklist.conflicts],
    }


def _sorted(parts: Sequence[WorklistPart], which: Callable[[Worklist], Iterable[Entry]]) -> list[Json]:
    found = [(part, entry) for part in parts for entry in which(part.worklist)]
    return [part.entry(entry) for part, entry in sorted(found, key=lambda each: each[1].urgency)]


@dataclass(frozen=True, slots=True)
class WorklistPart:
    """Turns the worklist of one case into JSON values; each policy writes its own titles and limits, on its zone."""

    writers: Mapping[str, Writer]
    worklist: Worklist

    @property
    def first(self) -> Writer:
        """Return what writes the first policy's words."""
        return next(iter(self.writers.values()))

    def entry(self, entry: Entry) -> Json:
        """Return something to be done, or not to be done."""
        writer = self.writers[entry.claims[0].policy]
        return {
            **self._who_does_what(entry),
            "status": entry.status.value,
            "limit": writer.limit(entry.limit),
            "left_micros": entry.left,
            "late": entry.late,
            "elapsed_micros": entry.elapsed,
            "strengths": [each.value for each in entry.strengths],
            "must": writer.limit(entry.must),
            "should": writer.limit(entry.should),
            "claims": [self._claim(each) for each in entry.claims],
        }

    def conflict(self, conflict: Conflict) -> Json:
        """Return what is owed and forbidden at once."""
        return {
            **self._who_does_what(conflict.entry),
            "owed": [self._claim(each) for each in conflict.owed],
            "forbidden": [self._claim(each) for each in conflict.forbidden],
        }

    def named(self, claim: Claim) -> Json:
        """Return what tells a claim from all others."""
        return {
            "case": self.worklist.case,
            "policy": claim.policy,
            "provision": claim.provision,
            "instance": claim.duty.instance,
        }

    def role(self, name: str | None) -> Json:
        """Return a role, which one of the policies knows."""
        policies = (each.policy for each in self.writers.values())
        knowing = (each for each in policies if name in {*each.header.roles, *each.vocabulary.roles})
        return next((titled(name, each.role(name).title) for each in knowing if name is not None), None)

    def _who_does_what(self, entry: Entry) -> Mapping[str, Json]:
        types = self.writers[entry.claims[0].policy].policy.vocabulary.event_types
        return {
            "case": entry.case,
            "act": titled(entry.act, types[entry.act].title),
            "bearer": self.role(entry.bearer),
            "to": self.role(entry.to),
        }

    def _claim(self, claim: Claim) -> Json:
        duty = cast("Mapping[str, Json]", self.writers[claim.policy].duty(claim.duty))
        return {
            "policy": claim.policy,
            **{name: duty[name] for name in OF_THE_DUTY},
            "left_micros": claim.left,
            "late": claim.late,
            "means": list(claim.means),
        }
