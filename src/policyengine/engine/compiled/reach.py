"""What the compiled evaluator judges by itself, and what it leaves to the reference."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policyengine.engine.reference.inquiry import Inquiry
    from policyengine.model.condition import Condition
    from policyengine.model.provision import Gap, Provision


class Reach(StrEnum):
    """Why a provision or gap is left to the reference in every case; `OWN` when it is not."""

    OWN = "own"
    EACH = "each"
    """It can have several duties in a case (S11)."""
    RECURS = "recurs"
    """It recurs (S28)."""
    DEFEATED = "defeated"
    """Another provision defeats it (S12)."""
    DERIVED = "derived"
    """It, or the table that names its bearer, asks for a derived fact (S10)."""
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
        own = _own(inquiry, provision)
        found[name] = Reach.WAITS if own is Reach.OWN and waits else own
    return found


def gap_reach(inquiry: Inquiry, gap: Gap, known: Mapping[str, Reach]) -> Reach:
    """Return the same for *gap*, when that of all provisions is *known*."""
    names = [name for each in gap.upon or () for name in (each.outcome() or ("", ()))[1]]
    if any(known.get(name, Reach.OWN) is not Reach.OWN for name in names):
        return Reach.WAITS
    return _derived(inquiry, [each for each in (gap.when,) if each is not None])


def _own(inquiry: Inquiry, provision: Provision) -> Reach:
    if provision.every is not None:
        return Reach.RECURS
    if provision.each or provision.key:
        return Reach.EACH
    if provision.id in inquiry.defeaters:
        return Reach.DEFEATED
    if inquiry.bound(provision) is not None:
        return Reach.BOUND
    singles = provision.deadline.singles() if provision.deadline is not None else ()
    conditions = [provision.when, provision.unless, *(single.when for single in singles)]
    table = inquiry.assigned.get(provision.bearer or "")
    rows = [row.when for row in table.rows] if table is not None else []
    return _derived(inquiry, [*(each for each in conditions if each is not None), *rows])


def _derived(inquiry: Inquiry, conditions: Iterable[Condition]) -> Reach:
    derived = any(name in inquiry.derived for each in conditions for name in each.facts_asked())
    return Reach.DERIVED if derived else Reach.OWN
