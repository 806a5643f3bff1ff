"""Whether a case is as most are: without a fault, in order, nothing taken back, so that nothing has to be prepared.

What is not is prepared as for the reference, which says what is wrong, or puts it in order.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from policyengine.prepare.log import FIRST_YEAR, LAST_YEAR
from policyengine.temporal.instant import wall_micros

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policyengine.model.case import Case, Event, FactValue
    from policyengine.model.policy import Policy
    from policyengine.model.vocabulary import FactType, Vocabulary

FIRST = wall_micros(datetime(FIRST_YEAR, 1, 1))  # noqa: DTZ001 - read as a clock in UTC
LAST = wall_micros(datetime(LAST_YEAR + 1, 1, 1)) - 1  # noqa: DTZ001
Fits = Callable[[object], bool]


class Fitting(NamedTuple):
    """The names of a policy and its vocabulary, and what values they take."""

    types: frozenset[str]
    simple: Mapping[str, Any]
    """The facts with one value: those that may be it, or where any may its class, which holds none for `in`."""
    presumed: frozenset[str]
    roles: frozenset[str]
    facts: Mapping[str, Fits]
    attributes: Mapping[str, Fits]

    def seen(self, case: Case, as_of: int) -> Sequence[Event] | None:
        """Return the events up to *as_of* of a case that is as most are; ``None`` if it has to be prepared."""
        events = case.events
        if case.known_at is not None or case.known_until is not None or not FIRST <= as_of <= LAST:
            return None
        if not _fit(self.facts, case.facts) or len({event.id for event in events}) != len(events):
            return None
        last = FIRST
        for event in events:
            at = event.at.micros
            if at < last or not self._plain(event):
                return None
            last = at
        if last > LAST:
            return None
        return events if last <= as_of else [event for event in events if event.at.micros <= as_of]

    def _plain(self, event: Event) -> bool:
        if event.type not in self.types or event.recorded_at is not None or event.amends is not None:
            return False
        if event.sets and not _fit(self.facts, event.sets):
            return False
        if event.attributes and not _fit(self.attributes, event.attributes):
            return False
        if event.by is not None and event.by not in self.roles:
            return False
        return not event.to or self.roles.issuperset(event.to)


def _fit(kinds: Mapping[str, Fits], values: Mapping[str, FactValue]) -> bool:
    for name, value in values.items():
        fits = kinds.get(name)
        if fits is None or not (value is None or fits(value)):
            return False
    return True


def fitting(policy: Policy) -> Fitting:
    """Return the names and values of *policy*."""
    words = policy.vocabulary
    return Fitting(
        types=frozenset(words.event_types),
        simple={name: found for name, kind in words.facts.items() if (found := _simple(words, kind)) is not None},
        presumed=frozenset(policy.header.presume),
        roles=frozenset((*words.roles, *policy.header.roles)),
        facts={name: _fits(words, kind) for name, kind in words.facts.items()},
        attributes={name: _fits(words, kind) for name, kind in words.attributes.items()},
    )


def _fits(words: Vocabulary, kind: FactType) -> Fits:
    allowed = words.values(kind)
    one = kind.holds if allowed is None else _among(frozenset(allowed))
    if kind.many:
        return lambda value: isinstance(value, tuple) and all(one(each) for each in value)
    return one


def _among(allowed: frozenset[str]) -> Fits:
    return lambda value: isinstance(value, str) and value in allowed


def _simple(words: Vocabulary, kind: FactType) -> type | frozenset[str] | None:
    allowed = words.values(kind)
    if allowed is not None:
        return None if kind.many else frozenset(allowed)
    return None if kind.many else {"boolean": bool, "number": int}.get(kind.type or "", str)
