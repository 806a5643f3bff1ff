"""Patterns of events as tables: which types match, and which bits an event must have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policyengine.engine.reference.conditions import same

if TYPE_CHECKING:
    from policyengine.model.base import Atom
    from policyengine.model.happening import Happening
    from policyengine.model.provision import Provision
    from policyengine.model.vocabulary import Vocabulary

BITS = 62
"""What one signed word of 64 bits offers to values and attributes together, and to spare."""


@dataclass(frozen=True, slots=True)
class Test:
    """What is asked of one attribute: any of the bits `values`; `lack` is the bit that says that it is missing."""

    values: int
    lack: int


@dataclass(frozen=True, slots=True)
class Pattern:
    """Events of any of the `types` that pass all `tests`; whether only whole acts count (S24)."""

    types: tuple[int, ...]
    tests: tuple[Test, ...] = ()
    whole: bool = False


class TooManyValuesError(Exception):
    """The patterns ask for more values of attributes than a word has bits."""


@dataclass(slots=True)
class Patterns:
    """The patterns of one layout, each once, and the bits that they ask of an event."""

    vocabulary: Vocabulary
    codes: Mapping[str, int]
    found: list[Pattern] = field(default_factory=list)
    bits: list[tuple[str, Atom | None]] = field(default_factory=list)

    def event(self, happening: Happening) -> int:
        """Return the place of the pattern of an event that is waited for."""
        where = tuple(happening.where.items())
        return self._place(Pattern(self._types(happening.event or ""), self._tests(where)))

    def act(self, provision: Provision, *, personal: bool) -> int:
        """Return the place of the pattern of the acts of *provision*; *personal* where only its bearer's count."""
        where: list[tuple[str, tuple[Atom, ...]]] = []
        if provision.to is not None:
            where.append(("to", (provision.to,)))
        if provision.means is not None:
            where.append(("means", tuple(provision.means)))
        if personal and provision.bearer is not None:
            where.append(("by", (provision.bearer,)))
        whole = not (provision.standing or provision.must_not or provision.may)
        return self._place(Pattern(self._types(provision.act), self._tests(tuple(where)), whole))

    def _types(self, name: str) -> tuple[int, ...]:
        return tuple(sorted(self.codes[each] for each in self.vocabulary.kinds(name)))

    def _tests(self, where: tuple[tuple[str, tuple[Atom, ...]], ...]) -> tuple[Test, ...]:
        return tuple(self._test(name, values) for name, values in where)

    def _test(self, name: str, values: tuple[Atom, ...]) -> Test:
        places = {self._bit(name, each) for each in values}
        return Test(sum(1 << place for place in places), 1 << self._bit(name, None))

    def _bit(self, name: str, value: Atom | None) -> int:
        """Return the place of the bit for *value*, or for having none (``None``)."""
        for place, (known, other) in enumerate(self.bits):
            if known == name and same(value, other):
                return place
        if len(self.bits) == BITS:
            raise TooManyValuesError
        self.bits.append((name, value))
        return len(self.bits) - 1

    def _place(self, pattern: Pattern) -> int:
        if pattern not in self.found:
            self.found.append(pattern)
        return self.found.index(pattern)
