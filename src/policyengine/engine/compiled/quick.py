"""A case that is data, read in one pass into what the generated function is asked with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
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


def reader(fitting: Fitting, bits: Mapping[str, int]) -> Callable[[Mapping[str, Any], int], Scan | None]:  # noqa: C901 - see inside
    """Return what reads a case up to an instant, as the generated function asks it.

    It returns ``None`` for a case that is not as most are, and says nothing of what is wrong: whatever is not plainly
    right is looked into by the loader.
    """
    simple, types = fitting.simple, fitting.types

    def quick(case: Mapping[str, Any], as_of: int) -> Scan | None:  # noqa: C901, PLR0911, PLR0912 - one pass: a call for each event would take longer than the rest
        try:
            events, facts = case["events"], case.get("facts", NOTHING)
            if len(case) > 3 or not FIRST <= as_of <= LAST:  # noqa: PLR2004 - `case`, `facts`, `events`
                return None
            for name, value in facts.items():
                allowed = simple[name]
                if type(value) is not allowed and value not in allowed:
                    return None
            first: dict[str, int] = {}
            later: dict[str, list[int]] = {}
            last, more = FIRST, False
            for event in events:
                if len(event) != 3:  # noqa: PLR2004 - `id`, `type`, `at`
                    more = True
                at = event["at"]
                if type(at) is not int:
                    at = micros(at)
                if at < last:
                    return None
                last, kind = at, event["type"]
                if at > as_of:
                    if kind not in types:
                        return None
                elif kind not in first:
                    first[kind] = at
                elif kind in later:
                    later[kind].append(at)
                else:
                    later[kind] = [at]
            names = set(map(_ID, events))
            if len(names) != len(events) or last > LAST or not types.issuperset(first):
                return None
            if "" in names or not case["case"]:
                return None
            case["case"].join(names)  # whose fault tells that one of them is no text
            if more:
                get, vary = _changed(facts, events, as_of, (fitting, bits))
                return first, later, get, vary
        except (KeyError, TypeError, AttributeError, ValueError, TimeError):
            return None
        return first, later, facts.get, 0

    return quick


def _changed(
    facts: Mapping[str, Any], events: Iterable[Mapping[str, Any]], as_of: int, known: tuple[Fitting, Mapping[str, int]]
) -> tuple[Callable[..., Any], int]:
    """Return how to get a fact, where events set some, and those that change.

    Raises:
        ValueError: something that has to be looked into.
    """
    fitting, bits = known
    settled, vary = dict(facts), 0
    for event in events:
        if len(event) == 3:  # noqa: PLR2004 - `id`, `type`, `at`
            continue
        at = event["at"]
        if len(event) != 4 or (at if type(at) is int else micros(at)) > as_of:  # noqa: PLR2004 - and `sets`
            raise ValueError
        for name, value in event["sets"].items():
            allowed = fitting.simple[name]
            if type(value) is not allowed and value not in allowed:
                raise ValueError
            if name not in fitting.presumed and name not in settled:
                settled[name] = value  # an unknown span that a later event ends takes that event's value (S8)
            elif settled.get(name) != value:
                vary |= bits.get(name, 0)
    return settled.get, vary
