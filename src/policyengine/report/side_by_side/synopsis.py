"""The synopsis: matter by matter what each text says, with its clauses; what the parents regulate comes first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from policyengine.report.comparison import words as compared
from policyengine.report.comparison.building import comparison_sheet
from policyengine.report.comparison.choosing import chosen
from policyengine.report.comparison.page import comparison_page
from policyengine.report.regulation.markup import heading, inline, items
from policyengine.report.side_by_side import words
from policyengine.report.side_by_side.telling import OVERVIEW, argument_of, bullets, page_of

if TYPE_CHECKING:
    from policyengine.report.comparison.sheet import Cell, ClauseNote, Demand, Row, Sheet, Silence
    from policyengine.report.page import Section
    from policyengine.report.side_by_side.telling import Telling


def synopsis(told: Telling) -> str:
    """Return the page as Markdown that ends with a line end."""
    sheet = _with_clauses(_parents_first(comparison_sheet(told.found.whole, told.lang), told), told)
    full = {rows[0].topic for rows in chosen(sheet, whole=False).full} | {row.topic for row in sheet.rows if row.named}
    first, rest = _only(sheet, lambda row: row.topic in full), _only(sheet, lambda row: row.topic not in full)
    lines = [*_front(told, sheet)]
    for rows, section in zip(first.topics, comparison_page(first, whole=True).sections, strict=True):
        anchor = rows[0].topic.replace("_", "-")
        lines += [f'<a id="{anchor}"></a>', "", *_section(section, inline(section.heading or ""))]
    left = chosen(rest, whole=False)
    titles = [title for title, found in ((words.SHARED, left.shared), (words.LONE, left.lone)) if found]
    for title, section in zip(titles, comparison_page(rest).sections, strict=True):
        lines += _section(section, told.say(title))
    return "\n".join(lines).rstrip("\n") + "\n"


def _only(sheet: Sheet, wanted: Callable[[Row], bool]) -> Sheet:
    return replace(sheet, rows=tuple(filter(wanted, sheet.rows)))


def _section(section: Section, title: str) -> Iterator[str]:
    yield from heading(2, title)
    yield from bullets(section.lines)
    yield ""


def _front(told: Telling, sheet: Sheet) -> Iterator[str]:
    yield from heading(1, told.say(words.SYNOPSIS))
    yield from (told.say(words.GENERATED), "", told.say(words.SYNOPSIS_ABOUT), "")
    if sheet.given:
        yield told.say(words.GIVEN, facts=inline(told.phrases.listed(sheet.given)))
    yield from (told.say(words.USUAL, trigger=inline(sheet.usual_trigger)), "")
    for each in sheet.columns:
        page = page_of(argument_of(each.policy) if each.policy in told.found.regulations else each.policy, told.lang)
        yield from items([told.say(compared.NAMED, short=inline(each.short), title=f"[{inline(each.title)}]({page})")])
    yield from items([f"[{told.say(words.TITLE)}]({page_of(OVERVIEW, told.lang)})"])
    yield ""


def _parents_first(sheet: Sheet, told: Telling) -> Sheet:
    """Return *sheet* with the topics first about which a parent demands anything."""

    def later(row: Row) -> bool:
        same = (each for each in sheet.rows if each.topic == row.topic)
        return not any(each.cell(parent).demands for each in same for parent in told.found.parents)

    return replace(sheet, rows=tuple(sorted(sheet.rows, key=later)))


def _with_clauses(sheet: Sheet, told: Telling) -> Sheet:
    """Return *sheet* with the clauses behind every demand and silence."""

    def clauses(notes: Iterable[ClauseNote]) -> str:
        return told.phrases.listed(each.id for each in notes)

    def demand(one: Demand) -> Demand:
        return replace(one, sentence=told.say(words.CLAUSED, norm=one.sentence, clauses=clauses(one.clauses)))

    def silence(one: Silence) -> Silence:
        return replace(one, title=told.say(words.CLAUSED, norm=one.title, clauses=clauses(one.clauses)))

    def cell(one: Cell) -> Cell:
        parts = (
            replace(each, demands=tuple(map(demand, each.demands)), silences=tuple(map(silence, each.silences)))
            for each in one.parts
        )
        return replace(one, parts=tuple(parts))

    return replace(sheet, rows=tuple(replace(row, cells=tuple(map(cell, row.cells))) for row in sheet.rows))
