"""What the columns of both tables are for, by their schemas; whatever makes a table unreadable is told at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from policyengine.batch.cells import readable, unnamed
from policyengine.batch.texts import is_text
from policyengine.diagnostics import Diagnostic, Span, diagnostic, nearest
from policyengine.loading.logs.slots import Slots

if TYPE_CHECKING:
    from policyengine.batch.checking import Checker
    from policyengine.batch.columns import BatchColumns
    from policyengine.batch.instants import Times
    from policyengine.loading.logs.columns import Meaning

CASES, EVENTS = "cases", "events"
"""What the two tables are called in faults."""
INSTANTS = ("as_of", "known_at", "known_until")
"""What a row of the table of cases says of time."""
_TIMES = frozenset((*INSTANTS, "at", "recorded_at"))
_IDS = frozenset({"case", "id", "corrects", "retracts"})
_VALUES = frozenset({"facts", "sets", "attributes"})
_OF_EVENTS = frozenset(("type", "at", "recorded_at", "by", "to", "partial", "sets", "attributes")) | _IDS
_HAPPENED = "happened"


@dataclass(frozen=True, slots=True)
class Field:
    """One column and what it is for.

    Args:
        column: its name in the table.
        part: what it holds, as :class:`policyengine.loading.logs.columns.Names` and
            :class:`policyengine.batch.columns.CaseNames` call it; `happened` for the time of the event `name`.
        meaning: the fact or attribute; ``None`` where a cell holds several by their names.
        name: the type of the event.
    """

    column: str
    part: str
    meaning: Meaning | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """The columns of one table that are read, and what is to be said of the others.

    Args:
        table: `cases` or `events`.
        fields: in the order of the table.
        case: the column of the case.
        remarks: warnings.
        is_text: whether the table holds text alone, as CSV does.
    """

    table: str
    fields: tuple[Field, ...]
    case: str
    remarks: tuple[Diagnostic, ...] = ()
    is_text: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the columns to read, each once."""
        return tuple(dict.fromkeys((self.case, *(each.column for each in self.fields))))

    def of(self, part: str) -> Iterator[Field]:
        """Yield the columns that hold *part*."""
        return (each for each in self.fields if each.part == part)

    def one(self, part: str) -> Field | None:
        """Return the column that holds *part*, if there is one."""
        return next(self.of(part), None)


@dataclass(frozen=True, slots=True)
class Shaping:
    """Finds shapes, and collects what keeps a table from being read at all."""

    columns: BatchColumns
    checker: Checker
    times: Times

    def events(self, schema: Any, faults: list[Diagnostic], *, is_text: bool) -> Shape:  # noqa: ANN401 - of pyarrow
        """Return the shape of a table of events, and add to *faults* what is wrong with it as a whole."""
        slots = Slots(self.columns)
        fields = [
            Field(slot.column, slot.part, slot.meaning)
            for name in dict.fromkeys(schema.names)
            for slot in slots.of(name)
            if slot.part in _OF_EVENTS
        ]
        # What a log may say of its cases in any row, their own table says here.
        elsewhere = [
            name for name in schema.names if (of := slots.of(name)) and not {each.part for each in of} & _OF_EVENTS
        ]
        elsewhere = [name for name in elsewhere if slots.of(name)[0].part != "note"]
        missing = [name for name in slots.missing(schema.names) if name not in elsewhere]
        unread = [*slots.unread, *elsewhere]
        faults += self._faults(EVENTS, schema, fields, missing)
        return Shape(EVENTS, tuple(fields), slots.case, self._unread(EVENTS, unread, slots.meant()), is_text)

    def cases(self, schema: Any, faults: list[Diagnostic], *, is_text: bool, as_of: bool) -> Shape:  # noqa: ANN401
        """Return the shape of a table of cases, likewise; *as_of* tells whether each needs an instant of its own."""
        names = self.columns.cases
        single = {getattr(names, part): part for part in (*INSTANTS, "scope")}
        fields: list[Field] = []
        unread: list[str] = []
        for name in dict.fromkeys(schema.names):
            if name == names.case:
                continue
            if name in single:
                fields.append(Field(name, single[name]))
                continue
            found = self._of_case(name, schema.field(schema.names.index(name)).type)
            fields += found
            if not found and not {name, "*"} & set(self.columns.ignore):
                unread.append(name)
        said = names.model_fields_set - {"case", "facts", "events"}
        wanted = [
            names.case,
            *(getattr(names, part) for part in (*INSTANTS, "scope") if part in said),
            *(names.facts or ()),
            *(names.events or ()),
        ]
        if as_of:
            wanted.append(names.as_of)
        missing = [name for name in dict.fromkeys(wanted) if name not in schema.names]
        faults += self._faults(CASES, schema, [Field(names.case, "case"), *fields], missing)
        known = (*single, names.case, *self.checker.facts, *self.checker.types)
        meant = nearest(unread[0], known) if unread else None
        return Shape(CASES, tuple(fields), names.case, self._unread(CASES, unread, meant), is_text)

    def _of_case(self, name: str, kind: Any) -> list[Field]:  # noqa: ANN401 - of pyarrow
        """Return what a column of the table of cases is for, besides its id, instants and scope.

        A name that is both a fact's and an event's is the fact's, unless the map says otherwise.
        """
        names = self.columns.cases
        found = [Field(name, "facts", meaning)] if (meaning := (names.facts or {}).get(name)) is not None else []
        if names.events is not None and name in names.events:
            found.append(Field(name, _HAPPENED, name=names.events[name]))
        if found:
            return found
        bare = name.removeprefix("facts.")
        if names.facts is None and name == "facts" and pa.types.is_nested(kind):
            return [Field(name, "facts")]
        if names.facts is None and (bare in self.checker.facts or bare != name):
            return [Field(name, "facts", unnamed(bare))]
        return [Field(name, _HAPPENED, name=name)] if names.events is None and name in self.checker.types else []

    def _faults(self, table: str, schema: Any, fields: Sequence[Field], missing: Sequence[str]) -> Iterator[Diagnostic]:  # noqa: ANN401
        place = _place(table)
        names = list(schema.names)
        if missing:
            suggestion = nearest(missing[0], names)
            yield diagnostic("PE625", place, columns=", ".join(missing), suggestion=suggestion)
        for name in dict.fromkeys(each for each in names if names.count(each) > 1):
            yield diagnostic("PE626", place, column=name, first=place)
        read = {each.column for each in fields}
        kinds = {name: schema.field(number).type for number, name in enumerate(names) if name in read}
        unfit = [each for each in fields if each.column in kinds and not self._fits(each, kinds[each.column])]
        if unfit:
            shown = dict.fromkeys(f"{each.column} ({kinds[each.column]})" for each in unfit)
            yield diagnostic("PE633", place, columns=", ".join(shown))
        for each in fields:
            kind = kinds.get(each.column)
            if kind is not None and each.part in {*_TIMES, _HAPPENED} and self.times.lacks_zone(kind):
                yield diagnostic("PE832", place, column=each.column)
        yield from self._unknown(fields, place)

    def _unknown(self, fields: Sequence[Field], place: Span) -> Iterator[Diagnostic]:
        """Yield the columns of facts, attributes and events that no policy knows, or that give one of them twice."""
        first: dict[tuple[str, str], str] = {}
        for each in fields:
            if each.part == _HAPPENED and each.name not in self.checker.types:
                yield diagnostic("PE834", place, name=each.name, suggestion=nearest(each.name, self.checker.types))
            if each.meaning is None:
                continue
            before = first.setdefault((each.part, each.meaning.name), each.column)
            if before != each.column:
                yield diagnostic("PE640", place, column=each.column, other=before, name=each.meaning.name)
            known = self.checker.attributes if each.part == "attributes" else self.checker.facts
            if each.meaning.name not in known:
                code = "PE221" if each.part == "attributes" else "PE206"
                yield diagnostic(code, place, name=each.meaning.name, suggestion=nearest(each.meaning.name, known))

    def _fits(self, field: Field, kind: Any) -> bool:  # noqa: ANN401 - a type of pyarrow
        if field.part in {*_TIMES, _HAPPENED}:
            return not self.times.refuses(kind)
        if field.part in _IDS:
            inner = kind.value_type if pa.types.is_dictionary(kind) else kind
            return is_text(kind) or bool(pa.types.is_integer(inner) or pa.types.is_null(inner))
        if field.part in _VALUES and field.meaning is None:
            return _holds_several(kind)
        return readable(kind)

    def _unread(self, table: str, names: Sequence[str], meant: str | None) -> tuple[Diagnostic, ...]:
        if not names:
            return ()
        return (diagnostic("PE638", _place(table), columns=", ".join(names), suggestion=meant),)


def _holds_several(kind: Any) -> bool:  # noqa: ANN401 - a type of pyarrow
    """Tell whether a cell of type *kind* holds several values by name."""
    if pa.types.is_struct(kind):
        return all(readable(kind.field(place).type) for place in range(kind.num_fields))
    return bool(pa.types.is_map(kind)) and is_text(kind.key_type) and readable(kind.item_type)


def _place(table: str) -> Span:
    return Span(table, 1, 1, 1, 1)
