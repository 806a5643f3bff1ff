"""Which events match a pattern of a provision, certainly or possibly, correlated by its key (S11, S24)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policyengine.engine.reference.instances import Key, attributes
from policyengine.model.condition import Truth

if TYPE_CHECKING:
    from policyengine.model.case import Event


@dataclass(frozen=True, slots=True)
class Places:
    """Places in the log, in order: of the events that match, and of those of which nobody knows."""

    certain: tuple[int, ...] = ()
    possible: tuple[int, ...] = ()
    either: tuple[int, ...] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        both = tuple(sorted((*self.certain, *self.possible))) if self.possible else self.certain
        object.__setattr__(self, "either", both)


@dataclass(slots=True)
class Matches:
    """The matches of one pattern, by the values of the key."""

    every: Places
    by_key: dict[Key, tuple[list[int], list[int]]] = field(default_factory=dict)
    keyless: list[tuple[int, Key]] = field(default_factory=list)
    asked: dict[Key, Places] = field(default_factory=dict)

    def of(self, key: Key) -> Places:
        """Return the matches that share *key*; where either side lacks a value, nobody knows."""
        if not key:
            return self.every
        if key not in self.asked:
            self.asked[key] = self._of(key)
        return self.asked[key]

    def _of(self, key: Key) -> Places:
        if None in key:
            return Places((), self.every.either)
        certain, possible = self.by_key.get(key, ([], []))
        alike = [place for place, other in self.keyless if _may_be(key, other)]
        return Places(tuple(certain), tuple(sorted((*possible, *alike))) if alike else tuple(possible))


def _may_be(key: Key, other: Key) -> bool:
    return all(theirs is None or ours == theirs for ours, theirs in zip(key, other, strict=True))


def matches(truths: Sequence[Truth], events: Sequence[Event], names: Sequence[str]) -> Matches:
    """Return the matches of a pattern that is as *truths* on *events*, told apart by the attributes *names*."""
    certain = tuple(place for place, truth in enumerate(truths) if truth is Truth.TRUE)
    possible = tuple(place for place, truth in enumerate(truths) if truth is Truth.UNKNOWN)
    found = Matches(Places(certain, possible))
    for kind, places in enumerate((certain, possible)) if names else ():
        for place in places:
            key = attributes(events[place], names)
            if None in key:
                found.keyless.append((place, key))
            else:
                found.by_key.setdefault(key, ([], []))[kind].append(place)
    return found
