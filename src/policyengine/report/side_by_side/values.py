"""What is known of regulations and their parents, before it is written down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policyengine.analysis.comparison import Comparison, Relation
    from policyengine.analysis.proving.finding import Proof
    from policyengine.analysis.regions import Region
    from policyengine.analysis.sides import Side
    from policyengine.analysis.strictness import Counterexample, Finding
    from policyengine.model.assessment import Choice
    from policyengine.model.case import FactValue
    from policyengine.model.provision import Gap, Provision


Parts = tuple[tuple["Region", tuple["Relation", ...]], ...]
"""How a regulation stands, region by region; in more ways than one where that hangs on the trigger."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What becomes of a demand if one reading is answered otherwise, all others by their defaults.

    Args:
        policies: the ids of the policies whose reading it is: of both, where they put one question by one name.
        choice: the option.
        finding: whether the demand is covered then; ``None`` where it is not made at all.
    """

    policies: tuple[str, ...]
    choice: Choice
    finding: Finding | None


@dataclass(frozen=True, slots=True)
class Asked:
    """One demand of a parent, in all cases together.

    Args:
        provision: of the parent.
        finding: by the default readings.
        turns: what is found under every other option that bears on it, each alone; ``None`` where that was not asked.
    """

    provision: Provision
    finding: Finding
    turns: tuple[Turn, ...] | None

    @property
    def changing(self) -> tuple[Turn, ...]:
        """Return the options under which something else is found."""
        return tuple(each for each in self.turns or () if each.finding is not self.finding)


@dataclass(frozen=True, slots=True)
class Shown:
    """Demands of one side that the other does not match.

    Args:
        provisions: the demands.
        case: in which less is found of each of them, judged by the reference; ``None`` where none was found or sought.
    """

    provisions: tuple[Provision, ...]
    case: Counterexample | None


@dataclass(frozen=True, slots=True)
class Stretch:
    """How a regulation stands to a parent about one act, in some grades.

    Args:
        grades: ids, lowest first; all of them where they make no difference.
        given: the facts that are settled there, with one of these grades, in all of which everything is alike.
        relation: how it stands.
        parts: where it does not stand so in every case of these grades, the regions by how it stands there.
        demanded: what the parent demands there.
        own: what the regulation has about it there: what performs the act, else what is wider or allowed, and gaps.
        unmet: what the parent demands and the regulation does not match.
        beyond: what the regulation demands and the parent does not match, where that makes a difference.
    """

    grades: tuple[str, ...]
    given: Mapping[str, FactValue]
    relation: Relation
    parts: Parts
    demanded: tuple[Provision, ...]
    own: tuple[Provision | Gap, ...]
    unmet: tuple[Shown, ...]
    beyond: tuple[Shown, ...]

    @property
    def everywhere(self) -> bool:
        """Tell whether it stands so in every case of these grades."""
        return not self.parts


@dataclass(frozen=True, slots=True)
class Point:
    """One act that a parent demands.

    Args:
        act: its id.
        asked: the parent's demands of it.
        stretches: how the regulation stands, lowest grades first, neighbours alike together.
    """

    act: str
    asked: tuple[Asked, ...]
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """One regulation held against one parent.

    Args:
        own, parent: the sides, by their default readings.
        basis: whether the regulation implements the parent; else the parent stands there for reference.
        points: act by act, in the order of the parent's file.
    """

    own: Side
    parent: Side
    basis: bool
    points: tuple[Point, ...]

    @property
    def asked(self) -> tuple[Asked, ...]:
        """Return all of the parent's demands."""
        return tuple(each for point in self.points for each in point.asked)

    def count(self, finding: Finding) -> int:
        """Return of how many of the parent's demands that was found."""
        return sum(each.finding is finding for each in self.asked)


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Several regulations, and all their parents.

    Args:
        whole: all of them side by side, each regulation held against the parents that it implements.
        parents, regulations: their ids, in order.
        besides: all of them about what the vocabulary names and no parent demands.
        held: each regulation against each parent.
        proofs: by regulation what follows from its own text.
    """

    whole: Comparison
    parents: tuple[str, ...]
    regulations: tuple[str, ...]
    besides: Comparison
    held: tuple[Held, ...]
    proofs: Mapping[str, Proof]

    def of(self, regulation: str) -> tuple[Held, ...]:
        """Return *regulation* against each parent: those that it implements first."""
        found = [each for each in self.held if each.own.policy.id == regulation]
        return tuple(sorted(found, key=lambda each: not each.basis))

    def against(self, parent: str) -> tuple[Held, ...]:
        """Return each regulation against *parent*."""
        return tuple(each for each in self.held if each.parent.policy.id == parent)
