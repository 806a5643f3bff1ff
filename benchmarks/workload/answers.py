"""What the library answers, in the form of the other engines: a row for each duty that there is."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from benchmarks.workload import policy
from benchmarks.workload.cases import as_case
from benchmarks.workload.words import STATUSES

if TYPE_CHECKING:
    from collections.abc import Sequence

    import policyengine as pe
    from benchmarks.workload.plain import Row


def rows(answer: pe.Assessment) -> list[Row]:
    """Return the duties of *answer* as rows of plain Python; provisions are numbered from 1 as in the policy's file."""
    number = _numbers(answer.policy)
    return [
        (
            number[duty.provision],
            duty.limit.due.micros if duty.limit else 0,
            STATUSES.index(duty.status),
            duty.violated_at.micros if duty.violated_at else 0,
            act.at.micros if (act := duty.performed or duty.last_act) else 0,
        )
        for duty in answer.duties
        if duty.exists
    ]


def in_brief(answer: pe.Assessment) -> list[tuple[int, int, int, int]]:
    """Return what the duties of *answer* are in brief as rows without the act, no `Duty` being made."""
    number = _numbers(answer.policy)
    return [
        (number[provision], due or 0, STATUSES.index(status), violated_at or 0)
        for provision, status, due, violated_at, *_ in answer.standings
    ]


@cache
def _numbers(name: str) -> dict[str, int]:
    provisions = enumerate(policy(name).provisions, 1)
    return {node.id: number for number, each in provisions for node in each.nodes()}


def expected(name: str, cases: Sequence[dict[str, Any]]) -> list[list[Row]]:
    """Return what the library's reference evaluator says of *cases* under the policy *name*."""
    import policyengine as pe

    under = policy(name)
    return [
        rows(pe.evaluate(under, as_case(case), as_of=pe.Instant(case["as_of"]), evaluator="reference"))
        for case in cases
    ]
