"""What a policy is: one regulation as data, every norm on its clause."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Generic, Literal, TypeVar

from pydantic import BeforeValidator, Field

from policyengine.model.base import AtomField, ClauseId, Day, Identifier, Table, Title, Value, listed
from policyengine.model.condition import Condition
from policyengine.model.frozen import FrozenMap
from policyengine.model.vocabulary import RoleType, Vocabulary

if TYPE_CHECKING:
    from policyengine.temporal.calendar import Calendar
    from policyengine.temporal.zone import Zone

Node = TypeVar("Node")


class Strength(StrEnum):
    """How strongly a provision binds (S29)."""

    MUST = "must"
    SHOULD = "should"
    MAY = "may"
    MUST_NOT = "must_not"


class Regrading(StrEnum):
    """What a limit counts from after a known fact made the condition true (S26)."""

    CAPPED = "capped"
    RESTART = "restart"
    RETROACTIVE = "retroactive"
    FROZEN = "frozen"


Names = Annotated[tuple[Identifier, ...], BeforeValidator(listed), Field(min_length=1)]


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
        for kind in Outcome:
            names: tuple[str, ...] | None = getattr(self, kind.value)
            if names is not None:
                return kind, names
        return None


class Outcome(StrEnum):
    """What another provision's duty can come to."""

    VIOLATED = "violated"
    PERFORMED = "performed"
    BREACHED = "breached"


Trigger = Annotated[Happening, BeforeValidator(_event_named)]
Triggers = Annotated[tuple[Trigger, ...], BeforeValidator(listed), Field(min_length=1)]


class Within(Value):
    """A length as written; exactly one unit is given."""

    seconds: int | None = None
    minutes: int | None = None
    hours: int | None = None
    days: int | None = None
    working_days: int | None = None
    months: int | None = None
    years: int | None = None

    def parts(self) -> tuple[tuple[str, int], ...]:
        """Return what was given as (unit, number)."""
        return tuple((name, getattr(self, name)) for name in type(self).model_fields if getattr(self, name) is not None)


class DayCounting(Value):
    """How limits in days end (S19)."""

    roll: Literal["stay", "next_working_day"] | None = None
    ends: Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")] | None = None


class RegradingRules(Value):
    """Which rule holds after an upward, a downward and any other change of a known fact (S26)."""

    up: Regrading = Regrading.CAPPED
    down: Regrading = Regrading.RETROACTIVE
    other: Regrading = Regrading.RETROACTIVE


class Counting(Value):
    """How limits are counted where a provision says nothing else."""

    hours: Literal["exact", "next_full_hour"] | None = None
    days: DayCounting = DayCounting()
    regrading: RegradingRules = RegradingRules()


class Deadline(Value):
    """A limit as written: a length, an event it must precede, or a word without a number.

    Exactly one of `within`, `before` and `promptly` is given. `of` names the anchor where it is not the trigger.
    """

    within: Within | None = None
    before: Identifier | None = None
    promptly: Literal[True] | None = None
    of: Trigger | None = None
    hours: Literal["exact", "next_full_hour"] | None = None
    roll: Literal["stay", "next_working_day"] | None = None
    ends: Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")] | None = None


class Until(Value):
    """Events that end a duty: any of them, or all of them together."""

    any_: Names | None = Field(default=None, alias="any")
    all_: Names | None = Field(default=None, alias="all")


def _any_of(value: object) -> object:
    return value if isinstance(value, dict) else {"any": value}


class Provision(Value):
    """One norm: who must, should, may or must not do what, when, by when and until when."""

    id: Identifier
    title: Title
    clause: Annotated[tuple[ClauseId, ...], BeforeValidator(listed), Field(min_length=1)]
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
    when: Condition | None = None
    unless: Condition | None = None
    defeats: Names | None = None
    deadline: Deadline | None = None
    standing: Literal[True] | None = None
    until: Annotated[Until, BeforeValidator(_any_of)] | None = None
    sanction: Literal[True] | None = None
    note: Title | None = None

    @property
    def strength(self) -> Strength:
        """Return which of the four strengths the provision has; the loader has checked that it has exactly one."""
        return next(each for each in Strength if getattr(self, each.value) is not None)

    @property
    def act(self) -> str:
        """Return the act that is owed, allowed or forbidden."""
        act: str = getattr(self, self.strength.value)
        return act

    def happenings(self) -> tuple[Happening, ...]:
        """Return everything that the duty waits for: its triggers, then its anchor."""
        anchor = self.deadline.of if self.deadline is not None else None
        return (*(self.upon or ()), *((anchor,) if anchor is not None else ()))


class Reference(Value):
    """Another document that the text refers to."""

    title: Title
    in_hand: bool = False


class Gap(Value):
    """Where the text is silent, or sends the reader to another document (`refers_to`) (S30)."""

    id: Identifier
    title: Title
    clause: Annotated[tuple[ClauseId, ...], BeforeValidator(listed), Field(min_length=1)]
    missing: Title
    upon: Triggers | None = None
    when: Condition | None = None
    instead_of: Names | None = None
    refers_to: Reference | None = None


class Reading(Value):
    """A point where the text is ambiguous: its question, its options, the default and the reason (S7)."""

    question: Title
    options: Table[Title]
    default: Identifier
    why: Title


class Grade(Value):
    """One of the text's own grades, as a stretch of the reference scale."""

    id: Identifier
    title: Title
    reference: Names


class Grading(Value):
    """The text's own grades of one fact, lowest first."""

    fact: Identifier
    grades: Annotated[tuple[Grade, ...], Field(min_length=1)]


class InForce(Value):
    """The days `[from, to)` on which a version is in force, in the policy's zone; an open side is not stated."""

    from_: Day | None = Field(default=None, alias="from")
    to: Day | None = None


class Version(Value):
    """One version of the text."""

    in_force: InForce
    note: Title | None = None


Disposition = Literal["definition", "principle", "heading", "purpose", "non_operational", "referral", "effect"]


class Clause(Value):
    """One sentence of the text: its number, the digest of the normalised sentence, our summary, what became of it."""

    number: str
    digest: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
    says: Title
    provisions: Names | None = None
    gaps: Names | None = None
    disposition: Disposition | None = None
    note: Title | None = None


class Extent(Value):
    """What a file of the text holds besides one copy of it: further copies, lines that are page furniture."""

    copies: Annotated[int, Field(ge=1, le=9)] = 1
    furniture: tuple[str, ...] = ()


class Source(Value):
    """The text, sentence by sentence."""

    title: Title
    extent: Extent = Extent()
    clauses: Annotated[Mapping[ClauseId, Clause], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class Variants(Generic[Node]):
    """One node of a policy under each combination of the options that it depends on (S7).

    `by_options` maps the chosen options, in the order of `readings`, to the node; ``None`` where the node is not
    admitted (`under`).
    """

    readings: tuple[str, ...]
    by_options: tuple[tuple[tuple[str, ...], Node | None], ...]

    def under(self, chosen: Mapping[str, str]) -> Node | None:
        """Return the node under the options *chosen*, which must name an option for each of `readings`."""
        options = tuple(chosen[name] for name in self.readings)
        return next(node for key, node in self.by_options if key == options)

    def nodes(self) -> tuple[Node, ...]:
        """Return the node under every combination that admits it."""
        return tuple(node for _, node in self.by_options if node is not None)


class Header(Value):
    """What a policy file says once, outside its provisions and gaps."""

    policy: Identifier
    title: Title
    vocabulary: Identifier
    time_zone: str
    calendar: Identifier
    versions: Annotated[tuple[Version, ...], Field(min_length=1)]
    presume: Table[AtomField] = FrozenMap()
    severities: tuple[Grading, ...] = ()
    roles: Table[RoleType] = FrozenMap()
    readings: Table[Reading] = FrozenMap()
    source: Source
    note: Title | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """One regulation, loaded and checked. Immutable, picklable; equal and hashed by the digest of its document."""

    digest: str
    header: Header = field(compare=False)
    vocabulary: Vocabulary = field(compare=False)
    zone: Zone = field(compare=False)
    calendar: Calendar = field(compare=False)
    counting: Variants[Counting] = field(compare=False)
    provisions: tuple[Variants[Provision], ...] = field(compare=False)
    gaps: tuple[Variants[Gap], ...] = field(compare=False)
    document: str = field(compare=False, repr=False)

    @property
    def id(self) -> str:
        """Return the policy's id."""
        return self.header.policy

    @property
    def title(self) -> Title:
        """Return the policy's title."""
        return self.header.title

    @property
    def readings(self) -> Mapping[str, Reading]:
        """Return the points where the text is ambiguous, by name."""
        return self.header.readings

    def role(self, name: str) -> RoleType:
        """Return a role, the policy's own before the vocabulary's."""
        return self.header.roles.get(name) or self.vocabulary.roles[name]

    def grading(self, fact: str) -> Grading | None:
        """Return the text's own grades of *fact*, if it has any."""
        return next((each for each in self.header.severities if each.fact == fact), None)
