"""Regions of the facts: what conditions come to, told by no more facts than matter."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import TYPE_CHECKING, TypeVar

from policyengine.analysis.cells import cells
from policyengine.engine.branching import branches
from policyengine.engine.matcher import Record
from policyengine.model.frozen import FrozenMap

if TYPE_CHECKING:
    from policyengine.analysis.cells import Cell
    from policyengine.model.condition import Condition
    from policyengine.model.vocabulary import Vocabulary

Outcome = TypeVar("Outcome", bound=Hashable)

MOST_REGIONS = 200_000
"""So many combinations of cells are enumerated; where there are more, the question is refused, never sampled."""


class TooManyRegionsError(ValueError):
    """The facts that conditions ask about can come out in more ways than are enumerated."""


@dataclass(frozen=True, slots=True)
class Region:
    """Everything that the facts can be in one stretch of their space: for some facts the cells that they lie in.

    A fact that is not named may be anything. `happened` tells of types of events whether one has happened.
    """

    facts: tuple[tuple[str, tuple[Cell, ...]], ...]
    happened: tuple[tuple[str, tuple[bool, ...]], ...] = ()

    def witness(self) -> Record:
        """Return a record of facts and events that lies in the region; facts left open are unknown in it."""
        values = FrozenMap({name: found[0].witness for name, found in self.facts})
        return Record(values, frozenset(name for name, truths in self.happened if truths[0]))


def partition(
    vocabulary: Vocabulary, conditions: Iterable[Condition], ask: Callable[[Record], Outcome]
) -> tuple[tuple[Region, Outcome], ...]:
    """Return what *ask* comes to in every region of the facts that *conditions* ask about; together they are all cases.

    Exact: *ask* is put to a record of every combination of cells, within each of which no condition changes.

    Args:
        vocabulary: the facts and their values.
        conditions: everything that *ask* may look at.
        ask: what is to be known of a record: which provisions apply, for example.

    Raises:
        TooManyRegionsError: more than :data:`MOST_REGIONS` combinations.
        TooManyContentsError: too many values of a list are asked for.
    """
    asked = tuple(conditions)
    tests = [test for each in asked for part in each.parts() for test in part.facts]
    axes: dict[str, tuple[Cell, ...]] = {
        name: cells(name, tests, vocabulary) for name in dict.fromkeys(test.fact for test in tests)
    }
    events = tuple(dict.fromkeys(name for each in asked for name in each.events_asked()))
    count = prod(map(len, axes.values())) * 2 ** len(events)
    if count > MOST_REGIONS:
        raise TooManyRegionsError(f"{count} combinations of what is asked; at most {MOST_REGIONS} are enumerated")
    sides: list[tuple[Cell | bool, ...]] = [*axes.values(), *((True, False) for _ in events)]
    found = {chosen: ask(_record(tuple(axes), events, chosen)) for chosen in product(*sides)}
    return tuple((_region(leaf, axes), outcome) for leaf, outcome in branches((*axes, *events), found))


def _record(names: tuple[str, ...], events: tuple[str, ...], chosen: tuple[Cell | bool, ...]) -> Record:
    values = {name: each.witness for name, each in zip(names, chosen, strict=False) if not isinstance(each, bool)}
    happened = frozenset(name for name, each in zip(events, chosen[len(names) :], strict=True) if each is True)
    return Record(FrozenMap(values), happened)


def _region(leaf: tuple[tuple[str, tuple[Cell | bool, ...]], ...], axes: Mapping[str, tuple[Cell, ...]]) -> Region:
    facts = [
        (name, tuple(each for each in chosen if not isinstance(each, bool))) for name, chosen in leaf if name in axes
    ]
    happened = [(name, tuple(each for each in chosen if isinstance(each, bool))) for name, chosen in leaf]
    return Region(tuple(facts), tuple(each for each in happened if each[0] not in axes))
