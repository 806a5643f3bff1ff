"""All tables of a log, as cases: they are one log, in which a case may go on in the next file."""

from __future__ import annotations

from collections import Counter
from pathlib import PurePath
from typing import TYPE_CHECKING

from policyengine.diagnostics import Diagnostic, diagnostic
from policyengine.loading.logs.cases import Assembly, Gathered
from policyengine.loading.logs.lines import empty, unreadable
from policyengine.loading.logs.rows import Bad, Row, Table
from policyengine.loading.logs.store import row_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policyengine.loading.logs.columns import Columns
    from policyengine.loading.logs.meter import Meter
    from policyengine.loading.logs.store import Store


def gathered_cases(
    tables: Sequence[Table], columns: Columns, store: Store, meter: Meter
) -> Iterator[Gathered | Diagnostic]:
    """Yield the cases of *tables*, and between them what is wrong with their rows.

    Args:
        tables: in their order, each opened already.
        columns: what their columns mean.
        store: where rows go that do not stand together, case by case.
        meter: told what is done.
    """
    _name(tables)
    read = [0] * len(tables)
    rows = _as_they_come(tables, read) if _stand_together(tables, store) else _by_case(tables, read, store, meter)
    yield from Assembly(tables, columns).cases(rows)
    for table, count in zip(tables, read, strict=True):
        yield from table.faults_at_end() if count else (empty(table.file),)


def _name(tables: Sequence[Table]) -> None:
    """Let the name of a file stand for it in the ids of events, unless another has the same; then its path does."""
    names = Counter(PurePath(table.file).name for table in tables)
    for table in tables:
        name = PurePath(table.file).name
        table.name = name if names[name] == 1 else table.file


def _stand_together(tables: Sequence[Table], store: Store) -> bool:
    """Tell whether the rows of every case stand together, by a pass over the ids of the cases."""
    last = None
    for table in tables:
        for row in _rows(table, scan=True):
            if row.case is not None and row.case != last:
                last = row.case
                if not store.begins(last):
                    return False
    return True


def _as_they_come(tables: Sequence[Table], read: list[int]) -> Iterator[tuple[int, Row | Bad] | Diagnostic]:
    for number, table in enumerate(tables):
        for row in _rows(table):
            read[number] += 1
            if isinstance(row, Bad):
                yield from row.faults
            yield number, row


def _by_case(
    tables: Sequence[Table], read: list[int], store: Store, meter: Meter
) -> Iterator[tuple[int, Row | Bad] | Diagnostic]:
    """Put all rows away, and yield them again case by case; first of all what is wrong with those that are no rows."""
    meter.weight = 1
    for number, table in enumerate(tables):
        for row in _rows(table):
            read[number] += 1
            if isinstance(row, Bad):
                yield from row.faults
            if row.case is None:
                yield diagnostic("PE636", table.span(row.line, ""))
            else:
                store.put(number, row)
    part = meter.size / max(store.size, 1)
    for stored in store.take():
        meter.add(part)
        yield stored.file, row_of(stored, tables)


def _rows(table: Table, *, scan: bool = False) -> Iterator[Row | Bad]:
    """Yield the rows of a table as far as it can be read."""
    line = 1
    try:
        for row in table.rows(scan=scan):
            line = row.line
            yield row
    except OSError as error:
        yield Bad(None, line, (unreadable(table.file, error, line),))
