"""Numbers between others, exactly: conditions compare whole numbers and floats of any size."""

from __future__ import annotations

from math import ceil, floor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction


def between(low: Fraction | None, high: Fraction | None) -> int | float | None:
    """Return a number between two others, a whole one if there is any; ``None`` where no number of Python lies.

    >>> from fractions import Fraction
    >>> between(Fraction(1), Fraction(3)), between(Fraction(1), Fraction(2)), between(None, Fraction(1, 2))
    (2, 1.5, 0)
    """
    if low is None:
        return 0 if high is None else ceil(high) - 1
    whole = floor(low) + 1
    if high is None or whole < high:
        return whole
    middle = float((low + high) / 2)  # if any float lies between, the one nearest to the middle does
    return middle if low < middle < high else None
