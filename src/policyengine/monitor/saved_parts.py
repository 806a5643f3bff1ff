"""The parts of a saved state: what is expected of each, and what is said where it is something else."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyengine.diagnostics import Diagnostic, diagnostic, printable
from policyengine.errors import TimeError
from policyengine.loading.words import LIST, TYPE_WORDS
from policyengine.monitor.reach import FIRST, LAST
from policyengine.temporal.instant import Instant
from policyengine.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

_TEXT = TYPE_WORDS["text"]
_MAPPING = Wording("映射 (键: 值)", "a mapping (key: value)")
_COUNT = Wording("不小于 0 的整数", "a whole number from 0 up")
_INSTANT = Wording("公元 1000 年至 9000 年间的时刻", "an instant in the years 1000 to 9000")
_LONGEST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Part:
    """A value in a state, where it stands, and where faults are gathered."""

    value: object
    place: str
    faults: list[Diagnostic]

    def at(self, name: str | int) -> Part:
        """Return the part *name*, ``None`` where there is none."""
        found = None
        if isinstance(self.value, dict):
            found = self.value.get(name)
        elif isinstance(self.value, list) and isinstance(name, int):
            found = self.value[name]
        return Part(found, f"{self.place}/{name}" if self.place else str(name), self.faults)

    def fault(self, problem: Wording) -> None:
        """Say what is wrong here."""
        self.faults.append(diagnostic("PE808", place=self.place or "/", problem=problem))

    def told(self, found: Iterable[Diagnostic]) -> None:
        """Say what is wrong with what stands here."""
        for each in found:
            self.fault(Wording(each.message("zh"), each.message("en")))

    def keys(self, known: Collection[str]) -> bool:
        """Tell whether this is a mapping, and say which of its keys are not among those *known*."""
        if not isinstance(self.value, dict):
            self._other(_MAPPING)
            return False
        self.told(diagnostic("PE113", name=name) for name in self.value if name not in known)
        return True

    def items(self) -> Iterator[Part]:
        """Yield the items of a list."""
        if not isinstance(self.value, list):
            self._other(LIST)
            return
        for number in range(len(self.value)):
            yield self.at(number)

    def text(self) -> str | None:
        """Return a text that is not empty."""
        if isinstance(self.value, str) and self.value:
            return self.value
        self._other(_TEXT)
        return None

    def texts(self) -> list[str]:
        """Return the texts of a list."""
        return [found for each in self.items() if (found := each.text()) is not None]

    def texts_by_name(self) -> dict[str, str]:
        """Return the texts of a mapping."""
        if not isinstance(self.value, dict):
            self._other(_MAPPING)
            return {}
        return {name: found for name in self.value if (found := self.at(name).text()) is not None}

    def count(self) -> int | None:
        """Return a whole number from 0 up."""
        if isinstance(self.value, int) and not isinstance(self.value, bool) and self.value >= 0:
            return self.value
        self._other(_COUNT)
        return None

    def instant(self) -> Instant | None:
        """Return an instant that can be asked about."""
        try:
            found = Instant.parse(self.value) if isinstance(self.value, str) else None
        except TimeError:
            found = None
        if found is not None and FIRST <= found <= LAST:
            return found
        self._other(_INSTANT)
        return None

    def _other(self, expected: Wording) -> None:
        found = f"`{printable(json.dumps(self.value)[:_LONGEST_SHOWN])}`"
        self.told((diagnostic("PE115", expected=expected, found=found),))
