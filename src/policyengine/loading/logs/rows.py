"""What the readers of tables share: rows, what their cells are for, and where these stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from policyengine.diagnostics import Diagnostic, Span
    from policyengine.loading.logs.columns import Meaning

Cells = Sequence[object]


class Slot(NamedTuple):
    """What the cells of one column are for.

    Args:
        column: its name in the table.
        part: what they hold of an event or a case, such as `at` or `sets`; empty where they are not read.
        meaning: the fact or attribute; ``None`` where a cell holds several of them, by their names.
    """

    column: str
    part: str
    meaning: Meaning | None = None


class Row(NamedTuple):
    """A row that could be taken apart.

    Args:
        case: the id of its case.
        line: the line that it starts in, or its number where there are no lines; counted from 1.
        text: the row as it is written, or a text from which its table can make the cells `again`.
        cells: what it holds, as its table's `pairs` takes it.
    """

    case: str
    line: int
    text: str
    cells: Cells


class Bad(NamedTuple):
    """A row, or the rest of a file, that could not be taken apart.

    Args:
        case: the id of its case, as far as that can be told.
        line: likewise.
        faults: what is wrong with it.
    """

    case: str | None
    line: int
    faults: tuple[Diagnostic, ...]


class Table(Protocol):
    """A file of events, one a row."""

    file: str
    """Its name in diagnostics."""
    name: str
    """What stands for it in the ids of events that have none, followed by the number of the row."""
    is_text: bool
    """Whether its cells are text alone, so that values have to be read from it."""

    def open(self) -> Iterator[Diagnostic]:
        """Read what comes before the rows, and yield what keeps the table from being read."""
        ...

    def rows(self, *, scan: bool = False) -> Iterator[Row | Bad]:
        """Yield the rows in their order; on a *scan*, of which only the cases matter, cells may be left out."""
        ...

    def again(self, text: str) -> Cells:
        """Return the cells of the row that had this *text*."""
        ...

    def pairs(self, cells: Cells) -> Iterable[tuple[Slot, object]]:
        """Return the cells with what each is for."""
        ...

    def span(self, line: int, text: str, slot: Slot | None = None, name: str | None = None) -> Span:
        """Return where a cell stands, or a value in it called *name*; of no cell, the row's first line."""
        ...

    def head(self, line: int, text: str, slot: Slot, name: str | None = None) -> Span:
        """Return where the name of a column stands, or of a value in a cell."""
        ...

    def excerpt(self, text: str, span: Span, line: int) -> str | None:
        """Return the line of the row that *span* starts in, if the table has lines."""
        ...

    def faults_at_end(self) -> Iterator[Diagnostic]:
        """Yield what only shows once all rows have been read."""
        ...
