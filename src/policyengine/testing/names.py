"""What a policy names, under any reading: its provisions, conditions, facts and event types."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policyengine.loading.names import ROLE_ATTRIBUTES
from policyengine.model.happening import Happening

if TYPE_CHECKING:
    from policyengine.model.base import Atom
    from policyengine.model.case import FactValue
    from policyengine.model.condition import Condition, FactTest
    from policyengine.model.policy import Policy
    from policyengine.model.provision import DecisionTable, Gap, Provision
    from policyengine.model.vocabulary import FactType


def provisions(policy: Policy) -> tuple[Provision, ...]:
    """Return every provision, once for each combination of readings that gives it another form."""
    return tuple(dict.fromkeys(node for each in policy.provisions for node in each.nodes()))


def gaps(policy: Policy) -> tuple[Gap, ...]:
    """Return every gap and referral, once for each combination of readings that gives it another form."""
    return tuple(dict.fromkeys(node for each in policy.gaps for node in each.nodes()))


def tables(policy: Policy) -> tuple[DecisionTable, ...]:
    """Return every decision table, once for each combination of readings that gives it another form."""
    return tuple(dict.fromkeys(node for each in policy.tables for node in each.nodes()))


def conditions(policy: Policy) -> tuple[Condition, ...]:
    """Return the conditions of all provisions and their limits, of all gaps and all rows of tables."""
    own = [each for node in provisions(policy) for each in _conditions(node)]
    rows = [row.when for table in tables(policy) for row in table.rows]
    return tuple(each for each in (*own, *(node.when for node in gaps(policy)), *rows) if each is not None)


def _conditions(node: Provision) -> Iterator[Condition | None]:
    yield from (node.when, node.unless)
    yield from (single.when for single in (node.deadline.singles() if node.deadline is not None else ()))


def happenings(policy: Policy) -> tuple[Happening, ...]:
    """Return everything that a duty or a gap waits for: triggers, anchors, what must be preceded, ends and waivers."""
    awaited = [each for node in provisions(policy) for each in (*node.happenings(), *ends(node))]
    return (*awaited, *(each for node in gaps(policy) for each in node.upon or ()))


def ends(node: Provision) -> Iterator[Happening]:
    """Yield the events that *node* must be done before, or that end or waive it."""
    singles = node.deadline.singles() if node.deadline is not None else ()
    yield from (Happening(event=each.before) for each in singles if each.before is not None)
    until = node.until
    yield from (Happening(event=name) for name in ((until.any_ or until.all_ or ()) if until is not None else ()))
    yield from node.waived_by or ()


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


def key_attributes(policy: Policy) -> tuple[str, ...]:
    """Return the attributes of the vocabulary by which duties are told apart (S11)."""
    named = (name for node in provisions(policy) for name in node.key or ())
    return tuple(dict.fromkeys(name for name in named if name in policy.vocabulary.attributes))


def people(policy: Policy, role: str | None) -> tuple[str, ...]:
    """Return whom *role* can mean: itself, and whoever a table assigns it to (S10)."""
    assigning = [table for table in tables(policy) if table.assigns is not None and table.assigns == role]
    meant = [str(each) for table in assigning for each in (*(row.then for row in table.rows), table.else_)]
    return tuple(dict.fromkeys(each for each in (role, *meant) if each is not None and each in _roles(policy)))


def named_roles(policy: Policy) -> tuple[str, ...]:
    """Return the roles that the policy names: bearers, addressees, whoever tables assign, and whose events count."""
    nodes = provisions(policy)
    found = [name for node in nodes for role in (node.bearer, node.to) for name in people(policy, role)]
    found += [str(role) for each in happenings(policy) for name in ROLE_ATTRIBUTES for role in each.where.get(name, ())]
    return tuple(dict.fromkeys(found))


def _roles(policy: Policy) -> frozenset[str]:
    return frozenset((*policy.header.roles, *policy.vocabulary.roles))


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
    yield from (node.act for node in provisions(policy))
