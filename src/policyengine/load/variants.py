"""Readings in a file: `{reading: NAME, OPTION: node}` stands for a node, `under: {NAME: [OPTION]}` admits one (S7).

Keys beside `reading` and the options are common to all options and merged with each. A node that several readings
meet in is laid out once for each combination of their options, so that nothing is left to decide at evaluation.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Items
from itertools import product
from math import prod

from policyengine.diagnostics import Diagnostic, Span, nearest
from policyengine.load.yaml_nodes import Document, Mapping, Node, Scalar, Sequence, plain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policyengine.model.policy import Reading

MOST_VARIANTS = 64


def readings_met(node: Node) -> tuple[str, ...]:
    """Return the readings named anywhere in *node*, once each, in file order."""
    return tuple(dict.fromkeys(name for choice in _choices(node) for name in _named(choice)))


def combinations(names: tuple[str, ...], readings: Items[str, Reading]) -> Iterator[dict[str, str]]:
    """Yield every combination of the options of *names*."""
    for options in product(*(tuple(readings[name].options) for name in names)):
        yield dict(zip(names, options, strict=True))


def resolved(node: Node, chosen: Items[str, str], readings: Items[str, Reading]) -> Node:
    """Return *node* with each reading replaced by the node of its chosen option."""
    if isinstance(node, Sequence):
        return Sequence(tuple(resolved(item, chosen, readings) for item in node.items), node.span)
    if not isinstance(node, Mapping):
        return node
    name = _reading(node)
    if name is None:
        return Mapping(tuple((key, resolved(value, chosen, readings)) for key, value in node.entries), node.span)
    options = set(readings[name].options)
    common = tuple(entry for entry in node.entries if entry[0].value not in {"reading", *options})
    option = next((value for key, value in node.entries if key.value == chosen[name]), None)
    if not common and option is not None:
        return resolved(option, chosen, readings)
    added = option.entries if isinstance(option, Mapping) else ()
    return resolved(Mapping((*common, *added), node.span), chosen, readings)


def admitted(node: Node, chosen: Items[str, str]) -> bool:
    """Tell whether `under` admits *node* for the options *chosen*."""
    under = node.get("under") if isinstance(node, Mapping) else None
    if not isinstance(under, Mapping):
        return True
    return all(chosen[str(key.value)] in _listed(value) for key, value in under.entries)


def without_under(node: Node) -> Node:
    """Return *node* without its `under`, which says nothing once a combination is chosen."""
    if not isinstance(node, Mapping):
        return node
    return Mapping(tuple(entry for entry in node.entries if entry[0].value != "under"), node.span)


def reading_faults(node: Node, name: str, readings: Items[str, Reading], document: Document) -> Iterator[Diagnostic]:
    """Yield what is wrong with the readings in *node*, which the file calls *name*."""
    for choice in _choices(node):
        for key in _named(choice):
            if key not in readings:
                yield document.fault("PE208", _place(choice), name=key, suggestion=nearest(key, readings))
        yield from _option_faults(choice, readings, document)
    known = [each for each in readings_met(node) if each in readings]
    count = prod(len(readings[each].options) for each in known)
    if count > MOST_VARIANTS:
        yield document.fault("PE506", node.span, count=count, name=name, limit=MOST_VARIANTS)


def _option_faults(choice: Mapping, readings: Items[str, Reading], document: Document) -> Iterator[Diagnostic]:
    name = _reading(choice)
    if name is not None and name in readings:
        options = readings[name].options
        keys = {key.value for key, _ in choice.entries}
        for option in options:
            if option not in keys:
                span = _place(choice)
                yield document.fault("PE217", span, reading=name, option=option, allowed=", ".join(options))
    under = choice.get("under")
    for key, value in under.entries if isinstance(under, Mapping) else ():
        options = readings[str(key.value)].options if key.value in readings else {}
        for option in _listed(value) if options else ():
            if option not in options:
                allowed = ", ".join(options)
                suggestion = nearest(option, options)
                yield document.fault(
                    "PE209", value.span, reading=key.value, option=option, allowed=allowed, suggestion=suggestion
                )


def _choices(node: Node) -> Iterator[Mapping]:
    """Yield every mapping in *node* that holds a `reading` or an `under`."""
    if isinstance(node, Sequence):
        for item in node.items:
            yield from _choices(item)
    elif isinstance(node, Mapping):
        if _named(node):
            yield node
        for _, value in node.entries:
            yield from _choices(value)


def _named(node: Mapping) -> tuple[str, ...]:
    reading, under = _reading(node), node.get("under")
    admitting = [str(key.value) for key, _ in under.entries] if isinstance(under, Mapping) else []
    return (*((reading,) if reading is not None else ()), *admitting)


def _reading(node: Mapping) -> str | None:
    value = node.get("reading")
    return str(value.value) if isinstance(value, Scalar) else None


def _place(choice: Mapping) -> Span:
    value = choice.get("reading") or choice.get("under")
    return choice.span if value is None else value.span


def _listed(node: Node) -> tuple[str, ...]:
    value = plain(node)
    return tuple(str(each) for each in (value if isinstance(value, list) else [value]))
