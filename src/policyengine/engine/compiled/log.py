"""The log of one case as the compiled evaluator asks it: places of events by type, facts along time."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from policyengine.engine.compiled.truths import OPEN, YES
from policyengine.engine.reference.instances import attributes
from policyengine.temporal.instant import FIRST_MICROS

if TYPE_CHECKING:
    from policyengine.engine.compiled.patterns import Pattern
    from policyengine.engine.reference.instances import Key
    from policyengine.model.base import Atom
    from policyengine.model.case import Event, FactValue

KNOWN, PRESUMED, UNKNOWN = "known", "presumed", "unknown"
Stretch = tuple[int, "FactValue", str]
"""From when on a fact has a value, the value, and how it is known."""

Open = tuple["Atom", ...]
"""The values that a derived fact may have."""
Possible = tuple[int, Mapping[str, Open]]
"""From when on which derived facts may have which values."""


class Left(Exception):  # noqa: N818 - no fault: the question goes to the reference
    """What is asked is left to the reference, for this case."""


class Log:
    """What was seen of a case at `as_of`, all of it: complete, in order, corrected.

    Args:
        events: in order of time, at one instant of the log.
        as_of: the instant asked about, in microseconds.
        facts: initial values.
        presumed: values that hold until somebody says otherwise.
    """

    __slots__ = (
        "_facts",
        "_found",
        "_histories",
        "_keyed",
        "_open",
        "_presumed",
        "_setting",
        "as_of",
        "ats",
        "by_type",
        "events",
        "partial",
    )

    def __init__(
        self,
        events: Sequence[Event],
        as_of: int,
        facts: Mapping[str, FactValue],
        presumed: Mapping[str, FactValue],
    ) -> None:
        """Lay out *events* by type."""
        self.events = events
        self.as_of = as_of
        self.ats = [event.at.micros for event in events]
        self.by_type: dict[str, list[int]] = {}
        self._facts = facts
        self._presumed = presumed
        self._setting: dict[str, list[int]] = {}
        self._histories: dict[str, list[Stretch]] = {}
        self._found: dict[int, list[int]] = {}
        self._keyed: dict[int, dict[Key, list[int]]] = {}
        self._open: Sequence[Possible] = ()
        self.partial = False
        for place, event in enumerate(events):
            self.by_type.setdefault(event.type, []).append(place)
            if event.partial:
                self.partial = True
            for name in event.sets:
                self._setting.setdefault(name, []).append(place)

    @property
    def changed(self) -> Mapping[str, Sequence[int]]:
        """Return the facts that events set, each with the places of those events."""
        return self._setting

    def matches(self, pattern: Pattern, key: Key = ()) -> list[int]:
        """Return the places of the events that match *pattern* and share *key*, in order.

        Raises:
            Left: nobody knows of some event whether it does.
        """
        found = self._found.get(id(pattern))
        if found is None:
            found = self._found[id(pattern)] = self._matching(pattern)
        return found if not key else self._sharing(pattern, found).get(key, [])

    def _sharing(self, pattern: Pattern, places: Sequence[int]) -> dict[Key, list[int]]:
        """Return *places* by what tells the duties apart (S11); where an event lacks some of it, nobody knows."""
        found = self._keyed.get(id(pattern))
        if found is None:
            found = {}
            for place in places:
                key = attributes(self.events[place], pattern.key)
                if None in key:
                    raise Left
                found.setdefault(key, []).append(place)
            self._keyed[id(pattern)] = found
        return found

    def _matching(self, pattern: Pattern) -> list[int]:
        places = [self.by_type[name] for name in pattern.types if name in self.by_type]
        merged = places[0] if len(places) == 1 else sorted(place for each in places for place in each)
        if not pattern.tests:
            return merged
        truths = [pattern.on(self.events[place]) for place in merged]
        if OPEN in truths:
            raise Left
        return [place for place, truth in zip(merged, truths, strict=True) if truth == YES]

    def first(self, pattern: Pattern, after: int = -1, key: Key = ()) -> int | None:
        """Return the place of the first event after the place *after* that matches *pattern* and shares *key*."""
        places = self.matches(pattern, key)
        index = bisect_right(places, after) if after >= 0 else 0
        return places[index] if index < len(places) else None

    def first_at(self, types: Sequence[str]) -> int | None:
        """Return when the first event of any of *types* happened."""
        found = [self.by_type[name][0] for name in types if name in self.by_type]
        return self.ats[min(found)] if found else None

    def last_before(self, moment: int) -> int:
        """Return the place of the last event before *moment*, -1 when there is none."""
        return bisect_left(self.ats, moment) - 1

    def is_moment(self, moment: int) -> bool:
        """Tell whether anything happened at *moment*."""
        place = bisect_left(self.ats, moment)
        return place < len(self.ats) and self.ats[place] == moment

    def derive(self, histories: Mapping[str, list[Stretch]], possible: Sequence[Possible]) -> None:
        """Take derived facts along time, and from when on which of them may have which values (S10)."""
        self._histories.update(histories)
        self._open = possible

    def possible(self, names: Sequence[str], moment: int) -> dict[str, Open]:
        """Return those of *names* that are derived and not settled at *moment*, each with what it may be."""
        if not self._open:
            return {}
        _, found = self._open[bisect_right(self._open, moment, key=lambda each: each[0]) - 1]
        return {name: found[name] for name in names if name in found}

    def history(self, name: str) -> list[Stretch]:
        """Return the fact *name* along time, from the beginning on (S8)."""
        found = self._histories.get(name)
        if found is None:
            found = self._histories[name] = self._history(name)
        return found

    def _history(self, name: str) -> list[Stretch]:
        found: list[Stretch] = [(FIRST_MICROS, *self._initial(name))]
        for place in self._setting.get(name, ()):
            at, value = self.ats[place], self.events[place].sets[name]
            if found[-1][0] == at:
                found.pop()
            found.append((at, value, UNKNOWN if value is None else KNOWN))
        for index in range(len(found) - 2, -1, -1):
            # An unknown span that a later event ends takes that event's value (S8); one that lasts stays unknown.
            if found[index][2] == UNKNOWN:
                found[index] = (found[index][0], found[index + 1][1], found[index + 1][2])
        return found

    def _initial(self, name: str) -> tuple[FactValue, str]:
        value = self._facts.get(name)
        if value is not None:
            return value, KNOWN
        presumed = self._presumed.get(name)
        if presumed is not None and name not in self._facts:
            return presumed, PRESUMED
        return None, UNKNOWN

    def fact(self, name: str, moment: int) -> Stretch:
        """Return how the fact *name* stands at *moment*."""
        found = self.history(name)
        if len(found) == 1:
            return found[0]
        return found[bisect_right(found, moment, key=lambda each: each[0]) - 1]

    def values(self, names: Sequence[str], moment: int) -> dict[str, FactValue]:
        """Return the facts *names* as they stand at *moment*; unknown ones are ``None``."""
        return {name: self.fact(name, moment)[1] for name in names}

    def happened(self, types: Sequence[str], moment: int) -> bool:
        """Tell whether any event of *types* has happened by *moment*."""
        first = self.first_at(types)
        return first is not None and first <= moment
