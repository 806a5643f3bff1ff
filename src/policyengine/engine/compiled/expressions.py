"""Conditions as the text of an expression, for facts that are all known (S9)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from policyengine.model.base import Atom
    from policyengine.model.condition import Condition, FactTest
    from policyengine.model.vocabulary import FactType


class Untestable(Exception):  # noqa: N818 - no fault: the provision goes to the interpreter
    """A condition that no such expression says: about a list as a whole, or about what has happened."""


class Names(Protocol):
    """Gives out the names of an expression."""

    def name(self, letter: str, value: object) -> str:
        """Return the name of *value*."""
        ...

    def fact(self, name: str) -> str:
        """Return the variable that holds the fact *name*."""
        ...

    def kind(self, fact: str) -> tuple[FactType, tuple[str, ...] | None]:
        """Return what values *fact* takes: its type, and its named values."""
        ...


def expression(condition: Condition, names: Names) -> str:
    """Return *condition* as the text of a Python expression.

    Raises:
        Untestable: it asks about a list, or about what has happened.
    """
    if condition.happened is not None:
        raise Untestable
    parts = [_test(each, names) for each in condition.facts]
    parts += [f"({expression(each, names)})" for each in condition.all_ or ()]
    if condition.any_ is not None:
        parts.append("(" + " or ".join(f"({expression(each, names)})" for each in condition.any_) + ")")
    if condition.not_ is not None:
        parts.append(f"not ({expression(condition.not_, names)})")
    return " and ".join(parts) or "True"


def _test(test: FactTest, names: Names) -> str:
    kind, named = names.kind(test.fact)
    variable = names.fact(test.fact)
    if kind.many and isinstance(test.contains, str) and test.one_of is None:
        return f"{names.name('N', test.contains)} in {variable}"
    if kind.many or test.contains is not None:
        raise Untestable
    if named is not None:
        allowed = [each for at, each in enumerate(named) if _allows(test, at, named)]
        return f"{variable} in {names.name('S', frozenset(allowed))}"
    if kind.type == "boolean":
        return _boolean(test, variable)
    return _free(test, variable, names)


def _allows(test: FactTest, at: int, named: tuple[str, ...]) -> bool:
    if test.one_of is not None and named[at] not in [each for each in test.one_of if isinstance(each, str)]:
        return False
    holds = {
        "at_least": lambda bound: at >= bound,
        "at_most": lambda bound: at <= bound,
        "more_than": lambda bound: at > bound,
        "less_than": lambda bound: at < bound,
    }
    return all(holds[name](named.index(str(bound))) for name, bound in test.orders())


def _boolean(test: FactTest, variable: str) -> str:
    wanted = [each for each in (True, False) if test.one_of is None or any(each is one for one in test.one_of)]
    if test.orders() or len(wanted) != 1:
        raise Untestable
    return f"{variable} is {wanted[0]}"


def _free(test: FactTest, variable: str, names: Names) -> str:
    parts = []
    if test.one_of is not None:
        alike: list[Atom] = [each for each in test.one_of if not isinstance(each, bool)]
        parts.append(f"{variable} in {names.name('S', tuple(alike))}")
    signs = {"at_least": ">=", "at_most": "<=", "more_than": ">", "less_than": "<"}
    parts += [f"{variable} {signs[name]} {names.name('N', bound)}" for name, bound in test.orders()]
    return " and ".join(parts) or "True"
