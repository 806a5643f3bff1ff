"""The answers of several policies for one case as JSON, with the worklist that merges what they demand (S31)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyengine.model.frozen import FrozenMap
from policyengine.report.as_json import Writer
from policyengine.report.json_values import Json, titled, written

if TYPE_CHECKING:
    from policyengine.model.policy import Policy
    from policyengine.model.several import Assessments
    from policyengine.model.worklist import Claim, Conflict, Entry, Worklist

ASSESSMENTS = "policyengine/assessments/1"


def assessments_json(
    policies: Sequence[Policy],
    found: Assessments,
    *,
    same: Mapping[str, str] = FrozenMap(),
    indent: int | None = 2,
) -> str:
    """Return *found*, the answers of *policies* for one case, as JSON text that ends with a line end.

    Args:
        policies: those that gave the answers, in any order.
        found: the answers.
        same: roles of one policy that are roles of another here, as in `Assessments.worklist`.
        indent: ``None`` for one line, as JSON Lines have it.
    """
    by_id = {each.id: each for each in policies}
    writers = {each.policy: Writer(by_id[each.policy], each) for each in found}
    value = {
        "schema": ASSESSMENTS,
        "case": found.case,
        "as_of": next(iter(writers.values())).instant(found.as_of),
        "assessments": [each.answer() for each in writers.values()],
        "worklist": _Worklist(writers).value(found.worklist(same=same)),
    }
    return written(value, indent=indent)


@dataclass(frozen=True, slots=True)
class _Worklist:
    """Turns a worklist into JSON values; each policy writes its own titles and limits, on its own zone."""

    writers: dict[str, Writer]

    def value(self, worklist: Worklist) -> Json:
        return {
            "entries": [self._entry(each) for each in worklist.entries],
            "conflicts": [self._conflict(each) for each in worklist.conflicts],
        }

    def _entry(self, entry: Entry) -> Json:
        writer = self.writers[entry.claims[0].policy]
        return {
            **self._who_does_what(entry),
            "must": writer.limit(entry.must),
            "should": writer.limit(entry.should),
            "claims": [self._claim(each) for each in entry.claims],
        }

    def _who_does_what(self, entry: Entry) -> Mapping[str, Json]:
        types = self.writers[entry.claims[0].policy].policy.vocabulary.event_types
        return {
            "act": titled(entry.act, types[entry.act].title),
            "bearer": self._role(entry.bearer),
            "to": self._role(entry.to),
        }

    def _role(self, name: str | None) -> Json:
        """Return a role, which one of the policies knows."""
        policies = (each.policy for each in self.writers.values())
        knowing = (each for each in policies if name in {*each.header.roles, *each.vocabulary.roles})
        return next((titled(name, each.role(name).title) for each in knowing if name is not None), None)

    def _conflict(self, conflict: Conflict) -> Json:
        return {
            **self._who_does_what(conflict.entry),
            "owed": [self._claim(each) for each in conflict.owed],
            "forbidden": [self._claim(each) for each in conflict.forbidden],
        }

    def _claim(self, claim: Claim) -> Json:
        writer = self.writers[claim.policy]
        return {
            "policy": claim.policy,
            "provision": writer.provision(claim.provision),
            "instance": claim.duty.instance,
            "clauses": [writer.clause(each) for each in claim.clauses],
            "strength": claim.duty.strength.value,
            "wording": claim.duty.wording,
            "limit": writer.limit(claim.duty.limit),
        }
