"""One case under every reading of a policy -> findings, each with the options under which it stands (S7)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import product
from typing import TYPE_CHECKING, Any, TypeVar

from policyengine.checks.audit.finding import Extent, Kind
from policyengine.checks.audit.rows import Reader, kind_of
from policyengine.model.ranges import Range

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policyengine.checks.audit.finding import Finding
    from policyengine.diagnostics import Span
    from policyengine.model.assessment import Assessment, Choice, Status
    from policyengine.model.case import Case
    from policyengine.model.provision import Strength
    from policyengine.model.ranges import AllReadings, Departure, DutyRange, GapRange

Item = TypeVar("Item")
Other = TypeVar("Other")


@dataclass
class Readings:
    """Reads findings off the ranges of one policy.

    A duty is one finding for each kind that it comes to, told as it is under the defaults if it stands there, else as
    it is under the least departure from them. A prohibition is told by its first breach.

    Args:
        case: the case that was judged.
        place: where it stands in the log.
        ranges: what the policy comes to.
        ask: returns the answer under chosen options, the defaults elsewhere.
    """

    case: Case
    place: Span | None
    ranges: AllReadings
    ask: Callable[[Mapping[str, str]], Assessment]
    _readers: dict[Departure, Reader] = field(default_factory=dict)

    def findings(self) -> Iterator[Finding]:
        """Yield what there is to find, in the order of the policy."""
        for row in self.ranges.duties:
            yield from self._of_duty(row)
        for gap in self.ranges.gaps:
            yield from self._of_gap(gap)

    def _of_duty(self, row: DutyRange) -> Iterator[Finding]:
        kinds = _kinds(row)
        for kind in (each for each in kinds.values if each is not None):
            yield self._told(row, kind, kinds, kind)
        provisional = _over(row.limits, lambda limit: limit is not None and limit.provisional)
        existing = joined(row.existing, provisional)
        certain = _over(existing, lambda pair: bool(pair[0]) and bool(pair[1]))
        if True in certain.values:
            yield self._told(row, Kind.PROVISIONAL, certain, True)  # noqa: FBT003 - one of the values of the range

    def _told(self, row: DutyRange, kind: Kind, found: Range[Item], value: Item) -> Finding:
        least = found.least(value)
        reader = self._reader(least[0])
        finding = reader.of_duty(reader.answer.duty(row.provision, row.instance), kind)
        return _standing(finding, found, least)

    def _of_gap(self, gap: GapRange) -> Iterator[Finding]:
        for kind in (each for each in gap.kinds.values if each is not None):
            least = gap.kinds.least(kind)
            reader = self._reader(least[0])
            row = next(each for each in reader.answer.gaps if each.gap == gap.gap)
            yield _standing(reader.of_gap(row), gap.kinds, least)

    def _reader(self, departure: Departure) -> Reader:
        if departure not in self._readers:
            chosen = {each.reading: each.option for each in departure}
            answer = self.ask(chosen) if chosen else self.ranges.default
            self._readers[departure] = Reader(self.case, self.place, answer)
        return self._readers[departure]


def joined(one: Range[Item], other: Range[Other]) -> Range[tuple[Item, Other]]:
    """Return what two ranges come to together, under each combination of the options of either."""
    defaults = tuple(dict.fromkeys((*one.defaults, *other.defaults)))
    options = [_options(each, one, other) for each in defaults]
    found: list[tuple[Departure, tuple[Item, Other]]] = []
    for combination in product(*options):
        chosen = {each.reading: each.option for each in combination}
        departure = tuple(each for each in combination if each not in defaults)
        found.append((departure, (one.at(chosen), other.at(chosen))))
    return Range(defaults, tuple(found))


def _options(default: Choice, *ranges: Range[Any]) -> tuple[Choice, ...]:
    """Return the default of one reading, then its other options."""
    departures = (departure for each in ranges for departure, _ in each.by_departure)
    others = (choice for departure in departures for choice in departure if choice.reading == default.reading)
    return tuple(dict.fromkeys((default, *others)))


def _over(found: Range[Item], value: Callable[[Item], Other]) -> Range[Other]:
    return Range(found.defaults, tuple((departure, value(each)) for departure, each in found.by_departure))


def _kinds(row: DutyRange) -> Range[Kind | None]:
    """Return what the row is found to be under each combination."""
    return _over(joined(joined(row.violated, row.strengths), row.statuses), _kind)


def _kind(parts: tuple[tuple[bool | None, Strength | None], Status | None]) -> Kind | None:
    (violated, strength), status = parts
    return kind_of(violated=violated, strength=strength, status=status)


def _standing(finding: Finding, found: Range[Item], least: tuple[Departure, ...]) -> Finding:
    every = len(found.values) == 1
    return replace(finding, extent=Extent.EVERY if every else Extent.SOME, under=() if every else least)
