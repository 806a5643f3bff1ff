"""From a table of outcomes to the fewest distinctions that tell them apart."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import TypeVar

Value = TypeVar("Value", bound=Hashable)
Outcome = TypeVar("Outcome", bound=Hashable)


def branches(
    names: tuple[str, ...], outcomes: Mapping[tuple[Value, ...], Outcome]
) -> Iterator[tuple[tuple[tuple[str, tuple[Value, ...]], ...], Outcome]]:
    """Yield *outcomes* as a tree, leaf by leaf: what was distinguished on the way, and the outcome.

    A name that makes no difference is left out, and values that come to the same stand together. Names are looked at
    in their order, so the tree is exact, but not always the smallest.

    Args:
        names: what the values in each key are of, in their order.
        outcomes: one for every combination of values.

    >>> table = {("low", True): 1, ("low", False): 1, ("high", True): 2, ("high", False): 1}
    >>> for leaf in branches(("grade", "flag"), table):
    ...     print(leaf)
    ((('grade', ('low',)),), 1)
    ((('grade', ('high',)), ('flag', (True,))), 2)
    ((('grade', ('high',)), ('flag', (False,))), 1)
    """
    found = iter(outcomes.values())
    first = next(found)
    if not names or all(each == first for each in found):
        yield (), first
        return
    alike: dict[tuple[Outcome, ...], list[Value]] = {}
    for value in dict.fromkeys(key[0] for key in outcomes):
        row = tuple(outcome for key, outcome in outcomes.items() if key[0] == value)
        alike.setdefault(row, []).append(value)
    for values in alike.values():
        inner = {key[1:]: outcome for key, outcome in outcomes.items() if key[0] == values[0]}
        own = () if len(alike) == 1 else ((names[0], tuple(values)),)
        yield from (((*own, *more), outcome) for more, outcome in branches(names[1:], inner))
