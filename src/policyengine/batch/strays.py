"""Events that belong to no case, and what is said of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from policyengine.batch.faults import Fault, fault_table
from policyengine.batch.shape import EVENTS
from policyengine.diagnostics import diagnostic

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from policyengine.batch.shape import Shape
    from policyengine.batch.texts import Array
    from policyengine.diagnostics import Diagnostic

    Ints = npt.NDArray[np.int64]


class Stray(NamedTuple):
    """Rows of the table of events that belong to no case.

    Args:
        rows: int64[k], counted from 0.
        ids: the case that each names, an array of text; null where it names none.
    """

    rows: Ints
    ids: Array


def stray_table(stray: Stray, shape: Shape | None) -> Any:  # noqa: ANN401 - a table of pyarrow
    """Return what is wrong with rows of no case, as a table with the columns of `faults.SCHEMA`, in their order."""
    column = "" if shape is None else shape.case
    pairs = zip(stray.rows, stray.ids.to_pylist(), strict=True)
    return fault_table(Fault(EVENTS, int(row), column, None, _lost(case, column)) for row, case in pairs)


def _lost(case: str | None, column: str) -> Diagnostic:
    return diagnostic("PE627", column=column) if case is None else diagnostic("PE831", case=case)
