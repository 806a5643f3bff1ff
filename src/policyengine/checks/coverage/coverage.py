"""Which parts of a policy its examples hold it to: every item, where it stands, and which questions cover it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from policyengine.checks.coverage.trials import Trial
    from policyengine.diagnostics import Span
    from policyengine.model.base import Atom
    from policyengine.model.condition import Condition, Truth
    from policyengine.model.deadline import Deadline, Recurrence
    from policyengine.model.policy import Policy

ALL = 100


class Kind(StrEnum):
    """What is counted."""

    PROVISIONS = "provisions"
    """A provision has a duty in an answer, and an example says what it must be."""
    GAPS = "gaps"
    """A case meets a gap or a referral, and an example says so."""
    ROWS = "rows"
    """A row of a decision table, or its `else`, decided something that an example asserts."""
    BRANCHES = "branches"
    """A single test of a condition came out true, or false, where an example asserts what depends on it."""
    BOUNDARIES = "boundaries"
    """An example asserts what a duty is just before, at, or just after a limit in numbers."""
    READINGS = "readings"
    """Something that depends on a reading is asserted under one of its options."""
    CLAUSES = "clauses"
    """All provisions and gaps of a clause are covered."""


class Side(StrEnum):
    """Where an instant lies to a limit."""

    BEFORE = "before"
    AT = "at"
    AFTER = "after"


class Part(StrEnum):
    """Where a condition stands."""

    WHEN = "when"
    UNLESS = "unless"
    LIMB = "limb"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a decision table.

    Args:
        place: its number in the table, from 0; ``None`` for the `else`.
        then: what it decides.
        when: its condition; ``None`` for the `else`.
    """

    place: int | None
    then: Atom
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Branch:
    """One way in which a test can come out.

    Args:
        part: which condition the test stands in.
        test: a condition of this one test.
        wanted: the truth.
    """

    part: Part
    test: Condition
    wanted: Truth


@dataclass(frozen=True, slots=True)
class Boundary:
    """One side of a limit in numbers: of a single limit, or of the periods of a recurring duty."""

    limit: Deadline | Recurrence
    side: Side


@dataclass(frozen=True, slots=True)
class Option:
    """An option of a reading."""

    reading: str
    option: str


@dataclass(frozen=True, slots=True)
class Parts:
    """What a clause is made of: its provisions and gaps, and those of them that are not covered."""

    names: tuple[str, ...]
    missing: tuple[str, ...]


Detail: TypeAlias = Row | Branch | Boundary | Option | Parts | None
"""What of its owner an item is; ``None`` where it is the provision or gap itself."""


Key: TypeAlias = tuple[Kind, str, Detail]
"""What tells an item from all others of its policy: its kind, its owner, what of it."""


@dataclass(frozen=True, slots=True, order=True)
class Asked:
    """A question of an example: the file, the example, and which of its questions, empty where there is one."""

    file: str
    example: str
    label: str = ""

    def __str__(self) -> str:
        return f"{self.example} [{self.label}]" if self.label else self.example


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that examples can hold a policy to.

    Args:
        kind: what it is counted among.
        owner: the provision, gap, role, derived fact, reading or clause that it belongs to.
        detail: what of it.
        clauses: the clauses that it rests on.
        span: where it stands in the policy's file; ``None`` where that is not at hand.
        covered_by: the questions that cover it, in the order of the examples.
        absent_in: for a provision or a gap, the questions that assert that it is not there.
        impossible: it is proved that no case whatever can cover it.
    """

    kind: Kind
    owner: str
    detail: Detail = None
    clauses: tuple[str, ...] = ()
    span: Span | None = None
    covered_by: tuple[Asked, ...] = ()
    absent_in: tuple[Asked, ...] = ()
    impossible: bool = False

    @property
    def key(self) -> Key:
        """Return what tells it from all others."""
        return self.kind, self.owner, self.detail

    @property
    def covered(self) -> bool:
        """Tell whether any question covers it."""
        return bool(self.covered_by)

    @property
    def demanded(self) -> bool:
        """Tell whether it counts: covered, or not proved impossible."""
        return self.covered or not self.impossible


@dataclass(frozen=True, slots=True)
class Count:
    """How many items there are, covered and in all, without the impossible ones, which are counted apart."""

    covered: int
    total: int
    impossible: int = 0

    @property
    def percent(self) -> int:
        """Return the share that is covered in whole percent, rounded down; of nothing, all."""
        return ALL * self.covered // self.total if self.total else ALL

    def reaches(self, least: float) -> bool:
        """Tell whether at least so many percent are covered."""
        return ALL * self.covered >= least * self.total


@dataclass(frozen=True)
class Coverage:
    """What the examples hold one policy to.

    Args:
        policy: the policy.
        name: the first name that the examples have for it.
        tried: the questions that were put to it, as it answers them.
        items: everything, by kind and in the order of the file.
    """

    policy: Policy
    name: str
    tried: tuple[Trial, ...]
    items: tuple[Item, ...]

    def of(self, kind: Kind) -> tuple[Item, ...]:
        """Return the items of *kind*."""
        return tuple(each for each in self.items if each.kind is kind)

    @cached_property
    def counts(self) -> dict[Kind, Count]:
        """How much of each kind is covered; kinds of which the policy has nothing are left out."""
        return {kind: _count(found) for kind in Kind if (found := self.of(kind))}

    @cached_property
    def overall(self) -> Count:
        """How much of everything is covered; clauses are left out: they only sum up provisions and gaps."""
        return _count(each for each in self.items if each.kind is not Kind.CLAUSES)

    @property
    def uncovered(self) -> Iterator[Item]:
        """Yield what no example covers although one could."""
        return (each for each in self.items if not each.covered and each.demanded)

    @property
    def impossible(self) -> Iterator[Item]:
        """Yield what no case can cover."""
        return (each for each in self.items if not each.demanded)


def _count(items: Iterable[Item]) -> Count:
    found = tuple(items)
    demanded = [each for each in found if each.demanded]
    return Count(sum(each.covered for each in demanded), len(demanded), len(found) - len(demanded))
