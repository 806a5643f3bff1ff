"""The log as it stands: without repetitions, corrections in place of what they correct, what was retracted left out.

Every entry of a log is an event, or is about another entry: a correction says how an event, or a correction of one,
should have been written, a retraction takes any entry back (S4). So entries form trees, each with an event at its root.
An entry comes to what the last entry about it says that has not been taken back itself: to that correction, with
whatever became of it in turn, or to nothing. Without one it is as it was written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policyengine.model.case import Event
    from policyengine.temporal.instant import Instant


def corrected(events: Iterable[Event], known_at: Instant | None = None) -> tuple[Event, ...]:
    """Return the events of a log as they stand, in its order.

    A corrected event keeps its id and its position among events at one instant, and has the content, the note and the
    span of the correction. Of two entries about the same one the later recorded counts, at one instant the later in
    the log.

    Args:
        events: a log without faults; the same event may be repeated (S5).
        known_at: only what was recorded by then is there at all. Nothing is corrected before it is there itself.
    """
    once: dict[str, Event] = {}
    for event in events:
        if known_at is None or event.recorded <= known_at:
            once.setdefault(event.id, event)
    about = _about(once)
    if not about:
        return tuple(once.values())
    comes_to = _comes_to(once, about)
    found = ((event, comes_to[event.id]) for event in once.values() if event.amends is None)
    return tuple(_as(event, entry) for event, entry in found if entry is not None)


def _about(once: Mapping[str, Event]) -> dict[str, list[Event]]:
    """Return by id what corrects or retracts an entry, in the order in which it counts."""
    about: dict[str, list[Event]] = {}
    for event in once.values():
        if event.amends is not None:
            about.setdefault(event.amends, []).append(event)
    for entries in about.values():
        entries.sort(key=lambda entry: entry.recorded)
    return about


def _comes_to(once: Mapping[str, Event], about: Mapping[str, list[Event]]) -> dict[str, Event | None]:
    """Return by id what each entry comes to: a version of it, or ``None`` when it is taken back."""
    found: dict[str, Event | None] = {}
    for event in reversed(tuple(_downwards(once, about))):
        # Whatever is about this entry has been settled: it stands further down.
        standing = (entry for entry in reversed(about.get(event.id, ())) if found[entry.id] is not None)
        last = next(standing, None)
        found[event.id] = event if last is None else None if last.corrects is None else found[last.id]
    return found


def _downwards(once: Mapping[str, Event], about: Mapping[str, list[Event]]) -> Iterator[Event]:
    """Yield the entries that lead to an event, each before those about it; chains may be of any length."""
    waiting = [event for event in once.values() if event.amends is None]
    while waiting:
        event = waiting.pop()
        yield event
        waiting += about.get(event.id, ())


def _as(event: Event, entry: Event) -> Event:
    """Return *event* as *entry* has it: the thing that happened keeps its name."""
    return event if entry is event else replace(entry, id=event.id, corrects=None)
