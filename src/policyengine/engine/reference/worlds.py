"""Unknowns as choices: run a computation once for each way in which they could come out (S13)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

MOST_WORLDS = 256
"""Beyond so many combinations of unknowns the rest is left unexplored, and the caller is told."""


@dataclass(slots=True)
class World:
    """One way in which the unknowns come out. The same key asked again gives the same choice."""

    script: tuple[int, ...] = ()
    taken: list[tuple[int, int]] = field(default_factory=list)
    made: dict[object, int] = field(default_factory=dict)

    def choose(self, key: object, options: Sequence[Item]) -> Item:
        """Return this world's choice among *options* for the unknown *key*; the first world takes the first ones."""
        if len(options) == 1:
            return options[0]
        if key not in self.made:
            position = len(self.taken)
            choice = self.script[position] if position < len(self.script) else 0
            self.taken.append((choice, len(options)))
            self.made[key] = choice
        return options[self.made[key]]


def explore(run: Callable[[World], Result]) -> tuple[tuple[Result, ...], bool]:
    """Return the result of *run* in every world, the first world's first, and whether all worlds were explored."""
    results: list[Result] = []
    scripts: list[tuple[int, ...]] = [()]
    while scripts and len(results) < MOST_WORLDS:
        world = World(scripts.pop(0))
        results.append(run(world))
        choices = tuple(choice for choice, _ in world.taken)
        for position in range(len(world.script), len(choices)):
            count = world.taken[position][1]
            scripts += [(*choices[:position], other) for other in range(1, count)]
    return tuple(results), not scripts
