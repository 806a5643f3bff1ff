"""The few JSON Schema shapes that the generated schemas are made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias, cast

Schema: TypeAlias = dict[str, object]

NULL: Schema = {"type": "null"}
ATOM: Schema = {"not": {"type": ["object", "array", "null"]}}
"""One value of a fact. Said by what it is not, so that no editor offers `true` for a fact of any other type."""


def ref(name: str) -> Schema:
    """Return a reference to the definition *name*."""
    return {"$ref": f"#/$defs/{name}"}


def target(schema: Schema) -> str | None:
    """Return the name of the definition that *schema* refers to."""
    found = schema.get("$ref")
    return str(found).removeprefix("#/$defs/") if found is not None else None


def child(schema: Mapping[str, object], key: str) -> Schema:
    """Return the schema under *key*, or an empty one."""
    return cast("Schema", schema.get(key, {}))


def children(schema: Mapping[str, object], key: str) -> tuple[Schema, ...]:
    """Return the schemas listed under *key*."""
    return tuple(cast("list[Schema]", schema.get(key, [])))


def named(schema: Mapping[str, object], key: str) -> dict[str, Schema]:
    """Return the schemas under *key* by name."""
    return dict(cast("Mapping[str, Schema]", schema.get(key, {})))


def alternatives(schema: Schema) -> tuple[Schema, ...]:
    """Return the ways in which a value can meet *schema*, without what only describes it."""
    if "anyOf" in schema:
        return children(schema, "anyOf")
    return ({key: value for key, value in schema.items() if key not in {"description", "default"}},)


def any_of(*schemas: Schema, **more: object) -> Schema:
    """Return a schema that any of *schemas* meets, nested choices flattened, with the keywords *more*."""
    flat: list[Schema] = []
    for schema in schemas:
        flat += [each for each in alternatives(schema) if each not in flat]
    return {**more, **(flat[0] if len(flat) == 1 else {"anyOf": flat})}


def closed(properties: Mapping[str, Schema], required: Iterable[str] = ()) -> Schema:
    """Return an object with no other keys than *properties*, of which those *required* must be there."""
    needed: Schema = {"required": names} if (names := [*required]) else {}
    return {"type": "object", "properties": dict(properties), **needed, "additionalProperties": False}


def array(items: Schema, least: int = 0) -> Schema:
    """Return a list of *items*, at least so many."""
    return {"type": "array", "items": items, **({"minItems": least} if least else {})}


def completing(values: Mapping[str, str], rest: Schema) -> Schema:
    """Return a schema that offers *values* (name -> what it means) and lets *rest* pass too."""
    return any_of(enumerated(values), rest) if values else rest


def enumerated(values: Mapping[str, str]) -> Schema:
    """Return a schema that exactly *values* (name -> what it means) meet."""
    meant = list(values.values())
    return {"enum": list(values), **({"enumDescriptions": meant} if any(meant) else {})}


def references(schema: object) -> Iterable[str]:
    """Yield the names of the definitions that *schema* refers to, itself and further down."""
    if isinstance(schema, dict):
        name = target(schema)
        yield from () if name is None else (name,)
        for value in schema.values():
            yield from references(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from references(value)


def used(root: Schema, definitions: Mapping[str, Schema]) -> dict[str, Schema]:
    """Return those of *definitions* that *root* needs, in the order of their names."""
    names = list(dict.fromkeys(references(root)))
    for name in names:  # grows while it is read
        names += [each for each in dict.fromkeys(references(definitions[name])) if each not in names]
    return {name: definitions[name] for name in sorted(names)}
