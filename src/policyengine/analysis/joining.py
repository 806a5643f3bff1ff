"""Regions that come to the same, joined: told by no more facts than tell them apart from all others."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from policyengine.analysis.cells import Cell
from policyengine.analysis.regions import Region
from policyengine.model.frozen import FrozenMap

What = TypeVar("What", bound=Hashable)
_Side = Cell | bool
_Path = tuple[tuple[str, tuple[_Side, ...]], ...]


def joined(found: Sequence[tuple[Region, What]]) -> tuple[tuple[Region, What], ...]:
    """Return what *found* comes to in fewer regions, none of which has cases in it that come to something else.

    Cases in none of the regions are left to either side: what is told holds among the cases that are found.
    """
    boxes = tuple(_Box(FrozenMap({**dict(region.facts), **dict(region.happened)}), what) for region, what in found)
    axes = {name: _axis(name, boxes) for name in dict.fromkeys(name for each in boxes for name in each.sides)}
    return tuple((_region(path), outcome) for path, outcome in _split(boxes, axes))


@dataclass(frozen=True, slots=True)
class _Box(Generic[What]):
    """A region by what is told of it: for facts the cells, for types of events whether one has happened."""

    sides: Mapping[str, tuple[_Side, ...]]
    outcome: What

    def holds(self, name: str, side: _Side) -> bool:
        return name not in self.sides or side in self.sides[name]


def _axis(name: str, boxes: Iterable[_Box[What]]) -> tuple[_Side, ...]:
    every = dict.fromkeys(side for each in boxes for side in each.sides.get(name, ()))
    return tuple(sorted(every, key=_start))


def _start(side: _Side) -> tuple[float, bool]:
    """Return where a stretch of numbers begins, so that neighbours are found; of anything else nothing."""
    if isinstance(side, bool) or (side.low is None and side.high is None):
        return (0.0, False)
    return (float("-inf") if side.low is None else side.low, not side.low_in)


def _split(boxes: Sequence[_Box[What]], axes: Mapping[str, tuple[_Side, ...]]) -> tuple[tuple[_Path, What], ...]:
    outcomes = {each.outcome for each in boxes}
    if len(outcomes) <= 1:
        return tuple(((), each) for each in outcomes)
    name, parted = min(((name, _parted(name, axis, boxes)) for name, axis in axes.items()), key=_mixed)
    rest = {each: axis for each, axis in axes.items() if each != name}
    alike: dict[tuple[tuple[_Path, What], ...], list[_Side]] = {}
    for side, inside in parted.items():
        alike.setdefault(_split(inside, rest), []).append(side)
    if len(alike) == 1:
        return next(iter(alike))
    return tuple(
        (((name, tuple(sides)), *path), outcome) for leaves, sides in alike.items() for path, outcome in leaves
    )


def _parted(name: str, axis: Sequence[_Side], boxes: Sequence[_Box[What]]) -> dict[_Side, tuple[_Box[What], ...]]:
    """Return the boxes by what *name* is in them."""
    found = {side: tuple(each for each in boxes if each.holds(name, side)) for side in axis}
    return {side: inside for side, inside in found.items() if inside}


def _mixed(parted: tuple[str, Mapping[_Side, Sequence[_Box[What]]]]) -> int:
    """Return how many boxes stay beside others that come to something else."""
    return sum(len(inside) for inside in parted[1].values() if len({each.outcome for each in inside}) > 1)


def _region(path: _Path) -> Region:
    facts = [(name, tuple(each for each in chosen if isinstance(each, Cell))) for name, chosen in path]
    happened = [(name, tuple(each for each in chosen if isinstance(each, bool))) for name, chosen in path]
    return Region(tuple(each for each in facts if each[1]), tuple(each for each in happened if each[1]))
