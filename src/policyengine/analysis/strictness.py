"""Whether one policy is at least as strict as another: proved, or refuted by a case that the reference has judged."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from policyengine.analysis.bound import Bound, obliges, starts
from policyengine.analysis.cells import cells
from policyengine.analysis.courses import Situation, courses, usual
from policyengine.analysis.coverage import Shortfall, coverage
from policyengine.analysis.degrees import Degree, answers, degree, most, unsettled
from policyengine.analysis.places import bearing, missing, places
from policyengine.analysis.sides import Side, same_vocabulary
from policyengine.engine.matcher import Record
from policyengine.engine.question import Question
from policyengine.errors import CaseError
from policyengine.model.frozen import FrozenMap
from policyengine.model.provision import Strength
from policyengine.temporal.instant import DAY

if TYPE_CHECKING:
    from policyengine.analysis.comparison import Relation
    from policyengine.analysis.coverage import Coverage
    from policyengine.analysis.places import Place
    from policyengine.analysis.regions import Region
    from policyengine.model.assessment import Assessment, Duty
    from policyengine.model.case import Case, FactValue
    from policyengine.model.policy import Policy
    from policyengine.model.provision import Provision
    from policyengine.temporal.instant import Instant

_FAR = 4 * 366 * DAY
_MOST_INSTANTS = 24
"""Instants asked about in one course of events; what a limit changes shows at the first few."""


class Finding(StrEnum):
    """What was found about one demand."""

    COVERED = "covered"
    """Proved, within what :func:`policyengine.analysis.coverage.coverage` claims: whatever happens, no less is found.
    """
    REFUTED = "refuted"
    """A case shows less, judged by the reference."""
    OPEN = "open"
    """Neither was found; it is not claimed to be covered."""


@dataclass(frozen=True, slots=True)
class Counterexample:
    """A case and an instant at which the one policy finds less than the other about an act.

    Args:
        case: facts and events.
        as_of: the instant.
        found: what the other policy finds there.
        instead: what the one finds.
        duty: the other policy's row.
        rows: the one policy's rows about the act that are there at all.
        shortfall: in what it falls short.
    """

    case: Case
    as_of: Instant
    found: Degree
    instead: Degree
    duty: Duty
    rows: tuple[Duty, ...]
    shortfall: Shortfall


@dataclass(frozen=True, slots=True)
class Demand:
    """What was found about one provision of the other policy.

    Args:
        provision: of the other policy.
        finding: covered, refuted or open.
        counterexample: where refuted.
        where: the regions in which it is not covered, each with its shortfall.
        covered_in: whether it is covered in some region in which it applies.
        missing: how the one policy has nothing to set against it, where it has not.
        announced_only: whether it is covered for the announced period of the calendar only.
    """

    provision: Provision
    finding: Finding
    counterexample: Counterexample | None = None
    where: tuple[tuple[Region, Shortfall], ...] = ()
    covered_in: tuple[Region, ...] = ()
    missing: Relation | None = None
    announced_only: bool = False


@dataclass(frozen=True, slots=True)
class Strictness:
    """Whether `one` is at least as strict as `other`, under the readings of both sides.

    Args:
        one, other: the sides.
        given: facts taken as settled.
        demands: what was found about each provision of the other policy, in the order of its file.
    """

    one: Side
    other: Side
    given: Mapping[str, FactValue]
    demands: tuple[Demand, ...]

    @property
    def holds(self) -> bool | None:
        """Tell whether the one is at least as strict; ``None`` where that was neither proved nor refuted."""
        findings = {each.finding for each in self.demands}
        if Finding.REFUTED in findings:
            return False
        return None if Finding.OPEN in findings else True

    @property
    def counterexamples(self) -> tuple[Counterexample, ...]:
        """Return the cases that refute it, one for each demand that is not met."""
        return tuple(each.counterexample for each in self.demands if each.counterexample is not None)


def strictness(
    one: Policy,
    other: Policy,
    *,
    acts: Sequence[str] | None = None,
    readings: Mapping[str, Mapping[str, str]] = FrozenMap(),
    given: Mapping[str, FactValue] = FrozenMap(),
) -> Strictness:
    """Return whether *one* is at least as strict as *other*: whether it finds no less, in any case and at any instant.

    Any case means those of which :func:`policyengine.analysis.coverage.coverage` claims anything: facts are known and
    stay as they are, events say all that is asked of them, both policies are in force, and nothing that starts or ends
    a duty of *one* came before what starts that of *other*.

    Args:
        one: the policy that should be strict enough.
        other: the policy whose demands it should meet.
        acts: look only at demands of these acts.
        readings: by policy options other than the defaults.
        given: facts taken as settled; everything else may be anything.

    Raises:
        DifferentVocabulariesError: the policies do not share one vocabulary.
        ReadingError: an unknown reading or option.
        TooManyRegionsError, TooManyContentsError: the conditions ask for more than is enumerated.
    """
    same_vocabulary((one, other))
    return between(Side.of(one, readings.get(one.id)), Side.of(other, readings.get(other.id)), acts=acts, given=given)


def between(
    one: Side,
    other: Side,
    *,
    acts: Sequence[str] | None = None,
    only: Sequence[str] | None = None,
    given: Mapping[str, FactValue] = FrozenMap(),
) -> Strictness:
    """Return whether side *one* is at least as strict as side *other*; see :func:`strictness`.

    Args:
        one: the side that should be strict enough.
        other: the side whose demands it should meet.
        acts: look only at demands of these acts.
        only: look only at these provisions of *other*.
        given: facts taken as settled.
    """
    asked = [
        each
        for each in other.provisions
        if each.strength is not Strength.MAY
        and (acts is None or each.act in acts)
        and (only is None or each.id in only)
    ]
    return Strictness(one, other, given, tuple(_demand(one, Bound(other, each), given) for each in asked))


def covered(one: Side, other: Side, provision: Provision, given: Mapping[str, FactValue] = FrozenMap()) -> bool:
    """Tell whether *one* covers *provision* of *other* wherever that applies, as far as the norms alone decide."""
    bound = Bound(other, provision)
    return all(coverage(place.serving, bound, place.trigger).holds for place in places(one, bound, given))


def _demand(side: Side, other: Bound, given: Mapping[str, FactValue]) -> Demand:
    found = [(place, coverage(place.serving, other, place.trigger)) for place in places(side, other, given)]
    covered = tuple(dict.fromkeys(place.region for place, each in found if each.holds))
    lacking = [(place, each) for place, each in found if not each.holds]
    if not lacking:
        announced = any(each.announced_only for _, each in found)
        return Demand(other.provision, Finding.COVERED, covered_in=covered, announced_only=announced)
    example = next(filter(None, (shown(side, other, each, given) for each in sorted(lacking, key=_plainness))), None)
    return Demand(
        other.provision,
        Finding.OPEN if example is None else Finding.REFUTED,
        example,
        tuple(dict.fromkeys((place.region, each.shortfall) for place, each in lacking if each.shortfall is not None)),
        covered,
        _missing(side, other, [place for place, each in lacking if each.shortfall is Shortfall.MISSING]),
    )


def _plainness(at: tuple[Place, Coverage]) -> int:
    """Return how much has to be said of a place: the less, the plainer the case that shows it."""
    region = at[0].region
    return len(region.facts) + 3 * sum(truths[0] for _, truths in region.happened)


def _missing(side: Side, other: Bound, lacking: Sequence[Place]) -> Relation | None:
    """Return how *side* has nothing in the first of the places where it lacks all."""
    own = bearing(side, (other.provision,))
    for place in lacking:
        if not any(starts(each, place.trigger, other) for each in place.wider):
            return missing(own, place.gaps, other, place.trigger)
    return None


def shown(
    side: Side, other: Bound, at: tuple[Place, Coverage], given: Mapping[str, FactValue]
) -> Counterexample | None:
    """Return a case in which *side* finds less than *other*, judged by the reference; ``None`` if none was found."""
    place, lacking = at
    if lacking.shortfall is None:
        return None
    witness = place.region.witness()
    known = {**_anything(side, other), **given, **witness.values}
    record = Record(FrozenMap(known), witness.happened)
    related = tuple(each for each in (*place.serving, *place.wider) if starts(each, place.trigger, other))
    situation = Situation(other, related, place.doubtful, place.trigger, record, lacking.shortfall, lacking.anchor)
    best: tuple[_Trial, _Difference] | None = None
    for trial in (_Trial(side, other, case) for case in courses(situation)):
        found = trial.difference()
        if found is not None and (best is None or found.degrees > best[1].degrees):
            best = (trial, found)
            if found.degrees[0] is _worst(other):
                break
    spare = known.keys() - witness.values.keys() - given.keys()
    return None if best is None else _least(*best, spare).told(lacking.shortfall)


def _worst(bound: Bound) -> Degree:
    """Return the most that can ever be found about a demand."""
    provision = bound.provision
    numbered = provision.every is not None or (provision.deadline is not None and not provision.deadline.promptly)
    if obliges(provision) and not numbered:
        return Degree.IN_PRINCIPLE if provision.strength is Strength.SHOULD else Degree.OWED
    return Degree.DEPARTED if provision.strength is Strength.SHOULD else Degree.VIOLATED


def _anything(side: Side, other: Bound) -> dict[str, FactValue]:
    """Return a value for each fact that bears on either side, and that neither presumes: a region may leave it open."""
    norms = [(other.side, other.provision), *((side, each) for each in bearing(side, (other.provision,)).norms)]
    conditions = [part for each, norm in norms for part in each.conditions((norm,))]
    tests = [test for each in conditions for part in each.parts() for test in part.facts]
    presumed = {*side.policy.header.presume, *other.side.policy.header.presume}
    derived = {*side.tables, *other.side.tables}
    names = dict.fromkeys(name for each, norm in norms for name in each.facts(norm))
    return {name: cells(name, tests, side.vocabulary)[0].witness for name in names if name not in presumed | derived}


def _least(trial: _Trial, found: _Difference, spare: Collection[str]) -> _Difference:
    """Return the difference with no event, and none of the facts *spare*, that it can do without."""
    events = [each for each in trial.case.events if each.at <= found.as_of]
    for event in tuple(events):
        fewer = [each for each in events if each is not event]
        same = replace(trial, case=replace(trial.case, events=tuple(fewer))).at(found.as_of)
        if same is not None and same.degrees == found.degrees:
            events = fewer
    case = replace(trial.case, events=tuple(events))
    for name in spare:
        fewer_facts = FrozenMap({each: value for each, value in case.facts.items() if each != name})
        same = replace(trial, case=replace(case, facts=fewer_facts)).at(found.as_of)
        if same is not None and same.degrees == found.degrees:
            case = same.case
    least = replace(trial, case=case).at(found.as_of)
    return found if least is None else least


def _concerns(duty: Duty, other: Bound) -> bool:
    return answers(duty, other.provision.act, other.provision.strength, other.side.vocabulary)


@dataclass(frozen=True, slots=True)
class _Difference:
    """What both sides find in one case at one instant, where the one finds less."""

    other: Bound
    case: Case
    as_of: Instant
    degrees: tuple[Degree, Degree]
    answers: tuple[Assessment, Assessment]

    def told(self, shortfall: Shortfall) -> Counterexample:
        """Return it as a counterexample."""
        mine, its = self.answers
        duty = max((each for each in its.duties if each.provision == self.other.provision.id), key=degree)
        rows = tuple(each for each in mine.duties if each.exists and _concerns(each, self.other))
        return Counterexample(self.case, self.as_of, *self.degrees, duty, rows, shortfall)


@dataclass(frozen=True, slots=True)
class _Trial:
    """One case put to both sides."""

    side: Side
    other: Bound
    case: Case

    def difference(self) -> _Difference | None:
        """Return where the one side finds less: at the instant at which the other finds most, of those the first."""
        found = [each for at in self._instants() if (each := self.at(at)) is not None]
        return min(found, key=lambda each: (-each.degrees[0], each.as_of), default=None)

    def at(self, as_of: Instant) -> _Difference | None:
        """Return the difference at *as_of*, if the one side finds less there, and is sure of it."""
        both = self._judged(as_of)
        if both is None:
            return None
        mine, its = both
        theirs = most(its, lambda duty: duty.provision == self.other.provision.id)
        own = most(mine, self._about)
        if theirs <= own or unsettled(mine, self._about):
            return None
        return _Difference(self.other, self.case, as_of, (theirs, own), both)

    def _about(self, duty: Duty) -> bool:
        return _concerns(duty, self.other)

    def _instants(self) -> tuple[Instant, ...]:
        """Return the instants at which an answer can change: events, and when limits have passed."""
        events = [each.at for each in self.case.events]
        if not events:
            return (usual(self.other.side.policy),)
        both = self._judged(max(events).plus(_FAR))
        rows = [each for one in both or () for each in one.duties if each.exists and self._bears(each)]
        late = [each.limit.late_from for each in rows if each.limit is not None]
        late += [each.violated_at for each in rows if each.violated_at is not None]
        late += [each.trigger.at for each in rows if each.trigger is not None]
        return tuple(sorted({*events, *(each for each in late if each >= events[0])}))[:_MOST_INSTANTS]

    def _bears(self, duty: Duty) -> bool:
        return duty.provision == self.other.provision.id or self._about(duty)

    def _judged(self, at: Instant) -> tuple[Assessment, Assessment] | None:
        """Return both answers; ``None`` for a case that one of them refuses."""
        policies = (self.side.policy, self.other.side.policy)
        question = Question(self.case, at, None, "reference", policies)
        try:
            mine = question.answer(policies[0], self.side.readings)
            return mine, question.answer(policies[1], self.other.side.readings)
        except CaseError:
            return None
