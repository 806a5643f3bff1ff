"""What is wrong with the corrections and retractions of a log."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from policyengine.diagnostics import Diagnostic, diagnostic
from policyengine.prepare.places import Place, place_of
from policyengine.wording import Wording

if TYPE_CHECKING:
    from policyengine.model.case import Case, Event

_DOES = MappingProxyType({"corrects": Wording("更正", "corrects"), "retracts": Wording("撤回", "retracts")})
_CONTENT = ("sets", "to", "attributes", "partial")
"""What only something that happened can have. Who took it back, and as what it was known, a retraction may say."""


def amendment_faults(case: Case) -> Iterator[Diagnostic]:
    """Yield the corrections and retractions of nothing, of themselves or in a circle, and those that are both."""
    numbers: dict[str, int] = {}
    for number, event in enumerate(case.events):
        numbers.setdefault(event.id, number)
    for number, event in enumerate(case.events):
        if event.amends is not None:
            yield from _entry_faults(event, place_of(case, number, event), numbers)
            yield from _of_retraction(case, number, numbers)
    for circle in _circles(case, numbers):
        first = circle[0]
        span = place_of(case, numbers[first.id], first).part(_key(first)).span()
        yield diagnostic("PE608", span, cycle=" -> ".join(each.id for each in (*circle, first)))


def _entry_faults(event: Event, place: Place, known: Mapping[str, int]) -> Iterator[Diagnostic]:
    if event.corrects is not None and event.retracts is not None:
        yield diagnostic("PE609", place.part("retracts").span(key=True), id=event.id)
    for key, does in _DOES.items():
        name, span = getattr(event, key), place.part(key).span()
        if name == event.id:
            yield diagnostic("PE607", span, id=event.id, does=does)
        elif name is not None and name not in known:
            yield diagnostic("PE606", span, id=event.id, does=does, name=name)
    for key in _CONTENT if event.retracts is not None and event.corrects is None else ():
        if getattr(event, key):
            yield diagnostic("PE610", place.part(key).span(key=True), id=event.id, name=event.retracts, key=key)


def _of_retraction(case: Case, number: int, numbers: Mapping[str, int]) -> Iterator[Diagnostic]:
    """Yield the fault of a correction of a retraction, which has no content to be corrected."""
    event = case.events[number]
    target = numbers.get(event.corrects or "", number)
    if target != number and case.events[target].retracts is not None and case.events[target].corrects is None:
        span = place_of(case, number, event).part("corrects").span()
        yield diagnostic("PE611", span, id=event.id, name=event.corrects)


def _key(event: Event) -> str:
    return "retracts" if event.corrects is None else "corrects"


def _circles(case: Case, numbers: Mapping[str, int]) -> Iterator[tuple[Event, ...]]:
    """Yield each circle of two or more entries once, from the one on at which it is met; every entry is passed once."""
    passed: set[str] = set()
    for number in numbers.values():
        way, event = [], case.events[number]
        while event.id not in passed:
            passed.add(event.id)
            way.append(event)
            if event.amends is None or event.amends not in numbers:
                break
            event = case.events[numbers[event.amends]]
        else:
            circle = way[next((place for place, each in enumerate(way) if each is event), len(way)) :]
            if len(circle) > 1:
                yield tuple(circle)
