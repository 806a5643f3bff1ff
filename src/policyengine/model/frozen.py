"""An immutable, hashable, picklable mapping."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

Item = TypeVar("Item")


class FrozenMap(Mapping[str, Item]):
    """A mapping from text that never changes; equal to any mapping with the same items."""

    __slots__ = ("_items",)

    def __init__(self, items: Mapping[str, Item] | None = None, /, **more: Item) -> None:
        """Copy *items*, keeping their order."""
        self._items: dict[str, Item] = {**(items or {}), **more}

    def __getitem__(self, key: str) -> Item:
        return self._items[key]

    def __contains__(self, key: object) -> bool:
        return key in self._items

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __hash__(self) -> int:
        return hash(frozenset(self._items.items()))

    def __repr__(self) -> str:
        return f"FrozenMap({self._items!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        return (FrozenMap, (self._items,))
