"""What two versions of a policy can answer differently: soundly, by what each answer looks at.

Every provision and gap looks at parts of its policy: itself, the tables that decide its facts and roles, whatever
defeats, caps or triggers it, the rules by which its limit is counted. Where none of these differ, no answer does. It
is only ever said to look at too much, never at too little.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from policyengine.analysis.cells import cells
from policyengine.analysis.change_sameness import edits, told
from policyengine.engine.matcher import Record
from policyengine.model.condition import FactTest, Truth
from policyengine.model.deadline import Deadline, Regrading, Within
from policyengine.model.frozen import FrozenMap
from policyengine.model.happening import Happening
from policyengine.model.provision import DecisionTable, Gap, Provision, Row
from policyengine.prepare.dependence import parts_of
from policyengine.temporal.instant import SECOND
from policyengine.temporal.limit import ELAPSED

if TYPE_CHECKING:
    from policyengine.analysis.sides import Side
    from policyengine.model.base import Atom, Value
    from policyengine.model.case import FactValue
    from policyengine.model.condition import Condition
    from policyengine.model.vocabulary import FactType, Vocabulary

_ROLES = ("by", "to")


class Kind(StrEnum):
    """What a policy consists of."""

    PROVISION = "provision"
    LIMIT = "limit"
    """A provision as far as its running limit caps those of others (S26)."""
    GAP = "gap"
    TABLE = "table"
    """A decision table: who is meant, or what a fact is."""
    PRESUMED = "presumed"
    """The value that a fact is presumed to have."""
    HOURS = "hours"
    """How hours are counted."""
    DAYS = "days"
    """How limits in days end."""
    REGRADING = "regrading"
    """What a change of facts does to a limit."""
    VERSIONS = "versions"
    """When the policy is in force."""
    ZONE = "zone"
    CALENDAR = "calendar"


class Part(NamedTuple):
    """One part of a policy; provisions and gaps have the names of the old version."""

    kind: Kind
    name: str = ""


@dataclass(frozen=True)
class Parts:
    """One version in parts, and what each looks at.

    Args:
        side: the version, under the readings chosen.
        names: what the old version calls provisions and gaps that this one calls otherwise.
    """

    side: Side
    names: Mapping[str, str] = FrozenMap()

    @cached_property
    def norms(self) -> dict[Part, Provision | Gap]:
        """Provisions and gaps, in the order of the file."""
        found: dict[Part, Provision | Gap] = {self._part(Kind.PROVISION, each): each for each in self.side.provisions}
        return found | {self._part(Kind.GAP, each): each for each in self.side.gaps}

    @cached_property
    def tables(self) -> dict[str, DecisionTable]:
        """The decision tables by what they decide."""
        found = (each.under(self.side.readings) for each in self.side.policy.tables)
        return {each.id: each for each in found if each is not None}

    @cached_property
    def said(self) -> dict[Part, Hashable]:
        """Everything that is no provision and no gap, by part: what it says."""
        policy, rules = self.side.policy, self.side.counting
        found: dict[Part, Hashable] = {Part(Kind.TABLE, name): _table(each) for name, each in self.tables.items()}
        found |= {Part(Kind.PRESUMED, name): told(value) for name, value in policy.header.presume.items()}
        return found | {
            Part(Kind.HOURS): rules.hours or "exact",
            Part(Kind.DAYS): (rules.days.roll or "stay", rules.days.ends),
            Part(Kind.REGRADING): told(rules.regrading),
            Part(Kind.VERSIONS): tuple(told(each.in_force) for each in policy.header.versions),
            Part(Kind.ZONE): policy.zone.name,
            Part(Kind.CALENDAR): _days(self.side),
        }

    def elapsed(self, deadline: Deadline | None) -> Deadline | None:
        """Return *deadline* with every length of elapsed time in seconds: an hour is as good as sixty minutes."""
        if deadline is None:
            return None
        limbs = {
            name: None if several is None else tuple(map(self.elapsed, several))
            for name, several in (("earliest", deadline.earliest), ("latest", deadline.latest))
        }
        within = None if deadline.within is None else self._in_seconds(deadline, deadline.within)
        found: Deadline = deadline.model_copy(update={**limbs, "within": within})
        return found

    def _in_seconds(self, deadline: Deadline, within: Within) -> Within:
        ((unit, number),) = within.parts()
        size = next((size for each, size in ELAPSED.items() if each.value == unit), None)
        exact = (deadline.hours or self.side.counting.hours) in {None, "exact"}
        return within if size is None or (unit == "hours" and not exact) else Within(seconds=number * size // SECOND)

    def behind(self, part: Part) -> frozenset[Part]:
        """Return *part* and everything that it looks at, directly or not; nothing where the version lacks it."""
        if self.norm(part) is None and part not in self.said:
            return frozenset()
        met = {part: None}
        waiting = [part]
        for each in waiting:  # grows while it is read
            new = [one for one in self._looks_at(each) if one not in met]
            met.update(dict.fromkeys(new))
            waiting += dict.fromkeys(new)
        return frozenset(met)

    def norm(self, part: Part) -> Provision | Gap | None:
        """Return the provision or gap that *part* is, or whose limit it is; ``None`` for another part."""
        return self.norms.get(Part(Kind.PROVISION, part.name) if part.kind is Kind.LIMIT else part)

    def _part(self, kind: Kind, norm: Provision | Gap) -> Part:
        return Part(kind, self.names.get(norm.id, norm.id))

    def _looks_at(self, part: Part) -> Iterator[Part]:
        if part.kind is Kind.TABLE and part.name in self.tables:
            yield from self._named(self.tables[part.name])
        norm = self.norm(part)
        if norm is None:
            return
        yield from self._named(norm)
        yield Part(Kind.VERSIONS)
        if norm.in_force is not None or self._dated:
            yield Part(Kind.ZONE)
        yield from self._outcomes(norm.upon or ())
        if isinstance(norm, Provision):
            yield from self._of_provision(part, norm)

    def _of_provision(self, part: Part, norm: Provision) -> Iterator[Part]:
        yield from self._outcomes((*norm.anchors(), *(norm.waived_by or ())))
        defeating = tuple(self._defeating(norm.id))
        yield from defeating
        yield from self._counted(norm)
        if defeating or norm.when is not None or norm.unless is not None:
            yield Part(Kind.REGRADING)
            if self._capped(norm, defeated=bool(defeating)):
                yield from self._capping(part, norm)

    @cached_property
    def _dated(self) -> bool:
        spans = [each.in_force for each in self.side.policy.header.versions]
        return any(each.from_ is not None or each.to is not None for each in spans)

    def _named(self, node: Value) -> Iterator[Part]:
        """Yield the tables that decide what *node* names, and what is presumed of the facts that it asks."""
        for name in (each for part in parts_of(node) for each in _facts_and_roles(part)):
            if name in self.tables:
                yield Part(Kind.TABLE, name)
            yield Part(Kind.PRESUMED, name)

    def _outcomes(self, happenings: Iterable[Happening]) -> Iterator[Part]:
        for each in happenings:
            outcome = each.outcome()
            for name in outcome[1] if outcome is not None else ():
                yield Part(Kind.PROVISION, self.names.get(name, name))

    def _defeating(self, name: str) -> Iterator[Part]:
        for part, norm in self.norms.items():
            if isinstance(norm, Provision) and name in (norm.defeats or ()):
                yield part

    def _counted(self, norm: Provision) -> Iterator[Part]:
        """Yield the rules by which the limits of *norm* are counted."""
        singles = norm.deadline.singles() if norm.deadline is not None else ()
        lengths = [(each, each.within) for each in singles if each.within is not None]
        if norm.every is not None and norm.every.since_last_act is not None:
            lengths.append((Deadline(), norm.every.since_last_act))
        elif norm.every is not None:
            yield Part(Kind.ZONE)
            yield from (Part(Kind.CALENDAR),) if norm.every.period == "working_day" else ()
        for deadline, length in lengths:
            yield from self._length(deadline, length)

    def _length(self, deadline: Deadline, length: Within) -> Iterator[Part]:
        ((unit, _),) = length.parts()
        if unit == "hours":
            yield from () if deadline.hours is not None else (Part(Kind.HOURS),)
            yield from () if (deadline.hours or self.side.counting.hours) in {None, "exact"} else (Part(Kind.ZONE),)
        if unit not in ELAPSED:
            yield Part(Kind.ZONE)
            yield from () if deadline.roll is not None and deadline.ends is not None else (Part(Kind.DAYS),)
            roll = deadline.roll or self.side.counting.days.roll
            yield from (Part(Kind.CALENDAR),) if unit == "working_days" or roll == "next_working_day" else ()

    def _capped(self, norm: Provision, *, defeated: bool) -> bool:
        """Tell whether a change of facts can bring *norm* into force with a limit that others cap (S26)."""
        rules, facts = self.side.counting.regrading, _asked(norm)
        if not _has_length(norm) or Regrading.CAPPED not in {rules.up, rules.down, rules.other}:
            return False
        if defeated or len(facts) > 1 or not facts:
            return True
        (fact,) = facts
        if fact in self.tables or any(condition.events_asked() for condition in _conditions(norm)):
            return True
        return any(getattr(rules, way) is Regrading.CAPPED for way in self._ways_in(norm, fact))

    def _ways_in(self, norm: Provision, fact: str) -> Iterator[str]:
        """Yield the directions of the changes of *fact*, the only one asked, that bring *norm* into force."""
        vocabulary = self.side.vocabulary
        kind = vocabulary.facts[fact]
        tests = [test for each in _conditions(norm) for part in each.parts() for test in part.facts]
        found = [(each.witness, self._applies(norm, fact, each.witness)) for each in cells(fact, tests, vocabulary)]
        for (one, off), (other, on) in product(found, found):
            if on and not off:
                low, high = (
                    None if isinstance(each, tuple) else _rank(vocabulary, kind, each) for each in (one, other)
                )
                yield "other" if low is None or high is None else "up" if high > low else "down"

    def _applies(self, norm: Provision, fact: str, value: FactValue) -> bool:
        return self.side.applies(norm, Record(FrozenMap({fact: value}))) is Truth.TRUE

    def _capping(self, part: Part, norm: Provision) -> Iterator[Part]:
        """Yield the provisions whose limits may cap that of *norm*: for the same or a related act (S26)."""
        for other, each in self.norms.items():
            if isinstance(each, Provision) and other.name != part.name and _has_length(each):
                towards = each.to == norm.to or each.to is None or norm.to is None
                if towards and self.side.vocabulary.related(each.act, norm.act):
                    yield Part(Kind.LIMIT, other.name)


@dataclass(frozen=True)
class Scope:
    """Two versions in parts: which parts differ, and which answers that can reach."""

    old: Parts
    new: Parts

    @classmethod
    def of(cls, old: Side, new: Side) -> Scope:
        """Return both, with provisions and gaps that only changed their ids under the old ones."""
        return cls(Parts(old), Parts(new, renamed(old, new)))

    @cached_property
    def norms(self) -> tuple[Part, ...]:
        """Every provision and gap of either version, in the order of the new file, then what is there no more."""
        return tuple(dict.fromkeys((*self.new.norms, *self.old.norms)))

    @cached_property
    def differing(self) -> frozenset[Part]:
        """The parts that do not say the same in both, or that only one has."""
        said = {*self.old.said, *self.new.said}
        others = {each for each in said if self.old.said.get(each) != self.new.said.get(each)}
        norms = {each for each in self.norms if self._differs(each)}
        return frozenset(others | norms | {Part(Kind.LIMIT, each.name) for each in norms if self._caps_otherwise(each)})

    @cached_property
    def affected(self) -> dict[Part, tuple[Part, ...]]:
        """The provisions and gaps that may be answered differently, each with the differing parts that it looks at."""
        found = {each: (self.old.behind(each) | self.new.behind(each)) & self.differing for each in self.norms}
        return {each: tuple(sorted(parts)) for each, parts in found.items() if parts}

    def edits(self, part: Part) -> tuple[str, ...]:
        """Return the keys in which a provision or gap that both versions have says another thing."""
        old, new = self.old.norms.get(part), self.new.norms.get(part)
        tables = {*self.old.tables, *self.new.tables}
        if isinstance(old, Provision) and isinstance(new, Provision):
            found = edits(old, new, self.new.names, None if _asks(tables, old, new) else self.old.side.vocabulary)
            limits = (self.old.elapsed(old.deadline), self.new.elapsed(new.deadline))
            alike = told(limits[0]) == told(limits[1], self.new.names)
            return tuple(each for each in found if each != "deadline" or not alike)
        if isinstance(old, Gap) and isinstance(new, Gap):
            return edits(old, new, self.new.names, None if _asks(tables, old, new) else self.old.side.vocabulary)
        return ()

    def _caps_otherwise(self, part: Part) -> bool:
        """Tell whether a provision that differs may cap the limits of others otherwise than it did."""
        old, new = self.old.norms.get(part), self.new.norms.get(part)
        if not isinstance(old, Provision) or not isinstance(new, Provision):
            return part.kind is Kind.PROVISION
        personal = old.in_person or new.in_person
        others = {*self.edits(part)} - _NOT_OF_LIMITS
        return bool(others) or old.act != new.act or old.to != new.to or (bool(personal) and old.bearer != new.bearer)

    def _differs(self, part: Part) -> bool:
        return (part in self.old.norms) != (part in self.new.norms) or bool(self.edits(part))


_NOT_OF_LIMITS = frozenset({"must", "should", "bearer", "sanction", "to"})
"""Keys that do not bear on when a limit runs: whose it is, how it binds. What the act is, is asked apart."""


def renamed(old: Side, new: Side) -> FrozenMap[str]:
    """Return by their new ids the old ids of provisions and gaps that say the same, words included, but for the title.

    Only what has its new id nowhere in the old version, and its old one nowhere in the new, has been renamed.
    """
    before, after = _norms(old), _norms(new)
    taken = {*old.policy.provision_ids, *(node.id for each in old.policy.gaps for node in each.nodes())}
    kept = {*new.policy.provision_ids, *(node.id for each in new.policy.gaps for node in each.nodes())}
    left = {name: each for name, each in before.items() if name not in kept}
    found: dict[str, str] = {}
    for name, each in after.items():
        if name not in taken:
            same = [one for one, was in left.items() if one not in found.values() and _same_but_id(was, each, found)]
            found |= {name: same[0]} if same else {}
    return FrozenMap(found)


def _norms(side: Side) -> dict[str, Provision | Gap]:
    found: dict[str, Provision | Gap] = {each.id: each for each in side.provisions}
    return found | {each.id: each for each in side.gaps}


def _same_but_id(old: Provision | Gap, new: Provision | Gap, names: Mapping[str, str]) -> bool:
    if type(old) is not type(new) or old.clause != new.clause:
        return False
    if isinstance(old, Provision) and isinstance(new, Provision) and old.wording != new.wording:
        return False
    return told(old) == told(new, names)


def _asks(tables: set[str], *norms: Provision | Gap) -> bool:
    """Tell whether a condition asks a fact that a table derives, which may have several values at once (S10)."""
    return any(name in tables for norm in norms for part in parts_of(norm) for name in _facts_and_roles(part))


def _has_length(norm: Provision) -> bool:
    return norm.deadline is not None and any(each.within is not None for each in norm.deadline.singles())


def _conditions(norm: Provision) -> tuple[Condition, ...]:
    return tuple(each for each in (norm.when, norm.unless) if each is not None)


def _asked(norm: Provision) -> frozenset[str]:
    return frozenset(name for each in _conditions(norm) for name in each.facts_asked())


def _rank(vocabulary: Vocabulary, kind: FactType, value: Atom | None) -> float | None:
    return None if value is None else vocabulary.rank(kind, value)


def _facts_and_roles(part: Value) -> Iterator[str]:
    if isinstance(part, FactTest):
        yield part.fact
    elif isinstance(part, Happening):
        yield from (str(role) for name in _ROLES for role in part.where.get(name, ()))
    elif isinstance(part, Provision):
        yield from (each for each in (part.bearer, part.to) if each is not None)
    elif isinstance(part, Row):
        yield str(part.then)
    elif isinstance(part, DecisionTable):
        yield str(part.else_)


def _table(table: DecisionTable) -> Hashable:
    rows = tuple((told(each.when), told(each.then)) for each in table.rows)
    return (table.assigns, table.derives, table.unique_hit, rows, told(table.else_))


def _days(side: Side) -> Hashable:
    calendar = side.policy.calendar
    off = frozenset(day for each in calendar.days_off for day in each.days())
    return (calendar.weekend, off, calendar.worked, calendar.start, calendar.announced_until)
