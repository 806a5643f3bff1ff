"""Plain Python over columns: each case is made a dictionary on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.peers.kinds import Batch, Mode
from benchmarks.workload.cases import dictionaries
from benchmarks.workload.plain import Row, plain
from policyengine.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.workload.cases import Columns

_PROVISIONS = 12


def _call(given: Columns) -> list[list[Row]]:
    return [plain(case) for case in dictionaries(given)]


def outputs(found: Sequence[Sequence[Sequence[int]]]) -> tuple[Any, Any]:
    """Return rows case by case as columns."""
    due = np.full((_PROVISIONS, len(found)), -1, np.int64)
    status = np.full((_PROVISIONS, len(found)), -1, np.int8)
    for place, rows in enumerate(found):
        for rule, limit, became, *_ in rows:
            due[rule - 1, place], status[rule - 1, place] = limit, became
    return due, status


def make() -> Batch:
    """Return the peer."""
    what = Wording(
        "手写的 Python 逐案循环，途中转成字典", "a loop of the hand-written Python, dictionaries made on the way"
    )
    return Batch(Mode.MEASURE, what, _call, outputs=outputs, cases=20_000)
