"""From instants to places on a horizontal axis: to scale where everything can be told apart, else compressed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import log2
from typing import TYPE_CHECKING

from policyengine.temporal.instant import MINUTE

if TYPE_CHECKING:
    from policyengine.temporal.instant import Instant

_TOLD_APART = 1 / 22
"""The least part of an axis that two neighbours may lie apart on a true scale."""
_LEAST = 2.0
"""What every interval is given on a compressed scale, however short, beside the logarithm of its minutes."""


@dataclass(frozen=True, slots=True)
class Scale:
    """A monotone axis.

    Args:
        micros: the instants that have a place of their own, in order.
        places: where each of them is.
        true: whether lengths on the axis are in the ratio of lengths of time.
    """

    micros: tuple[int, ...]
    places: tuple[float, ...]
    true: bool

    def at(self, instant: Instant) -> float:
        """Return the place of *instant*; what lies outside is at the nearer end."""
        after = bisect_right(self.micros, instant.micros)
        if after == 0:
            return self.places[0]
        if after == len(self.micros):
            return self.places[-1]
        (start, end), (left, right) = (row[after - 1 : after + 1] for row in (self.micros, self.places))
        return left + (right - left) * (instant.micros - start) / (end - start)


def scale(instants: Iterable[Instant], left: float, right: float) -> Scale:
    """Return the axis for *instants*, at least one, from *left* to *right*.

    It is to scale unless some neighbours would then lie too close to be told apart. Otherwise each interval between
    neighbours has a width that grows with the logarithm of its length, so that half an hour is to be seen beside two
    years: the order is right, and within an interval lengths are.
    """
    micros = tuple(sorted({each.micros for each in instants}))
    gaps = [end - start for start, end in pairwise(micros)]
    if not gaps:
        return Scale(micros, (left,), true=True)
    true = min(gaps) >= _TOLD_APART * sum(gaps)
    weights = [float(each) for each in gaps] if true else [_LEAST + log2(1 + each / MINUTE) for each in gaps]
    unit = (right - left) / sum(weights)
    return Scale(micros, tuple(accumulate((each * unit for each in weights), initial=left)), true)
