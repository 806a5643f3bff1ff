"""Norms as formulas: a second way to tell which can apply together, exact where facts are too many to enumerate.

It shares no code with the reference. Conditions, exceptions and decision tables (S9, S10) are written down once, for
all records at a time; a solver finds the records.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from graphlib import TopologicalSorter
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Protocol

from policyengine.analysis.solver import Logic, Told, UnsolvedError
from policyengine.analysis.unknowns import Unknowns
from policyengine.model.frozen import FrozenMap
from policyengine.model.provision import UNSTATED, Provision

if TYPE_CHECKING:
    from policyengine.analysis.solver import Formula
    from policyengine.engine.matcher import Record
    from policyengine.model.base import Atom
    from policyengine.model.case import FactValue
    from policyengine.model.condition import Condition, FactTest, Truth
    from policyengine.model.provision import DecisionTable, Gap
    from policyengine.model.vocabulary import Vocabulary

MOST_EXPANDED = 4096
"""In so many ways may those derived facts come out that one condition asks about and that a table may leave open."""


class Ruled(Protocol):
    """What a norm stands among."""

    @property
    def provisions(self) -> tuple[Provision, ...]:
        """Return the provisions that may defeat it, and others."""
        ...

    @property
    def tables(self) -> Mapping[str, DecisionTable]:
        """Return the tables that derive facts, by fact."""
        ...


def solutions(
    vocabulary: Vocabulary,
    norms: Sequence[tuple[Ruled, Provision | Gap]],
    given: Mapping[str, FactValue] = FrozenMap(),
    *,
    most_combined: int,
) -> Iterator[tuple[Record, tuple[Truth, ...]]]:
    """Yield every combination of truths that *norms* can have, each once, with a record in which they have it.

    The record knows every fact that bears on the norms.

    Args:
        vocabulary: the facts with their values, the types of events with their kinds.
        norms: each with what it stands among.
        given: facts that are settled beforehand; one that is ``None`` is not known.
        most_combined: in so many ways may unsettled derived facts come out for each of them to be looked at; where
            there are more, all of them are unknown.

    Raises:
        MissingExtraError: z3 is not installed.
        UnsolvedError: z3 does not settle the question, or there is more to answer than is listed.
    """
    logic = Logic()
    unknowns = Unknowns(logic, vocabulary, given)
    sides: dict[int, _Norms] = {}
    told = []
    for side, norm in norms:
        if id(side) not in sides:
            sides[id(side)] = _Norms(logic, unknowns, side, most_combined)
        told.append(sides[id(side)].applies(norm))
    for solution, truths in logic.solutions(told, unknowns.bounds()):
        yield unknowns.record(solution), truths


class _Norms:
    """The norms of one side, and the facts that it derives."""

    def __init__(self, logic: Logic, unknowns: Unknowns, side: Ruled, most_combined: int) -> None:
        self._logic = logic
        self._unknowns = unknowns
        self._provisions = side.provisions
        self._tables = side.tables
        self._most_combined = most_combined
        asked = {name: [fact for fact in _asked(table) if fact in side.tables] for name, table in side.tables.items()}
        self._order = tuple(TopologicalSorter(asked).static_order())
        self._open = frozenset[str]()
        for name in self._order:
            self._open |= {name} if self._may_stay_open(self._tables[name]) else set()
        self._allowed: dict[str, Mapping[Atom, Formula]] = {}
        for stage, name in enumerate(self._order):
            self._allowed[name] = self._rows(self._tables[name], stage)

    def applies(self, norm: Provision | Gap) -> Told:
        """Return whether *norm* applies: it does by its own condition, and nothing defeats it."""
        defeating = [self._defeats(each, norm) for each in self._defeating(norm)] if isinstance(norm, Provision) else []
        return self._logic.conjunction([self._own(norm), *(each.negated() for each in defeating)])

    def _defeating(self, norm: Provision) -> tuple[Provision, ...]:
        return tuple(each for each in self._provisions if norm.id in (each.defeats or ()))

    def _defeats(self, one: Provision, norm: Provision) -> Told:
        """Return whether *one* defeats *norm*: if it is not in force all along, perhaps where its condition holds."""
        told = self._own(one)
        passing = one.upon or one.until or one.in_force or one.waived_by or self._defeating(one)
        if passing or one.scope != norm.scope:
            return Told(self._logic.constant(truth=False), told.false)
        return told

    def _own(self, norm: Provision | Gap) -> Told:
        exception = norm.unless if isinstance(norm, Provision) else None
        parts = [] if norm.when is None else [self._decided(norm.when, len(self._order))]
        parts += [] if exception is None else [self._decided(exception, len(self._order)).negated()]
        return self._logic.conjunction(parts)

    def _decided(self, condition: Condition, stage: int) -> Told:
        """Return what *condition* comes to whatever the facts are that tables leave open; unknown where that differs.

        At a *stage* so many tables have been looked at; if they leave too many combinations, their facts are unknown.
        """
        names = [name for name in condition.facts_asked() if name in self._open]
        if not names:
            return self._formula(condition, {})
        if prod(len(self._allowed[name]) for name in names) > MOST_EXPANDED:
            raise UnsolvedError(f"a condition asks about derived facts that come out in over {MOST_EXPANDED} ways")
        true, false = zip(*self._expanded(condition, names), strict=True)
        too_many = self._too_many(stage)
        alone = self._formula(condition, {})
        return Told(
            self._logic.either(too_many, alone.true, self._logic.all(true)),
            self._logic.either(too_many, alone.false, self._logic.all(false)),
        )

    def _expanded(self, condition: Condition, names: Sequence[str]) -> Iterator[Told]:
        """Yield what *condition* comes to for each choice of values of *names*, or anything if it is not allowed."""
        for chosen in product(*(self._allowed[name].items() for name in names)):
            told = self._formula(condition, {name: value for name, (value, _) in zip(names, chosen, strict=True)})
            refused = [self._logic.not_(allowed) for _, allowed in chosen]
            yield Told(self._logic.any((told.true, *refused)), self._logic.any((told.false, *refused)))

    def _formula(self, condition: Condition, chosen: Mapping[str, Atom]) -> Told:
        """Return the truth of *condition* with derived facts as *chosen*; others are unknown unless settled."""
        parts = [self._tested(test, chosen) for test in condition.facts]
        parts += [self._formula(each, chosen) for each in condition.all_ or ()]
        if condition.any_ is not None:
            parts.append(self._logic.disjunction([self._formula(each, chosen) for each in condition.any_]))
        if condition.not_ is not None:
            parts.append(self._formula(condition.not_, chosen).negated())
        if condition.happened is not None:
            parts.append(self._unknowns.happened(condition.happened))
        return self._logic.conjunction(parts)

    def _tested(self, test: FactTest, chosen: Mapping[str, Atom]) -> Told:
        if test.fact not in self._tables:
            return self._unknowns.asked(test)
        if test.fact in chosen:
            return self._told(test, chosen[test.fact])
        told = [(self._alone(test.fact, value), self._told(test, value)) for value in self._allowed[test.fact]]
        true = self._logic.any(self._logic.all((alone, each.true)) for alone, each in told)
        return Told(true, self._logic.any(self._logic.all((alone, each.false)) for alone, each in told))

    def _told(self, test: FactTest, value: Atom) -> Told:
        return self._unknowns.told(test, None if value == UNSTATED else value)

    def _alone(self, name: str, value: Atom) -> Formula:
        """Return when *value* is all that the table of *name* allows."""
        others = [self._logic.not_(each) for other, each in self._allowed[name].items() if other != value]
        return self._logic.all((self._allowed[name][value], *others))

    def _rows(self, table: DecisionTable, stage: int) -> Mapping[Atom, Formula]:
        """Return for each value of a derived fact when its table allows it."""
        told = [self._decided(row.when, stage) for row in table.rows]
        found: dict[Atom, list[Formula]] = {}
        reached = self._logic.constant(truth=True)
        for row, each in zip(table.rows, told, strict=True):
            found.setdefault(row.then, []).append(self._logic.all((reached, self._logic.not_(each.false))))
            if not table.unique_hit:
                reached = self._logic.all((reached, self._logic.not_(each.true)))
        none = self._logic.all(self._logic.not_(each.true) for each in told)
        found.setdefault(table.else_, []).append(none)
        return {value: self._logic.any(when) for value, when in found.items()}

    def _may_stay_open(self, table: DecisionTable) -> bool:
        """Tell whether *table* may allow several values at once."""
        results = {row.then for row in table.rows}
        if table.unique_hit and len(results) > 1:
            return True
        return len(results | {table.else_}) > 1 and any(self._may_be_unknown(name) for name in _asked(table))

    def _may_be_unknown(self, name: str) -> bool:
        if name not in self._tables:
            return not self._unknowns.known(name)
        return name in self._open or self._tables[name].else_ == UNSTATED

    def _too_many(self, stage: int) -> Formula:
        """Return when the tables before *stage* leave more combinations than are looked at."""
        products = {1: self._logic.constant(truth=True)}
        tables = [self._allowed[name] for name in self._order[:stage] if name in self._open]
        if prod(map(len, tables)) <= self._most_combined:
            return self._logic.constant(truth=False)
        for allowed in tables:
            sizes = {count: self._logic.exactly(count, allowed.values()) for count in range(1, len(allowed) + 1)}
            ways: dict[int, list[Formula]] = {}
            for (number, before), (count, size) in product(products.items(), sizes.items()):
                more = min(number * count, self._most_combined + 1)
                ways.setdefault(more, []).append(self._logic.all((before, size)))
            products = {number: self._logic.any(each) for number, each in ways.items()}
        return products[self._most_combined + 1]


def _asked(table: DecisionTable) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for row in table.rows for name in row.when.facts_asked()))
