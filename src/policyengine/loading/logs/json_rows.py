"""Tables of events in JSON Lines, and the cases that lines of JSON hold."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, cast

from policyengine.diagnostics import Diagnostic, Span, diagnostic
from policyengine.loading.logs.lines import Line, LineSource, lines
from policyengine.loading.logs.rows import Bad, Cells, Row, Slot
from policyengine.loading.logs.slots import Slots
from policyengine.loading.places import start
from policyengine.loading.scalars import UNFIT
from policyengine.loading.yaml_nodes import Document, Mapping, Node, parse_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from policyengine.loading.logs.columns import Columns

_ESCAPED = re.compile(r"\\(?:[bf]|u(?:[dD][89a-fA-F]|00[01789]|[fF]{2}[fF][eEfF]|[fF][eE][fF]{2}))")
"""An escape that may stand for a character that no file may hold; the slow reading tells."""


class _Unsound(ValueError):  # noqa: N818 - never seen outside
    """JSON that our own reading refuses, such as a key that stands twice."""


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Unsound
    return found


def _refused(_: str) -> object:
    raise _Unsound


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_refused)


def has_events(sample: str, columns: Columns) -> bool:
    """Tell whether the first line that is an object is an event rather than a case.

    A case has `events`, or neither the type nor the time of anything.
    """
    names = columns.columns
    marks = {names.type, names.at, names.corrects, names.retracts}
    for line in sample.split("\n"):
        try:
            found = _DECODER.decode(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(found, dict):
            return "events" not in found and not marks.isdisjoint(found)
    return False


def documents(path: Path, file: str, done: Callable[[int], None]) -> Iterator[LineSource | Diagnostic]:
    """Yield each line that is not blank as a text of its own.

    Raises:
        OSError: the file cannot be read any further.
    """
    for line in lines(path, file, "utf-8", done):
        if line.fault is not None:
            yield line.fault
        elif line.text and not line.text.isspace():
            yield LineSource(file, line.text, first=line.number)


class JsonTable:
    """A file of JSON Lines, an event a line."""

    is_text = False

    def __init__(self, path: Path, file: str, columns: Columns, done: Callable[[int], None]) -> None:
        """Name the file; nothing is read yet."""
        self.file = self.name = file
        self._path = path
        self._done = done
        self._slots = Slots(columns)
        self._case = self._slots.case
        key = re.escape(json.dumps(self._case, ensure_ascii=False))
        self._salvage = re.compile(rf'{key}\s*:\s*("(?:[^"\\]|\\.)*")')
        self._met: set[str] = set()

    def open(self) -> Iterator[Diagnostic]:
        """Yield nothing: every line names its own columns."""
        return iter(())

    def rows(self, *, scan: bool = False) -> Iterator[Row | Bad]:
        """Yield the rows in their order.

        Raises:
            OSError: the file cannot be read any further.
        """
        for line in lines(self._path, self.file, "utf-8", (lambda _: None) if scan else self._done):
            text = line.text
            if line.fault is not None:
                yield Bad(self._told(text), line.number, (line.fault,))
            elif text and not text.isspace():
                found = _decoded(text)
                yield self._bad(line) if found is None else self._row(line, found)

    def _row(self, line: Line, found: dict[str, object]) -> Row | Bad:
        case = found.get(self._case)
        if isinstance(case, int) and not isinstance(case, bool):
            case = str(case)
        if isinstance(case, str) and case.strip():
            return Row(case.strip(), line.number, line.text, [found])
        source = LineSource(self.file, line.text, first=line.number)
        return Bad(None, line.number, (source.fault("PE627", source.span(0, 1), column=self._case),))

    def _bad(self, line: Line) -> Bad:
        """Return a line that is no sound object, with what our own reading says of it."""
        document = _document(self.file, line.number, line.text)
        faults = document.diagnostics
        if not faults:
            span = Span(self.file, line.number, 1, line.number, 2) if document.root is None else start(document.root)
            faults = (document.fault("PE630", span),)
        return Bad(self._told(line.text), line.number, faults)

    def _told(self, text: str) -> str | None:
        """Return the case of a line that is at fault, where it can be told."""
        found = self._salvage.search(text)
        try:
            case = "" if found is None else str(json.loads(found[1])).strip()
        except ValueError:
            return None
        return None if not case or UNFIT.search(case) else case

    def again(self, text: str) -> Cells:
        """Return the cells of the row that had this *text*."""
        return [_decoded(text)]

    def pairs(self, cells: Cells) -> Iterable[tuple[Slot, object]]:
        """Return the cells with what each is for."""
        found = cast("dict[str, object]", cells[0])
        of, met = self._slots.of, self._met
        pairs = []
        for column, value in found.items():
            if value is not None:
                pairs.extend([(slot, value) for slot in of(column)])
                met.add(column)
        return pairs

    def span(self, line: int, text: str, slot: Slot | None = None, name: str | None = None) -> Span:
        """Return where a cell stands, or a value in it called *name*; of no cell, the row."""
        place = None if slot is None else self._find(line, text, slot, name)
        return Span(self.file, line, 1, line, len(text) + 1) if place is None else place[1].span

    def head(self, line: int, text: str, slot: Slot, name: str | None = None) -> Span:
        """Return where the name of a column stands, or of a value in a cell."""
        place = self._find(line, text, slot, name)
        return self.span(line, text) if place is None else place[0].span

    def _find(self, line: int, text: str, slot: Slot, name: str | None) -> tuple[Node, Node] | None:
        node: Node | None = _document(self.file, line, text).root
        found = None
        for key in (slot.column, name):
            if isinstance(node, Mapping) and key is not None:
                found = next((entry for entry in node.entries if entry[0].value == key), found)
                node = None if found is None else found[1]
        return found

    def excerpt(self, text: str, span: Span, line: int) -> str | None:
        """Return the line of the row."""
        return LineSource(self.file, text, first=line).excerpt(span)

    def faults_at_end(self) -> Iterator[Diagnostic]:
        """Yield the columns that were in no row though they are named, and those that were in some and are not read."""
        place = Span(self.file, 1, 1, 1, 1)
        missing = self._slots.missing(self._met)
        if missing:
            yield diagnostic("PE639", place, columns=", ".join(missing))
        if self._slots.unread:
            yield diagnostic("PE638", place, columns=", ".join(self._slots.unread), suggestion=self._slots.meant())


def _decoded(text: str) -> dict[str, object] | None:
    """Return the object that a line is, or ``None`` where our own reading has something to say about it."""
    try:
        found = _DECODER.decode(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or (_ESCAPED.search(text) and _document("", 1, text).diagnostics):
        return None
    return found


def _document(file: str, number: int, text: str) -> Document:
    return parse_lines(LineSource(file, text, first=number))[0]
