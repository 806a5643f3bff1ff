"""One question under every combination of readings that matters for the case, each row in a range (S7).

A row is asked about under every combination of the readings that it may depend on, the defaults elsewhere. So the
combinations multiply among the readings of one row alone, and rows with the same readings share the evaluations. What a
duty came to is seen before whatever waits for it is asked about: readings that made no difference there make none here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import product
from math import prod
from typing import TYPE_CHECKING, TypeVar

from policyengine.errors import ReadingError
from policyengine.model.assessment import NO_DUTY, Choice, Status
from policyengine.model.provision import Strength
from policyengine.model.ranges import AllReadings, DutyRange, GapRange, Range, Truths
from policyengine.prepare.dependence import Dependence, deciding

if TYPE_CHECKING:
    from policyengine.model.assessment import Assessment, Duty
    from policyengine.model.policy import Policy
    from policyengine.model.ranges import Departure
    from policyengine.prepare.dependence import Owner
    from policyengine.temporal.limit import Limit

Row = TypeVar("Row")
Item = TypeVar("Item")
Options = tuple[str, ...]

MOST_COMBINATIONS = 4096
"""Where more combinations of readings bear on one row, the question is refused and the readings are named.

The most that a row of the packaged regulations depends on is 2,560: Meihekou's supervision of a section that is late.
"""

_VIOLATING = frozenset({Status.OVERDUE, Status.FULFILLED_LATE, Status.BREACHED})


def every_reading(
    policy: Policy, happened: Iterable[str], ask: Callable[[Mapping[str, str]], Assessment]
) -> AllReadings:
    """Return what *policy* comes to under every combination of readings that matters.

    Args:
        policy: with all its readings.
        happened: the types of the events that are seen.
        ask: returns the answer under chosen options, the defaults elsewhere.

    Raises:
        ReadingError: too many combinations bear on one row.
    """
    dependence = Dependence(policy, frozenset(happened))
    inquiry = _Inquiry(policy, ask)
    default = inquiry.answer(())
    groups: dict[Owner, _Group] = {}
    decisive: dict[Owner, tuple[str, ...]] = {}
    for owner in dependence.in_turn():
        names = dependence.readings(owner, decisive)
        _refuse_too_many(policy, owner, names)
        groups[owner] = inquiry.asked(names)
        found = groups[owner].decisive(owner.id) if owner in dependence.awaited else None
        if found is not None:
            decisive[owner] = found
    owners = dependence.owners()
    return AllReadings(
        default=default,
        combinations=len(inquiry.answers),
        duties=tuple(row for each in owners if each.kind == "provision" for row in _duty_ranges(groups[each], each.id)),
        gaps=tuple(row for each in owners if each.kind == "gap" for row in _gap_ranges(groups[each], each.id)),
    )


def _refuse_too_many(policy: Policy, owner: Owner, names: tuple[str, ...]) -> None:
    count = prod(len(policy.readings[name].options) for name in names)
    if count > MOST_COMBINATIONS:
        msg = (
            f"{count} combinations of readings bear on {owner.id!r} of {policy.id!r} in this case, and at most "
            f"{MOST_COMBINATIONS} are evaluated; ask under chosen options of {', '.join(names)}"
        )
        raise ReadingError(msg)


@dataclass
class _Inquiry:
    """Answers under combinations of options, each asked for once."""

    policy: Policy
    ask: Callable[[Mapping[str, str]], Assessment]
    answers: dict[Departure, Assessment] = field(default_factory=dict)

    def answer(self, departure: Departure) -> Assessment:
        """Return the answer under *departure*, the defaults elsewhere."""
        if departure not in self.answers:
            self.answers[departure] = self.ask({each.reading: each.option for each in departure})
        return self.answers[departure]

    def asked(self, names: tuple[str, ...]) -> _Group:
        """Return the answers under every combination of the options of the readings *names*."""
        defaults = tuple(Choice(name, self.policy.readings[name].default) for name in names)
        options = [sorted(self.policy.readings[each.reading].options, key=each.option.__ne__) for each in defaults]
        return _Group(defaults, {each: self.answer(_departure(defaults, each)) for each in product(*options)})


@dataclass(frozen=True)
class _Group:
    """The answers under every combination of the options of some readings, that of the defaults first."""

    defaults: tuple[Choice, ...]
    answers: Mapping[Options, Assessment]

    def rows(self, provision: str) -> dict[Options, tuple[Duty, ...]]:
        """Return the rows of *provision* under each combination."""
        return {
            options: tuple(each for each in answer.duties if each.provision == provision)
            for options, answer in self.answers.items()
        }

    def decisive(self, provision: str) -> tuple[str, ...] | None:
        """Return the readings on which anything in the rows of *provision* depends.

        ``None`` when a row is undetermined: what others make of it is not all in the row then (S13).
        """
        rows = self.rows(provision)
        if any(each.status is Status.UNDETERMINED for found in rows.values() for each in found):
            return None
        bare = {options: tuple(replace(each, readings=()) for each in found) for options, found in rows.items()}
        return deciding(self.names, bare)

    @property
    def names(self) -> tuple[str, ...]:
        """Return the readings."""
        return tuple(each.reading for each in self.defaults)

    def range(self, rows: Mapping[Options, Row], item: Callable[[Row], Item]) -> Range[Item]:
        """Return what *item* takes of each row, in a range over the readings that decide it."""
        items = {options: item(row) for options, row in rows.items()}
        found = deciding(self.names, items)
        defaults = tuple(each for each in self.defaults if each.reading in found)
        departures = {options: _departure(self.defaults, options) for options in items}
        kept = {
            departures[options]: value
            for options, value in items.items()
            if all(each.reading in found for each in departures[options])
        }
        return Range(defaults, tuple(kept.items()))

    def truths(self, rows: Mapping[Options, Row], truth: Callable[[Row], bool | None]) -> Truths:
        """Return whether *truth* holds of each row, as :meth:`range` does."""
        found = self.range(rows, truth)
        return Truths(found.defaults, found.by_departure)


def _departure(defaults: tuple[Choice, ...], options: Options) -> Departure:
    chosen = (Choice(each.reading, option) for each, option in zip(defaults, options, strict=True))
    return tuple(each for each, default in zip(chosen, defaults, strict=True) if each != default)


def _duty_ranges(group: _Group, provision: str) -> Iterator[DutyRange]:
    """Yield a range for each row of *provision*, in the order in which they first appear."""
    found = {options: {each.instance: each for each in rows} for options, rows in group.rows(provision).items()}
    for instance in dict.fromkeys(name for rows in found.values() for name in rows):
        rows = {options: each.get(instance) for options, each in found.items()}
        yield _duty_range(group, provision, instance, rows)


def _duty_range(group: _Group, provision: str, instance: str | None, rows: Mapping[Options, Duty | None]) -> DutyRange:
    limits: dict[object, Limit | None] = {}
    found = DutyRange(
        provision=provision,
        instance=instance,
        readings=(),
        row=next(each for each in rows.values() if each is not None),
        statuses=group.range(rows, lambda row: None if row is None else row.status),
        limits=group.range(rows, lambda row: _told_apart(limits, None if row is None else row.limit)),
        strengths=group.range(rows, lambda row: None if row is None else row.strength),
        bearers=group.range(rows, lambda row: None if row is None else row.bearer),
        existing=group.truths(rows, _exists),
        violated=group.truths(rows, _violated),
        owed=group.truths(rows, _owed),
    )
    decisive = {choice for each in found.ranges.values() for choice in each.defaults}
    return replace(found, readings=tuple(each.reading for each in group.defaults if each in decisive))


def _told_apart(known: dict[object, Limit | None], limit: Limit | None) -> Limit | None:
    """Return the first of the limits that end when *limit* does and are as certain."""
    key = None if limit is None else (limit.due, limit.late_from, limit.provisional)
    return known.setdefault(key, limit)


def _exists(row: Duty | None) -> bool | None:
    if row is not None and row.status is Status.UNDETERMINED and not NO_DUTY.isdisjoint(row.possible):
        return None
    return row is not None and row.exists


def _violated(row: Duty | None) -> bool | None:
    open_ = row is not None and row.status is Status.UNDETERMINED and not _VIOLATING.isdisjoint(row.possible)
    return True if row is not None and row.violated else None if open_ else False


def _owed(row: Duty | None) -> bool | None:
    binds = row is not None and row.strength in (Strength.MUST, Strength.SHOULD)
    return row.owed if row is not None and binds else False


def _gap_ranges(group: _Group, name: str) -> Iterator[GapRange]:
    """Yield the range of a gap that the case meets under some combination."""
    rows = {
        options: next((each for each in answer.gaps if each.gap == name), None)
        for options, answer in group.answers.items()
    }
    met = next((each for each in rows.values() if each is not None), None)
    if met is not None:
        yield GapRange(name, met, group.range(rows, lambda row: None if row is None else row.kind))
