"""Regions of the facts: what norms come to, told by no more facts than matter."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

from policyengine.analysis.cells import cells
from policyengine.engine.matcher import Record
from policyengine.model.frozen import FrozenMap

if TYPE_CHECKING:
    from policyengine.analysis.cells import Cell
    from policyengine.model.case import FactValue
    from policyengine.model.condition import Condition
    from policyengine.model.vocabulary import Vocabulary

Outcome = TypeVar("Outcome", bound=Hashable)

MOST_ASKED = 5_000
"""So many times is a question put; where more would be needed it is refused, or left to z3, but never sampled."""


class TooManyRegionsError(ValueError):
    """The facts that conditions ask about can come out in more ways than are enumerated."""


@dataclass(frozen=True, slots=True)
class Region:
    """Everything that the facts can be in one stretch of their space: for some facts the cells that they lie in.

    A fact that is not named may be anything, but is known: what conditions come to is told of known facts. `happened`
    tells of types of events whether one has happened. An `example` is one case of those that come to the same, where
    there is too much to tell all of them.
    """

    facts: tuple[tuple[str, tuple[Cell, ...]], ...]
    happened: tuple[tuple[str, tuple[bool, ...]], ...] = ()
    example: bool = False

    def witness(self) -> Record:
        """Return a record of facts and events that lies in the region; facts left open are unknown in it."""
        values = FrozenMap({name: found[0].witness for name, found in self.facts})
        return Record(values, frozenset(name for name, truths in self.happened if truths[0]))


@dataclass(frozen=True, slots=True)
class Open:
    """No answer yet: it depends on one of `facts`, which a record lacks."""

    facts: tuple[str, ...]


def partition(
    vocabulary: Vocabulary,
    conditions: Iterable[Condition],
    ask: Callable[[Record], Outcome | Open],
    given: Mapping[str, FactValue] = FrozenMap(),
) -> tuple[tuple[Region, Outcome], ...]:
    """Return what *ask* comes to in every region of the facts that *conditions* ask about; together they are all cases.

    Exact: a fact is split only where *ask* says that it depends on it, and then into all of its cells, within each of
    which no condition changes; regions that come to the same are joined.

    Args:
        vocabulary: the facts and their values.
        conditions: everything that *ask* may look at.
        ask: what is to be known of a record, in which facts may be missing: then it may answer :class:`Open`.
        given: facts that are settled beforehand, in every region.

    Raises:
        TooManyRegionsError: *ask* would have to be asked more than :data:`MOST_ASKED` times.
        TooManyContentsError: too many values of a list are asked for.
    """
    asked = tuple(conditions)
    tests = [test for each in asked for part in each.parts() for test in part.facts]
    axes = {name: cells(name, tests, vocabulary) for name in dict.fromkeys(test.fact for test in tests)}
    events = tuple(dict.fromkeys(name for each in asked for name in each.events_asked()))
    if 2 ** len(events) > MOST_ASKED:
        raise TooManyRegionsError(f"the conditions ask about {len(events)} types of events")
    growing = _Growing(FrozenMap(axes), ask)
    return tuple((_region(path), outcome) for path, outcome in growing.past(dict(given), frozenset(), events))


_Path = tuple[tuple[str, tuple["Cell | bool", ...]], ...]


@dataclass(slots=True)
class _Growing(Generic[Outcome]):
    """A tree of questions under way."""

    axes: Mapping[str, tuple[Cell, ...]]
    ask: Callable[[Record], Outcome | Open]
    asked: int = field(default=0, init=False)

    def past(
        self, values: dict[str, FactValue], happened: frozenset[str], events: tuple[str, ...]
    ) -> tuple[tuple[_Path, Outcome], ...]:
        """Return the leaves where of *events* nothing is known yet."""
        if not events:
            return self.facts(values, happened)
        name, *rest = events
        yes = self.past(values, happened | {name}, tuple(rest))
        return _joined(name, [(True, yes), (False, self.past(values, happened, tuple(rest)))])

    def facts(self, values: dict[str, FactValue], happened: frozenset[str]) -> tuple[tuple[_Path, Outcome], ...]:
        """Return the leaves where the facts are known to be *values*."""
        self.asked += 1
        if self.asked > MOST_ASKED:
            raise TooManyRegionsError(f"more than {MOST_ASKED} combinations of facts matter")
        found = self.ask(Record(FrozenMap(values), happened))
        if not isinstance(found, Open):
            return (((), found),)
        name = next(each for each in found.facts if each not in values)
        return _joined(name, [(cell, self.facts({**values, name: cell.witness}, happened)) for cell in self.axes[name]])


def _joined(
    name: str, children: Sequence[tuple[Cell | bool, tuple[tuple[_Path, Outcome], ...]]]
) -> tuple[tuple[_Path, Outcome], ...]:
    """Return the leaves below a fact, with the values that come to the same together; without it if all do."""
    alike: dict[tuple[tuple[_Path, Outcome], ...], list[Cell | bool]] = {}
    for value, leaves in children:
        alike.setdefault(leaves, []).append(value)
    if len(alike) == 1:
        return children[0][1]
    return tuple(
        (((name, tuple(values)), *path), outcome) for leaves, values in alike.items() for path, outcome in leaves
    )


def _region(path: _Path) -> Region:
    facts = [(name, tuple(each for each in chosen if not isinstance(each, bool))) for name, chosen in path]
    happened = [(name, tuple(each for each in chosen if isinstance(each, bool))) for name, chosen in path]
    return Region(tuple(each for each in facts if each[1]), tuple(each for each in happened if each[1]))
