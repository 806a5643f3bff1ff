"""Limits that cannot be kept, because what has to come before may take longer."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from policyengine.analysis.bound import obliges
from policyengine.analysis.proving.course import Course, chronological, counted
from policyengine.analysis.proving.examination import SCOPES, Found, or_undecided
from policyengine.analysis.proving.finding import Chain, Check, Expected, Finding, FindingKind, Witness
from policyengine.analysis.proving.order import bars, before
from policyengine.analysis.proving.scene import in_force, opening
from policyengine.analysis.regions import Region
from policyengine.model.condition import Truth
from policyengine.temporal.instant import DAY, HOUR
from policyengine.temporal.limit import ELAPSED, Unit

if TYPE_CHECKING:
    from policyengine.analysis.limits import Span
    from policyengine.analysis.proving.course import Done, Limited, Reached
    from policyengine.analysis.proving.examination import Examination
    from policyengine.analysis.proving.order import Bar
    from policyengine.analysis.proving.scene import Scene
    from policyengine.analysis.sides import Side
    from policyengine.engine.matcher import Record
    from policyengine.model.provision import Provision
    from policyengine.temporal.instant import Instant

_ONE_DAY = timedelta(days=1)
_CYCLE = 366 * 4 + 1
"""Days of a whole cycle of years, where no calendar sets an end."""
_FIRST = date(2024, 1, 1)


def haste(examination: Examination) -> Found:
    """Yield the limits that end before the act can be done lawfully, if everybody else takes the time allowed."""
    for scope in SCOPES:
        provisions = examination.scope(scope)
        every = tuple(bars(provisions))
        for each in provisions:
            once = obliges(each) and not (each.standing or each.every)
            if once and each.deadline is not None and each.deadline.within is not None:
                look = _Looking(examination, each, provisions, every)
                yield from or_undecided(FindingKind.INFEASIBLE_LIMIT, (each.id,), look.findings)


class _Played(NamedTuple):
    """A course, whether or not the limit ends in it before the act is free."""

    start: Instant
    limited: Limited
    free: Reached

    @property
    def late(self) -> bool:
        """Tell whether the act is free only once the limit has passed."""
        return self.free.at >= self.limited.limit.late_from

    @property
    def before(self) -> Reached:
        """Return all that happens."""
        return self.limited.arisen.then(self.free)


_Active = tuple[tuple["Provision", ...], tuple["Bar", ...]]


@dataclass(frozen=True, slots=True)
class _Looking:
    """What is looked for about one limit."""

    examination: Examination
    due: Provision
    provisions: Sequence[Provision]
    every: tuple[Bar, ...]

    @property
    def side(self) -> Side:
        return self.examination.side

    def findings(self) -> Iterator[Finding]:
        """Yield the finding, if there is one: over all regions in which it holds, whoever is late."""
        near = self._near()
        if not any(each.deadline is not None and each.deadline.within is not None for each in near[1:]):
            return
        known: dict[frozenset[str], tuple[_Active, _Played | None]] = {}

        def there(truths: tuple[Truth, ...]) -> frozenset[str]:
            return frozenset(norm.id for norm, truth in zip(near, truths, strict=True) if truth is Truth.TRUE)

        def outcome(truths: tuple[Truth, ...]) -> bool:
            names = there(truths)
            if self.due.id not in names:
                return False
            if names not in known:
                active = self._active(near, names)
                known[names] = (active, self._late(active))
            return known[names][1] is not None

        regions = tuple(region for region, late in self.examination.coming_to(near, outcome) if late)
        exact = self.examination.applying(near) if regions else ()
        for names, (active, late) in known.items():
            if late is None:
                continue
            here = (region for region, truths in exact if there(truths) == names)
            shown = self.examination.shown(here, partial(self._witnesses, active, late))
            if shown:
                yield self._finding(active, late, regions, shown)
                return

    def _active(self, near: Sequence[Provision], names: Collection[str]) -> _Active:
        """Return the obligations and the bars of those *near* that are there, by their *names*."""
        return (
            tuple(each for each in near[1:] if each.id in names and obliges(each)),
            tuple(each for each in self.every if each.provision.id in names),
        )

    def _near(self) -> tuple[Provision, ...]:
        """Return the limit's provision, then all that may bear on when its act can be done."""
        found = dict.fromkeys((self.due,))
        vocabulary = self.side.vocabulary
        waiting = [self.due]
        for each in waiting:  # grows while it is read
            events = [happening.event for happening in each.happenings() if happening.event is not None]
            outcomes = [outcome for happening in each.happenings() if (outcome := happening.outcome()) is not None]
            for kind in vocabulary.kinds(each.act) if obliges(each) else ():
                for bar in before(kind, self.every, vocabulary):
                    waiting += [] if bar.provision in found else [bar.provision]
                    found[bar.provision] = None
                    events += bar.waits.first
            kinds = {kind for name in events for kind in vocabulary.kinds(name)}
            names = {name for _, several in outcomes for name in several}
            more = [one for one in self.provisions if obliges(one) and (one.act in kinds or one.id in names)]
            waiting += [one for one in more if one not in found]
            found |= dict.fromkeys(more)
        return tuple(found)

    def _course(self, active: _Active, start: Instant) -> _Played | None:
        """Return the course that begins at *start*; ``None`` where no lawful one is known."""
        begun = [happening.event for happening in self.due.happenings() if happening.event is not None]
        course = Course(self.side, start, begun, *active)
        limited, free = course.limit(self.due), course.needed(self.due)
        if limited is None or free is None or free.provisional or limited.arisen.provisional:
            return None
        return _Played(start, limited, free)

    def _late(self, active: _Active) -> _Played | None:
        """Return a course in which the limit ends before the act is free: the usual one, if it is so in that."""
        scene = opening(self.side, (self.due,), self.examination.record(Region(())))
        usual = None if scene is None else self._course(active, scene.reached)
        if usual is None or usual.late or not usual.free.legs:
            return usual if usual is not None and usual.late else None
        starts = (each for each in self._starts(usual) if self._too_late(usual, each))
        found = (self._course(active, each) for each in starts)
        return next((each for each in found if each is not None and each.late and self._lives(each)), None)

    def _lives(self, played: _Played) -> bool:
        own = [each.provision for each in played.before.done if each.provision is not None]
        return in_force(self.side, (self.due, *own), played.start)

    def _too_late(self, played: _Played, start: Instant) -> bool | None:
        """Tell whether the limit ends too early if the same steps begin at *start*; ``None`` where nobody knows yet."""
        free, late = self._after(played.free.legs, start), self._after(played.limited.legs, start)
        return None if free is None or late is None else free > late

    def _after(self, legs: Sequence[Span], start: Instant) -> Instant | None:
        """Return the last instant in time after *legs*, each begun at the very end of the one before."""
        at = start
        for each in legs:
            found = counted(self.side, each, at)
            if found.provisional:
                return None
            at = found.late_from.plus(-1)
        return at

    def _starts(self, played: _Played) -> Iterator[Instant]:
        """Yield the first and the last instant of every day that the calendar knows, and those so much earlier.

        Within a day every limit ends the later the later it begins, or at one instant. A step in days behind steps in
        hours jumps where the hours end at midnight, and hours that count from the next full one jump every hour.
        """
        calendar, zone = self.side.policy.calendar, self.side.policy.zone
        offsets = tuple(_jumps(played))
        day = calendar.start or _FIRST
        last = calendar.announced_until or day + _CYCLE * _ONE_DAY
        while day <= last:
            midnight = zone.first_instant(day)
            for offset in offsets:
                yield midnight.plus(-offset)
                yield midnight.plus(-offset - 1)
            day += _ONE_DAY

    def _always(self, played: _Played) -> bool:
        """Tell whether the limit ends too early whenever the same steps begin, as far as the calendar knows."""
        return all(self._too_late(played, each) is not False for each in self._starts(played))

    def _finding(
        self, active: _Active, late: _Played, regions: tuple[Region, ...], witnesses: tuple[Witness, ...]
    ) -> Finding:
        """Return the finding that the course *late* shows."""
        own = {happening.event for happening in self.due.happenings()}
        done = (each for each in chronological(late.before.done) if each.provision is not None or each.name not in own)
        steps = tuple(dict.fromkeys(each.step for each in done))
        blocking = (each.provision.id for each in self._blocking(active))
        names = (self.due.id, *blocking, *(each.provision for each in steps if each.provision is not None))
        provisions = tuple(dict.fromkeys(names))
        return Finding(
            FindingKind.INFEASIBLE_LIMIT,
            subjects=(self.due.id,),
            provisions=provisions,
            clauses=self.examination.clauses(provisions),
            regions=regions,
            witnesses=witnesses,
            detail=Chain(
                steps,
                always=None if self.examination.brief else self._always(late),
                announced_only=self._asks(late),
            ),
        )

    def _asks(self, late: _Played) -> bool:
        """Tell whether days off bear on any of the limits."""
        return any(
            each.length.unit is Unit.WORKING_DAYS
            or (each.length.unit not in ELAPSED and each.counting.roll == "next_working_day")
            for each in (*late.free.legs, *late.limited.legs)
        )

    def _blocking(self, active: _Active) -> tuple[Bar, ...]:
        """Return what the act comes up against while nothing is done."""
        own = [each for each in active[1] if each.binds(self.due) and each.provision.id != self.due.id]
        found = before(self.due.act, own, self.side.vocabulary)
        return tuple(each for each in found if not each.lets(self.due.act, self.side.vocabulary, ()))

    def _witnesses(self, active: _Active, late: _Played, record: Record) -> tuple[Witness, ...] | None:
        """Return the case in which the act waits for the others, and the one in which it does not."""
        scene = opening(self.side, (self.due,), record, late.start)
        if scene is None:
            return None
        ordered = tuple(chronological(late.before.done))
        whole = _played(scene, ordered)
        own = [each.provision for each in ordered if each.provision is not None]
        waited = Witness(
            whole.case(),
            late.before.at,
            (
                Expected(self.due.id, Check.VIOLATED),
                *dict.fromkeys(Expected(each.id, Check.IN_TIME) for each in own),
                *(Expected(each.provision.id, Check.NO_BREACH) for each in active[1] if each.forbids),
            ),
        )
        last = late.limited.limit.late_from.plus(-1)
        early = _played(scene, [each for each in ordered if each.at <= last])
        hurried = replace(early, reached=max(last, scene.reached)).with_act(self.due)
        blocking = self._blocking(active)[:1]
        breached = tuple(Expected(each.provision.id, Check.VIOLATED) for each in blocking)
        return (waited, Witness(hurried.case(), hurried.reached, breached))


def _jumps(played: _Played) -> Iterator[int]:
    """Yield how long before a midnight a start has to be for some step to end at that midnight."""
    seen: dict[int, None] = {0: None}
    for legs in (played.free.legs, played.limited.legs):
        total = 0
        for each in legs:
            total += each.length.n * ELAPSED.get(each.length.unit, 0)
            seen[total] = None
            if each.counting.hours == "next_full_hour" and each.length.unit is Unit.HOURS:
                seen |= dict.fromkeys(range(0, DAY, HOUR))
    yield from seen


def _played(scene: Scene, done: Sequence[Done]) -> Scene:
    for each in done:
        scene = replace(scene, reached=max(each.at, scene.reached))
        if each.provision is not None:
            scene = scene.with_act(each.provision)
        else:
            scene = scene.with_event(each.name, each.happening.where if each.happening is not None else {})
    return scene


def _numbered(reached: Reached) -> tuple[Provision, ...]:
    """Return the provisions on the way whose limits have a length, each once."""
    own = (each.provision for each in reached.done)
    return tuple(
        dict.fromkeys(each for each in own if each is not None and each.deadline and each.deadline.within is not None)
    )
