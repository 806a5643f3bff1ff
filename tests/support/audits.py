"""Audits in a few lines: cases of the laboratory as a log has them, and findings as one line each."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from policyengine.checks.audit.auditing import Asked, audit
from policyengine.diagnostics import Diagnostic, Span
from policyengine.loading.logs.reading import Logged
from tests.support import lab

if TYPE_CHECKING:
    import policyengine as pe
    from policyengine.checks.audit.audit import Audit
    from policyengine.checks.audit.baseline import Baseline
    from policyengine.checks.audit.finding import Finding, Waiver

FILE = "log.csv"
HOUR = 3_600_000_000


def span(line: int, file: str = FILE) -> Span:
    """Return a place on *line*."""
    return Span(file, line, 1, line, 2)


def logged(name: str, *entries: str, line: int = 10, policies: tuple[str, ...] = (), **facts: object) -> Logged:
    """Return a case called *name* that stands on *line*, its events on those after it."""
    made = lab.log(*entries, **facts)
    events = [replace(each, span=span(line + place)) for place, each in enumerate(made.events, start=1)]
    return Logged(replace(made, id=name, events=events, policies=policies), span(line))


def held(
    policy: pe.Policy,
    *log: Logged | Diagnostic,
    when: str = "+9 0:00",
    waivers: tuple[Waiver, ...] = (),
    baseline: Baseline | None = None,
    every_reading: bool = False,
) -> Audit:
    """Return what an audit of *log* under *policy* finds."""
    asked = Asked((policy,), as_of=lab.at(when), every_reading=every_reading)
    return audit(log, asked, waivers=waivers, baseline=baseline)


def shown(finding: Finding) -> str:
    """Return a finding in one line: kind, case, subject, when, how late, where."""
    parts = (
        finding.kind.value,
        finding.case,
        finding.subject,
        finding.fault and finding.fault.code,
        finding.at and f"at {lab.clock(finding.at)}",
        None if finding.late is None else f"late {finding.late / HOUR:g}h",
        {True: "done", False: "owed", None: None}[finding.done],
        finding.extent and finding.extent.value,
        finding.span and f"line {finding.span.line}",
        "known" if finding.known else None,
        finding.waived and f"waived: {finding.waived.reason}",
    )
    return " ".join(part for part in parts if part)


def lines(found: Audit) -> list[str]:
    """Return every finding in one line."""
    return [shown(each) for each in found.findings]
