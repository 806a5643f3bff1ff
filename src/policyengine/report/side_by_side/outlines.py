"""Where a regulation stands to a parent in one way about one act, before cases are sought that show it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from policyengine.analysis.bound import Bound, starts
from policyengine.analysis.comparing import graded
from policyengine.analysis.joining import joined
from policyengine.analysis.places import bearing
from policyengine.engine.matcher import Record
from policyengine.model.condition import Truth
from policyengine.model.frozen import FrozenMap
from policyengine.model.provision import Strength
from policyengine.report.strictness.both_ways import numbered

if TYPE_CHECKING:
    from policyengine.analysis.comparison import Cell, Comparison, Relation, Row
    from policyengine.analysis.regions import Region
    from policyengine.analysis.sides import Side
    from policyengine.model.case import FactValue
    from policyengine.model.provision import Gap, Provision
    from policyengine.report.side_by_side.values import Parts


@dataclass(frozen=True, slots=True)
class Outline:
    """A stretch of grades without its cases; what it holds is as in `Stretch`.

    Args:
        parts: where it does not stand so everywhere, the regions by how it stands there, from one trigger or another.
        lacking, beyond: the provisions of the parent, and of the regulation, that the other does not match.
    """

    grades: tuple[str, ...]
    given: Mapping[str, FactValue]
    relation: Relation
    parts: Parts
    demanded: tuple[Provision, ...]
    own: tuple[Provision | Gap, ...]
    lacking: tuple[Provision, ...]
    beyond: tuple[Provision, ...]

    @property
    def told(self) -> object:
        """Return what is told of it, apart from the grades."""
        ids = [tuple(each.id for each in norms) for norms in (self.demanded, self.own, self.lacking, self.beyond)]
        return self.relation, self.parts, ids


@dataclass(frozen=True, slots=True)
class Outlines:
    """How one regulation stands to one parent.

    Args:
        comparison: of the acts that the parent demands.
        own, parent: the sides.
    """

    comparison: Comparison
    own: Side
    parent: Side

    def of(self, act: str) -> Iterator[Outline]:
        """Yield the stretches for *act*, lowest grades first; neighbours of which the same is told are one."""
        rows = [row for row in self.comparison.rows if row.topic.acts == (act,)]
        found = [each for row in rows if (each := self._outline(row, split=len(rows) > 1)) is not None]
        for _, same in groupby(found, key=lambda each: each.told):
            several = list(same)
            yield replace(several[-1], grades=tuple(grade for each in several for grade in each.grades))

    def _outline(self, row: Row, *, split: bool) -> Outline | None:
        cell = next(each for each in row.cells if each.policy == self.own.policy.id)
        if cell.relation is None:
            return None
        facts = graded(self.own.vocabulary, self.comparison.scale) if split else ()
        given = FrozenMap({**self.comparison.given, **dict.fromkeys(facts, row.grades[-1])})
        demanded = tuple(self._demanded(row.topic.acts, given))
        beyond = _beyond(cell)
        return Outline(
            grades=row.grades,
            given=given,
            relation=cell.relation,
            parts=_parts(cell),
            demanded=demanded,
            own=tuple(self._own(demanded, given)) if demanded else beyond,
            lacking=tuple({each.id: each for one in cell.standings for _, each in one.lacking}.values()),
            beyond=beyond,
        )

    def _demanded(self, acts: Sequence[str], given: Mapping[str, FactValue]) -> Iterator[Provision]:
        for each in self.parent.provisions:
            if each.act in acts and each.strength is not Strength.MAY and _may(self.parent, each, given):
                yield each

    def _own(self, demanded: Sequence[Provision], given: Mapping[str, FactValue]) -> Iterator[Provision | Gap]:
        """Yield what the regulation has about what is demanded: the nearest there is, and gaps."""
        own = bearing(self.own, demanded)
        for several in (own.serving, own.wider, own.allowed):
            there = [each for each in several if _may(self.own, each, given)]
            if several is not own.allowed:
                there = [each for each in there if self._started(each, demanded)]
            if there:
                yield from sorted(there, key=lambda each: not numbered(each))
                break
        yield from (each for each in own.gaps if _may(self.own, each, given))

    def _started(self, own: Provision, demanded: Sequence[Provision]) -> bool:
        return any(
            starts(Bound(self.own, own), trigger, Bound(self.parent, each))
            for each in demanded
            for trigger in each.upon or (None,)
        )


def _parts(cell: Cell) -> Parts:
    """Return how it stands, region by region; none where it is the same in all.

    What waits for something else than the parent is apart, unless it is what makes the whole what it is.
    """
    demanded = [each for each in cell.standings if each.demanded]
    alone = any(each.relation is cell.relation for each in demanded)
    found: dict[Region, dict[Relation, None]] = {}
    for each in demanded if alone else cell.standings:
        found.setdefault(each.region, {})[each.relation] = None
    if all(set(relations) == {cell.relation} for relations in found.values()):
        return ()
    return joined([(region, tuple(relations)) for region, relations in found.items()])


def _beyond(cell: Cell) -> tuple[Provision, ...]:
    """Return what the regulation demands and the parent does not match: what has a number first."""
    found = {each.id: each for one in cell.standings for each in one.beyond}
    return tuple(sorted(found.values(), key=lambda each: not numbered(each)))


def _may(side: Side, norm: Provision | Gap, given: Mapping[str, FactValue]) -> bool:
    """Tell whether *norm* may apply where *given* is settled."""
    return side.applies(norm, Record(given)) is not Truth.FALSE
