"""What came out, recorded in an example file: values at their places are replaced, and all else stays as it is.

Only values change. What says that an expectation is not about the right thing at all is left to the author: a duty
that must not be there, an instance that is not there, an entry or an order of the worklist, conflicts. An expectation
that names a provision and nothing more gets the keys that say what came of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyengine.checks.examples.editing import Edit, Text
from policyengine.loading.nodes import Mapping as NodeMapping
from policyengine.loading.nodes import Node, Sequence, plain
from policyengine.loading.places import start
from policyengine.loading.text import Source
from policyengine.loading.yaml_nodes import parse
from policyengine.temporal.instant import Instant

if TYPE_CHECKING:
    from policyengine.checks.examples.example import Expected, Plain
    from policyengine.checks.examples.judging import Difference
    from policyengine.checks.examples.running import Held
    from policyengine.diagnostics import Span
    from policyengine.temporal.zone import Zone

_BY_HAND = frozenset({"row", "absent", "order"})
_NAMES = ("provision", "gap")


@dataclass(frozen=True, slots=True)
class Recorded:
    """A file with what came out recorded in it.

    Args:
        text: the new text; the old one where nothing could be recorded.
        values: how many values were changed or added.
        left: the failures that remain, wholly or in part.
    """

    text: str
    values: int
    left: tuple[Held, ...]


@dataclass(frozen=True, slots=True)
class _Change:
    """One value to be written, and how the tree of the file looks then.

    Args:
        edit: the change of the text.
        at: the place of the value, or of the mapping that gets a key.
        key: the key that is added; ``None`` where a value is replaced.
        value: the value as a file has it.
    """

    edit: Edit
    at: Span
    key: str | None
    value: object


def recorded(file: str, text: str, failed: Iterable[tuple[Held, Zone]]) -> Recorded:
    """Return the *text* of *file* with what came out of *failed* recorded, instants on the clock of each zone.

    Whatever the layout, a change is made only where the text, read again, has that value there and nothing else is
    another: what cannot be changed so, as under an alias that stands in two places, is left.
    """
    recorder = _Recorder(file, text)
    left = []
    for held, zone in failed:
        if not recorder.take(held, zone):
            left.append(held)
    return Recorded(recorder.text, recorder.values, tuple(left))


class _Recorder:
    """One file that is changed value by value; `changes` holds what was found to be sound."""

    def __init__(self, file: str, text: str) -> None:
        self._file, self._old = file, text
        self._root = parse(Source(file, text)).root
        self._raw = Text(text)
        self._changes: list[_Change] = []
        self.text, self.values = text, 0

    def take(self, held: Held, zone: Zone) -> bool:
        """Record what came out of one expectation; tell whether nothing of it is left."""
        wanted = [each for each in held.outcome.differences if each.key not in _BY_HAND]
        found = [self._change(each, held.outcome.expected, zone) for each in wanted]
        changes = [each for each in found if each is not None]
        added = [each for each in changes if self._accept(each)]
        return len(added) == len(held.outcome.differences)

    def _accept(self, change: _Change) -> bool:
        """Make *change* unless it is there already, or the text read again has something else."""
        if change in self._changes:
            return True
        changes = [*self._changes, change]
        text = self._raw.edited([each.edit for each in changes])
        root = parse(Source(self._file, text)).root
        if root is None or plain(root) != _changed(self._root, changes):
            return False
        self._changes, self.text, self.values = changes, text, len(changes)
        return True

    def _change(self, found: Difference, expected: Expected, zone: Zone) -> _Change | None:
        value = _value(found.found, zone)
        if not found.said:
            return self._added(found.key, value, expected)
        span = expected.spans.get(found.key)
        node = None if span is None else self._only(span)
        if node is None or span is None:
            return None
        edit = self._raw.replacement(node, value)
        return None if edit is None else _Change(edit, span, None, value)

    def _added(self, key: str, value: object, expected: Expected) -> _Change | None:
        node = next((each for each in _mappings(self._root) if _is_about(each, expected)), None)
        if node is None:
            return None
        return _Change(self._raw.addition(node, key, value), node.span, key, value)

    def _only(self, span: Span) -> Node | None:
        """Return the node at *span*; nothing where an alias lets it stand in several places."""
        found = [each for each in _nodes(self._root) if each.span == span]
        return found[0] if len(found) == 1 else None


def _value(value: Plain, zone: Zone) -> object:
    """Return a value as a file writes it."""
    if isinstance(value, Instant):
        return value.to_iso(zone)
    if isinstance(value, tuple):
        return [_value(each, zone) for each in value]
    if isinstance(value, Mapping):
        return {key: _value(each, zone) for key, each in value.items()}
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _changed(node: Node | None, changes: Iterable[_Change]) -> object:
    """Return the tree as it must be once *changes* are made."""
    replaced = {each.at: each.value for each in changes if each.key is None}
    added: dict[Span, dict[str, object]] = {}
    for each in changes:
        if each.key is not None:
            added.setdefault(each.at, {})[each.key] = each.value
    return None if node is None else _with(node, replaced, added)


def _with(node: Node, replaced: Mapping[Span, object], added: Mapping[Span, Mapping[str, object]]) -> object:
    if node.span in replaced and not (isinstance(node, NodeMapping) and node.span in added):
        return replaced[node.span]
    if isinstance(node, NodeMapping):
        own = {str(key.value): _with(value, replaced, added) for key, value in node.entries}
        return {**own, **added.get(node.span, {})}
    if isinstance(node, Sequence):
        return [_with(each, replaced, added) for each in node.items]
    return node.value


def _nodes(node: Node | None) -> Iterator[Node]:
    if node is None:
        return
    yield node
    parts = (
        tuple(value for _, value in node.entries)
        if isinstance(node, NodeMapping)
        else node.items
        if isinstance(node, Sequence)
        else ()
    )
    for each in parts:
        yield from _nodes(each)


def _mappings(node: Node | None) -> Iterator[NodeMapping]:
    return (each for each in _nodes(node) if isinstance(each, NodeMapping))


def _is_about(node: NodeMapping, expected: Expected) -> bool:
    """Tell whether *node* is the mapping that an expectation stands in."""
    names = (node.get(name) for name in _NAMES)
    return expected.span in {start(node), *(each.span for each in names if each is not None)}
