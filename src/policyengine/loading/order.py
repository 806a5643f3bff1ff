"""Provisions that wait for one another's outcomes, or defeat one another, may not form a circle (S12, S15)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from policyengine.loading.places import mention, reach
from policyengine.loading.yaml_nodes import Scalar, Sequence
from policyengine.model.happening import Outcome

if TYPE_CHECKING:
    from policyengine.diagnostics import Diagnostic
    from policyengine.loading.yaml_nodes import Document, Node
    from policyengine.model.policy import Variants
    from policyengine.model.provision import Provision

_DEFEATS = frozenset({"defeats"})
_OUTCOMES = frozenset(each.value for each in Outcome)


def order_faults(provisions: tuple[Variants[Provision], ...], document: Document) -> Iterator[Diagnostic]:
    """Yield the circles that there are under any combination of readings; of those that share a provision, one.

    Readings are taken together: a circle that needs two options of one reading is refused as well, so that no choice
    of readings can ever hang an evaluation.
    """
    nodes = {str(name): node for node, name in _nodes(document)}
    yield from (_fault(each, nodes, document) for each in circles(_waits(provisions)))


def circles(waits: Mapping[str, set[str]]) -> Iterator[tuple[str, ...]]:
    """Yield the circles among names that wait for others, each from its least name on; of those that share one, one."""
    left = dict(waits)
    while (cycle := _cycle(left)) is not None:
        yield cycle
        left = {name: others.difference(cycle) for name, others in left.items() if name not in cycle}


def _waits(provisions: tuple[Variants[Provision], ...]) -> dict[str, set[str]]:
    """Return for each provision those that it waits for: whose outcome it watches, or that defeat it."""
    waits: dict[str, set[str]] = {node.id: set() for each in provisions for node in each.nodes()}
    for each in provisions:
        for node in each.nodes():
            waits[node.id].update(_awaited(node))
            for other in node.defeats or ():
                if other in waits:
                    waits[other].add(node.id)
    return waits


def _fault(cycle: tuple[str, ...], nodes: Mapping[str, Node], document: Document) -> Diagnostic:
    one, other = cycle[0], cycle[1 % len(cycle)]
    here, there = nodes[one], nodes[other]
    defeating, defeated = mention(here, _DEFEATS, other), mention(there, _DEFEATS, one)
    if set(cycle) == {one, other} and one != other and defeating is not None and defeated is not None:
        return document.fault("PE502", defeating, provision=one, other=other)
    # INVARIANT: a provision waits for another because it watches it, or because the other defeats it.
    span = mention(here, _OUTCOMES, other) or defeated or here.span
    return document.fault("PE501", span, cycle=" -> ".join((*cycle, one)))


def _nodes(document: Document) -> Iterator[tuple[Node, object]]:
    """Yield the provisions as they stand in the file, each with its id."""
    section = None if document.root is None else reach(document.root, ("provisions",))
    for node in section.items if isinstance(section, Sequence) else ():
        name = reach(node, ("id",))
        if isinstance(name, Scalar):
            yield node, name.value


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
