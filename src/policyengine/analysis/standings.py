"""How what one policy demands about a topic stands to what its superiors demand: exactly, region by region."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from policyengine.analysis.bound import starts
from policyengine.analysis.comparison import Relation, Standing
from policyengine.analysis.coverage import coverage
from policyengine.analysis.places import Bearing, bearing, bounds, missing
from policyengine.analysis.sides import coming_to
from policyengine.model.condition import Truth
from policyengine.model.provision import Provision, Strength

if TYPE_CHECKING:
    from policyengine.analysis.bound import Bound
    from policyengine.analysis.sides import Side
    from policyengine.model.case import FactValue
    from policyengine.model.happening import Happening
    from policyengine.model.provision import Gap
    from policyengine.model.vocabulary import Topic


def standings(topic: Topic, side: Side, held: Sequence[Side], given: Mapping[str, FactValue]) -> tuple[Standing, ...]:
    """Return how *side* stands to the sides *held* against it, about *topic*, in every region and from every trigger.

    Where it has duties that wait for something else than theirs, those stand apart as extra.

    Raises:
        TooManyRegionsError, TooManyContentsError: the conditions ask for more than is enumerated.
    """
    field_ = _Field.of(topic, side, held)
    norms = field_.norms()
    if not norms:
        return ()

    def outcome(truths: tuple[Truth, ...]) -> tuple[_Held, ...]:
        there = zip(norms, truths, strict=True)
        return tuple(
            field_.at(frozenset((each.policy.id, norm.id) for (each, norm), truth in there if truth is Truth.TRUE))
        )

    found = coming_to(side.vocabulary, tuple(norms), outcome, given)
    return tuple(Standing(region, **held._asdict()) for region, several in found for held in several)


def overall(found: Sequence[Standing]) -> Relation | None:
    """Return what *found* comes to together: the weakest, where something is missing somewhere."""
    relations = {each.relation for each in found if each.demanded}
    for missing_ in (Relation.GAP, Relation.SILENT, Relation.REFERRED):
        if missing_ in relations:
            return missing_
    if not relations:
        apart = {each.relation for each in found}
        return next((each for each in (Relation.EXTRA, Relation.REFERRED) if each in apart), None)
    triggers = {each.trigger for each in found if each.demanded}
    if any(each.relation is Relation.EXTRA and (each.wider or each.trigger in triggers) for each in found):
        relations.add(Relation.STRICTER)
    if relations >= {Relation.LOOSER, Relation.STRICTER}:
        return Relation.INCOMPARABLE
    ordered = (Relation.INCOMPARABLE, Relation.LOOSER, Relation.STRICTER, Relation.EQUAL)
    return next(each for each in ordered if each in relations)


class _Held(NamedTuple):
    """A standing without its region."""

    trigger: Happening | None
    relation: Relation
    demanded: bool
    lacking: tuple[tuple[str, Provision], ...] = ()
    beyond: tuple[Provision, ...] = ()
    wider: bool = False
    beside: tuple[Provision, ...] = ()


_There = frozenset[tuple[str, str]]
"""The norms that apply, as (policy, id)."""


@dataclass(slots=True)
class _Field:
    """Everything that two sides say about a topic."""

    side: Side
    demanded: tuple[Bound, ...]
    own: tuple[Bound, ...]
    theirs: tuple[Bound, ...]
    bearing: Bearing
    gaps: tuple[Gap, ...]
    covered: dict[tuple[object, ...], bool] = field(default_factory=dict)
    found: dict[_There, tuple[_Held, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, topic: Topic, side: Side, held: Sequence[Side]) -> _Field:
        demanded = tuple(bound for each in held for bound in bounds(each, _about(topic, each)))
        own = bounds(side, _about(topic, side))
        theirs = tuple(
            bound for each in held for bound in bounds(each, bearing(each, (one.provision for one in own)).serving)
        )
        about = bearing(side, (each.provision for each in (*demanded, *own)))
        gaps = tuple(each for each in side.gaps if (side.stands_for(each) | set(each.acts or ())) & set(topic.acts))
        return cls(side, demanded, own, theirs, about, gaps)

    def norms(self) -> list[tuple[Side, Provision | Gap]]:
        """Return all norms that bear on it, each once."""
        every: list[tuple[Side, Provision | Gap]] = [
            (each.side, each.provision) for each in (*self.demanded, *self.theirs)
        ]
        every += [(self.side, each) for each in (*self.bearing.norms, *self.gaps)]
        return list({(side.policy.id, norm.id): (side, norm) for side, norm in every}.values())

    def at(self, there: _There) -> tuple[_Held, ...]:
        """Return how they stand where the norms *there* apply."""
        if there not in self.found:
            self.found[there] = tuple(self._at(there))
        return self.found[there]

    def _at(self, there: _There) -> Iterator[_Held]:
        own, demanded = _among(self.own, there), _among(self.demanded, there)
        theirs = _triggers(demanded)
        for trigger in dict.fromkeys((*theirs, *_triggers(own))):
            asked = tuple(each for each in demanded if starts(each, trigger, each))
            waiting = tuple(each for each in own if starts(each, trigger, (*asked, each)[0]))
            if asked:
                yield self._held(trigger, asked, waiting, there)
            else:
                wider = any(self._includes(trigger, one) for one in theirs)
                beyond = tuple(each.provision for each in waiting)
                yield _Held(trigger, Relation.EXTRA, demanded=False, beyond=beyond, wider=wider)
        if not own and not demanded and any(self._refers(each, there) for each in self.gaps):
            yield _Held(None, Relation.REFERRED, demanded=False)

    def _includes(self, wide: Happening | None, narrow: Happening | None) -> bool:
        events = (None if each is None else each.event for each in (wide, narrow))
        first, second = events
        return first is not None and second is not None and second in self.side.vocabulary.kinds(first)

    def _refers(self, gap: Gap, there: _There) -> bool:
        return gap.refers_to is not None and (self.side.policy.id, gap.id) in there

    def _held(
        self, trigger: Happening | None, demanded: tuple[Bound, ...], own: tuple[Bound, ...], there: _There
    ) -> _Held:
        serving = _among(bounds(self.side, self.bearing.serving), there)
        theirs = _among((*self.demanded, *self.theirs), there)
        lacking = tuple(each for each in demanded if not self._covers(serving, each, trigger))
        beyond = tuple(each for each in own if not self._covers(theirs, each, trigger))
        relation = Relation.STRICTER if beyond else Relation.EQUAL
        if lacking:
            relation = self._lacking(lacking, trigger, there, Relation.INCOMPARABLE if beyond else Relation.LOOSER)
        named = tuple((each.side.policy.id, each.provision) for each in lacking)
        return _Held(
            trigger,
            relation,
            demanded=True,
            lacking=named,
            beyond=tuple(each.provision for each in beyond),
            beside=() if own else tuple(each.provision for each in self._said(demanded[0], trigger, there)),
        )

    def _said(self, other: Bound, trigger: Happening | None, there: _There) -> tuple[Bound, ...]:
        """Return what is demanded of kinds of the topic's acts, or of wider ones, where the norms *there* apply."""
        said = _among(bounds(self.side, (*self.bearing.serving, *self.bearing.wider)), there)
        return tuple(each for each in said if starts(each, trigger, other))

    def _lacking(
        self, lacking: tuple[Bound, ...], trigger: Happening | None, there: _There, otherwise: Relation
    ) -> Relation:
        """Return how something is lacking: nothing at all is said there, or something, and then *otherwise*."""
        if _among(bounds(self.side, self.bearing.allowed), there) or self._said(lacking[0], trigger, there):
            return otherwise
        gaps = tuple(each for each in self.bearing.gaps if (self.side.policy.id, each.id) in there)
        return missing(self.bearing, gaps, lacking[0], trigger)

    def _covers(self, candidates: tuple[Bound, ...], other: Bound, trigger: Happening | None) -> bool:
        """Tell whether it is covered, found once for each set of candidates: most regions have the same ones."""
        names = tuple((each.side.policy.id, each.provision.id) for each in candidates)
        key = (names, other.side.policy.id, other.provision.id, trigger)
        if key not in self.covered:
            self.covered[key] = coverage(candidates, other, trigger).holds
        return self.covered[key]


def _among(bounds_: Iterable[Bound], there: _There) -> tuple[Bound, ...]:
    """Return those of *bounds_* that apply, each once."""
    named = {(each.side.policy.id, each.provision.id): each for each in bounds_}
    return tuple(each for name, each in named.items() if name in there)


def _about(topic: Topic, side: Side) -> Iterator[Provision]:
    """Yield what *side* demands about *topic*; a permission demands nothing."""
    for each in side.provisions:
        if each.act in topic.acts and each.strength is not Strength.MAY:
            yield each


def _waits(bound: Bound) -> tuple[Happening | None, ...]:
    return bound.provision.upon or (None,)


def _triggers(found: Iterable[Bound]) -> tuple[Happening | None, ...]:
    return tuple(dict.fromkeys(trigger for each in found for trigger in _waits(each)))
