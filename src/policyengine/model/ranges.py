"""What an answer can come to when every reading is asked at once: ranges of statuses and limits (S7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Generic, TypeVar

from policyengine.model.assessment import no_such_duty

if TYPE_CHECKING:
    from policyengine.model.assessment import Assessment, Choice, Duty, GapKind, GapRow, Status
    from policyengine.model.provision import Strength
    from policyengine.temporal.instant import Instant
    from policyengine.temporal.limit import Limit

Item = TypeVar("Item")

Departure = tuple["Choice", ...]
"""A combination of options, as the choices that are not the defaults; empty for the defaults themselves."""


class Verdict(StrEnum):
    """Under how many readings something is so."""

    EVERY = "every"
    SOME = "some"
    NONE = "none"
    UNDETERMINED = "undetermined"
    """Under none for certain, and under some it hangs on a missing fact."""


@dataclass(frozen=True, slots=True)
class Range(Generic[Item]):
    """What one thing comes to under each combination of the options that it depends on.

    Args:
        defaults: the default options of the readings that it depends on in this case; none when it is settled.
        by_departure: each combination of their options with what it comes to; that of the defaults first.
    """

    defaults: tuple[Choice, ...]
    by_departure: tuple[tuple[Departure, Item], ...]

    @property
    def settled(self) -> bool:
        """Tell whether it comes to the same under every reading."""
        return len(self.by_departure) == 1

    @property
    def default(self) -> Item:
        """Return what it comes to under the policy's own defaults."""
        return self.by_departure[0][1]

    @property
    def values(self) -> tuple[Item, ...]:
        """Return everything that it can come to, once each, that of the defaults first."""
        found: list[Item] = []
        for _, value in self.by_departure:
            found += [] if value in found else [value]
        return tuple(found)

    def at(self, chosen: Mapping[str, str]) -> Item:
        """Return what it comes to under the options *chosen*, the defaults elsewhere.

        Raises:
            LookupError: an option that a reading does not have.
        """
        asked = {each.reading: chosen.get(each.reading, each.option) for each in self.defaults}
        wanted = {(each.reading, asked[each.reading]) for each in self.defaults if asked[each.reading] != each.option}
        for departure, value in self.by_departure:
            if wanted == {(each.reading, each.option) for each in departure}:
                return value
        msg = f"no such combination of options: {asked}"
        raise LookupError(msg)

    def every(self, value: Item) -> tuple[Departure, ...]:
        """Return every combination under which it comes to *value*."""
        return tuple(departure for departure, found in self.by_departure if found == value)

    def least(self, value: Item) -> tuple[Departure, ...]:
        """Return the least departures from the defaults under which it comes to *value*.

        Of two combinations one of which departs in all that the other does and in more, only the other is listed.
        Choosing one of them, and the defaults elsewhere, replays it.
        """
        every = self.every(value)
        return tuple(each for each in every if not any(set(other) < set(each) for other in every))


class Truths(Range[bool | None]):
    """Whether something is so, under each combination; ``None`` where that hangs on a missing fact."""

    __slots__ = ()

    @property
    def verdict(self) -> Verdict:
        """Return under how many readings it is so.

        >>> from policyengine.model.assessment import Choice
        >>> Truths((Choice("r", "a"),), (((), True), ((Choice("r", "b"),), False))).verdict
        <Verdict.SOME: 'some'>
        """
        if True in self.values:
            return Verdict.EVERY if self.settled else Verdict.SOME
        return Verdict.UNDETERMINED if None in self.values else Verdict.NONE


@dataclass(frozen=True, slots=True)
class DutyRange:
    """One row of the answer under every reading: a provision, or one instance of it.

    In each range ``None`` as a status says that the readings do not admit the row, ``None`` as a limit that there is
    none; what is so only if missing facts come out in one way is ``None`` among truths.

    Args:
        provision: the provision's id.
        instance: which of the provision's duties, as in :class:`~policyengine.model.assessment.Duty`.
        readings: what the row depends on in this case, in the order of the file.
        row: the row under the first combination that has it, the defaults before all others.
        statuses, limits: what the row comes to; limits are told apart by when they end and how certain they are.
        strengths, bearers: how it binds and whom.
        existing, violated, owed: whether there is a duty, whether it is violated, whether its act is still owed.
    """

    provision: str
    instance: str | None
    readings: tuple[str, ...]
    row: Duty
    statuses: Range[Status | None]
    limits: Range[Limit | None]
    strengths: Range[Strength | None]
    bearers: Range[str | None]
    existing: Truths
    violated: Truths
    owed: Truths

    @property
    def ranges(self) -> Mapping[str, Range[object]]:
        """Return all ranges by name."""
        names = ("statuses", "limits", "strengths", "bearers", "existing", "violated", "owed")
        return {name: getattr(self, name) for name in names}

    @property
    def settled(self) -> bool:
        """Tell whether the row is the same under every reading, in all that is compared."""
        return all(each.settled for each in self.ranges.values())

    @property
    def earliest(self) -> Limit | None:
        """Return the earliest limit under any reading; ``None`` when there is none under any."""
        return min(self._found(), key=lambda each: each.late_from, default=None)

    @property
    def latest(self) -> Limit | None:
        """Return the latest limit under any reading that sets one; ``None`` when none does."""
        return max(self._found(), key=lambda each: each.late_from, default=None)

    def _found(self) -> tuple[Limit, ...]:
        return tuple(each for each in self.limits.values if each is not None)


@dataclass(frozen=True, slots=True)
class GapRange:
    """A silence of the text, or a referral, that the case meets under some reading at least.

    Args:
        gap: its id.
        row: the row under the first combination under which the case meets it.
        kinds: what it comes to; ``None`` where the case does not meet it.
    """

    gap: str
    row: GapRow
    kinds: Range[GapKind | None]


@dataclass(frozen=True, slots=True)
class AllReadings:
    """The answer of one policy for one case at one instant under every combination of readings that matters.

    Args:
        default: the answer under the policy's own defaults.
        combinations: how many combinations were evaluated; the others come to the same.
        duties: a range for each row that there is under any reading, in the order of the file.
        gaps: a range for each silence and referral that the case meets under any reading.
    """

    default: Assessment
    combinations: int
    duties: tuple[DutyRange, ...]
    gaps: tuple[GapRange, ...]

    @property
    def policy(self) -> str:
        """Return the policy's id."""
        return self.default.policy

    @property
    def case(self) -> str:
        """Return the case's id."""
        return self.default.case

    @property
    def as_of(self) -> Instant:
        """Return the instant asked about."""
        return self.default.as_of

    @property
    def readings(self) -> tuple[str, ...]:
        """Return the readings that some row depends on in this case, in the order of the file."""
        found = {name for each in self.duties for name in each.readings}
        found |= {choice.reading for each in self.gaps for choice in each.kinds.defaults}
        return tuple(each.reading for each in self.default.readings if each.reading in found)

    def duty(self, provision: str, instance: str | None = None) -> DutyRange:
        """Return the range of *provision*; that of its first duty, unless *instance* names another.

        Raises:
            DutyError: there is no such row under any reading.
        """
        for each in self.duties:
            if each.provision == provision and instance in (None, each.instance):
                return each
        raise no_such_duty((provision, instance), self.duties, f"in {self.policy!r} under any reading")
