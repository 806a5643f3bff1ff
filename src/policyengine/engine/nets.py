"""Conditions as rules over coded fields: a net for each that fires when it is certainly true, one when certainly false.

Negation is pushed down to the literals (Kleene): a literal about an unknown fact is in neither net, so that where
neither fires the condition is unknown. A net is a set of rules, of which any may fire; a rule is a conjunction of
literals. Where a disjunction stands inside a conjunction, or a rule would grow too long, the part gets rules of its
own and a derived field: 1 where they fired and 0 elsewhere, known one round later.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING

from policyengine.engine.interning import Always, Codes, Contains, Happened, Question, Values, typed

if TYPE_CHECKING:
    from policyengine.engine.matcher import Record
    from policyengine.model.base import Atom
    from policyengine.model.condition import Condition, FactTest
    from policyengine.model.vocabulary import Vocabulary

MOST_LITERALS = 16
"""In one rule; a longer one is split."""
MOST_HOLES = 8
"""Codes that a literal may leave out one by one; one with more is split."""

YES, NO = frozenset({1}), frozenset({0})

Row = dict[int, int]
"""What one record knows: codes by field."""


@dataclass(frozen=True, slots=True)
class Among:
    """A literal: *field* is known, and its code is one of *codes*."""

    field: int
    codes: Codes


@dataclass(frozen=True, slots=True)
class Every:
    """A conjunction; without parts it is true."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """A disjunction; without parts it is false."""

    parts: tuple[Formula, ...]


Formula = Among | Every | Some
Rule = tuple[Among, ...]
"""A conjunction of literals, none of which needs more than a range with a few holes."""


class Fields:
    """The fields of the nets: one for each question, and derived ones."""

    def __init__(self) -> None:
        """Start without fields."""
        self.tops: list[int] = []
        self.rounds: list[int] = []
        self._of: dict[Question, int] = {}

    def of(self, question: Question) -> int:
        """Return the field of *question*."""
        if question not in self._of:
            self._of[question] = self.add(question.top, known_after=0)
        return self._of[question]

    def add(self, top: int, *, known_after: int) -> int:
        """Return a new field with codes up to *top*, known after so many rounds."""
        self.tops.append(top)
        self.rounds.append(known_after)
        return len(self.tops) - 1

    def row(self, record: Record) -> Row:
        """Return what *record* knows."""
        codes = ((field, question.code(record)) for question, field in self._of.items())
        return {field: code for field, code in codes if code is not None}


class Reader:
    """Turns conditions into formulas over `fields`."""

    def __init__(self, conditions: Sequence[Condition], vocabulary: Vocabulary) -> None:
        """Collect what *conditions* name; kinds and scales come from *vocabulary*."""
        self.fields = Fields()
        self._vocabulary = vocabulary
        self._values = {fact: self._question(fact, named) for fact, named in _named(conditions).items()}

    def _question(self, fact: str, named: Iterable[Atom]) -> Values:
        kind = self._vocabulary.facts.get(fact)
        scale = None if kind is None or kind.scale is None else self._vocabulary.values(kind)
        return Values(fact, named, scale or ())

    def net(self, condition: Condition, *, wanted: bool) -> Formula:
        """Return when *condition* is certainly true, or certainly false if that is *wanted*."""
        parts = [self._test(test, wanted=wanted) for test in condition.facts]
        parts += [self.net(each, wanted=wanted) for each in condition.all_ or ()]
        if condition.any_ is not None:
            parts.append(_joined([self.net(each, wanted=wanted) for each in condition.any_], every=not wanted))
        if condition.not_ is not None:
            parts.append(self.net(condition.not_, wanted=not wanted))
        if condition.happened is not None:
            parts.append(self._happened(condition.happened, wanted=wanted))
        return _joined(parts, every=wanted)

    def _happened(self, names: Iterable[str], *, wanted: bool) -> Formula:
        fields = [self.fields.of(Happened(self._vocabulary.kinds(name))) for name in names]
        return _joined([Among(field, YES if wanted else NO) for field in fields], every=not wanted)

    def _test(self, test: FactTest, *, wanted: bool) -> Formula:
        parts = []
        if test.contains is not None:
            parts.append(Among(self.fields.of(Contains(test.fact, typed(test.contains))), YES if wanted else NO))
        if test.contains is None or test.one_of is not None or test.orders():
            question = self._values[test.fact]
            codes = reduce(frozenset.intersection, _allowed(test, question), question.every)
            parts.append(Among(self.fields.of(question), codes if wanted else question.every - codes))
        return _joined(parts, every=wanted)


def _allowed(test: FactTest, question: Values) -> Iterator[Codes]:
    if test.one_of is not None:
        yield question.among(test.one_of)
    for operator, bound in test.orders():
        yield question.ordered(operator, bound)


def _named(conditions: Sequence[Condition]) -> dict[str, list[Atom]]:
    found: dict[str, list[Atom]] = {}
    for test in (test for condition in conditions for part in condition.parts() for test in part.facts):
        bounds = [bound for _, bound in test.orders()]
        found.setdefault(test.fact, []).extend([*(test.one_of or ()), *bounds])
    return found


def _joined(parts: Sequence[Formula], *, every: bool) -> Formula:
    if len(parts) == 1:
        return parts[0]
    return Every(tuple(parts)) if every else Some(tuple(parts))


class Nets:
    """The rules of all nets, by round: each with the derived fields that it makes 1."""

    def __init__(self, fields: Fields) -> None:
        """Derive from *fields*."""
        self.rounds: list[dict[Rule, list[int]]] = []
        self._fields = fields
        self._derived: dict[Formula, int] = {}

    def derive(self, formula: Formula) -> int:
        """Return the field that is 1 where *formula* is certainly true."""
        if formula not in self._derived:
            rules = [self._rule(each) for each in _alternatives(formula)]
            place = max((self._fields.rounds[each.field] for rule in rules for each in rule), default=0)
            field = self._fields.add(1, known_after=place + 1)
            self.rounds += [{} for _ in range(place + 1 - len(self.rounds))]
            for rule in rules:
                self.rounds[place].setdefault(rule, []).append(field)
            self._derived[formula] = field
        return self._derived[formula]

    def _rule(self, formula: Formula) -> Rule:
        """Return *formula*, which is no disjunction, as one rule."""
        found: dict[int, Codes] = {}
        for literal in self._literals(formula):
            found[literal.field] = found.get(literal.field, literal.codes) & literal.codes
        rule = tuple(self._simple(Among(field, codes)) for field, codes in sorted(found.items()))
        while len(rule) > MOST_LITERALS:
            rule = tuple(self._flag(Every(part)) for part in _chunks(rule, MOST_LITERALS))
        return rule or (Among(self._fields.of(Always()), NO),)

    def _literals(self, formula: Formula) -> Iterator[Among]:
        if isinstance(formula, Among):
            yield formula
        elif isinstance(formula, Every):
            for part in formula.parts:
                yield from self._literals(part)
        else:
            yield self._flag(formula)

    def _simple(self, literal: Among) -> Among:
        # A literal that no code satisfies has no piece: its flag is never set.
        return literal if len(_pieces(literal.codes)) == 1 else self._flag(literal)

    def _flag(self, formula: Formula) -> Among:
        return Among(self.derive(formula), YES)


def _alternatives(formula: Formula) -> list[Formula]:
    if isinstance(formula, Some):
        return [each for part in formula.parts for each in _alternatives(part)]
    if isinstance(formula, Among):
        return [Among(formula.field, piece) for piece in _pieces(formula.codes)]
    return [formula]


def _pieces(codes: Codes) -> list[Codes]:
    """Return *codes* in parts of which each is a range with at most so many holes."""
    pieces: list[list[int]] = []
    holes = 0
    for code in sorted(codes):
        holes += code - pieces[-1][-1] - 1 if pieces else 0
        if not pieces or holes > MOST_HOLES:
            pieces.append([])
            holes = 0
        pieces[-1].append(code)
    return [frozenset(piece) for piece in pieces]


def _chunks(rule: Rule, size: int) -> Iterator[Rule]:
    return (rule[start : start + size] for start in range(0, len(rule), size))
