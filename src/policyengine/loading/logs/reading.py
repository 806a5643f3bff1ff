"""Paths -> cases and faults, one at a time, in bounded memory.

Documents (a case each, or a case a line) come first, then the cases of all tables, which are one log: a case may go on
in the next file. Where the rows of every case stand together they are read as they come. Where any case comes up
again, all rows are put into a temporary database and taken out case by case; a first pass over the ids of the cases
tells, so that no case is ever given out by half.

In memory are at a time: one document of at most 8 MiB; one case of at most 50,000 rows; 16 MiB of rows on their way to
the database and as much of the database itself; the numbers of 100,000 cases; a batch of rows of a Parquet file.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyengine.diagnostics import Diagnostic, Span, diagnostic, has_errors
from policyengine.loading.case import read_cases_text
from policyengine.loading.logs.csv_rows import CsvTable
from policyengine.loading.logs.json_rows import JsonTable, documents, has_events
from policyengine.loading.logs.lines import empty, guarded, look
from policyengine.loading.logs.meter import Meter
from policyengine.loading.logs.parquet import ParquetTable
from policyengine.loading.logs.paths import LogFile, log_files
from policyengine.loading.logs.store import Store
from policyengine.loading.logs.tables import gathered_cases
from policyengine.loading.text import Source, read_source

if TYPE_CHECKING:
    from pathlib import Path

    from policyengine.loading.logs.columns import Columns
    from policyengine.loading.logs.rows import Table
    from policyengine.model.case import Case

MAX_FAULTS = 100
"""How many faults of one file are told one by one."""
_KEY = re.compile(r"""(?m)^\s*(?:\{\s*)?(["']?case["']?)\s*:""")
_CASE = re.compile(r"(?m)^case\s*:")
_MAP = re.compile(r"(?m)^columns\s*:")
"""A map of columns, which may lie beside the tables."""
_READERS: dict[str, Callable[[Path, str, Columns, Callable[[int], None]], Table]] = {
    "lines": JsonTable,
    "csv": CsvTable,
    "parquet": ParquetTable,
}


@dataclass(frozen=True, slots=True)
class Logged:
    """One case of a log.

    Args:
        case: the case, with all its events.
        place: where it stands: its document, or its first row.
        source: the text of its document, to show lines of it; ``None`` for the rows of a table, which are many.
    """

    case: Case
    place: Span | None
    source: Source | None = None


def read_logs(
    paths: Sequence[str | Path],
    *,
    columns: Columns,
    folder: Path,
    progress: Callable[[int, int], None] | None = None,
) -> Iterator[Logged | Diagnostic]:
    """Yield the cases of the logs at *paths*, and between them everything that is wrong.

    A case with a row that cannot be read is not among them: a fault says so (PE621).

    Args:
        paths: files and directories.
        columns: what the columns of tables mean.
        folder: an existing directory for a temporary file, which is the caller's to remove.
        progress: told how many bytes of how many are done, a few hundred times at most.

    Raises:
        MissingExtraError: there is a Parquet file, and pyarrow is not installed.
        UnknownZoneError: the time zone of *columns* is none.
        OSError: the temporary file cannot be written.
    """
    try:
        with Store(folder) as store:
            yield from _bounded(_Log(columns, store, Meter(progress)).read(paths))
    except sqlite3.Error as error:
        message = f"the temporary database cannot be written: {error}"
        raise OSError(message) from error


def _bounded(found: Iterator[Logged | Diagnostic]) -> Iterator[Logged | Diagnostic]:
    """Yield what is *found*, of each file's faults the first `MAX_FAULTS` and the number of the others."""
    told: Counter[str] = Counter()
    for each in found:
        if isinstance(each, Diagnostic):
            file = "" if each.span is None else each.span.file
            told[file] += 1
            if told[file] > MAX_FAULTS:
                continue
        yield each
    for file, count in told.items():
        if count > MAX_FAULTS:
            yield diagnostic("PE635", Span(file, 1, 1, 1, 1), count=count - MAX_FAULTS)


class _Log:
    """One reading of a log."""

    def __init__(self, columns: Columns, store: Store, meter: Meter) -> None:
        self._columns = columns
        self._store = store
        self._meter = meter

    def read(self, paths: Sequence[str | Path]) -> Iterator[Logged | Diagnostic]:
        """Yield the cases, and between them everything that is wrong."""
        files = []
        for each in log_files(paths):
            if isinstance(each, Diagnostic):
                yield each
            else:
                files.append(each)
        self._meter.size = sum(file.size for file in files)
        tables: list[Table] = []
        for file in files:
            yield from self._document(file) if file.kind == "document" else self._lines_or_table(file, tables)
        yield from self._cases_of(tables)
        self._meter.end()

    def _document(self, file: LogFile) -> Iterator[Logged | Diagnostic]:
        source, faults = read_source(file.path)
        self._meter.add(file.size)
        yield from faults
        if source is not None and (_CASE.search(source.text) or not _MAP.search(source.text)):
            yield from self._cases_in(source)

    def _cases_in(self, source: Source) -> Iterator[Logged | Diagnostic]:
        cases, faults = read_cases_text(source)
        yield from faults
        for case in cases:
            found = _KEY.search(source.text)
            place = source.span(*((0, 1) if found is None else found.span(1)))
            before = self._store.document(case.id, place)
            if before is None:
                yield Logged(case, place, source)
            else:
                yield source.fault("PE620", place, case=case.id, first=before)

    def _lines_or_table(self, file: LogFile, tables: list[Table]) -> Iterator[Logged | Diagnostic]:
        """Yield the cases of a file of lines; add a table to *tables*, or yield what keeps it from being read."""
        encoding = self._columns.encoding if file.kind == "csv" else "utf-8"
        sample, fault = (b"", None) if file.kind == "parquet" else look(file.path, file.file, encoding)
        if fault is not None:
            self._meter.add(file.size)
            yield fault
        elif file.kind == "lines" and not has_events(sample.decode("utf-8", "replace"), self._columns):
            yield from self._lines(file)
        else:
            table = _READERS[file.kind](file.path, file.file, self._columns, self._meter.add)
            faults = list(guarded(table.open(), file.file))
            yield from faults
            if not has_errors(faults):
                tables.append(table)

    def _lines(self, file: LogFile) -> Iterator[Logged | Diagnostic]:
        is_empty = True
        for each in guarded(documents(file.path, file.file, self._meter.add), file.file):
            is_empty = False
            if isinstance(each, Diagnostic):
                yield each
            else:
                yield from self._cases_in(each)
        if is_empty:
            yield empty(file.file)

    def _cases_of(self, tables: Sequence[Table]) -> Iterator[Logged | Diagnostic]:
        for each in gathered_cases(tables, self._columns, self._store, self._meter):
            if isinstance(each, Diagnostic):
                yield each
                continue
            before = self._store.place(each.case)
            case = each.finished() if before is None else each.fault("PE620", first=before)
            yield case if isinstance(case, Diagnostic) else Logged(case, each.place)
