"""The shared words of a domain: events and acts with their kinds, roles, facts, ordered scales."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from policyengine.model.base import Atom, Identifier, Table, Title, Value, listed
from policyengine.model.frozen import FrozenMap


class Choice(Value):
    """One value of a scale or of a fact with named values."""

    id: Identifier
    title: Title


class FactType(Value):
    """What values a fact or an event's attribute can take.

    Exactly one of `type`, `scale` (ordered, lowest first) and `choices` (unordered) is given; `many` makes it a list.
    """

    title: Title
    type: Literal["boolean", "text", "number"] | None = None
    scale: Identifier | None = None
    choices: tuple[Choice, ...] | None = Field(default=None, min_length=1)
    many: bool = False

    def holds(self, value: object) -> bool:
        """Tell whether *value* has the type of a fact whose values are free (S9: types are never mixed)."""
        if self.type == "boolean":
            return isinstance(value, bool)
        if self.type == "number":
            return isinstance(value, int | float) and not isinstance(value, bool)
        return isinstance(value, str)


class EventType(Value):
    """Something that can happen; `kind_of` names the wider types that it also is."""

    title: Title
    kind_of: Annotated[tuple[Identifier, ...], BeforeValidator(listed)] = ()


class RoleType(Value):
    """Somebody who can owe, act or be told."""

    title: Title
    clause: str | None = None


class Vocabulary(Value):
    """One domain's words, as its file declares them."""

    vocabulary: Identifier
    title: Title
    scales: Table[Annotated[tuple[Choice, ...], Field(min_length=2)]] = FrozenMap()
    facts: Table[FactType] = FrozenMap()
    attributes: Table[FactType] = FrozenMap()
    events: Table[EventType] = FrozenMap()
    acts: Table[EventType] = FrozenMap()
    roles: Table[RoleType] = FrozenMap()

    @cached_property
    def event_types(self) -> FrozenMap[EventType]:
        """Every type an event of a case can have: events and acts."""
        return FrozenMap(self.events, **self.acts)

    @cached_property
    def _kinds(self) -> FrozenMap[tuple[str, ...]]:
        return FrozenMap(
            {wide: tuple(t for t in self.event_types if wide in self._wider(t)) for wide in self.event_types}
        )

    def kinds(self, event_type: str) -> tuple[str, ...]:
        """Return *event_type* and every type that is a kind of it."""
        return self._kinds[event_type]

    def related(self, one: str, other: str) -> bool:
        """Tell whether one of two event types is a kind of the other (S26)."""
        return one in self.kinds(other) or other in self.kinds(one)

    def values(self, kind: FactType) -> tuple[str, ...] | None:
        """Return the named values of a fact, lowest first when it has an order; ``None`` when they are free."""
        if kind.scale is not None:
            return tuple(choice.id for choice in self.scales[kind.scale])
        if kind.choices is not None:
            return tuple(choice.id for choice in kind.choices)
        return None

    def rank(self, kind: FactType, value: Atom) -> float | None:
        """Return where *value* stands in the order of a fact; ``None`` when the fact has no order."""
        if kind.scale is not None:
            return (self.values(kind) or ()).index(str(value))
        return value if kind.type == "number" and not isinstance(value, bool | str) else None

    def _wider(self, event_type: str) -> tuple[str, ...]:
        # The loader has refused circles of `kind_of`, so this ends; the list grows while it is read.
        found = [event_type]
        for name in found:
            found += [wide for wide in self.event_types[name].kind_of if wide not in found]
        return tuple(found)
