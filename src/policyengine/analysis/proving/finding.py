"""What can be found about one policy, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policyengine.analysis.regions import Region
    from policyengine.analysis.sides import Side
    from policyengine.model.assessment import Choice
    from policyengine.model.base import Atom
    from policyengine.model.case import Case, FactValue
    from policyengine.model.deadline import Within
    from policyengine.temporal.instant import Instant


class FindingKind(StrEnum):
    """What authors will not have meant; what each is, why it matters and the ways out are said in `report/proof`."""

    CONTRADICTION = "contradiction"
    """An act is owed, and forbidden for good."""
    IMPOSSIBLE_ORDER = "impossible_order"
    """An act is owed that has to wait for another, which has to wait for the first."""
    INFEASIBLE_LIMIT = "infeasible_limit"
    """An act is owed within a limit, and has to wait for others that may take longer."""
    DEAD_PROVISION = "dead_provision"
    """A provision that comes to nothing in any case."""
    IDLE_SANCTION = "idle_sanction"
    """A sanction that comes to nothing in any case."""
    UNREACHABLE_ROW = "unreachable_row"
    """A row of a table, or its `else`, that is never taken."""
    OVERLAPPING_ROWS = "overlapping_rows"
    """Rows that come to different things are true together, and the table lets only one be true."""
    GRAVER_LATER = "graver_later"
    """In a graver case the limit ends later than in a milder one, or there is none."""
    UNOWED_ACT = "unowed_act"
    """An act that another policy demands is owed by nobody."""


class Check(StrEnum):
    """What the reference is expected to say of one provision's row."""

    OWED = "owed"
    """The act is owed."""
    FORBIDDING = "forbidding"
    """The prohibition is in force."""
    VIOLATED = "violated"
    """The duty is violated, or the prohibition breached."""
    IN_TIME = "in_time"
    """The duty is fulfilled in time."""
    LIMITED = "limited"
    """The act is owed, within a limit that ends at `at`."""
    LATER = "later"
    """There is no such duty, or no limit of it, or one that ends later than `at`."""
    NO_DUTY = "no_duty"
    """There is a provision, but no duty."""
    NO_BREACH = "no_breach"
    """The prohibition was not breached, although the act was done."""
    CONFLICT = "conflict"
    """Two rows of the table that says who owes it are true at once."""
    ANOTHER = "another"
    """Another role than `value` owes it, for certain."""
    OTHER_VALUE = "other_value"
    """The derived fact has a value, and another one than `value`."""
    NO_VALUE = "no_value"
    """The derived fact has no value, although every fact that it is derived from is known."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What the reference is expected to say.

    Args:
        name: the provision, or the derived fact.
        check: what is expected of it.
        at, value: what the check compares with.
    """

    name: str
    check: Check
    at: Instant | None = None
    value: Atom | None = None


@dataclass(frozen=True, slots=True)
class Witness:
    """A case that shows a finding: judged at `as_of` by the reference, it comes to what is expected."""

    case: Case
    as_of: Instant
    expected: tuple[Expected, ...]


@dataclass(frozen=True, slots=True)
class Waits:
    """One act that has to wait for another.

    Args:
        act: what has to wait.
        first: what it has to wait for: any of them, or all; none where nothing ever lets it be done.
        every: whether all of `first` have to come before.
        provision: which says so.
    """

    act: str
    first: tuple[str, ...]
    every: bool
    provision: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step that an act has to wait for.

    Args:
        act: what is done.
        provision: which says by when; ``None`` where nobody owes it.
        within: the length of its limit; ``None`` where the text gives no number, so that no time is counted for it.
    """

    act: str
    provision: str | None
    within: Within | None


@dataclass(frozen=True, slots=True)
class Chain:
    """The steps before an act that is due, in the order in which they are taken, each as late as it may be.

    Args:
        steps: all of them.
        always: whether they end too late whenever they begin, or after some starts only; ``None`` if not asked.
        announced_only: whether this holds for anchors in the announced period of the calendar only.
    """

    steps: tuple[Step, ...]
    always: bool | None
    announced_only: bool


class Cause(StrEnum):
    """Why a provision comes to nothing."""

    CONDITION = "condition"
    """Its own condition is never true."""
    EXCEPTION = "exception"
    """Wherever its condition is true, its exception is too."""
    DEFEATED = "defeated"
    """Wherever it would apply, another provision defeats it."""
    OUTCOME = "outcome"
    """It waits for what never comes: a violation of what has no limit, say."""
    SELF_ENDED = "self_ended"
    """A prohibition that ends with the very act that it forbids."""


@dataclass(frozen=True, slots=True)
class Dead:
    """Why a provision comes to nothing, and the provisions that it is up to."""

    cause: Cause
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of a decision table, counted from 0; its `else` is one more.

    Args:
        table: the role or fact that it decides.
        rows: those that are never taken, or may be true together.
    """

    table: str
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Slack:
    """A graver case with a later limit, or none.

    Args:
        act, to: what is owed, and to whom.
        fact: the graded fact; all others are equal.
        milder, graver: its values in the milder and in the graver cases, lowest first.
        later: the provisions that are owed in the graver cases, with a limit that ends later; none where there is none.
    """

    act: str
    to: str | None
    fact: str
    milder: tuple[str, ...]
    graver: tuple[str, ...]
    later: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unowed:
    """An act that nobody owes.

    Args:
        policy, provision: who demands it.
        act: what is demanded.
        clauses: of the other policy.
    """

    policy: str
    provision: str
    act: str
    clauses: tuple[str, ...]


Detail = tuple[Waits, ...] | Chain | Dead | Rows | Slack | Unowed


@dataclass(frozen=True, slots=True)
class Reach:
    """Under which readings a finding stays: each other option of a reading that bears on it was asked about alone.

    Args:
        asked: these options.
        gone: those of them under which there is no such finding.
    """

    asked: tuple[Choice, ...]
    gone: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """What follows from the text and will not have been meant.

    Args:
        kind: what it is.
        subjects: the provisions or the table that it is about; with `kind` they tell it from all others.
        provisions: everything that it rests on, in order.
        clauses: theirs.
        regions: where in the space of the facts it holds: in any of these, and nowhere else.
        witnesses: cases that show it, each judged by the reference.
        detail: what is particular to its kind.
        stated: the gaps in which the policy says so itself; then it is no fault, only a reminder.
        reach: under which readings it stays; ``None`` while that was not asked.
    """

    kind: FindingKind
    subjects: tuple[str, ...]
    provisions: tuple[str, ...]
    clauses: tuple[str, ...]
    regions: tuple[Region, ...]
    witnesses: tuple[Witness, ...]
    detail: Detail
    stated: tuple[str, ...] = ()
    reach: Reach | None = None

    @property
    def key(self) -> tuple[FindingKind, tuple[str, ...]]:
        """Return what tells it from all others."""
        return self.kind, self.subjects


@dataclass(frozen=True, slots=True)
class Undecided:
    """What could not be examined: the facts come out in more ways than are enumerated."""

    kind: FindingKind
    subjects: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Proof:
    """What was found about one policy under one option of each reading.

    Args:
        side: the policy as it was read.
        beside: the policies that it was held against.
        given: facts taken as settled everywhere.
        findings: what its authors will not have meant.
        stated: what would be findings, if the policy did not say so itself.
        undecided: what could not be examined.
        elsewhere: findings that are there only under one other option of a reading, where that was asked.
    """

    side: Side
    beside: tuple[Side, ...]
    given: Mapping[str, FactValue]
    findings: tuple[Finding, ...]
    stated: tuple[Finding, ...]
    undecided: tuple[Undecided, ...]
    elsewhere: tuple[tuple[Choice, Finding], ...] | None = None
