"""What became of the mutants of a policy, and the score that comes of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from policyengine.model.frozen import FrozenMap

if TYPE_CHECKING:
    from policyengine.checks.examples.example import Ask
    from policyengine.checks.mutation.killing import Kill
    from policyengine.checks.mutation.mutants import Mutant
    from policyengine.model.policy import Policy


class Fate(StrEnum):
    """What became of a mutant."""

    KILLED = "killed"
    """An example fails under it."""
    SURVIVED = "survived"
    """No example fails under it, and a case shows that it answers otherwise."""
    UNSETTLED = "unsettled"
    """No example fails under it; neither is it proved to answer every case alike, nor does a case show that not."""
    EQUIVALENT = "equivalent"
    """It is proved that it answers every case alike."""
    REFUSED = "refused"
    """The loader refuses it: nobody needs an example to notice it."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one mutant.

    Args:
        mutant: the mutant.
        fate: what became of it.
        kill: what noticed it, if it was killed.
        question: what an example would have to ask to notice it, if it survived.
    """

    mutant: Mutant
    fate: Fate
    kill: Kill | None = None
    question: Ask | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many mutants came to what."""

    counts: Mapping[Fate, int]

    @property
    def mutants(self) -> int:
        """Return how many there are, of whatever fate."""
        return sum(self.counts.values())

    @property
    def alive(self) -> int:
        """Return how many no example notices, those that are not settled included."""
        return self.counts[Fate.SURVIVED] + self.counts[Fate.UNSETTLED]

    @property
    def score(self) -> float | None:
        """Return the share of those killed among those that examples can notice, in percent; ``None`` without any."""
        told = self.counts[Fate.KILLED] + self.alive
        return 100 * self.counts[Fate.KILLED] / told if told else None


def tally(verdicts: Iterable[Verdict]) -> Tally:
    """Return how many of *verdicts* are of each fate."""
    counts = dict.fromkeys(Fate, 0)
    for each in verdicts:
        counts[each.fate] += 1
    return Tally(counts)


@dataclass(frozen=True, slots=True)
class Mutation:
    """What the mutants of one policy came to.

    Args:
        policy: the policy.
        name: what the examples call it.
        questions: how many questions its examples ask of it.
        failing: what fails as the policy stands; then no mutants were tried.
        verdicts: of each mutant, in the order of the file.
        accepted: the reasons why survivors are left alive, by mutant.
    """

    policy: Policy
    name: str
    questions: int
    failing: tuple[Kill, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    accepted: Mapping[str, str] = field(default=FrozenMap())

    @property
    def total(self) -> Tally:
        """Return the tally of all mutants."""
        return tally(self.verdicts)

    @property
    def alive(self) -> tuple[Verdict, ...]:
        """Return the mutants that no example notices, in the order of the file."""
        return tuple(each for each in self.verdicts if each.fate in {Fate.SURVIVED, Fate.UNSETTLED})

    @property
    def idle(self) -> tuple[str, ...]:
        """Return the ids of accepted mutants that are not alive, or not there at all: their reasons are out of date."""
        alive = {each.mutant.id for each in self.alive}
        return tuple(each for each in self.accepted if each not in alive)

    def by_part(self) -> Mapping[str, Tally]:
        """Return the tally of each part of the policy, in the order of the file."""
        return _grouped((each.mutant.part.name, each) for each in self.verdicts)

    def by_operator(self) -> Mapping[str, Tally]:
        """Return the tally of each operator that made any mutant, by name."""
        return _grouped(sorted(((each.mutant.operator, each) for each in self.verdicts), key=lambda pair: pair[0]))


def _grouped(pairs: Iterable[tuple[str, Verdict]]) -> Mapping[str, Tally]:
    found: dict[str, list[Verdict]] = {}
    for name, verdict in pairs:
        found.setdefault(name, []).append(verdict)
    return {name: tally(several) for name, several in found.items()}
