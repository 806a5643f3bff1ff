"""Everything that the pages say, asked once for both languages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyengine.analysis.bound import Bound
from policyengine.analysis.comparing import compare
from policyengine.analysis.comparison import Relation
from policyengine.analysis.proving.proof import prove
from policyengine.analysis.strictness import Finding, between
from policyengine.model.frozen import FrozenMap
from policyengine.model.provision import Strength
from policyengine.report.side_by_side.outlines import Outlines
from policyengine.report.side_by_side.turns import Turns, finds_less
from policyengine.report.side_by_side.values import Asked, Held, Point, Shown, SideBySide, Stretch
from policyengine.report.strictness.both_ways import numbered

if TYPE_CHECKING:
    from policyengine.analysis.comparison import Comparison
    from policyengine.analysis.sides import Side
    from policyengine.analysis.strictness import Counterexample
    from policyengine.model.policy import Policy
    from policyengine.model.provision import Provision
    from policyengine.report.side_by_side.outlines import Outline

_SHOWN = {Relation.STRICTER, Relation.INCOMPARABLE}
"""Where what goes beyond the parent is shown by a case."""


def side_by_side(regulations: Sequence[Policy], parents: Sequence[Policy]) -> SideBySide:
    """Return everything that is known of *regulations* and their *parents*, all of one vocabulary.

    Raises:
        DifferentVocabulariesError: they do not share one vocabulary.
        TooManyRegionsError, TooManyContentsError: the conditions ask for more than is enumerated.
    """
    policies = (*parents, *regulations)
    ids = tuple(each.id for each in parents)
    demanded = {act for each in parents for act in acts_of(each)}
    besides = [each.id for each in parents[0].vocabulary.topics if not set(each.acts) & demanded]
    return SideBySide(
        whole=compare(policies),
        parents=ids,
        regulations=tuple(each.id for each in regulations),
        besides=compare(policies, against=ids, topics=besides),
        held=tuple(held for each in parents for held in _against(each, regulations)),
        proofs=FrozenMap({each.id: prove(each) for each in regulations}),
    )


def acts_of(policy: Policy) -> tuple[str, ...]:
    """Return the acts that *policy* demands or forbids, in the order of its file."""
    nodes = (node for each in policy.provisions for node in each.nodes())
    return tuple(dict.fromkeys(each.act for each in nodes if each.strength is not Strength.MAY))


def _against(parent: Policy, regulations: Sequence[Policy]) -> Iterator[Held]:
    found = compare((parent, *regulations), against=(parent.id,), topics=acts_of(parent))
    for each in regulations:
        yield _Holding(found, found.side(each.id), found.side(parent.id)).held()


@dataclass(frozen=True, slots=True)
class _Holding:
    """One regulation held against one parent, under way."""

    comparison: Comparison
    own: Side
    parent: Side

    @property
    def basis(self) -> bool:
        return self.parent.policy.id in (self.own.policy.header.implements or ())

    def held(self) -> Held:
        turns = Turns(self.own, self.parent, self.comparison.given) if self.basis else None
        points = tuple(self._point(act, turns) for act in acts_of(self.parent.policy))
        return Held(self.own, self.parent, self.basis, points)

    def _point(self, act: str, turns: Turns | None) -> Point:
        found = Outlines(self.comparison, self.own, self.parent).of(act)
        stretches = tuple(map(self._stretch, found))
        demanded = [each for each in self.parent.provisions if each.act == act and each.strength is not Strength.MAY]
        return Point(act, tuple(_asked(each, stretches, turns) for each in demanded), stretches)

    def _stretch(self, outline: Outline) -> Stretch:
        """Return the stretch with its cases; of a parent that is there for reference only where it sets a number."""
        lacking, beyond = outline.lacking, outline.beyond[:1] if outline.relation in _SHOWN else ()
        seek = self.basis or any(map(numbered, outline.demanded))
        return Stretch(
            outline.grades,
            outline.given,
            outline.relation,
            outline.parts,
            outline.demanded,
            outline.own,
            tuple(self._shown((self.own, self.parent), lacking, outline)) if seek else _unshown(lacking),
            tuple(self._shown((self.parent, self.own), beyond, outline)) if seek else _unshown(beyond),
        )

    def _shown(self, sides: tuple[Side, Side], provisions: Sequence[Provision], outline: Outline) -> Iterator[Shown]:
        """Yield *provisions* of the second of *sides*, those that one case shows together."""
        left = list(provisions)
        while left:
            first, *left = left
            case = between(*sides, only=(first.id,), given=outline.given).demands[0].counterexample
            same = [each for each in left if case is not None and finds_less(sides[0], Bound(sides[1], each), case)]
            yield Shown((first, *same), case)
            left = [each for each in left if each not in same]


def _unshown(provisions: Sequence[Provision]) -> tuple[Shown, ...]:
    return (Shown(tuple(provisions), None),) if provisions else ()


def _asked(provision: Provision, stretches: Sequence[Stretch], turns: Turns | None) -> Asked:
    """Return what is found of *provision* in all of *stretches* together."""
    unmet = [each for stretch in stretches for each in stretch.unmet if provision in each.provisions]
    known: list[Counterexample] = [each.case for each in unmet if each.case is not None]
    finding = Finding.REFUTED if known else Finding.OPEN if unmet else Finding.COVERED
    return Asked(provision, finding, None if turns is None else turns.of(provision, known))
