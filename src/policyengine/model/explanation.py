"""What an explanation is: the derivation of one duty as data, from the log to the last step of its limit.

A derivation is read from top to bottom: what was waited for and what was found, which facts stood and who had set them,
whether the conditions held and when, what that makes of the duty along time, each limit with every step of its
arithmetic, and each act with what it was worth. It names provisions, clauses, events and facts by id; what they say is
in the policy and in the case. All of it is read off the reference run, so it cannot say anything else than the answer.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from policyengine.model.condition import Truth

if TYPE_CHECKING:
    from policyengine.model.assessment import Assessment, Choice, Duty, Status
    from policyengine.model.case import Case, FactValue
    from policyengine.model.policy import Policy
    from policyengine.model.traces import (
        ActTrace,
        Awaited,
        BearerTrace,
        ConditionTrace,
        Defeat,
        FactHistory,
        InForceTrace,
        StretchTrace,
    )
    from policyengine.temporal.instant import Instant
    from policyengine.temporal.limit import Limit


@dataclass(frozen=True, slots=True)
class Derivation:
    """How one row of the answer came about.

    Args:
        duty: the row.
        triggers: everything that could put it in force, and what was found.
        life: whether its version was in force.
        facts: the facts that its conditions ask about, along time; those that derived facts rest on come after them.
        conditions: `when` and `unless` along time.
        defeats: when other provisions kept it out of force.
        ends: what ends or waives it, and what was found.
        stretches: when it was in force, with the limit of each stretch.
        anchors: what its limits count from, where that is not the trigger, and what was found.
        period: the period of a recurring duty, as a limit with its steps.
        acts: every event of the act's type, with its worth; the first of them where there are many.
        bearer: how its bearer was found, where a table says who that is.
    """

    duty: Duty
    triggers: tuple[Awaited, ...] = ()
    life: InForceTrace | None = None
    facts: tuple[FactHistory, ...] = ()
    conditions: tuple[ConditionTrace, ...] = ()
    defeats: tuple[Defeat, ...] = ()
    ends: tuple[Awaited, ...] = ()
    stretches: tuple[StretchTrace, ...] = ()
    anchors: tuple[Awaited, ...] = ()
    period: Limit | None = None
    acts: tuple[ActTrace, ...] = ()
    bearer: BearerTrace | None = None

    @property
    def assumed(self) -> bool:
        """Tell whether something unknown was taken in one of several ways: as true where a condition asks it."""
        from policyengine.model.traces import Worth

        asked = (span.asked.truth for trace in self.conditions for span in trace.spans)
        waited = (*self.triggers, *self.anchors, *self.ends)
        return (
            Truth.UNKNOWN in asked
            or any(each.doubt is not None for each in waited)
            or any(each.worth is Worth.PERHAPS for each in self.acts)
        )


@dataclass(frozen=True, slots=True)
class Absence:
    """Why a provision has no row at all.

    Args:
        scope: it is about an agency's own log, or about a case, and the log is the other; ``None`` otherwise.
        admitted_by: each combination of options that admits the provision, where the chosen ones do not.
    """

    scope: str | None = None
    admitted_by: tuple[tuple[Choice, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Settling:
    """What an undetermined duty comes to when missing facts come out in one way. Replayed, not guessed.

    Args:
        facts: each fact that was supposed, with the values that all come to this.
        complete_log: whether the log was supposed to be complete up to `as_of`, instead.
        done_by: where an act was supposed to have gone unrecorded besides: when it was done, in time.
        duty: the row that the duty then has; ``None`` when there is none.
    """

    facts: tuple[tuple[str, tuple[FactValue, ...]], ...]
    complete_log: bool
    duty: Duty | None
    done_by: Instant | None = None


class RemedyKind(StrEnum):
    """What kind of other course would have made, or makes, the duty compliant."""

    ACT = "act"
    """Doing the act, at this instant at the latest."""
    FIRST = "first"
    """What ends a prohibition, before the first act that breached it."""
    REFRAIN = "refrain"
    """Not doing what breached it."""


@dataclass(frozen=True, slots=True)
class Remedy:
    """Another course of events under which the duty is in order. Replayed, not guessed.

    Args:
        kind: what kind of course.
        act: what is done.
        by: when: at the latest for an act; before this instant for what has to come first.
        events: what is left out of the log.
        duty: the row that the duty then has.
        violates: duties that would be violated instead, as (provision, instance), and are not as things are.
    """

    kind: RemedyKind
    act: str | None
    by: Instant | None
    events: tuple[str, ...]
    duty: Duty
    violates: tuple[tuple[str, str | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a duty is as it is, or why there is none.

    Args:
        policy: what the case was judged by; its digest is in the answer.
        case: the case as it was given.
        assessment: the whole answer that the duty is a row of.
        provision: the provision asked about.
        derivations: that of the duty asked about, then those of all the duties that it rests on, directly or not.
        absence: why the provision has no row at all; then there is no derivation.
        others: the provision's other duties in the case, by instance.
        unseen: events of the log that are later than `as_of`, and so not seen.
        settlings: what an undetermined duty comes to when what is missing is known.
        remedies: what would have made it compliant, or makes it so if done in time; none where nothing can.
    """

    policy: Policy = field(compare=False, repr=False)
    case: Case = field(compare=False, repr=False)
    assessment: Assessment
    provision: str
    derivations: tuple[Derivation, ...] = ()
    absence: Absence | None = None
    others: tuple[str | None, ...] = ()
    unseen: int = 0
    settlings: tuple[Settling, ...] = ()
    remedies: tuple[Remedy, ...] = ()

    @property
    def duty(self) -> Duty | None:
        """Return the row that is explained; ``None`` where the provision has none."""
        return self.derivations[0].duty if self.derivations else None

    @property
    def status(self) -> Status | None:
        """Return its status."""
        return None if self.duty is None else self.duty.status
