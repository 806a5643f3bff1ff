"""What is said before a comparison itself: which policies, held against which, and what holds for every line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policyengine.report import words as answer_words
from policyengine.report.comparison import words
from policyengine.report.page import Line, Tone, item
from policyengine.report.region_words import stretch_words

if TYPE_CHECKING:
    from policyengine.report.comparison.sheet import Sheet


def front(sheet: Sheet, *, details: bool) -> Iterator[Line]:
    """Yield the lines under the title of *sheet*; with *details* readings are told, and need no star."""
    lang = sheet.lang
    yield from _columns(sheet)
    yield from (Line(each, Tone.OPEN) for each in sheet.remarks)
    if sheet.given:
        facts = answer_words.SEMICOLON.within(lang).join(sheet.given)
        yield Line(words.GIVEN.within(lang).format(facts=facts), Tone.QUIET)
    if sheet.usual_trigger:
        yield Line(words.USUAL.within(lang).format(trigger=sheet.usual_trigger), Tone.QUIET)
    if shown := single_stretch(sheet):
        yield Line(words.ONLY_GRADES.within(lang).format(stretch=shown), Tone.QUIET)
    if sheet.grades and any(each.stretch for each in sheet.rows):
        yield Line(words.GRADED.within(lang).format(facts=sheet.grade_title), Tone.QUIET)
    if not details and any(each.readings for row in sheet.rows for cell in row.cells for each in cell.demands):
        yield Line(words.STAR.within(lang), Tone.QUIET)


def _columns(sheet: Sheet) -> Iterator[Line]:
    """Yield a line for each policy; one that stands alone is in the title."""
    lang = sheet.lang
    for each in sheet.columns:
        name = words.NAMED.within(lang).format(short=each.short, title=each.title)
        against = words.TOGETHER.within(lang).join(sheet.column(one).short for one in each.against)
        wording = words.HELD if against else words.NOT_HELD
        chosen = answer_words.SEMICOLON.within(lang).join(each.assumed)
        under = [Line(words.CHOSEN.within(lang).format(readings=chosen), Tone.OPEN)] if chosen else []
        if len(sheet.columns) == 1:
            yield from under
        else:
            yield item(wording.within(lang).format(name=name, policy=each.policy, against=against), under)


def single_stretch(sheet: Sheet) -> str:
    """Return the grades of all rows in words, where they are the same in all, and not all grades there are."""
    found = {each.grades for each in sheet.rows}
    return stretch_words(next(iter(found)), sheet.grades, sheet.lang) if len(found) == 1 else ""
