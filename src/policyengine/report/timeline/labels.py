"""Labels that never lie on each other: those of events in steps above the axis, those of instants along it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Spread(NamedTuple):
    """From where to where something lies on the axis."""

    left: float
    right: float


def steps(spreads: Sequence[Spread]) -> list[int]:
    """Return for each label on how many others it stands, 0 right above the axis.

    A label begins at its own tick and reaches to the right. It stands above every later one that begins before it ends,
    so that neither the labels nor the lines that lead down from them cross.

    Args:
        spreads: in order of their left ends.

    >>> steps([Spread(0, 50), Spread(20, 60), Spread(55, 90)])
    [2, 1, 0]
    """
    found: list[int] = []
    for place in range(len(spreads) - 1, -1, -1):
        later = (
            level
            for level, other in zip(reversed(found), spreads[place + 1 :], strict=True)
            if other.left < spreads[place].right
        )
        found.append(1 + max(later, default=-1))
    return found[::-1]


def fitting(spreads: Iterable[Spread]) -> list[int]:
    """Return the places in *spreads*, the most important first, of those that find room beside the ones before them.

    >>> fitting([Spread(40, 60), Spread(0, 20), Spread(10, 30), Spread(70, 90)])
    [0, 1, 3]
    """
    kept: list[tuple[int, Spread]] = []
    for place, each in enumerate(spreads):
        if all(each.right <= other.left or other.right <= each.left for _, other in kept):
            kept.append((place, each))
    return [place for place, _ in kept]
