"""Values of facts as small integers: only what the policy's conditions can tell apart."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from policyengine.engine.reference.conditions import same

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    import numpy.typing as npt

    from policyengine.model.base import Atom
    from policyengine.model.case import FactValue

UNSTATED = -1
"""The case says nothing: the presumed value holds, if there is one."""
UNKNOWN = -2
"""Explicitly null, or neither stated nor presumed."""


class Kind(StrEnum):
    """How the values of a fact become codes."""

    PLACE = "place"
    """The place in `values` (all the fact's named values, or false and true)."""
    TEXT = "text"
    """The place in `values` (those that conditions ask for), or one past the last for any other text."""
    NUMBER = "number"
    """2i + 1 for the i-th of `values` (ascending), 2i for what lies below it and above the one before."""
    MANY = "many"
    """A bit for each of `values` that the list contains."""


@dataclass(frozen=True, slots=True)
class Coding:
    """How one fact is coded.

    Args:
        fact: its name.
        kind: how its values become codes.
        values: what the codes are about.
        presumed: the code that holds where a case says nothing; `UNKNOWN` where nothing is presumed.
        ordered: whether a greater code is a greater value.
    """

    fact: str
    kind: Kind
    values: tuple[Atom, ...]
    presumed: int = UNKNOWN
    ordered: bool = False

    @property
    def size(self) -> int:
        """Return how many codes a single value can have."""
        return {Kind.NUMBER: 2 * len(self.values) + 1, Kind.TEXT: len(self.values) + 1}.get(self.kind, len(self.values))

    @property
    def lossy(self) -> bool:
        """Tell whether two different values can have one code."""
        return self.kind is not Kind.PLACE

    def code(self, value: FactValue) -> int:
        """Return the code of a *value* that the vocabulary allows for the fact; `UNKNOWN` for ``None``."""
        if value is None:
            return UNKNOWN
        if isinstance(value, tuple):
            return sum(1 << place for place, each in enumerate(self.values) if any(same(each, one) for one in value))
        if self.kind is Kind.NUMBER:
            place = bisect_left(self.values, value)  # numbers alone
            return 2 * place + (place < len(self.values) and self.values[place] == value)
        return next((place for place, each in enumerate(self.values) if same(each, value)), len(self.values))

    def codes(self, values: Iterable[FactValue]) -> npt.NDArray[np.int32]:
        """Return the codes of *values*, one by one."""
        import numpy as np

        return np.fromiter((self.code(each) for each in values), dtype=np.int32)
