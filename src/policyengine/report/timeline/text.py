"""A timeline as plain text: a table in columns where there is room, else each row in lines of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from policyengine.report import words
from policyengine.report.breaking import broken
from policyengine.report.cells import cells
from policyengine.report.page import Line, Page, Section, Tone, item
from policyengine.report.plain import plain
from policyengine.report.timeline import words as say
from policyengine.report.timeline.making import TONES
from policyengine.report.timeline.table import Row, table
from policyengine.report.timeline.values import FAULTS, SHOWN
from policyengine.report.visible import visible

if TYPE_CHECKING:
    from policyengine.report.timeline.values import Lane, Timeline
    from policyengine.wording import Lang

    Paint = Callable[[str, Tone], str]

_GAP = "  "
_LEAST = 28
"""So many cells at least must be left for what happened, or else the table is given up."""


def timeline_text(timeline: Timeline, *, width: int | None = None, paint: Paint | None = None) -> str:
    """Return *timeline* as text.

    Args:
        timeline: what is to be told.
        width: cells of a line, of which a Chinese character takes two; unless given, no line is ever broken.
        paint: colours a piece of a line. It gets what is already broken, without its indentation.
    """
    lead = plain(Page(timeline.title, tuple(lead_lines(timeline)), ()), width=width, paint=paint)
    rows = "\n".join(_Writer(table(timeline), width, paint).lines()) + "\n"
    parts = [lead, rows]
    sections = (*folded(timeline), *aside(timeline))
    if sections:
        first, *others = sections  # whose heading and lines look as a page's title and lead do
        parts.append(plain(Page(first.heading or "", first.lines, tuple(others)), width=width, paint=paint))
    return "\n".join(parts)


def lead_lines(timeline: Timeline) -> Iterator[Line]:
    """Yield what stands under the title: by which policies, at which instant, on how much of the log, in short."""
    lang = timeline.clock.lang
    yield from (Line(each, Tone.QUIET) for each in timeline.policies)
    yield Line(timeline.as_of_words)
    yield from timeline.premises
    if timeline.counts:
        yield Line(words.IN_SHORT.within(lang).format(parts=timeline.counts), Tone.STRONG)


def folded(timeline: Timeline) -> Iterator[Section]:
    """Yield the duties whose periods are told together, and those without a limit, which no row tells."""
    for band in timeline.bands:
        found = [each for each in band.lanes if each.folded or each.stretches[0].due is None]
        if found:
            heading = words.HEAD.within(timeline.clock.lang).format(words=band.heading, n=len(found))
            yield Section(heading, tuple(_lane(each, timeline.clock.lang) for each in found))


def _lane(lane: Lane, lang: Lang) -> Line:
    told = words.COLON.within(lang).format(word=lane.title, more=lane.state)
    under = [lane.detail]
    if lane.folded and sum(each.mark in FAULTS for each in lane.stretches) > SHOWN:
        under.append(say.ONLY_LAST.within(lang).format(n=SHOWN))
    return item(told, (Line(each, Tone.QUIET) for each in under), TONES[lane.mark])


def aside(timeline: Timeline) -> Iterator[Section]:
    """Yield what has no place in time."""
    for each in timeline.others:
        heading = words.HEAD.within(timeline.clock.lang).format(words=each.heading, n=len(each.titles))
        yield Section(heading, tuple(item(title) for title in each.titles), Tone.QUIET)


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes the rows, those of one day under its date."""

    rows: Sequence[Row]
    width: int | None
    paint: Paint | None

    def lines(self) -> Iterator[str]:
        for number, (day, rows) in enumerate(groupby(self.rows, key=lambda each: each.day)):
            if number:
                yield ""
            yield self._painted(day, Tone.STRONG)
            for row in rows:
                yield from self._row(row)

    def _row(self, row: Row) -> Iterator[str]:
        columns = [each for each in self._columns() if each]
        taken = sum(columns) + len(columns) * len(_GAP)
        cell = [each for each in (row.time, row.elapsed, row.mark) if each]
        if self.width is not None and self.width - taken < _LEAST:
            yield from self._broken(_GAP.join(cell), self.width, "", row.tone)
            yield from self._told(row, self.width, _GAP)
            return
        head = [text + " " * (room - cells(text)) for text, room in zip(cell, columns, strict=True)]
        head[-1] = self._painted(head[-1], row.tone)
        first, *others = self._told(row, self.width and self.width - taken, "")
        yield _GAP.join(head) + _GAP + first
        yield from (" " * taken + each for each in others)

    def _told(self, row: Row, room: int | None, indent: str) -> Iterator[str]:
        tone = row.tone if row.tone in (Tone.STRONG, Tone.QUIET) else Tone.PLAIN
        yield from self._broken(row.what, room, indent, tone)
        for each in row.remarks:
            yield from self._broken(each.words, room, indent + _GAP, each.tone)
        if row.clauses:
            yield from self._broken(", ".join(row.clauses), room, indent + _GAP, Tone.QUIET)

    def _broken(self, text: str, room: int | None, indent: str, tone: Tone) -> Iterator[str]:
        shown = visible(text)
        left = None if room is None else max(1, room - len(indent))
        for each in (shown,) if left is None else broken(shown, left, left):
            yield indent + self._painted(each, tone)

    def _columns(self) -> tuple[int, int, int]:
        return (
            max(cells(each.time) for each in self.rows),
            max(cells(each.elapsed) for each in self.rows),
            max(cells(each.mark) for each in self.rows),
        )

    def _painted(self, text: str, tone: Tone) -> str:
        return text if self.paint is None else self.paint(text, tone)
