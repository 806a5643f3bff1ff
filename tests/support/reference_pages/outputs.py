"""The page of JSON output: what each document holds, from the schemas that are stored beside the code."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import cast

from policyengine.loading.schema_parts import Schema, alternatives, child, named, target
from tests.support.reference_pages.markup import ROOT, anchor, code, heading, page, table

_ENDING = ".schema.json"
_READ = frozenset({"policy", "vocabulary", "case", "example", "calendar"})
"""Schemas of files that people write; they have pages of their own."""
_HEAD = """\
`--format json` 的每份输出都在 `schema` 键中写明格式和版本号，如 `policyengine/assessment/1`；
遇到不认识的版本号，应拒绝读取。
每个对象都是封闭的：输出中没有 Schema 未列的键。`policyengine schema 名称` 输出完整的 JSON Schema，`schemas/` 存有全部。

Every document that `--format json` writes names its form and the form's version under `schema`, such as
`policyengine/assessment/1`; refuse a version that you do not know. Every object is closed: no document has a key that
its schema does not have. `policyengine schema NAME` prints the whole JSON Schema, and `schemas/` holds them all.
"""


def json_page() -> str:
    """Return the page."""
    documents = {
        path.name.removesuffix(_ENDING): cast("Schema", json.loads(path.read_text(encoding="utf-8")))
        for path in sorted((ROOT / "schemas").glob(f"*{_ENDING}"))
    }
    outputs = {name: whole for name, whole in documents.items() if name not in _READ}
    homes = _homes(outputs)
    blocks = (each for name, whole in outputs.items() for each in _document(name, whole, homes))
    return page(f"{heading(1, 'JSON output JSON 输出')}\n{_HEAD}", *blocks)


def _homes(outputs: Mapping[str, Schema]) -> dict[tuple[str, str], str]:
    """Return, for each part of each document, the first document that has the very same part."""
    first: dict[str, str] = {}
    homes = {}
    for name, whole in outputs.items():
        for part, form in named(whole, "$defs").items():
            homes[name, part] = first.setdefault(json.dumps([part, form], sort_keys=True), name)
    return homes


def _document(name: str, whole: Schema, homes: Mapping[tuple[str, str], str]) -> Iterator[str]:
    yield heading(2, name)
    yield f"{whole.get('title', '')}. `policyengine schema {name}`"
    for part, form in {"": whole, **named(whole, "$defs")}.items():
        told = part in _PLAIN or (part and homes[name, part] != name)
        shapes = [each for each in (form, *alternatives(form)) if "properties" in each]
        if not shapes or told:
            continue
        yield heading(3, f"{name}: {part}") if part else ""
        yield str(form.get("description", ""))
        tables = dict.fromkeys(_fields(each, lambda each: homes[name, each]) for each in shapes)
        yield "\nor 或\n\n".join(tables)


def _fields(form: Schema, home: Callable[[str], str]) -> str:
    required = cast("list[str]", form.get("required", []))
    rows = (
        (code(key), "✓" if key in required else "", _kind(each, home), str(each.get("description", "")))
        for key, each in named(form, "properties").items()
    )
    return table(("键 key", "总有 always there", "类型 type", "含义 meaning"), rows)


def _kind(schema: Schema, home: Callable[[str], str]) -> str:
    return " / ".join(dict.fromkeys(_way(each, home) for each in alternatives(schema)))


def _way(schema: Schema, home: Callable[[str], str]) -> str:
    name = target(schema)
    if name is not None:
        return f"[{name}](#{anchor(f'{home(name)}: {name}')})" if name not in _PLAIN else _PLAIN[name]
    if "const" in schema:
        return code(str(schema["const"]))
    if "enum" in schema:
        values = cast("list[object]", schema["enum"])
        return ", ".join(code(str(each)) for each in values[:_SHOWN]) + (", …" if len(values) > _SHOWN else "")
    if schema.get("type") == "array":
        return f"list: {_kind(child(schema, 'items'), home)}" if "items" in schema else "list"
    kind = schema.get("type", "any")
    return " / ".join(map(str, kind)) if isinstance(kind, list) else str(kind)


_SHOWN = 20
_PLAIN = {"instant": "instant", "bilingual": "`{zh, en}`"}
"""Definitions that are told in a word."""
