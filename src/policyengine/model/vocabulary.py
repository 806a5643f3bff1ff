"""The shared words of a domain: events and acts with their kinds, roles, facts, ordered scales."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, PrivateAttr

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


class Topic(Value):
    """Acts that are looked at together where policies are laid side by side."""

    id: Identifier
    title: Title
    acts: Annotated[tuple[Identifier, ...], BeforeValidator(listed), Field(min_length=1)]


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
    topics: tuple[Topic, ...] = ()

    # Laid out at once: a lock held for a first use could be held across a fork.
    _event_types: FrozenMap[EventType] = PrivateAttr()
    _kinds: FrozenMap[tuple[str, ...]] = PrivateAttr()
    _wide: FrozenMap[tuple[str, ...]] = PrivateAttr()

    def model_post_init(self, _context: object) -> None:
        """Lay out the event types, and the kinds of each."""
        types = FrozenMap(self.events, **self.acts)
        wider = {name: _wider(name, types) for name in types}
        kinds: dict[str, list[str]] = {name: [] for name in wider}
        for name, above in wider.items():
            for wide in above:
                kinds[wide].append(name)
        self._event_types = types
        self._wide = FrozenMap(wider)
        self._kinds = FrozenMap({wide: tuple(names) for wide, names in kinds.items()})

    @property
    def event_types(self) -> FrozenMap[EventType]:
        """Every type an event of a case can have: events and acts."""
        return self._event_types

    def kinds(self, event_type: str) -> tuple[str, ...]:
        """Return *event_type* and every type that is a kind of it."""
        return self._kinds[event_type]

    def wider(self, event_type: str) -> tuple[str, ...]:
        """Return *event_type* and every type that it is a kind of."""
        return self._wide[event_type]

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


def _wider(event_type: str, types: Mapping[str, EventType]) -> tuple[str, ...]:
    # Circles and unknown names are the loader's to report; here they only must not hang or crash.
    found = [event_type]
    for name in found:  # grows while it is read
        found += [wide for wide in types[name].kind_of if wide in types and wide not in found]
    return tuple(found)
