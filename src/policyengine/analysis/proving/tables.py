"""Decision tables: rows that are never taken, and rows that are true together where only one may be."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyengine.analysis.proving.examination import EVERYWHERE, Found, condition_norm, or_undecided
from policyengine.analysis.proving.finding import Check, Expected, Finding, FindingKind, Rows, Witness
from policyengine.analysis.proving.scene import LATER, staged
from policyengine.model.condition import Truth
from policyengine.model.provision import UNSTATED

if TYPE_CHECKING:
    from policyengine.analysis.proving.examination import Examination
    from policyengine.analysis.regions import Region
    from policyengine.engine.matcher import Record
    from policyengine.model.base import Atom
    from policyengine.model.provision import DecisionTable, Gap, Provision

_Truths = tuple[Truth, ...]


def tables(examination: Examination) -> Found:
    """Yield the rows that are never taken, and those that overlap."""
    side = examination.side
    for variants in side.policy.tables:
        table = variants.under(side.readings)
        if table is not None:
            look = _Looking(examination, table)
            yield from or_undecided(FindingKind.UNREACHABLE_ROW, (table.id,), look.findings)


@dataclass(frozen=True, slots=True)
class _Looking:
    """What is looked for in one table."""

    examination: Examination
    table: DecisionTable

    @property
    def rows(self) -> tuple[Gap, ...]:
        """Return the conditions of the rows as norms that apply where they are true."""
        return tuple(
            condition_norm(self.table.id, f"row {place}", each.when) for place, each in enumerate(self.table.rows)
        )

    def findings(self) -> Iterator[Finding]:
        """Yield what is wrong with the table."""
        found = self.examination.applying(self.rows)
        truths = [each for _, each in found]
        for place in range(len(self.table.rows)):
            if not any(self._reached(place, each) for each in truths):
                yield from self._never(place)
        if self.table.else_ != UNSTATED and all(Truth.TRUE in each for each in truths):
            yield from self._never(len(self.table.rows))
        if self.table.unique_hit:
            yield from self._overlap({place for each in truths if self._ambiguous(each) for place in _true(each)})

    def _reached(self, place: int, truths: _Truths) -> bool:
        """Tell whether a row decides, or may, where the rows are as *truths*."""
        first = self.table.unique_hit or Truth.TRUE not in truths[:place]
        return truths[place] is not Truth.FALSE and first

    def _ambiguous(self, truths: _Truths) -> bool:
        return len({self.table.rows[place].then for place in _true(truths)}) > 1

    def _value(self, place: int) -> Atom:
        value: Atom = self.table.rows[place].then if place < len(self.table.rows) else self.table.else_
        return value

    def _never(self, place: int) -> Iterator[Finding]:
        """Yield the finding that the row at *place*, or the `else`, is never taken."""
        value = self._value(place)
        checks = (Check.ANOTHER, Check.OTHER_VALUE)
        witnesses = self._shown(
            lambda truths: place == len(truths) or truths[place] is Truth.TRUE, checks, value
        ) or self._shown(lambda truths: Truth.TRUE in truths, checks, value)
        if witnesses:
            yield self._finding(FindingKind.UNREACHABLE_ROW, (place,), EVERYWHERE, witnesses)

    def _overlap(self, rows: Collection[int]) -> Iterator[Finding]:
        """Yield the finding that *rows* overlap, if there are any."""
        witnesses = self._shown(self._ambiguous, (Check.CONFLICT, Check.NO_VALUE), None) if rows else ()
        if witnesses:
            found = self.examination.coming_to(self.rows, self._ambiguous)
            regions = tuple(region for region, ambiguous in found if ambiguous)
            yield self._finding(FindingKind.OVERLAPPING_ROWS, tuple(sorted(rows)), regions, witnesses)

    def _finding(
        self, kind: FindingKind, rows: tuple[int, ...], regions: tuple[Region, ...], witnesses: tuple[Witness, ...]
    ) -> Finding:
        own = [self.table.rows[place].clause or () for place in rows if place < len(self.table.rows)]
        clauses = tuple(dict.fromkeys(each for clause in own for each in clause)) or self.table.clause
        overlap = kind is FindingKind.OVERLAPPING_ROWS
        subjects = (self.table.id,) if overlap else (self.table.id, *map(str, rows))
        names = tuple(each.id for each in self._bound())
        return Finding(kind, subjects, names, clauses, regions, witnesses, Rows(self.table.id, rows))

    def _bound(self) -> tuple[Provision, ...]:
        """Return the provisions whose bearer the table decides."""
        return tuple(each for each in self.examination.side.provisions if each.bearer == self.table.assigns)

    def _shown(
        self, wanted: Callable[[_Truths], bool], checks: tuple[Check, Check], value: Atom | None
    ) -> tuple[Witness, ...]:
        """Return a case in which the rows are as *wanted*, and the first of *checks* is so of who owes a duty then.

        Of a table that derives a fact, the second of *checks* is so of the fact.
        """
        if self.table.derives is not None:
            name = self.table.derives
            expected = Expected(name, checks[1], value=value)
            regions = [region for region, truths in self.examination.applying(self.rows) if wanted(truths)]
            return self.examination.shown(regions, self._making((), expected))
        for each in self._bound():
            found = self.examination.applying((each, *self.rows))
            regions = [region for region, truths in found if truths[0] is Truth.TRUE and wanted(truths[1:])]
            expected = Expected(each.id, checks[0], value=value)
            shown = self.examination.shown(regions, self._making((each,), expected))
            if shown:
                return shown
        return ()

    def _making(self, provisions: tuple[Provision, ...], expected: Expected) -> Callable[[Record], tuple[Witness, ...]]:
        """Return what makes a case in which *provisions* have been triggered."""
        side = self.examination.side

        def make(record: Record) -> tuple[Witness, ...]:
            scene = staged(side, provisions, record)
            return () if scene is None else (Witness(scene.case(), scene.reached.plus(LATER), (expected,)),)

        return make


def _true(truths: _Truths) -> tuple[int, ...]:
    return tuple(place for place, each in enumerate(truths) if each is Truth.TRUE)
