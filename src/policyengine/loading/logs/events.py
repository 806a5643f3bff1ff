"""A row of a table -> what it says: an event, facts of its case, or what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

from policyengine.diagnostics import Diagnostic, diagnostic, printable
from policyengine.loading.logs.cells import NULLS, CellError, Clock, Reader
from policyengine.loading.logs.columns import PARTS, Meaning
from policyengine.model.case import Event
from policyengine.temporal.instant import ImpossibleTimeError, MalformedTimeError, NaiveTimeError
from policyengine.wording import Wording

if TYPE_CHECKING:
    from policyengine.diagnostics import Span
    from policyengine.loading.logs.columns import Columns
    from policyengine.loading.logs.rows import Row, Slot, Table
    from policyengine.model.case import FactValue

_OF_CASE = frozenset({"policy", "scope"})
_SCOPES = Wording("case 或 agency", "case or agency")
_MAPPING = Wording("映射 (键: 值)", "a mapping (key: value)")


class Said(NamedTuple):
    """What one row says.

    Args:
        event: what happened; ``None`` for a row that says something of its case alone.
        of_case: the facts of its case from the start, its policies and its scope (`facts/urgent`, `policy`, `scope`).
        faults: what is wrong with it; nothing else counts then.
    """

    event: Event | None
    of_case: dict[str, tuple[FactValue, Slot]]
    faults: tuple[Diagnostic, ...] = ()


class Events:
    """The rows of one table, as what they say."""

    def __init__(self, table: Table, columns: Columns) -> None:
        """Read the rows of *table* as *columns* has it."""
        self._table = table
        self._columns = columns
        self._clock = Clock(columns.zone)
        self._reader = Reader(columns, is_text=table.is_text)
        reader = self._reader
        self._read = {
            **dict.fromkeys(("id", "corrects", "retracts", "note", "scope"), reader.text),
            "type": lambda value: columns.types.get(text := reader.text(value), text),
            "by": lambda value: columns.roles.get(text := reader.text(value), text),
            "to": lambda value: tuple(columns.roles.get(each, each) for each in reader.texts(value)),
            "policy": reader.texts,
            "partial": reader.truth,
        }

    def said(self, row: Row, place: Span) -> Said:
        """Return what *row*, which stands at *place*, says."""
        found: dict[str, object] = {}
        named: dict[str, dict[str, FactValue]] = {"sets": {}, "attributes": {}}
        of_case: dict[str, tuple[FactValue, Slot]] = {}
        faults: list[Diagnostic] = []
        for slot, value in self._table.pairs(row.cells):
            part = slot.part
            if part == "case" or (isinstance(value, str) and self._is_null(value)):
                continue
            try:
                if part in {"at", "recorded_at"}:
                    found[part] = self._clock.instant(self._time(value))
                elif part == "facts":
                    of_case.update({f"facts/{name}": (each, slot) for name, each in self._facts(slot, value)})
                elif part in PARTS:
                    named[part].update(self._facts(slot, value))
                elif part in _OF_CASE:
                    of_case[part] = (self._of_case(part, value), slot)
                else:
                    found[part] = self._read[part](value)
            except (CellError, NaiveTimeError, ImpossibleTimeError, MalformedTimeError) as error:
                faults.append(self._fault(row, slot, value, error))
        if not faults and (found or named["sets"] or named["attributes"]):
            faults += self._missing(row, place, found)
            event = None if faults else self._event(f"{self._table.name}:{row.line}", place, found, named)
            return Said(event, of_case, tuple(faults))
        return Said(None, of_case, tuple(faults))

    def _is_null(self, value: str) -> bool:
        text = value.strip()
        return not text or (self._table.is_text and text in NULLS)

    @staticmethod
    def _time(value: object) -> str:
        if not isinstance(value, str):
            raise MalformedTimeError(str(value))
        return value.strip()

    def _of_case(self, part: str, value: object) -> FactValue:
        if part == "policy":
            return self._reader.texts(value)
        scope = self._reader.text(value)
        if scope not in {"case", "agency"}:
            raise CellError(_SCOPES)
        return scope

    def _facts(self, slot: Slot, value: object) -> list[tuple[str, FactValue]]:
        if slot.meaning is not None:
            return [(slot.meaning.name, self._reader.fact(value, slot.meaning))]
        if not isinstance(value, dict):
            raise CellError(_MAPPING)
        plain = _PLAIN
        return [(str(name), None if each is None else self._reader.fact(each, plain)) for name, each in value.items()]

    def _missing(self, row: Row, place: Span, found: dict[str, object]) -> list[Diagnostic]:
        """Return what an event lacks; a retraction needs no type, and may say only when it was recorded (S4)."""
        names = self._columns.columns
        is_retraction = "retracts" in found
        lacking = [names.type] if "type" not in found and not is_retraction else []
        if "at" not in found and not (is_retraction and "recorded_at" in found):
            lacking.append(names.at)
        if not lacking:
            return []
        excerpt = self._table.excerpt(row.text, place, row.line)
        return [diagnostic("PE627", place, excerpt=excerpt, column=name) for name in lacking]

    @staticmethod
    def _event(name: str, place: Span, found: dict[str, object], named: dict[str, dict[str, FactValue]]) -> Event:
        """Return an event, which *name* stands for where it has no id."""
        values = cast("dict[str, str]", found)
        return Event(
            values.get("id", name),
            values.get("type", ""),
            values.get("at"),
            values.get("recorded_at"),
            named["sets"],
            values.get("by"),
            values.get("to", ()),
            named["attributes"],
            values.get("note"),
            values.get("corrects"),
            values.get("retracts"),
            bool(found.get("partial", False)),
            place,
        )

    def _fault(self, row: Row, slot: Slot, value: object, error: Exception) -> Diagnostic:
        span = self._table.span(row.line, row.text, slot)
        excerpt = self._table.excerpt(row.text, span, row.line)
        match error:
            case CellError():
                found = f"`{printable(str(value))}`"
                return diagnostic("PE115", span, excerpt=excerpt, expected=error.expected, found=found)
            case ImpossibleTimeError():
                return diagnostic("PE403", span, excerpt=excerpt, text=value, problem=error.problem)
            case NaiveTimeError():
                return diagnostic("PE642", span, excerpt=excerpt, text=value)
            case _:
                return diagnostic("PE402", span, excerpt=excerpt, text=value)


_PLAIN = Meaning.model_construct(name="", type=None, many=False, values={})
