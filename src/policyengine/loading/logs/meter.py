"""How much of a log is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_STEPS = 200


class Meter:
    """Tells how many bytes of how many are done, some two hundred times in all.

    A byte that is read counts by the `weight` of the moment; bytes that are read only once count twice, so that the
    rows of tables which are put away and taken out again count once each time.
    """

    def __init__(self, progress: Callable[[int, int], None] | None) -> None:
        """Tell *progress*, if there is somebody to tell."""
        self.size = 0
        self.weight = 2
        self._progress = progress
        self._done = 0
        self._step = -1

    def add(self, count: float) -> None:
        """Note that *count* more bytes are done."""
        total = 2 * self.size
        self._done = min(self._done + int(count * self.weight), total)
        step = self._done * _STEPS // max(total, 1)
        if self._progress is not None and step != self._step:
            self._step = step
            self._progress(self._done // 2, self.size)

    def end(self) -> None:
        """Note that all is done."""
        self.add(self.size)
