"""An audit as CSV: a line for each finding, everything about it, ids beside words.

The names of the columns never change with the language.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from policyengine.report import words as answer_words
from policyengine.report.audit import words
from policyengine.report.audit.telling import Telling, state_of
from policyengine.report.csv_cells import MARK, plain_cell
from policyengine.temporal.instant import SECOND

if TYPE_CHECKING:
    from policyengine.checks.audit.audit import Audit
    from policyengine.checks.audit.finding import Finding
    from policyengine.diagnostics import Span
    from policyengine.temporal.instant import Instant
    from policyengine.wording import Lang

COLUMNS = (
    *("kind", "kind_title", "state", "case", "policy", "policy_title", "subject", "subject_title", "instance"),
    *("clauses", "says", "bearer", "bearer_title", "norm", "at", "due", "late_seconds", "late", "done"),
    *("missing", "missing_attributes", "as_of", "under", "told", "code"),
    *("file", "line", "column", "policy_file", "policy_line"),
    *("waived_by", "waived_because", "waived_until", "fingerprint"),
)
_BLOCK = 500
"""So many lines are handed on at once."""


def audit_csv(audit: Audit, lang: Lang) -> Iterator[str]:
    """Yield the findings of *audit* as CSV, in chunks of text.

    Instants are ISO texts on the policy's zone; `late_seconds` is a decimal number; `done` is 1, 0, or empty where no
    act is owed; `state` is `new`, `some` (only under some readings), `waived` or `known`.
    """
    telling = Telling(audit.policies, lang)
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, restval="")
    text.write(MARK)
    writer.writeheader()
    for number, each in enumerate(audit.findings, start=1):
        writer.writerow({name: plain_cell(value) for name, value in _row(each, telling).items()})
        if number % _BLOCK == 0:
            yield text.getvalue()
            text.seek(0)
            text.truncate()
    yield text.getvalue()


def _row(finding: Finding, telling: Telling) -> Mapping[str, str]:
    say, book = telling.say, telling.book(finding)
    policy = (
        {}
        if book is None
        else {
            "policy_title": book.say(book.policy.title),
            "bearer_title": "" if finding.bearer is None else book.role(finding.bearer),
            "says": book.listed(book.say(book.policy.header.source.clauses[each].says) for each in finding.clauses),
        }
    )
    return {
        "kind": finding.kind.value,
        "kind_title": say(words.KIND[finding.kind]),
        "state": state_of(finding).value,
        "case": finding.case or "",
        "policy": finding.policy or "",
        **policy,
        "subject": finding.subject or "",
        "subject_title": "" if book is None else book.title_of(finding.subject),
        "instance": finding.instance or "",
        "clauses": " ".join(finding.clauses),
        "bearer": finding.bearer or "",
        "norm": telling.norm(finding),
        **_times(finding, telling),
        "missing": " ".join(finding.missing),
        "missing_attributes": " ".join(f"{event}.{name}" for event, name in finding.missing_attributes),
        "told": say(answer_words.SEMICOLON).join(telling.brief(finding)),
        "code": "" if finding.fault is None else finding.fault.code,
        **_place(finding.span, "file", "line", "column"),
        **_place(finding.norm, "policy_file", "policy_line"),
        **_waiver(finding),
        "fingerprint": finding.fingerprint,
    }


def _times(finding: Finding, telling: Telling) -> Mapping[str, str]:
    def iso(instant: Instant | None) -> str:
        return "" if instant is None else telling.iso(finding, instant)

    return {
        "at": iso(finding.at),
        "due": iso(finding.due),
        "late_seconds": "" if finding.late is None else f"{finding.late / SECOND:.6f}".rstrip("0").rstrip("."),
        "late": telling.late(finding),
        "done": "" if finding.done is None else "1" if finding.done else "0",
        "as_of": iso(finding.as_of),
        "under": telling.extent(finding),
    }


def _place(span: Span | None, *names: str) -> Mapping[str, str]:
    if span is None:
        return {}
    return dict(zip(names, (span.file, str(span.line), str(span.column)), strict=False))


def _waiver(finding: Finding) -> Mapping[str, str]:
    waiver = finding.waived
    if waiver is None:
        return {}
    return {
        "waived_by": waiver.authority,
        "waived_because": waiver.reason,
        "waived_until": waiver.expires.isoformat(),
    }
