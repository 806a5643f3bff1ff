"""What no annotation of a model says: which keys of a mapping go together, and which do not.

The loader has these rules in code; here they are said again so that an editor shows a slip while it is made.
"""

from __future__ import annotations

from types import MappingProxyType

from policyengine.loading.deadlines import COMPOSITES, KINDS, OF_ONE_LIMIT
from policyengine.loading.provisions import OF_WHAT_IS_OWED
from policyengine.loading.recurrence import FORMS, NEEDS, NEVER_RECURRING
from policyengine.loading.schema_parts import Schema, ref
from policyengine.loading.schema_words import described
from policyengine.loading.tables import SUBJECTS
from policyengine.model.happening import Outcome
from policyengine.model.provision import Strength
from policyengine.temporal.limit import CAPS, Unit
from policyengine.wording import Wording

SPLIT = "split"
"""The definition of a mapping that a reading decides."""
_TAKEN = described(Wording("同组的另一键已写明", "another key of its group stands here already"))

DEFINITIONS: MappingProxyType[str, Schema] = MappingProxyType(
    {
        SPLIT: {"type": "object", "required": ["reading"]},
        "given": {"not": ref(SPLIT)},
        "left_open": {"type": "object", "required": ["reading"], "errorMessage": _TAKEN},
    }
)

_EXACTLY_ONE = MappingProxyType(
    {
        "Provision": tuple(each.value for each in Strength),
        "Happening": ("event", *(each.value for each in Outcome)),
        "Deadline": KINDS,
        "Recurrence": FORMS,
        "DecisionTable": SUBJECTS,
        "Within": tuple(each.value for each in Unit),
        "Until": ("any", "all"),
        "FactType": ("type", "scale", "choices"),
    }
)
_AT_LEAST_ONE = MappingProxyType(
    {"Provision": ("bearer", Strength.MUST_NOT.value), "Clause": ("provisions", "gaps", "disposition")}
)
_AT_ODDS: MappingProxyType[str, tuple[tuple[str, tuple[str, ...]], ...]] = MappingProxyType(
    {
        "Provision": (
            ("deadline", ("standing",)),
            ("every", NEVER_RECURRING),
            *((strength.value, OF_WHAT_IS_OWED) for strength in (Strength.MAY, Strength.MUST_NOT)),
        ),
        "Happening": tuple((outcome.value, ("where",)) for outcome in Outcome),
        "Deadline": (("before", ("of",)), ("promptly", ("when",)), *((word, OF_ONE_LIMIT) for word in COMPOSITES)),
    }
)
"""A key, and those that cannot stand beside it."""

_MORE: MappingProxyType[str, tuple[Schema, ...]] = MappingProxyType(
    {
        "Clause": (
            {
                "if": {"required": ["at_hand"], "properties": {"at_hand": {"const": False}}},
                "then": {"properties": {"digest": {"not": {}, "errorMessage": _TAKEN}}},
                "else": {"required": ["digest"]},
            },
            {
                "if": {"required": ["disposition"], "properties": {"disposition": {"const": "non_operational"}}},
                "then": {"required": ["note"]},
            },
        )
    }
)
"""Rules about the value of a key."""


_NEEDS: MappingProxyType[str, tuple[tuple[str, str], ...]] = MappingProxyType(
    {"Provision": (*NEEDS, ("in_person", "bearer"))}
)
"""A key, and the one that it says nothing without."""


def always(model: str) -> list[Schema]:
    """Return what holds of the keys of a *model*, however many of them a reading may still add."""
    keys = _EXACTLY_ONE.get(model, ())
    groups = [(key, keys[place:]) for place, key in enumerate(keys[:-1], start=1)]
    return [_excludes(key, others) for key, others in (*groups, *_AT_ODDS.get(model, ()))]


def at_last(model: str) -> list[Schema]:
    """Return what holds of the keys of a *model* once all of them are there."""
    groups = (_EXACTLY_ONE.get(model), _AT_LEAST_ONE.get(model))
    given: list[Schema] = [{"anyOf": [{"required": [key]} for key in keys]} for keys in groups if keys]
    needed: list[Schema] = [{"dependentRequired": {key: [other]}} for key, other in _NEEDS.get(model, ())]
    return [*given, *needed, *_MORE.get(model, ())]


def ruled(model: str, schema: Schema) -> Schema:
    """Return the *schema* of a *model* that no reading touches, with its rules."""
    rules = [*always(model), *at_last(model)]
    return {**schema, "allOf": rules} if rules else schema


def bounded(unit: str, schema: Schema) -> Schema:
    """Return the *schema* of a number of *unit*, with the bounds that the loader sets to lengths."""
    bounds = {"minimum": 1, "maximum": CAPS[Unit(unit)]}
    return {**schema, **bounds}


def _excludes(key: str, others: tuple[str, ...]) -> Schema:
    # What a reading decides may come to nothing, so it excludes nothing and is not excluded.
    given = {"required": [key], "properties": {key: ref("given")}}
    return {"if": given, "then": {"properties": dict.fromkeys(others, ref("left_open"))}}
