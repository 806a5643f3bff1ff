"""Which names the parts of a file mention."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policyengine.loading.places import reach
from policyengine.loading.yaml_nodes import Mapping, Node, Scalar, Sequence

if TYPE_CHECKING:
    from policyengine.checks.lint.source import LintSource

_NO_NAMES = frozenset({"id", "title", "note", "missing", "wording", "clause", "assigns", "derives"})
"""Keys whose values are texts, or name the part itself."""


def mentioned(source: LintSource, *sections: str) -> frozenset[str]:
    """Return every value, under any reading, that stands in *sections*, texts apart."""
    return frozenset(value for section in sections for value in _values(reach(source.root, (section,))))


def _values(node: Node | None) -> Iterator[str]:
    if isinstance(node, Mapping):
        for key, value in node.entries:
            if key.value not in _NO_NAMES:
                yield from _values(value)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _values(item)
    elif isinstance(node, Scalar) and isinstance(node.value, str):
        yield node.value
