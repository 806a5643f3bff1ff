"""Conditions as a file writes them: facts as keys, each with a value, a list of values, or tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from policyengine.loading.schema_parts import ATOM, Schema, alternatives, any_of, array, ref, target
from policyengine.loading.schema_readings import choice, mapping, node
from policyengine.loading.schema_vocabulary import VALUES
from policyengine.loading.schema_words import KEYS, described

TEST = node("test")
CONDITION = node("Condition")


def conditions(keys: Mapping[str, Schema], facts: Mapping[str, Schema]) -> dict[str, Schema]:
    """Return the definitions of conditions.

    Args:
        keys: the definitions of the keys that are not facts, by key.
        facts: what is offered for each fact.
    """
    found = dict(_tests(TEST, ()))
    known = dict(keys)
    for name, values in facts.items():
        test = node("test", _family(name, values))
        found |= _tests(test, alternatives(values))
        known[name] = {"description": values["description"], **ref(test)}
    return {**found, CONDITION: _condition(known)}


def _family(name: str, values: Schema) -> str:
    """Return the name that facts with the same *values* share."""
    shared = {target(each) or "" for each in alternatives(values)}
    return shared.pop().removeprefix(VALUES) if len(shared) == 1 else f"fact.{name}"


def _condition(known: Mapping[str, Schema]) -> Schema:
    # Beside a reading, a key that nobody knows is a fact or one of its options; one that adds nothing is `{}`.
    option = any_of(ref(TEST), ref(CONDITION), {"type": "object", "maxProperties": 0})
    return mapping(known, option, ref(TEST), minProperties=1)


def _tests(name: str, values: tuple[Schema, ...]) -> Iterator[tuple[str, Schema]]:
    """Yield the definition *name* of what is asked of a fact that has *values*, and that of one value in it."""
    plain, value = any_of(*values, ATOM), ref(f"{name}.value")
    yield f"{name}.value", any_of(plain, choice(value))
    tests = {key: {"description": described(wording), **value} for key, wording in KEYS["FactTest"].items()}
    yield name, any_of(plain, array(value, 1), mapping(tests, ref(name), minProperties=1))
