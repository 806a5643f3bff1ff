"""What an audit adds up to, in lists: how late, by clause, by bearer, by month, and the cases with most findings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from policyengine.report import words as answer_words
from policyengine.report.audit import words
from policyengine.report.moments import duration
from policyengine.report.names import one_line
from policyengine.report.page import Line, Section, Tone, item

if TYPE_CHECKING:
    from policyengine.checks.audit.audit import Audit, Lateness
    from policyengine.checks.audit.finding import Kind
    from policyengine.report.audit.telling import Telling
    from policyengine.wording import Wording

MOST_ROWS = 30
"""So many rows of a table are told; the rest are counted."""


class Row(NamedTuple):
    """One row of a table: what it is about, of which policy, and how many findings of each kind there are."""

    name: str
    policy: str
    counts: Mapping[Kind, int]


class Table(NamedTuple):
    """A table of counts; `more` rows are left out of it."""

    heading: Wording
    rows: Sequence[Row]
    more: int


def counted_tables(audit: Audit, telling: Telling, most: int) -> Iterator[Table]:
    """Yield the tables by clause, bearer, month and case, those with rows, of at most *most* rows each."""
    totals, say = audit.totals, telling.say
    clauses = [
        Row(telling.books[policy].clause(clause), policy, counts) for (policy, clause), counts in totals.clauses.items()
    ]
    bearers = [
        Row(say(answer_words.NO_BEARER) if role is None else telling.books[policy].role(role), policy, counts)
        for (policy, role), counts in totals.bearers.items()
    ]
    months = [Row(month, "", counts) for month, counts in totals.months.items()]
    cases = [Row(one_line(each.case), "", each.counts) for each in totals.worst]
    for heading, rows in (
        (words.BY_CLAUSE, _graver(clauses)),
        (words.BY_BEARER, _graver(bearers)),
        (words.BY_MONTH, months),
    ):
        if rows:
            yield Table(heading, rows[:most], max(0, len(rows) - most))
    if cases:
        yield Table(words.WORST, cases[:most], max(0, len(cases) - most) + totals.more)


def _graver(rows: Sequence[Row]) -> list[Row]:
    """Return *rows* with those first that have the most of the gravest kinds."""
    return sorted(rows, key=lambda row: [-row.counts.get(kind, 0) for kind in words.KIND])


def tables(audit: Audit, telling: Telling) -> Iterator[Section]:
    """Yield the tables as lists."""
    for table in counted_tables(audit, telling, MOST_ROWS):
        lines = [item(_row(row, telling)) for row in table.rows]
        if table.more:
            wording = words.OTHER_CASES if table.heading is words.WORST else words.MORE_ROWS
            lines.append(Line(telling.say(wording, n=table.more), Tone.QUIET))
        yield Section(telling.say(table.heading), tuple(lines))


def _row(row: Row, telling: Telling) -> str:
    named = row.policy and len(telling.books) > 1
    name = telling.say(answer_words.PARENTHESES, word=row.name, more=row.policy) if named else row.name
    return telling.say(answer_words.COLON, word=name, more=telling.counts(row.counts))


def lateness_lines(audit: Audit, telling: Telling) -> Iterator[Line]:
    """Yield how late all of it was, then each provision; nothing where nothing was late."""
    if not audit.lateness.late:
        return
    provisions = (
        item(late_told(telling.of_policy(telling.books[policy], provision), each, telling))
        for (policy, provision), each in audit.late.items()
    )
    yield item(late_told(telling.say(words.OVER_ALL), audit.lateness, telling), tone=Tone.STRONG)
    yield from provisions


def late_told(what: str, lateness: Lateness, telling: Telling) -> str:
    """Return how many of *what* were late, and how late."""
    told = telling.say(words.LATE, what=what, late=lateness.late, done=lateness.done, outstanding=lateness.outstanding)
    if lateness.median is None or lateness.worst is None:
        return told
    median, worst = duration(lateness.median, telling.lang), duration(lateness.worst, telling.lang)
    return telling.say(words.LENGTHS, told=told, median=median, worst=worst)
