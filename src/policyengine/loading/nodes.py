"""The tree that a text becomes: scalars, sequences and mappings, each knowing where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from policyengine.diagnostics import Span
    from policyengine.loading.scalars import Value


class Scalar(NamedTuple):
    """Text, a number, true, false or null.

    Args:
        value: what it means; text whenever it was quoted.
        span: where it stands; of no width right behind the colon when nothing was written.
        plain: whether it stood without quotes.
    """

    value: Value
    span: Span
    plain: bool


class Sequence(NamedTuple):
    """A list. Its span ends with its last item, not with the blank lines and comments that follow."""

    items: tuple[Node, ...]
    span: Span


class Mapping(NamedTuple):
    """Keys with values, in file order. Keys are text and none stands twice."""

    entries: tuple[tuple[Scalar, Node], ...]
    span: Span

    def get(self, name: str) -> Node | None:
        """Return the value of the key *name*, or ``None`` when there is no such key."""
        for key, value in self.entries:
            if key.value == name:
                return value
        return None


Node: TypeAlias = Scalar | Sequence | Mapping


def plain(node: Node) -> object:
    """Return *node* without positions: dicts, lists, and the values of scalars.

    A node that several aliases share is copied for each, so that nothing in the result is shared.
    """
    # INVARIANT: `builder` lets no tree exceed MAX_DEPTH levels and MAX_VALUES values, aliases expanded.
    if isinstance(node, Mapping):
        return {key.value: each.value if isinstance(each, Scalar) else plain(each) for key, each in node.entries}
    if isinstance(node, Sequence):
        return [each.value if isinstance(each, Scalar) else plain(each) for each in node.items]
    return node.value


def locate(root: Node, path: tuple[str | int, ...], *, key: bool = False) -> Span:
    """Return where the deepest node stands that can be reached from *root* along *path*.

    The walk ends at the first step that is not there, so the place of something missing is what it is missing from.

    Args:
        root: where the path starts.
        path: keys of mappings and indices of sequences.
        key: point at the key that leads to that node, not at the node, if it has one.
    """
    node, span = root, root.span
    for step in path:
        entry = _step(node, step)
        if entry is None:
            break
        name, node = entry
        span = name.span if key and name is not None else node.span
    return span


def _step(node: Node, step: str | int) -> tuple[Scalar | None, Node] | None:
    if isinstance(node, Mapping):
        return next((entry for entry in node.entries if entry[0].value == step), None)
    if isinstance(node, Sequence) and isinstance(step, int) and 0 <= step < len(node.items):
        return None, node.items[step]
    return None
