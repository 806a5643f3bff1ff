"""What the compiled evaluator judges by itself, and what it leaves to the reference."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policyengine.engine.reference.inquiry import Inquiry
    from policyengine.model.provision import Gap


class Reach(StrEnum):
    """Why a provision or gap is left to the reference in every case; `OWN` when it is not."""

    OWN = "own"
    BOUND = "bound"
    """Only its bearer's own acts count, and a table says who that is (S24)."""
    WAITS = "waits"
    """It waits for an outcome of a provision that is left to the reference."""


def in_order(inquiry: Inquiry) -> tuple[str, ...]:
    """Return the provisions, each after those that it waits for (S15)."""
    waits = {each.id: [other.id for other in inquiry.waits_for(each)] for each in inquiry.prepared.provisions}
    return tuple(TopologicalSorter(waits).static_order())


def reaches(inquiry: Inquiry, order: Iterable[str]) -> dict[str, Reach]:
    """Return for each provision whether it is judged without the reference, whatever the case.

    Args:
        inquiry: the policy, under chosen readings.
        order: the provisions, each after those that it waits for.
    """
    found: dict[str, Reach] = {}
    for name in order:
        provision = inquiry.provisions[name]
        waits = any(found[each.id] is not Reach.OWN for each in inquiry.waits_for(provision))
        bound = inquiry.bound(provision) is not None
        found[name] = Reach.BOUND if bound else Reach.WAITS if waits else Reach.OWN
    return found


def gap_reach(gap: Gap, known: Mapping[str, Reach]) -> Reach:
    """Return the same for *gap*, when that of all provisions is *known*."""
    names = [name for each in gap.upon or () for name in (each.outcome() or ("", ()))[1]]
    if any(known.get(name, Reach.OWN) is not Reach.OWN for name in names):
        return Reach.WAITS
    return Reach.OWN
