"""The periods of recurring duties, laid out year by year and kept (S28)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import count, dropwhile, takewhile
from typing import TYPE_CHECKING, NamedTuple

from policyengine.engine.compiled.limits import written
from policyengine.engine.compiled.log import Left
from policyengine.engine.reference import periods as reference
from policyengine.errors import CaseError
from policyengine.temporal.instant import LAST_MICROS, Instant

if TYPE_CHECKING:
    from policyengine.engine.compiled.found import Due
    from policyengine.engine.compiled.plan import Plan
    from policyengine.model.deadline import Recurrence

LAST_DAYS = (12, 30)
"""Of the year before, from which on a year is laid out, so that what begins in it begins where it should."""


class Period(NamedTuple):
    """One period: what tells it from the others, when it starts, and when it ends."""

    label: str
    start: int
    limit: Due


def periods(plan: Plan, every: Recurrence, base: int, as_of: int) -> list[Period]:
    """Return the periods that have begun by *as_of*: the first is the first whole one from *base* on.

    Raises:
        Left: there are more than the reference lists.
    """
    first = next(_from(plan, every, base))
    found = [first] if first.start <= as_of else []
    for year in count(int(first.label[:4])) if found else ():
        known = _of_year(plan, every, year)
        begun = bisect_right(known, as_of, key=lambda each: each.start)
        found += known[bisect_right(known, first.label, key=lambda each: each.label) : begun]
        if begun < len(known):
            break
    if len(found) > reference.MOST_PERIODS:
        raise Left
    return found


@lru_cache(maxsize=64)
def _of_year(plan: Plan, every: Recurrence, year: int) -> tuple[Period, ...]:
    """Return the periods of a year; their labels, which begin with it, are in order as they are in time."""
    base = plan.policy.zone.first_instant(date(year - 1, *LAST_DAYS))
    try:
        later = dropwhile(lambda each: each.label < f"{year:04}", _from(plan, every, base.micros))
        return tuple(takewhile(lambda each: each.label < f"{year + 1:04}", later))
    except CaseError as error:  # more in one year than the reference lists in all
        raise Left from error


def _from(plan: Plan, every: Recurrence, base: int) -> Iterator[Period]:
    prepared = replace(plan.empty, as_of=Instant(LAST_MICROS))
    found = reference.periods(prepared, every, Instant(base))
    return (Period(each.label, each.start.micros, written(each.limit)) for each in found)
