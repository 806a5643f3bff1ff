"""Limits in days as look-ups: what was counted once for an hour of the clock holds for all of that hour (S19, S22)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from policyengine.engine.reference.counting import count
from policyengine.temporal.instant import HOUR, Instant
from policyengine.temporal.limit import ELAPSED

if TYPE_CHECKING:
    from policyengine.engine.compiled.plan import Limb
    from policyengine.model.policy import Policy

MOST_HOURS = 50_000
"""Of anchors in the memory of one limit: more than five years of hours. Beyond it is begun anew."""

Ends = tuple[int, int]
"""The end of a limit, and its first late instant."""


def counted_by(policy: Policy, limb: Limb) -> Callable[[int], Ends]:
    """Return the end of *limb* as a function of its anchor, exactly as the reference counts it."""
    length, rules = limb.length, limb.counting
    if length is None or rules is None:  # pragma: no cover - asked for lengths only
        raise AssertionError
    zone = policy.zone

    def slowly(anchor: int) -> Ends:
        found = count(length, Instant(anchor), counting=rules, calendar=policy.calendar, zone=zone)
        return found.due.micros, found.late_from.micros

    if length.unit in ELAPSED:
        return slowly
    known: dict[int, Ends] = {}

    def quickly(anchor: int) -> Ends:
        hour = anchor // HOUR
        found = known.get(hour)
        if found is None:
            found = slowly(anchor)
            # A limit in days depends on the anchor's date alone.
            first, last = Instant(hour * HOUR), Instant(hour * HOUR + HOUR - 1)
            if zone.local_date(first) == zone.local_date(last) and zone.offset(first) == zone.offset(last):
                if len(known) >= MOST_HOURS:
                    known.clear()
                known[hour] = found
        return found

    return quickly
