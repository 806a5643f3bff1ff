"""Our own columns: the kernel alone, from arrays to arrays, and `pe.batch.evaluate`, from tables to tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.peers.kinds import Batch, Mode
from benchmarks.workload import policy
from benchmarks.workload.tables import arrow, chunk
from benchmarks.workload.words import PROVISIONS, STATUSES
from policyengine.model.assessment import NO_DUTY, Status
from policyengine.wording import Wording

if TYPE_CHECKING:
    from benchmarks.peers.kinds import Outputs
    from policyengine.engine.columns import Judged

_CODE = {status: STATUSES.index(status) for status in Status if status in STATUSES}
_NUMBER = {name: number for number, (name, *_) in PROVISIONS.items()}
_PACKAGES = ("regulatory-duties", "numpy", "numba", "pyarrow")


def make(word: str) -> Batch:
    """Return the peer; *word* is `kernel` or `evaluate`."""
    return _kernel() if word == "kernel" else _evaluate()


def _kernel() -> Batch:
    from policyengine.engine import columns

    layout = columns.layout(policy("benchmark-steady"))
    room = columns.Room(layout)
    what = Wording("本库内核，数组到事先备好的数组", "our kernel, arrays to arrays made before")
    return Batch(
        Mode.OURS,
        what,
        lambda given: columns.judge(layout, given, room),
        lambda given: chunk(given, layout),
        _from_arrays,
        _PACKAGES,
        covers=tuple(_NUMBER[each.id] for each in layout.rows),
    )


def _from_arrays(judged: Judged) -> Outputs:
    """Return what was judged; what the kernel left to others would show as a duty with an impossible status."""
    from policyengine.engine.columns.chunk import NONE

    codes = np.array([-1 if each in NO_DUTY else _CODE.get(each, 99) for each in Status], np.int8)
    status = codes[judged.status]
    status[judged.left] = 99
    due = np.where(judged.due == NONE, 0, judged.due)
    return list(np.where(status < 0, -1, due)), list(status)


def _evaluate() -> Batch:
    from policyengine import batch
    from policyengine.engine.columns import layout

    asked = policy("benchmark-steady")
    whole = all(each.columnar for each in layout(asked).columns)
    what = Wording("pe.batch.evaluate，Arrow 表到 Arrow 表", "pe.batch.evaluate, Arrow tables to an Arrow table")
    return Batch(
        Mode.OURS,
        what,
        lambda given: batch.evaluate(asked, *given, engine="columns"),
        arrow,
        _from_tables,
        _PACKAGES,
        # One provision that is not columnar sends every case to the evaluator of single cases.
        cases=1_000_000 if whole else 10_000,
    )


def _from_tables(answers: Any) -> Outputs:  # noqa: ANN401 - tables of Arrow
    cases = answers.coverage.answered
    due, status = np.full((len(PROVISIONS), cases), -1, np.int64), np.full((len(PROVISIONS), cases), -1, np.int8)
    for row in answers.duties.select(["case", "provision", "status", "due"]).to_pylist():
        place = _NUMBER[row["provision"]] - 1, int(row["case"].removeprefix("c"))
        due[place] = 0 if row["due"] is None else round(row["due"].timestamp() * 1e6)
        status[place] = STATUSES.index(row["status"])
    return list(due), list(status)
