"""What becomes of a demand under other readings, each other option chosen alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policyengine.analysis.bound import Bound, obliges
from policyengine.analysis.coverage import Shortfall, coverage
from policyengine.analysis.degrees import answers, most, unsettled
from policyengine.analysis.places import places
from policyengine.analysis.proving.replay import answer
from policyengine.analysis.sides import Side
from policyengine.analysis.strictness import Finding, between
from policyengine.model.assessment import Choice
from policyengine.report.side_by_side.values import Turn
from policyengine.report.strictness.both_ways import numbered

if TYPE_CHECKING:
    from policyengine.analysis.strictness import Counterexample
    from policyengine.model.case import FactValue
    from policyengine.model.policy import Policy
    from policyengine.model.provision import Provision


@dataclass(frozen=True, slots=True)
class Turns:
    """Both policies under every other option of one reading.

    Args:
        own, parent: the sides by their default readings.
        given: facts taken as settled.
    """

    own: Side
    parent: Side
    given: Mapping[str, FactValue]
    _sides: dict[tuple[str, Choice | None], Side] = field(default_factory=dict, repr=False, compare=False)

    def of(self, provision: Provision, known: Sequence[Counterexample]) -> tuple[Turn, ...]:
        """Return what is found of the parent's *provision* under every option that bears on it.

        Args:
            provision: by the default readings.
            known: cases that showed by the default readings that it is not covered; they are tried first.
        """
        return tuple(
            Turn(tuple(each.policy.id for each in sides), choice, self._finding(provision.id, choice, known))
            for choice, sides in self._choices(provision)
        )

    def _choices(self, provision: Provision) -> Iterator[tuple[Choice, tuple[Side, ...]]]:
        """Yield every option that is not the default, with the sides whose question it answers."""
        found: dict[Choice, list[Side]] = {}
        for side in (self.own, self.parent):
            for name in bearing_on(side.policy, provision, parent=side is self.parent):
                for option in side.policy.readings[name].options:
                    found.setdefault(Choice(name, option), []).append(side)
        for choice, sides in found.items():
            if all(choice.option != each.readings[choice.reading] for each in sides):
                yield choice, tuple(sides)

    def _finding(self, name: str, choice: Choice, known: Sequence[Counterexample]) -> Finding | None:
        one, other = self._read(self.own, choice), self._read(self.parent, choice)
        provision = other.provision(name)
        if provision is None:
            return None
        bound = Bound(other, provision)
        found = [coverage(each.serving, bound, each.trigger) for each in places(one, bound, self.given)]
        if all(each.holds for each in found):
            return Finding.COVERED
        if any(finds_less(one, bound, each) for each in known):
            return Finding.REFUTED
        if not numbered(provision) and {each.shortfall for each in found} <= {None, Shortfall.ANCHOR}:
            return Finding.OPEN  # acts before the trigger count on one side only: a search shows nothing, and is long
        return between(one, other, only=(name,), given=self.given).demands[0].finding

    def _read(self, side: Side, choice: Choice) -> Side:
        """Return *side* under *choice*, if it has that option."""
        reading = side.policy.readings.get(choice.reading)
        asked = choice if reading is not None and choice.option in reading.options else None
        key = (side.policy.id, asked)
        if key not in self._sides:
            changed = {} if asked is None else {asked.reading: asked.option}
            self._sides[key] = Side.of(side.policy, {**side.readings, **changed})
        return self._sides[key]


def finds_less(one: Side, other: Bound, shown: Counterexample) -> bool:
    """Tell whether *one*, as it is read, surely finds less about *other* in the case and at the instant of *shown*."""
    provision, kinds = other.provision, one.vocabulary
    mine, its = (answer(side, shown.case, shown.as_of) for side in (one, other.side))
    theirs = most(its, lambda duty: duty.provision == provision.id)
    own = most(mine, lambda duty: answers(duty, provision.act, provision.strength, kinds))
    open_ = unsettled(mine, lambda duty: answers(duty, provision.act, provision.strength, kinds))
    return theirs > own and not open_


def bearing_on(policy: Policy, provision: Provision, *, parent: bool) -> tuple[str, ...]:
    """Return the readings of *policy* that can bear on whether *provision* is covered.

    Those on which provisions that may perform its act depend, what defeats them, and the counting of their limits; of
    the *parent* those on which the provision itself depends.
    """
    kinds = policy.vocabulary.kinds(provision.act)
    found = [
        each
        for each in policy.provisions
        if any(node.id == provision.id if parent else obliges(node) and node.act in kinds for node in each.nodes())
    ]
    names = {node.id for each in found for node in each.nodes()}
    defeating = [each for each in policy.provisions if any(names & set(node.defeats or ()) for node in each.nodes())]
    counted = any(numbered(node) for each in found for node in each.nodes())
    return tuple(
        dict.fromkeys(
            (
                *(name for each in (*found, *defeating) for name in each.readings),
                *(policy.counting.readings if counted else ()),
                *(name for table in policy.tables for name in table.readings),
            )
        )
    )
