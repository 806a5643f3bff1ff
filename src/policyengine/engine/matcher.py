"""A matcher decides triggers and conditions, nothing else; the lifecycle of duties is the evaluators' work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from policyengine.model.case import FactValue
    from policyengine.model.condition import Condition, Truth


@dataclass(frozen=True, slots=True)
class Record:
    """What a condition is asked of: the facts as they stand at an instant, or one event's attributes.

    A name that `values` lacks is unknown. `happened` holds the types of the events so far; where the log is not
    `complete`, nobody knows that something has not happened (S8).
    """

    values: Mapping[str, FactValue]
    happened: frozenset[str] = frozenset()
    complete: bool = True


Decisions = tuple[tuple["Truth", ...], ...]
"""A row for each condition, in it a truth for each record."""


class Matcher(Protocol):
    """Decides every condition on every record (S9)."""

    def decide(self, conditions: Sequence[Condition], records: Sequence[Record]) -> Decisions:
        """Return for each condition, in order, its truth on each record, in order."""
        ...
