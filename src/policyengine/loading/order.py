"""Provisions that wait for one another's outcomes, or defeat one another, may not form a circle (S12, S15)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from policyengine.loading.places import reach
from policyengine.loading.yaml_nodes import Mapping as MappingNode
from policyengine.loading.yaml_nodes import Scalar, Sequence
from policyengine.model.happening import Outcome

if TYPE_CHECKING:
    from policyengine.diagnostics import Diagnostic, Span
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
    waits = _waits(provisions)
    while (cycle := _cycle(waits)) is not None:
        yield _fault(cycle, nodes, document)
        waits = {name: others.difference(cycle) for name, others in waits.items() if name not in cycle}


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
    defeating, defeated = _mention(here, _DEFEATS, other), _mention(there, _DEFEATS, one)
    if set(cycle) == {one, other} and one != other and defeating is not None and defeated is not None:
        return document.fault("PE502", defeating, provision=one, other=other)
    # INVARIANT: a provision waits for another because it watches it, or because the other defeats it.
    span = _mention(here, _OUTCOMES, other) or defeated or here.span
    return document.fault("PE501", span, cycle=" -> ".join((*cycle, one)))


def _nodes(document: Document) -> Iterator[tuple[Node, object]]:
    """Yield the provisions as they stand in the file, each with its id."""
    section = None if document.root is None else reach(document.root, ("provisions",))
    for node in section.items if isinstance(section, Sequence) else ():
        name = reach(node, ("id",))
        if isinstance(name, Scalar):
            yield node, name.value


def _mention(node: Node | None, keys: frozenset[str], name: str, *, within: bool = False) -> Span | None:
    """Return where the text *name* stands below one of *keys*."""
    if isinstance(node, Scalar):
        return node.span if within and node.value == name else None
    parts: list[tuple[Node, bool]] = []
    if isinstance(node, MappingNode):
        parts = [(value, within or key.value in keys) for key, value in node.entries]
    elif isinstance(node, Sequence):
        parts = [(item, within) for item in node.items]
    found = (_mention(part, keys, name, within=inside) for part, inside in parts)
    return next((span for span in found if span is not None), None)


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
