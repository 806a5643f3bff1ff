"""A case read once: when each type of event first happened, which facts change, whether all of it fits the policy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policyengine.engine.compiled.log import Log
    from policyengine.model.case import FactValue


@dataclass(frozen=True, slots=True)
class Scan:
    """What the generated function is asked with.

    Args:
        first: when each type of event first happened.
        later: when it happened again, in order.
        facts: the facts that stay as they are, with their values.
        vary: the facts that change, as bits.
    """

    first: Mapping[str, int]
    later: Mapping[str, Sequence[int]]
    facts: Mapping[str, FactValue]
    vary: int


def scanned(log: Log, facts: Mapping[str, FactValue], bits: Mapping[str, int]) -> Scan:
    """Return *log*, of a case with the initial *facts*, as the generated function asks it."""
    first: dict[str, int] = {}
    later: dict[str, list[int]] = {}
    ats = log.ats
    for kind, places in log.by_type.items():
        first[kind] = ats[places[0]]
        if len(places) > 1:
            later[kind] = [ats[place] for place in places[1:]]
    if not log.changed:
        return Scan(first, later, facts, 0)
    settled, vary = dict(facts), 0
    for name in log.changed:
        history = log.history(name)
        if all(each[1:] == history[0][1:] for each in history):
            settled[name] = history[0][1]
        else:
            vary |= bits.get(name, 0)
    return Scan(first, later, settled, vary)
