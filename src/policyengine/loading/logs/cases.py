"""Rows, case by case -> cases; a case with a row that cannot be read is held back whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from policyengine.diagnostics import Diagnostic, Span, diagnostic
from policyengine.loading.logs.events import Events
from policyengine.loading.logs.rows import Bad, Row
from policyengine.loading.logs.spans import CaseSpans, Placed
from policyengine.loading.words import LIST, value_words
from policyengine.model.case import Case

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from policyengine.loading.logs.columns import Columns
    from policyengine.loading.logs.rows import Slot, Table
    from policyengine.model.case import Event, FactValue
    from policyengine.wording import Wording

MAX_ROWS = 50_000
MAX_TEXT = 1 << 25
"""What a case may have at most, in rows and in characters: it stays in memory while it is judged."""


class Gathered:
    """The rows of one case."""

    def __init__(self, case: str) -> None:
        """Start without a row."""
        self.case = case
        self.place: Span | None = None
        self.bad: list[Span] = []
        self._events: list[Event] = []
        self._placed: list[Placed] = []
        self._of_case: dict[str, tuple[FactValue, Placed, Slot]] = {}
        self._rows = 0
        self._text = 0

    def spoil(self, place: Span) -> None:
        """Hold the case back: the row at *place* cannot be read."""
        self.place = self.place or place
        self.bad.append(place)

    @property
    def is_too_long(self) -> bool:
        """Tell whether it has more rows or text than a case may have."""
        return self._rows > MAX_ROWS or self._text > MAX_TEXT

    def add(self, table: Table, row: Row, events: Events) -> Iterator[Diagnostic]:
        """Add a row, and yield what is wrong with it."""
        self._rows += 1
        self._text += len(row.text)
        if self.is_too_long:
            return
        place = table.span(row.line, row.text)
        self.place = self.place or place
        said = events.said(row, place)
        placed = Placed(table, row)
        faults = [*said.faults, *self._differing(placed, said.of_case)]
        if faults:
            self.bad.append(place)
            yield from faults
        elif said.event is not None and not self.bad:
            self._events.append(said.event)
            self._placed.append(placed)

    def _differing(self, placed: Placed, of_case: dict[str, tuple[FactValue, Slot]]) -> Iterator[Diagnostic]:
        """Note what a row says of the case, and yield what an earlier one says otherwise."""
        table, row = placed
        for path, (value, slot) in of_case.items():
            before, first, its_slot = self._of_case.setdefault(path, (value, placed, slot))
            if before != value or type(before) is not type(value):
                name = path.partition("/")[2]
                span = table.span(row.line, row.text, slot, name)
                place = first.table.span(first.row.line, first.row.text, its_slot, name)
                yield diagnostic(
                    "PE631",
                    span,
                    excerpt=table.excerpt(row.text, span, row.line),
                    name=name or path,
                    case=self.case,
                    value=_words(value),
                    first=place,
                )

    def fault(self, code: str, **args: int | Span) -> Diagnostic:
        """Return a diagnostic at the first row of the case."""
        return diagnostic(code, self.place, excerpt=None, suggestion=None, declared=None, case=self.case, **args)

    def finished(self) -> Case | Diagnostic:
        """Return the case, or why it is held back."""
        if self.is_too_long:
            return self.fault("PE637", rows=MAX_ROWS, text=MAX_TEXT)
        if self.bad:
            return self.fault("PE621", count=len(self.bad), first=self.bad[0])
        said = self._of_case
        parts: dict[str, Any] = {key: said[key][0] for key in ("policy", "scope") if key in said}
        facts = {path.partition("/")[2]: value for path, (value, _, _) in said.items() if path.startswith("facts/")}
        return Case(
            id=self.case,
            facts=facts,
            events=self._events,
            scope=parts.get("scope", "case"),
            policies=parts.get("policy", ()),
            spans=CaseSpans(self._placed, {path: placed for path, (_, placed, _) in said.items()}),
        )


def _words(value: FactValue) -> Wording | str:
    if value is None:
        return "`null`"
    return LIST if isinstance(value, tuple) else value_words(value)


class Assembly:
    """Rows that come case by case, as cases."""

    def __init__(self, tables: Sequence[Table], columns: Columns) -> None:
        """Read the rows of *tables* as *columns* has it."""
        self._tables = tables
        self._events = [Events(table, columns) for table in tables]

    def cases(self, rows: Iterable[tuple[int, Row | Bad] | Diagnostic]) -> Iterator[Gathered | Diagnostic]:
        """Yield each case after its last row, and before it what is wrong with its rows.

        Args:
            rows: each with the number of its table; of the bad ones whose case cannot be told, those before and after
                them may be the same case's, so that both are held back.
        """
        gathered: Gathered | None = None
        stray: Span | None = None
        for each in rows:
            if isinstance(each, Diagnostic):
                yield each
                continue
            file, row = each
            table = self._tables[file]
            if row.case is None:
                stray = table.span(row.line, "")
                if gathered is not None:
                    gathered.spoil(stray)
                continue
            if gathered is None or gathered.case != row.case:
                if gathered is not None:
                    yield gathered
                gathered = Gathered(row.case)
            if stray is not None:
                gathered.spoil(stray)
                stray = None
            if isinstance(row, Bad):
                gathered.spoil(table.span(row.line, ""))
            else:
                yield from gathered.add(table, row, self._events[file])
        if gathered is not None:
            yield gathered
