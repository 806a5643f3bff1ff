"""Where the parts of a case stand in its tables, found when they are asked for: hardly any ever is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from policyengine.diagnostics import Span
from policyengine.model.frozen import FrozenMap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policyengine.loading.logs.rows import Row, Slot, Table


class Placed(NamedTuple):
    """A row in its table."""

    table: Table
    row: Row


class CaseSpans(FrozenMap[Span]):
    """The spans of a case by path, such as `events/0/sets/urgent`; with a colon at the end, that of the key."""

    __slots__ = ("_events", "_facts")

    def __init__(self, events: list[Placed], facts: dict[str, Placed]) -> None:
        """Keep the row of each event, and of the first mention of each fact (`facts/urgent`)."""
        super().__init__()
        self._events = events
        self._facts = facts

    def __getitem__(self, path: str) -> Span:
        """Return where *path* leads.

        Raises:
            KeyError: no cell is for it.
        """
        found = self._find(path.removesuffix(":"))
        if found is None:
            raise KeyError(path)
        (table, row), slot, name = found
        return (table.head if path.endswith(":") else table.span)(row.line, row.text, slot, name)

    def _find(self, path: str) -> tuple[Placed, Slot, str | None] | None:
        if path in self._facts:
            return _cell(self._facts[path], "facts", path.partition("/")[2])
        kind, _, rest = path.partition("/")
        number, _, rest = rest.partition("/")
        part, _, name = rest.partition("/")
        if kind != "events" or not number.isdecimal() or int(number) >= len(self._events):
            return None
        return _cell(self._events[int(number)], part, name)

    def __iter__(self) -> Iterator[str]:
        for path, placed in self._facts.items():
            if _cell(placed, "facts", path.partition("/")[2]) is not None:
                yield from (path, f"{path}:")
        for number, (table, row) in enumerate(self._events):
            for slot, value in table.pairs(row.cells):
                for path in _paths(slot, value):
                    yield from (f"events/{number}/{path}", f"events/{number}/{path}:")

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __reduce__(self) -> tuple[type[FrozenMap[Span]], tuple[dict[str, Span]]]:
        return FrozenMap, (dict(self),)


def _cell(placed: Placed, part: str, name: str) -> tuple[Placed, Slot, str | None] | None:
    """Return the slot of the cell that is for *part*, and the name within the cell where it holds several."""
    for slot, value in placed.table.pairs(placed.row.cells):
        if slot.part != part:
            continue
        if part not in {"sets", "attributes", "facts"} or (slot.meaning is not None and slot.meaning.name == name):
            return placed, slot, None
        if slot.meaning is None and isinstance(value, dict) and name in value:
            return placed, slot, name
    return None


def _paths(slot: Slot, value: object) -> list[str]:
    if slot.part in {"sets", "attributes"}:
        names = value if slot.meaning is None and isinstance(value, dict) else (slot.meaning and slot.meaning.name,)
        return [f"{slot.part}/{name}" for name in names]
    return [] if slot.part in {"case", "policy", "scope", "facts"} else [slot.part]
