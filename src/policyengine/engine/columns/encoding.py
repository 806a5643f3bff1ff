"""From cases as objects to a chunk: the plain way, for few cases and for tests."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from policyengine.engine.columns.chunk import PARTIAL, Chunk
from policyengine.engine.columns.coding import UNSTATED
from policyengine.prepare.prepared import prepare

if TYPE_CHECKING:
    from policyengine.engine.columns.layout import Layout
    from policyengine.model.case import Case, Event, FactValue
    from policyengine.prepare.prepared import Prepared
    from policyengine.temporal.instant import Instant


def chunk_of(layout: Layout, questions: Iterable[tuple[Case, Instant]]) -> Chunk:
    """Return the cases, each as of its instant, in the codes of *layout*.

    The events are those that the case comes down to: corrected, and each once (S4, S5). So only cases that are not
    complete at their instant are awkward.

    Raises:
        CaseError: a case does not fit the vocabulary.
        TimeError: an instant lies outside the years 1000 to 9000.
    """
    import numpy as np

    found = [prepare(layout.policy, case, as_of, layout.readings) for case, as_of in questions]
    events = [event for each in found for event in each.events]
    places = {name: place for place, name in enumerate(layout.facts)}
    sets = [
        [(place, places[name], layout.facts[name].code(value)) for place, name, value in _sets(each) if name in places]
        for each in found
    ]
    offsets = _offsets([each.events for each in found])
    flat = [
        (start + place, fact, code)
        for start, triples in zip(offsets[:-1], sets, strict=True)
        for place, fact, code in triples
    ]
    return Chunk(
        as_of=np.array([each.as_of.micros for each in found], np.int64),
        facts=np.array([[_code(layout, name, each) for each in found] for name in layout.facts], np.int32).reshape(
            len(layout.facts), len(found)
        ),
        offsets=np.array(offsets, np.int64),
        types=np.array([layout.types[each.type] for each in events], np.int16),
        at=np.array([each.at.micros for each in events], np.int64),
        flags=np.array([PARTIAL if each.partial else 0 for each in events], np.uint8),
        attributes=np.array([_attributes(layout, each) for each in events], np.int64),
        set_offsets=np.array(_offsets(sets), np.int64),
        set_event=np.array([each[0] for each in flat], np.int64),
        set_fact=np.array([each[1] for each in flat], np.int16),
        set_code=np.array([each[2] for each in flat], np.int32),
        awkward=np.array([each.known_until < each.as_of for each in found], np.bool_),
    )


def _offsets(lists: Sequence[Sequence[object]]) -> list[int]:
    return [0, *accumulate(len(each) for each in lists)]


def _sets(prepared: Prepared) -> Iterable[tuple[int, str, FactValue]]:
    for place, event in enumerate(prepared.events):
        for name, value in event.sets.items():
            yield place, name, value


def _code(layout: Layout, name: str, prepared: Prepared) -> int:
    return layout.facts[name].code(prepared.facts[name]) if name in prepared.facts else UNSTATED


def _attributes(layout: Layout, event: Event) -> int:
    values = {**event.attributes, "by": event.by, "to": tuple(event.to)}
    return sum(layout.attribute_bits(name, values.get(name)) for name in layout.attributes)
