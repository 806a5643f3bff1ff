"""Provisions, sanctions among them, that come to nothing in any case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from policyengine.analysis.cells import TooManyContentsError, cells
from policyengine.analysis.proving.examination import EVERYWHERE, Found, condition_norm
from policyengine.analysis.proving.finding import Cause, Check, Dead, Expected, Finding, FindingKind, Undecided, Witness
from policyengine.analysis.proving.scene import FAR, LATER, opening, staged
from policyengine.analysis.regions import TooManyRegionsError
from policyengine.engine.matcher import Record
from policyengine.model.condition import Truth
from policyengine.model.frozen import FrozenMap
from policyengine.model.happening import Outcome
from policyengine.model.provision import Strength

if TYPE_CHECKING:
    from policyengine.analysis.proving.examination import Examination
    from policyengine.analysis.proving.scene import Scene
    from policyengine.analysis.regions import Region
    from policyengine.analysis.sides import Side
    from policyengine.model.happening import Happening
    from policyengine.model.provision import Gap, Provision
    from policyengine.model.vocabulary import Vocabulary


def dead(examination: Examination) -> Found:
    """Yield the provisions and sanctions that come to nothing in any case."""
    side = examination.side
    found: dict[str, Dead] = {}
    for each in side.provisions:
        try:
            cause = _applying_nowhere(examination, each)
        except (TooManyRegionsError, TooManyContentsError) as error:
            yield Undecided(_kind(each), (each.id,), str(error))
            continue
        if cause is not None:
            found[each.id] = cause
        elif _ends_itself(each, side.vocabulary):
            found[each.id] = Dead(Cause.SELF_ENDED)
    found |= _waiting_in_vain(side, found)
    for each in side.provisions:
        if each.id in found:
            yield from _finding(examination, each, found[each.id])


def _kind(provision: Provision) -> FindingKind:
    return FindingKind.IDLE_SANCTION if provision.sanction else FindingKind.DEAD_PROVISION


def _applying_nowhere(examination: Examination, provision: Provision) -> Dead | None:
    """Return why *provision* applies in no region of the facts; ``None`` where it does, or may.

    What stays unknown whatever the facts are, as where a table leaves a fact unstated, may be so.
    """
    if any(truth is not Truth.FALSE for _, (truth,) in examination.applying((provision,))):
        return None
    own = condition_norm(provision.id, "when", provision.when)
    if not _somewhere(examination, own, None):
        return Dead(Cause.CONDITION)
    exception = condition_norm(provision.id, "unless", provision.unless)
    if provision.unless is not None and not _somewhere(examination, own, exception):
        return Dead(Cause.EXCEPTION)
    others = (each.id for each in examination.side.provisions if provision.id in (each.defeats or ()))
    return Dead(Cause.DEFEATED, tuple(others))


def _somewhere(examination: Examination, own: Gap, exception: Gap | None) -> bool:
    """Tell whether the condition may be true somewhere, where the exception may be false."""
    norms = (own,) if exception is None else (own, exception)
    return any(
        first is not Truth.FALSE and all(each is not Truth.TRUE for each in more)
        for _, (first, *more) in examination.applying(norms)
    )


def _ends_itself(provision: Provision, vocabulary: Vocabulary) -> bool:
    """Tell whether a prohibition ends with the very act that it forbids: then nothing ever breaches it (S27)."""
    until = provision.until
    if provision.strength is not Strength.MUST_NOT or until is None:
        return False
    ended = [provision.act in vocabulary.kinds(each) for each in until.any_ or until.all_ or ()]
    return all(ended) if until.all_ else any(ended)


def _waiting_in_vain(side: Side, known: Mapping[str, Dead]) -> dict[str, Dead]:
    """Return the provisions, beyond those *known*, whose triggers are all outcomes that never come."""
    found: dict[str, Dead] = {}
    while more := {
        each.id: Dead(Cause.OUTCOME, _watched(each))
        for each in side.provisions
        if each.id not in {*known, *found}
        and each.upon is not None
        and not any(_can_come(side, happening, {*known, *found}) for happening in each.upon)
    }:
        found |= more
    return found


def _watched(provision: Provision) -> tuple[str, ...]:
    outcomes = (each.outcome() for each in provision.upon or ())
    return tuple(dict.fromkeys(name for each in outcomes if each is not None for name in each[1]))


def _can_come(side: Side, happening: Happening, dead_ones: set[str]) -> bool:
    """Tell whether an event may happen, or an outcome come about."""
    outcome = happening.outcome()
    if outcome is None:
        return True
    watched = (side.provision(name) for name in outcome[1] if name not in dead_ones)
    return any(each is not None and _may_come_to(each, outcome[0]) for each in watched)


def _may_come_to(provision: Provision, outcome: Outcome) -> bool:
    forbids, allows = provision.strength is Strength.MUST_NOT, provision.strength is Strength.MAY
    if forbids or allows or provision.standing:
        return forbids and outcome is not Outcome.PERFORMED
    deadline = provision.deadline
    limited = provision.every is not None or (deadline is not None and not deadline.promptly)
    return outcome is Outcome.PERFORMED or (outcome is Outcome.VIOLATED and limited)


def _finding(examination: Examination, provision: Provision, why: Dead) -> Iterator[Finding]:
    side = examination.side
    watched = tuple(each for name in why.others if (each := side.provision(name)) is not None)

    def make(record: Record) -> tuple[Witness, ...]:
        return _witness(side, provision, why, _settled(side, (provision, *watched), record))

    witnesses = examination.shown(_telling(examination, provision, why, watched), make)
    if witnesses:
        names = (provision.id, *why.others)
        clauses = examination.clauses(names)
        yield Finding(_kind(provision), (provision.id,), names, clauses, EVERYWHERE, witnesses, why)


def _telling(
    examination: Examination, provision: Provision, why: Dead, watched: tuple[Provision, ...]
) -> tuple[Region, ...]:
    """Return the regions in which it is most telling that there is no duty: first those where its condition is true."""
    if why.cause in {Cause.OUTCOME, Cause.SELF_ENDED}:
        found = examination.applying(watched[:1] or (provision,))
    else:
        found = examination.applying((condition_norm(provision.id, "when", provision.when), provision))
    return tuple(region for region, truths in sorted(found, key=lambda each: each[1][0] is not Truth.TRUE))


def _settled(side: Side, norms: Sequence[Provision], record: Record) -> Record:
    """Return *record* with a value for every fact that bears on *norms*: nothing stays open for want of one."""
    tests = [test for each in side.conditions(norms) for part in each.parts() for test in part.facts]
    asked = dict.fromkeys(name for each in norms for name in side.facts(each))
    missing = [name for name in asked if name not in record.values]
    values = {name: cells(name, tests, side.vocabulary)[0].witness for name in missing}
    return Record(FrozenMap({**values, **record.values}), record.happened)


def _witness(side: Side, provision: Provision, why: Dead, record: Record) -> tuple[Witness, ...]:
    """Return a case in which everything has happened that the provision waits for, as far as it can."""
    if why.cause is Cause.SELF_ENDED:
        scene = staged(side, (provision,), record)
        done = None if scene is None else scene.after(LATER).with_act(provision)
        return () if done is None else (Witness(done.case(), done.reached, (Expected(provision.id, Check.NO_BREACH),)),)
    if why.cause is Cause.OUTCOME:
        watched = [each for name in why.others if (each := side.provision(name)) is not None]
        scene = _all_that_can_be(side, watched, record) or opening(side, (provision,), record)
        wait = FAR
    else:
        scene = staged(side, (provision,), record) or opening(side, (provision,), record)
        wait = LATER
    expected = (Expected(provision.id, Check.NO_DUTY),)
    return () if scene is None else (Witness(scene.case(), scene.reached.plus(wait), expected),)


def _all_that_can_be(side: Side, watched: list[Provision], record: Record) -> Scene | None:
    """Return a scene in which the first of the provisions that are waited for has arisen, and was performed."""
    scene = staged(side, watched[:1], record) if watched else None
    return None if scene is None else scene.after(LATER).with_act(watched[0])
