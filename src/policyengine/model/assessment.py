"""What an answer is: every provision's duty in one case at one instant, with its clause, limit and status."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from policyengine.diagnostics import nearest
from policyengine.errors import DutyError
from policyengine.model.late import Late
from policyengine.model.provision import Strength

if TYPE_CHECKING:
    from policyengine.model.case import FactValue
    from policyengine.model.ranges import DutyRange
    from policyengine.model.worklist import Worklist
    from policyengine.temporal.instant import Instant
    from policyengine.temporal.limit import Limit


class Status(StrEnum):
    """What has become of a duty (S14, S25, S27)."""

    ACTIVE = "active"
    NOT_STARTED = "not_started"
    FULFILLED = "fulfilled"
    FULFILLED_LATE = "fulfilled_late"
    OVERDUE = "overdue"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"
    WAIVED = "waived"
    UNDETERMINED = "undetermined"
    OBSERVED = "observed"
    BREACHED = "breached"
    AVAILABLE = "available"
    USED = "used"
    NOT_TRIGGERED = "not_triggered"
    NOT_APPLICABLE = "not_applicable"
    DEFEATED = "defeated"
    NOT_IN_FORCE = "not_in_force"


NO_DUTY = frozenset({Status.NOT_TRIGGERED, Status.NOT_APPLICABLE, Status.DEFEATED, Status.NOT_IN_FORCE})
"""The statuses of a provision that has no duty in the case (S14)."""


class GapKind(StrEnum):
    """What the text offers where it gives no norm of its own (S30)."""

    GAP = "gap"
    REFERRAL = "referral"
    UNDETERMINED = "undetermined"


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Something at an instant: an event of the log, or the outcome of another provision.

    `counts_from` is the instant that a limit anchored here runs from: the missed limit for a violation, else `at`.
    """

    at: Instant
    event: str | None = None
    provision: str | None = None
    counts_from: Instant | None = None

    @property
    def anchor(self) -> Instant:
        """Return the instant that a limit anchored on this occurrence runs from (S16)."""
        return self.at if self.counts_from is None else self.counts_from


@dataclass(frozen=True, slots=True)
class Choice:
    """An option chosen for a reading."""

    reading: str
    option: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody whom a role may mean, and the clauses that say so (S10)."""

    role: str
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Duty:
    """The answer for one provision: a duty, or the reason why there is none.

    Args:
        provision, clauses, strength, wording, act, to, standing, sanction: from the provision.
        status: see :class:`Status`.
        instance: what tells this duty from the provision's others: with `each` the event (or the duty) that triggered
            it, for a recurring duty the period, by its first day, its time of day, or the act that it counts from.
        key: the attributes that correlated events share, with their values, as (attribute, value).
        starts: the start of a recurring duty's period.
        bearer: the role that owes it; ``None`` when nobody is named, or nobody can tell yet who is meant.
        assigned: the policy's own role, where a decision table says whom it means.
        candidates: whom `assigned` may mean, where that is not settled.
        conflict: two rows of the table are true at once, and the text does not say which prevails.
        trigger: what put the duty in force; ``None`` without `upon`, and while nothing happened.
        limit: the limit as counted; ``None`` without a number, and while the anchor is missing.
        promptly: the text gives a word instead of a number (S21).
        performed: the act that performed the duty.
        violated_at: the first instant at which the duty was in force and its limit had passed, or of the first breach;
            an undetermined duty can be violated too, when it is whatever the missing facts are.
        late_activation: the duty came into force after its limit.
        owed: whether the act is still owed; ``None`` when that depends on a missing fact.
        in_force: whether it is in force at `as_of`, performed or not, breached or not; ``None`` likewise.
        breaches: forbidden acts, in order.
        last_act: the last act for a standing duty.
        partial_acts: acts that performed the duty in part only, and did not end it.
        elapsed: microseconds since the anchor, where the text gives no number and the act is still owed.
        possible: the statuses that the missing facts leave open, when undetermined.
        missing_facts: the facts that would settle it.
        missing_attributes: attributes that an event lacks, as (event, attribute).
        presumed: presumed facts that the answer rests on.
        readings: the options in force for the readings that this provision depends on.
    """

    provision: str
    clauses: tuple[str, ...]
    strength: Strength
    act: str
    status: Status
    wording: str | None = None
    instance: str | None = None
    key: tuple[tuple[str, FactValue], ...] = ()
    starts: Instant | None = None
    bearer: str | None = None
    assigned: str | None = None
    candidates: tuple[Candidate, ...] = ()
    conflict: bool = False
    to: str | None = None
    standing: bool = False
    sanction: bool = False
    trigger: Occurrence | None = None
    limit: Limit | None = None
    promptly: bool = False
    performed: Occurrence | None = None
    violated_at: Instant | None = None
    late_activation: bool = False
    owed: bool | None = False
    in_force: bool | None = False
    breaches: tuple[Occurrence, ...] = ()
    last_act: Occurrence | None = None
    partial_acts: tuple[Occurrence, ...] = ()
    elapsed: int | None = None
    possible: tuple[Status, ...] = ()
    missing_facts: tuple[str, ...] = ()
    missing_attributes: tuple[tuple[str, str], ...] = ()
    presumed: tuple[str, ...] = ()
    readings: tuple[Choice, ...] = ()

    @property
    def exists(self) -> bool:
        """Tell whether there is a duty at all, rather than only a provision."""
        return self.status not in NO_DUTY

    @property
    def violated(self) -> bool:
        """Tell whether a `must` or `must_not` has been violated; a late `should` is an advisory finding."""
        return self.violated_at is not None


@dataclass(frozen=True, slots=True)
class GapRow:
    """A silence of the text, or a referral to another document, that this case meets."""

    gap: str
    kind: GapKind
    clauses: tuple[str, ...]
    instead_of: tuple[str, ...] = ()
    missing_facts: tuple[str, ...] = ()
    readings: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Terms:
    """What a worklist asks of a policy besides its duties.

    Args:
        vocabulary: the id of the vocabulary that acts and roles are words of.
        kinds: by each forbidden act, everything that is one: itself and its kinds.
        means: by provision, the means that it names, if it does.
    """

    vocabulary: str
    kinds: Mapping[str, tuple[str, ...]]
    means: Mapping[str, tuple[str, ...]]


Standing = tuple[str, Status, int | None, int | None, int | None, str | None]
"""A duty in brief: the provision, the status, and in microseconds since 1970-01-01T00:00Z the end of its limit, its
violation and the act that performed it; last, what tells it from the provision's other duties."""


@dataclass(frozen=True, slots=True)
class Assessment(Late):
    """The answer for one policy, one case and one instant.

    Args:
        policy: the policy's id.
        digest: the digest of the policy's document.
        case: the case's id.
        as_of: the instant asked about.
        readings: the chosen option of every reading of the policy.
        facts: the facts that the policy asks about, as they stand at `as_of`; unknown ones are left out.
        presumed: those of them that hold only until somebody says otherwise.
        duties: one row for each provision, in the order of the file; for a provision with several duties a row each.
        gaps: silences and referrals that the case meets.
        known_at: what was recorded later is left out; ``None`` when nothing is.
        known_until: the log is complete up to this instant; ``None`` when it is complete at `as_of` (S8).
        terms: what a worklist asks of the policy besides; no part of the answer's value.
    """

    policy: str
    digest: str
    case: str
    as_of: Instant
    readings: tuple[Choice, ...]
    facts: Mapping[str, FactValue]
    presumed: Mapping[str, FactValue]
    duties: tuple[Duty, ...]
    gaps: tuple[GapRow, ...] = ()
    known_at: Instant | None = None
    known_until: Instant | None = None
    terms: Terms | None = field(default=None, compare=False, repr=False)

    def duty(self, provision: str, instance: str | None = None) -> Duty:
        """Return the row of *provision*; the first one, unless *instance* names another.

        Raises:
            DutyError: the policy has no such provision under the chosen readings, or no such instance.
        """
        for each in self.duties:
            if each.provision == provision and instance in (None, each.instance):
                return each
        raise no_such_duty((provision, instance), self.duties, f"in {self.policy!r} under these readings")

    @property
    def standings(self) -> tuple[Standing, ...]:
        """Return the duties in brief, those that there are; provisions without one are left out."""
        try:
            return tuple(self._later[0])
        except AttributeError:  # it was never late
            return tuple(in_brief(each) for each in self.duties if each.exists)

    def required_actions(self, role: str | None = None) -> tuple[Duty, ...]:
        """Return what is still owed for certain, the nearest limit first, duties without a limit last.

        These are the duties behind `Worklist.entries`, in the same order, each on its own. Left out is what may be owed
        depending on missing facts (`Worklist.undetermined`), and what no act can make good any more.

        Args:
            role: only what this role owes, or may owe; what names nobody is left out then.
        """
        owed = [each for each in self.duties if each.owed and is_obligation(each) and _concerns(each, role)]
        return tuple(sorted(owed, key=urgency))

    def worklist(self, role: str | None = None) -> Worklist:
        """Return what is to be done, duties of the same act, bearer and addressee merged, and what conflicts (S31).

        Args:
            role: only what this role owes, or may owe.
        """
        from policyengine.model.worklist import merged

        return merged((self,), role)

    @property
    def violations(self) -> tuple[Duty, ...]:
        """Return violated obligations and breached prohibitions (`must`, `must_not`)."""
        return tuple(each for each in self.duties if each.violated and each.strength is not Strength.SHOULD)

    @property
    def advisories(self) -> tuple[Duty, ...]:
        """Return departures from what is owed in principle (`should`): to be explained, not flatly a violation."""
        return tuple(each for each in self.duties if each.violated and each.strength is Strength.SHOULD)

    @property
    def undetermined(self) -> tuple[Duty, ...]:
        """Return the duties that a missing fact leaves open."""
        return tuple(each for each in self.duties if each.status is Status.UNDETERMINED)

    @property
    def next_due(self) -> Duty | None:
        """Return the duty whose limit comes next, among those still owed and not yet late.

        It is the one of `Worklist.next_due`, which asks all policies. Left out are limits that have passed, duties that
        are not settled, and those without a number.
        """
        running = [each for each in self.required_actions() if each.status is Status.ACTIVE and each.limit is not None]
        return running[0] if running else None

    @property
    def missing_facts(self) -> tuple[str, ...]:
        """Return the facts that would settle what is undetermined, once each."""
        rows: tuple[Duty | GapRow, ...] = (*self.undetermined, *self.gaps)
        return tuple(dict.fromkeys(name for each in rows for name in each.missing_facts))


def in_brief(duty: Duty) -> Standing:
    """Return *duty* in brief."""
    due = None if duty.limit is None else duty.limit.due.micros
    violated_at = None if duty.violated_at is None else duty.violated_at.micros
    performed = None if duty.performed is None else duty.performed.at.micros
    return (duty.provision, duty.status, due, violated_at, performed, duty.instance)


def no_such_duty(asked: tuple[str, str | None], rows: Iterable[Duty | DutyRange], where: str) -> DutyError:
    """Return the error that *rows* have none for what is *asked*, a provision and one of its instances."""
    provision, instance = asked
    found = tuple(rows)
    if instance is None or all(each.provision != provision for each in found):
        known = tuple(dict.fromkeys(each.provision for each in found))
        return DutyError(f"no provision {provision!r} {where}", known, nearest(provision, known))
    known = tuple(each.instance or "" for each in found if each.provision == provision)
    return DutyError(f"{provision!r} has no duty {instance!r} {where}", known, nearest(instance, known))


def is_obligation(duty: Duty) -> bool:
    """Tell whether *duty* asks for an act (`must`, `should`), rather than forbid or allow one."""
    return duty.strength in (Strength.MUST, Strength.SHOULD)


def _concerns(duty: Duty, role: str | None) -> bool:
    """Tell whether *role* owes *duty*, or may owe it; the policy's own word for an assigned role counts too."""
    return role in (None, duty.bearer, duty.assigned, *(each.role for each in duty.candidates))


def urgency(duty: Duty) -> tuple[int, int]:
    """Return what sorts duties, the most urgent first.

    The nearest limit comes first, passed or not; then what has no number, the longest waited for first; then standing
    duties; then those whose time has not started.
    """
    if duty.limit is not None:
        return (0, duty.limit.late_from.micros)
    if duty.status is Status.NOT_STARTED:
        return (3, 0)
    return (2, 0) if duty.standing else (1, -(duty.elapsed or 0))
