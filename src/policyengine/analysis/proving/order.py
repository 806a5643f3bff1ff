"""Acts that are owed and can never be done lawfully: forbidden for good, or each waiting for the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from policyengine.analysis.bound import obliges
from policyengine.analysis.proving.examination import SCOPES, Found, or_undecided
from policyengine.analysis.proving.finding import Check, Expected, Finding, FindingKind, Waits, Witness
from policyengine.analysis.proving.replay import answer
from policyengine.analysis.proving.scene import LATER, staged
from policyengine.model.condition import Truth
from policyengine.model.provision import Provision, Strength

if TYPE_CHECKING:
    from policyengine.analysis.proving.examination import Examination
    from policyengine.analysis.proving.scene import Scene
    from policyengine.analysis.regions import Region
    from policyengine.engine.matcher import Record
    from policyengine.model.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Bar:
    """What an act has to wait for, by a prohibition, or by an obligation that comes before it."""

    provision: Provision
    waits: Waits

    @property
    def forbids(self) -> bool:
        """Tell whether it is a prohibition."""
        return self.provision.strength is Strength.MUST_NOT

    @property
    def binds_all(self) -> bool:
        """Tell whether it holds for the act whoever does it, however and towards whom."""
        its = self.provision
        return not self.forbids or (its.bearer is None and its.to is None and its.means is None)

    def binds(self, owed: Provision) -> bool:
        """Tell whether whoever does what is *owed* comes up against it."""
        its = self.provision
        return not self.forbids or (
            its.bearer in {None, owed.bearer}
            and its.to in {None, owed.to}
            and (its.means is None or (owed.means is not None and set(owed.means) <= set(its.means)))
        )

    def lets(self, act: str, vocabulary: Vocabulary, attainable: Iterable[str]) -> bool:
        """Tell whether *act* can be done once what is *attainable* has happened.

        What ends a prohibition at the very instant of the act breaches nothing (S27): so an act that is itself among
        what the prohibition waits for need not wait for it.
        """
        known = set(attainable)
        found = [
            (self.forbids and act in vocabulary.kinds(each)) or not known.isdisjoint(vocabulary.kinds(each))
            for each in self.waits.first
        ]
        return all(found) if self.waits.every else any(found)


Path = tuple[tuple[str, Bar], ...]
"""Acts, each with what it comes up against; the next is what that waits for."""


def bars(provisions: Iterable[Provision]) -> Iterator[Bar]:
    """Yield everything that makes one act wait for another."""
    for each in provisions:
        deadline = each.deadline
        if each.strength is Strength.MUST_NOT:
            until = each.until
            first = () if until is None else until.any_ or until.all_ or ()
            yield Bar(each, Waits(each.act, first, every=until is not None and bool(until.all_), provision=each.id))
        elif each.strength is Strength.MUST and deadline is not None and deadline.before is not None:
            yield Bar(each, Waits(deadline.before, (each.act,), every=True, provision=each.id))


def before(act: str, found: Iterable[Bar], vocabulary: Vocabulary) -> tuple[Bar, ...]:
    """Return those of the bars *found* that *act* comes up against."""
    return tuple(each for each in found if act in vocabulary.kinds(each.waits.act))


def attainable(vocabulary: Vocabulary, found: Sequence[Bar]) -> frozenset[str]:
    """Return the types of events that can happen in some order in which nothing is violated."""
    binding = [each for each in found if each.binds_all]
    own = {name: before(name, binding, vocabulary) for name in vocabulary.event_types}
    done: set[str] = set()
    while more := {
        name for name, its in own.items() if name not in done and all(each.lets(name, vocabulary, done) for each in its)
    }:
        done |= more
    return frozenset(done)


def orders(examination: Examination) -> Found:
    """Yield the contradictions, and the orders that cannot be kept."""
    found: dict[object, Finding] = {}
    for scope in SCOPES:
        provisions = examination.scope(scope)
        every = tuple(bars(provisions))
        for owed in provisions:
            if obliges(owed) and _blocked(owed, every, examination.side.vocabulary):
                look = _Looking(examination, owed, every)
                for each in or_undecided(FindingKind.CONTRADICTION, (owed.id,), look.findings):
                    if not isinstance(each, Finding):
                        yield each
                    elif each.key not in found:
                        found[each.key] = each
    yield from found.values()


def _blocked(owed: Provision, found: Sequence[Bar], vocabulary: Vocabulary) -> bool:
    """Tell whether what is *owed* cannot be done in any way without violating something."""
    done = attainable(vocabulary, found)
    own = [each for each in found if each.binds(owed)]
    return not any(
        all(each.lets(kind, vocabulary, done) for each in before(kind, own, vocabulary))
        for kind in vocabulary.kinds(owed.act)
    )


@dataclass(frozen=True, slots=True)
class _Looking:
    """What is looked for about one act that is owed."""

    examination: Examination
    owed: Provision
    every: tuple[Bar, ...]

    @property
    def vocabulary(self) -> Vocabulary:
        return self.examination.side.vocabulary

    def findings(self) -> Iterator[Finding]:
        """Yield a finding for every way in which the act is blocked."""
        near = self._near()
        norms = tuple(dict.fromkeys((self.owed, *(each.provision for each in near))))

        def outcome(truths: tuple[Truth, ...]) -> tuple[FindingKind, Path] | None:
            there = {norm.id for norm, truth in zip(norms, truths, strict=True) if truth is Truth.TRUE}
            active = tuple(each for each in near if each.provision.id in there)
            blocked = self.owed.id in there and _blocked(self.owed, active, self.vocabulary)
            return self._traced(active) if blocked else None

        places: dict[tuple[FindingKind, Path], list[Region]] = {}
        for region, found in self.examination.coming_to(norms, outcome):
            if found is not None:
                places.setdefault(found, []).append(region)
        exact = self.examination.applying(norms) if places else ()
        for (kind, way), regions in places.items():
            there = (region for region, truths in exact if outcome(truths) == (kind, way))
            shown = self.examination.shown(there, partial(self._witnesses, kind, way))
            if shown:
                yield self._finding(kind, way, tuple(regions), shown)

    def _near(self) -> tuple[Bar, ...]:
        """Return the bars that the act can come up against, directly or through what it waits for."""
        kinds, found = self.vocabulary.kinds, dict[Bar, None]()
        waiting = [*kinds(self.owed.act)]
        for act in waiting:  # grows while it is read
            for each in before(act, self.every, self.vocabulary):
                if each not in found:
                    found[each] = None
                    waiting += [kind for first in each.waits.first for kind in kinds(first) if kind not in waiting]
        return tuple(found)

    def _traced(self, active: Sequence[Bar]) -> tuple[FindingKind, Path] | None:
        """Return the way from the act to where nothing lets it go on, or round and round.

        ``None`` where an act that has to come before is itself forbidden for good: that is told where it is owed.
        """
        done = attainable(self.vocabulary, active)
        act, path = self.owed.act, dict[str, Bar]()
        while act not in path:
            usable = [each for each in active if (each.binds_all if path else each.binds(self.owed))]
            against = [
                each for each in before(act, usable, self.vocabulary) if not each.lets(act, self.vocabulary, done)
            ]
            bar = path[act] = min(against, key=lambda each: bool(each.waits.first))
            if not bar.waits.first:
                endless = all(each.forbids for each in path.values())
                return (FindingKind.CONTRADICTION, tuple(path.items())) if endless else None
            act = next(each for each in bar.waits.first if done.isdisjoint(self.vocabulary.kinds(each)))
        return FindingKind.IMPOSSIBLE_ORDER, tuple(path.items())

    def _finding(
        self, kind: FindingKind, path: Path, regions: tuple[Region, ...], witnesses: tuple[Witness, ...]
    ) -> Finding:
        names = tuple(dict.fromkeys((self.owed.id, *(bar.provision.id for _, bar in path))))
        circle = tuple(sorted({bar.provision.id for _, bar in path}))
        return Finding(
            kind,
            subjects=names if kind is FindingKind.CONTRADICTION else circle,
            provisions=names,
            clauses=self.examination.clauses(names),
            regions=regions,
            witnesses=witnesses,
            detail=tuple(bar.waits for _, bar in path),
        )

    def _witnesses(self, kind: FindingKind, path: Path, record: Record) -> tuple[Witness, ...] | None:
        """Return a case in which nothing is done, and one for each act on the way, done first."""
        provisions = tuple(dict.fromkeys((self.owed, *(bar.provision for _, bar in path))))
        scene = staged(self.examination.side, provisions, record)
        if scene is None:
            return None
        left = self._left(scene, path[0][1]) if kind is FindingKind.CONTRADICTION else []
        return (*left, *(self._done(scene.after(LATER), act, bar) for act, bar in path))

    def _left(self, scene: Scene, bar: Bar) -> list[Witness]:
        """Return the case in which nothing is done: both bind, until the limit, if there is one, is missed."""
        case = scene.case()
        found = answer(self.examination.side, case, scene.reached).duty(self.owed.id)
        both = (Expected(self.owed.id, Check.OWED), Expected(bar.provision.id, Check.FORBIDDING))
        if found.limit is None:
            return [Witness(case, scene.reached.plus(LATER), both)]
        return [
            Witness(case, max(found.limit.late_from, scene.reached), (Expected(self.owed.id, Check.VIOLATED), both[1]))
        ]

    def _done(self, scene: Scene, act: str, bar: Bar) -> Witness:
        later = scene.with_act(self.owed) if act == self.owed.act else scene.with_event(act)
        return Witness(later.case(), later.reached, (Expected(bar.provision.id, Check.VIOLATED),))
