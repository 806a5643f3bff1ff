"""Where a demand applies, and what another side has about it there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyengine.analysis.bound import Bound, apply_alike, obliges, starts
from policyengine.analysis.comparison import Relation
from policyengine.analysis.sides import applying
from policyengine.model.condition import Truth
from policyengine.model.provision import Gap, Provision, Strength

if TYPE_CHECKING:
    from policyengine.analysis.regions import Region
    from policyengine.analysis.sides import Side
    from policyengine.model.case import FactValue
    from policyengine.model.happening import Happening
    from policyengine.model.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Bearing:
    """Everything that a side says about an act, wherever it applies.

    Args:
        serving: provisions whose acts perform the act, or that forbid the like where it is forbidden.
        wider: provisions of an act that the act is a kind of: a response in any form, where a conference is asked for.
        allowed: permissions of such acts: the text leaves it to somebody's discretion.
        gaps: the silences and referrals that stand instead of such provisions.
    """

    serving: tuple[Provision, ...]
    wider: tuple[Provision, ...]
    allowed: tuple[Provision, ...]
    gaps: tuple[Gap, ...]

    @property
    def norms(self) -> tuple[Provision | Gap, ...]:
        """Return all of it, each once."""
        return tuple(dict.fromkeys((*self.serving, *self.wider, *self.allowed, *self.gaps)))


@dataclass(frozen=True, slots=True)
class Place:
    """A region and a trigger from which on a demand applies, and what the other side has about it there.

    `doubtful` is what it may have, if nothing defeats it meanwhile.
    """

    region: Region
    trigger: Happening | None
    serving: tuple[Bound, ...]
    wider: tuple[Bound, ...]
    gaps: tuple[Gap, ...]
    doubtful: tuple[Bound, ...]


def bearing(side: Side, demanded: Iterable[Provision]) -> Bearing:
    """Return what *side* says about the acts that are *demanded*."""
    vocabulary = side.vocabulary
    asked = tuple(demanded)
    acts = {each.act for each in asked if obliges(each)}
    forbidden = {each.act for each in asked if each.strength is Strength.MUST_NOT}
    narrow = {kind for act in acts for kind in vocabulary.kinds(act)}
    wide = {wide for act in acts for wide in vocabulary.wider(act)}
    like = {name for act in forbidden for name in (*vocabulary.kinds(act), *vocabulary.wider(act))}
    serving = tuple(
        each
        for each in side.provisions
        if (obliges(each) and each.act in narrow) or (each.strength is Strength.MUST_NOT and each.act in like)
    )
    wider = tuple(each for each in side.provisions if obliges(each) and each.act in wide - narrow)
    replaced = narrow | wide | like
    gaps = tuple(
        each for each in side.gaps if side.stands_for(each) & replaced or set(each.acts or ()) & (acts | forbidden)
    )
    allowed = tuple(each for each in side.provisions if each.strength is Strength.MAY and each.act in narrow | wide)
    return Bearing(serving, wider, allowed, gaps)


def places(side: Side, other: Bound, given: Mapping[str, FactValue]) -> Iterator[Place]:
    """Yield every region in which *other* may apply, with each of its triggers and what *side* has there."""
    own, watched = bearing(side, (other.provision,)), _watched(other)
    norms = (
        (other.side, other.provision),
        *((side, each) for each in own.norms),
        *((other.side, each) for each in watched),
    )
    for region, (truth, *truths) in applying(side.vocabulary, norms, given):
        if truth is not Truth.FALSE:
            named = len(own.norms)
            alike = apply_alike(side, other.side, other.provision.id)
            there = {
                each
                for each, holds in zip(own.norms, truths[:named], strict=True)
                if holds is Truth.TRUE or (holds is truth and alike and each.id == other.provision.id)
            }
            unsure = {
                each
                for each, holds in zip(own.norms, truths[:named], strict=True)
                if holds is Truth.UNKNOWN and each not in there
            }
            lost = {each.id for each, holds in zip(watched, truths[named:], strict=True) if holds is Truth.FALSE}
            for trigger in _possible(other.provision, lost):
                yield Place(
                    region,
                    trigger,
                    bounds(side, (each for each in own.serving if each in there)),
                    bounds(side, (each for each in own.wider if each in there)),
                    tuple(each for each in own.gaps if each in there),
                    bounds(side, (each for each in own.serving if each in unsure)),
                )


def _watched(bound: Bound) -> tuple[Provision, ...]:
    """Return the provisions for whose outcomes *bound* waits, and those for whose outcomes they wait."""
    found: dict[str, Provision] = {}
    waiting = [bound.provision]
    for provision in waiting:  # grows while it is read
        for each in provision.upon or ():
            outcome = each.outcome()
            named = [bound.side.provision(name) for name in (outcome[1] if outcome is not None else ())]
            waiting += [one for one in named if one is not None and one.id not in found]
            found.update({one.id: one for one in named if one is not None})
    return tuple(each for each in found.values() if each is not bound.provision)


def _possible(provision: Provision, lost: set[str]) -> Iterator[Happening | None]:
    """Yield the triggers that can come about where the provisions *lost* do not apply."""
    for trigger in provision.upon or (None,):
        outcome = None if trigger is None else trigger.outcome()
        if outcome is None or set(outcome[1]) - lost:
            yield trigger


def bounds(side: Side, provisions: Iterable[Provision]) -> tuple[Bound, ...]:
    """Return *provisions* as *side* reads them."""
    return tuple(Bound(side, each) for each in provisions)


def missing(own: Bearing, there: Sequence[Gap], other: Bound, trigger: Happening | None) -> Relation:
    """Return how a side has nothing, where it demands nothing of an act from *trigger* on.

    Args:
        own: what it says about the act elsewhere.
        there: the gaps and referrals that it states there.
        other: the other's demand.
        trigger: what that waits for.
    """
    started = [each for each in there if each.upon is None or _waits_for(each, trigger, other.side.vocabulary)]
    if any(each.refers_to is not None for each in started):
        return Relation.REFERRED
    wider = any(starts(Bound(other.side, each), trigger, other) for each in own.wider)
    return Relation.GAP if started or own.serving or own.allowed or wider else Relation.SILENT


def _waits_for(gap: Gap, trigger: Happening | None, vocabulary: Vocabulary) -> bool:
    if trigger is None or trigger.event is None:
        return False
    return any(each.event is not None and trigger.event in vocabulary.kinds(each.event) for each in gap.upon or ())
