"""Acts that other policies demand, and that this one leaves to nobody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policyengine.analysis.bound import Bound, obliges, starts
from policyengine.analysis.coverage import Shortfall, coverage
from policyengine.analysis.joining import joined
from policyengine.analysis.places import bearing, places
from policyengine.analysis.proving.examination import Found, or_undecided
from policyengine.analysis.proving.finding import Check, Expected, Finding, FindingKind, Unowed, Witness
from policyengine.analysis.proving.replay import replayed
from policyengine.analysis.strictness import shown
from policyengine.errors import CaseError

if TYPE_CHECKING:
    from policyengine.analysis.coverage import Coverage
    from policyengine.analysis.places import Place
    from policyengine.analysis.proving.examination import Examination
    from policyengine.analysis.regions import Region
    from policyengine.analysis.sides import Side
    from policyengine.model.provision import Provision

_At = tuple["Place", "Coverage"]


def unowed(examination: Examination) -> Found:
    """Yield for each demand of the policies beside where nobody owes its act, nor a wider one, under this policy."""
    for side in examination.beside:
        for provision in side.provisions:
            if obliges(provision):
                yield from or_undecided(
                    FindingKind.UNOWED_ACT,
                    (side.policy.id, provision.id),
                    lambda: _findings(examination, Bound(side, provision)),  # noqa: B023 - asked at once
                )


def _findings(examination: Examination, other: Bound) -> Iterator[Finding]:
    """Yield the finding about one demand: where the policy is silent, and apart from it where it says so itself."""
    every = [
        (place, coverage(place.serving, other, place.trigger))
        for place in places(examination.side, other, examination.given)
    ]
    for stated in (False, True):
        there = [at for at in every if _lacks(other, at) and bool(at[0].gaps) is stated]
        if there:
            regions = joined([(at[0].region, at in there) for at in every])
            yield from _finding(examination, other, there, tuple(region for region, lacks in regions if lacks))


def _lacks(other: Bound, at: _At) -> bool:
    """Tell whether nothing is owed there that is the act, or of which it is a kind."""
    place, found = at
    owed = (*place.wider, *place.serving)
    return found.shortfall is Shortfall.MISSING and not any(starts(each, place.trigger, other) for each in owed)


def _finding(
    examination: Examination, other: Bound, lacking: list[_At], regions: tuple[Region, ...]
) -> Iterator[Finding]:
    side, demanded = examination.side, other.provision
    own = bearing(side, (demanded,))
    elsewhere = tuple(each.id for each in (*own.serving, *own.wider))
    stated = tuple(dict.fromkeys(gap.id for place, _ in lacking for gap in place.gaps))
    witness = next(filter(None, (_witness(examination, other, at, elsewhere) for at in lacking)), None)
    if witness is None:
        return
    gaps = [each for each in side.gaps if each.id in stated]
    clauses = [clause for gap in gaps for clause in gap.clause]
    yield Finding(
        FindingKind.UNOWED_ACT,
        (other.side.policy.id, demanded.id),
        elsewhere,
        tuple(dict.fromkeys(clauses or examination.clauses(elsewhere))),
        regions,
        (witness,),
        Unowed(other.side.policy.id, demanded.id, demanded.act, _told(other.side, demanded)),
        stated,
    )


def _told(side: Side, provision: Provision) -> tuple[str, ...]:
    """Return the clauses of *side* that demand it."""
    return tuple(each for each in provision.clause if each in side.policy.header.source.clauses)


def _witness(examination: Examination, other: Bound, at: _At, elsewhere: tuple[str, ...]) -> Witness | None:
    """Return a case in which the other policy finds the act owed, and this one nothing of it."""
    found = shown(examination.side, other, at, examination.given)
    if found is None:
        return None
    expected = tuple(Expected(name, Check.NO_DUTY) for name in elsewhere)
    witness = Witness(found.case, found.as_of, expected)
    try:
        return witness if replayed(examination.side, witness) else None
    except CaseError:  # it names a role that only the other policy has
        return None
