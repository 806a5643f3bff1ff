"""Provisions that wait for one another's outcomes, or defeat one another, may not form a circle (S12, S15)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policyengine.diagnostics import Diagnostic, Span
    from policyengine.load.yaml_nodes import Document
    from policyengine.model.policy import Provision, Variants


def order_faults(
    provisions: tuple[Variants[Provision], ...], place: Callable[[int], Span], document: Document
) -> Iterator[Diagnostic]:
    """Yield the circle, if there is one under any combination of readings.

    Readings are taken together: a circle that needs two options of one reading is refused as well, so that no choice
    of readings can ever hang an evaluation.
    """
    places = {node.id: index for index, each in enumerate(provisions) for node in each.nodes()}
    waits: dict[str, set[str]] = {name: set() for name in places}
    for each in provisions:
        for node in each.nodes():
            for other in _awaited(node):
                waits[node.id].add(other)
            for other in node.defeats or ():
                waits.setdefault(other, set()).add(node.id)
    cycle = _cycle(waits)
    if cycle is None:
        return
    defeats = {node.id: set(node.defeats or ()) for each in provisions for node in each.nodes()}
    span = place(places.get(cycle[0], 0))
    one, other = cycle[0], cycle[1 % len(cycle)]
    if len(cycle) == 2 and other in defeats.get(one, ()) and one in defeats.get(other, ()):  # noqa: PLR2004 - a pair
        yield document.fault("PE502", span, provision=one, other=other)
    else:
        yield document.fault("PE501", span, cycle=" -> ".join((*cycle, cycle[0])))


def _awaited(provision: Provision) -> Iterator[str]:
    for happening in provision.happenings():
        outcome = happening.outcome()
        if outcome is not None:
            yield from outcome[1]


def _cycle(waits: Mapping[str, set[str]]) -> tuple[str, ...] | None:
    """Return the names of one circle, the least one first, or ``None``."""
    try:
        tuple(TopologicalSorter({name: sorted(waits[name]) for name in sorted(waits)}).static_order())
    except CycleError as error:
        names = tuple(reversed(error.args[1][:-1]))
        least = names.index(min(names))
        return (*names[least:], *names[:least])
    return None
