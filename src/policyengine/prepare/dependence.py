"""Which readings each row of an answer can depend on in a case (S7): its own, and those of all that it looks at.

A row is only ever said to depend on too many readings, never on too few; whether it does in fact is seen by evaluating.
What nothing in the log has put in force depends on nothing but its own readings, and nothing depends on it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING, Literal, NamedTuple

from policyengine.model.base import Value
from policyengine.model.condition import FactTest
from policyengine.model.deadline import Deadline, Regrading
from policyengine.model.happening import Happening

if TYPE_CHECKING:
    from policyengine.model.deadline import Counting
    from policyengine.model.policy import Policy, Variants
    from policyengine.model.provision import DecisionTable, Gap, Provision

_ROLES = ("by", "to")


class Owner(NamedTuple):
    """Something in a policy that can have readings."""

    kind: Literal["provision", "gap", "table", "lengths", "changes"]
    id: str = ""


_LENGTHS, _CHANGES = Owner("lengths"), Owner("changes")
"""The two halves of `counting`: how lengths are counted, and what a change of facts does to a limit."""


@dataclass(frozen=True)
class Dependence:
    """Which readings bear on what, given the event types that the log holds.

    Args:
        policy: with all its readings.
        happened: the types of the events that are seen.
    """

    policy: Policy
    happened: frozenset[str]

    def readings(self, owner: Owner, decisive: Mapping[Owner, tuple[str, ...]] | None = None) -> tuple[str, ...]:
        """Return the readings that *owner* may depend on, directly or not, in the order of the file.

        Args:
            owner: a provision or a gap.
            decisive: the readings on which rows that are evaluated already turned out to depend; whoever waits for
                what such a row comes to depends on no others through it.
        """
        settled = decisive or {}
        found: set[str] = set()
        met = {owner}
        waiting = [owner]
        for each in waiting:  # grows while it is read: files chain more provisions than Python stacks frames
            found.update(self._own.get(each, ()))
            looked_at = list(self._looks_at(each))
            for other in self._awaits(each):
                found.update(settled.get(other, ()))
                looked_at += [] if other in settled else [other]
            new = [other for other in dict.fromkeys(looked_at) if other not in met]
            met.update(new)
            waiting += new
        return tuple(name for name in self.policy.readings if name in found)

    def owners(self) -> tuple[Owner, ...]:
        """Return everything that can have a row: provisions, then gaps, in the order of the file."""
        provisions = (Owner("provision", each) for each in self._provisions)
        return (*provisions, *(Owner("gap", each) for each in self._gaps))

    def in_turn(self) -> tuple[Owner, ...]:
        """Return the same, what is waited for before what waits for it; circles do not load (S15)."""
        return tuple(TopologicalSorter({each: tuple(self._awaits(each)) for each in self.owners()}).static_order())

    @cached_property
    def awaited(self) -> frozenset[Owner]:
        """The provisions whose outcome something waits for."""
        return frozenset(other for each in self.owners() for other in self._awaits(each))

    @cached_property
    def _provisions(self) -> dict[str, tuple[Provision, ...]]:
        return {_name(each): each.nodes() for each in self.policy.provisions}

    @cached_property
    def _gaps(self) -> dict[str, tuple[Gap, ...]]:
        return {_name(each): each.nodes() for each in self.policy.gaps}

    @cached_property
    def _tables(self) -> dict[str, tuple[DecisionTable, ...]]:
        return {_name(each): each.nodes() for each in self.policy.tables}

    @cached_property
    def _own(self) -> dict[Owner, tuple[str, ...]]:
        """The readings that stand in each owner itself."""
        policy = self.policy
        found = {Owner("provision", _name(each)): each.readings for each in policy.provisions}
        found |= {Owner("gap", _name(each)): each.readings for each in policy.gaps}
        found |= {Owner("table", _name(each)): each.readings for each in policy.tables}
        found[_LENGTHS] = _decided_by(policy.counting, lambda rules: (rules.hours, rules.days))
        found[_CHANGES] = _decided_by(policy.counting, lambda rules: rules.regrading)
        return found

    def _looks_at(self, owner: Owner) -> Iterator[Owner]:
        """Yield what *owner* looks at directly, under any reading."""
        if owner.kind == "provision":
            yield from self._provision_looks_at(owner.id)
        elif owner.kind == "gap":
            yield from self._tables_named(self._gaps[owner.id])
        elif owner.kind == "table":
            yield from self._tables_named(self._tables[owner.id])

    def _provision_looks_at(self, name: str) -> Iterator[Owner]:
        nodes = self._provisions[name]
        yield from self._tables_named(nodes)
        if name not in self._live:
            return
        yield from self._coming_to(each for node in nodes for each in node.waived_by or ())
        defeaters = self._defeaters.get(name, ())
        yield from (Owner("provision", each) for each in defeaters if each in self._live)
        yield from (Owner("gap", each) for each, gaps in self._gaps.items() if _stands_in(gaps, name))
        if any(node.when is not None or node.unless is not None for node in nodes) or defeaters:
            yield _CHANGES
        if any(_timed(node) for node in nodes):
            yield _LENGTHS
            yield from (Owner("provision", each) for each in self._capping(name))

    def _tables_named(self, nodes: Iterable[Value]) -> Iterator[Owner]:
        """Yield the tables that decide a fact that is asked, or a role that is named."""
        named = {name for node in nodes for part in parts_of(node) for name in _facts_and_roles(part)}
        yield from (Owner("table", each) for each in self._tables if each in named)

    def _awaits(self, owner: Owner) -> Iterator[Owner]:
        """Yield the provisions whose outcome *owner* waits for, under any reading."""
        if owner.kind == "gap":
            yield from self._coming_to(each for node in self._gaps[owner.id] for each in node.upon or ())
        elif owner.kind == "provision" and owner.id in self._live:
            yield from self._coming_to(each for node in self._provisions[owner.id] for each in node.happenings())

    def _coming_to(self, happenings: Iterable[Happening]) -> Iterator[Owner]:
        for each in happenings:
            outcome = each.outcome()
            yield from (Owner("provision", name) for name in (outcome or ("", ()))[1] if name in self._live)

    @cached_property
    def _defeaters(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for name, nodes in self._provisions.items():
            for other in {each for node in nodes for each in node.defeats or ()}:
                found[other] = (*found.get(other, ()), name)
        return found

    def _capping(self, name: str) -> Iterator[str]:
        """Yield the live provisions whose limits may cap those of *name*: for the same or a related act (S26)."""
        rules = [each.regrading for each in self.policy.counting.nodes()]
        if all(Regrading.CAPPED not in (each.up, each.down, each.other) for each in rules):
            return
        related, own = self.policy.vocabulary.related, [node.act for node in self._provisions[name]]
        for other, nodes in self._provisions.items():
            acts = [node.act for node in nodes if _timed(node)]
            if other in self._live and any(related(one, act) for one in own for act in acts):
                yield other

    @cached_property
    def _live(self) -> frozenset[str]:
        """The provisions that something may have put in force, under some reading: the others have no duty."""
        live: set[str] = set()
        while more := {name for name in self._provisions if name not in live and self._may_arise(name, live)}:
            live |= more
        return frozenset(live)

    def _may_arise(self, name: str, live: set[str]) -> bool:
        return any(
            node.upon is None or any(self._may_occur(each, live) for each in node.upon)
            for node in self._provisions[name]
        )

    def _may_occur(self, happening: Happening, live: set[str]) -> bool:
        outcome = happening.outcome()
        if outcome is not None:
            return not live.isdisjoint(outcome[1])
        return not self.happened.isdisjoint(self.policy.vocabulary.kinds(happening.event or ""))


def _name(variants: Variants[Provision] | Variants[Gap] | Variants[DecisionTable]) -> str:
    return variants.nodes()[0].id  # one that no reading admits would not have loaded


def _stands_in(gaps: tuple[Gap, ...], provision: str) -> bool:
    return any(provision in (each.instead_of or ()) for each in gaps)


def _timed(node: Provision) -> bool:
    return node.deadline is not None or node.every is not None


def parts_of(value: object) -> Iterator[Value]:
    """Yield every value of a file inside *value*, itself included."""
    if isinstance(value, Value):
        yield value
        for name in type(value).model_fields:
            yield from parts_of(getattr(value, name))
    elif isinstance(value, tuple):
        for each in value:
            yield from parts_of(each)


def _facts_and_roles(part: Value) -> Iterator[str]:
    if isinstance(part, FactTest):
        yield part.fact
    elif isinstance(part, Happening):
        yield from (str(role) for name in _ROLES for role in part.where.get(name, ()))
    elif not isinstance(part, Deadline):
        roles = (getattr(part, name, None) for name in ("bearer", "to", "then", "else_"))
        yield from (each for each in roles if isinstance(each, str))


def _decided_by(counting: Variants[Counting], part: Callable[[Counting], object]) -> tuple[str, ...]:
    """Return the readings of *counting* on which what *part* takes of it depends."""
    found = {options: part(node) for options, node in counting.by_options if node is not None}
    return deciding(counting.readings, found)


def deciding(readings: tuple[str, ...], found: Mapping[tuple[str, ...], object]) -> tuple[str, ...]:
    """Return those of *readings* on which a value depends.

    Args:
        readings: what the value may depend on.
        found: the value under every combination of their options.
    """
    return tuple(name for place, name in enumerate(readings) if _decides(place, found))


def _decides(place: int, found: Mapping[tuple[str, ...], object]) -> bool:
    """Tell whether another option at *place* alone can make another value."""
    alike: dict[tuple[str, ...], object] = {}
    return any(value != alike.setdefault((*each[:place], *each[place + 1 :]), value) for each, value in found.items())
