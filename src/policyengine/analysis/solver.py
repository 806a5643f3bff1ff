"""z3, the one way into it: formulas, and all combinations of truths that they can have together.

A question is put in a context of its own, so that threads do not meet. What z3 does not settle is an error, never an
answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from policyengine.errors import MissingExtraError
from policyengine.model.condition import Truth

if TYPE_CHECKING:
    from fractions import Fraction
    from types import ModuleType

    import z3

    Formula: TypeAlias = z3.BoolRef
    Term: TypeAlias = z3.ArithRef

MOST_STEPS = 20_000_000
"""So much work is z3 given to find one combination more, in its own count (`rlimit`), the same on every machine."""
MOST_FOUND = 20_000
"""So many combinations of truths are listed; where there are more, the question is refused."""


class UnsolvedError(ValueError):
    """z3 came to no answer with the work that it is given, or there is more to answer than is listed."""


class Told(NamedTuple):
    """When something is true, and when it is false; unknown otherwise."""

    true: Formula
    false: Formula

    def negated(self) -> Told:
        """Return the opposite; unknown stays unknown."""
        return Told(self.false, self.true)


class Logic:
    """Makes formulas, all of one question."""

    def __init__(self) -> None:
        """Start without formulas.

        Raises:
            MissingExtraError: z3 is not installed.
        """
        self._z3 = _module()
        self._context = self._z3.Context()

    def constant(self, truth: bool) -> Formula:  # noqa: FBT001 - the truth is the point
        """Return a formula that always holds, or never."""
        return self._z3.BoolVal(truth, self._context)

    def flag(self, name: str) -> Formula:
        """Return what may hold or not."""
        return self._z3.Bool(name, self._context)

    def whole(self, name: str) -> Term:
        """Return what may be any whole number."""
        return self._z3.Int(name, self._context)

    def real(self, name: str) -> Term:
        """Return what may be any real number."""
        return self._z3.Real(name, self._context)

    def number(self, value: Fraction) -> Term:
        """Return *value* itself."""
        return self._z3.RealVal(str(value), self._context)

    def all(self, parts: Iterable[Formula]) -> Formula:
        """Return when all of *parts* hold."""
        return self._z3.And([*parts, self.constant(truth=True)])

    def any(self, parts: Iterable[Formula]) -> Formula:
        """Return when at least one of *parts* holds."""
        return self._z3.Or([*parts, self.constant(truth=False)])

    def not_(self, part: Formula) -> Formula:
        """Return when *part* does not hold."""
        return self._z3.Not(part)

    def either(self, condition: Formula, one: Formula, other: Formula) -> Formula:
        """Return *one* where *condition* holds, *other* where it does not."""
        return self._z3.If(condition, one, other)

    def exactly(self, count: int, parts: Iterable[Formula]) -> Formula:
        """Return when *count* of *parts* hold and the others do not."""
        return self._z3.PbEq([(each, 1) for each in parts], count)

    def settled(self, truth: Formula) -> Told:
        """Return what is true when *truth* holds, and false otherwise."""
        return Told(truth, self.not_(truth))

    def unknown(self) -> Told:
        """Return what is neither true nor false."""
        return Told(self.constant(truth=False), self.constant(truth=False))

    def conjunction(self, parts: Sequence[Told]) -> Told:
        """Return false if any is false, true if all are true (Kleene)."""
        return Told(self.all(each.true for each in parts), self.any(each.false for each in parts))

    def disjunction(self, parts: Sequence[Told]) -> Told:
        """Return true if any is true, false if all are false (Kleene)."""
        return self.conjunction([each.negated() for each in parts]).negated()

    def solutions(
        self, asked: Sequence[Told], bounds: Iterable[Formula]
    ) -> Iterator[tuple[Solution, tuple[Truth, ...]]]:
        """Yield every combination of truths that *asked* can have while *bounds* hold, each once, with a solution.

        Raises:
            UnsolvedError: z3 does not settle whether there is another, or there are more than :data:`MOST_FOUND`.
        """
        solver = self._z3.Solver(ctx=self._context)
        solver.add(*bounds)
        simple = [Told(*map(self._z3.simplify, each)) for each in asked]
        keys = [(each.true.get_id(), each.false.get_id()) for each in simple]  # alike where the formulas are
        named = {key: self._named(each, solver) for key, each in dict(zip(keys, simple, strict=True)).items()}
        found = 0
        while (solution := self._next(solver)) is not None:
            found += 1
            if found > MOST_FOUND:
                raise UnsolvedError(f"more than {MOST_FOUND} combinations of truths are possible")
            truths = {key: solution.truth(each) for key, each in named.items()}
            yield solution, tuple(truths[key] for key in keys)
            solver.add(self.any(other for key, truth in truths.items() for other in self._others(named[key], truth)))

    def _named(self, told: Told, solver: z3.Solver) -> Told:
        """Return a name for each formula of *told*, which *solver* then knows."""
        names = Told(*(self.flag(f"named:{each.get_id()}") for each in told))
        solver.add(*(name == each for name, each in zip(names, told, strict=True)))
        return names

    def _next(self, solver: z3.Solver) -> Solution | None:
        solver.set("rlimit", MOST_STEPS)
        answer = solver.check()
        if answer == self._z3.unsat:
            return None
        if answer != self._z3.sat:
            raise UnsolvedError(
                f"z3 does not settle within {MOST_STEPS} steps which truths are possible together"
                f" ({solver.reason_unknown()})"
            )
        return Solution(self._z3, solver.model())

    def _others(self, told: Told, truth: Truth) -> tuple[Formula, ...]:
        """Return formulas of which one holds where the truth is another one."""
        if truth is Truth.UNKNOWN:
            return told
        return (self.not_(told.true if truth is Truth.TRUE else told.false),)


class Solution:
    """One way in which everything can be; what does not matter is some way or other."""

    def __init__(self, module: ModuleType, model: z3.ModelRef) -> None:
        """Read from *model*."""
        self._z3 = module
        self._model = model

    def holds(self, formula: Formula) -> bool:
        """Tell whether *formula* holds."""
        return bool(self._z3.is_true(self._model.eval(formula, model_completion=True)))

    def fraction(self, term: Term) -> Fraction:
        """Return the number that *term* is."""
        found: Fraction = self._model.eval(term, model_completion=True).as_fraction()
        return found

    def whole(self, term: Term) -> int:
        """Return the whole number that *term* is."""
        found: int = self._model.eval(term, model_completion=True).as_long()
        return found

    def truth(self, told: Told) -> Truth:
        """Return what *told* comes to."""
        true, false = self.holds(told.true), self.holds(told.false)
        if true and false:
            raise AssertionError("a solution has something that is both true and false")
        return Truth.TRUE if true else Truth.FALSE if false else Truth.UNKNOWN


def _module() -> ModuleType:
    try:
        import z3
    except ImportError as error:
        raise MissingExtraError(
            "facts that are too many to enumerate need z3: install `regulatory-duties[solver]`"
        ) from error
    module: ModuleType = z3
    return module
