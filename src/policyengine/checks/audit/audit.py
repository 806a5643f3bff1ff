"""What an audit comes to: the findings, case by case, what they add up to, and how late what was late was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policyengine.checks.audit.baseline import Known
    from policyengine.checks.audit.finding import Kind, Waiver
    from policyengine.checks.audit.findings import Findings
    from policyengine.model.policy import Policy
    from policyengine.temporal.instant import Instant

Counts = Mapping["Kind", int]
"""How many findings there are of each kind; a kind without any is left out."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many findings of one kind there are.

    Args:
        found: all of them.
        waived, known: those that a waiver lets stand, and those that the baseline has; one that is both
            counts as waived.
        some: those of the others that stand under some readings only.
    """

    found: int = 0
    waived: int = 0
    known: int = 0
    some: int = 0

    @property
    def new(self) -> int:
        """Return how many are neither waived nor known, and stand under the readings asked about, every one of them."""
        return self.found - self.waived - self.known - self.some


@dataclass(frozen=True, slots=True)
class CaseTotal:
    """How many findings one case has."""

    case: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class Totals:
    """What an audit adds up to. The tables count every finding, waived and known ones too.

    Args:
        cases, events: how many were read.
        judged: how many of the cases were judged by every policy that was asked.
        kinds: a tally for each kind, gravest first, whether or not there is such a finding.
        clauses: by policy and clause; a finding that rests on two clauses is in both lines.
        bearers: by policy and role; the role is ``None`` where nobody is named. Silences of the text are in no line.
        months: by month of the violation, such as `2025-10`, on the clock of the policy.
        worst: the cases with the most violations, then advisories and so on, at most twenty of them.
        more: how many other cases have findings.
    """

    cases: int
    events: int
    judged: int
    kinds: Mapping[Kind, Tally]
    clauses: Mapping[tuple[str, str], Counts]
    bearers: Mapping[tuple[str, str | None], Counts]
    months: Mapping[str, Counts]
    worst: tuple[CaseTotal, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Lateness:
    """How late the duties of one provision, or of all, were, counting violations and advisories with a limit.

    What stands under some readings only is left out. A length is counted from `due`, the end of the limit, to the act,
    or to `as_of` where the act is still owed: exact microseconds.

    Args:
        late: how many.
        done: those that were done, late.
        outstanding: those that are still owed; all others ended without the act, or are not settled.
        median: the lower of the two in the middle where their number is even; ``None`` where no length is known.
        worst: the longest.
    """

    late: int
    done: int
    outstanding: int
    median: int | None
    worst: int | None


@dataclass(frozen=True, slots=True)
class Audit:
    """What an audit found.

    Args:
        policies: every policy that judged a case, by id, in the order in which they were met.
        findings: in the order of the log; may be gone through several times, as long as its directory is there.
        totals: what they add up to.
        lateness: over all.
        late: by policy and provision, in the order of the policies.
        as_of: the first and the last instant asked about; ``None`` where no case was judged.
        every_reading: whether all combinations of readings were asked.
        waivers: all that were given.
        has_baseline: whether there was a baseline.
        gone: what it has and the audit did not find, whatever days were asked about.
        unread: whether anything of the log, or a policy that it names, could not be read or judged.
    """

    policies: Mapping[str, Policy]
    findings: Findings
    totals: Totals
    lateness: Lateness
    late: Mapping[tuple[str, str], Lateness]
    as_of: tuple[Instant, Instant] | None
    every_reading: bool = False
    waivers: tuple[Waiver, ...] = ()
    has_baseline: bool = False
    gone: tuple[Known, ...] = ()
    unread: bool = False
