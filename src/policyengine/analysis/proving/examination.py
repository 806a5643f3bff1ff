"""What every kind of finding is looked for in, and what all of them need."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyengine.analysis.cells import TooManyContentsError
from policyengine.analysis.proving.finding import Finding, Undecided
from policyengine.analysis.proving.replay import replayed
from policyengine.analysis.regions import Outcome, Region, TooManyRegionsError
from policyengine.analysis.sides import applying, coming_to
from policyengine.engine.matcher import Record
from policyengine.errors import CaseError
from policyengine.model.base import Title
from policyengine.model.frozen import FrozenMap
from policyengine.model.provision import Gap, Provision

if TYPE_CHECKING:
    from policyengine.analysis.proving.finding import FindingKind, Witness
    from policyengine.analysis.sides import Side
    from policyengine.model.case import FactValue
    from policyengine.model.condition import Condition, Truth

EVERYWHERE = (Region(()),)
"""The regions of what holds whatever the facts are."""
MOST_TRIED = 8
"""In so many of its regions a case is looked for that shows a finding; what none of them shows is not reported."""
SCOPES = ("case", "agency")


@dataclass(frozen=True, slots=True)
class Examination:
    """One policy as it is read, and what it is held against.

    Args:
        side: the policy.
        beside: other policies of the same vocabulary, for findings that need them.
        given: facts taken as settled everywhere.
        brief: whether it matters only that something is found: then nothing is looked for that only tells more of it.
    """

    side: Side
    beside: tuple[Side, ...]
    given: Mapping[str, FactValue]
    brief: bool = False

    def applying(self, norms: Iterable[Provision | Gap]) -> tuple[tuple[Region, tuple[Truth, ...]], ...]:
        """Return in every region of the facts which of *norms* apply.

        Raises:
            TooManyRegionsError, TooManyContentsError: the conditions ask for more than is enumerated.
        """
        side = self.side
        return applying(side.vocabulary, tuple((side, each) for each in norms), self.given)

    def coming_to(
        self, norms: Iterable[Provision | Gap], outcome: Callable[[tuple[Truth, ...]], Outcome]
    ) -> tuple[tuple[Region, Outcome], ...]:
        """Return in every region of the facts what it comes to that *norms* apply or not, by *outcome* of their truths.

        Raises:
            TooManyRegionsError, TooManyContentsError: the conditions ask for more than is enumerated.
        """
        side = self.side
        return coming_to(side.vocabulary, tuple((side, each) for each in norms), outcome, self.given)

    def scope(self, name: str) -> tuple[Provision, ...]:
        """Return the provisions about cases, or about the agency's own log."""
        return tuple(each for each in self.side.provisions if each.scope == name)

    def clauses(self, provisions: Iterable[str]) -> tuple[str, ...]:
        """Return the clauses that *provisions* rest on, each once."""
        found = (self.side.provision(name) for name in provisions)
        return tuple(dict.fromkeys(clause for each in found if each is not None for clause in each.clause))

    def record(self, region: Region) -> Record:
        """Return a record of facts and events that lies in *region*, with what is given."""
        found = region.witness()
        return Record(FrozenMap({**self.given, **found.values}), found.happened)

    def shown(
        self, regions: Iterable[Region], make: Callable[[Record], Iterable[Witness] | None]
    ) -> tuple[Witness, ...]:
        """Return cases that show a finding, made from the first of *regions* where the reference agrees with all.

        None where that is so in none of the first :data:`MOST_TRIED`: then there is no finding.
        """
        for region in tuple(regions)[:MOST_TRIED]:
            made = tuple(make(self.record(region)) or ())
            try:
                if made and all(replayed(self.side, each) for each in made):
                    return made
            except CaseError:  # a value that only the conditions of a policy know, never a case of its vocabulary
                continue
        return ()


Found = Iterator[Finding | Undecided]
Finder = Callable[[Examination], Found]


def condition_norm(owner: str, part: str, when: Condition | None) -> Gap:
    """Return a norm that applies where *when*, a *part* of *owner*, is true: so that it alone can be asked about.

    Its id is one that no norm of a file can have.
    """
    name = f"{owner}/{part}"
    title = Title(zh=name, en=name)
    return Gap.model_construct(id=name, title=title, clause=(), missing=title, when=when)


def or_undecided(kind: FindingKind, subjects: Sequence[str], look: Callable[[], Iterable[Finding]]) -> Found:
    """Yield what *look* finds, or that it cannot be decided."""
    try:
        yield from tuple(look())
    except (TooManyRegionsError, TooManyContentsError) as error:
        yield Undecided(kind, tuple(subjects), str(error))
