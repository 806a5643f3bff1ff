"""A small audit with a finding of every state: two policies, a fault, a waiver that holds and one that does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from policyengine.checks.audit.audit import Audit
from policyengine.checks.audit.auditing import Asked, audit
from policyengine.checks.audit.baseline import Baseline, Known
from policyengine.checks.audit.finding import Kind, Waiver
from policyengine.checks.audit.findings import Findings
from policyengine.checks.audit.tally import Tallying
from policyengine.diagnostics import Span, diagnostic
from policyengine.loading.case import read_cases_text
from policyengine.loading.logs.reading import Logged
from policyengine.loading.text import Source

if TYPE_CHECKING:
    from policyengine.checks.audit.finding import Finding
    from policyengine.diagnostics import Diagnostic

HOSTILE = "=x\x00\x1b[31m<script>]]>{{ 7*7 }}|%,:"
"""An id of a case that is at odds with every format."""
LATE = """
case: {case}
policy: xincheng
as_of: 2025-08-31T23:59:59+08:00
facts: {{sentiment_severity: extraordinary, negative: true, sensitive: false, concerns_other_agency: false}}
events:
  - {{id: e1, type: collected, at: 2025-08-31T23:29:58+08:00}}
  - {{id: e2, type: notify_units, at: 2025-08-31T23:59:59+08:00, to: sections_and_units}}
"""
BREACHED = """
case: breached
policy: anshan
as_of: 2026-05-06T17:00:00+08:00
facts: {sentiment_severity: ordinary, concerns_other_agency: true}
events:
  - {id: e1, type: detected, at: 2026-05-06T10:00:00+08:00}
  - {id: e2, type: respond, at: 2026-05-06T16:00:00+08:00}
"""
WAIVERS = (
    Waiver(
        "waived",
        None,
        None,
        (Kind.VIOLATION,),
        date(2025, 1, 1),
        date(2025, 12, 31),
        "the head",
        "a flood",
        Span("waivers.yaml", 2, 3, 2, 9),
    ),
    Waiver(
        "nobody",
        None,
        None,
        (Kind.VIOLATION,),
        date(2025, 1, 1),
        date(2026, 12, 31),
        "the head",
        "a storm",
        Span("waivers.yaml", 9, 3, 9, 9),
    ),
)


def logged(text: str, file: str, case: str | None = None) -> Logged:
    """Return the case of a *file* of a log; its id is *case*, where one is given."""
    (found,), _ = read_cases_text(Source(file, text.lstrip()))
    return Logged(found if case is None else replace(found, id=case), Span(file, 1, 1, 1, 80))


def entries() -> list[Logged | Diagnostic]:
    """Return the log: four cases, and what is wrong with a line of it."""
    broken = diagnostic("PE206", Span("logs/a b.jsonl", 9, 1, 9, 2), name="nowhere")
    return [
        logged(LATE.format(case="waived"), "logs/1.yaml"),
        logged(LATE.format(case="known"), "logs/2.yaml"),
        logged(LATE.format(case="new"), "logs/a b.yaml", HOSTILE),
        logged(BREACHED, "logs/4.yaml"),
        broken,
    ]


@cache
def audited(*, every_reading: bool = False) -> Audit:
    """Return the audit; what is known is the violation of the case `known`, and one that is gone."""
    asked = Asked(every_reading=every_reading)
    first = audit(entries(), asked)
    known = {each.fingerprint: _known(each) for each in first.findings if each.case == "known"}
    gone = Known("gone", None, None, None, None, Kind.GAP.value, "0" * 16)
    return audit(entries(), asked, waivers=WAIVERS, baseline=Baseline({**known, gone.fingerprint: gone}))


@cache
def nothing() -> Audit:
    """Return an audit that found nothing."""
    none = Tallying()
    return Audit({}, Findings(), none.totals(), none.lateness(), {}, None)


def _known(finding: Finding) -> Known:
    kind = finding.kind.value
    return Known(finding.case, finding.policy, finding.subject, finding.instance, None, kind, finding.fingerprint)
