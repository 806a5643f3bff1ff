"""The parts of a derivation: what was asked and found, which facts stood, how limits and acts came out.

Each is read off the reference run. They name provisions, clauses, events and facts by id; what these say is in the
policy and in the case.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policyengine.model.assessment import Candidate, Occurrence
    from policyengine.model.case import FactValue
    from policyengine.model.condition import Condition, FactTest, Truth
    from policyengine.model.deadline import Deadline, Regrading
    from policyengine.model.happening import Happening
    from policyengine.temporal.instant import Instant
    from policyengine.temporal.limit import Counting, Limit


class Origin(StrEnum):
    """Why a fact has the value that it has in a stretch of time (S8, S10)."""

    SET = "set"
    """An event set it."""
    GRADED_LATER = "graded_later"
    """It was unknown then, and takes the value that a later event set first."""
    INITIAL = "initial"
    """The case says so from the start."""
    PRESUMED = "presumed"
    """The policy takes it as given until somebody says otherwise."""
    DERIVED = "derived"
    """A decision table of the policy says so."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class RowTrace:
    """One row of a decision table at one time: what it says, its clauses, and what its condition comes to."""

    says: FactValue
    clauses: tuple[str, ...]
    asked: Asked


@dataclass(frozen=True, slots=True)
class FactSpan:
    """A fact in a stretch of time that ends where the next one begins.

    Args:
        since: its start; ``None`` for the start of the case.
        value: ``None`` while it is not known.
        origin: why.
        event: the event that set it.
        possible: the values that an unsettled derived fact may have.
        rows: the rows of the table that decided a derived fact, up to the first that is true.
    """

    since: Instant | None
    value: FactValue
    origin: Origin
    event: str | None = None
    possible: tuple[FactValue, ...] = ()
    rows: tuple[RowTrace, ...] = ()


@dataclass(frozen=True, slots=True)
class FactHistory:
    """Everything that a fact was, from the start of the case to `as_of`."""

    fact: str
    spans: tuple[FactSpan, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A condition as it was asked at one instant, with everything inside it (S9).

    Exactly one of `test`, `happened` and `parts` says what was asked; the parts stand in the order of the file.

    Args:
        truth: what it comes to.
        test: what was asked of one fact, or of one attribute of an event.
        value: the value that it had; ``None`` if it was not known.
        happened: the event types of which one was to have happened.
        event: the event that was one of them.
        connective: how the parts make the whole.
        parts: the parts.
    """

    truth: Truth
    test: FactTest | None = None
    value: FactValue = None
    happened: tuple[str, ...] = ()
    event: str | None = None
    connective: Connective | None = None
    parts: tuple[Asked, ...] = ()

    def tests(self) -> Iterator[Asked]:
        """Yield what was asked of single facts and of the log, in order."""
        if self.connective is None:
            yield self
        for part in self.parts:
            yield from part.tests()


class Connective(StrEnum):
    """How the parts of a condition make the whole."""

    ALL = "all"
    ANY = "any"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class ConditionSpan:
    """What a condition comes to from `since` on, until the next span; ``None`` for the start of the case."""

    since: Instant | None
    asked: Asked


class Part(StrEnum):
    """What part of a provision a condition or a happening is."""

    UPON = "upon"
    WHEN = "when"
    UNLESS = "unless"
    OF = "of"
    BEFORE = "before"
    UNTIL = "until"
    WAIVED_BY = "waived_by"


@dataclass(frozen=True, slots=True)
class ConditionTrace:
    """A condition of the provision along time, from the trigger to `as_of`; without a trigger from the start."""

    part: Part
    condition: Condition
    spans: tuple[ConditionSpan, ...]


@dataclass(frozen=True, slots=True)
class NearMiss:
    """An event of the type that is waited for which does not match, or of which nobody knows; `asked` says why."""

    event: str
    at: Instant
    asked: Asked


@dataclass(frozen=True, slots=True)
class Awaited:
    """Something that the duty waits for: an event, or the outcome of another duty.

    Args:
        part: what it is to the provision.
        happening: what is waited for.
        found: what was found first.
        doubt: where it lacks an attribute, so that nobody knows whether it matches: what was asked of it.
        instance: of a provision's several duties, the one whose outcome was found.
        missed: events of that type that do not match, the first of them.
    """

    part: Part
    happening: Happening
    found: Occurrence | None
    doubt: Asked | None = None
    instance: str | None = None
    missed: tuple[NearMiss, ...] = ()


Days = tuple["Instant | None", "Instant | None"]
"""`[from, to)`: days from their first instant on; an open side is ``None``."""


@dataclass(frozen=True, slots=True)
class InForceTrace:
    """Days on which the policy's versions, and the provision itself, are in force, and whether the duty falls in them.

    Args:
        judged_at: the instant that decides: the trigger, else `as_of` (S6).
        truth: whether they were in force then.
        versions: the policy's versions, `[from, to)` each; an open side is ``None``.
        own: the same for the provision itself, where it has days of its own.
    """

    judged_at: Instant
    truth: Truth
    versions: tuple[Days, ...]
    own: Days | None = None


@dataclass(frozen=True, slots=True)
class Defeat:
    """A stretch `[start, end)` in which another provision kept this one out of force."""

    provision: str
    instance: str | None
    start: Instant | None
    end: Instant | None


class Leaving(StrEnum):
    """Why a duty is no longer in force."""

    CONDITION = "condition"
    """Its condition no longer holds, or an exception does."""
    DEFEATED = "defeated"
    """Another provision that defeats it came into force."""
    VERSION = "version"
    """Its version, or the provision itself, went out of force."""
    UNTIL = "until"
    WAIVED = "waived"


@dataclass(frozen=True, slots=True)
class StretchTrace:
    """A stretch `[start, end)` in which the duty was in force; ``None`` for the start of the case, and for no end.

    Args:
        start, end: the stretch.
        mode: what its limit counts from when a change of known facts brought it into force (S26).
        left_by: why it ended.
        limit: the limit that held in it.
    """

    start: Instant | None
    end: Instant | None
    mode: Regrading | None
    left_by: Leaving | None
    limit: LimitTrace | None


@dataclass(frozen=True, slots=True)
class SingleTrace:
    """One single limit: the deadline itself, or a limb of a composite one (S20).

    Args:
        deadline: as written.
        anchor: what it counts from: the trigger, unless `of` names something else.
        counts_from: the instant of the anchor, or of the change that made it count afresh; ``None`` without an anchor.
        counting: the rules that it was counted by.
        asked: the limb's own condition, as read at its anchor.
        limit: as counted; ``None`` if its anchor has not happened, or the limb does not apply.
    """

    deadline: Deadline
    anchor: Occurrence | None
    counts_from: Instant | None
    counting: Counting
    asked: Asked | None
    limit: Limit | None


@dataclass(frozen=True, slots=True)
class CapTrace:
    """The limit for the same or a related act that was running when a change brought the duty into force (S26)."""

    provision: str
    instance: str | None
    limit: Limit


@dataclass(frozen=True, slots=True)
class LimitTrace:
    """How the limit of one stretch came about.

    Args:
        singles: its single limits, in the order of the file.
        cap: the limit that it must not exceed, where that was asked.
        earlier: the limit of the stretch before, where that is the one that stays.
        limit: what it came to.
    """

    singles: tuple[SingleTrace, ...]
    cap: CapTrace | None
    earlier: Limit | None
    limit: Limit | None


class Worth(StrEnum):
    """What an event of the act's type was worth to the duty."""

    PERFORMED = "performed"
    BREACHED = "breached"
    USED = "used"
    CONTINUED = "continued"
    """An act for a standing duty, which no act ends."""
    PARTIAL = "partial"
    OTHER = "other"
    """It does not match: other means, another addressee, somebody else's act, another key."""
    PERHAPS = "perhaps"
    """It lacks an attribute, so that nobody knows."""
    TOO_EARLY = "too_early"
    """Before trigger and anchor, or before the change from which the duty counts afresh."""
    NOT_IN_FORCE = "not_in_force"
    """While the duty was not in force."""
    NEEDLESS = "needless"
    """The duty was performed before."""
    OTHER_PERIOD = "other_period"
    """It serves, or falls in, another period of a recurring duty."""


@dataclass(frozen=True, slots=True)
class ActTrace:
    """An event of the act's type, or of one of its kinds.

    Args:
        event, at: the event.
        worth: what it was worth.
        late: whether it came after the limit, where it performed the duty.
        asked: what does not match, or is not known.
    """

    event: str
    at: Instant
    worth: Worth
    late: bool = False
    asked: Asked | None = None


@dataclass(frozen=True, slots=True)
class BearerTrace:
    """Whom a role meant, by the rows of the policy's table.

    Args:
        role: the policy's own role.
        at: the instant at which that was read: `as_of`, or the performance or violation (S10).
        rows: the rows of the table.
        candidates: whom it may mean.
    """

    role: str
    at: Instant
    rows: tuple[RowTrace, ...]
    candidates: tuple[Candidate, ...]
