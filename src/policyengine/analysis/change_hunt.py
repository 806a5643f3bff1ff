"""The search for cases that show a change: put to both versions, judged by the reference, bounded."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from policyengine.analysis.change_cases import Base, Sketch
from policyengine.analysis.change_effects import Direction, Weight, says, weighed
from policyengine.analysis.change_scope import Part
from policyengine.engine.question import Question
from policyengine.engine.reference.evaluate import evaluate
from policyengine.errors import CaseError
from policyengine.model.provision import Provision
from policyengine.prepare.prepared import prepare
from policyengine.temporal.instant import DAY, MINUTE

if TYPE_CHECKING:
    from policyengine.analysis.change_scope import Parts, Scope
    from policyengine.model.assessment import Assessment
    from policyengine.model.case import Case, FactValue
    from policyengine.temporal.instant import Instant

MOST_JUDGED = 10_000
"""So many answers are asked for under the readings chosen."""
_MOST_EACH = (500, 900)
"""For a norm that only looks at what differs, and for one that says another thing itself."""
_MOST_AFTER = (60, 240)
"""Likewise, once a case has shown a change."""
_LEAST_EACH = 60
_MOST_VARIED, _MOST_PAIRED, _PLAINEST = 10, 3, 20
_PERIODS: Mapping[str | None, tuple[int, ...]] = MappingProxyType(
    {
        "week": (8 * DAY, 15 * DAY),
        "month": (32 * DAY, 64 * DAY),
        "quarter": (100 * DAY, 190 * DAY),
        "year": (370 * DAY, 740 * DAY),
    }
)
_SHORT_PERIODS = (DAY, 3 * DAY)
"""So much later a recurring duty has had a period or two, by the length of its period: more would only be more."""
_MOST_INSTANTS, _MOST_LIMITS = 20, 8


@dataclass(frozen=True, slots=True)
class Shown:
    """A case and an instant at which the two versions answer differently about one provision or gap.

    Args:
        case: facts and events.
        as_of: the instant.
        before, after: the whole answers of the old and of the new version, judged by the reference.
        direction: whether more or less is found under the new one in this case, or otherwise only.
    """

    case: Case
    as_of: Instant
    before: Assessment
    after: Assessment
    direction: Direction


class _Seen(NamedTuple):
    base: Base
    as_of: Instant
    weight: tuple[Weight, int]
    direction: Direction


class _Both(NamedTuple):
    base: Base
    as_of: Instant
    answers: tuple[Assessment | None, Assessment | None]


@dataclass(slots=True)
class Hunt:
    """The search over all provisions and gaps of two versions.

    Args:
        scope: the versions.
        given: facts that are settled in every case.
        most: so many answers are asked for altogether; whatever has its turn after that is tried with the plainest
            cases.
    """

    scope: Scope
    given: Mapping[str, FactValue]
    most: int = MOST_JUDGED
    judged: int = field(default=0, init=False)

    def shown(self, part: Part, wanted: Collection[Direction]) -> tuple[Shown, ...]:
        """Return cases that show a change of *part*: one for each direction; of no direction only where there is none.

        Args:
            part: the provision or gap.
            wanted: the directions that are not ruled out; once all of them are shown nothing more is tried.
        """
        trial = _Trial(self.scope, part)
        found: dict[Direction, _Seen] = {}
        own = bool(self.scope.edits(part))
        budget = max(_LEAST_EACH, min(_MOST_EACH[own], self.most - self.judged))
        since: int | None = None
        for base in self._cases(Sketch(self.scope, part, self.given), trial):
            for seen in trial.differences(base, found):
                best = found.get(seen.direction)
                if best is None or _plainness(seen) > _plainness(best):
                    found[seen.direction] = seen
            since = trial.judged if found and since is None else since
            if _all_shown(found, wanted) or trial.judged > budget:
                break
            if since is not None and trial.judged - since > _MOST_AFTER[own]:
                break
        self.judged += trial.judged
        if found.keys() - {Direction.OTHER}:
            found.pop(Direction.OTHER, None)
        told = (trial.confirmed(trial.least(each)) for each in found.values())
        return tuple(each for each in told if each is not None)

    @staticmethod
    def _cases(sketch: Sketch, trial: _Trial) -> Iterator[Base]:
        """Yield the plainest cases first."""
        going = sketch.bases()
        first = tuple(islice(going, _MOST_VARIED))
        yield from first
        limits = [trial.limits(each) for each in first]
        varied = [sketch.varied(base, ends) for base, ends in zip(first, limits, strict=True)]
        paired = [sketch.paired(base, ends) for base, ends in zip(first, limits, strict=True)]
        for each in (*varied[:1], *paired[:1]):
            yield from islice(each, _PLAINEST)
        yield from _in_turn([*varied[:3], *paired[:1], going, *paired[1:_MOST_PAIRED], *varied[3:]])


def _in_turn(several: list[Iterator[Base]]) -> Iterator[Base]:
    """Yield the first few of each, the next few of each, and so on."""
    left, few = several, 6
    while left:
        going: list[Iterator[Base]] = []
        for each in left:
            found = tuple(islice(each, few))
            yield from found
            going += [each] if len(found) == few else []
        left = going


def _all_shown(found: Mapping[Direction, _Seen], wanted: Collection[Direction]) -> bool:
    return bool(found) and all(each in found for each in wanted)


def _plainness(seen: _Seen) -> tuple[tuple[Weight, int], int, bool, int]:
    """Return what sorts what was seen: the more it shows the better, then the shorter, then the rounder and earlier."""
    size = len(seen.base.case.events)
    return (seen.weight, -size, seen.as_of.micros % MINUTE == 0, -seen.as_of.micros)


@dataclass(slots=True)
class _Trial:
    """Cases put to both versions, about one provision or gap."""

    scope: Scope
    part: Part
    judged: int = field(default=0, init=False)
    _asked: tuple[frozenset[str], frozenset[str]] = field(init=False)

    def __post_init__(self) -> None:
        """Find out what the answer looks at: nothing else has to be judged."""
        old, new = (
            frozenset(norm.id for one in each.behind(self.part) if (norm := each.norm(one)) is not None)
            for each in self._versions
        )
        self._asked = (old, new)

    def differences(self, base: Base, known: Mapping[Direction, _Seen]) -> Iterator[_Seen]:
        """Yield the instants at which the versions answer differently in the case, all of them where that is new."""
        soon = self._both(base, base.last.plus(MINUTE))
        limits = self._ends(soon)
        rough = self._rough(base, limits)
        found = tuple(
            seen for each in (soon, *(self._both(base, at) for at in rough)) if (seen := self._told(each)) is not None
        )
        new = any(each.direction not in known or each.weight > known[each.direction].weight for each in found)
        yield from found
        for at in _instants(base, limits) if new else ():
            seen = self._told(self._both(base, at)) if at not in rough else None
            if seen is not None:
                yield seen

    def limits(self, base: Base) -> tuple[Instant, ...]:
        """Return when limits end in the case, those of the norm and of what it looks at: the norm's own first."""
        return self._ends(self._both(base, base.last.plus(MINUTE)))

    def _ends(self, both: _Both) -> tuple[Instant, ...]:
        found: dict[bool, dict[Instant, None]] = {True: {}, False: {}}
        for answer, part in zip(both.answers, self._parts, strict=True):
            for each in answer.duties if answer is not None else ():
                if each.limit is not None:
                    found[each.provision == part.name] |= {each.limit.due: None, each.limit.late_from: None}
        return tuple(dict.fromkeys((*found[True], *found[False])))[:_MOST_LIMITS]

    def least(self, seen: _Seen) -> _Seen:
        """Return what was seen without the events and facts that it can do without."""
        best = self._without_events(seen)
        for name in tuple(best.base.case.facts):
            facts = {each: value for each, value in best.base.case.facts.items() if each != name}
            best = self._fewer(best, replace(best.base.case, facts=facts)) or best
        return best

    def confirmed(self, seen: _Seen) -> Shown | None:
        """Return what was seen with the whole answers of both versions; ``None`` where those do not show it."""
        case, sides = seen.base.case, [each.side for each in self._versions]
        question = Question(case, seen.as_of, None, "reference")
        try:
            before, after = (question.answer(side.policy, side.readings) for side in sides)
        except CaseError:
            return None
        return Shown(case, seen.as_of, before, after, seen.direction) if self._differ(before, after) else None

    def _without_events(self, seen: _Seen) -> _Seen:
        best, place = seen, 0
        while place < len(best.base.case.events):
            events = best.base.case.events
            fewer = self._fewer(best, replace(best.base.case, events=(*events[:place], *events[place + 1 :])))
            best, place = (best, place + 1) if fewer is None else (fewer, place)
        return best

    def _fewer(self, best: _Seen, case: Case) -> _Seen | None:
        """Return the same seen in a shorter case, if it shows there as plainly."""
        found = self._told(self._both(replace(best.base, case=case).plus(()), best.as_of))
        if found is None or found.direction is not best.direction or found.weight < best.weight:
            return None
        return found

    @property
    def _versions(self) -> tuple[Parts, Parts]:
        return self.scope.old, self.scope.new

    @property
    def _parts(self) -> tuple[Part, Part]:
        """Return the norm by its id in each version."""
        norm = self.scope.new.norms.get(self.part)
        return self.part, self.part if norm is None else Part(self.part.kind, norm.id)

    def _rough(self, base: Base, limits: Sequence[Instant]) -> tuple[Instant, ...]:
        """Return the instants at which nearly every difference shows that does not right after the last event."""
        soon = base.last.plus(MINUTE)
        repeated = [base.last.plus(each) for each in self._periods]
        return tuple(dict.fromkeys((max((soon, *limits)).plus(2 * MINUTE), *repeated)))

    @property
    def _periods(self) -> tuple[int, ...]:
        norms = [each.norms.get(self.part) for each in self._versions]
        every = [each.every for each in norms if isinstance(each, Provision) and each.every is not None]
        return tuple(dict.fromkeys(later for each in every for later in _PERIODS.get(each.period, _SHORT_PERIODS)))

    def _both(self, base: Base, at: Instant) -> _Both:
        return _Both(base, at, (self._judged(0, base.case, at), self._judged(1, base.case, at)))

    def _told(self, both: _Both) -> _Seen | None:
        """Return what the two answers show; ``None`` where they say the same, or one version refuses the case."""
        before, after = both.answers
        if before is None or after is None or not self._differ(before, after):
            return None
        return _Seen(both.base, both.as_of, *weighed(before, after, self._parts))

    def _differ(self, before: Assessment, after: Assessment) -> bool:
        return says(before, self._parts[0], {}) != says(after, self._parts[1], self.scope.new.names)

    def _judged(self, place: int, case: Case, at: Instant) -> Assessment | None:
        """Return what a version says of the norm, judging only what that looks at; ``None`` for a refused case."""
        self.judged += 1
        side, asked = self._versions[place].side, self._asked[place]
        try:
            whole = prepare(side.policy, case, at, side.readings)
            provisions = tuple(each for each in whole.provisions if each.id in asked)
            return evaluate(
                replace(whole, provisions=provisions, gaps=tuple(each for each in whole.gaps if each.id in asked))
            )
        except CaseError:
            return None


def _instants(base: Base, limits: Sequence[Instant]) -> tuple[Instant, ...]:
    """Return when an answer can change: at events, when limits end, and at the next full minute."""
    events = [each.at for each in base.case.events] or [base.start]
    ends = [each for each in limits if each >= events[0]]
    rounder = [each.plus(MINUTE - each.micros % MINUTE) for each in ends]
    return tuple(sorted({*events, *ends, *rounder}))[:_MOST_INSTANTS]
