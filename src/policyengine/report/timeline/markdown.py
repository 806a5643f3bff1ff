"""A timeline as Markdown: one table, then what has no place in it as lists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policyengine.report import words
from policyengine.report.markdown import escaped, markdown
from policyengine.report.page import Page
from policyengine.report.timeline import words as say
from policyengine.report.timeline.table import Row, table
from policyengine.report.timeline.text import aside, folded, lead_lines

if TYPE_CHECKING:
    from policyengine.report.timeline.values import Timeline
    from policyengine.wording import Lang

_HEADINGS = (say.WHEN, say.ELAPSED, say.HOW, say.WHAT, say.CLAUSES)


def timeline_markdown(timeline: Timeline) -> str:
    """Return *timeline* as Markdown with a table (GitHub's kind): whatever its texts hold, they are never obeyed."""
    lang = timeline.clock.lang
    lead = markdown(Page(timeline.title, tuple(lead_lines(timeline)), ()))
    rows = (_cells(row, lang) for row in table(timeline))
    lines = [_line([each.within(lang) for each in _HEADINGS]), _line(["---"] * len(_HEADINGS)), *map(_line, rows)]
    blocks = [lead.rstrip("\n"), "\n".join(lines), *_lists(timeline)]
    return "\n\n".join(blocks) + "\n"


def _cells(row: Row, lang: Lang) -> list[str]:
    what = words.SEMICOLON.within(lang).join((row.what, *(each.words for each in row.remarks)))
    return [escaped(each) for each in (f"{row.day} {row.time}", row.elapsed, row.mark, what, ", ".join(row.clauses))]


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _lists(timeline: Timeline) -> Iterator[str]:
    for section in (*folded(timeline), *aside(timeline)):
        items = (f"- {escaped(each.text)}" for each in section.lines)
        yield "\n\n".join((f"## {escaped(section.heading or '')}", "\n".join(items)))
