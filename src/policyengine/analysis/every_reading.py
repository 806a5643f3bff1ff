"""Whether one policy is at least as strict as another under every way of reading both, under some, or under none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import TYPE_CHECKING

from policyengine.analysis.bound import obliges
from policyengine.analysis.sides import Side, same_vocabulary
from policyengine.analysis.strictness import Demand, Finding, between, covered
from policyengine.engine.branching import branches
from policyengine.errors import ReadingError
from policyengine.model.frozen import FrozenMap
from policyengine.model.provision import Strength
from policyengine.model.ranges import Verdict

if TYPE_CHECKING:
    from policyengine.model.case import FactValue
    from policyengine.model.policy import Policy, Variants
    from policyengine.model.provision import Provision

MOST_COMBINATIONS = 4096
"""Of options that bear on one demand; where there are more, the question is refused, never sampled."""

Options = tuple[tuple[str, tuple[str, ...]], ...]
"""Readings with some of their options."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """Ways of reading both policies that come to the same.

    Args:
        one, other: the options that these ways have in common, of the one policy and of the other; readings that make
            no difference are left out.
        demand: what was found under the first of them; ``None`` where the other policy demands nothing then.
    """

    one: Options
    other: Options
    demand: Demand | None


@dataclass(frozen=True, slots=True)
class DemandRange:
    """What was found about one provision of the other policy under every way of reading both.

    Args:
        provision: its id.
        verdict: whether it is covered under every one of them, under some, or under none; `undetermined` where that
            stays open under one of them.
        leaves: the ways of reading, those that come to the same together.
    """

    provision: str
    verdict: Verdict
    leaves: tuple[Leaf, ...]


@dataclass(frozen=True, slots=True)
class StrictnessRange:
    """Whether `one` is at least as strict as `other` under every way of reading both.

    Args:
        one, other: the policies.
        given: facts taken as settled.
        demands: what was found about each provision of the other policy, in the order of its file.
    """

    one: Policy
    other: Policy
    given: Mapping[str, FactValue]
    demands: tuple[DemandRange, ...]

    @property
    def verdict(self) -> Verdict:
        """Return whether it holds under every way of reading, under some, or under none."""
        verdicts = {each.verdict for each in self.demands}
        if Verdict.NONE in verdicts:
            return Verdict.NONE
        if Verdict.UNDETERMINED in verdicts:
            return Verdict.UNDETERMINED
        return Verdict.SOME if Verdict.SOME in verdicts else Verdict.EVERY


def under_every_reading(
    one: Policy,
    other: Policy,
    *,
    acts: Sequence[str] | None = None,
    given: Mapping[str, FactValue] = FrozenMap(),
) -> StrictnessRange:
    """Return whether *one* is at least as strict as *other* under every way of reading both.

    A reading that both policies have, by its name, is answered alike in both where both have the option: the same words
    are not read in two ways at once.

    For each demand all combinations of those options are looked at that bear on it or on what serves its act; for each
    group of them that comes to the same, one is shown by a case.

    Raises:
        DifferentVocabulariesError, TooManyRegionsError, TooManyContentsError: as for `strictness`.
        ReadingError: more than :data:`MOST_COMBINATIONS` combinations bear on one demand.
    """
    same_vocabulary((one, other))
    asking = _Asking(one, other, given, {})
    found = []
    for name in other.provision_ids:
        nodes = [node for each in other.provisions for node in each.nodes() if node.id == name]
        asked = [each for each in nodes if each.strength is not Strength.MAY and (acts is None or each.act in acts)]
        if asked:
            found.append(asking.range(name, asked))
    return StrictnessRange(one, other, given, tuple(found))


@dataclass(frozen=True, slots=True)
class _Asking:
    """The question under way."""

    one: Policy
    other: Policy
    given: Mapping[str, FactValue]
    sides: dict[tuple[int, tuple[tuple[str, str], ...]], Side]

    def range(self, name: str, demanded: Sequence[Provision]) -> DemandRange:
        """Return what is found about the provision *name*, which under one reading or another is one of *demanded*."""
        mine, its = _bearing_on(self.one, demanded), _named(self.other, name)
        axes = tuple(_axes(self.one, self.other, mine, its))
        if prod(len(each.options) for each in axes) > MOST_COMBINATIONS:
            raise ReadingError(f"more than {MOST_COMBINATIONS} combinations of options bear on {name!r}")
        outcomes = {chosen: self._outcome(name, axes, chosen) for chosen in product(*(each.options for each in axes))}
        named = {each.name: each for each in axes}
        leaves = [self._leaf(name, named, path) for path, _ in branches(tuple(named), outcomes)]
        return DemandRange(name, _verdict(leaves), tuple(leaves))

    def _outcome(self, name: str, axes: Sequence[_Axis], chosen: tuple[_Pair, ...]) -> object:
        one, other = self._sides(axes, chosen)
        provision = other.provision(name)
        return None if provision is None else covered(one, other, provision, self.given)

    def _leaf(self, name: str, axes: Mapping[str, _Axis], path: tuple[tuple[str, tuple[_Pair, ...]], ...]) -> Leaf:
        found = dict(path)
        chosen = tuple(
            found[axis][0] if axis in found else each.usual(self.one, self.other) for axis, each in axes.items()
        )
        one, other = self._sides(tuple(axes.values()), chosen)
        provision = other.provision(name)
        shown = None if provision is None else between(one, other, only=(name,), given=self.given).demands[0]
        return Leaf(_options(axes, path, 0), _options(axes, path, 1), shown)

    def _sides(self, axes: Sequence[_Axis], chosen: tuple[_Pair, ...]) -> tuple[Side, Side]:
        pairs = list(zip(axes, chosen, strict=True))
        return self._side(0, pairs), self._side(1, pairs)

    def _side(self, place: int, pairs: Sequence[tuple[_Axis, _Pair]]) -> Side:
        options = tuple((axis.reading, option) for axis, pair in pairs if (option := pair[place]) is not None)
        key = (place, options)
        if key not in self.sides:
            self.sides[key] = Side.of((self.one, self.other)[place], dict(options))
        return self.sides[key]


def _options(axes: Mapping[str, _Axis], path: Sequence[tuple[str, tuple[_Pair, ...]]], place: int) -> Options:
    """Return the options of one of the two policies on *path*."""
    found = [
        (axes[axis].reading, [option for pair in pairs if (option := pair[place]) is not None]) for axis, pairs in path
    ]
    return tuple((reading, tuple(dict.fromkeys(options))) for reading, options in found if options)


_Pair = tuple[str | None, str | None]
"""An option of the one policy and one of the other; ``None`` for a policy that the reading does not concern."""


@dataclass(frozen=True, slots=True)
class _Axis:
    """One reading, of either policy or of both."""

    name: str
    reading: str
    options: tuple[_Pair, ...]

    def usual(self, one: Policy, other: Policy) -> _Pair:
        """Return the defaults, if they are among the options, else the first."""
        pair = tuple(
            None if self.options[0][place] is None else policy.readings[self.reading].default
            for place, policy in enumerate((one, other))
        )
        return next((each for each in self.options if each == pair), self.options[0])


def _axes(one: Policy, other: Policy, mine: Sequence[str], its: Sequence[str]) -> Iterator[_Axis]:
    """Yield the readings that matter; one that both policies have is answered alike in both, as far as both can."""
    for name in mine:
        own = tuple(one.readings[name].options)
        if name not in its:
            yield _Axis(f"one {name}", name, tuple((each, None) for each in own))
            continue
        theirs = tuple(other.readings[name].options)
        pairs = [(each, each) for each in own if each in theirs]
        pairs += [(each, option) for each in own if each not in theirs for option in theirs]
        pairs += [(option, each) for each in theirs if each not in own for option in own]
        yield _Axis(f"both {name}", name, tuple(pairs))
    for name in its:
        if name not in mine:
            yield _Axis(f"other {name}", name, tuple((None, each) for each in other.readings[name].options))


def _verdict(leaves: Sequence[Leaf]) -> Verdict:
    findings = [Finding.COVERED if each.demand is None else each.demand.finding for each in leaves]
    if Finding.OPEN in findings:
        return Verdict.UNDETERMINED
    if Finding.REFUTED not in findings:
        return Verdict.EVERY
    return Verdict.SOME if Finding.COVERED in findings else Verdict.NONE


def _named(policy: Policy, name: str) -> tuple[str, ...]:
    return _asked(policy, [each for each in policy.provisions if any(node.id == name for node in each.nodes())])


def _bearing_on(policy: Policy, demanded: Sequence[Provision]) -> tuple[str, ...]:
    """Return the readings on which provisions of *policy* depend that can cover one of those *demanded*."""
    words = policy.vocabulary
    serving = {kind for each in demanded if obliges(each) for kind in words.kinds(each.act)}
    acts = [each.act for each in demanded if not obliges(each)]
    like = {name for act in acts for name in (*words.kinds(act), *words.wider(act))}
    found = [
        each
        for each in policy.provisions
        if any(node.act in (serving if obliges(node) else like) for node in each.nodes())
    ]
    return _asked(policy, found)


def _asked(policy: Policy, found: Sequence[Variants[Provision]]) -> tuple[str, ...]:
    """Return the readings on which *found* depend, what defeats them, and how limits are counted."""
    names = {node.id for each in found for node in each.nodes()}
    defeating = [each for each in policy.provisions if any(names & set(node.defeats or ()) for node in each.nodes())]
    numbered = any(node.deadline is not None and not node.deadline.promptly for each in found for node in each.nodes())
    tables = [reading for each in policy.tables for reading in each.readings]
    counting = policy.counting.readings if numbered else ()
    return tuple(dict.fromkeys((*(one for each in (*found, *defeating) for one in each.readings), *counting, *tables)))
