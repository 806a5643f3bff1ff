"""Graver cases in which a limit ends later than in milder ones, or in which there is none."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from policyengine.analysis.bound import obliges
from policyengine.analysis.limits import Anchored, Span, late_after
from policyengine.analysis.proving.examination import SCOPES, Found, or_undecided
from policyengine.analysis.proving.finding import Check, Expected, Finding, FindingKind, Slack, Witness
from policyengine.analysis.proving.replay import answer
from policyengine.analysis.proving.scene import staged
from policyengine.analysis.regions import Open, Outcome, partition
from policyengine.engine.matcher import Record
from policyengine.engine.reference.limits import counted_by, length
from policyengine.model.condition import Truth
from policyengine.model.frozen import FrozenMap
from policyengine.model.provision import Gap, Provision, Strength

if TYPE_CHECKING:
    from policyengine.analysis.proving.examination import Examination
    from policyengine.analysis.regions import Region
    from policyengine.analysis.sides import Side
    from policyengine.model.happening import Happening
    from policyengine.temporal.instant import Instant

_ByGrade = tuple[tuple[Truth, ...], ...]
"""By the values of the graded fact, lowest first, which norms apply."""
_Missed = tuple[Slack, tuple[str, ...]]
"""Where a limit is missed, and the gaps in which the policy says so."""


def grades(examination: Examination) -> Found:
    """Yield the limits that a graver case puts off, or has not got."""
    for scope in SCOPES:
        for milder in examination.scope(scope):
            if not _limited(milder):
                continue
            look = _Looking(examination, milder)
            for fact in look.graded():
                yield from or_undecided(FindingKind.GRAVER_LATER, (milder.id, fact), lambda: look.findings(fact))  # noqa: B023 - asked at once


def _limited(provision: Provision) -> bool:
    """Tell whether an act is owed within one length, once."""
    deadline = provision.deadline
    once = not (provision.standing or provision.every)
    return obliges(provision) and once and deadline is not None and deadline.within is not None


def serves(side: Side, one: Provision, other: Provision) -> bool:
    """Tell whether a limit of *one* does for one of *other*: about the same or a related act, and as surely owed.

    Related are acts of which one is a kind of the other, as where running limits cap later ones (S26).
    """
    deadline = one.deadline
    return (
        obliges(one)
        and one.scope == other.scope
        and deadline is not None
        and not deadline.promptly
        and side.vocabulary.related(one.act, other.act)
        and (one.to == other.to or None in {one.to, other.to})
        and (one.strength is Strength.MUST or other.strength is Strength.SHOULD)
        and (one.upon is None or all(_covered(side, each, one.upon) for each in other.upon or ()))
        and (other.upon is not None or one.upon is None)
    )


def _covered(side: Side, trigger: Happening, by: Sequence[Happening]) -> bool:
    """Tell whether one of the triggers *by* has happened whenever *trigger* has."""
    return any(
        each == trigger
        or (
            each.event is not None
            and trigger.event is not None
            and not each.where
            and trigger.event in side.vocabulary.kinds(each.event)
        )
        for each in by
    )


@dataclass(frozen=True, slots=True)
class _Looking:
    """What is looked for about one limit."""

    examination: Examination
    milder: Provision

    @property
    def side(self) -> Side:
        return self.examination.side

    def provisions(self) -> tuple[Provision, ...]:
        """Return the limit asked about, then all that would do for it."""
        others = (each for each in self.side.provisions if serves(self.side, each, self.milder))
        return tuple(dict.fromkeys((self.milder, *others)))

    def gaps(self) -> tuple[Gap, ...]:
        """Return the silences that the policy states in place of one of them."""
        names = {node.id for each in self.side.policy.provisions for node in each.nodes()}
        own = {each.id for each in self.provisions()} & names
        return tuple(each for each in self.side.gaps if own & set(each.instead_of or ()))

    def graded(self) -> tuple[str, ...]:
        """Return the graded facts that bear on any of them, less those that are given."""
        facts = self.side.vocabulary.facts
        asked = dict.fromkeys(name for each in self.provisions() for name in self.side.facts(each))
        return tuple(name for name in asked if facts[name].scale is not None and name not in self.examination.given)

    def findings(self, fact: str) -> Iterator[Finding]:
        """Yield the findings about one graded fact, all others being equal."""
        places: dict[_Missed, list[Region]] = {}
        values = self.side.vocabulary.values(self.side.vocabulary.facts[fact]) or ()

        def missed(by_grade: _ByGrade) -> tuple[_Missed, ...]:
            return tuple(self._slack(fact, values, by_grade))

        for region, found in self._by_grade(fact, values, missed):
            for each in found:
                places.setdefault(each, []).append(region)
        exact = self._by_grade(fact, values, lambda by_grade: by_grade) if places else ()
        for each, regions in places.items():
            there = (region for region, by_grade in exact if each in missed(by_grade))
            shown = self.examination.shown(there, partial(self._witnesses, each[0]))
            if shown:
                yield self._finding(*each, tuple(regions), shown)

    def _by_grade(
        self, fact: str, values: Sequence[str], outcome: Callable[[_ByGrade], Outcome]
    ) -> tuple[tuple[Region, Outcome], ...]:
        """Return in every region of the other facts the *outcome* of which norms apply at each grade."""
        side = self.side
        norms: tuple[Provision | Gap, ...] = (*self.provisions(), *self.gaps())

        def ask(record: Record) -> Outcome | Open:
            records = [Record(FrozenMap({**record.values, fact: value}), record.happened) for value in values]
            found = tuple(tuple(side.applies(each, here) for each in norms) for here in records)
            missing = dict.fromkeys(
                name
                for here, truths in zip(records, found, strict=True)
                for each, truth in zip(norms, truths, strict=True)
                if truth is Truth.UNKNOWN
                for name in side.facts(each)
                if name not in here.values
            )
            return Open(tuple(missing)) if missing else outcome(found)

        return partition(side.vocabulary, side.conditions(norms), ask, self.examination.given)

    def _slack(self, fact: str, values: Sequence[str], by_grade: _ByGrade) -> Iterator[_Missed]:
        """Yield where the limit is missed at graver grades, with the gaps in which the policy says so.

        Where a limit that a nearer grade has is missed as well, it is told of that one alone.
        """
        provisions, gaps = self.provisions(), self.gaps()
        found: dict[tuple[tuple[str, ...], tuple[str, ...]], list[int]] = {}
        for place, truths in enumerate(by_grade):
            there = [each for each, truth in zip(provisions, truths, strict=False) if truth is not Truth.FALSE]
            nearest = _last(by_grade[:place], 0)
            if nearest is None or not self._falls_short(self.milder, there):
                continue
            nearer = (
                number for number in range(1, len(provisions)) if (_last(by_grade[:place], number) or 0) > nearest
            )
            if any(self._falls_short(provisions[number], there) for number in nearer):
                continue
            said = zip(gaps, truths[len(provisions) :], strict=True)
            stated = tuple(each.id for each, truth in said if truth is Truth.TRUE)
            found.setdefault((tuple(each.id for each in there), stated), []).append(place)
        for (later, stated), places in found.items():
            below = tuple(values[place] for place, each in enumerate(by_grade[: places[0]]) if each[0] is Truth.TRUE)
            graver = tuple(values[place] for place in places)
            yield Slack(self.milder.act, self.milder.to, fact, below, graver, later), stated

    def _falls_short(self, milder: Provision, there: Sequence[Provision]) -> bool:
        """Tell whether none of the limits that are *there* ends as early; of those that no length tells, one may."""
        own = self._anchored(milder)
        others = [self._anchored(each) for each in there]
        if own is None or any(each is None for each in others):
            return False
        later = late_after([each for each in others if each is not None], own)
        return not others or (later is not None and later.anchor is not None)

    def _anchored(self, provision: Provision) -> Anchored | None:
        """Return a limit's span; ``None`` unless it is one length from what the limit asked about counts from."""
        deadline, its = provision.deadline, self.milder.deadline
        if deadline is None or deadline.within is None or its is None or deadline.of != its.of:
            return None
        span = Span(length(deadline.within), counted_by(self.side.counting, deadline))
        return Anchored(span, self.side.policy.calendar, self.side.policy.zone)

    def _finding(
        self, slack: Slack, stated: tuple[str, ...], regions: tuple[Region, ...], witnesses: tuple[Witness, ...]
    ) -> Finding:
        names = (self.milder.id, *slack.later)
        return Finding(
            FindingKind.GRAVER_LATER,
            subjects=(self.milder.id, slack.fact, *slack.graver),
            provisions=names,
            clauses=self.examination.clauses(names),
            regions=regions,
            witnesses=witnesses,
            detail=slack,
            stated=stated,
        )

    def _witnesses(self, slack: Slack, record: Record) -> tuple[Witness, ...]:
        """Return the milder case with the limit, and the graver one, equal in all else, without."""
        start = self._start(slack)
        mild = self._witness(record, slack.fact, slack.milder[-1], start)
        if mild is None:
            return ()
        duty = answer(self.side, mild.case, mild.as_of).duty(self.milder.id)
        if duty.limit is None:
            return ()
        late = duty.limit.late_from
        grave = self._witness(record, slack.fact, slack.graver[0], start)
        if grave is None:
            return ()
        expected = tuple(Expected(each.id, Check.LATER, late) for each in self.provisions())
        return (
            Witness(mild.case, mild.as_of, (Expected(self.milder.id, Check.LIMITED, late),)),
            Witness(grave.case, grave.as_of, expected),
        )

    def _start(self, slack: Slack) -> Instant | None:
        """Return an anchor after which the limits of the graver case end later; any, if there are none."""
        own = self._anchored(self.milder)
        there = (self.side.provision(name) for name in slack.later)
        others = [found for each in there if each is not None and (found := self._anchored(each)) is not None]
        later = late_after(others, own) if others and own is not None else None
        return None if later is None else later.anchor

    def _witness(self, record: Record, fact: str, value: str, start: Instant | None) -> Witness | None:
        values = Record(FrozenMap({**record.values, fact: value}), record.happened)
        scene = staged(self.side, (self.milder,), values, start)
        return None if scene is None else Witness(scene.case(), scene.reached, ())


def _last(by_grade: _ByGrade, number: int) -> int | None:
    """Return the place of the gravest grade at which the norm of that *number* applies."""
    return max((place for place, truths in enumerate(by_grade) if truths[number] is Truth.TRUE), default=None)
