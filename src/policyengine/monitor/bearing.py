"""Which events can bear on an answer (L5): those that a policy names, or that set a fact it looks at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyengine.model.condition import Condition, FactTest
from policyengine.model.deadline import Deadline
from policyengine.model.happening import Happening, Until
from policyengine.model.provision import Provision
from policyengine.prepare.dependence import parts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from policyengine.model.base import Value
    from policyengine.model.case import Event
    from policyengine.model.policy import Policy


@dataclass(frozen=True, slots=True)
class Bearing:
    """What policies look at, under any reading.

    Args:
        types: the event types that they name, with their kinds.
        facts: the facts that they ask about or show.
    """

    types: frozenset[str]
    facts: frozenset[str]

    def has(self, event: Event) -> bool:
        """Tell whether *event* can bear on an answer; what corrects or retracts another may."""
        return event.type in self.types or event.amends is not None or not self.facts.isdisjoint(event.sets)


def bearing(policies: Iterable[Policy]) -> Bearing:
    """Return what *policies* look at."""
    types: set[str] = set()
    facts: set[str] = set()
    for policy in policies:
        parts = tuple(each for node in _nodes(policy) for each in parts_of(node))
        types.update(kind for name in _events(parts) for kind in policy.vocabulary.kinds(name))
        facts.update(each.fact for each in parts if isinstance(each, FactTest))
        facts.update(each.fact for each in policy.header.severities)
        facts.update(policy.header.presume)
    return Bearing(frozenset(types), frozenset(facts))


def _nodes(policy: Policy) -> Iterator[Value]:
    for variants in (policy.provisions, policy.gaps, policy.tables):
        for each in variants:
            yield from each.nodes()


def _events(parts: Iterable[Value]) -> Iterator[str]:
    for part in parts:
        match part:
            case Provision():
                yield part.act
            case Happening(event=str(name)) | Deadline(before=str(name)):
                yield name
            case Condition():
                yield from part.happened or ()
            case Until():
                yield from part.any_ or part.all_ or ()
            case _:
                pass
