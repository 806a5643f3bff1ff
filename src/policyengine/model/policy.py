"""What a policy is: one regulation as data, every norm on its clause."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Generic, TypeVar

from pydantic import Field

from policyengine.model.base import AtomField, Identifier, Names, Table, Title, Value
from policyengine.model.frozen import FrozenMap
from policyengine.model.provision import DecisionTable, Gap, InForce, Provision
from policyengine.model.source import Source
from policyengine.model.vocabulary import RoleType, Vocabulary

if TYPE_CHECKING:
    from policyengine.model.deadline import Counting
    from policyengine.temporal.calendar import Calendar
    from policyengine.temporal.zone import Zone

Node = TypeVar("Node")


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


class Version(Value):
    """One version of the text."""

    in_force: InForce
    note: Title | None = None


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
    implements: Names | None = None
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
    tables: tuple[Variants[DecisionTable], ...] = field(compare=False)
    provisions: tuple[Variants[Provision], ...] = field(compare=False)
    gaps: tuple[Variants[Gap], ...] = field(compare=False)
    document: str = field(compare=False, repr=False)

    def __repr__(self) -> str:
        """Name it: the whole of it would fill pages."""
        return f"Policy(id={self.id!r}, digest={self.digest!r})"

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

    @property
    def provision_ids(self) -> tuple[str, ...]:
        """Return the ids of all provisions, whatever reading admits them, in the order of the file."""
        return tuple(dict.fromkeys(node.id for each in self.provisions for node in each.nodes()))

    def role(self, name: str) -> RoleType:
        """Return a role, the policy's own before the vocabulary's."""
        return self.header.roles.get(name) or self.vocabulary.roles[name]

    def grading(self, fact: str) -> Grading | None:
        """Return the text's own grades of *fact*, if it has any."""
        return next((each for each in self.header.severities if each.fact == fact), None)
