"""The monitor as a way: all cases of a group at once, their events recorded in any order while time goes on.

Each case is asked about again and again on the way to its own instant. What a monitor is told by then decides what is
expected of it: the log in the order of recording, which decides among events at one instant (S5).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from zlib import crc32

from policyengine.errors import PolicyEngineError
from policyengine.testing.differential.triple import Declined, Known, Refused, Triple

if TYPE_CHECKING:
    from policyengine.model.assessment import Assessment
    from policyengine.model.case import Case, Event
    from policyengine.monitor import Monitor
    from policyengine.temporal.instant import Instant
    from policyengine.testing.differential.way import Given

REFUSED = "the case has a fault, so that the monitor never takes it in"
KNOWN_AT = "a monitor knows what it was told, and nothing as known at another instant"
_LOOK = 3
"""After one event in so many a case is asked about."""


@dataclass(frozen=True, slots=True)
class _Move:
    """Something done at an instant: an event of a case recorded, or the case asked about for the last time."""

    at: Instant
    number: int
    place: int
    event: Event | None


def play(asked: Sequence[Known]) -> Iterator[Given]:
    """Ask one monitor about all of a group, and yield what it was asked, each case as told so far, with its answers."""
    found = [(each, _why_not(each)) for each in asked]
    yield from ((each, Declined(why)) for each, why in found if why is not None)
    taken = [_named(each.triple, number) for number, (each, why) in enumerate(found) if why is None]
    if taken:
        yield from _played(taken)


def _why_not(each: Known) -> str | None:
    if isinstance(each.answer, Refused):
        return REFUSED
    return None if each.triple.case.known_at is None else KNOWN_AT


def _named(triple: Triple, number: int) -> Triple:
    return replace(triple, case=replace(triple.case, id=f"case-{number}"))


def _played(asked: Sequence[Triple]) -> Iterator[Given]:
    from policyengine.monitor import Monitor

    moves = sorted((move for number, each in enumerate(asked) for move in _moves(each, number)), key=_turn)
    policy, readings = asked[0].policy, asked[0].readings
    monitor = Monitor(policy, as_of=moves[0].at, readings=readings)
    told = [replace(each.case, events=()) for each in asked]
    for case in told:
        monitor.open(case)
    for turn, move in enumerate(moves):
        if turn == len(moves) // 2:
            monitor = Monitor.restore(policy, monitor.state())
        monitor.advance(move.at)
        if move.event is not None:
            case = told[move.number]
            monitor.record(case.id, move.event)
            told[move.number] = replace(case, events=(*case.events, move.event))
        if move.event is None or not _chance(move.event.id, turn) % _LOOK:
            yield Triple(policy, told[move.number], move.at, readings), _answer(monitor, told[move.number])


def _answer(monitor: Monitor[Assessment], case: Case) -> object:
    try:
        return monitor.answer(case.id)
    except PolicyEngineError as error:
        return Refused.by(error)


def _moves(asked: Triple, number: int) -> Iterator[_Move]:
    """Yield when each event is recorded: any time up to the instant asked about, amendments after what they amend."""
    events, last = asked.case.events, asked.as_of
    times = sorted(event.at for event in events if event.at <= last) or [last]
    at: dict[str, Instant] = {}
    order = sorted(range(len(events)), key=lambda place: (_depth(events, events[place]), _chance(asked.case.id, place)))
    for place, which in enumerate(order):
        event = events[which]
        moment = times[_chance(event.id, place) % len(times)]
        if event.amends is not None:
            moment = max(moment, at.get(event.amends, moment))
        at[event.id] = max(moment, at.get(event.id, moment))
        yield _Move(at[event.id], number, place, event)
    yield _Move(last, number, len(events), None)


def _turn(move: _Move) -> tuple[Instant, int, int]:
    """Return what moves are taken in order of: those of one case at one instant as they were given."""
    return move.at, move.place, move.number


def _depth(events: Sequence[Event], event: Event) -> int:
    """Return how many others have to be there before *event* can be recorded."""
    amended = next((each for each in events if each.id == event.amends), None)
    return 0 if amended is None else 1 + _depth(events, amended)


def _chance(name: str, number: int) -> int:
    """Return a number that looks as if anything, and is the same in every process."""
    return crc32(f"{name} {number}".encode())
