"""A comparison of two or three policies as a table: a row for each stretch of grades, a column for each policy."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from policyengine.report.breaking import broken
from policyengine.report.cells import cells
from policyengine.report.comparison import words
from policyengine.report.comparison.cell_lines import CellLines
from policyengine.report.comparison.choosing import chosen
from policyengine.report.comparison.front import front
from policyengine.report.comparison.page import rest
from policyengine.report.markdown import escaped, markdown
from policyengine.report.page import Line, Page, Tone
from policyengine.report.plain import plain
from policyengine.report.regulation.markup import capital, inline, table
from policyengine.report.visible import visible

if TYPE_CHECKING:
    from policyengine.report.comparison.choosing import Choice
    from policyengine.report.comparison.sheet import Row, Sheet

    Paint = Callable[[str, Tone], str]

MOST_COLUMNS = 3
_LEAST_WIDTH, _GRADE_WIDTH, _BETWEEN = 24, 14, 2
"""Cells: of a policy's column, of the one that names grades, and between two."""


def fits(sheet: Sheet, width: int | None = None) -> bool:
    """Tell whether *sheet* can be a table, in lines of *width* cells."""
    count = len(sheet.columns)
    return 1 < count <= MOST_COLUMNS and (width is None or _width(count, width) >= _LEAST_WIDTH)


def table_text(sheet: Sheet, width: int, paint: Paint | None = None, *, whole: bool = False) -> str:
    """Return *sheet* as text of *width* cells; *paint* colours a piece of a line."""
    found = chosen(sheet, whole=whole)
    wide = _width(len(sheet.columns), width)
    opening = plain(Page(sheet.title, tuple(front(sheet, details=False)), ()), width=width, paint=paint)
    blocks = ["\n".join(_block(sheet, rows, wide, paint)) + "\n" for rows in found.full]
    ending = [plain(each, width=width, paint=paint) for each in _closing(sheet, found)]
    return "\n".join((opening, *blocks, *ending))


def table_markdown(sheet: Sheet, *, whole: bool = False) -> str:
    """Return *sheet* as Markdown with a table for each topic."""
    found = chosen(sheet, whole=whole)
    parts = [markdown(Page(sheet.title, tuple(front(sheet, details=False)), ()))]
    head = [words.GRADE.within(sheet.lang), *(inline(each.short) for each in sheet.columns)]
    for rows in found.full:
        lines = table(head, ([inline(_stretch(sheet, row)), *map(_joined, told)] for row, told in _rows(sheet, rows)))
        parts.append("\n".join((f"## {escaped(capital(rows[0].title))}", "", *lines)))
    parts += [f"#{markdown(each)}" for each in _closing(sheet, found)]
    return "\n".join(parts)


def _closing(sheet: Sheet, found: Choice) -> Iterator[Page]:
    """Yield what is only named, each section as a page of its own."""
    return (Page(each.heading or "", each.lines, ()) for each in rest(sheet, found))


def _joined(lines: Sequence[Line]) -> str:
    return "<br>".join(inline(each.text) for each in lines)


def _width(count: int, width: int) -> int:
    return (width - _GRADE_WIDTH) // count - _BETWEEN


def _rows(sheet: Sheet, rows: Sequence[Row]) -> Iterator[tuple[Row, list[tuple[Line, ...]]]]:
    """Yield each row with the lines of its cells; a cell that repeats the one above only says so."""
    told = CellLines(sheet, details=False, graded=False)
    above: list[tuple[Line, ...]] = [()] * len(sheet.columns)
    for row in rows:
        found = []
        for column in sheet.columns:
            cell = {row.grades: row.cell(column.policy)}
            found.append(
                (*told.norms(cell, named=row.named), *told.verdicts(cell)) or (Line(words.NOTHING.within(sheet.lang)),)
            )
        same = Line(words.AS_ABOVE.within(sheet.lang), Tone.QUIET)
        yield (
            row,
            [
                (same,) if each == one and len(each[0].text) > 1 else each
                for each, one in zip(found, above, strict=True)
            ],
        )
        above = found


def _stretch(sheet: Sheet, row: Row) -> str:
    return row.stretch or words.ALL_GRADES.within(sheet.lang)


def _block(sheet: Sheet, rows: Sequence[Row], wide: int, paint: Paint | None) -> Iterator[str]:
    """Yield the lines of one topic."""
    strong = [(Line(each.short, Tone.STRONG),) for each in sheet.columns]
    yield _painted(capital(rows[0].title), Tone.STRONG, paint)
    yield from _side_by_side(((), *strong), wide, paint)
    yield "  ".join(("-" * _GRADE_WIDTH, *("-" * wide for _ in sheet.columns)))
    for number, (row, told) in enumerate(_rows(sheet, rows)):
        yield from ([""] if number else [])
        yield from _side_by_side(((Line(_stretch(sheet, row)),), *told), wide, paint)


def _side_by_side(columns: Sequence[Sequence[Line]], wide: int, paint: Paint | None) -> Iterator[str]:
    widths = (_GRADE_WIDTH, *(wide for _ in columns[1:]))
    pieces = [list(_pieces(lines, width)) for lines, width in zip(columns, widths, strict=True)]
    for line in zip_longest(*pieces, fillvalue=("", Tone.PLAIN)):
        padded = (
            _painted(text, tone, paint) + " " * (width - cells(text))
            for (text, tone), width in zip(line, widths, strict=True)
        )
        yield (" " * _BETWEEN).join(padded).rstrip()


def _pieces(lines: Sequence[Line], width: int) -> Iterator[tuple[str, Tone]]:
    """Yield *lines* broken to *width*, what goes on a step further in."""
    for each in lines:
        for number, piece in enumerate(broken(visible(each.text), width, width - _BETWEEN)):
            yield (" " * _BETWEEN * bool(number) + piece, each.tone)


def _painted(text: str, tone: Tone, paint: Paint | None) -> str:
    return text if paint is None or not text else paint(text, tone)
