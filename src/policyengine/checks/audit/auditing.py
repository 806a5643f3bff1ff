"""A case log held against policies: every case judged, everything that is wrong, open or unstated found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from policyengine.checks.audit.audit import Audit
from policyengine.checks.audit.every_reading import Readings
from policyengine.checks.audit.finding import Finding, Kind
from policyengine.checks.audit.findings import Findings
from policyengine.checks.audit.rows import Reader
from policyengine.checks.audit.sheet import Judged, Sheet
from policyengine.checks.audit.shelf import Shelf
from policyengine.checks.audit.tally import Tallying
from policyengine.checks.audit.waivers import Waiving, gap_ids
from policyengine.diagnostics import Diagnostic, Level, diagnostic
from policyengine.engine.question import Question
from policyengine.engine.ranges import MOST_COMBINATIONS
from policyengine.errors import CaseError, ReadingError
from policyengine.prepare.log import FIRST_YEAR, LAST_YEAR

if TYPE_CHECKING:
    from datetime import date

    from policyengine.checks.audit.baseline import Baseline
    from policyengine.checks.audit.finding import Waiver
    from policyengine.loading.logs.reading import Logged
    from policyengine.model.case import Case
    from policyengine.model.policy import Policy
    from policyengine.temporal.instant import Instant

_KINDS = {kind: place for place, kind in enumerate(Kind)}
_NAMES = frozenset({"PE203", "PE205", "PE206", "PE221"})
"""Faults of names, which a policy that does not load may know."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What an audit asks of every case.

    Args:
        policies: judge every case; if there are none, those that it names do.
        as_of: the instant asked about; ``None`` for that of the case.
        known_at: only what was recorded by then is there; ``None`` for what the case says.
        every_reading: ask under all combinations of readings that matter, rather than under chosen options.
        since, until: the first and the last day, on the policy's clock, of violations to tell; ``None`` for all. What
            has no instant, such as what is undetermined, is told whatever they are.
    """

    policies: Sequence[Policy] = ()
    as_of: Instant | None = None
    known_at: Instant | None = None
    every_reading: bool = False
    since: date | None = None
    until: date | None = None


def audit(
    log: Iterable[Logged | Diagnostic],
    asked: Asked,
    *,
    shelf: Shelf | None = None,
    waivers: Sequence[Waiver] = (),
    baseline: Baseline | None = None,
    file: Path | None = None,
) -> Audit:
    """Return what is wrong, open or unstated in the cases of *log*.

    Each case is judged by each of its policies at its instant, as `evaluate` judges it. What keeps one from being
    judged is a finding too, and the others go on. Cases are gone through once and none is kept.

    Args:
        log: cases, and what is wrong with the log, such as :func:`policyengine.loading.logs.reading.read_logs` yields.
        asked: what is asked of every case.
        shelf: finds the policies that cases name, and the options to read them by; the packaged ones and those in files
            under their default options, unless given.
        waivers: leave that was given, in the order that decides where several hold. Whether one holds is seen on the
            day of `as_of` on the clock of the policy.
        baseline: the findings that are known from an earlier audit.
        file: where findings go that are too many for memory; they can be gone through while it is there.

    >>> from policyengine.loading.logs.reading import Logged
    >>> from policyengine.loading.policy import load_policy
    >>> from policyengine.model.case import Case, Event, instant
    >>> told = Event(id="e1", type="detected", at="2025-10-08T23:30:00+08:00", sets={"event_severity": "major"})
    >>> asked = Asked((load_policy("changzhi"),), as_of=instant("2025-10-10T00:00:00+08:00"))
    >>> found = audit([Logged(Case(id="demo", events=[told]), None)], asked)
    >>> [(each.subject, each.late) for each in found.findings if each.kind is Kind.VIOLATION]
    [('press-conference', 1800000000)]

    Raises:
        TimeError: `as_of` or `known_at` of *asked* lies outside the years 1000 to 9000.
        OSError: *file* cannot be written.
    """
    running = _Running(asked, shelf or Shelf(), Waiving(waivers), baseline, Findings(file, waivers))
    for policy in asked.policies:
        if policy.id not in running.shelf.policies:
            running.shelf.put(policy)
    for each in log:
        running.take(each)
    return running.finished()


@dataclass(slots=True)
class _Running:
    """One audit under way."""

    asked: Asked
    shelf: Shelf
    waiving: Waiving
    baseline: Baseline | None
    findings: Findings
    tallying: Tallying = field(default_factory=Tallying)
    unread: bool = False
    _told: set[tuple[str, str]] = field(default_factory=set)

    def take(self, each: Logged | Diagnostic) -> None:
        """Judge the next case, or note what is wrong with the log."""
        if isinstance(each, Diagnostic):
            self._note(Sheet(None, (_fault(each),)), judged=False)
            return
        found: list[Finding] = []
        policies, complete = self._policies(each, found)
        as_of = self._instant(each, found)
        by: tuple[str, ...] = ()
        if as_of is not None:
            by = tuple(self._judged(each, as_of, policies, found, complete=complete))
        judged = complete and as_of is not None and len(by) == len(policies) > 0
        known = filter(self._within, map(self._placed, sorted(found, key=lambda finding: _KINDS[finding.kind])))
        case = Judged(each.case.id, by, as_of, len(each.case.events), each.place)
        self._note(Sheet(case, tuple(known)), judged=judged)
        self.unread |= not judged

    def finished(self) -> Audit:
        """Return the audit, with what is to be said of waivers in the end."""
        policies = self.shelf.policies
        if not self.tallying.cases and not self.unread:
            self._note(Sheet(None, (_fault(diagnostic("PE688")),)), judged=False)
        left = tuple(self.waiving.leftovers(policies.values()))
        if left:
            self._note(Sheet(None, left), judged=False)
        self.findings.finish()
        order = [(each.id, name) for each in policies.values() for name in (*each.provision_ids, *gap_ids(each))]
        first, last = self.tallying.first, self.tallying.last
        return Audit(
            policies=policies,
            findings=self.findings,
            totals=self.tallying.totals(),
            lateness=self.tallying.lateness(),
            late=self.tallying.late(order),
            as_of=None if first is None or last is None else (first, last),
            every_reading=self.asked.every_reading,
            waivers=tuple(self.waiving.waivers),
            has_baseline=self.baseline is not None,
            gone=() if self.baseline is None else self.baseline.gone(),
            unread=self.unread,
        )

    def _note(self, sheet: Sheet, *, judged: bool) -> None:
        faults = (each.fault for each in sheet.findings if each.kind is Kind.FAULT)
        self.unread |= any(each is not None and each.level is Level.ERROR for each in faults)
        self.findings.add(sheet)
        self.tallying.add(sheet, self.shelf.policies, judged=judged)

    def _policies(self, logged: Logged, found: list[Finding]) -> tuple[tuple[Policy, ...], bool]:
        """Return the policies of a case, each once, and whether those are all that it has."""
        if self.asked.policies:
            return tuple(dict.fromkeys(self.asked.policies)), True
        case, complete = logged.case, True
        loaded: dict[str, Policy] = {}
        if not case.policies:
            found += self._once(logged, diagnostic("PE604"), _file(logged))
        for name in case.policies:
            policy, faults = self.shelf.named(name, Path(_file(logged)).parent)
            if policy is None:
                complete = False
                found += [each for fault in faults for each in self._once(logged, fault, name)]
            else:
                loaded[policy.id] = policy
        return tuple(loaded.values()), complete

    def _once(self, logged: Logged, fault: Diagnostic, about: str) -> Iterator[Finding]:
        """Yield *fault* at the first case that has it, for what it is *about* would be told of every other as well."""
        if (fault.code, about) not in self._told:
            self._told.add((fault.code, about))
            yield _fault(_shown(fault, logged), logged.case)

    def _instant(self, logged: Logged, found: list[Finding]) -> Instant | None:
        """Return the instant asked about; a case that has none, or an impossible one, is at fault."""
        as_of = self.asked.as_of or logged.case.as_of
        if as_of is None:
            found += self._once(logged, diagnostic("PE603"), _file(logged))
        elif self.asked.as_of is None and not FIRST_YEAR <= as_of.utc().year <= LAST_YEAR:
            span = logged.case.spans.get("as_of")
            fault = diagnostic("PE410", span, text=as_of, first=FIRST_YEAR, last=LAST_YEAR)
            found.append(_fault(_shown(fault, logged), logged.case))
            return None
        return as_of

    def _judged(
        self, logged: Logged, as_of: Instant, policies: Sequence[Policy], found: list[Finding], *, complete: bool
    ) -> Iterator[str]:
        """Add what each policy finds, and yield the ids of those that could judge the case."""
        question = Question(logged.case, as_of, self.asked.known_at, "reference", tuple(policies))
        faults: dict[Diagnostic, Finding] = {}
        for policy in policies:
            try:
                found += self._found(logged, question, policy)
            except CaseError as error:
                for fault in error.diagnostics:
                    if complete or fault.code not in _NAMES:
                        faults.setdefault(fault, _fault(_shown(fault, logged), logged.case))
            except ReadingError:
                fault = diagnostic("PE686", policy=policy.id, limit=MOST_COMBINATIONS)
                found.append(_fault(_shown(fault, logged), logged.case))
            else:
                yield policy.id
        found += faults.values()

    def _found(self, logged: Logged, question: Question, policy: Policy) -> list[Finding]:
        if not self.asked.every_reading:
            answer = question.answer(policy, self.shelf.chosen[policy.id])
            return list(Reader(logged.case, logged.place, answer).findings())
        ranges = question.ranges(policy)
        reader = Readings(logged.case, logged.place, ranges, lambda chosen: question.answer(policy, chosen))
        return list(reader.findings())

    def _placed(self, finding: Finding) -> Finding:
        """Return *finding* with the place of its norm, its waiver, and whether it is known."""
        if finding.policy is None or finding.subject is None or finding.as_of is None:
            return finding
        day = self.shelf.policies[finding.policy].zone.local_date(finding.as_of)
        return replace(
            finding,
            norm=self.shelf.norm(finding.policy, finding.subject),
            waived=self.waiving.waiver(finding, day),
            known=self.baseline is not None and self.baseline.has(finding),
        )

    def _within(self, finding: Finding) -> bool:
        """Tell whether *finding* arose in the days asked about, or has no instant."""
        if finding.at is None or finding.policy is None:
            return True
        day = self.shelf.policies[finding.policy].zone.local_date(finding.at)
        since, until = self.asked.since, self.asked.until
        return (since is None or since <= day) and (until is None or day <= until)


def _file(logged: Logged) -> str:
    return "" if logged.place is None else logged.place.file


def _shown(fault: Diagnostic, logged: Logged) -> Diagnostic:
    """Return *fault* at the case, unless it has a place of its own, and with its line, if that can be shown."""
    span = fault.span or logged.place
    if span is None or fault.excerpt is not None:
        return fault
    source = logged.source
    excerpt = source.excerpt(span) if source is not None and source.file == span.file else None
    return replace(fault, span=span, excerpt=excerpt)


def _fault(fault: Diagnostic, case: Case | None = None) -> Finding:
    return Finding(Kind.FAULT, case=None if case is None else case.id, span=fault.span, fault=fault)
