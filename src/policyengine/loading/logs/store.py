"""A temporary database for what does not stay in memory: the ids of cases, and the rows of tables out of order."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from typing import TYPE_CHECKING, NamedTuple, Self

from policyengine.diagnostics import Span
from policyengine.loading.logs.rows import Bad, Row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from policyengine.loading.logs.rows import Table

BATCH = 1 << 24  # characters of rows, with 100 for each, that wait in memory
CACHE = 1 << 14  # KiB of the database that stay in memory
_NUMBERED = 100_000  # cases whose numbers are kept at hand
_ROW = 100
_TABLES = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA locking_mode = EXCLUSIVE;
PRAGMA temp_store = MEMORY;
CREATE TABLE documents (id TEXT PRIMARY KEY, file TEXT, line INT, "column" INT) WITHOUT ROWID;
CREATE TABLE runs (id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE numbers (number INTEGER PRIMARY KEY, id TEXT UNIQUE);
CREATE TABLE rows ("case" INT, number INT, file INT, line INT, text TEXT, PRIMARY KEY ("case", number)) WITHOUT ROWID;
"""


class Stored(NamedTuple):
    """A row as it is taken out again; without a text where it is bad."""

    case: str
    file: int
    line: int
    text: str | None


class Store:
    """The database; a context that closes it. Its file is the caller's to remove, with its folder."""

    def __init__(self, folder: Path) -> None:
        """Make it in *folder*."""
        self._link = sqlite3.connect(folder / "log.sqlite", isolation_level=None)
        self._link.executescript(f"PRAGMA cache_size = -{CACHE};{_TABLES}")
        self._numbers: dict[str, int] = {}
        self._waiting: list[tuple[int, int, int, int, str | None]] = []
        self._size = 0
        self._rows = 0
        self.has_documents = False

    def __enter__(self) -> Self:
        self._link.execute("BEGIN")
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(sqlite3.Error):
            self._link.close()

    def document(self, case: str, place: Span) -> Span | None:
        """Note a case that stands in a document at *place*; return where the first of that id stands."""
        before = self.place(case)
        if before is None:
            values = (case, place.file, place.line, place.column)
            self._link.execute("INSERT INTO documents VALUES (?, ?, ?, ?)", values)
            self.has_documents = True
        return before

    def place(self, case: str) -> Span | None:
        """Return where the document of a case stands, if there is one."""
        asked = 'SELECT file, line, "column" FROM documents WHERE id = ?'
        found = self._link.execute(asked, (case,)).fetchone() if self.has_documents else None
        return None if found is None else Span(found[0], found[1], found[2], found[1], found[2] + 1)

    def begins(self, case: str) -> bool:
        """Note that rows of a case begin; tell whether they do so for the first time."""
        return self._link.execute("INSERT OR IGNORE INTO runs VALUES (?)", (case,)).rowcount == 1

    def put(self, file: int, row: Row | Bad) -> None:
        """Put a row away, of a case that can be told."""
        text = None if isinstance(row, Bad) else row.text or json.dumps(row.cells)
        self._waiting.append((self._number(row.case or ""), self._rows, file, row.line, text))
        self._rows += 1
        self._size += _ROW + len(text or "")
        if self._size > BATCH:
            self._write()

    def _number(self, case: str) -> int:
        """Return the number of a case, in the order in which they came first."""
        number = self._numbers.get(case)
        if number is None:
            if len(self._numbers) >= _NUMBERED:
                self._numbers.clear()
            self._link.execute("INSERT OR IGNORE INTO numbers (id) VALUES (?)", (case,))
            found = self._link.execute("SELECT number FROM numbers WHERE id = ?", (case,)).fetchone()
            number = self._numbers[case] = int(found[0])
        return number

    def _write(self) -> None:
        # In the order of the tree that they go into, so that each of its pages is touched once.
        self._waiting.sort()
        self._link.executemany("INSERT INTO rows VALUES (?, ?, ?, ?, ?)", self._waiting)
        self._waiting = []
        self._size = 0

    def take(self) -> Iterator[Stored]:
        """Yield all rows, case by case in the order in which these came first, of each case in their own order."""
        self._write()
        self._numbers.clear()
        # The rows as they lie in their tree, which a cross join keeps to: nothing is sorted.
        asked = (
            'SELECT id, file, line, text FROM rows CROSS JOIN numbers ON numbers.number = rows."case" '
            'ORDER BY rows."case", rows.number'
        )
        yield from map(Stored._make, self._link.execute(asked))

    @property
    def size(self) -> int:
        """Return how many rows were put away."""
        return self._rows


def row_of(stored: Stored, tables: Sequence[Table]) -> Row | Bad:
    """Return a row as it was before it was put away."""
    if stored.text is None:
        return Bad(stored.case, stored.line, ())
    cells = tables[stored.file].again(stored.text)
    return Row(stored.case, stored.line, stored.text, cells)
