"""The smaller parts of generated policies, as plain data: texts, names, conditions and what a duty waits for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from hypothesis import strategies as st

from policyengine.model.condition import CONNECTIVES, ORDER_TESTS
from policyengine.model.happening import Outcome

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn

    from policyengine.model.base import Atom
    from policyengine.model.vocabulary import FactType, Vocabulary

Item = TypeVar("Item")

CLAUSES = tuple(f"GEN:{number}" for number in range(1, 5))
NUMBERS = (0, 1, 2, 1.5)
TEXTS = ("一", "no", "1:30", "010", "~", "24:00", "- a: 'b' \"c\" #", "two\nlines", " ", "2025-10-08", "\\", "=")
"""Texts that are easily taken for something else, or lost; the first one is not."""
PLACES = TEXTS[:3]
"""Values of a fact or attribute that can be any text: few, so that events often share one."""

_ANY_CHARACTER = st.characters(
    exclude_categories=("Cc", "Cs"), exclude_characters="\ufeff\ufffe\uffff", include_characters="\t\n\r\x85"
)
_ANY_TEXT = st.text(_ANY_CHARACTER, min_size=1, max_size=12)
_MOST_TESTS = 2


@dataclass(frozen=True, slots=True)
class Draft:
    """What a policy is drafted from: few of the vocabulary's words each, so that its provisions meet.

    Args:
        draw: makes every choice; the first of several is the simplest.
        words: the vocabulary.
        events: event types, acts included.
        acts: what provisions are about.
        facts: what conditions ask.
        roles: whoever owes, acts or is told, roles that tables assign included.
        readings: options by the name of the reading.
    """

    draw: DrawFn
    words: Vocabulary
    events: tuple[str, ...]
    acts: tuple[str, ...]
    facts: tuple[str, ...]
    roles: tuple[str, ...]
    readings: Mapping[str, tuple[str, ...]]

    def one(self, items: Sequence[Item]) -> Item:
        """Return one of *items*."""
        return items[self.draw(st.integers(0, len(items) - 1))]

    def some(self, items: Sequence[Item], most: int) -> tuple[Item, ...]:
        """Return one to *most* different ones of *items*."""
        count = self.draw(st.integers(1, most))
        return tuple(dict.fromkeys(self.one(items) for _ in range(count)))

    def rarely(self, times: int) -> bool:
        """Return true once in so many *times*."""
        return self.draw(st.integers(0, times - 1)) == times - 1

    def either(self, make: Callable[[], object]) -> object:
        """Return a node; now and then one that is another under each option of a reading (S7)."""
        if not self.readings or not self.rarely(8):
            return make()
        name = self.one(tuple(self.readings))
        return {"reading": name, **{option: make() for option in self.readings[name]}}

    def under(self) -> dict[str, object]:
        """Return nothing, or the option that admits a node."""
        if not self.readings or not self.rarely(8):
            return {}
        name = self.one(tuple(self.readings))
        return {"under": {name: list(self.some(self.readings[name], 2))}}

    def text(self) -> str:
        """Return a text, now and then one of any characters that a file may hold."""
        return self.draw(_ANY_TEXT) if self.rarely(40) else TEXTS[0] if self.rarely(2) else self.one(TEXTS)

    def title(self) -> dict[str, object]:
        """Return a text in both languages."""
        return {"zh": self.text(), "en": self.text()}

    def clause(self) -> object:
        """Return a clause, or a list of some."""
        return self.one(CLAUSES) if not self.rarely(4) else list(self.some(CLAUSES, 2))

    def value(self, kind: FactType) -> Atom:
        """Return a single value of a fact or attribute."""
        return self.one(values(self.words, kind))

    def condition(self, facts: Sequence[str] | None = None, depth: int = 2) -> dict[str, object]:
        """Return a condition on some of *facts*, all of the draft's unless given, and on the log."""
        asked = tuple(self.facts if facts is None else facts)
        if asked and self.rarely(2):
            return {name: self.either(partial(self._test, name)) for name in (self.one(asked),)}
        found: dict[str, object] = {}
        if asked and not self.rarely(5):
            tests = self.some(asked, _MOST_TESTS)
            found |= {name: self.either(partial(self._test, name)) for name in tests}
        inner = partial(self.condition, facts, depth - 1)
        if depth and self.rarely(6):
            found["not"] = inner()
        if depth and self.rarely(6):
            found[self.one(("any", "all"))] = [inner() for _ in range(self.draw(st.integers(1, 2)))]
        if not found or self.rarely(8):
            found["happened"] = self.names(self.events)
        return found

    def names(self, known: Sequence[str], most: int = 2) -> object:
        """Return one of the names, or a list of some."""
        return self.one(known) if not self.rarely(3) else list(self.some(known, most))

    def happening(self) -> object:
        """Return an event that is waited for, now and then only with certain attributes (S11)."""
        name = self.one(self.events)
        if not self.rarely(4):
            return name
        return {"event": name, "where": dict(self._where(name) for name in self.some(self.attributes(), 2))}

    def outcome(self, provisions: Sequence[str]) -> dict[str, object]:
        """Return an outcome of one or more of *provisions*."""
        return {self.one(tuple(Outcome)).value: self.names(provisions)}

    def attributes(self) -> tuple[str, ...]:
        """Return what an event can be told by."""
        return ("by", "to", *self.words.attributes)

    def _where(self, name: str) -> tuple[str, object]:
        kind = self.words.attributes.get(name)
        known = self.roles if kind is None else values(self.words, kind)
        return name, self.either(lambda: self.names(known))  # type: ignore[arg-type]

    def _test(self, name: str) -> object:
        kind = self.words.facts[name]
        if kind.many:
            return {"contains": self.value(kind)}
        ordered = kind.scale is not None or kind.type == "number"
        if ordered and not self.rarely(4):
            return dict(self._orders(kind)) if self.rarely(3) else {ORDER_TESTS[0]: self.value(kind)}
        return self.value(kind) if not self.rarely(4) else list(self.some(values(self.words, kind), 2))

    def _orders(self, kind: FactType) -> Iterator[tuple[str, Atom]]:
        for operator in self.some(ORDER_TESTS, _MOST_TESTS):
            yield operator, self.value(kind)


def values(words: Vocabulary, kind: FactType) -> tuple[Atom, ...]:
    """Return single values that a fact or attribute can have: all named ones, or a few."""
    named = words.values(kind)
    if named is not None:
        return named
    return {"boolean": (True, False), "number": NUMBERS}.get(kind.type or "", PLACES)


def askable(words: Vocabulary) -> tuple[str, ...]:
    """Return the facts that a condition can name."""
    return tuple(name for name in words.facts if name not in CONNECTIVES)
