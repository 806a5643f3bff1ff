"""The schema of one key -> what may be written there, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from policyengine.loading.schema_parts import Schema, alternatives, child, named, target
from policyengine.wording import Wording
from tests.support.reference_pages import words
from tests.support.reference_pages.markup import anchor

_PATTERNS = {"^[a-z]": words.NAME, "^[A-Z]": words.CLAUSE, "^[0-9a-f]": words.DIGEST, "^([01]": words.CLOCK}
_TYPES = {
    "string": words.TEXT,
    "boolean": words.FLAG,
    "integer": words.WHOLE,
    "number": words.NUMBER,
    "null": words.NULL,
}


def title(name: str) -> str:
    """Return the heading of the part *name*."""
    part = words.PARTS[name]
    return f"{part.zh} {part.en}"


def taken(schema: Schema) -> Wording:
    """Return what may be written where *schema* holds."""
    ways = alternatives(schema)
    several = [each for each in ways if _lists(each, ways)]
    single = [_way(each) for each in ways if each not in several]
    every = Wording(
        words.OR.zh.join(dict.fromkeys(each.zh for each in single)),
        words.OR.en.join(dict.fromkeys(each.en for each in single)),
    )
    return _within(words.ONE_OR_MORE, every) if several else every


def _lists(schema: Schema, ways: tuple[Schema, ...]) -> bool:
    """Tell whether *schema* is a list of what may stand alone as well."""
    items = alternatives(child(schema, "items")) if schema.get("type") == "array" else ()
    return bool(items) and all(each in ways for each in items)


def _way(schema: Schema) -> Wording:
    name = target(schema)
    if name is not None:
        return words.TAKEN[name] if name in words.TAKEN else _linked(name)
    if "const" in schema or "enum" in schema:
        allowed = cast("list[str]", schema.get("enum", ["true"]))
        return _same(", ".join(f"`{each}`" for each in allowed))
    if "not" in schema:
        return words.VALUE
    if schema.get("type") == "array":
        return _within(words.LIST, taken(child(schema, "items")))
    if "patternProperties" in schema:
        return _of_table(schema)
    return _plain(schema)


def _plain(schema: Schema) -> Wording:
    if schema.get("format") == "date":
        return words.DATE
    if "minimum" in schema:
        return Wording(*(each.format(schema["minimum"], schema["maximum"]) for each in words.FROM_TO))
    pattern = str(schema.get("pattern", ""))
    found = next((wording for start, wording in _PATTERNS.items() if pattern.startswith(start)), None)
    return found or _TYPES[str(schema["type"])]


def _of_table(schema: Schema) -> Wording:
    ((pattern, value),) = named(schema, "patternProperties").items()
    key, inner = _plain({"type": "string", "pattern": pattern}), taken(value)
    return Wording(words.TABLE.zh.format(key.zh, inner.zh), words.TABLE.en.format(key.en, inner.en))


def _linked(name: str) -> Wording:
    if name not in words.PARTS:
        return _same(f"`{name}`")
    return Wording(*(f"[{each}](#{anchor(title(name))})" for each in words.PARTS[name]))


def _within(outer: Wording, inner: Wording) -> Wording:
    return Wording(outer.zh.format(inner.zh), outer.en.format(inner.en))


def _same(text: str) -> Wording:
    return Wording(text, text)


def needs(rules: list[Schema]) -> Iterator[Wording]:
    """Yield what the *rules* of a mapping say about which of its keys go together."""
    excluded = dict(_excluded(rules))
    for rule in rules:
        groups = [cast("list[str]", each["required"]) for each in alternatives(rule) if "anyOf" in rule]
        keys = [key for group in groups for key in group]
        shown = ", ".join(f"`{key}`" for key in keys)
        one = all(set(keys[place + 1 :]) <= set(excluded.get(key, ())) for place, key in enumerate(keys))
        if keys and one:
            excluded = {key: [each for each in others if each not in keys] for key, others in excluded.items()}
            yield Wording(f"须写且只写其一：{shown}", f"exactly one of these: {shown}")
        elif keys:
            yield Wording(f"至少写其一：{shown}", f"at least one of these: {shown}")
        for key, others in cast("dict[str, list[str]]", rule.get("dependentRequired", {})).items():
            yield Wording(f"写 `{key}` 须同时写 `{others[0]}`", f"`{key}` needs `{others[0]}` beside it")
    for key, others in excluded.items():
        if others:
            shown = ", ".join(f"`{each}`" for each in others)
            yield Wording(f"`{key}` 不能与 {shown} 并存", f"`{key}` excludes {shown}")


def _excluded(rules: list[Schema]) -> Iterator[tuple[str, list[str]]]:
    """Yield the keys that leave no room for others, with those, each key once."""
    found: dict[str, list[str]] = {}
    for rule in rules:
        given = child(rule, "if")
        others = named(child(rule, "then"), "properties")
        if others and all(target(each) == "left_open" for each in others.values()):
            found.setdefault(cast("list[str]", given["required"])[0], []).extend(others)
    yield from found.items()
