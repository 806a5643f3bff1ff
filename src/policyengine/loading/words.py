"""What a message calls the things and values of a file, in both languages."""

from __future__ import annotations

import json
from collections.abc import Mapping as Items
from types import MappingProxyType
from typing import TYPE_CHECKING

from policyengine.loading.scalars import NumberRefusedError, resolve
from policyengine.loading.yaml_nodes import Mapping, Node, Sequence
from policyengine.wording import Wording

if TYPE_CHECKING:
    from policyengine.model.base import Atom

KINDS = MappingProxyType(
    {
        "policy": Wording("规则", "policy"),
        "vocabulary": Wording("词汇表", "vocabulary"),
        "calendar": Wording("日历", "calendar"),
        "case": Wording("案件", "case"),
    }
)
TRUE_OR_FALSE = Wording("true 或 false", "true or false")
NUMBER = Wording("数字", "a number")
TRUTH = Wording("真假值", "a true/false value")
_TEXT = Wording("文本", "text")
TYPE_WORDS = MappingProxyType({"boolean": TRUE_OR_FALSE, "text": _TEXT, "number": NUMBER})
"""What a fact or attribute with free values holds, by its type."""

_MAPPING = Wording("映射 (键: 值)", "a mapping (key: value)")
LIST = Wording("列表", "a list")
ONE_VALUE = Wording("单个值", "one value")
_EXPECTED = MappingProxyType(
    {
        "string_type": _TEXT,
        "int_type": Wording("整数", "a whole number"),
        "bool_type": TRUE_OR_FALSE,
        "tuple_type": LIST,
        "list_type": LIST,
        "mapping_type": _MAPPING,
        "dict_type": _MAPPING,
        "model_type": _MAPPING,
        "model_attributes_type": _MAPPING,
        "date_type": Wording("日期 (如 2025-10-08)", "a date such as 2025-10-08"),
        "instant_type": Wording("时刻 (如 2025-10-08T23:30:00+08:00)", "an instant such as 2025-10-08T23:30:00+08:00"),
        "fact_type": Wording("一个值、值的列表或 null", "a value, a list of values, or null"),
        "string_too_short": Wording("非空文本", "text that is not empty"),
        "value_error": Wording("文本、数字、true 或 false", "text, a number, true or false"),
    }
)
_BOUNDS = MappingProxyType(
    {
        "min_length": Wording("至少 {} 项", "{} or more entries"),
        "max_length": Wording("至多 {} 项", "at most {} entries"),
        "ge": Wording("不小于 {} 的数", "a number from {} up"),
        "le": Wording("不大于 {} 的数", "a number up to {}"),
    }
)
_MODELS = MappingProxyType(
    {
        "Title": Wording("中英文文本 {zh: …, en: …}", "text in both languages, {zh: …, en: …}"),
        "Within": Wording("数和单位，如 {hours: 24}", "a number and its unit, such as {hours: 24}"),
        "Deadline": Wording(
            "期限，如 {within: {hours: 24}}、{before: 事件} 或 {promptly: true}",
            "a limit such as {within: {hours: 24}}, {before: EVENT} or {promptly: true}",
        ),
        "Condition": Wording("条件，如 {事实: 值}", "a condition such as {FACT: VALUE}"),
    }
)
"""What is written for a model, where an example says more than that it is a mapping."""
_PATTERNS = MappingProxyType(
    {
        "^[a-z]": Wording(
            "名称 (以小写字母开头，由小写字母、数字、_ 和 - 组成)",
            "a name of small letters, digits, _ and -, a letter first",
        ),
        "^[A-Z]": Wording("条款编号 (如 CZH:17)", "a clause such as CZH:17"),
        "^[0-9a-f]": Wording(
            "16 位十六进制摘要值 (由 policyengine sources verify 给出)",
            "a digest of 16 hexadecimal digits, as policyengine sources verify gives it",
        ),
        "^([01]": Wording('带引号的时刻 (如 "17:30")', 'a time of day such as "17:30"'),
    }
)
_OTHER = Wording("其他内容", "something else")
_LONGEST = 80  # what a message shows of one value


def expected_words(kind: str, context: Items[str, object]) -> Wording:
    """Return what pydantic's error *kind* asks for; its *context* holds the bounds."""
    pattern = str(context.get("pattern", ""))
    for beginning, words in _PATTERNS.items():
        if pattern.startswith(beginning):
            return words
    if kind == "model_type" and context.get("class_name") in _MODELS:
        return _MODELS[str(context["class_name"])]
    for name, words in _BOUNDS.items():
        if name in context and kind != "string_too_short":
            return Wording(*(each.format(context[name]) for each in words))
    return _EXPECTED.get(kind, _OTHER)


def found_words(node: Node) -> str | Wording:
    """Return what stands at a node, in words for a message."""
    if isinstance(node, Mapping):
        return Wording("映射", "a mapping") if node.entries else Wording("空映射", "an empty mapping")
    if isinstance(node, Sequence):
        return Wording("列表", "a list") if node.items else Wording("空列表", "an empty list")
    if node.value is None:
        return Wording("空值", "nothing")
    if node.value == "":
        return Wording("空文本", "empty text")
    # Said only where the text would be taken for something else: `"24"` is not 24.
    as_text = isinstance(node.value, str) and not isinstance(resolved(node.value), str)
    return value_words(node.value) if as_text else quoted(node.value)


def value_words(value: Atom) -> str | Wording:
    """Return one value with its type, in words for a message that sets types against one another."""
    shown = quoted(value)
    if isinstance(value, bool):
        return shown
    if isinstance(value, str):
        return Wording(f"文本 {shown}", f"the text {shown}")
    return Wording(f"数字 {shown}", f"the number {shown}")


def quoted(value: Atom) -> str:
    """Return a value as a file writes it, in backticks, on one line and not too long."""
    text = value if isinstance(value, str) else json.dumps(value)
    if len(text) > _LONGEST:
        text = f"{text[: _LONGEST - 1]}…"
    return "`" + "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in text) + "`"


def resolved(text: str) -> Atom | None:
    """Return what *text* would mean without quotes."""
    try:
        return resolve(text)
    except NumberRefusedError:
        return text
