"""The answers of several policies for one case as JSON, with the worklist that merges what they demand (S31)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from policyengine.model.frozen import FrozenMap
from policyengine.report.as_json import Writer
from policyengine.report.json_values import written
from policyengine.report.worklist_json import WorklistPart, lists

if TYPE_CHECKING:
    from policyengine.model.policy import Policy
    from policyengine.model.several import Assessments

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
        "worklist": lists([WorklistPart(writers, found.worklist(same=same))]),
    }
    return written(value, indent=indent)
