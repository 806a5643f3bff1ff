"""One open case as a monitor keeps it: its log, and how its duties stood when last judged and when last told."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING, Self

from policyengine.model.case import Case

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policyengine.diagnostics import Diagnostic
    from policyengine.model.case import Event
    from policyengine.monitor.bearing import Bearing
    from policyengine.monitor.positions import Positions
    from policyengine.temporal.instant import Instant


@dataclass(frozen=True, slots=True)
class Told:
    """When changes of a case were last told: so many entries were in its log, and that was the instant asked about."""

    entries: int
    at: Instant


@dataclass(slots=True)
class OpenCase:
    """An open case.

    Args:
        number: its place in the order of opening.
        given: the case as it was opened, without events.
        log: everything recorded, in that order, by id.
        seen: those entries of it that can bear on an answer (L5); all that a policy is asked about.
        idle: the ids of the others, if there are any.
        told: when changes were last told; ``None`` when they never were.
        stood: how the duties stood then; ``None`` when that has to be found out again.
        stand: how they stood when the case was last judged.
        refused: why it could not be judged then.
        bound: an instant before which its answer stays the same as then; ``None`` if it does for ever.
        certain: whether the answer is known to change at `bound` itself.
    """

    number: int
    given: Case
    log: dict[str, Event] = field(default_factory=dict)
    seen: list[Event] = field(default_factory=list)
    idle: set[str] | None = None
    told: Told | None = None
    stood: Positions | None = ()
    stand: Positions = ()
    refused: tuple[Diagnostic, ...] = ()
    bound: Instant | None = None
    certain: bool = False

    @classmethod
    def opened(cls, number: int, case: Case, bearing: Bearing) -> Self:
        """Return *case*, with whatever is in its log, as an open case."""
        given = Case(case.id, case.facts, scope=case.scope, title=case.title)
        found = cls(number, replace(given, known_at=case.known_at, known_until=case.known_until))
        for each in case.events:
            found.log.setdefault(each.id, each)
        found.sort_out(bearing)
        return found

    @property
    def id(self) -> str:
        """Return the id of the case."""
        return self.given.id

    def case(self) -> Case:
        """Return the case as it stands."""
        return replace(self.given, events=self.seen)

    def as_told(self, bearing: Bearing) -> Case:
        """Return the case as it stood when changes were last told."""
        first = islice(self.log.values(), 0 if self.told is None else self.told.entries)
        return replace(self.given, events=_seen(tuple(first), bearing))

    def take(self, event: Event, bearing: Bearing) -> bool:
        """Take *event*, which is in order, into the log; tell whether it can bear on the answer."""
        self.log[event.id] = event
        if not bearing.has(event):
            self.idle = self.idle or set()
            self.idle.add(event.id)
            return False
        if self.idle is not None and event.amends in self.idle:
            self.sort_out(bearing)  # what it is about bears on the answer after all, and has its place among the others
        else:
            self.seen.append(event)
        return True

    def sort_out(self, bearing: Bearing) -> None:
        """Tell the entries that can bear on an answer from the others."""
        self.seen = list(_seen(tuple(self.log.values()), bearing))
        self.idle = (self.log.keys() - {each.id for each in self.seen}) or None


def _seen(log: Iterable[Event], bearing: Bearing) -> tuple[Event, ...]:
    """Return the entries of *log* that bear on an answer, with whatever they are about."""
    entries = {each.id: each for each in log}
    found = {name for name, each in entries.items() if bearing.has(each)}
    waiting = [each.amends for name, each in entries.items() if name in found and each.amends is not None]
    for name in waiting:  # grows while it is read
        if name not in found and name in entries:
            found.add(name)
            waiting += [each for each in (entries[name].amends,) if each is not None]
    return tuple(each for name, each in entries.items() if name in found)
