"""Each columnar provision as one row of integers, and what rows refer to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policyengine.engine.columns import program as at
from policyengine.engine.columns.chunk import NONE
from policyengine.engine.columns.source import awaited
from policyengine.engine.reference.limits import counted_by, length
from policyengine.engine.reference.versions import life
from policyengine.model.condition import Truth
from policyengine.model.deadline import Regrading
from policyengine.model.happening import Happening, Outcome
from policyengine.model.provision import UNSTATED, Strength
from policyengine.temporal.limit import ELAPSED, Unit

if TYPE_CHECKING:
    from datetime import time

    from policyengine.engine.columns.patterns import Patterns
    from policyengine.engine.columns.programs import Programs
    from policyengine.engine.columns.source import Source
    from policyengine.model.deadline import Deadline
    from policyengine.model.provision import Provision

FOREVER = (1 << 63) - 1
"""An end that does not come."""

_OUTCOMES: Mapping[Outcome, int] = {
    Outcome.VIOLATED: at.VIOLATED,
    Outcome.PERFORMED: at.PERFORMED,
    Outcome.BREACHED: at.BREACHED,
}
_KINDS = {Strength.MUST_NOT: at.PROHIBITION, Strength.MAY: at.PERMISSION}
_REGRADING = {
    Regrading.CAPPED: at.CAPPED,
    Regrading.RESTART: at.RESTART,
    Regrading.RETROACTIVE: at.RETROACTIVE,
    Regrading.FROZEN: at.FROZEN,
}
_MONTHS = {Unit.MONTHS: 1, Unit.YEARS: 12}


def lifetime(source: Source, provision: Provision) -> tuple[int, int] | None:
    """Return from when until when *provision* is in force; ``None`` where it is so several times over."""
    spans = life(source.policy, provision)
    true = [place for place, truth in enumerate(spans.truths) if truth is Truth.TRUE]
    if not true:
        return FOREVER, FOREVER
    if len(true) > 1:
        return None
    (place,) = true
    start = NONE if place == 0 else spans.starts[place].micros
    return start, spans.starts[place + 1].micros if place + 1 < len(spans.starts) else FOREVER


def _ends_with(provision: Provision) -> tuple[str, ...]:
    """Return the events that end *provision*, any or all of them (S25)."""
    until = provision.until
    return (until.any_ or until.all_ or ()) if until is not None else ()


_SWIFTEST = {
    at.KIND: at.OBLIGATION,
    at.LIMITED: at.FROM_TRIGGER,
    at.PLAIN_END: at.NO_PATTERN,
    at.BEFORE: -1,
    at.LIFE_FROM: NONE,
    at.LIFE_TO: FOREVER,
}


def _is_swift(row: Mapping[int, int]) -> bool:
    """Tell whether *row* is an obligation so long after an event, and no more."""
    return row[at.PLAIN_UPON] >= 0 and all(row[place] == asked for place, asked in _SWIFTEST.items())


@dataclass(slots=True)
class Rows:
    """The rows of one layout.

    Args:
        source: what the policy says under its readings.
        provisions: the columnar ones.
        patterns, programs: gather what the rows refer to.
        found: the rows themselves, in the order of `provisions`.
        happenings, deadlines, bearers: the tables of `Program`.
        closes: the closes of business that limits use.
        roles: the roles that tables may name.
    """

    source: Source
    provisions: tuple[Provision, ...]
    patterns: Patterns
    programs: Programs
    found: list[dict[int, int]] = field(default_factory=list)
    happenings: list[tuple[int, int]] = field(default_factory=list)
    deadlines: list[dict[int, int]] = field(default_factory=list)
    bearers: list[tuple[int, int, int]] = field(default_factory=list)
    closes: list[time] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)

    def lower(self) -> None:
        """Fill the rows and what they refer to."""
        for each in self.provisions:
            row = dict(self._row(each))
            row |= dict(self._plain(each, row[at.LIMITED]))
            self.found.append(row | {at.SWIFT: int(_is_swift(row))})

    def _row(self, provision: Provision) -> Iterator[tuple[int, int]]:
        yield at.KIND, at.STANDING if provision.standing else _KINDS.get(provision.strength, at.OBLIGATION)
        yield at.HAS_UPON, int(provision.upon is not None)
        yield from self._ends(provision)
        yield at.CONDITION, self.programs.condition(provision.when, provision.unless)
        yield at.FACTS, self.programs.facts(provision.when, provision.unless)
        personal = provision.must_not is not None or provision.in_person is True
        yield at.ACT, self.patterns.act(provision, personal=personal)
        yield from self._limit(provision.deadline)
        rules = self.source.counting.regrading
        yield from zip(
            (at.UP, at.DOWN, at.OTHER), (_REGRADING[each] for each in (rules.up, rules.down, rules.other)), strict=True
        )
        yield from zip((at.LIFE_FROM, at.LIFE_TO), lifetime(self.source, provision) or (FOREVER, FOREVER), strict=True)
        yield at.BEARER, self._bearer(provision)
        yield at.AWAITED, int(any(provision.id in awaited(each) for each in self.provisions))

    def _plain(self, provision: Provision, limited: int) -> Iterator[tuple[int, int]]:
        """Yield the one pattern that triggers *provision* and the one that ends it, where nothing else has a say."""
        upon, until = provision.upon or (), _ends_with(provision)
        plain = len(upon) == 1 and upon[0].outcome() is None and limited != at.JOINED
        plain_end = at.NO_PATTERN
        if provision.waived_by or len(until) > 1 or (until and upon and not plain):
            plain, plain_end = False, at.LOOKED_UP
        elif until:
            plain_end = self.patterns.event(Happening(event=until[0]))
        yield at.PLAIN_END, plain_end
        yield at.PLAIN_UPON, self.patterns.event(upon[0]) if plain else at.LOOKED_UP

    def _ends(self, provision: Provision) -> Iterator[tuple[int, int]]:
        yield from zip((at.UPON, at.UPON_END), self._happenings(provision.upon or ()), strict=True)
        until = provision.until
        ends = (Happening(event=name) for name in _ends_with(provision))
        yield from zip((at.UNTIL, at.UNTIL_END), self._happenings(ends), strict=True)
        yield at.UNTIL_ALL, int(until is not None and until.all_ is not None and until.any_ is None)
        yield from zip((at.WAIVED_BY, at.WAIVED_END), self._happenings(provision.waived_by or ()), strict=True)

    def _happenings(self, happenings: Iterable[Happening]) -> tuple[int, int]:
        """Add *happenings*, and return from where to where they stand."""
        start = len(self.happenings)
        rows = {each.id: row for row, each in enumerate(self.provisions)}
        for each in happenings:
            kind, names = each.outcome() or (None, ())
            if kind is None:
                self.happenings.append((at.EVENT, self.patterns.event(each)))
            self.happenings += [(_OUTCOMES[kind], rows[name]) for name in names if kind is not None and name in rows]
        return start, len(self.happenings)

    def _limit(self, deadline: Deadline | None) -> Iterator[tuple[int, int]]:
        start = len(self.deadlines)
        yield from ((at.BEFORE, -1), (at.BEFORE_FIRST, 0))
        yield at.DEADLINE, start
        singles = deadline.singles() if deadline is not None else ()
        if deadline is not None:
            yield from self._before(deadline)
            self._add(deadline)
        yield at.DEADLINE_END, len(self.deadlines)
        yield at.LIMITED, self._limited(start)
        yield at.HAS_LENGTH, int(any(each.within is not None for each in singles))
        yield at.ALL_OF, int(bool(singles) and all(each.of is not None for each in singles))

    def _before(self, deadline: Deadline) -> Iterator[tuple[int, int]]:
        """Yield the event that an act must precede, and whether it stands before the other limbs (S20, S21)."""
        for place, each in enumerate(deadline.limbs or (deadline,)):
            if each.before is not None:
                yield at.BEFORE, self.patterns.event(Happening(event=each.before))
                yield at.BEFORE_FIRST, int(place == 0)

    def _add(self, deadline: Deadline) -> None:
        limbs = tuple(each for each in deadline.limbs if each.before is None)
        if len(limbs) <= 1 and not (limbs and limbs[0].limbs):
            self.deadlines.append(dict(self._single(limbs[0] if limbs else deadline)))
            return
        for each in limbs:
            self._add(each)
        kind = at.EARLIEST if deadline.earliest is not None else at.LATEST
        self.deadlines.append({at.OP: kind, at.LIMBS: len(limbs)})

    def _limited(self, start: int) -> int:
        """Return how the limit is counted whose steps stand from *start* on."""
        step = self.deadlines[start] if len(self.deadlines) == start + 1 else None
        if step is None:
            return at.NO_LIMIT if len(self.deadlines) == start else at.JOINED
        if step[at.OF] >= 0 or step[at.WHEN] >= 0:
            return at.JOINED
        if step[at.UNIT] == at.NO_LENGTH:
            return at.NO_LIMIT
        if step[at.UNIT] != at.ELAPSED:
            return at.COUNTED
        return at.JOINED if step[at.FULL_HOUR] else at.FROM_TRIGGER

    def _single(self, deadline: Deadline) -> Iterator[tuple[int, int]]:
        yield at.OP, at.SINGLE
        yield from zip(
            (at.OF, at.OF_END), (-1, -1) if deadline.of is None else self._happenings((deadline.of,)), strict=True
        )
        yield at.WHEN, -1 if deadline.when is None else self.programs.condition(deadline.when)
        if deadline.within is None:
            yield at.UNIT, at.NO_LENGTH
            return
        written, rules = length(deadline.within), counted_by(self.source.counting, deadline)
        if written.unit in ELAPSED:
            yield at.UNIT, at.ELAPSED
            yield at.LENGTH, written.n * ELAPSED[written.unit]
            yield at.FULL_HOUR, int(written.unit is Unit.HOURS and rules.hours == "next_full_hour")
            return
        unit = {Unit.DAYS: at.DAYS, Unit.WORKING_DAYS: at.WORKING_DAYS}.get(written.unit, at.MONTHS)
        yield at.UNIT, unit
        yield at.LENGTH, written.n * _MONTHS.get(written.unit, 1)
        yield at.ROLL, int(rules.roll == "next_working_day")
        yield at.CLOSE, 0 if rules.ends is None else self._close(rules.ends)

    def _close(self, ends: time) -> int:
        if ends not in self.closes:
            self.closes.append(ends)
        return 1 + self.closes.index(ends)

    def _bearer(self, provision: Provision) -> int:
        """Return where the table stands that says who *provision*'s bearer is; -1 where none does."""
        table = self.source.assigned.get(provision.bearer or "")
        if table is None:
            return -1
        start = len(self.bearers)
        for row in table.rows:
            self.bearers.append((int(table.unique_hit), self.programs.condition(row.when), self._role(str(row.then))))
        self.bearers.append((0, -1, -1 if table.else_ == UNSTATED else self._role(str(table.else_))))
        return start

    def _role(self, name: str) -> int:
        if name not in self.roles:
            self.roles.append(name)
        return self.roles.index(name)
