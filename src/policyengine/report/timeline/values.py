"""What a timeline is: what happened and the duties' limits, already in words, each at its instant."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from policyengine.report.page import Tone

if TYPE_CHECKING:
    from policyengine.report.moments import Clock
    from policyengine.report.page import Line
    from policyengine.temporal.instant import Instant


class Mark(StrEnum):
    """How a duty stands at the instant asked about."""

    KEPT = "kept"
    """Performed within its limit."""
    DONE = "done"
    """Performed; the text gives no number."""
    LATE = "late"
    """An obligation (`must`) violated, whether performed since or not."""
    BREACHED = "breached"
    """A prohibition violated."""
    DEPARTED = "departed"
    """What is owed in principle (`should`) violated."""
    RUNNING = "running"
    """Still owed, its limit to come."""
    WAITED_FOR = "waited_for"
    """Still owed; the text gives no number."""
    UNDETERMINED = "undetermined"
    OVER = "over"
    """Withdrawn, waived or ended."""


FAULTS = frozenset({Mark.LATE, Mark.BREACHED, Mark.DEPARTED})
"""Marks of what went wrong."""

SHOWN = 3
"""Of periods that share a lane so many limits that were missed are rows of their own, the last ones."""


@dataclass(frozen=True, slots=True)
class Told:
    """A remark in words, and how it strikes the eye."""

    words: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Happened:
    """An event of the log as it stands.

    Args:
        at: when it happened.
        title: who did what, with the event's id.
        short: the same without who did it.
        remarks: what it makes known, performs or breaches.
        seen: whether the answer sees it; ``False`` for what is later than the instant asked about.
    """

    at: Instant
    title: str
    short: str
    remarks: tuple[Told, ...] = ()
    seen: bool = True


@dataclass(frozen=True, slots=True)
class Stretch:
    """The time of one duty.

    Args:
        mark: how it stands.
        start: the instant its limit is counted from, or else the one that put it in force; ``None`` where none is.
        due: the end of its limit, if the text gives a number.
        until: where its time ends: the act, else the instant asked about.
        acts: the acts that performed, partly performed or breached it, in order.
        provisional: whether `due` rests on days that no calendar has announced.
        ends: `due` in words, a last midnight as 24:00.
        goes_on: whether it is not over yet: the act is still owed, or may be.
    """

    mark: Mark
    start: Instant | None
    due: Instant | None
    until: Instant
    acts: tuple[Instant, ...] = ()
    provisional: bool = False
    ends: str = ""
    goes_on: bool = False

    @property
    def instants(self) -> tuple[Instant, ...]:
        """Return every instant that it has a place at."""
        return tuple(each for each in (self.start, self.due, self.until, *self.acts) if each is not None)


@dataclass(frozen=True, slots=True)
class Lane:
    """One duty, or the many periods of a recurring one, in words and with their times.

    Args:
        title: the provision's title with its id, and which of its duties it is.
        bearer: who owes it.
        clauses: the ids of the clauses that it rests on.
        mark: how it stands; of several periods how the worst of them does.
        word: the mark in words.
        state: how it stands, with how late or how long.
        detail: by when, or that the text gives no number; of a breached prohibition when it was breached first.
        stretches: its times, in order; one unless it is folded.
    """

    title: str
    bearer: str
    clauses: tuple[str, ...]
    mark: Mark
    word: str
    state: str
    detail: str
    stretches: tuple[Stretch, ...]

    @property
    def folded(self) -> bool:
        """Tell whether it stands for several periods."""
        return len(self.stretches) > 1

    @property
    def instants(self) -> tuple[Instant, ...]:
        """Return the instants that need a place of their own: of several periods the first and the last."""
        found = sorted({each for stretch in self.stretches for each in stretch.instants})
        return (found[0], found[-1]) if self.folded and found else tuple(found)


@dataclass(frozen=True, slots=True)
class Band:
    """Lanes under one heading."""

    heading: str
    lanes: tuple[Lane, ...]


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit as a row of its own.

    Args:
        at: when it ends.
        ends: the same in words, a last midnight as 24:00.
        inclusive: whether an act at that very instant is in time.
        lane: the duty.
    """

    at: Instant
    ends: str
    inclusive: bool
    lane: Lane


@dataclass(frozen=True, slots=True)
class Others:
    """What has no place on the axis: titles under a heading."""

    heading: str
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """One case in time.

    Args:
        title: which case it is.
        policies: by which policies it was judged.
        clock: the clock of the first of them, on which every instant is told.
        as_of: the instant asked about; `as_of_words` has it with the zone.
        premises: how much of the log is seen, and what was taken back.
        counts: how many events there are, and how the duties stand.
        events: in order of time, those of one instant in the order of the log.
        bands: the duties, the first to end first.
        limits: the ends of their limits, in order of time; of folded periods only those that need an eye.
        others: what has no place on the axis.
    """

    title: str
    policies: tuple[str, ...]
    clock: Clock
    as_of: Instant
    as_of_words: str
    premises: tuple[Line, ...]
    counts: str
    events: tuple[Happened, ...]
    bands: tuple[Band, ...]
    limits: tuple[Limit, ...]
    others: tuple[Others, ...]

    @property
    def origin(self) -> Instant | None:
        """Return the first event's instant, from which elapsed time is counted."""
        return self.events[0].at if self.events else None

    @property
    def lanes(self) -> tuple[Lane, ...]:
        """Return every lane, in order."""
        return tuple(lane for band in self.bands for lane in band.lanes)
