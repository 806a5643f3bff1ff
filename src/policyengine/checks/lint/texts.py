"""Every text in both languages of a policy's file, and whose it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from policyengine.loading.yaml_nodes import Mapping, Node, Scalar, Sequence

ENGLISH, CHINESE = "en", "zh"
_LISTS_OF_NAMED = "id"


@dataclass(frozen=True, slots=True)
class Text:
    """One text: whose it is, the key that leads to it (`title`, `says`, `note`…), and both languages."""

    owner: str
    key: str
    zh: Scalar
    en: Scalar

    @property
    def chinese(self) -> str:
        """Return the Chinese."""
        return str(self.zh.value)

    @property
    def english(self) -> str:
        """Return the English."""
        return str(self.en.value)


def texts(root: Node, name: str) -> Iterator[Text]:
    """Yield every text of the file at *root*, whose policy is called *name*, in file order."""
    if not isinstance(root, Mapping):
        return
    for key, value in root.entries:
        section = str(key.value)
        if section == "source":
            yield from _within(_without(value, "clauses"), name, section)
            yield from _named(value.get("clauses") if isinstance(value, Mapping) else None, name, section)
        else:
            yield from _named(value, name, section)


def _named(node: Node | None, name: str, key: str) -> Iterator[Text]:
    """Yield the texts of a section: a mapping of named things, a list of things with ids, or a text itself."""
    if isinstance(node, Mapping) and _text(node, name, key) is None:
        for inner, value in node.entries:
            yield from _within(value, str(inner.value), str(inner.value))
    elif isinstance(node, Sequence):
        for item in node.items:
            own = item.get(_LISTS_OF_NAMED) if isinstance(item, Mapping) else None
            yield from _within(item, str(own.value) if isinstance(own, Scalar) else name, key)
    elif node is not None:
        yield from _within(node, name, key)


def _within(node: Node, owner: str, key: str) -> Iterator[Text]:
    found = _text(node, owner, key)
    if found is not None:
        yield found
    elif isinstance(node, Mapping):
        for inner, value in node.entries:
            yield from _within(value, owner, str(inner.value))
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _within(item, owner, key)


def _text(node: Node, owner: str, key: str) -> Text | None:
    if not isinstance(node, Mapping) or len(node.entries) != len((CHINESE, ENGLISH)):
        return None
    zh, en = node.get(CHINESE), node.get(ENGLISH)
    if isinstance(zh, Scalar) and isinstance(en, Scalar):
        return Text(owner, key, zh, en)
    return None


def _without(node: Node, name: str) -> Node:
    if not isinstance(node, Mapping):
        return node
    return Mapping(tuple(entry for entry in node.entries if entry[0].value != name), node.span)
