"""Where chunks of cases are judged: arrays that one chunk after another can be written to.

New arrays for each chunk would take about as long as the judging: the machine has to find their memory anew each time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from policyengine.engine.columns.clock import DAYS
from policyengine.engine.columns.loops.block import Out
from policyengine.engine.columns.program import BLOCK_ROWS, COUNTS

if TYPE_CHECKING:
    from policyengine.engine.columns.layout import Layout

AT_A_TIME = 1_016
"""Cases of a block: what is found of them stays in near caches. No power of two, lest its rows collide there."""

_TYPES = ("int8", "uint8", "int64", "int64", "int32", "int32", "int16", "bool")
"""Of the arrays of `Out`."""


class Room:
    """Arrays to judge cases in by one layout, one chunk at a time.

    Attributes:
        layout: the layout.
        block: what is found of the cases of a block on the way.
        memo: where lengths in days end, by the place of the length and the local day from which it runs; 0 if that was
            not counted yet.
    """

    def __init__(self, layout: Layout) -> None:
        """Make room for the cases of *layout*."""
        import numpy as np

        self.layout = layout
        self.block = np.zeros((layout.program[BLOCK_ROWS], AT_A_TIME), np.int64)
        self.memo = np.zeros((layout.program[COUNTS], DAYS), np.int64)
        self._arrays: list[Any] = [np.empty(0, each) for each in _TYPES]

    def out(self, cases: int) -> Out:
        """Return arrays for the answers for so many cases: those of before, where these are large enough."""
        import numpy as np

        rows = len(self.layout.rows)
        if len(self._arrays[0]) < rows * cases:
            self._arrays = [np.empty(rows * cases, each) for each in _TYPES]
        return Out(*(each[: rows * cases].reshape(rows, cases) for each in self._arrays))
