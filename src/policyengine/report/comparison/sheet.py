"""A comparison in the words of one language, as every writer shows it: plain values, and nothing left to look up.

Texts are parts of a sentence: no capital, no full stop, no line end. Where there is nothing to say they are empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policyengine.analysis.comparison import Relation
    from policyengine.model.provision import Strength
    from policyengine.wording import Lang


@dataclass(frozen=True, slots=True)
class Column:
    """One of the policies.

    Args:
        policy: its id.
        short: a name of a few characters, different for each column.
        title: as the policy has it.
        against: the ids of the policies that it is held against; none where it is held against nobody.
        assumed: readings that were chosen otherwise than by default, as `name=option`.
    """

    policy: str
    short: str
    title: str
    against: tuple[str, ...]
    assumed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClauseNote:
    """A clause that something rests on: its id, its number in the text, our own summary of it."""

    id: str
    number: str
    says: str


@dataclass(frozen=True, slots=True)
class ReadingNote:
    """A point where the text is ambiguous, as it was read here.

    Args:
        name: of the reading.
        question: that the text leaves open.
        option: the name of the option that was chosen.
        says: what that option says.
        by_default: whether it is the policy's own default.
        why: the reason for the default; empty where another option was chosen.
        others: what the other options say, as (name, words).
    """

    name: str
    question: str
    option: str
    says: str
    by_default: bool
    why: str
    others: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Demand:
    """One provision in a cell.

    Args:
        provision: its id.
        title: its title.
        strength: as a value; `binding` says it in words, `quoted` is the word of the text itself.
        act: the title of the act; `act_differs` tells whether the topic has more acts than this one.
        bearer: who is bound; words for that where the text names nobody, or means everybody.
        addressee: to whom.
        means: by what means.
        trigger: what puts it in force; empty where nothing needs to happen. `usual_trigger` tells whether that is
            what most provisions of the comparison wait for, so that it need not be said each time.
        limit: by when, how often or until when, such as "within 24 hours", "promptly", "before ...", "standing",
            "no limit stated"; what it counts from is in `counted_from` where that is not the trigger.
        promptly_only: whether the text has only a word for haste, and no number.
        unlimited: whether the text states no limit at all.
        order: what it must come before, or what ends it, in words of its own; part of `limit` as well.
        sanction: whether it is a sanction.
        doubtful: whether it stays undetermined even where all facts are known that it applies.
        agency: whether it binds the agency always, and not in a case.
        clauses: what it rests on.
        note: what the policy file remarks on it.
        readings: what it depends on how the text is read.
        sentence: who must, should, may or must not do what, without trigger, limit and addressee.
    """

    provision: str
    title: str
    strength: Strength
    binding: str
    quoted: str
    act: str
    act_differs: bool
    bearer: str
    addressee: str
    means: str
    trigger: str
    usual_trigger: bool
    limit: str
    counted_from: str
    promptly_only: bool
    unlimited: bool
    order: str
    sanction: bool
    doubtful: bool
    agency: bool
    clauses: tuple[ClauseNote, ...]
    note: str
    readings: tuple[ReadingNote, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class Silence:
    """A gap or a referral that the policy itself states.

    Args:
        id: of the gap.
        title: its title.
        missing: what the text does not say.
        refers_to: the document that it sends the reader to; empty for a gap.
        in_hand: whether that document is in hand.
        clauses: where.
        readings: what it depends on how the text is read.
    """

    id: str
    title: str
    missing: str
    refers_to: str
    in_hand: bool
    clauses: tuple[ClauseNote, ...]
    readings: tuple[ReadingNote, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """What a policy says under one condition.

    The conditions of two parts may both hold: then what stands in either applies. Where none does, the policy demands
    nothing. (The exact regions, which exclude each other, are in the comparison itself, and in its JSON.)

    Args:
        where: "where ...", beyond the grades of the row; empty where it applies in every case of the row.
        demands: in the order of the policy file, those that stay undetermined among them.
        silences: gaps and referrals.
    """

    where: str
    demands: tuple[Demand, ...]
    silences: tuple[Silence, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """How a policy stands to those it is held against, in one region and from one trigger on.

    Args:
        where: "where ..."; empty where it is so in every case of the row.
        trigger: what the duties wait for; empty for duties without a trigger.
        relation, word: how it stands there.
        lacking: what the others demand and it does not match, as ("short name", "must, within 24 hours").
        beyond: what it demands and they do not match, in the same words.
        reason: in one sentence; empty where nothing is lacking and nothing goes beyond.
    """

    where: str
    trigger: str
    relation: Relation
    word: str
    lacking: tuple[tuple[str, str], ...]
    beyond: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a cell stands to the policies that its policy is held against, taken together.

    Args:
        relation: over the whole row.
        word: for it.
        reason: in one sentence; empty where nothing is lacking and nothing goes beyond.
        everywhere: whether it is so in every case of the row, or elsewhere it stands otherwise.
        compared: whether the others demand anything there; otherwise the policy speaks for itself alone.
        places: region by region and trigger by trigger.
    """

    relation: Relation
    word: str
    reason: str
    everywhere: bool
    compared: bool
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """What one policy says about one topic in one stretch of grades; without parts it says nothing."""

    policy: str
    parts: tuple[Part, ...]
    verdict: Verdict | None

    @property
    def demands(self) -> tuple[Demand, ...]:
        """Return everything that is demanded, whatever the condition."""
        return tuple(demand for part in self.parts for demand in part.demands)


@dataclass(frozen=True, slots=True)
class Row:
    """One topic in one stretch of grades.

    Args:
        topic: its id.
        title: its title.
        named: whether the vocabulary names it as a topic, or names none; else it is a single act among them.
        acts: the titles of the acts that are looked at together.
        grades: ids, lowest first.
        stretch: the grades in words, such as "major or higher"; empty where they make no difference.
        cells: one for each column, in their order.
    """

    topic: str
    title: str
    named: bool
    acts: tuple[str, ...]
    grades: tuple[str, ...]
    stretch: str
    cells: tuple[Cell, ...]

    def cell(self, policy: str) -> Cell:
        """Return the cell of *policy*."""
        return next(each for each in self.cells if each.policy == policy)

    @property
    def speaking(self) -> tuple[str, ...]:
        """Return the ids of the policies that say anything here."""
        return tuple(each.policy for each in self.cells if each.parts)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A comparison as it is shown.

    Args:
        lang: the language of everything in it.
        title: of the whole.
        columns: the policies, in their order.
        rows: topics in their order, within each the lowest grades first; rows where nobody says anything are left out.
        grades: the titles of the grades by id, lowest first; none where there is no scale.
        grade_title: what they are grades of.
        given: facts taken as settled everywhere, in words.
        usual_trigger: what most provisions wait for; limits count from it unless they say otherwise.
        remarks: what is to be known before reading, such as that no act is common to any two policies.
    """

    lang: Lang
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    grades: Mapping[str, str]
    grade_title: str
    given: tuple[str, ...]
    usual_trigger: str
    remarks: tuple[str, ...]

    def column(self, policy: str) -> Column:
        """Return the column of *policy*."""
        return next(each for each in self.columns if each.policy == policy)

    @property
    def topics(self) -> tuple[tuple[Row, ...], ...]:
        """Return the rows of each topic together."""
        by_topic: dict[str, list[Row]] = {}
        for each in self.rows:
            by_topic.setdefault(each.topic, []).append(each)
        return tuple(map(tuple, by_topic.values()))
