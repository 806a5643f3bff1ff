"""Which questions cover which items."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyengine.checks.coverage import boundaries, branches, norms, readings, tables

if TYPE_CHECKING:
    from policyengine.checks.coverage.coverage import Asked, Key
    from policyengine.checks.coverage.trials import Trial


@dataclass(frozen=True, slots=True)
class Covered:
    """By item the questions that cover it, and by provision and gap those that assert that it is not there."""

    by_key: Mapping[Key, tuple[Asked, ...]]
    absent: Mapping[str, tuple[Asked, ...]]

    def by(self, key: Key) -> tuple[Asked, ...]:
        """Return the questions that cover the item *key*, in the order of the examples."""
        return self.by_key.get(key, ())


def covered(trials: Iterable[Trial]) -> Covered:
    """Return what *trials* cover."""
    by_key: dict[Key, dict[Asked, None]] = {}
    absent: dict[str, dict[Asked, None]] = {}
    for each in trials:
        for key in shown(each):
            by_key.setdefault(key, {})[each.asked] = None
        for name in each.absent:
            absent.setdefault(name, {})[each.asked] = None
    return Covered(
        {key: tuple(found) for key, found in by_key.items()}, {name: tuple(found) for name, found in absent.items()}
    )


def shown(trial: Trial) -> Iterator[Key]:
    """Yield every item that *trial* covers, some of them more than once."""
    for part in (norms, tables, branches, boundaries, readings):
        yield from part.shown(trial)
