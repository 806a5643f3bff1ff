"""One policy held against another and back: what each demand's counterpart goes beyond, and what it comes to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyengine.analysis.bound import Bound, starts
from policyengine.analysis.comparison import Relation
from policyengine.analysis.places import bearing
from policyengine.analysis.strictness import Finding, Strictness, between
from policyengine.model.frozen import FrozenMap
from policyengine.model.provision import Strength

if TYPE_CHECKING:
    from policyengine.analysis.sides import Side
    from policyengine.analysis.strictness import Demand
    from policyengine.model.case import FactValue
    from policyengine.model.provision import Provision


@dataclass(frozen=True, slots=True)
class BothWays:
    """Whether `one` is at least as strict as `other`, and what is known of the converse.

    Args:
        there: demand by demand of the other policy.
        back: of the one policy's own provisions those that were held against the other policy, by id: all about the
            acts that the other demands, and of the rest as many as it took to refute the converse.
        converse: whether the other policy is at least as strict as the one; ``None`` where that stays open.
    """

    there: Strictness
    back: Mapping[str, Demand]
    converse: bool | None

    @property
    def relation(self) -> Relation | None:
        """Return how the one policy stands to the other as a whole; ``None`` where that stays open."""
        holds, converse = self.there.holds, self.converse
        if holds is None or converse is None:
            return None
        if holds:
            return Relation.EQUAL if converse else Relation.STRICTER
        return Relation.LOOSER if converse else Relation.INCOMPARABLE

    def beyond(self, demand: Demand) -> tuple[Demand, ...]:
        """Return the one policy's provisions about the act of *demand* that the other does not cover, each by a case.

        Those that wait for the same come first, then those with a number.
        """
        found = [each for each in self._counterparts(demand) if each.finding is Finding.REFUTED]
        return tuple(sorted(found, key=lambda each: (not self._together(each, demand), not numbered(each.provision))))

    def told_beyond(self, demand: Demand) -> tuple[Demand, ...]:
        """Return what goes beyond a demand that is not met, to be told with its case: the plainest, if any."""
        return self.beyond(demand)[:1] if self.relation_to(demand) is Relation.INCOMPARABLE else ()

    def told_back(self) -> tuple[Demand, ...]:
        """Return the provisions of the one policy that are told with the cases that the other policy fails."""
        found = [each for demand in self.there.demands for each in self.told_beyond(demand)]
        shown = self.shown()
        every = found if found or shown is None else [shown]
        return tuple({each.provision.id: each for each in every}.values())

    def shown(self) -> Demand | None:
        """Return what refutes the converse: a provision of the one policy, with a number if there is one."""
        found = [each for each in self.back.values() if each.finding is Finding.REFUTED]
        return min(found, key=lambda each: not numbered(each.provision), default=None)

    def _together(self, own: Demand, demand: Demand) -> bool:
        there = self.there
        return started(Bound(there.one, own.provision), Bound(there.other, demand.provision))

    def relation_to(self, demand: Demand) -> Relation | None:
        """Return how the one policy stands to one demand; ``None`` where that stays open, or it never applies.

        What it demands about the same act anywhere else counts as going beyond.
        """
        if demand.finding is Finding.OPEN or demand.missing is not None or never(demand):
            return demand.missing
        back = {each.finding for each in self._counterparts(demand)}
        met = demand.finding is Finding.COVERED
        if Finding.REFUTED in back:
            return Relation.STRICTER if met else Relation.INCOMPARABLE
        if Finding.OPEN in back:
            return None
        return Relation.EQUAL if met else Relation.LOOSER

    def _counterparts(self, demand: Demand) -> tuple[Demand, ...]:
        names = (each.id for each in counterparts(self.there.one, demand.provision))
        return tuple(self.back[name] for name in names if name in self.back)


def both_ways(
    one: Side,
    other: Side,
    *,
    acts: Sequence[str] | None = None,
    given: Mapping[str, FactValue] = FrozenMap(),
) -> BothWays:
    """Return whether *one* is at least as strict as *other*, and the converse.

    Args:
        one: the side that should be strict enough.
        other: the side whose demands it should meet, of the same vocabulary.
        acts: look only at demands of these acts, both ways.
        given: facts taken as settled.

    Raises:
        TooManyRegionsError, TooManyContentsError: as for `strictness`.
    """
    there = between(one, other, acts=acts, given=given)
    about = {each.id for demand in there.demands for each in counterparts(there.one, demand.provision)}
    found = {each.provision.id: each for each in _back(there, tuple(about))}
    for each in there.one.provisions:
        if any(one.finding is Finding.REFUTED for one in found.values()):
            break
        if each.id not in found and each.strength is not Strength.MAY and (acts is None or each.act in acts):
            found.update({one.provision.id: one for one in _back(there, (each.id,))})
    return BothWays(there, FrozenMap(found), _holds({each.finding for each in found.values()}))


def started(own: Bound, other: Bound) -> bool:
    """Tell whether *own* is put in force by anything for which *other* waits."""
    return any(starts(own, trigger, other) for trigger in other.provision.upon or (None,))


def numbered(provision: Provision) -> bool:
    """Tell whether *provision* has a limit that is a number."""
    return provision.deadline is not None and not provision.deadline.promptly


def never(demand: Demand) -> bool:
    """Tell whether *demand* applies nowhere, as the facts are taken."""
    return demand.finding is Finding.COVERED and not demand.covered_in


def _back(there: Strictness, names: Sequence[str]) -> tuple[Demand, ...]:
    return between(there.other, there.one, only=names, given=there.given).demands


def _holds(findings: set[Finding]) -> bool | None:
    if Finding.REFUTED in findings:
        return False
    return None if Finding.OPEN in findings else True


def counterparts(side: Side, demanded: Provision) -> tuple[Provision, ...]:
    """Return what *side* demands that is most like what is *demanded*.

    That is what it demands about the same act and addressee, else about the same act, else what performs it too.
    """
    serving = bearing(side, (demanded,)).serving
    same_act = tuple(each for each in serving if each.act == demanded.act)
    return tuple(each for each in same_act if each.to == demanded.to) or same_act or serving
