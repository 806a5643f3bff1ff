"""Conditions: three-valued questions about the facts and the log (S9).

In a file a condition is a mapping, and the mapping is a conjunction::

    when:
      event_severity: {at_least: major}     # an ordered fact
      matter: {contains: rumour}            # a list-valued fact
      scope: [local, several_places]        # membership
      not: {happened: corrected}            # the log
      any: [{...}, {...}]
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, Field, model_validator

from policyengine.model.base import Atom, AtomField, Identifier, Value, listed

CONNECTIVES = ("any", "all", "not", "happened")
"""The keys of a condition that are not facts."""


class Truth(StrEnum):
    """Kleene's three values."""

    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"


class FactTest(Value):
    """What is asked of one fact; several tests are a conjunction."""

    fact: Identifier
    one_of: Annotated[tuple[AtomField, ...], BeforeValidator(listed)] | None = Field(default=None, min_length=1)
    at_least: AtomField | None = None
    at_most: AtomField | None = None
    more_than: AtomField | None = None
    less_than: AtomField | None = None
    contains: AtomField | None = None

    def orders(self) -> tuple[tuple[str, Atom], ...]:
        """Return the comparisons that need an order, as (operator, value)."""
        return tuple((name, getattr(self, name)) for name in ORDER_TESTS if getattr(self, name) is not None)


ORDER_TESTS = ("at_least", "at_most", "more_than", "less_than")


class Condition(Value):
    """A conjunction of fact tests, `all`, `any`, `not` and `happened`."""

    facts: tuple[FactTest, ...] = ()
    any_: tuple[Condition, ...] | None = Field(default=None, alias="any", min_length=1)
    all_: tuple[Condition, ...] | None = Field(default=None, alias="all", min_length=1)
    not_: Condition | None = Field(default=None, alias="not")
    happened: Annotated[tuple[Identifier, ...], BeforeValidator(listed)] | None = Field(default=None, min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _facts_are_keys(cls, value: object) -> object:
        if not isinstance(value, dict) or "facts" in value:
            return value
        shaped: dict[str, object] = {key: _frozen(value[key]) for key in CONNECTIVES if key in value}
        shaped["facts"] = tuple(_fact_test(key, test) for key, test in value.items() if key not in CONNECTIVES)
        return shaped

    def parts(self) -> Iterator[Condition]:
        """Yield this condition and every condition inside it."""
        yield self
        for part in (*(self.any_ or ()), *(self.all_ or ()), *((self.not_,) if self.not_ else ())):
            yield from part.parts()

    def facts_asked(self) -> tuple[str, ...]:
        """Return the facts that the condition looks at, once each, in order."""
        return tuple(dict.fromkeys(test.fact for part in self.parts() for test in part.facts))

    def events_asked(self) -> tuple[str, ...]:
        """Return the event types whose having happened is asked, once each, in order."""
        return tuple(dict.fromkeys(name for part in self.parts() for name in part.happened or ()))


def _fact_test(fact: object, test: object) -> dict[str, object]:
    if isinstance(test, dict):
        return {"fact": fact, **{str(key): value for key, value in test.items()}}
    return {"fact": fact, "one_of": listed(test)}


def _frozen(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value
