"""Rows of both tables that are being read, and what is found wrong with them meanwhile."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from policyengine.batch.faults import Fault
from policyengine.batch.shape import CASES, EVENTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    import numpy.typing as npt

    from policyengine.batch.texts import Array
    from policyengine.diagnostics import Diagnostic

    Ints = npt.NDArray[np.int64]
    Mask = npt.NDArray[np.bool_]


class Rows(NamedTuple):
    """Some cases, with all their rows of both tables.

    Args:
        cases: rows of the table of cases, as a table of pyarrow.
        case_rows: int64[n], their places in that table, counted from 0.
        events: rows of the table of events, if there is one, in the order of that table.
        event_rows: int64[m], their places likewise.
        owner: int64[m], the case of each event, as a place in `cases`; -1 where no row has it.
        copies: int64[n], how many rows of the whole table have the id.
    """

    cases: Array
    case_rows: Ints
    events: Array
    event_rows: Ints
    owner: Ints
    copies: Ints


@dataclass(slots=True)
class Reading:
    """What is found while the rows are read."""

    rows: Rows
    ids: Array
    bad: Mask
    faults: list[Fault] = field(default_factory=list)

    def of_cases(self, column: str, wrong: Iterable[tuple[int, Diagnostic]]) -> None:
        """Note what is *wrong* in rows of the table of cases, and keep those cases back."""
        for row, fault in wrong:
            self.bad[row] = True
            place = int(self.rows.case_rows[row])
            self.faults.append(Fault(CASES, place, column, self.ids[row].as_py(), fault, place))

    def of_events(self, column: str, wrong: Iterable[tuple[int, Diagnostic]]) -> None:
        """Note what is *wrong* in rows of the table of events, and keep their cases back."""
        for row, fault in wrong:
            owner = int(self.rows.owner[row])
            if owner >= 0:
                self.bad[owner] = True
                place, at = int(self.rows.case_rows[owner]), int(self.rows.event_rows[row])
                self.faults.append(Fault(EVENTS, at, column, self.ids[owner].as_py(), fault, place))
