"""An audit as one page of HTML that needs nothing else: no network, no font, no file beside it.

Figures first, then every finding in a table, gravest first, which can be filtered where scripts run. A content security
policy admits the page's own script and style alone, by their digests.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from policyengine.checks.audit.finding import Kind
from policyengine.report.audit import html_words, words
from policyengine.report.audit.lead import as_of, held_to, in_short
from policyengine.report.audit.tables import Table, counted_tables
from policyengine.report.audit.telling import Telling, state_of
from policyengine.report.audit.words import State
from policyengine.report.html_page import environment, page_file, rendered
from policyengine.report.moments import duration
from policyengine.report.names import one_line
from policyengine.report.regulation.markup import capital

if TYPE_CHECKING:
    from policyengine.checks.audit.audit import Audit, Lateness
    from policyengine.checks.audit.finding import Finding
    from policyengine.wording import Lang

MOST_ROWS = 2_000
"""So many findings stand in the page, which a browser still shows at once; the gravest of them."""
MOST_TABLE_ROWS = 200
_SHARED_STYLE = "policyengine.report.comparison"


class Named(NamedTuple):
    """Something that rows can be chosen by: a key, and its words."""

    key: str
    title: str


@dataclass(frozen=True, slots=True)
class Row:
    """One finding, as a row shows it; the keys are what it can be chosen by."""

    kind: Kind
    state: State
    about: str
    case: str
    told: tuple[str, ...]
    bearer: Named | None
    clauses: tuple[Named, ...]
    policy: str
    month: str
    place: str


@dataclass(frozen=True, slots=True)
class Late:
    """How late something was, as a row shows it."""

    name: str
    lateness: Lateness
    median: str
    worst: str


def audit_html(audit: Audit, lang: Lang) -> str:
    """Return *audit* as a whole HTML document in the words of *lang*; its findings are gone through once.

    Raises:
        MissingExtraError: jinja2 is not installed.
    """
    within = environment()
    telling = Telling(audit.policies, lang)
    rows = [_row(each, telling) for each in _gravest(audit.findings, MOST_ROWS)]
    values: dict[str, object] = {
        "audit": audit,
        "lang": lang,
        "lead": tuple(filter(None, (held_to(telling), as_of(audit, telling)))),
        "in_short": in_short(audit, telling),
        "rows": rows,
        "more": len(audit.findings) - len(rows),
        "tables": tuple(counted_tables(audit, telling, MOST_TABLE_ROWS)),
        "late": _late(audit, telling),
        "choices": _choices(rows, telling),
        "kinds": [kind for kind, tally in audit.totals.kinds.items() if tally.found],
        "states": tuple(State),
        "clauses": _clauses(rows, telling),
        "w": html_words,
        "words": words,
        "say": telling.say,
        "capital": capital,
        "kinds_of": _kinds_of,
    }
    style = "\n".join((page_file(_SHARED_STYLE, "html.css"), page_file(__package__, "html.css")))
    return rendered(__package__, values, within, style=style)


def _gravest(findings: Iterable[Finding], most: int) -> Sequence[Finding]:
    """Return at most *most* of *findings*, by kind and then in their order."""
    held: dict[Kind, list[Finding]] = {each: [] for each in Kind}
    for each in findings:
        if len(held[each.kind]) < most:
            held[each.kind].append(each)
    return [each for found in held.values() for each in found][:most]


def _row(finding: Finding, telling: Telling) -> Row:
    book = telling.book(finding)
    told = [*telling.brief(finding)]
    if finding.waived is not None:
        told.append(telling.waived(finding.waived))
    role = None if book is None else finding.bearer
    month = "" if book is None or finding.at is None else str(book.policy.zone.local_date(finding.at))[: len("2025-10")]
    return Row(
        kind=finding.kind,
        state=state_of(finding),
        about=telling.subject(finding),
        case=" · ".join(map(one_line, filter(None, (finding.case, finding.instance)))),
        told=tuple(told),
        bearer=None if role is None or book is None else Named(f"{book.policy.id}/{role}", book.role(role)),
        clauses=tuple(
            Named(f"{finding.policy}/{name}", told)
            for name, told in zip(finding.clauses, telling.clauses(finding), strict=False)
        ),
        policy=finding.policy or "",
        month=month,
        place="" if finding.span is None else str(finding.span),
    )


def _late(audit: Audit, telling: Telling) -> Sequence[Late]:
    if not audit.lateness.late:
        return ()
    provisions = (
        (telling.of_policy(telling.books[policy], provision), each) for (policy, provision), each in audit.late.items()
    )
    return [
        _late_row(name, each, telling) for name, each in ((telling.say(words.OVER_ALL), audit.lateness), *provisions)
    ]


def _late_row(name: str, lateness: Lateness, telling: Telling) -> Late:
    shown = ("" if each is None else duration(each, telling.lang) for each in (lateness.median, lateness.worst))
    return Late(name, lateness, *shown)


def _choices(rows: Iterable[Row], telling: Telling) -> Mapping[str, Sequence[Named]]:
    """Return what rows can be chosen by: only what some row has, by the name of the field."""
    held = list(rows)
    policies = {each.policy for each in held}
    found: dict[str, list[Named]] = {
        "policy": [
            Named(name, book.say(book.policy.title)) for name, book in telling.books.items() if name in policies
        ],
        "clause": [each for row in held for each in row.clauses],
        "bearer": [row.bearer for row in held if row.bearer is not None],
        "month": [Named(each, each) for each in sorted({row.month for row in held if row.month})],
    }
    return {name: list(dict.fromkeys(values)) for name, values in found.items()}


def _clauses(rows: Iterable[Row], telling: Telling) -> Sequence[tuple[Named, Sequence[Named]]]:
    """Return the clauses that rows rest on, by policy."""
    found = dict.fromkeys((row.policy, each) for row in rows for each in row.clauses)
    by_policy = {name: [each for policy, each in found if policy == name] for name in telling.books}
    return [
        (Named(name, telling.books[name].say(telling.books[name].policy.title)), clauses)
        for name, clauses in by_policy.items()
        if clauses
    ]


def _kinds_of(table: Table) -> Sequence[Kind]:
    """Return the kinds that any row of *table* has."""
    return [kind for kind in Kind if any(row.counts.get(kind) for row in table.rows)]
