"""A comparison as a page: topic by topic, below each topic policy by policy, everything told once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from policyengine.report import words as answer_words
from policyengine.report.comparison import words
from policyengine.report.comparison.cell_lines import CellLines
from policyengine.report.comparison.choosing import chosen
from policyengine.report.comparison.front import front, single_stretch
from policyengine.report.comparison.lines import reading_line
from policyengine.report.page import Line, Page, Section, Tone, item
from policyengine.report.regulation.markup import capital

if TYPE_CHECKING:
    from policyengine.report.comparison.choosing import Choice
    from policyengine.report.comparison.sheet import Row, Sheet
    from policyengine.wording import Lang


def comparison_page(sheet: Sheet, *, details: bool = False, whole: bool = False) -> Page:
    """Return *sheet* as a page.

    Args:
        sheet: what is shown.
        details: also tell what every line rests on: provision, clauses, readings.
        whole: tell every topic in full, also where no policy stands against another.
    """
    found = chosen(sheet, whole=whole)
    told = CellLines(sheet, details, graded=not single_stretch(sheet))
    sections = [Section(capital(rows[0].title), tuple(_topic(told, rows))) for rows in found.full]
    sections += [*rest(sheet, found), *(_readings(sheet, found) if details else ())]
    return Page(sheet.title, tuple(front(sheet, details=details)), tuple(sections))


def _readings(sheet: Sheet, found: Choice) -> Iterator[Section]:
    """Yield for each policy the readings that anything told in full depends on, each once."""
    for column in sheet.columns:
        parts = [part for rows in found.full for row in rows for part in row.cell(column.policy).parts]
        notes = [each.readings for part in parts for each in part.demands]
        notes += [each.readings for part in parts for each in part.silences]
        readings = dict.fromkeys(each for several in notes for each in several)
        if readings:
            heading = words.READINGS_OF.within(sheet.lang).format(short=column.short)
            yield Section(heading, tuple(reading_line(each, sheet.lang) for each in readings))


def _topic(told: CellLines, rows: Sequence[Row]) -> Iterator[Line]:
    """Yield what each policy says, then the policies that say nothing although they should; those alike together."""
    sheet = told.sheet
    speaking: dict[tuple[Line, ...], list[str]] = {}
    silent: dict[tuple[Line, ...], list[str]] = {}
    for column in sheet.columns:
        cells = {row.grades: row.cell(column.policy) for row in rows}
        norms, verdicts = tuple(told.norms(cells, named=rows[0].named)), tuple(told.verdicts(cells))
        if norms or verdicts:
            (speaking if norms else silent).setdefault((*norms, *verdicts), []).append(column.short)
    for lines, names in (*speaking.items(), *silent.items()):
        if len(sheet.columns) == 1:
            yield from (replace(each, bullet=True) for each in lines)
        else:
            yield item(_policies(sheet, names), lines, Tone.STRONG)


def _policies(sheet: Sheet, names: Sequence[str]) -> str:
    if len(names) == len(sheet.columns):
        return words.ALL_POLICIES.within(sheet.lang)
    return words.TOGETHER.within(sheet.lang).join(names)


def rest(sheet: Sheet, found: Choice) -> Iterator[Section]:
    """Yield what is only named of the topics that are not told in full."""
    lang = sheet.lang
    if found.shared:
        lines = (
            _named(rows[0].title, _policies(sheet, [sheet.column(each).short for each in policies]), lang)
            for rows, policies in found.shared
        )
        yield Section(words.SHARED.within(lang), tuple(lines))
    if found.lone:
        lines = (
            _named(
                sheet.column(policy).short,
                answer_words.SEMICOLON.within(lang).join(rows[0].title for rows in topics),
                lang,
            )
            for policy, topics in found.lone
        )
        yield Section(words.LONE.within(lang), tuple(lines))


def _named(what: str, more: str, lang: Lang) -> Line:
    return item(words.NAMED.within(lang).format(short=what, title=more))
