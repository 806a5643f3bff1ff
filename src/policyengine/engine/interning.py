"""Facts as small integers, for an engine that must see neither texts nor types.

A question asks one thing of a record, whose answer is a code from 0 to `top`, or ``None`` where the record does not
know. Nothing here is shared with the reference matcher: what that reads off values, nets read off codes.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol, TypeGuard

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from policyengine.engine.matcher import Record
    from policyengine.model.base import Atom

Codes = frozenset[int]
Kind = Literal["boolean", "number", "text"]
Typed = tuple[Kind, "Atom"]
"""A value with its type: `1`, `true` and `"1"` stay three, while `1` and `1.0` are the same number."""


class Question(Protocol):
    """One thing asked of a record."""

    @property
    def top(self) -> int:
        """Return the highest code."""
        ...

    def code(self, record: Record) -> int | None:
        """Return the answer of *record*; ``None`` when it is unknown."""
        ...


@dataclass(frozen=True, slots=True)
class Always:
    """Asks nothing; every record answers 0."""

    top: int = 0

    def code(self, record: Record) -> int:  # noqa: ARG002 - asked like every question
        """Return 0."""
        return 0


@dataclass(frozen=True, slots=True)
class Happened:
    """Asks whether an event of one of *kinds* has happened: 1 or 0; unknown where the log is not complete."""

    kinds: tuple[str, ...]
    top: int = 1

    def code(self, record: Record) -> int | None:
        """Return the answer of *record*; ``None`` when nobody knows."""
        happened = any(kind in record.happened for kind in self.kinds)
        return int(happened) if happened or record.complete else None


@dataclass(frozen=True, slots=True)
class Contains:
    """Asks whether the list *fact* holds *wanted*, 1 or 0; a single value is a list of one."""

    fact: str
    wanted: Typed
    top: int = 1

    def code(self, record: Record) -> int | None:
        """Return the answer of *record*; ``None`` when the list is unknown."""
        value = record.values.get(self.fact)
        if value is None:
            return None
        kind, wanted = self.wanted
        items = value if isinstance(value, tuple) else (value,)
        return int(any(kind_of(each) == kind and each == wanted for each in items))


class Values:
    """Asks for the value of `fact`; only what some condition names is told apart.

    With the numbers 3 and 5 named and the texts x and y, 0 stands for the numbers below 3, 1 for 3 itself, 2 for those
    between, 3 for 5 and 4 for those above; 5 for whatever nobody named; 6 for x and 7 for y.
    """

    def __init__(self, fact: str, named: Iterable[Atom], scale: Sequence[str] = ()) -> None:
        """Tell *named* and the values of *scale*, lowest first, apart."""
        found = (*scale, *named)
        self.fact = fact
        self._numbers = sorted({each for each in found if _has_place(each)})
        self._other = 2 * len(self._numbers) + 1
        names = dict.fromkeys(typed(each) for each in found if kind_of(each) != "number")
        self._names = {name: place for place, name in enumerate(names, start=self._other + 1)}
        # INVARIANT: the values of the scale are the first names, in their order.
        self._order = (self._other + 1, self._other + len(scale)) if scale else (0, self._other - 1)
        self.top = self._other + len(names)

    @property
    def every(self) -> Codes:
        """Return all codes."""
        return frozenset(range(self.top + 1))

    def code(self, record: Record) -> int | None:
        """Return the code of the fact's value in *record*; ``None`` when it is unknown."""
        value = record.values.get(self.fact)
        return None if value is None else self._code(value)

    def among(self, values: Iterable[Atom]) -> Codes:
        """Return the codes of *values*, all of which were named."""
        return frozenset(self._code(each) for each in values) - {self._other}

    def ordered(self, operator: str, bound: Atom) -> Codes:
        """Return the codes of what is `at_least`, `at_most`, `more_than` or `less_than` *bound*.

        What has no place in the order is on neither side of anything.
        """
        first, last = self._order
        code = self._code(bound)
        if not first <= code <= last:
            return frozenset()
        sides = {
            "at_least": range(code, last + 1),
            "at_most": range(first, code + 1),
            "more_than": range(code + 1, last + 1),
            "less_than": range(first, code),
        }
        return frozenset(sides[operator])

    def _code(self, value: Atom | tuple[Atom, ...]) -> int:
        if isinstance(value, tuple):
            return self._other
        if not _has_place(value):
            return self._names.get(typed(value), self._other)
        place = bisect_left(self._numbers, value)
        return 2 * place + (place < len(self._numbers) and self._numbers[place] == value)


def kind_of(value: Atom) -> Kind:
    """Return the type of *value*."""
    if isinstance(value, bool):
        return "boolean"
    return "text" if isinstance(value, str) else "number"


def typed(value: Atom) -> Typed:
    """Return *value* with its type."""
    return kind_of(value), value


def _has_place(value: Atom) -> TypeGuard[float]:
    # Only NaN differs from itself; it has no place among the numbers.
    return kind_of(value) == "number" and value == value  # noqa: PLR0124
