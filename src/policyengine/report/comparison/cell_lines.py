"""What a cell says, line by line; told once for all the cells of a policy about a topic, or cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from policyengine.report.comparison.lines import (
    demand_details,
    demand_text,
    silence_details,
    silence_text,
    verdict_details,
    verdict_text,
    verdict_tone,
)
from policyengine.report.page import Line, Tone
from policyengine.report.region_words import stretch_words

if TYPE_CHECKING:
    from policyengine.report.comparison.sheet import Cell, Demand, Sheet, Silence, Verdict


@dataclass(frozen=True, slots=True)
class CellLines:
    """How cells are told.

    Args:
        sheet: that they are of.
        details: whether to tell what every line rests on.
        graded: whether every line names the grades that it holds for.
    """

    sheet: Sheet
    details: bool
    graded: bool

    def norms(self, cells: Mapping[tuple[str, ...], Cell], *, named: bool) -> Iterator[Line]:
        """Yield every demand and silence once, with the grades for which it stands.

        Args:
            cells: of one policy about one topic, by their grades.
            named: whether the vocabulary names the topic. Elsewhere silences alone are told only where the policy is
                held against what others demand; there is too much that nobody would look for.
        """
        demands: dict[tuple[str, Demand], dict[Demand, list[str]]] = {}
        silences: dict[tuple[str, Silence], list[str]] = {}
        for grades, cell in cells.items():
            for part in cell.parts:
                for demand in part.demands:
                    key = demand if self.details else _apart_from_addressee(demand)
                    demands.setdefault((part.where, key), {}).setdefault(demand, []).extend(grades)
                for silence in part.silences:
                    silences.setdefault((part.where, silence), []).extend(grades)
        for (where, _), alike in demands.items():
            yield self._demand(where, alike)
        told = (
            named or bool(demands) or any(each.verdict is not None and each.verdict.compared for each in cells.values())
        )
        for (where, silence), stretch in silences.items() if told else ():
            details = silence_details(silence, self.sheet.lang) if self.details else ()
            text = silence_text(silence, (self._stretch(stretch), where), self.sheet.lang)
            yield Line(text, Tone.OPEN, tuple(details))

    def _demand(self, where: str, alike: Mapping[Demand, Sequence[str]]) -> Line:
        """Return demands that differ in their addressees only as one line."""
        first, lang = next(iter(alike)), self.sheet.lang
        grades = [grade for each in alike.values() for grade in each]
        addressees = tuple(dict.fromkeys(each.addressee for each in alike if each.addressee))
        text = demand_text(first, (self._stretch(grades), where), addressees, lang, starred=not self.details)
        return Line(text, under=tuple(demand_details(first, lang)) if self.details else ())

    def verdicts(self, cells: Mapping[tuple[str, ...], Cell]) -> Iterator[Line]:
        """Yield every relation once, with the grades for which it holds; with details also what is demanded besides."""
        found: dict[tuple[str, str, bool], tuple[Verdict, list[str]]] = {}
        for grades, cell in cells.items():
            told = cell.verdict
            if told is not None and (self.details or told.compared):
                found.setdefault((told.word, told.reason, told.everywhere), (told, []))[1].extend(grades)
        for verdict, stretch in found.values():
            under = verdict_details(verdict, self.sheet.usual_trigger, self.sheet.lang) if self.details else ()
            text = verdict_text(verdict, self._stretch(stretch), self.sheet.lang)
            yield Line(text, verdict_tone(verdict), tuple(under))

    def _stretch(self, grades: Sequence[str]) -> str:
        return stretch_words(grades, self.sheet.grades, self.sheet.lang) if self.graded else ""


def _apart_from_addressee(demand: Demand) -> Demand:
    """Return what is the same in provisions that differ only in whom they address."""
    return replace(demand, provision="", title="", addressee="", clauses=(), note="", quoted="")
