"""Instants by case, the earliest first: a heap from which what no longer holds is dropped when it is met."""

from __future__ import annotations

from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_FEW = 64
"""So many entries are never worth sweeping."""

Entry = tuple[int, int, int]
"""Microseconds, the number of a case, and the stamp that says whether the entry still holds."""


class Agenda:
    """For each of many cases, by its number, one instant in microseconds or none.

    To set one costs the logarithm of the number of cases; entries that no longer hold are never more than half of all.
    """

    __slots__ = ("_heap", "_holding", "_stamp")

    def __init__(self) -> None:
        self._heap: list[Entry] = []
        self._holding: dict[int, int] = {}
        self._stamp = 0

    def put(self, number: int, instant: int | None) -> None:
        """Let the case *number* stand for *instant*, and no longer for any other."""
        self._holding.pop(number, None)
        if instant is not None:
            self._stamp += 1
            self._holding[number] = self._stamp
            heappush(self._heap, (instant, number, self._stamp))
        if len(self._heap) > _FEW + 2 * len(self._holding):
            self._heap = [each for each in self._heap if self._holds(each)]
            heapify(self._heap)

    def first(self) -> tuple[int, int] | None:
        """Return the earliest instant, with the number of its case."""
        while self._heap and not self._holds(self._heap[0]):
            heappop(self._heap)
        return self._heap[0][:2] if self._heap else None

    def take(self, instant: int) -> Iterator[int]:
        """Yield the cases that stand for *instant* or an earlier one, the earliest first; they stand for none then."""
        while (found := self.first()) is not None and found[0] <= instant:
            self.put(found[1], None)
            yield found[1]

    def until(self, instant: int) -> Iterator[int]:
        """Yield the cases that stand for *instant* or an earlier one, in no order; it costs no more than there are.

        INVARIANT: no entry of a heap is smaller than the one above it, at half its place; below one that comes too
        late nothing comes in time.
        """
        waiting = [0]
        for place in waiting:  # grows while it is read
            if place < len(self._heap) and self._heap[place][0] <= instant:
                waiting += (2 * place + 1, 2 * place + 2)
                if self._holds(self._heap[place]):
                    yield self._heap[place][1]

    def _holds(self, entry: Entry) -> bool:
        return self._holding.get(entry[1]) == entry[2]
