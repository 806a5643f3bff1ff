"""Limits as written, and how they are counted (S16-S22, S26, S28)."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from policyengine.model.base import Identifier, Value, listed
from policyengine.model.condition import Condition
from policyengine.model.happening import Trigger


class Regrading(StrEnum):
    """What a limit counts from after a known fact made the condition true (S26)."""

    CAPPED = "capped"
    RESTART = "restart"
    RETROACTIVE = "retroactive"
    FROZEN = "frozen"


Clock = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
"""A time of day on the policy's own clock."""


class Within(Value):
    """A length as written; exactly one unit is given."""

    seconds: int | None = None
    minutes: int | None = None
    hours: int | None = None
    days: int | None = None
    working_days: int | None = None
    months: int | None = None
    years: int | None = None

    def parts(self) -> tuple[tuple[str, int], ...]:
        """Return what was given as (unit, number)."""
        return tuple((name, getattr(self, name)) for name in type(self).model_fields if getattr(self, name) is not None)


class DayCounting(Value):
    """How limits in days end (S19)."""

    roll: Literal["stay", "next_working_day"] | None = None
    ends: Clock | None = None


class RegradingRules(Value):
    """Which rule holds after an upward, a downward and any other change of a known fact (S26)."""

    up: Regrading = Regrading.CAPPED
    down: Regrading = Regrading.RETROACTIVE
    other: Regrading = Regrading.RETROACTIVE


class Counting(Value):
    """How limits are counted where a provision says nothing else."""

    hours: Literal["exact", "next_full_hour"] | None = None
    days: DayCounting = DayCounting()
    regrading: RegradingRules = RegradingRules()


class Deadline(Value):
    """A limit as written: a length, an event it must precede, a word without a number, or several limits in one.

    Exactly one of `within`, `before`, `promptly`, `earliest` and `latest` is given. `of` names the anchor where it is
    not the trigger. Only a limb of a composite has a `when`, which is read at the limb's own anchor (S20).
    """

    within: Within | None = None
    before: Identifier | None = None
    promptly: Literal[True] | None = None
    earliest: Annotated[tuple[Deadline, ...], Field(min_length=2)] | None = None
    latest: Annotated[tuple[Deadline, ...], Field(min_length=2)] | None = None
    when: Condition | None = None
    of: Trigger | None = None
    hours: Literal["exact", "next_full_hour"] | None = None
    roll: Literal["stay", "next_working_day"] | None = None
    ends: Clock | None = None

    @property
    def limbs(self) -> tuple[Deadline, ...]:
        """Return the limits that a composite is made of, in order; none for a single one."""
        return self.earliest or self.latest or ()

    def singles(self) -> tuple[Deadline, ...]:
        """Return the single limits: the deadline itself, or those that it is made of at any depth."""
        if not self.limbs:
            return (self,)
        return tuple(single for limb in self.limbs for single in limb.singles())


def _period_named(value: object) -> object:
    return {"period": value} if isinstance(value, str) else value


class Recurrence(Value):
    """How a duty recurs (S28): by the calendar, at fixed times of day, or so long after the last act.

    Exactly one of `period`, `at` and `since_last_act` is given; a file writes `every: day` for a period alone.
    """

    period: Literal["day", "working_day", "week", "month", "quarter", "year"] | None = None
    at: Annotated[tuple[Clock, ...], BeforeValidator(listed), Field(min_length=1)] | None = None
    since_last_act: Within | None = None


Every = Annotated[Recurrence, BeforeValidator(_period_named)]
