"""Names of columns -> what their cells are for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyengine.diagnostics import nearest
from policyengine.loading.logs.columns import PARTS, Columns, Meaning
from policyengine.loading.logs.rows import Slot

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SINGLE = (
    *("case", "id", "type", "at", "recorded_at", "by", "to", "corrects", "retracts", "partial", "note"),
    *("policy", "scope"),
)
"""What an event, or its case, has one of."""
_CACHED = 10_000


class Slots:
    """What the columns of one file are for, by their names; each is looked up once."""

    def __init__(self, columns: Columns) -> None:
        """Lay out what the map names."""
        names = columns.columns
        self._ignored = frozenset(columns.ignore)
        self._known: dict[str, list[Slot]] = {}
        self._met: dict[str, tuple[Slot, ...]] = {}
        self._by_name = {part for part in PARTS if getattr(names, part) is None}
        self.unread: dict[str, None] = {}
        for part in SINGLE:
            self._add(Slot(getattr(names, part), part))
        for part in PARTS:
            for column, meaning in (getattr(names, part) or {}).items():
                self._add(Slot(column, part, meaning))
        self.case = names.case
        self.mapped = tuple(_mapped(columns))

    def _add(self, slot: Slot) -> None:
        self._known.setdefault(slot.column, []).append(slot)

    def of(self, column: str) -> tuple[Slot, ...]:
        """Return what the cells of *column* are for, which may be several things; nothing where they are not read."""
        found = self._met.get(column)
        if found is None:
            found = tuple(self._known.get(column, ())) or self._derived(column)
            if not found and not self._ignored & {column, "*"} and len(self.unread) < _CACHED:
                self.unread[column] = None
            if len(self._met) < _CACHED:
                self._met[column] = found
        return found

    def _derived(self, column: str) -> tuple[Slot, ...]:
        part, dot, name = column.partition(".")
        if part not in self._by_name:
            return ()
        if not dot:
            return (Slot(column, part),)
        meaning = Meaning.model_construct(name=name, type=None, many=False, values={})
        return (Slot(column, part, meaning),) if name else ()

    def meant(self) -> str | None:
        """Return what the first column that is not read was probably meant to be."""
        known = (*self._known, *(f"{part}." for part in self._by_name))
        return nearest(next(iter(self.unread), ""), known)

    def missing(self, present: Iterable[str]) -> tuple[str, ...]:
        """Return the columns that must be there and are not: those every event needs, and those the map names."""
        there = frozenset(present)
        return tuple(name for name in self.mapped if name not in there)


def _mapped(columns: Columns) -> Iterator[str]:
    """Yield the names of the columns that a table must have, each once."""
    names = columns.columns
    needed = {"case", "type", "at", *names.model_fields_set}
    single = [getattr(names, part) for part in SINGLE if part in needed]
    yield from dict.fromkeys((*single, *(column for part in PARTS for column in getattr(names, part) or {})))
