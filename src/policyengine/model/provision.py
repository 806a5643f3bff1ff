"""What a norm is: who must, should, may or must not do what, when, by when and until when; and where norms lack."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from policyengine.model.base import AtomField, ClauseId, Day, Identifier, Names, Title, Value, listed
from policyengine.model.condition import Condition
from policyengine.model.deadline import Deadline, Every
from policyengine.model.happening import Happening, Triggers, Until, any_of


class Strength(StrEnum):
    """How strongly a provision binds (S29)."""

    MUST = "must"
    SHOULD = "should"
    MAY = "may"
    MUST_NOT = "must_not"


class InForce(Value):
    """The days `[from, to)` on which something is in force, in the policy's zone; an open side is not stated."""

    from_: Day | None = Field(default=None, alias="from")
    to: Day | None = None


Clauses = Annotated[tuple[ClauseId, ...], BeforeValidator(listed), Field(min_length=1)]


class Provision(Value):
    """One norm: who must, should, may or must not do what, when, by when and until when."""

    id: Identifier
    title: Title
    clause: Clauses
    scope: Literal["case", "agency"] = "case"
    bearer: Identifier | None = None
    must: Identifier | None = None
    should: Identifier | None = None
    may: Identifier | None = None
    must_not: Identifier | None = None
    wording: str | None = None
    to: Identifier | None = None
    means: Names | None = None
    upon: Triggers | None = None
    each: Literal[True] | None = None
    key: Names | None = None
    when: Condition | None = None
    unless: Condition | None = None
    defeats: Names | None = None
    deadline: Deadline | None = None
    standing: Literal[True] | None = None
    every: Every | None = None
    late: Literal["own_period", "oldest_open"] | None = None
    until: Annotated[Until, BeforeValidator(any_of)] | None = None
    waived_by: Triggers | None = None
    in_person: Literal[True] | None = None
    in_force: InForce | None = None
    sanction: Literal[True] | None = None
    note: Title | None = None

    @property
    def strength(self) -> Strength:
        """Return which of the four strengths the provision has; the loader has checked that it has exactly one."""
        if self.must is not None:
            return Strength.MUST
        if self.must_not is not None:
            return Strength.MUST_NOT
        return Strength.SHOULD if self.should is not None else Strength.MAY

    @property
    def act(self) -> str:
        """Return the act that is owed, allowed or forbidden."""
        return self.must or self.must_not or self.should or self.may or ""

    def happenings(self) -> tuple[Happening, ...]:
        """Return everything that the duty waits for: its triggers, then its anchors."""
        return (*(self.upon or ()), *self.anchors())

    def anchors(self) -> tuple[Happening, ...]:
        """Return what its limits count from, where they do not count from the trigger."""
        singles = self.deadline.singles() if self.deadline is not None else ()
        return tuple(each.of for each in singles if each.of is not None)


class Reference(Value):
    """Another document that the text refers to."""

    title: Title
    in_hand: bool = False


class Gap(Value):
    """Where the text is silent, or sends the reader to another document (`refers_to`) (S30)."""

    id: Identifier
    title: Title
    clause: Clauses
    missing: Title
    upon: Triggers | None = None
    when: Condition | None = None
    instead_of: Names | None = None
    acts: Names | None = None
    in_force: InForce | None = None
    refers_to: Reference | None = None


UNSTATED = "unstated"
"""What a table comes to where the text names nobody, or no value."""


class Row(Value):
    """One row of a decision table: where `when` is true, `then` is the role or value."""

    when: Condition
    then: AtomField
    clause: Clauses | None = None


class DecisionTable(Value):
    """Which role is meant, or what value a fact has, decided from other facts (S10).

    Exactly one of `assigns` (a role) and `derives` (a fact) is given. `hit: first` takes the first row that is true
    (facts, unless said otherwise); with `unique` (roles) two true rows are a conflict.
    """

    assigns: Identifier | None = None
    derives: Identifier | None = None
    clause: Clauses
    hit: Literal["first", "unique"] | None = None
    rows: Annotated[tuple[Row, ...], Field(min_length=1)]
    else_: AtomField = Field(alias="else")
    note: Title | None = None

    @property
    def id(self) -> str:
        """Return the name of the role or fact that it decides."""
        return self.assigns or self.derives or ""

    @property
    def unique_hit(self) -> bool:
        """Tell whether at most one row may be true."""
        return self.hit == "unique" or (self.hit is None and self.assigns is not None)
