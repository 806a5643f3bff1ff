"""What an audit finds: one thing that is wrong, open or unstated in one case, with its clause and its place."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from policyengine.diagnostics import Diagnostic, Span
    from policyengine.model.assessment import GapKind
    from policyengine.model.ranges import Departure
    from policyengine.temporal.instant import Instant


class Kind(StrEnum):
    """What a finding is, gravest first."""

    FAULT = "fault"
    """Something of the log could not be read or judged."""
    VIOLATION = "violation"
    """A `must` was not kept, or a `must_not` was breached."""
    ADVISORY = "advisory"
    """A `should` was departed from: to be explained, not flatly a violation (S29)."""
    UNDETERMINED = "undetermined"
    """A fact is missing on which the duty depends."""
    WAIVER = "waiver"
    """A waiver has expired, or waives nothing."""
    PROVISIONAL = "provisional"
    """A limit rests on days that no calendar has announced yet."""
    GAP = "gap"
    """The case meets a silence of the text, or a referral to another document (S30)."""


class Extent(StrEnum):
    """Under how many readings of the text a finding stands, where all were asked (S7)."""

    EVERY = "every"
    SOME = "some"


@dataclass(frozen=True, slots=True)
class Waiver:
    """Leave that somebody gave to let a finding stand, for a time.

    Args:
        case, policy, subject: what it is about; ``None`` is any.
        kinds: the kinds of findings that it waives.
        granted, expires: the day on which it was given, and the last one on which it holds.
        authority: who gave it.
        reason: why.
        span: where it stands.
    """

    case: str | None
    policy: str | None
    subject: str | None
    kinds: tuple[Kind, ...]
    granted: date
    expires: date
    authority: str
    reason: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding of an audit.

    Args:
        kind: what it is.
        case: the case's id; ``None`` for a fault of which no case could be made.
        policy: the policy's id; ``None`` for a fault that is not about a policy.
        subject: the id of the provision, or of the gap.
        instance: which of the provision's duties in the case, where there are several.
        clauses: the clauses that it rests on.
        bearer: the role that owes it; ``None`` where nobody is named.
        at: the instant of the violation or of the breach.
        due: the limit's instant.
        late: microseconds from `due` to the act, or to `as_of` where it is still owed; ``None`` without a number, and
            where the duty ended without the act. It is 0 for an act at the very end of a limit in days, 24:00, which is
            the first late instant there.
        done: whether the act was done, late, or is still outstanding; ``None`` where neither is so.
        missing: the facts that would settle it.
        missing_attributes: the attributes that would settle it, as (event, attribute).
        as_of: the instant asked about.
        span: where it stands in the log: the event that put the duty in force or breached it, else the case.
        norm: where the provision stands in the policy's file.
        fault: what is wrong with the log, for a fault; with the waiver, for a waiver.
        gap: what the text offers where it is silent, for a gap.
        extent: under how many readings it stands, where all were asked.
        under: the least departures from the default options under which it stands, where it stands under some only;
            an empty one is the defaults themselves.
        waived: the waiver that lets it stand.
        known: whether the baseline has it.
    """

    kind: Kind
    case: str | None = None
    policy: str | None = None
    subject: str | None = None
    instance: str | None = None
    clauses: tuple[str, ...] = ()
    bearer: str | None = None
    at: Instant | None = None
    due: Instant | None = None
    late: int | None = None
    done: bool | None = None
    missing: tuple[str, ...] = ()
    missing_attributes: tuple[tuple[str, str], ...] = ()
    as_of: Instant | None = None
    span: Span | None = None
    norm: Span | None = None
    fault: Diagnostic | None = None
    gap: GapKind | None = None
    extent: Extent | None = None
    under: tuple[Departure, ...] = ()
    waived: Waiver | None = None
    known: bool = False

    @property
    def fingerprint(self) -> str:
        """Return what tells the finding from others, and stays the same from one audit to the next.

        Lines and the instant asked about are no part of it, so that a log may grow and be audited again. What stands
        under some readings only is another finding than the same under every one.
        """
        told = None if self.fault is None else [self.fault.code, self.fault.message("en")]
        at = None if self.at is None else self.at.micros
        parts = (self.kind, self.case, self.policy, self.subject, self.instance, told, at, self.only_some)
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]

    @property
    def only_some(self) -> bool:
        """Tell whether it stands under some readings of the text only, where all were asked."""
        return self.extent is Extent.SOME

    @property
    def counts(self) -> bool:
        """Tell whether it may fail a build: it is neither waived nor known from before."""
        return self.waived is None and not self.known
