"""A case that is data, read in one pass into what the generated function is asked with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from policyengine.engine.compiled.fitting import FIRST, LAST
from policyengine.engine.compiled.instants import micros
from policyengine.errors import TimeError

if TYPE_CHECKING:
    from policyengine.engine.compiled.fitting import Fitting

Scan = tuple[dict[str, int], dict[str, list[int]], Callable[..., Any], int]
"""First and later instants of each type of event, how to get a fact, and the facts that change as bits."""

NOTHING: Mapping[str, object] = {}
_ID = itemgetter("id")


def quick(case: Mapping[str, Any], as_of: int, fitting: Fitting, bits: Mapping[str, int]) -> Scan | None:  # noqa: C901, PLR0911, PLR0912 - one pass: a call for each event would take longer than the rest
    """Return *case* as the generated function asks it; ``None`` if it is not as most are, and has to be looked into.

    Nothing is said here of what is wrong: whatever is not plainly right is looked into by the loader.
    """
    try:
        events, facts = case["events"], case.get("facts", NOTHING)
        if len(case) > 3 or not FIRST <= as_of <= LAST:  # noqa: PLR2004 - `case`, `facts`, `events`
            return None
        simple = fitting.simple
        for name, value in facts.items():
            allowed = simple[name]
            if value.__class__ is not allowed and value not in allowed:
                return None
        first: dict[str, int] = {}
        later: dict[str, list[int]] = {}
        sets: list[Mapping[str, Any]] = []
        last = FIRST
        for event in events:
            at = event["at"]
            if at.__class__ is not int:
                at = micros(at)
            if at < last:
                return None
            last = at
            kind = event["type"]
            if len(event) != 3:  # noqa: PLR2004 - `id`, `type`, `at`
                if len(event) != 4 or "sets" not in event or at > as_of:  # noqa: PLR2004
                    return None
                sets.append(event["sets"])
            if at > as_of:
                if kind not in fitting.types:
                    return None
            elif kind not in first:
                first[kind] = at
            elif kind in later:
                later[kind].append(at)
            else:
                later[kind] = [at]
        if last > LAST or not fitting.types.issuperset(first):
            return None
        names = set(map(_ID, events))
        if len(names) != len(events) or "" in names or not case["case"] + "".join(names)[:0]:
            return None  # joining them has told whether all are text
        if sets:
            return first, later, *_changed(facts, sets, fitting, bits)
    except (KeyError, TypeError, AttributeError, ValueError, TimeError):
        return None
    return first, later, facts.get, 0


def _changed(
    facts: Mapping[str, Any], sets: list[Mapping[str, Any]], fitting: Fitting, bits: Mapping[str, int]
) -> tuple[Callable[..., Any], int]:
    """Return how to get a fact, where events set some, and those that change.

    Raises:
        ValueError: a value that has to be looked into.
    """
    settled, vary = dict(facts), 0
    for each in sets:
        for name, value in each.items():
            allowed = fitting.simple[name]
            if value.__class__ is not allowed and value not in allowed:
                raise ValueError
            if name not in fitting.presumed and name not in settled:
                settled[name] = value  # an unknown span that a later event ends takes that event's value (S8)
            elif settled.get(name) != value:
                vary |= bits.get(name, 0)
    return settled.get, vary
