"""An audit as JSON, and every finding in a line of its own. Titles are in both languages.

Instants are ISO texts on the policy's zone, in UTC where a finding is about none; durations are whole microseconds. The
schema's version, at the end of `AUDIT`, counts up when a field is renamed, removed, or means something else.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from policyengine.report.as_json import choice
from policyengine.report.audit.telling import Book, state_of
from policyengine.report.diagnostics import diagnostic_json, span_json
from policyengine.report.json_values import Json, both, titled

if TYPE_CHECKING:
    from policyengine.checks.audit.audit import Audit, Counts, Lateness, Totals
    from policyengine.checks.audit.finding import Finding, Waiver
    from policyengine.model.policy import Policy
    from policyengine.temporal.instant import Instant

AUDIT = "policyengine/audit/1"


def audit_json(audit: Audit) -> Iterator[str]:
    """Yield *audit* as JSON in chunks of text, one to a finding; the last ends with a line end."""
    books = {name: Book(policy, "en") for name, policy in audit.policies.items()}
    head = _text(_head(audit, books))
    yield f'{head.removesuffix("}")},\n"findings": ['
    between = "\n "
    for each in audit.findings:
        yield between + _text(_finding(each, books))
        between = ",\n "
    yield "\n]}\n"


def _text(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _head(audit: Audit, books: Mapping[str, Book]) -> Mapping[str, Json]:
    first, last = audit.as_of or (None, None)
    return {
        "schema": AUDIT,
        "policies": [_policy(each) for each in audit.policies.values()],
        "as_of": {"first": _iso(first), "last": _iso(last)},
        "every_reading": audit.every_reading,
        "unread": audit.unread,
        "totals": _totals(audit.totals, books),
        "lateness": {
            "all": _lateness(audit.lateness),
            "provisions": [
                {"policy": policy, "provision": _node(books[policy], provision), **_lateness(each)}
                for (policy, provision), each in audit.late.items()
            ],
        },
        "waivers": [_waiver(each) for each in audit.waivers],
        "gone": [dict(each._asdict()) for each in audit.gone],
    }


def _policy(policy: Policy) -> Json:
    return {**titled(policy.id, policy.title), "digest": policy.digest, "time_zone": policy.zone.name}


def _totals(totals: Totals, books: Mapping[str, Book]) -> Json:
    return {
        "cases": totals.cases,
        "events": totals.events,
        "judged": totals.judged,
        "kinds": {
            kind.value: {
                "found": tally.found,
                "new": tally.new,
                "some": tally.some,
                "waived": tally.waived,
                "known": tally.known,
            }
            for kind, tally in totals.kinds.items()
        },
        "clauses": [
            {"policy": policy, "clause": _clause(books[policy], clause), "counts": _counts(counts)}
            for (policy, clause), counts in totals.clauses.items()
        ],
        "bearers": [
            {"policy": policy, "bearer": _role(books[policy], role), "counts": _counts(counts)}
            for (policy, role), counts in totals.bearers.items()
        ],
        "months": [{"month": month, "counts": _counts(counts)} for month, counts in totals.months.items()],
        "worst": [{"case": each.case, "counts": _counts(each.counts)} for each in totals.worst],
        "other_cases": totals.more,
    }


def _counts(counts: Counts) -> Json:
    return {kind.value: number for kind, number in counts.items()}


def _lateness(lateness: Lateness) -> Mapping[str, Json]:
    return {
        "late": lateness.late,
        "done": lateness.done,
        "outstanding": lateness.outstanding,
        "median_micros": lateness.median,
        "worst_micros": lateness.worst,
    }


def _finding(finding: Finding, books: Mapping[str, Book]) -> Json:
    book = None if finding.policy is None else books.get(finding.policy)

    def iso(instant: Instant | None) -> str | None:
        return _iso(instant, book)

    return {
        "kind": finding.kind.value,
        "state": state_of(finding).value,
        "case": finding.case,
        "policy": finding.policy,
        "subject": None if finding.subject is None else _node(book, finding.subject),
        "instance": finding.instance,
        "clauses": [] if book is None else [_clause(book, each) for each in finding.clauses],
        "bearer": None if book is None else _role(book, finding.bearer),
        "at": iso(finding.at),
        "due": iso(finding.due),
        "late_micros": finding.late,
        "done": finding.done,
        "missing_facts": list(finding.missing),
        "missing_attributes": [{"event": event, "attribute": name} for event, name in finding.missing_attributes],
        "as_of": iso(finding.as_of),
        "span": span_json(finding.span),
        "policy_span": span_json(finding.norm),
        "diagnostic": None if finding.fault is None else diagnostic_json(finding.fault),
        "gap": None if finding.gap is None else finding.gap.value,
        "extent": None if finding.extent is None else finding.extent.value,
        "under": [[choice(option) for option in each] for each in finding.under],
        "waived": None if finding.waived is None else _waiver(finding.waived),
        "known": finding.known,
        "fingerprint": finding.fingerprint,
    }


def _iso(instant: Instant | None, book: Book | None = None) -> str | None:
    return None if instant is None else instant.to_iso(None if book is None else book.policy.zone)


def _node(book: Book | None, name: str) -> Json:
    node = None if book is None else book.nodes.get(name)
    return {"id": name, "title": None if node is None else both(node.title)}


def _role(book: Book, role: str | None) -> Json:
    return None if role is None else titled(role, book.policy.role(role).title)


def _clause(book: Book, name: str) -> Json:
    clause = book.policy.header.source.clauses[name]
    return {"id": name, "number": clause.number, "says": both(clause.says)}


def _waiver(waiver: Waiver) -> Json:
    return {
        "case": waiver.case,
        "policy": waiver.policy,
        "subject": waiver.subject,
        "kinds": [each.value for each in waiver.kinds],
        "granted": waiver.granted.isoformat(),
        "expires": waiver.expires.isoformat(),
        "authority": waiver.authority,
        "reason": waiver.reason,
        "span": span_json(waiver.span),
    }
