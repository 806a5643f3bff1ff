"""How each fact that conditions ask is coded, or why it cannot be."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from policyengine.engine.columns import reasons
from policyengine.engine.columns.coding import UNKNOWN, Coding, Kind
from policyengine.engine.columns.programs import CODES, MANY_VALUES
from policyengine.engine.reference.conditions import same

if TYPE_CHECKING:
    from policyengine.model.base import Atom
    from policyengine.model.condition import Condition, FactTest
    from policyengine.model.policy import Policy
    from policyengine.wording import Wording

EXACT = 1 << 53
"""Beyond it a float of 64 bits does not hold every whole number."""


def codings(policy: Policy, conditions: Iterable[Condition]) -> dict[str, Coding | Wording]:
    """Return for each fact that *conditions* ask how it is coded; the reason where it cannot be."""
    asked: dict[str, list[FactTest]] = {}
    for condition in conditions:
        for part in condition.parts():
            for test in part.facts:
                asked.setdefault(test.fact, []).append(test)
    return {name: _coding(policy, name, asked[name]) for name in policy.vocabulary.facts if name in asked}


def _coding(policy: Policy, name: str, tests: list[FactTest]) -> Coding | Wording:
    kind = policy.vocabulary.facts[name]
    values = _distinct(value for test in tests for value in _asked(test))
    if kind.many:
        if len(values) > MANY_VALUES or any(test.contains is None or _others(test) for test in tests):
            return reasons.MANY_CODES
        return _presumed(policy, Coding(name, Kind.MANY, values))
    named = (False, True) if kind.type == "boolean" else policy.vocabulary.values(kind)
    if named is not None:
        found = Coding(name, Kind.PLACE, named, ordered=kind.scale is not None)
    elif kind.type == "number":
        if any(abs(value) > EXACT for value in values):  # type: ignore[arg-type]  # numbers alone
            return reasons.INEXACT
        found = Coding(name, Kind.NUMBER, tuple(sorted(values)), ordered=True)
    else:
        found = Coding(name, Kind.TEXT, values)
    return _presumed(policy, found) if found.size <= CODES else reasons.MANY_CODES


def _presumed(policy: Policy, coding: Coding) -> Coding:
    presumed = policy.header.presume.get(coding.fact)
    code = UNKNOWN if presumed is None else coding.code(presumed)
    return Coding(coding.fact, coding.kind, coding.values, code, coding.ordered)


def _asked(test: FactTest) -> tuple[Atom, ...]:
    bounds = tuple(value for _, value in test.orders())
    return (*(test.one_of or ()), *bounds, *((test.contains,) if test.contains is not None else ()))


def _others(test: FactTest) -> bool:
    return test.one_of is not None or bool(test.orders())


def _distinct(values: Iterable[Atom]) -> tuple[Atom, ...]:
    found: list[Atom] = []
    for value in values:
        if not any(same(value, each) for each in found):
            found.append(value)
    return tuple(found)
