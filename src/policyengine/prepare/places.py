"""Where the parts of a case stand in its file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policyengine.diagnostics import Span
    from policyengine.model.case import Case, Event


@dataclass(frozen=True, slots=True)
class Place:
    """A part of a case: where it and its own parts stand in the file, as far as it came from one."""

    spans: Mapping[str, Span]
    path: str
    whole: Span | None = None

    def span(self, *, key: bool = False) -> Span | None:
        """Return where it stands, or its key does."""
        return self.spans.get(f"{self.path}:" if key else self.path, self.whole)

    def part(self, name: str | int) -> Place:
        """Return its part *name*."""
        return Place(self.spans, f"{self.path}/{name}", self.whole)


def place_of(case: Case, number: int, event: Event) -> Place:
    """Return the place of the *event* that has the *number*, counted from 0, in the log of *case*."""
    return Place(case.spans, f"events/{number}", event.span)
