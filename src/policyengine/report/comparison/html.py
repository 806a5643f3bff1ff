"""A comparison as one page of HTML that needs nothing else: no network, no font, no file beside it.

It is a synopsis in the way of printed ones: topics down, policies across. What lies behind a cell stands in notes at
the end; where scripts run they are shown beside the table instead. A content security policy admits the page's own
script and style alone, by their digests.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyengine.analysis.comparison import Relation
from policyengine.report import words as answer_words
from policyengine.report.comparison import html_words, words
from policyengine.report.comparison.building import comparison_sheet
from policyengine.report.comparison.picture import comparison_svg
from policyengine.report.comparison.sheet import Demand, Silence
from policyengine.report.html_page import environment, page_file, rendered
from policyengine.report.svg import theme

if TYPE_CHECKING:
    from jinja2 import Environment

    from policyengine.analysis.comparison import Comparison
    from policyengine.report.comparison.sheet import Cell, Column, Part, Place, ReadingNote, Row, Sheet, Verdict
    from policyengine.wording import Lang, Wording

MOST_LINES = 4
"""So many demands and gaps are told in a cell; the rest are counted there, and told in its details."""


@dataclass(frozen=True, slots=True)
class Line:
    """One demand or silence in a cell, with the number of its note.

    Args:
        where: the condition under which it stands; empty where that was told in the line before, or there is none.
    """

    where: str
    norm: Demand | Silence
    note: int


@dataclass(frozen=True, slots=True)
class Book:
    """The notes on one policy, each with its number."""

    column: Column
    demands: Mapping[int, Demand]
    silences: Mapping[int, Silence]
    readings: Mapping[int, ReadingNote]


def comparison_html(comparison: Comparison, lang: Lang) -> str:
    """Return *comparison* as a whole HTML document in the words of *lang*.

    Raises:
        MissingExtraError: jinja2 is not installed.
    """
    within = environment()
    sheet = comparison_sheet(comparison, lang)
    return sheet_html(sheet, comparison_svg(comparison, lang, styled=False), within)


def sheet_html(sheet: Sheet, drawing: str, within: Environment | None = None) -> str:
    """Return *sheet* as a whole HTML document.

    Args:
        sheet: what is shown.
        drawing: an SVG element, which stands in the page as it is.
        within: the environment of the template, where it is at hand.

    Raises:
        MissingExtraError: jinja2 is not installed.
    """
    view = _View(sheet)
    values: dict[str, object] = {
        "sheet": sheet,
        "view": view,
        "relations": tuple(Relation),
        "w": html_words,
        "common": words,
        "answer": answer_words,
        "say": view.say,
        "listed": view.listed,
    }
    style = f"{theme()}\n{page_file(__package__, 'html.css')}"
    return rendered(__package__, values, within or environment(), style=style, markup=drawing)


class _View:
    """What the template asks about a sheet."""

    most = MOST_LINES

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self.policies = tuple(each.policy for each in sheet.columns)
        self.grades = {
            grade: title for grade, title in sheet.grades.items() if any(grade in each.grades for each in sheet.rows)
        }
        self._numbers: dict[tuple[str, str, str], int] = {}
        self.books = tuple(map(self._book, sheet.columns))
        self.compared = len(sheet.columns) > 1
        self.shared = tuple(each for each in sheet.topics if not self.compared or _is_shared(each))
        self.single = tuple(
            (column, rows)
            for column in sheet.columns
            if (rows := tuple(row for each in sheet.topics if each not in self.shared for row in _of(each, column)))
        )

    def say(self, wording: Wording, **parts: object) -> str:
        """Return *wording* in the language of the sheet."""
        text = wording.within(self._sheet.lang)
        return text.format(**parts) if parts else text

    def listed(self, texts: Iterable[str], by: Wording = answer_words.SEMICOLON) -> str:
        """Return *texts* as one enumeration."""
        return self.say(by).join(texts)

    def shorts(self, policies: Iterable[str]) -> str:
        """Return the short names of *policies*."""
        return self.listed((self._sheet.column(each).short for each in policies), words.TOGETHER)

    def cell(self, row: Row, policy: str) -> Cell:
        """Return what *policy* says in *row*."""
        return next(each for each in row.cells if each.policy == policy)

    def usual(self, rows: Iterable[Row]) -> str:
        """Return the act that most of what the policies demand about one topic is."""
        demands = {
            (cell.policy, each.provision): each.act for row in rows for cell in row.cells for each in cell.demands
        }
        found = Counter(demands.values()).most_common(1)
        return found[0][0] if found else ""

    def names_trigger(self, demand: Demand) -> bool:
        """Tell whether a cell has to say what puts *demand* in force: it is not the usual, nor told in the limit."""
        told = demand.usual_trigger or demand.unlimited or demand.trigger in demand.limit
        return bool(demand.trigger and demand.limit) and not told

    def lines(self, cell: Cell) -> tuple[Line, ...]:
        """Return everything in *cell*, what reads the same once."""
        found: dict[object, Line] = {}
        for part in cell.parts:
            where = part.where
            for each in _norms(part):
                line = Line(where, each, self.number(cell.policy, each))
                if found.setdefault((part.where, _seen(each)), line) is line:
                    where = ""
        return tuple(found.values())

    def by_relation(self, verdict: Verdict) -> tuple[tuple[Relation, tuple[Place, ...]], ...]:
        """Return the places of *verdict* by how the policy stands there, those where it stands equal last."""
        found = dict.fromkeys(each.relation for each in verdict.places)
        ordered = sorted(found, key=lambda relation: (relation is Relation.EQUAL, relation is not verdict.relation))
        return tuple((one, tuple(each for each in verdict.places if each.relation is one)) for one in ordered)

    def number(self, policy: str, norm: Demand | Silence | ReadingNote) -> int:
        """Return the number of the note on *norm*."""
        return self._numbers[policy, *_key(norm)]

    def _book(self, column: Column) -> Book:
        cells = [cell for row in self._sheet.rows for cell in row.cells if cell.policy == column.policy]
        parts = [part for cell in cells for part in cell.parts]
        demands = [each for part in parts for each in part.demands]
        silences = [each for part in parts for each in part.silences]
        readings = [reading for part in parts for each in _norms(part) for reading in each.readings]
        return Book(
            column,
            {self._note(column, each): each for each in demands},
            {self._note(column, each): each for each in silences},
            {self._note(column, each): each for each in readings},
        )

    def _note(self, column: Column, norm: Demand | Silence | ReadingNote) -> int:
        return self._numbers.setdefault((column.policy, *_key(norm)), len(self._numbers) + 1)


def _norms(part: Part) -> tuple[Demand | Silence, ...]:
    return (*part.demands, *part.silences)


def _key(norm: Demand | Silence | ReadingNote) -> tuple[str, str]:
    if isinstance(norm, Demand):
        return ("provision", norm.provision)
    return ("gap", norm.id) if isinstance(norm, Silence) else ("reading", norm.name)


def _seen(norm: Demand | Silence) -> object:
    """Return what a cell shows of *norm*."""
    if isinstance(norm, Silence):
        return norm
    return (norm.act, norm.addressee, norm.strength, norm.limit, norm.counted_from, norm.doubtful)


def _is_shared(rows: Iterable[Row]) -> bool:
    """Tell whether more than one policy speaks of a topic, or it is asked of another one that is silent."""
    return any(sum(bool(cell.parts) or _is_missing(cell) for cell in row.cells) > 1 for row in rows)


def _is_missing(cell: Cell) -> bool:
    return cell.verdict is not None and cell.verdict.relation.missing


def _of(rows: Iterable[Row], column: Column) -> Iterator[Row]:
    return (row for row in rows if column.policy in row.speaking)
