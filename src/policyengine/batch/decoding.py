"""Rows of both tables -> cases as arrays: every cell read and checked, the events in order, the faults by row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from policyengine.batch.cells import Cells, Columnar, Faults, Numbers, named, unnamed
from policyengine.batch.instants import NONE
from policyengine.batch.ordering import Happened, Log, Long, ordered
from policyengine.batch.reading import Reading, Rows
from policyengine.batch.shape import INSTANTS
from policyengine.batch.texts import encoded, texts
from policyengine.diagnostics import diagnostic
from policyengine.loading.logs.cases import MAX_ROWS, MAX_TEXT
from policyengine.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import numpy.typing as npt

    from policyengine.batch.checking import Checker
    from policyengine.batch.columns import BatchColumns
    from policyengine.batch.faults import Fault
    from policyengine.batch.instants import Times
    from policyengine.batch.shape import Field, Shape
    from policyengine.batch.texts import Array
    from policyengine.diagnostics import Diagnostic

    Ints = npt.NDArray[np.int64]
    Mask = npt.NDArray[np.bool_]
    Values = Cells | Numbers

_AGENCY = "agency"
_SCOPES = ("case", _AGENCY)
_SCOPE_WORDS = Wording("case 或 agency", "case or agency")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Some cases as arrays.

    Args:
        ids: the ids of the cases, an array of text; null where there is none.
        rows: int64[n], their rows in the table of cases, counted from 0.
        as_of, known_at, known_until: int64[n], microseconds UTC; `NONE` where a case has none.
        agency: bool[n], whether it is the log of the agency itself.
        facts: by name, columns of length n.
        log: their events.
        bad: bool[n], cases kept back.
        faults: what is wrong, in no particular order.
    """

    ids: Array
    rows: Ints
    as_of: Ints
    known_at: Ints
    known_until: Ints
    agency: Mask
    facts: Mapping[str, Values]
    log: Log
    bad: Mask
    faults: list[Fault]

    def __len__(self) -> int:
        """Return the number of cases."""
        return len(self.rows)


class Decoder:
    """Reads rows of tables of given shapes."""

    def __init__(
        self, columns: BatchColumns, checker: Checker, shapes: tuple[Shape, Shape | None], times: Times
    ) -> None:
        """Read cells as *columns* has it, of tables of these *shapes*, and check them by *checker*."""
        cases, events = shapes
        self._cases, self._events, self._times = cases, events, times
        self._of_cases = Columnar(columns, checker, is_text=cases.is_text)
        self._of_events = Columnar(columns, checker, is_text=events is not None and events.is_text)

    def decoded(self, rows: Rows) -> Decoded:
        """Return *rows* as arrays, with everything that is wrong with them."""
        ids = texts(rows.cases.column(self._cases.case))
        size = len(ids)
        reading = Reading(rows, ids, np.zeros(size, np.bool_))
        reading.of_cases(self._cases.case, _identity_faults(ids, rows.copies, self._cases.case))
        as_of, known_at, known_until = (self._instants(reading, part) for part in INSTANTS)
        agency = self._agency(reading)
        facts = self._facts(reading)
        log = self._log(reading)
        reading.of_cases("", _length_faults(ids, log))
        return Decoded(
            ids, rows.case_rows, as_of, known_at, known_until, agency, facts, log, reading.bad, reading.faults
        )

    def _instants(self, reading: Reading, part: str) -> Ints:
        column = self._cases.one(part)
        if column is None:
            return np.full(len(reading.ids), NONE)
        found = self._times.read(reading.rows.cases.column(column.column))
        reading.of_cases(column.column, found.faults.items())
        return found.micros

    def _agency(self, reading: Reading) -> Mask:
        column = self._cases.one("scope")
        if column is None:
            return np.zeros(len(reading.ids), np.bool_)
        found = encoded(texts(reading.rows.cases.column(column.column)))
        agency = np.zeros(len(found.places), np.bool_)
        for place, text in enumerate(found.values.to_pylist()):
            here = found.places == place
            if text == _AGENCY:
                agency |= here
            elif text not in _SCOPES:
                fault = diagnostic("PE115", expected=_SCOPE_WORDS, found=f"`{text}`")
                reading.of_cases(column.column, ((int(row), fault) for row in np.flatnonzero(here)))
        return agency

    def _facts(self, reading: Reading) -> dict[str, Values]:
        found: dict[str, Values] = {}
        for each in self._cases.of("facts"):
            for name, values, wrong in _read(self._of_cases, each, reading.rows.cases.column(each.column)):
                reading.of_cases(each.column, wrong)
                found[name] = values
        return found

    def _log(self, reading: Reading) -> Log:
        wide = [
            Happened(each, self._times.read(reading.rows.cases.column(each.column)))
            for each in self._cases.of("happened")
        ]
        for each in wide:
            reading.of_cases(each.field.column, each.moments.faults.items())
        long = self._long(reading)
        return ordered(reading, long, wide)

    def _long(self, reading: Reading) -> Long:
        """Return the rows of the table of events as columns, with their faults told."""
        shape, table, read = self._events, reading.rows.events, self._of_events
        size = len(reading.rows.owner)
        found = Long.silent(size)
        if shape is None or table is None:
            return found
        for each in shape.fields:
            column = table.column(each.column)
            if each.part in {"at", "recorded_at"}:
                moments = self._times.read(column)
                setattr(found, each.part, moments.micros)
                reading.of_events(each.column, moments.faults.items())
                found.faulty[list(moments.faults)] = True
            elif each.part in {"id", "corrects", "retracts"}:
                setattr(found, each.part, texts(column))
            elif each.part in {"sets", "attributes"}:
                target = getattr(found, each.part)
                for name, values, wrong in _read(read, each, column):
                    reading.of_events(each.column, wrong)
                    target[name] = values
            elif each.part != "case":
                values, wrong = _single(read, each.part, column)
                setattr(found, each.part, values)
                reading.of_events(each.column, wrong)
                found.faulty[[row for row, _ in wrong]] = True
        found.finish(reading, shape)
        return found


def _single(read: Columnar, part: str, column: Array) -> tuple[Cells, Faults]:
    if part == "type":
        return read.types(column)
    return read.truths(column) if part == "partial" else read.roles(column, many=part == "to")


def _read(read: Columnar, field: Field, column: Array) -> Iterator[tuple[str, Values, Faults]]:
    """Yield the values that a column holds, by name: its own, or those of the names within its cells."""
    parts = [(field.meaning, column)]
    if field.meaning is None:
        parts = [(unnamed(name), each) for name, each in named(column)]
    for meaning, each in parts:
        if meaning is not None:
            yield meaning.name, *read.facts(field.part, meaning, each)


def _identity_faults(ids: Array, copies: Ints, column: str) -> Iterator[tuple[int, Diagnostic]]:
    """Yield the rows without an id, and those whose id stands in other rows too."""
    for row in np.flatnonzero(np.asarray(ids.is_null())):
        yield int(row), diagnostic("PE627", column=column)
    for row in np.flatnonzero(copies > 1):
        yield int(row), diagnostic("PE830", case=ids[int(row)].as_py(), count=int(copies[row]))


def _length_faults(ids: Array, log: Log) -> Iterator[tuple[int, Diagnostic]]:
    for row in np.flatnonzero(np.diff(log.offsets) > MAX_ROWS):
        yield int(row), diagnostic("PE637", case=ids[int(row)].as_py(), rows=MAX_ROWS, text=MAX_TEXT)


__all__ = ["Decoded", "Decoder", "Log", "Rows"]
