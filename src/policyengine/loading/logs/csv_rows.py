"""Tables of events in CSV and TSV files."""

from __future__ import annotations

import csv
import re
from collections import deque
from itertools import islice
from pathlib import PurePath
from typing import TYPE_CHECKING

from policyengine.diagnostics import Diagnostic, Span, nearest
from policyengine.loading.logs.lines import Line, LineSource, lines
from policyengine.loading.logs.rows import Bad, Cells, Row, Slot
from policyengine.loading.logs.slots import Slots

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from policyengine.loading.logs.columns import Columns

MAX_RECORD = 1 << 16  # characters of a row, whose cells may hold line ends; also keeps below the limit of `csv`
TABS = frozenset({".tsv", ".tab"})


class _UnclosedError(Exception):
    """A row goes on for too long: the quote of a cell was never closed."""


class _Feed:
    """Lines for the reader of `csv`, which remembers those of the row that is being read, and can take lines back."""

    def __init__(self, source: Iterator[Line]) -> None:
        self.taken: list[Line] = []
        self._source = source
        self._back: deque[Line] = deque()
        self._size = 0

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> str:
        line = self._back.popleft() if self._back else next(self._source)
        self.taken.append(line)
        self._size += len(line.text)
        if self._size > MAX_RECORD and len(self.taken) > 1:
            raise _UnclosedError
        # What is kept of a line that is too long could open a quote and not close it.
        return "\n" if line.fault is not None and line.fault.code == "PE624" else line.text + "\n"

    def begin(self) -> None:
        """Forget the row that was read."""
        self.taken = []
        self._size = 0

    def retract(self) -> None:
        """Take back all lines of the row but the first, which is at fault."""
        self._back.extendleft(reversed(self.taken[1:]))
        self.taken = self.taken[:1]


class CsvTable:
    """A CSV file, its columns named in its first row."""

    is_text = True

    def __init__(self, path: Path, file: str, columns: Columns, done: Callable[[int], None]) -> None:
        """Name the file; nothing is read yet."""
        self.file = self.name = file
        self._path = path
        self._encoding = columns.encoding
        self._done = done
        self._slots = Slots(columns)
        self._delimiter = columns.delimiter or ("\t" if PurePath(path).suffix.lower() in TABS else ",")
        self._plan: tuple[tuple[int, Slot], ...] = ()
        self._heads: dict[str, Span] = {}
        self._case = 0
        self._width = 0

    def open(self) -> Iterator[Diagnostic]:
        """Read the names of the columns, and yield what keeps the table from being read.

        Raises:
            OSError: the file cannot be read.
        """
        first = next(self._records(lambda _: None), None)
        if isinstance(first, Bad):
            yield from first.faults
        elif first is not None:
            yield from self._lay_out(*first)

    def _lay_out(self, line: int, text: str, cells: list[str]) -> Iterator[Diagnostic]:
        names = [cell.strip() for cell in cells]
        source = LineSource(self.file, text, first=line)
        spans = _spans(source, self._delimiter)
        for number, name in enumerate(names):
            if name and name in self._heads:
                yield source.fault("PE626", spans[number], column=name, first=self._heads[name])
            self._heads.setdefault(name, spans[number])
        missing = self._slots.missing(names)
        if missing:
            suggestion = nearest(missing[0], [name for name in names if name and not self._slots.of(name)])
            yield source.fault("PE625", spans[0], columns=", ".join(missing), suggestion=suggestion)
            return
        self._width = len(names)
        self._case = names.index(self._slots.case)
        self._plan = tuple((number, slot) for number, name in enumerate(names) if name for slot in self._slots.of(name))
        if self._slots.unread:
            shown = ", ".join(self._slots.unread)
            suggestion = self._slots.meant()
            span = self._heads[next(iter(self._slots.unread))]
            yield source.fault("PE638", span, columns=shown, suggestion=suggestion)

    def rows(self, *, scan: bool = False) -> Iterator[Row | Bad]:
        """Yield the rows in their order.

        Raises:
            OSError: the file cannot be read any further.
        """
        case, width = self._case, self._width
        records = self._records((lambda _: None) if scan else self._done)
        for record in islice(records, 1, None):
            if isinstance(record, Bad):
                yield record
                continue
            line, text, cells = record
            if len(cells) != width:
                if not cells:
                    continue
                if len(cells) < width or any(cells[width:]):
                    yield self._uneven(line, text, cells)
                    continue
            found = cells[case].strip()
            if found:
                yield Row(found, line, text, cells)
            elif any(map(str.strip, cells)):
                yield Bad(None, line, (self._fault(line, text, case, "PE627", column=self._slots.case),))

    def _uneven(self, line: int, text: str, cells: list[str]) -> Bad:
        number = min(len(cells), self._width + 1) - 1
        case = cells[self._case].strip() if self._case < len(cells) else ""
        fault = self._fault(line, text, number, "PE628", found=len(cells), expected=self._width)
        return Bad(case or None, line, (fault,))

    def _fault(self, line: int, text: str, number: int, code: str, **args: int | str) -> Diagnostic:
        source = LineSource(self.file, text, first=line)
        return source.fault(code, _spans(source, self._delimiter)[number], suggestion=None, declared=None, **args)

    def _records(self, done: Callable[[int], None]) -> Iterator[tuple[int, str, list[str]] | Bad]:
        """Yield rows as their first line, their text and their cells; after a bad one, go on with the next line."""
        feed = _Feed(lines(self._path, self.file, self._encoding, done))
        while True:
            reader = csv.reader(feed, delimiter=self._delimiter, strict=True)
            try:
                for cells in reader:
                    taken = feed.taken
                    if len(taken) == 1 and taken[0].fault is None:
                        yield taken[0].number, taken[0].text, cells
                    else:
                        yield self._long(taken, cells)
                    feed.begin()
            except (csv.Error, _UnclosedError):
                faults = [line.fault for line in feed.taken[:1] if line.fault is not None]
                yield self._unclosed(feed.taken, faults)
                feed.retract()
                feed.begin()
            else:
                return

    def _long(self, taken: list[Line], cells: list[str]) -> tuple[int, str, list[str]] | Bad:
        """Return a row of several lines, or of one that is at fault as text."""
        faults = tuple(line.fault for line in taken if line.fault is not None)
        if faults:
            first = next(csv.reader([taken[0].text], delimiter=self._delimiter), [])
            return Bad(self._told(cells or first), taken[0].number, faults)
        return taken[0].number, "\n".join(line.text for line in taken), cells

    def _unclosed(self, taken: list[Line], faults: list[Diagnostic]) -> Bad:
        first = taken[0]
        cells = next(csv.reader([first.text], delimiter=self._delimiter), [])
        source = LineSource(self.file, first.text, first=first.number)
        spans = _spans(source, self._delimiter)
        quoted = [span for span in spans if first.text[span.column - 1 : span.column] == '"']
        faults = faults or [source.fault("PE629", _head((_broken(source, quoted) or spans)[-1]), limit=MAX_RECORD)]
        return Bad(self._told(cells), first.number, tuple(faults))

    def _told(self, cells: list[str]) -> str | None:
        """Return the case of a row that is at fault, where its cell is surely whole: others follow it."""
        return cells[self._case].strip() or None if self._case < len(cells) - 1 else None

    def again(self, text: str) -> Cells:
        """Return the cells of the row that had this *text*."""
        # As they were read: U+2028 and the like end no line here.
        rows = (f"{line}\n" for line in text.split("\n"))
        return next(csv.reader(rows, delimiter=self._delimiter, strict=True))

    def pairs(self, cells: Cells) -> Iterable[tuple[Slot, object]]:
        """Return the cells with what each is for."""
        return [(slot, cells[number]) for number, slot in self._plan if cells[number]]

    def span(self, line: int, text: str, slot: Slot | None = None, name: str | None = None) -> Span:  # noqa: ARG002
        """Return where a cell stands; of no cell, the row."""
        if slot is None:
            below = text.count("\n")
            return Span(self.file, line, 1, line + below, len(text) - text.rfind("\n"))
        source = LineSource(self.file, text, first=line)
        return _spans(source, self._delimiter)[next(number for number, each in self._plan if each == slot)]

    def head(self, line: int, text: str, slot: Slot, name: str | None = None) -> Span:  # noqa: ARG002
        """Return where the name of a column stands."""
        return self._heads[slot.column]

    def excerpt(self, text: str, span: Span, line: int) -> str | None:
        """Return the line of the row that *span* starts in."""
        return LineSource(self.file, text, first=line).excerpt(span)

    def faults_at_end(self) -> Iterator[Diagnostic]:
        """Yield nothing: the first row has said it all."""
        return iter(())


def _spans(source: LineSource, delimiter: str) -> list[Span]:
    """Return where each cell of a row stands, quotes included."""
    cell = re.compile(rf'(?:"(?:[^"]|"")*"?[^{re.escape(delimiter)}\n]*|[^{re.escape(delimiter)}\n]*)')
    spans, at = [], 0
    while True:
        found = cell.match(source.text, at)
        end = at if found is None else found.end()
        spans.append(source.span(at, end))
        if end >= len(source.text) or source.text[end] != delimiter:
            return spans
        at = end + 1


def _broken(source: LineSource, quoted: list[Span]) -> list[Span]:
    """Return the first of the cells in quotes whose quotes do not end with it."""
    whole = re.compile(r'"(?:[^"]|"")*"')
    texts = ((span, source.line(span.line)[span.column - 1 : span.end_column - 1]) for span in quoted)
    return [span for span, text in texts if not whole.fullmatch(text)][:1]


def _head(span: Span) -> Span:
    return Span(span.file, span.line, span.column, span.line, span.column + 1)
