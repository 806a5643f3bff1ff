"""Models -> definitions in which every node may be `{reading: NAME, OPTION: node}` (S7; `load.variants`).

Each model becomes `node.MODEL` and each of its keys `node.MODEL.KEY`. A mapping with `reading` may lack what its
options add, and its further keys are options: `node.MODEL.part`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from policyengine.loading.schema_parts import Schema, alternatives, any_of, array, child, named, ref, target
from policyengine.loading.schema_rules import SPLIT, always, at_last
from policyengine.loading.schema_vocabulary import IDENTIFIER
from policyengine.loading.schema_words import KEYS, described

_APART = ("id", "under")
"""The keys that no option can hold: a provision goes by one name, and exists or not as a whole."""
_ADMITTED = ("Provision", "Gap", "DecisionTable")
_SHORT = {"Happening": "event", "Until": "any", "Recurrence": "period"}
"""Models for which the value of one key may stand."""
_SAID = ("description", "default")
_SEVERAL = ("Happening",)
"""Models that may stand one for a list of them, so that an option of one can be a list."""


def node(*names: str) -> str:
    """Return the name of the definition of a node."""
    return ".".join(("node", *names))


def definitions() -> dict[str, Schema]:
    """Return the definitions of what readings add."""
    reading, under = (described(KEYS["Node"][key]) for key in ("reading", "under"))
    options = any_of(IDENTIFIER, array(IDENTIFIER, 1))
    table = {"type": "object", "minProperties": 1, "propertyNames": IDENTIFIER, "additionalProperties": options}
    return {"reading": {"description": reading, **IDENTIFIER}, "under": {"description": under, **table}}


def nodes(models: Mapping[str, Schema]) -> dict[str, Schema]:
    """Return the definitions of *models* and of all their keys."""
    return dict(definition for name, model in models.items() for definition in _definitions(name, model, models))


def choice(option: Schema) -> Schema:
    """Return a mapping that names a reading, and an *option* for each of its options."""
    keys = {"reading": ref("reading")}
    shape = {"properties": keys, "additionalProperties": option}
    return {"type": "object", "required": ["reading"], "minProperties": 2, **shape}


def mapping(keys: Mapping[str, Schema], option: Schema, rest: Schema | None = None, **more: object) -> Schema:
    """Return a mapping of *keys*; one that names a reading has its options as further keys.

    Args:
        keys: what each key holds.
        option: what an option holds.
        rest: what other keys hold; ``None`` when there are none.
        more: further keywords.
    """
    anything = dict.fromkeys((*keys, "reading"), True)
    closed: Schema = {"propertyNames": {"enum": list(keys)}}
    open_: Schema = {"propertyNames": IDENTIFIER, "properties": anything, "additionalProperties": rest}
    return {
        "type": "object",
        **more,
        "properties": {**keys, "reading": ref("reading")},
        "if": ref(SPLIT),
        "then": {"minProperties": 2, "properties": anything, "additionalProperties": option},
        "else": closed if rest is None else open_,
    }


def _definitions(name: str, model: Schema, models: Mapping[str, Schema]) -> Iterator[tuple[str, Schema]]:
    """Yield the definitions of a model: of each of its keys, of a part of it, and of the whole."""
    keys = named(model, "properties")
    if not keys:
        return
    refs: dict[str, Schema] = {}
    for key, schema in keys.items():
        refs[key] = schema if key in _APART else ref(node(name, key))
        if key not in _APART:
            yield from _key(node(name, key), schema, models)
    if name in _ADMITTED:
        refs["under"] = ref("under")
    short = _short(name, keys, models)
    several = (array(ref(node(name)), 1),) if name in _SEVERAL else ()
    option = any_of(*short, *several, _option(name, refs))
    rules: dict[str, object] = {"allOf": always(name)} if always(name) else {}
    yield node(name, "part"), {**mapping(refs, option), **rules}
    yield node(name), any_of(*short, _whole(name, model))


def _option(name: str, keys: Mapping[str, Schema]) -> Schema:
    """Return what an option adds to a mapping."""
    apart = [key for key in _APART if key in keys]
    part = ref(node(name, "part"))
    return {**part, "propertyNames": {"not": {"enum": apart}}} if apart else part


def _whole(name: str, model: Schema) -> Schema:
    """Return a mapping that has every key it needs, unless a reading in it has options to add."""
    required = {"required": model["required"]} if "required" in model else {}
    last = {"allOf": at_last(name)} if at_last(name) else {}
    part = ref(node(name, "part"))
    if not required and not last:
        return part
    fixed = {"required": ["id"]} if "id" in named(model, "properties") else {}
    return {"allOf": [part, {"if": ref(SPLIT), "then": fixed, "else": {**required, **last}}]}


def _short(name: str, keys: Mapping[str, Schema], models: Mapping[str, Schema]) -> tuple[Schema, ...]:
    if name not in _SHORT:
        return ()
    key = _SHORT[name]
    return tuple(_way(node(name, key), each, models) for each in alternatives(keys[key]))


def _key(name: str, schema: Schema, models: Mapping[str, Schema]) -> Iterator[tuple[str, Schema]]:
    """Yield the definition of a key, and that of its values if it is a table."""
    more = {word: schema[word] for word in _SAID if word in schema}
    ways = [_inlined(each, models) for each in alternatives(schema)]
    values = [value for each in ways for value in named(each, "patternProperties").values()]
    if values:
        yield from _key(f"{name}.value", any_of(*values), models)
    # A mapping takes readings itself.
    own = bool(values) or any(target(each) in models for each in ways)
    yield name, any_of(*(_way(name, each, models) for each in ways), *(() if own else (choice(ref(name)),)), **more)


def _inlined(schema: Schema, models: Mapping[str, Schema]) -> Schema:
    model = models.get(target(schema) or "", {})
    return {key: value for key, value in model.items() if key != "description"} if "enum" in model else schema


def _way(name: str, schema: Schema, models: Mapping[str, Schema]) -> Schema:
    if target(schema) in models:
        return ref(node(str(target(schema))))
    if "patternProperties" in schema:
        return _table(name, schema)
    if schema.get("type") != "array":
        return schema
    items = child(schema, "items")
    if target(items) in models:
        return {**schema, "items": ref(node(str(target(items))))}
    return {**schema, "items": any_of(items, choice(ref(name)))}


def _table(name: str, schema: Schema) -> Schema:
    value = ref(f"{name}.value")
    known = {
        key: any_of(each, value, **{word: each[word] for word in _SAID if word in each})
        for key, each in named(schema, "properties").items()
    }
    return mapping(known, any_of(value, ref(name)), value)
