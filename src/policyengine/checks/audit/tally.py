"""What findings add up to, as they come; in memory that grows with policies, months and lengths, not with cases."""

from __future__ import annotations

import heapq
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policyengine.checks.audit.audit import CaseTotal, Lateness, Tally, Totals
from policyengine.checks.audit.finding import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policyengine.checks.audit.finding import Finding
    from policyengine.checks.audit.sheet import Sheet
    from policyengine.model.policy import Policy
    from policyengine.temporal.instant import Instant

MOST_WORST = 20
"""The most cases that are listed by themselves."""

_KINDS = tuple(Kind)
_BY_WEIGHT = (*(each for each in _KINDS if each is not Kind.FAULT), Kind.FAULT)
"""What cases are ranked by: what they did comes before what their log lacks."""


@dataclass(slots=True)
class _Lengths:
    """How late the duties of one provision were; eight bytes for each."""

    late: int = 0
    done: int = 0
    outstanding: int = 0
    lengths: array[int] = field(default_factory=lambda: array("q"))

    def add(self, finding: Finding) -> None:
        self.late += 1
        self.done += finding.done is True
        self.outstanding += finding.done is False
        if finding.late is not None:
            self.lengths.append(finding.late)


@dataclass(slots=True)
class _Counts:
    found: int = 0
    waived: int = 0
    known: int = 0
    some: int = 0

    def add(self, finding: Finding) -> None:
        self.found += 1
        if finding.waived is not None:
            self.waived += 1
        elif finding.known:
            self.known += 1
        elif finding.only_some:
            self.some += 1


@dataclass(slots=True)
class Tallying:
    """Adds up the findings of one case after the other."""

    cases: int = 0
    events: int = 0
    judged: int = 0
    first: Instant | None = None
    last: Instant | None = None
    _kinds: defaultdict[Kind, _Counts] = field(default_factory=lambda: defaultdict(_Counts))
    _clauses: defaultdict[tuple[str, str], Counter[Kind]] = field(default_factory=lambda: defaultdict(Counter))
    _bearers: defaultdict[tuple[str, str | None], Counter[Kind]] = field(default_factory=lambda: defaultdict(Counter))
    _months: defaultdict[str, Counter[Kind]] = field(default_factory=lambda: defaultdict(Counter))
    _late: defaultdict[tuple[str, str], _Lengths] = field(default_factory=lambda: defaultdict(_Lengths))
    _worst: list[tuple[tuple[int, ...], CaseTotal]] = field(default_factory=list)
    _with_findings: int = 0

    def add(self, sheet: Sheet, policies: Mapping[str, Policy], *, judged: bool) -> None:
        """Add one case with its findings, or what was found outside of cases.

        Args:
            sheet: the case and its findings.
            policies: by id; their clocks say in which month a violation was.
            judged: whether every policy that was asked judged the case.
        """
        if sheet.judged is not None:
            self.cases += 1
            self.events += sheet.judged.events
            self.judged += judged
            self._asked(sheet.judged.as_of)
            self._rank(sheet.judged.case, sheet.findings)
        for each in sheet.findings:
            self._add(each, policies)

    def _asked(self, as_of: Instant | None) -> None:
        if as_of is not None:
            self.first = as_of if self.first is None else min(self.first, as_of)
            self.last = as_of if self.last is None else max(self.last, as_of)

    def _add(self, finding: Finding, policies: Mapping[str, Policy]) -> None:
        self._kinds[finding.kind].add(finding)
        if finding.policy is None or finding.policy not in policies or finding.kind in {Kind.FAULT, Kind.WAIVER}:
            return
        for clause in finding.clauses:
            self._clauses[finding.policy, clause][finding.kind] += 1
        if finding.kind is not Kind.GAP:  # where the text is silent, nobody is owed anything
            self._bearers[finding.policy, finding.bearer][finding.kind] += 1
        if finding.at is not None:
            day = policies[finding.policy].zone.local_date(finding.at)
            self._months[f"{day.year:04}-{day.month:02}"][finding.kind] += 1
            if finding.due is not None and finding.subject is not None and not finding.only_some:
                self._late[finding.policy, finding.subject].add(finding)

    def _rank(self, case: str, findings: Sequence[Finding]) -> None:
        if not findings:
            return
        counts = Counter(each.kind for each in findings)
        # INVARIANT: no two ranks are equal, since of two cases that are as bad the earlier one comes first.
        rank = (*(counts[kind] for kind in _BY_WEIGHT), -self._with_findings)
        self._with_findings += 1
        entry = (rank, CaseTotal(case, _in_order(counts)))
        (heapq.heappush if len(self._worst) < MOST_WORST else heapq.heappushpop)(self._worst, entry)

    def totals(self) -> Totals:
        """Return what all of them add up to."""
        worst = tuple(total for _, total in sorted(self._worst, key=lambda each: each[0], reverse=True))
        return Totals(
            cases=self.cases,
            events=self.events,
            judged=self.judged,
            kinds={kind: _tally(self._kinds.get(kind)) for kind in _KINDS},
            clauses={key: _in_order(counts) for key, counts in self._clauses.items()},
            bearers={key: _in_order(counts) for key, counts in self._bearers.items()},
            months={key: _in_order(self._months[key]) for key in sorted(self._months)},
            worst=worst,
            more=self._with_findings - len(worst),
        )

    def lateness(self) -> Lateness:
        """Return how late all of them were."""
        return _lateness(self._late.values())

    def late(self, order: Iterable[tuple[str, str]]) -> Mapping[tuple[str, str], Lateness]:
        """Return how late those of each provision were, in the *order* of policies and their provisions."""
        return {key: _lateness([self._late[key]]) for key in order if key in self._late}


def _in_order(counts: Counter[Kind]) -> Mapping[Kind, int]:
    return {kind: counts[kind] for kind in _KINDS if counts[kind]}


def _tally(counts: _Counts | None) -> Tally:
    return Tally() if counts is None else Tally(counts.found, counts.waived, counts.known, counts.some)


def _lateness(several: Iterable[_Lengths]) -> Lateness:
    parts = list(several)
    lengths = sorted(length for each in parts for length in each.lengths)
    return Lateness(
        late=sum(each.late for each in parts),
        done=sum(each.done for each in parts),
        outstanding=sum(each.outstanding for each in parts),
        median=lengths[(len(lengths) - 1) // 2] if lengths else None,
        worst=lengths[-1] if lengths else None,
    )
