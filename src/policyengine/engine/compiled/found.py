"""What one duty has come to, in whole numbers: instants in microseconds, events by their place in the log."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from policyengine.engine.reference.instances import Key
    from policyengine.model.assessment import Status
    from policyengine.model.condition import Condition
    from policyengine.model.deadline import Regrading
    from policyengine.temporal.limit import Limit


Unknown = tuple["Condition | None", "Condition | None"]
"""What may come out in two ways: `when` and `unless` of a provision. Where two provisions have the same, so do both."""


class Point(NamedTuple):
    """Something at an instant: an event, or the outcome of another provision.

    Args:
        at: the instant.
        place: of the event; -1 where there is none.
        provision: whose outcome it is; ``None`` for an event by itself.
        counts_from: what a limit anchored here runs from, where that is not `at` (S16).
    """

    at: int
    place: int
    provision: str | None = None
    counts_from: int | None = None

    @property
    def anchor(self) -> int:
        """Return what a limit anchored here runs from."""
        return self.at if self.counts_from is None else self.counts_from


class Due(NamedTuple):
    """A limit: its end, and the first late instant.

    Args:
        due: its end.
        late_from: the first instant that is late.
        place: of the event that must be preceded, which decides at its very instant (S21); -1 for any other limit.
        spell: writes it out as a `Limit`, step by step.
    """

    due: int
    late_from: int
    place: int
    spell: Callable[[], Limit]

    def in_time(self, at: int, place: int) -> bool:
        """Tell whether an act at *at*, at *place* in the log, is in time."""
        if self.place >= 0 and at == self.due:
            return place < self.place
        return at < self.late_from


class Run(NamedTuple):
    """One stretch `[start, end)` in which a duty is in force; `mode` as in the reference's `Stretch` (S26)."""

    start: int
    end: int | None
    mode: Regrading | None = None


class Arising(NamedTuple):
    """One duty that a provision can have (S11).

    Args:
        trigger: what put it in force; ``None`` while nothing did.
        label: what tells it from the provision's other duties; ``None`` for the only one.
        key: the values that correlated events must share.
        watched: the duty whose outcome triggers it, by provision and label.
        event: what puts it in force, where that is an event of its own.
    """

    trigger: Point | None
    label: str | None = None
    key: Key = ()
    watched: tuple[str, str | None] | None = None
    event: str | None = None

    @property
    def about(self) -> str | None:
        """Return what it has in common with the other duties about the same occurrence."""
        return self.event or self.label


@dataclass(slots=True)
class Found:
    """What one duty has come to in one world; the fields are those of the reference's `Result` and `Instance`."""

    status: Status
    trigger: Point | None = None
    anchor: Point | None = None
    limit: Due | None = None
    performed: int = -1
    violated_at: int | None = None
    late_activation: bool = False
    owed: bool = False
    breaches: tuple[int, ...] = ()
    last_act: int = -1
    partial_acts: tuple[int, ...] = ()
    in_force: bool = False
    label: str | None = None
    key: Key = ()
    starts: int | None = None
    otherwise: Found | None = field(default=None, repr=False)
    """What it comes to if the unknowns are false, where they are taken as true here (S13)."""
    unknown: Unknown | None = None
    """Which conditions are unknown, where that makes a difference."""
