"""What a policy names, under any reading: its provisions, conditions, facts and event types."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policyengine.model.base import Atom
    from policyengine.model.case import FactValue
    from policyengine.model.condition import Condition, FactTest
    from policyengine.model.happening import Happening
    from policyengine.model.policy import Policy
    from policyengine.model.provision import Gap, Provision
    from policyengine.model.vocabulary import FactType


def provisions(policy: Policy) -> tuple[Provision, ...]:
    """Return every provision, once for each combination of readings that gives it another form."""
    return tuple(dict.fromkeys(node for each in policy.provisions for node in each.nodes()))


def gaps(policy: Policy) -> tuple[Gap, ...]:
    """Return every gap and referral, once for each combination of readings that gives it another form."""
    return tuple(dict.fromkeys(node for each in policy.gaps for node in each.nodes()))


def conditions(policy: Policy) -> tuple[Condition, ...]:
    """Return the conditions of all provisions and gaps."""
    own = [each for node in provisions(policy) for each in (node.when, node.unless)]
    return tuple(each for each in (*own, *(node.when for node in gaps(policy))) if each is not None)


def happenings(policy: Policy) -> tuple[Happening, ...]:
    """Return everything that a duty or a gap waits for."""
    awaited = [each for node in provisions(policy) for each in node.happenings()]
    return (*awaited, *(each for node in gaps(policy) for each in node.upon or ()))


def used_facts(policy: Policy) -> tuple[str, ...]:
    """Return the facts that an answer may depend on or mention."""
    graded = [each.fact for each in policy.header.severities]
    asked = [name for each in conditions(policy) for name in each.facts_asked()]
    return tuple(dict.fromkeys((*asked, *graded, *policy.header.presume)))


def named_events(policy: Policy) -> tuple[str, ...]:
    """Return the event types that the policy names: triggers, anchors, ends, acts, and what conditions ask for."""
    return tuple(dict.fromkeys(_events(policy)))


def triggers(policy: Policy) -> tuple[Happening, ...]:
    """Return the events that put duties in force, each as often as a provision or gap waits for it."""
    owners: tuple[Provision | Gap, ...] = (*provisions(policy), *gaps(policy))
    return tuple(each for node in owners for each in node.upon or () if each.event is not None)


def irrelevant_events(policy: Policy) -> tuple[str, ...]:
    """Return the event types that the policy names neither themselves nor through a wider type (L5)."""
    heard = {kind for name in named_events(policy) for kind in policy.vocabulary.kinds(name)}
    return tuple(name for name in policy.vocabulary.event_types if name not in heard)


def values_of(policy: Policy, fact: str) -> tuple[FactValue, ...]:
    """Return values of *fact* that between them decide every test of the policy both ways.

    All named values; both booleans; numbers at, below and above each one that the policy compares with; each text that
    it mentions and another one; for a list-valued fact the empty list, each value alone, and all together.
    """
    kind = policy.vocabulary.facts[fact]
    single = representatives(policy, kind, _mentioned(policy, fact))
    if not kind.many:
        return single
    return ((), *((each,) for each in single), single)


def representatives(policy: Policy, kind: FactType, mentioned: tuple[Atom, ...]) -> tuple[Atom, ...]:
    """Return single values of the type *kind*: all, or those *mentioned* and their neighbours."""
    named = policy.vocabulary.values(kind)
    if named is not None:
        return named
    if kind.type == "boolean":
        return (True, False)
    if kind.type == "number":
        numbers = [each for each in mentioned if isinstance(each, int | float)] or [0]
        return tuple(dict.fromkeys(near for each in numbers for near in (each, each - 1, each + 1)))
    return (*(each for each in mentioned if isinstance(each, str)), "-")


def _mentioned(policy: Policy, fact: str) -> tuple[Atom, ...]:
    tests = [test for each in conditions(policy) for part in each.parts() for test in part.facts if test.fact == fact]
    return tuple(dict.fromkeys(value for test in tests for value in _values(test)))


def _values(test: FactTest) -> Iterator[Atom]:
    yield from test.one_of or ()
    yield from (value for _, value in test.orders())
    if test.contains is not None:
        yield test.contains


def _events(policy: Policy) -> Iterator[str]:
    yield from (each.event for each in happenings(policy) if each.event is not None)
    yield from (name for each in conditions(policy) for name in each.events_asked())
    for node in provisions(policy):
        yield node.act
        if node.until is not None:
            yield from (*(node.until.any_ or ()), *(node.until.all_ or ()))
        if node.deadline is not None and node.deadline.before is not None:
            yield node.deadline.before
