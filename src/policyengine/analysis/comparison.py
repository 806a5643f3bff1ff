"""What several policies demand, side by side: a value, with every region of the facts in which the answer differs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policyengine.analysis.regions import Region
    from policyengine.analysis.sides import Side
    from policyengine.model.case import FactValue
    from policyengine.model.happening import Happening
    from policyengine.model.provision import Gap, Provision
    from policyengine.model.vocabulary import Topic


class Relation(StrEnum):
    """How what one policy demands relates to what others demand (its superiors' documents, say)."""

    EQUAL = "equal"
    """Whatever happens, it finds as much owed and violated as they do, and no more."""
    STRICTER = "stricter"
    """It never finds less, and sometimes more."""
    LOOSER = "looser"
    """It never finds more, and sometimes less, but demands something about the matter."""
    INCOMPARABLE = "incomparable"
    """It sometimes finds more and sometimes less, as with 1 hour in principle against 5 hours in force."""
    GAP = "gap"
    """It demands nothing there, although it demands the like elsewhere, or says itself that it is silent there."""
    REFERRED = "referred"
    """It demands nothing of its own there, and sends the reader to another document."""
    SILENT = "silent"
    """It says nothing of it anywhere."""
    EXTRA = "extra"
    """It demands something where they demand nothing."""

    @property
    def missing(self) -> bool:
        """Tell whether the policy demands nothing at all where others do."""
        return self in {Relation.GAP, Relation.REFERRED, Relation.SILENT}


@dataclass(frozen=True, slots=True)
class Part:
    """What one policy demands in one region of the facts.

    Args:
        region: told by no more facts than matter for this policy; beyond what the row has settled already.
        provisions: those that apply there, in the order of the file; none where it demands nothing.
        doubtful: those of which it stays undetermined whether they apply there.
        gaps: the silences and referrals that the policy itself states there.
    """

    region: Region
    provisions: tuple[Provision, ...]
    doubtful: tuple[Provision, ...] = ()
    gaps: tuple[Gap, ...] = ()

    @property
    def empty(self) -> bool:
        """Tell whether there is nothing to be said of the region."""
        return not (self.provisions or self.doubtful or self.gaps)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a policy stands to those it is held against, in one region of the facts and from one trigger on.

    Args:
        region: of the facts that matter for both sides.
        trigger: what the superiors' duties wait for there; ``None`` for duties without a trigger.
        relation: what it comes to.
        demanded: whether the superiors demand anything there.
        lacking: what they demand and the policy does not match, as (policy, provision).
        beyond: what the policy demands itself and they do not match.
        wider: for what is extra, whether it waits for more of the kind that theirs wait for: for any unlawful conduct,
            where they wait for harmful rumours.
        beside: where it demands no act of the topic itself, what it demands instead: kinds of such acts, which may do
            for them, or wider ones, which do not.
    """

    region: Region
    trigger: Happening | None
    relation: Relation
    demanded: bool
    lacking: tuple[tuple[str, Provision], ...] = ()
    beyond: tuple[Provision, ...] = ()
    wider: bool = False
    beside: tuple[Provision, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """What one policy demands about the topic of a row.

    Args:
        policy: its id.
        parts: what it demands, region by region.
        relation: to the policies that it is held against, taken together over the whole row, where they demand
            anything or it does; ``None`` where it is held against none, or nobody demands anything.
        standings: the same, region by region and trigger by trigger.
    """

    policy: str
    parts: tuple[Part, ...]
    relation: Relation | None = None
    standings: tuple[Standing, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One topic in cases of one stretch of grades.

    Args:
        topic: the acts that are looked at together.
        grades: the values that every graded fact has in the row, lowest first, neighbours that come to the same
            together; none where grades do not matter, or the vocabulary has no scale.
        cells: one for each policy, in their order.
    """

    topic: Topic
    grades: tuple[str, ...]
    cells: tuple[Cell, ...]

    @property
    def empty(self) -> bool:
        """Tell whether no policy says anything."""
        return all(part.empty for cell in self.cells for part in cell.parts)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Several policies side by side.

    Args:
        sides: the policies in their order, each with the options that it is read under.
        against: by policy the ids of those that it is held against; none for those that are held against nobody.
        scale: the scale of grades by which rows are split, if the vocabulary has one.
        given: facts taken as settled everywhere: what the policies presume, or what was asked for.
        rows: topic by topic, lowest grades first.
    """

    sides: tuple[Side, ...]
    against: Mapping[str, tuple[str, ...]]
    scale: str | None
    given: Mapping[str, FactValue]
    rows: tuple[Row, ...]

    def side(self, policy: str) -> Side:
        """Return the side of *policy*."""
        return next(each for each in self.sides if each.policy.id == policy)
