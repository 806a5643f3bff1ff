"""An answer under every reading at once as JSON: each row's statuses and limits, and the readings that decide them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from policyengine.report.as_json import Writer, choice
from policyengine.report.everything import Everything
from policyengine.report.json_values import Json, both, titled, written

if TYPE_CHECKING:
    from policyengine.model.policy import Policy
    from policyengine.model.ranges import AllReadings, DutyRange, GapRange, Range, Truths

READINGS = "policyengine/readings/1"

Item = TypeVar("Item")


def readings_json(policy: Policy, found: AllReadings, *, indent: int | None = 2) -> str:
    """Return *found*, what *policy* comes to under every reading, as JSON text that ends with a line end.

    Args:
        policy: the policy that gave the answer.
        found: the answer.
        indent: ``None`` for one line, as JSON Lines have it.
    """
    return written(_Writer(policy, found.default).ranges(found), indent=indent)


class _Writer(Everything, Writer):
    """Turns the parts of the answer into JSON values."""

    def ranges(self, found: AllReadings) -> Json:
        return {
            "schema": READINGS,
            "policy": titled(found.policy, self.policy.title),
            "digest": found.default.digest,
            "case": found.case,
            "as_of": self.instant(found.as_of),
            "time_zone": self.policy.zone.name,
            "combinations": found.combinations,
            "readings": [self._reading(each) for each in found.readings],
            "duties": [self._duty(each) for each in found.duties],
            "gaps": [self._gap(each) for each in found.gaps],
        }

    def _reading(self, name: str) -> Json:
        reading = self.policy.readings[name]
        options: list[Json] = [{"option": option, "says": both(says)} for option, says in reading.options.items()]
        return {"reading": name, "question": both(reading.question), "options": options, "default": reading.default}

    def _duty(self, row: DutyRange) -> Json:
        return {
            "provision": self.provision(row.provision),
            "instance": row.instance,
            "clauses": [self.clause(each) for each in row.row.clauses],
            "readings": list(row.readings),
            "statuses": _values(row.statuses, lambda status: None if status is None else status.value),
            "limits": _values(row.limits, self.limit),
            "strengths": _values(row.strengths, lambda strength: None if strength is None else strength.value),
            "bearers": _values(row.bearers, self.role),
            "exists": _verdict(row.existing),
            "violated": _verdict(row.violated),
            "owed": _verdict(row.owed),
        }

    def _gap(self, row: GapRange) -> Json:
        return {
            "gap": titled(row.gap, self.gaps[row.gap].title),
            "clauses": [self.clause(each) for each in row.row.clauses],
            "kinds": _values(row.kinds, lambda kind: None if kind is None else kind.value),
        }


def _values(found: Range[Item], written_as: Callable[[Item], Json]) -> Json:
    """Return everything that something comes to, with the least departures from the defaults that bring it about."""
    return [
        {
            "value": written_as(value),
            "least": [[choice(each) for each in departure] for departure in found.least(value)],
            "combinations": len(found.every(value)),
        }
        for value in found.values
    ]


def _verdict(truths: Truths) -> Json:
    return {"verdict": truths.verdict.value, "values": _values(truths, lambda truth: truth)}
