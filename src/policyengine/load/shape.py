"""Nodes -> a model, every fault of shape as a diagnostic at its place.

Pydantic finds the faults; this module says where they stand and puts them in our words.
"""

from __future__ import annotations

import json
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar, get_args

from pydantic import BaseModel, TypeAdapter, ValidationError

from policyengine.diagnostics import Diagnostic, nearest
from policyengine.load.yaml_nodes import Document, Mapping, Node, Scalar, Sequence, fullwidth_hint, plain
from policyengine.model.condition import CONNECTIVES
from policyengine.wording import Wording

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from policyengine.diagnostics import Span

Model = TypeVar("Model")

RESERVED = frozenset(
    {
        *("each", "key", "every", "late", "in_person", "partial", "waived_by", "earliest", "latest"),
        *("stop", "hold", "restart", "extend", "working_hours", "limit_of", "end_of", "no_later_than", "on_day_off"),
        *("derived", "assign", "implements", "corrects", "retracts", "known_at", "known_until"),
    }
)
"""Keys that the semantics reserve; they are refused until they mean something, never approximated."""

_EXPECTED = MappingProxyType(
    {
        "string_type": Wording("文本", "text"),
        "int_type": Wording("整数", "a whole number"),
        "bool_type": Wording("true 或 false", "true or false"),
        "tuple_type": Wording("列表", "a list"),
        "mapping_type": Wording("映射 (键: 值)", "a mapping (key: value)"),
        "dict_type": Wording("映射 (键: 值)", "a mapping (key: value)"),
        "model_type": Wording("映射 (键: 值)", "a mapping (key: value)"),
        "model_attributes_type": Wording("映射 (键: 值)", "a mapping (key: value)"),
        "too_short": Wording("至少一项", "at least one entry"),
        "string_too_short": Wording("非空文本", "text that is not empty"),
        "date_from_datetime_parsing": Wording("日期, 如 2025-10-08", "a date such as 2025-10-08"),
        "date_parsing": Wording("日期, 如 2025-10-08", "a date such as 2025-10-08"),
        "date_type": Wording("日期, 如 2025-10-08", "a date such as 2025-10-08"),
        "date_from_datetime_inexact": Wording("日期, 如 2025-10-08", "a date such as 2025-10-08"),
        "greater_than_equal": Wording("更大的数", "a greater number"),
        "less_than_equal": Wording("更小的数", "a smaller number"),
        "value_error": Wording("文本、数字、true 或 false", "text, a number, true or false"),
    }
)
_PATTERNS = MappingProxyType(
    {
        "^[a-z]": Wording(
            "名称: 小写字母开头, 含小写字母、数字、_ 和 -", "a name of small letters, digits, _ and -, a letter first"
        ),
        "^[A-Z]": Wording("条款编号, 如 CZH:17", "a clause such as CZH:17"),
        "^[0-9a-f]": Wording("16 位十六进制摘要值", "a digest of 16 hexadecimal digits"),
        "^([01]": Wording('带引号的时刻, 如 "17:30"', 'a time of day such as "17:30"'),
    }
)
_OTHER = Wording("其他内容", "something else")


def validate(kind: type[Model], node: Node, document: Document) -> tuple[Model | None, tuple[Diagnostic, ...]]:
    """Return *node* as a *kind*, or ``None`` and everything that is wrong with its shape."""
    try:
        value: Model = _adapter(kind).validate_json(json.dumps(plain(node), ensure_ascii=False))
    except ValidationError as error:
        found = error.errors(include_url=False)
        return None, tuple(_fault(each, kind, node, document) for each in found)
    return value, ()


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:  # noqa: ANN401 - any model
    # The key is the model itself, so what is kept depends on nothing else.
    return TypeAdapter(kind)


def _fault(error: ErrorDetails, model: object, root: Node, document: Document) -> Diagnostic:
    location, kind = error["loc"], error["type"]
    if kind == "missing":
        node, span = walk(root, location[:-1])
        return document.fault("PE114", head(span), name=location[-1])
    node, span = walk(root, location)
    if kind == "extra_forbidden":
        return _unknown_key(location, model, root, document)
    if location and location[-1] == "[key]":
        _, span = walk(root, location[:-1], key=True)
        return document.fault("PE115", span, expected=_expected(error), found=f"`{location[-2]}`")
    hint = fullwidth_hint(node) if isinstance(node, Scalar) and kind in ("model_type", "mapping_type") else None
    if hint is not None:
        return document.fault("PE119", span, found=hint[0], meant=hint[1])
    if kind == "literal_error":
        allowed = str(error.get("ctx", {}).get("expected", "")).replace("'", "`")
        return document.fault("PE116", span, found=_short(node), allowed=allowed)
    return document.fault("PE115", span, expected=_expected(error), found=found_words(node))


def _unknown_key(location: tuple[int | str, ...], model: object, root: Node, document: Document) -> Diagnostic:
    key, allowed = str(location[-1]), _fields(model, location[:-1])
    _, span = walk(root, location, key=True)
    if key in RESERVED:
        return document.fault("PE117", span, name=key)
    return document.fault("PE113", span, name=key, allowed=", ".join(allowed), suggestion=nearest(key, allowed))


def _fields(kind: object, location: tuple[int | str, ...]) -> tuple[str, ...]:
    """Return the keys that the model at the end of *location* has, as a file writes them."""
    for step in location:
        for model in _models(kind):
            if isinstance(step, str) and step in (names := _keys(model)):
                kind = names[step]
                break
    return tuple(dict.fromkeys(name for model in _models(kind) for name in _keys(model) if name != "facts"))


def _keys(model: type[BaseModel]) -> dict[str, Any]:
    return {field.alias or name: field.annotation for name, field in model.model_fields.items()}


def _models(kind: object) -> tuple[type[BaseModel], ...]:
    """Return the models named anywhere in an annotation such as `tuple[Model, ...] | None`."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return (kind,)
    return tuple(model for part in get_args(kind) for model in _models(part))


def _expected(error: ErrorDetails) -> Wording:
    pattern = str(error.get("ctx", {}).get("pattern", ""))
    for start, words in _PATTERNS.items():
        if pattern.startswith(start):
            return words
    return _EXPECTED.get(error["type"], _OTHER)


def found_words(node: Node | None) -> str | Wording:
    """Return what stands at a node, in words for a message."""
    if isinstance(node, Mapping):
        return Wording("映射", "a mapping")
    if isinstance(node, Sequence):
        return Wording("列表", "a list")
    if node is None or node.value is None:
        return Wording("空值", "nothing")
    return f"`{node.value if isinstance(node.value, str) else json.dumps(node.value)}`"


def _short(node: Node | None) -> str:
    return str(node.value) if isinstance(node, Scalar) else "-"


def head(span: Span) -> Span:
    """Return the first character of a span: a mapping that lacks a key is shown where it starts."""
    return type(span)(span.file, span.line, span.column, span.line, span.column + 1)


def walk(root: Node, location: tuple[int | str, ...], *, key: bool = False) -> tuple[Node, Span]:
    """Return the deepest node along a pydantic location, and its span or that of the key that leads to it.

    Short forms (one value for a list of one, a name for an event, facts as keys of a condition) have no node of
    their own: their steps stay where they are.
    """
    node, span = root, root.span
    steps = list(location)
    while steps:
        step = steps.pop(0)
        if step == "facts" and steps and isinstance(node, Mapping) and isinstance(steps[0], int):
            step = _facts(node)[int(steps.pop(0))]
        found = _entry(node, step)
        if found is None:
            continue
        name, node = found
        span = name.span if key and name is not None else node.span
    return node, span


def _facts(node: Mapping) -> list[str]:
    return [str(name.value) for name, _ in node.entries if name.value not in CONNECTIVES]


def _entry(node: Node, step: int | str) -> tuple[Scalar | None, Node] | None:
    if isinstance(node, Mapping):
        return next((entry for entry in node.entries if entry[0].value == step), None)
    if isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
        return None, node.items[step]
    return None
