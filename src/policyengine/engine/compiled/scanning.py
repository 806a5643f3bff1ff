"""A case read once: when each type of event first happened, which facts change, whether all of it fits the policy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from policyengine.engine.compiled.function import Firsts, Laters
    from policyengine.engine.compiled.log import Log
    from policyengine.model.case import FactValue


class Scan(NamedTuple):
    """What the generated function is asked with.

    Args:
        first: when each type of event first happened, by its place.
        later: when it happened again, in order.
        facts: the facts that stay as they are, with their values; those that change are unknown.
    """

    first: Firsts
    later: Laters
    facts: Mapping[str, FactValue]


def scanned(log: Log, facts: Mapping[str, FactValue], places: Mapping[str, int]) -> Scan:
    """Return *log*, of a case with the initial *facts*, as the generated function asks it."""
    first: list[int | None] = [None] * (len(places) + 1)
    later: dict[int, list[int]] = {}
    ats = log.ats
    for kind, place in places.items():
        found = log.by_type.get(kind)
        if found:
            first[place] = ats[found[0]]
            if len(found) > 1:
                later[place] = [ats[each] for each in found[1:]]
    if not log.changed:
        return Scan(first, later, facts)
    settled = dict(facts)
    for name in log.changed:
        history = log.history(name)
        settled[name] = history[0][1] if all(each[1:] == history[0][1:] for each in history) else None
    return Scan(first, later, settled)
