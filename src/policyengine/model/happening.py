"""What a duty waits for: events, and the outcomes of other provisions (S11, S16)."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, Field

from policyengine.model.base import AtomField, Identifier, Names, Table, Value, listed
from policyengine.model.frozen import FrozenMap


class Outcome(StrEnum):
    """What another provision's duty can come to."""

    VIOLATED = "violated"
    PERFORMED = "performed"
    BREACHED = "breached"


_BY_NAME = tuple((each.value, each) for each in Outcome)


def _event_named(value: object) -> object:
    return {"event": value} if isinstance(value, str) else value


class Happening(Value):
    """Something that a duty waits for: an event, or the outcome of another provision (S11, S16).

    Exactly one of `event`, `violated`, `performed` and `breached` is given; `where` narrows an event by its attributes.
    """

    event: Identifier | None = None
    where: Table[Annotated[tuple[AtomField, ...], BeforeValidator(listed), Field(min_length=1)]] = FrozenMap()
    violated: Names | None = None
    performed: Names | None = None
    breached: Names | None = None

    def outcome(self) -> tuple[Outcome, tuple[str, ...]] | None:
        """Return the outcome waited for and the provisions that may have it; ``None`` for an event."""
        for name, kind in _BY_NAME:
            names: tuple[str, ...] | None = getattr(self, name)
            if names is not None:
                return kind, names
        return None


Trigger = Annotated[Happening, BeforeValidator(_event_named)]
Triggers = Annotated[tuple[Trigger, ...], BeforeValidator(listed), Field(min_length=1)]


def any_of(value: object) -> object:
    """Let names alone stand for any of them."""
    return value if isinstance(value, dict) else {"any": value}


class Until(Value):
    """Events that end a duty: any of them, or all of them together."""

    any_: Names | None = Field(default=None, alias="any")
    all_: Names | None = Field(default=None, alias="all")
