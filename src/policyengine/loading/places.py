"""Where things stand in a file: a path through its nodes -> a span."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyengine.loading.yaml_nodes import Mapping, Node, Scalar, Sequence
from policyengine.model.condition import CONNECTIVES

if TYPE_CHECKING:
    from policyengine.diagnostics import Span
    from policyengine.loading.yaml_nodes import Document

Path = tuple[int | str, ...]


def walk(root: Node, location: tuple[int | str, ...], *, key: bool = False) -> tuple[Node, Span]:
    """Return the deepest node along a pydantic location, and its span or that of the key that leads to it.

    Short forms (one value for a list of one, a name for an event, facts as keys of a condition) have no node of
    their own: their steps stay where they are.
    """
    node, span = root, root.span
    steps = list(location)
    while steps:
        step = steps.pop(0)
        if step == "facts" and steps and isinstance(node, Mapping) and isinstance(steps[0], int):
            step = _facts(node)[int(steps.pop(0))]
        found = _entry(node, step)
        if found is None:
            continue
        name, node = found
        span = name.span if key and name is not None else node.span
    return node, span


def _facts(node: Mapping) -> list[str]:
    return [str(name.value) for name, _ in node.entries if name.value not in CONNECTIVES]


def _entry(node: Node, step: int | str) -> tuple[Scalar | None, Node] | None:
    if isinstance(node, Mapping):
        for entry in node.entries:
            if entry[0].value == step:
                return entry
    elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
        return None, node.items[step]
    return None


def reach(root: Node, path: Path) -> Node | None:
    """Return the node at the very end of *path*, or ``None`` when the file does not go that far."""
    node = root
    for step in path:
        entry = _entry(node, step)
        if entry is None:
            return None
        node = entry[1]
    return node


def declared(root: Node, section: Path) -> dict[str, Span]:
    """Return what a section declares, a mapping of names or a list of things with ids, and where each name stands."""
    node = reach(root, section)
    if isinstance(node, Mapping):
        names = [name for name, _ in node.entries]
    else:
        items = node.items if isinstance(node, Sequence) else ()
        ids = [item.get("id") for item in items if isinstance(item, Mapping)]
        names = [name for name in ids if isinstance(name, Scalar) and isinstance(name.value, str)]
    # The first of two equal names is the one that counts.
    return {str(name.value): name.span for name in reversed(names)}


def start(node: Node) -> Span:
    """Return where a node starts: a mapping that lacks a key is shown by its first one, or by its bracket."""
    if isinstance(node, Mapping) and node.entries:
        first = node.entries[0][0].span
        if (first.line, first.column) == (node.span.line, node.span.column):
            return first
    return head(node.span)


def head(span: Span) -> Span:
    """Return the first character of a span."""
    return type(span)(span.file, span.line, span.column, span.line, span.column + 1)


def written(span: Span, document: Document) -> str:
    """Return the text at a span of one line, as it stands in the file."""
    return document.source.line(span.line)[span.column - 1 : span.end_column - 1]


def mention(node: Node | None, keys: frozenset[str], name: str, *, within: bool = False) -> Span | None:
    """Return where the text *name* stands below one of *keys*; *within* says that *node* is below one already."""
    if isinstance(node, Scalar):
        return node.span if within and node.value == name else None
    parts: list[tuple[Node, bool]] = []
    if isinstance(node, Mapping):
        parts = [(value, within or key.value in keys) for key, value in node.entries]
    elif isinstance(node, Sequence):
        parts = [(item, within) for item in node.items]
    found = (mention(part, keys, name, within=inside) for part, inside in parts)
    return next((span for span in found if span is not None), None)


def key_named(node: Node | None, name: str) -> Span | None:
    """Return where the key *name* stands first anywhere in *node*."""
    if isinstance(node, Mapping):
        own = next((key.span for key, _ in node.entries if key.value == name), None)
        parts = tuple(value for _, value in node.entries)
    else:
        own, parts = None, node.items if isinstance(node, Sequence) else ()
    return own or next((span for part in parts if (span := key_named(part, name)) is not None), None)
