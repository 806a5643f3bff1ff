"""What is wrong with rows, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policyengine.diagnostics import Diagnostic

SCHEMA = pa.schema(
    [
        pa.field("table", pa.string(), nullable=False),
        pa.field("row", pa.int64(), nullable=False),
        pa.field("column", pa.string()),
        pa.field("case", pa.string()),
        pa.field("code", pa.string(), nullable=False),
        pa.field("message_zh", pa.string(), nullable=False),
        pa.field("message_en", pa.string(), nullable=False),
    ]
)
"""A fault a row: the table (`cases` or `events`), the number of the row counted from 1, the column where it is about
one, the case that is kept back for it, and what is wrong in both languages."""


class Fault(NamedTuple):
    """What is wrong with one row.

    Args:
        table: `cases` or `events`.
        row: counted from 0.
        column: the column that it is about; empty where it is about the row, or the case, as a whole.
        case: the id of the case, if it has one.
        fault: what is wrong.
        place: the row of the case in its table, which orders faults; -1 where there is no such case.
    """

    table: str
    row: int
    column: str
    case: str | None
    fault: Diagnostic
    place: int = -1

    def order(self) -> tuple[int, str, int, str, str]:
        """Return what sorts faults: by case as the cases stand, then by table, row, column and code."""
        return (self.place, self.table, self.row, self.column, self.fault.code)


def fault_table(faults: Iterable[Fault]) -> Any:  # noqa: ANN401 - a table of pyarrow
    """Return *faults* as a table with the columns of `SCHEMA`, in their order."""
    told: dict[Diagnostic, tuple[str, str]] = {}

    def words(fault: Diagnostic) -> tuple[str, str]:
        if fault not in told:
            told[fault] = fault.message("zh"), fault.message("en")
        return told[fault]

    rows = [
        (
            each.table,
            each.row + 1,
            each.column or None,
            each.case,
            each.fault.code,
            *words(each.fault),
        )
        for each in faults
    ]
    columns = zip(*rows, strict=True) if rows else ([] for _ in SCHEMA)
    arrays = [pa.array(each, kind.type) for each, kind in zip(columns, SCHEMA, strict=True)]
    return pa.Table.from_arrays(arrays, schema=SCHEMA)
