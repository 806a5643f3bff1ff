"""A mutant that no example notices: proved to answer alike, or shown by a case to answer otherwise, or neither."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, product
from math import prod
from typing import TYPE_CHECKING, Any, NamedTuple

from policyengine.analysis.change_hunt import Hunt
from policyengine.analysis.change_scope import Kind, Part, Scope
from policyengine.analysis.sides import Side
from policyengine.checks.mutation.proofs import alike
from policyengine.checks.mutation.reach import changed
from policyengine.checks.mutation.sites import Section
from policyengine.checks.mutation.witness import questions
from policyengine.prepare.readings import choose

if TYPE_CHECKING:
    from collections.abc import Callable

    from policyengine.checks.examples.example import Ask
    from policyengine.checks.mutation.mutants import Mutant
    from policyengine.model.policy import Policy, Variants

MOST_COMBINATIONS = 512
"""Of so many combinations of readings every one is looked at; of more, nothing is claimed to be proved."""
_MOST_HUNTED = 3
_MOST_PARTS = 6
_MOST_JUDGED = 1_500

Chosen = Mapping[str, str]


class Combinations(NamedTuple):
    """The readings under which a mutant may answer otherwise.

    Args:
        differing: those combinations under which it says another thing, the nearest to the defaults first.
        complete: whether every combination that bears on it was looked at.
    """

    differing: tuple[Chosen, ...]
    complete: bool


@dataclass(frozen=True, slots=True)
class Survivor:
    """What was found of a mutant that no example notices.

    Args:
        equivalent: whether it is proved that it answers every case as the policy does, under every reading.
        question: what an example would have to ask to notice it; ``None`` where no such case was found.
        part: the provision or gap that the question is about.
    """

    equivalent: bool
    question: Ask | None = None
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """A policy and one of its mutants.

    Args:
        mutant: what was changed.
        old: the policy.
        new: the mutant as a policy.
        name: what examples call the policy.
    """

    mutant: Mutant
    old: Policy
    new: Policy
    name: str

    def survivor(self, notices: Callable[[Ask], bool]) -> Survivor:
        """Return whether the two answer alike, and otherwise what to ask; *notices* tells what sets them apart."""
        found = self.combinations()
        if not found.differing:
            return Survivor(equivalent=found.complete)
        if found.complete and alike(self.mutant, self.old, self.new, self._kinds(found)):
            return Survivor(equivalent=True)
        for chosen in islice(self._apart(found.differing), _MOST_HUNTED):
            for ask, part in self._questions(chosen):
                if notices(ask):
                    return Survivor(equivalent=False, question=ask, part=part)
        return Survivor(equivalent=False)

    def combinations(self) -> Combinations:
        """Return under which combinations of the readings that bear on it the changed part says another thing."""
        names = dict.fromkeys(name for each in self._deciding() for name in each.readings)
        names.pop(self._reading, None)
        axes = [
            (self.mutant.options[each],) if each in self.mutant.options else tuple(self.old.readings[each].options)
            for each in names
        ]
        complete = prod(map(len, axes)) <= MOST_COMBINATIONS
        every = (dict(zip(names, options, strict=True)) for options in product(*axes))
        tried = sorted(every if complete else self._plainest(tuple(names), axes), key=self._choices)
        return Combinations(tuple(each for each in tried if self._differ(each)), complete)

    @property
    def _reading(self) -> str:
        """The reading whose default is what was changed, so that no option of it may be chosen; none is empty."""
        part = self.mutant.part
        return part.name if part.section is Section.READING else ""

    def _apart(self, several: Iterable[Chosen]) -> Iterator[Chosen]:
        """Yield those combinations under which the changed part reads otherwise than under the ones before."""
        met: set[tuple[object, ...]] = set()
        for chosen in several:
            reads = tuple(
                part.under(choose(policy, chosen)) for policy in (self.old, self.new) for part in self._changed(policy)
            )
            if reads not in met:
                met.add(reads)
                yield chosen

    def _deciding(self) -> Iterator[Variants[Any]]:
        """Yield whatever has readings that decide what the changed part says."""
        for policy in (self.old, self.new):
            yield from self._changed(policy)
            yield policy.counting
            yield from policy.tables

    def _changed(self, policy: Policy) -> tuple[Variants[Any], ...]:
        """Return the changed part as *policy* has it; nothing where it is left out, or is none that has readings.

        Of a reading, it is all that depends on it.
        """
        section, place = self.mutant.part.section, self.mutant.part.place[-1]
        if section is Section.READING:
            every: tuple[Variants[Any], ...] = (*policy.provisions, *policy.gaps, *policy.tables, policy.counting)
            return tuple(each for each in every if self._reading in each.readings)
        if section is Section.COUNTING:
            return (policy.counting,)
        if section not in {Section.PROVISION, Section.GAP, Section.TABLE} or not isinstance(place, int):
            return ()
        parts: tuple[Variants[Any], ...] = getattr(policy, section.value)
        # Of what is left out, the mutant has another part at the same place.
        return parts[place : place + 1] if policy is self.old or self.mutant.after is not None else ()

    @staticmethod
    def _plainest(names: tuple[str, ...], axes: list[tuple[str, ...]]) -> Iterator[dict[str, str]]:
        """Yield the first combination, and those that differ from it in one reading."""
        first = {name: options[0] for name, options in zip(names, axes, strict=True)}
        yield first
        for name, options in zip(names, axes, strict=True):
            yield from ({**first, name: each} for each in options[1:])

    def _choices(self, chosen: Chosen) -> int:
        return sum(self.old.readings[name].default != option for name, option in chosen.items())

    def _differ(self, chosen: Chosen) -> bool:
        scope = self._scope(chosen)
        parts = changed(self.mutant)
        return bool(scope.differing) if parts is None else any(differs(scope, each) for each in parts)

    def _scope(self, chosen: Chosen) -> Scope:
        return Scope.of(Side.of(self.old, chosen), Side.of(self.new, chosen))

    def _kinds(self, found: Combinations) -> frozenset[Kind]:
        """Return what kinds of parts say another thing."""
        parts, scopes = changed(self.mutant) or frozenset(), tuple(map(self._scope, found.differing))
        return frozenset(each.kind for each in parts if any(differs(scope, each) for scope in scopes))

    def _questions(self, chosen: Chosen) -> Iterator[tuple[Ask, Part]]:
        scope = self._scope(chosen)
        own = changed(self.mutant) or frozenset()
        parts = sorted(scope.affected, key=lambda each: each not in own)[:_MOST_PARTS]
        hunt = Hunt(scope, {}, _MOST_JUDGED)
        told = {name: option for name, option in chosen.items() if self.old.readings[name].default != option}
        for part in parts:
            for shown in hunt.shown(part, ()):
                yield from ((ask, part) for ask in questions(shown, part, self.name, told))


def differs(scope: Scope, part: Part) -> bool:
    """Tell whether two versions say another thing in one part."""
    if part.kind in {Kind.PROVISION, Kind.GAP}:
        return (part in scope.old.norms) != (part in scope.new.norms) or bool(scope.edits(part))
    return scope.old.said.get(part) != scope.new.said.get(part)
