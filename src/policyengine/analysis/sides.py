"""A policy as one side of a comparison: read under chosen options, and which of its norms apply where."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from policyengine.analysis.cells import Cell, TooManyContentsError
from policyengine.analysis.regions import Open, Outcome, Region, TooManyRegionsError, partition
from policyengine.engine.reference.conditions import ReferenceMatcher, holds
from policyengine.engine.reference.spans import BEGINNING
from policyengine.engine.reference.tables import decided, expanded, with_derived
from policyengine.engine.reference.timeline import Origin, Snapshot
from policyengine.errors import MissingExtraError
from policyengine.model.condition import Truth
from policyengine.model.frozen import FrozenMap
from policyengine.model.provision import Provision
from policyengine.prepare.readings import choose

if TYPE_CHECKING:
    from policyengine.engine.matcher import Record
    from policyengine.model.case import FactValue
    from policyengine.model.condition import Condition
    from policyengine.model.deadline import Counting
    from policyengine.model.policy import Policy
    from policyengine.model.provision import DecisionTable, Gap
    from policyengine.model.vocabulary import Vocabulary


class DifferentVocabulariesError(ValueError):
    """Policies whose acts and facts are words of different vocabularies cannot be laid side by side."""


class _Asked(NamedTuple):
    """What decides whether a norm applies."""

    facts: tuple[str, ...]
    events: frozenset[str]


@dataclass(frozen=True, slots=True)
class Side:
    """One policy, with its norms as the chosen options have them.

    Args:
        policy: from the loader.
        readings: an option for every reading of it.
        provisions, gaps: those that are there under these options, in the order of the file.
        counting: how its limits are counted where a provision says nothing else.
        tables: the decision tables that derive facts, by fact.
        assigning: the decision tables that say who is meant, by role.
        acts: by provision the acts that it is about, under one reading or another.
    """

    policy: Policy
    readings: Mapping[str, str]
    provisions: tuple[Provision, ...]
    gaps: tuple[Gap, ...]
    counting: Counting
    tables: Mapping[str, DecisionTable]
    assigning: Mapping[str, DecisionTable]
    acts: Mapping[str, frozenset[str]] = field(repr=False, compare=False)
    _defeating: Mapping[str, tuple[Provision, ...]] = field(repr=False, compare=False)
    _asked: dict[str, _Asked] = field(default_factory=dict, init=False, repr=False, compare=False)
    _found: dict[tuple[object, ...], Truth] = field(default_factory=dict, init=False, repr=False, compare=False)

    @classmethod
    def of(cls, policy: Policy, readings: Mapping[str, str] | None = None) -> Side:
        """Return *policy* as a side under *readings*, the defaults elsewhere.

        Raises:
            ReadingError: a reading or option that the policy does not have.
        """
        chosen = choose(policy, readings)
        provisions = tuple(node for each in policy.provisions if (node := each.under(chosen)) is not None)
        gaps = tuple(gap for each in policy.gaps if (gap := each.under(chosen)) is not None)
        tables = [table for each in policy.tables if (table := each.under(chosen)) is not None]
        counting = policy.counting.under(chosen)
        if counting is None:  # pragma: no cover - how to count is never left out
            raise TypeError
        deriving = FrozenMap({each.derives: each for each in tables if each.derives is not None})
        defeating = FrozenMap(
            {each.id: tuple(one for one in provisions if each.id in (one.defeats or ())) for each in provisions}
        )
        acts: dict[str, set[str]] = {}
        for node in (node for each in policy.provisions for node in each.nodes()):
            acts.setdefault(node.id, set()).add(node.act)
        named = FrozenMap({name: frozenset(found) for name, found in acts.items()})
        assigning = FrozenMap({each.assigns: each for each in tables if each.assigns is not None})
        return cls(policy, chosen, provisions, gaps, counting, deriving, assigning, named, defeating)

    @property
    def vocabulary(self) -> Vocabulary:
        """Return the words of the policy."""
        return self.policy.vocabulary

    def provision(self, name: str) -> Provision | None:
        """Return the provision *name*, if these options admit it."""
        found: Provision | None = next((each for each in self.provisions if each.id == name), None)
        return found

    def stands_for(self, gap: Gap) -> frozenset[str]:
        """Return the acts of the provisions in whose place *gap* stands."""
        return frozenset().union(*(self.acts.get(name, frozenset()) for name in gap.instead_of or ()))

    def conditions(self, norms: Iterable[Provision | Gap]) -> Iterator[Condition]:
        """Yield every condition that decides which of *norms* apply, for derived facts those of their tables."""
        for each in norms:
            for one in self._deciding(each):
                yield from _own_conditions(one)
        yield from (row.when for table in self.tables.values() for row in table.rows)

    def applies(self, norm: Provision | Gap, record: Record) -> Truth:
        """Return whether *norm* applies where the facts are as *record* has them, by condition, exceptions, defeaters.

        By what it is triggered, and whether it is in force yet, is no matter of the facts.
        """
        asked = self._asked_of(norm)
        key = (
            norm.id,
            *(record.values.get(name) for name in asked.facts),
            record.happened & asked.events,
            record.complete,
        )
        if key not in self._found:
            self._found[key] = self._applies(norm, record)
        return self._found[key]

    def facts(self, norm: Provision | Gap) -> tuple[str, ...]:
        """Return the facts of a case that bear on whether *norm* applies."""
        return self._asked_of(norm).facts

    def _asked_of(self, norm: Provision | Gap) -> _Asked:
        if norm.id not in self._asked:
            own = [part for each in self._deciding(norm) for part in _own_conditions(each)]
            names = [name for part in own for name in part.facts_asked()]
            inside = [row.when for table in self.tables.values() for row in table.rows]
            asked = {name for part in (*own, *inside) for name in part.events_asked()}
            events = frozenset(kind for name in asked for kind in self.vocabulary.kinds(name))
            self._asked[norm.id] = _Asked(expanded(names, self.tables), events)
        return self._asked[norm.id]

    def _applies(self, norm: Provision | Gap, record: Record) -> Truth:
        truths = [self._holds(norm, record)]
        truths += [self._defeats(*each, record) for each in self._defeating_of(norm)]
        own, defeated = truths[0], truths[1:]
        if own is Truth.FALSE or Truth.TRUE in defeated:
            return Truth.FALSE
        return Truth.UNKNOWN if Truth.UNKNOWN in truths else Truth.TRUE

    def _defeats(self, provision: Provision, norm: Provision, record: Record) -> Truth:
        """Return whether *provision* defeats *norm* there: never for certain, if it is not in force all along."""
        lives = (provision.upon, provision.until, provision.in_force, provision.waived_by)
        found = self._holds(provision, record)
        passing = any(each is not None for each in lives) or bool(self.defeating(provision.id))
        passing = passing or provision.scope != norm.scope
        return Truth.UNKNOWN if passing and found is Truth.TRUE else found

    def defeating(self, name: str) -> tuple[Provision, ...]:
        """Return the provisions that defeat the provision *name* while they are in force."""
        return self._defeating.get(name, ())

    def _deciding(self, norm: Provision | Gap) -> tuple[Provision | Gap, ...]:
        return (norm, *(each for each, _ in self._defeating_of(norm)))

    def _defeating_of(self, norm: Provision | Gap) -> tuple[tuple[Provision, Provision], ...]:
        """Return what defeats *norm*, each with what it defeats; nothing does where it is a gap."""
        return tuple((each, norm) for each in self.defeating(norm.id)) if isinstance(norm, Provision) else ()

    def _holds(self, norm: Provision | Gap, record: Record) -> Truth:
        truths = [self._truth(each, record) for each in _own_conditions(norm)]
        exception = norm.unless if isinstance(norm, Provision) else None
        if exception is not None:
            truths[-1] = _negated(truths[-1])
        if Truth.FALSE in truths:
            return Truth.FALSE
        return Truth.UNKNOWN if Truth.UNKNOWN in truths else Truth.TRUE

    def _truth(self, condition: Condition, record: Record) -> Truth:
        if not any(name in self.tables for name in condition.facts_asked()):
            return holds(condition, record, self.vocabulary)
        matcher = ReferenceMatcher(self.vocabulary)
        snapshot = Snapshot(BEGINNING, record, FrozenMap(dict.fromkeys(record.values, Origin.KNOWN)))
        found = with_derived(matcher, self.tables.values(), (snapshot,))
        return decided(matcher, (condition,), found)[0][0]


def _own_conditions(norm: Provision | Gap) -> tuple[Condition, ...]:
    exception = norm.unless if isinstance(norm, Provision) else None
    return tuple(each for each in (norm.when, exception) if each is not None)


def _negated(truth: Truth) -> Truth:
    return {Truth.TRUE: Truth.FALSE, Truth.FALSE: Truth.TRUE}.get(truth, truth)


Norms = tuple[tuple[Side, "Provision | Gap"], ...]
"""Norms of one side or of several, each with its side."""


def same_vocabulary(policies: Sequence[Policy]) -> Vocabulary:
    """Return the vocabulary that *policies* share.

    Raises:
        DifferentVocabulariesError: they do not share one.
    """
    first = policies[0].vocabulary
    if any(each.vocabulary != first for each in policies):
        names = ", ".join(f"{each.id}: {each.vocabulary.vocabulary}" for each in policies)
        raise DifferentVocabulariesError(f"policies compare in the words of one vocabulary, and these have {names}")
    return first


def applying(
    vocabulary: Vocabulary, norms: Norms, given: Mapping[str, FactValue] = FrozenMap()
) -> tuple[tuple[Region, tuple[Truth, ...]], ...]:
    """Return in every region of the facts which of *norms* apply: a truth for each, in their order.

    Unknown is only what stays so whatever the facts are, as where a table leaves a derived fact unstated.

    Raises:
        TooManyRegionsError, TooManyContentsError: the conditions ask for more than is enumerated.
    """
    return coming_to(vocabulary, norms, lambda truths: truths, given)


def coming_to(
    vocabulary: Vocabulary,
    norms: Norms,
    outcome: Callable[[tuple[Truth, ...]], Outcome],
    given: Mapping[str, FactValue] = FrozenMap(),
) -> tuple[tuple[Region, Outcome], ...]:
    """Return in every region of the facts what it comes to that *norms* apply or not, by *outcome* of their truths.

    Where the conditions ask for more than is enumerated, z3 finds what it can come to, if that is installed: exactly as
    well, but then a region is only an example of where.

    Raises:
        TooManyRegionsError, TooManyContentsError: the conditions ask for more than is enumerated, and z3 is not
            installed, or does not settle it.
    """
    try:
        return enumerated(vocabulary, norms, outcome, given)
    except (TooManyRegionsError, TooManyContentsError):
        found = _solved(vocabulary, norms, outcome, given)
        if found is None:
            raise
        return found


def _solved(
    vocabulary: Vocabulary,
    norms: Norms,
    outcome: Callable[[tuple[Truth, ...]], Outcome],
    given: Mapping[str, FactValue],
) -> tuple[tuple[Region, Outcome], ...] | None:
    """Return each outcome with an example, as z3 finds them; ``None`` where it does not."""
    from policyengine.analysis.possible import possible  # which needs this module
    from policyengine.analysis.solver import UnsolvedError

    try:
        found = possible(vocabulary, norms, given, method="solver")
    except (MissingExtraError, UnsolvedError):
        return None
    examples = {outcome(each.truths): each.record for each in reversed(found)}
    return tuple((_example(record, given), each) for each, record in examples.items())


def _example(record: Record, given: Mapping[str, FactValue]) -> Region:
    values = [(name, value) for name, value in record.values.items() if name not in given]
    facts = tuple((name, (Cell(value, (value,)),)) for name, value in values)
    return Region(facts, tuple((name, (True,)) for name in sorted(record.happened)), example=True)


def enumerated(
    vocabulary: Vocabulary,
    norms: Norms,
    outcome: Callable[[tuple[Truth, ...]], Outcome],
    given: Mapping[str, FactValue] = FrozenMap(),
) -> tuple[tuple[Region, Outcome], ...]:
    """Return what :func:`coming_to` does, by enumeration alone.

    Raises:
        TooManyRegionsError, TooManyContentsError: the conditions ask for more than is enumerated.
    """
    conditions = [part for side, norm in norms for part in side.conditions((norm,))]
    facts = [side.facts(norm) for side, norm in norms]

    def ask(record: Record) -> Outcome | Open:
        truths = tuple(side.applies(norm, record) for side, norm in norms)
        missing = dict.fromkeys(
            name
            for names, truth in zip(facts, truths, strict=True)
            if truth is Truth.UNKNOWN
            for name in names
            if name not in record.values
        )
        return Open(tuple(missing)) if missing else outcome(truths)

    return partition(vocabulary, conditions, ask, given)
