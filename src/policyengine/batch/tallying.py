"""Counts from many partitions -> how all cases were judged."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from policyengine.batch.coverage import Coverage, PolicyCoverage, Why, total
from policyengine.engine.columns import layout
from policyengine.model.frozen import FrozenMap

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from policyengine.batch.judging import Asking


def coverage(asking: Asking, tallies: Iterable[Mapping[str, Any]]) -> Coverage:
    """Return how the cases were judged, from a row for each policy and each part of them.

    Args:
        asking: what was asked.
        tallies: as :data:`policyengine.batch.partition.KINDS` has them.
    """
    laid = {each.id: PolicyCoverage.of(layout(each, asking.readings.get(each.id))) for each in asking.policies}
    return total(_part(each, laid) for each in tallies)


def _part(tally: Mapping[str, Any], laid: Mapping[str, PolicyCoverage]) -> Coverage:
    """Return one row as it is; the counts of cases stand in the rows of all policies and count in one of them."""
    policy = tally["policy"]
    counts = {name: tally[name] for name in ("cases", "answered", "kept_back", "events", "faults")}
    if policy is None:
        return Coverage(**counts)
    alone = FrozenMap({Why(why): count for why, count in (tally["alone"] or {}).items()})
    judged = replace(laid[policy], in_columns=tally["in_columns"], alone=alone)
    return Coverage(**(counts if policy == next(iter(laid)) else {}), policies=FrozenMap({policy: judged}))
