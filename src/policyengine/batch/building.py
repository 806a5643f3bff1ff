"""Single cases out of arrays, for the evaluator of single cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from policyengine.batch.instants import NONE
from policyengine.batch.shape import CASES, EVENTS
from policyengine.diagnostics import Span
from policyengine.model.case import Case, Event
from policyengine.temporal.instant import Instant

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    from policyengine.batch.decoding import Decoded, Values
    from policyengine.batch.texts import Array
    from policyengine.model.case import FactValue


class Builder:
    """Makes cases of what was decoded."""

    def __init__(self, decoded: Decoded) -> None:
        """Make cases of *decoded*."""
        self._decoded = decoded
        log = decoded.log
        self._facts = _Values(decoded.facts)
        self._sets, self._attributes = _Values(log.sets), _Values(log.attributes)

    def case(self, number: int) -> Case:
        """Return the case that has the place *number*, its events in the order of their log."""
        decoded = self._decoded
        start, end = decoded.log.offsets[number : number + 2]
        order = np.argsort(decoded.log.order[start:end]) + start
        return Case(
            decoded.ids[number].as_py(),
            self._facts.of(number),
            [self._event(int(place)) for place in order],
            "agency" if decoded.agency[number] else "case",
            known_at=_instant(decoded.known_at, number),
            known_until=_instant(decoded.known_until, number),
        )

    def _event(self, place: int) -> Event:
        log = self._decoded.log
        row, source = int(log.rows[place]), int(log.happened[place])
        table = EVENTS if source < 0 else CASES
        name = _text(log.id, place) or (f"{table}:{row + 1}" if source < 0 else log.columns[source])
        return Event(
            name,
            log.type.value(place) if log.type.places[place] >= 0 else "",
            Instant(int(log.at[place])),
            _instant(log.recorded_at, place),
            self._sets.of(place),
            log.by.value(place) if log.by.places[place] >= 0 else None,
            log.to.value(place) if log.to.places[place] >= 0 else (),
            self._attributes.of(place),
            None,
            _text(log.corrects, place),
            _text(log.retracts, place),
            bool(log.partial.places[place] >= 0 and log.partial.value(place)),
            Span(table, row + 1, 1, row + 1, 1),
        )


class _Values:
    """Values by name, row by row."""

    def __init__(self, columns: Mapping[str, Values]) -> None:
        self._columns = [(name, each, each.there) for name, each in columns.items()]

    def of(self, row: int) -> dict[str, FactValue]:
        return {name: each.value(row) for name, each, there in self._columns if there[row]}


def _instant(micros: npt.NDArray[np.int64], place: int) -> Instant | None:
    found = int(micros[place])
    return None if found == NONE else Instant(found)


def _text(column: Array, place: int) -> str | None:
    text: str | None = column[place].as_py()
    return text
