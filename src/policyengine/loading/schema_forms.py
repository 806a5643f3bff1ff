"""A model -> the schema of what a file may write for it: short forms, closed tables, names offered, keys described."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from pydantic.json_schema import GenerateJsonSchema

from policyengine.loading.case import ASKED
from policyengine.loading.examples import ENTRY, INSTANTS, ROW, provision_named
from policyengine.loading.names import ROLE_ATTRIBUTES
from policyengine.loading.provisions import MEANS
from policyengine.loading.schema_parts import (
    ATOM,
    NULL,
    Schema,
    alternatives,
    any_of,
    array,
    child,
    children,
    enumerated,
    named,
    ref,
)
from policyengine.loading.schema_rules import bounded
from policyengine.loading.schema_vocabulary import DATE, Offer
from policyengine.loading.schema_words import KEYS, described, said
from policyengine.model.base import listed
from policyengine.model.provision import UNSTATED
from policyengine.wording import Wording

if TYPE_CHECKING:
    from pydantic import BaseModel
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import core_schema

_LISTED = "x-listed"

_TOP = {"policy": "policy", "time_zone": "zone"}
_ROWS = ("ExpectEntry", "OtherReadingEntry")

NAMES = MappingProxyType(
    {
        **{("Provision", key): "act" for key in ("must", "should", "may", "must_not")},
        **{("Provision", key): "role" for key in ("bearer", "to")},
        **{("Until", key): "event" for key in ("any", "all")},
        ("Gap", "acts"): "act",
        ("Topic", "acts"): "act",
        ("Happening", "event"): "event",
        ("Condition", "happened"): "event",
        ("Deadline", "before"): "event",
        ("DecisionTable", "assigns"): "role",
        ("DecisionTable", "derives"): "fact",
        ("Grading", "fact"): "fact",
        ("Grade", "reference"): "grade",
        ("Header", "vocabulary"): "vocabulary",
        ("Header", "calendar"): "calendar",
        ("Header", "implements"): "policy",
        ("Header", "time_zone"): "zone",
        ("CaseFile", "policy"): "policy",
        ("CaseFile", "time_zone"): "zone",
        **{("CaseFile", key): "instant" for key in ASKED},
        **{(model, key): name for model in ("WholeExample", "ExampleFile") for key, name in _TOP.items()},
        **{("WholeExample", key): "instant" for key in ASKED},
        **{("AskEntry", key): "instant" for key in ("as_of", "known_at")},
        **{(model, key): "instant" for model in _ROWS for key in ROW if key in INSTANTS},
        **{("WorklistExpectation", key): "instant" for key in ENTRY if key in INSTANTS},
        **{(model, key): "role" for model in _ROWS for key in ("bearer", "assigned", "candidates", "to")},
        **{("WorklistExpectation", key): "role" for key in ("bearer", "to")},
        **{(model, "act"): "act" for model in (*_ROWS, "WorklistExpectation")},
        **{(model, "policy"): "policy" for model in ("ExpectEntry", "AbsentEntry")},
        ("EventEntry", "type"): "event",
        **{("EventEntry", key): "role" for key in ("by", "to")},
        **{("EventEntry", key): "instant" for key in ("at", "recorded_at")},
    }
)
"""The definition that says which texts a key takes, where the model only says that it takes text."""

TABLES: Mapping[tuple[str, str], Callable[[Offer], Mapping[str, Schema]]] = {
    ("Header", "presume"): lambda offer: offer.facts,
    ("CaseFile", "facts"): lambda offer: offer.facts,
    ("WholeExample", "facts"): lambda offer: offer.facts,
    ("AskEntry", "given"): lambda offer: offer.facts,
    ("OtherReadingEntry", "given"): lambda offer: offer.facts,
    **{(model, "key"): lambda offer: offer.attributes for model in _ROWS},
    ("EventEntry", "sets"): lambda offer: offer.facts,
    ("EventEntry", "attributes"): lambda offer: offer.attributes,
    ("Happening", "where"): lambda offer: {**_roles(), **offer.attributes},
}
"""Tables, with what is offered for the names that are known."""

_UNSTATED = enumerated({UNSTATED: described(Wording("文本未写明", "the text does not say"))})

OFFERED: Mapping[tuple[str, str], Callable[[Offer], tuple[Schema, ...]]] = {
    ("Provision", MEANS): lambda offer: alternatives(offer.attributes.get(MEANS, {})),
    ("Provision", "key"): lambda offer: (_attributes(offer),),
    ("Row", "then"): lambda _: (ref("role"),),
    ("DecisionTable", "else"): lambda _: (ref("role"), _UNSTATED),
}
"""What is offered beside the values that the model allows already."""


class _Written(GenerateJsonSchema):
    """pydantic's generator for what people write: a key without a value is a slip.

    It says of every list whether one value may stand for it.
    """

    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> JsonSchemaValue:
        found = super().function_before_schema(schema)
        if schema["function"]["function"] is provision_named:
            return any_of({"type": "string"}, found)
        return {**found, _LISTED: True} if schema["function"]["function"] is listed else found

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        found = self.generate_inner(schema["schema"])
        default = schema.get("default")
        return {**found, "default": default} if isinstance(default, str | int) else found

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])


class _Exported(_Written):
    """The generator for what programs write too: `null` says that something is not given."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return any_of(self.generate_inner(schema["schema"]), NULL)


def forms(model: type[BaseModel], offer: Offer, *, nulls: bool = False) -> dict[str, Schema]:
    """Return the schemas of *model* and of every model inside it, by the names of their classes.

    Args:
        model: the model.
        offer: the names that are offered.
        nulls: whether `null` may stand for "not given".
    """
    raw: Schema = model.model_json_schema(schema_generator=_Exported if nulls else _Written)
    models = {model.__name__: raw, **named(raw, "$defs")}
    return {name: _form(name, schema, offer) for name, schema in models.items()}


def described_key(model: str, key: str, schema: Schema) -> Schema:
    """Return *schema* with what the *key* of a *model* is for."""
    wording = KEYS.get(model, {}).get(key)
    return schema if wording is None else said(schema, wording)


def _roles() -> dict[str, Schema]:
    return {name: described_key("EventEntry", name, ref("role")) for name in ROLE_ATTRIBUTES}


def _attributes(offer: Offer) -> Schema:
    known = {**_roles(), **offer.attributes}
    return enumerated({name: str(each.get("description", "")) for name, each in known.items()})


def _form(name: str, raw: Schema, offer: Offer) -> Schema:
    if "properties" not in raw:
        return _written(raw, None)
    keys = {key: _key(name, key, schema, offer) for key, schema in named(raw, "properties").items()}
    needed: Schema = {key: raw[key] for key in ("required", "anyOf") if key in raw}
    return {"type": "object", "properties": keys, **needed, "additionalProperties": False}


def _key(model: str, key: str, raw: Schema, offer: Offer) -> Schema:
    place = (model, key)
    schema = _written(raw, NAMES.get(place))
    if place in OFFERED:
        schema = _offering(schema, any_of(*OFFERED[place](offer)))
    if model == "Within":
        schema = bounded(key, schema)
    if place in TABLES:
        schema["properties"] = {name: _known(schema, each) for name, each in TABLES[place](offer).items()}
    return described_key(model, key, schema)


def _known(table: Schema, values: Schema) -> Schema:
    """Return what is offered for one known name of a *table*; the table's own patterns say what is allowed."""
    (allowed,) = named(table, "patternProperties").values()
    more = {"description": values["description"]} if "description" in values else {}
    return {**more, **_offering(allowed, values)}


def _offering(allowed: Schema, values: Schema) -> Schema:
    """Return *allowed* with *values*, and lists of them, to choose from."""
    value = any_of(*alternatives(values))
    return any_of(value, array(value), *alternatives(allowed))


def _written(raw: Schema, name: str | None) -> Schema:
    """Return *raw* in our form; texts in it are as the definition *name* says."""
    kind = raw.get("type")
    if "anyOf" in raw:
        more = {"default": raw["default"]} if "default" in raw else {}
        return any_of(*(_written(each, name) for each in children(raw, "anyOf")), **more)
    if isinstance(kind, list):  # the types of a value of a fact
        return any_of(ATOM, *((NULL,) if "null" in kind else ()))
    if "patternProperties" in raw:
        return _table(raw, name)
    return _list(raw, name) if kind == "array" else _text(raw, name)


def _text(raw: Schema, name: str | None) -> Schema:
    """Return a text, or whatever else has no parts."""
    if raw.get("type") == "string" and "enum" not in raw and name is not None:
        return ref(name)
    date = {"pattern": DATE} if raw.get("format") == "date" else {}
    return {**{key: value for key, value in raw.items() if key not in {"title", "description"}}, **date}


def _list(raw: Schema, name: str | None) -> Schema:
    # pydantic counts the items of a list that one value may stand for by the keyword for texts.
    bounds = {key.replace("Length", "Items"): raw[key] for key in raw if key.startswith(("min", "max"))}
    items = _written(child(raw, "items"), name)
    many = {**array(items), **bounds}
    return any_of(items, many) if _LISTED in raw else many


def _table(raw: Schema, name: str | None) -> Schema:
    bounds = {key: raw[key] for key in ("minProperties",) if key in raw}
    values = {pattern: _written(schema, name) for pattern, schema in named(raw, "patternProperties").items()}
    return {"type": "object", **bounds, "patternProperties": values, "additionalProperties": False}
