"""Cases in which two versions of one norm could be answered differently: written down, for the reference to judge.

They begin with the shortest: facts and a trigger alone; then with one thing more that either version names, then two.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, islice, pairwise, product
from typing import TYPE_CHECKING, Literal, TypeVar

from policyengine.analysis.cells import TooManyContentsError, cells
from policyengine.analysis.change_scope import Kind
from policyengine.analysis.change_starts import starts
from policyengine.analysis.proving.scene import Scene
from policyengine.analysis.regions import TooManyRegionsError
from policyengine.analysis.sides import applying
from policyengine.engine.matcher import Record
from policyengine.model.case import Case, Event
from policyengine.model.condition import Condition, Truth
from policyengine.model.frozen import FrozenMap
from policyengine.model.happening import Happening
from policyengine.model.provision import Provision
from policyengine.prepare.dependence import parts_of
from policyengine.temporal.instant import HOUR, MINUTE

if TYPE_CHECKING:
    from policyengine.analysis.change_scope import Part, Parts, Scope
    from policyengine.analysis.sides import Side
    from policyengine.model.case import FactValue
    from policyengine.model.provision import Gap
    from policyengine.temporal.instant import Instant

Item = TypeVar("Item")

_MOST_FACTS, _MOST_BASES, _MOST_VARIED, _MOST_PAIRED = 12, 60, 8, 3
_FEW = 10
_SOON, _SHORTLY = 30 * MINUTE, 10 * MINUTE


@dataclass(frozen=True, slots=True)
class Base:
    """A case to begin with.

    Args:
        case: facts, and what puts a duty in force.
        start: when it begins.
    """

    case: Case
    start: Instant

    @property
    def last(self) -> Instant:
        """Return when the last event happened; where there is none, when the case begins."""
        return self.case.events[-1].at if self.case.events else self.start

    @property
    def first(self) -> Instant:
        """Return when the first event happened, likewise."""
        return self.case.events[0].at if self.case.events else self.start

    def plus(self, more: Iterable[Event]) -> Base:
        """Return the case with *more* events, all of them in the order of time."""
        return replace(self, case=_with(self.case, more))


@dataclass(frozen=True)
class Sketch:
    """What is to be tried of one provision or gap.

    Args:
        scope: the two versions.
        part: the provision or gap.
        given: facts that are settled in every case.
    """

    scope: Scope
    part: Part
    given: Mapping[str, FactValue]

    def bases(self) -> Iterator[Base]:
        """Yield the shortest cases: facts, and what puts the duty in force."""
        axes = (self._starts, self._facts, self._triggers)
        for start, record, trigger in islice(_diagonal(tuple(map(len, axes))), _MOST_BASES):
            yield from self._begun(self._starts[start], self._facts[record], self._triggers[trigger])

    def varied(self, base: Base, limits: Sequence[Instant]) -> Iterator[Base]:
        """Yield *base* with one thing more: an act, an event that either version names, another value of a fact.

        Args:
            base: one of the bases.
            limits: the instants at which limits end in it, under either version.
        """
        yield from (base.plus((each,)) for each in self._more(base, limits))

    def paired(self, base: Base, limits: Sequence[Instant]) -> Iterator[Base]:
        """Yield *base* with two things more, one of them an act."""
        moments = _moments(base, limits)
        acts = tuple(islice(_each_in_turn(self._acts(each.plus(_SHORTLY)) for each in moments), _FEW))
        changes = self._changes(base, _turning_points(base, limits))
        others = tuple(islice(_each_in_turn((self._events(moments), changes)), 2 * _FEW))
        for one, other in _diagonal((len(others), len(acts) + len(others))):
            if len(acts) + one != other:
                yield base.plus((others[one], (*acts, *others)[other]))

    @property
    def sides(self) -> tuple[Side, Side]:
        """Return the old version and the new one."""
        return self.scope.old.side, self.scope.new.side

    @cached_property
    def own(self) -> tuple[tuple[Side, Provision | Gap], ...]:
        """The norm as each version has it, as far as it has."""
        found = ((each.side, each.norms.get(self.part)) for each in (self.scope.old, self.scope.new))
        return tuple((side, norm) for side, norm in found if norm is not None)

    @cached_property
    def _behind(self) -> tuple[Provision | Gap, ...]:
        """Every norm that the answer looks at, its own first."""
        both = (self.scope.old, self.scope.new)
        found = (each.norm(part) for each in both for part in sorted(each.behind(self.part)))
        return tuple(dict.fromkeys((*(norm for _, norm in self.own), *(each for each in found if each is not None))))

    @cached_property
    def _starts(self) -> tuple[Instant, ...]:
        return starts(self.scope, self.part, self._behind)

    @cached_property
    def _scopes(self) -> tuple[Literal["case", "agency"], ...]:
        found: list[Literal["case", "agency"]] = [
            norm.scope if isinstance(norm, Provision) else "case" for _, norm in self.own
        ]
        return tuple(dict.fromkeys(found))

    @cached_property
    def _triggers(self) -> tuple[tuple[Side, Happening | None], ...]:
        found: list[tuple[Side, Happening | None]] = []
        for side, norm in self.own:
            for each in norm.upon or (None,):
                if all(each != known for _, known in found):
                    found.append((side, each))
        return (*found[:3], *(((self.own[0][0], None),) if found[0][1] is not None else ()), *found[3:])

    def _begun(self, start: Instant, record: Record, trigger: tuple[Side, Happening | None]) -> Iterator[Base]:
        side, happening = trigger
        facts = {name: value for name, value in {**record.values, **self.given}.items() if value is not None}
        for scope in self._scopes:
            scene: Scene | None = Scene(side, scope, facts, start)
            for name in sorted(record.happened):
                scene = None if scene is None else scene.with_event(name)
            for each in self._anchors if happening is not None else ():
                scene = None if scene is None else scene.brought_about(each, 1) or scene
            if scene is not None and happening is not None:
                scene = scene.brought_about(happening)
            if scene is not None:
                yield Base(Case(id="witness", facts=facts, scope=scope), start).plus(scene.events)

    @property
    def _anchors(self) -> tuple[Happening, ...]:
        found = (each for _, norm in self.own if isinstance(norm, Provision) for each in norm.anchors())
        return tuple(each for each in dict.fromkeys(found) if each.event is not None)

    # Facts

    @cached_property
    def _conditions(self) -> tuple[Condition, ...]:
        tables = (each for one in (self.scope.old, self.scope.new) for each in one.tables.values())
        nodes = (*self._behind, *tables)
        return tuple(part for node in nodes for part in parts_of(node) if isinstance(part, Condition))

    @cached_property
    def _cells(self) -> dict[str, tuple[FactValue, ...]]:
        """The facts that bear on the answer, each with values that stand for all it can be."""
        tests = [test for each in self._conditions for test in each.facts]
        vocabulary = self.sides[0].vocabulary
        found: dict[str, tuple[FactValue, ...]] = {}
        for name in dict.fromkeys(test.fact for test in tests):
            if name not in self.given:
                try:
                    found[name] = tuple(each.witness for each in cells(name, tests, vocabulary))
                except TooManyContentsError:
                    found[name] = ((),)
        return found

    @cached_property
    def _facts(self) -> tuple[Record, ...]:
        """Facts to begin with: where the versions apply differently, where both do, nothing known, one thing else."""
        regions = self._regions()
        empty = _record({})
        first = regions[0] if regions else empty
        decided = self._decided
        single: dict[bool, list[Record]] = {True: [], False: []}
        for name, values in self._cells.items():
            for value in (*values, None):
                single[name in decided].append(_record({**first.values, name: value}, first.happened))
        found = (*regions[: 1 if decided else _FEW], *single[True], *regions[:_FEW], empty, *single[False])
        return tuple(dict.fromkeys(found))[: 3 * _MOST_FACTS]

    @cached_property
    def _decided(self) -> frozenset[str]:
        """The facts that a table asks which differs, and is looked at."""
        differing = [each.name for each in self.scope.affected.get(self.part, ()) if each.kind is Kind.TABLE]
        tables = (each.tables.get(name) for each in self._versions for name in differing)
        rows = (row for table in tables if table is not None for row in table.rows)
        return frozenset(name for row in rows for name in row.when.facts_asked())

    def _regions(self) -> tuple[Record, ...]:
        try:
            found = applying(self.sides[0].vocabulary, self.own, self.given)
        except (TooManyRegionsError, TooManyContentsError):
            return ()
        capped = all(each.kind is Kind.LIMIT for each in self.scope.affected.get(self.part, ()))
        ordered = sorted(found, key=lambda each: _likeliest(each[1], capped=capped))
        return tuple(region.witness() for region, _ in ordered)

    # What can happen besides

    def _more(self, base: Base, limits: Sequence[Instant]) -> Iterator[Event]:
        moments = _moments(base, limits)
        yield from _each_in_turn(
            (
                chain.from_iterable(self._acts(each) for each in moments),
                self._events(moments),
                self._changes(base, _turning_points(base, limits)),
                self._again(base),
            )
        )

    def _acts(self, at: Instant) -> Iterator[Event]:
        """Yield the acts of both versions at one instant, as they ask for them and otherwise."""
        plain: dict[Event, None] = {}
        for side, norm in self.own:
            if isinstance(norm, Provision):
                scene = Scene(side, norm.scope, {}, at)
                full = scene.with_act(norm).events[0]
                kinds = [each for each in side.vocabulary.kinds(norm.act) if each != norm.act][:2]
                wider = [each for each in side.vocabulary.wider(norm.act) if each != norm.act][:1]
                plain |= {full: None, replace(full, by=None): None}
                plain |= dict.fromkeys(replace(full, by=each) for each in self._people(norm))
                plain |= {replace(full, to=()): None, replace(full, attributes=FrozenMap()): None}
                plain |= dict.fromkeys(scene.with_act(norm, each).events[0] for each in (*kinds, *wider))
                plain |= {replace(full, partial=True): None}
        watched = [each for each in self._behind if isinstance(each, Provision)][: _FEW // 2]
        plain |= dict.fromkeys(Scene(self.own[0][0], each.scope, {}, at).with_act(each).events[0] for each in watched)
        yield from plain

    def _people(self, norm: Provision) -> tuple[str, ...]:
        """Return whom a bearer may be, and one who is not."""
        tables = [each.tables[norm.bearer] for each in self._versions if norm.bearer in each.tables]
        meant = [str(each) for table in tables for each in (*(row.then for row in table.rows), table.else_)]
        known = {*self.sides[0].policy.header.roles} & {*self.sides[1].policy.header.roles}
        shared = (*sorted(known), *self.sides[0].vocabulary.roles)
        other = next((each for each in shared if each not in {norm.bearer, *meant}), None)
        return tuple(dict.fromkeys(each for each in (*meant, other) if each is not None and each in shared))

    @property
    def _versions(self) -> tuple[Parts, Parts]:
        return self.scope.old, self.scope.new

    def _events(self, moments: Sequence[Instant]) -> Iterator[Event]:
        """Yield what either version names, or what it looks at: its own first, at every moment."""
        side = self.own[0][0]
        names = dict.fromkeys(each for norm in self._behind for each in _named(norm))
        for happening in islice(names, 2 * _FEW):
            for at in moments:
                found = Scene(side, "case", {}, at).with_event(happening.event or "", happening.where).events[0]
                yield found
                if happening.where:
                    yield replace(found, attributes=FrozenMap(), by=None, to=())

    def _changes(self, base: Base, moments: Sequence[Instant]) -> Iterator[Event]:
        """Yield that a fact comes to be another, or that it is not known any more."""
        used = {each.event for norm in self._behind for each in _named(norm)}
        types = self.sides[0].vocabulary.event_types
        kind = next((each for each in types if each not in used), next(iter(types)))
        other = [
            (name, value)
            for name, values in self._cells.items()
            for value in (*values, None)
            if value != base.case.facts.get(name)
        ]
        for turning in (True, False):
            for at, (name, value) in product(moments, other):
                if self._turns(base, name, value) is turning:
                    yield Event(id="-", type=kind, at=at, sets={name: value})

    def _turns(self, base: Base, name: str, value: FactValue) -> bool:
        """Tell whether another value of a fact makes the norm apply, or not apply any more, under either version."""
        known = {each: found for each, found in base.case.facts.items() if each != name}
        before = _record(base.case.facts)
        after = _record(known if value is None else {**known, name: value})
        return any(side.applies(norm, before) is not side.applies(norm, after) for side, norm in self.own)

    def _again(self, base: Base) -> Iterator[Event]:
        """Yield the last event once more, of the same occasion and of another."""
        if not base.case.events:
            return
        last = base.case.events[-1]
        again = replace(last, at=last.at.plus(HOUR))
        yield again
        kinds = self.sides[0].vocabulary.attributes
        keys = dict.fromkeys(
            name for _, norm in self.own if isinstance(norm, Provision) for name in norm.key or () if name in kinds
        )
        other = {name: self._other(name) for name in keys}
        if other:
            yield replace(again, attributes=FrozenMap({**again.attributes, **other}))
            yield replace(again, attributes=FrozenMap())

    def _other(self, attribute: str) -> FactValue:
        kind = self.sides[0].vocabulary.attributes[attribute]
        named = self.sides[0].vocabulary.values(kind)
        value = named[-1] if named else {"boolean": False, "number": 2}.get(kind.type or "", "2")
        return (value,) if kind.many else value


def _likeliest(truths: Sequence[Truth], *, capped: bool) -> tuple[bool, int]:
    """Return what sorts regions: first those in which the versions differ, then those in which both apply.

    Where only limits differ that cap the norm's own, it has to come into force later: it does not apply at first.
    """
    applies = sum(each is Truth.TRUE for each in truths)
    return (len({*truths}) == 1 and len(truths) > 1, applies if capped else -applies)


def _record(values: Mapping[str, FactValue], happened: frozenset[str] = frozenset()) -> Record:
    return Record(FrozenMap(values), happened)


def _named(norm: Provision | Gap) -> Iterator[Happening]:
    """Yield the events that *norm* names: its ends first, then its waivers, what it must precede, what it waits for."""
    if isinstance(norm, Provision):
        ends = (*(norm.until.any_ or ()), *(norm.until.all_ or ())) if norm.until is not None else ()
        yield from (Happening(event=each) for each in ends)
        yield from (each for each in norm.waived_by or () if each.event is not None)
        singles = norm.deadline.singles() if norm.deadline is not None else ()
        yield from (Happening(event=each.before) for each in singles if each.before is not None)
        yield from (each for each in norm.anchors() if each.event is not None)
    asked = (part for part in parts_of(norm) if isinstance(part, Condition))
    yield from (Happening(event=each) for part in asked for each in part.happened or ())
    yield from (each for each in norm.upon or () if each.event is not None)


def _moments(base: Base, limits: Sequence[Instant]) -> tuple[Instant, ...]:
    """Return when something more may happen: soon, at and between the limits, after them, before everything."""
    first, last = base.first, base.last
    ends = [each for each in limits if each > last]
    ordered = sorted({*ends})
    between = [one.plus((other.micros - one.micros) // 2) for one, other in pairwise((last, *ordered))]
    after = (ordered[-1] if ends else last).plus(2 * HOUR)
    return tuple(dict.fromkeys((last.plus(_SOON), *ends[:4], *reversed(between[:4]), after, first.plus(-2 * HOUR))))


def _turning_points(base: Base, limits: Sequence[Instant]) -> tuple[Instant, ...]:
    """Return when a fact may change: soon, just before a limit ends, halfway there, after it."""
    ends = dict.fromkeys(each.plus(-(each.micros % MINUTE)) for each in limits if each.plus(-_SOON) > base.last)
    near = [moment for each in ends for moment in (each.plus(-_SOON), each.plus((base.last.micros - each.micros) // 2))]
    after = max((base.last, *ends)).plus(2 * HOUR)
    return tuple(dict.fromkeys((base.last.plus(_SOON), *near, after, base.first.plus(-2 * HOUR))))


def _with(base: Case, more: Iterable[Event]) -> Case:
    ordered = sorted((*base.events, *more), key=lambda each: each.at)
    return replace(base, events=tuple(replace(each, id=f"e{number}") for number, each in enumerate(ordered, 1)))


def _each_in_turn(several: Iterable[Iterable[Item]]) -> Iterator[Item]:
    """Yield the first of each, the second of each, and so on."""
    left = [iter(each) for each in several]
    while left:
        for each in tuple(left):
            try:
                yield next(each)
            except StopIteration:
                left.remove(each)


def _diagonal(sizes: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Yield every combination of places on axes of these *sizes*, those of the first places first."""
    yield from sorted(product(*map(range, sizes)), key=sum)
