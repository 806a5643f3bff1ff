"""What comes in from outside, checked for its shape: texts, instants, and the fields of an event.

Whether names and values are words of the policies' vocabulary is for policyengine to say.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NoReturn

import policyengine as pe
from case_desk.faults import refused

if TYPE_CHECKING:
    from policyengine.temporal.zone import Zone

LONGEST = 200  # characters of a title, an id, a value; a note may have ten times as many
_TEXTS = ("id", "type", "by", "corrects", "retracts")
_TABLES = ("sets", "attributes")
_FIELDS = frozenset({*_TEXTS, *_TABLES, "at", "to", "note", "partial"})


def parsed(body: bytes) -> Mapping[str, Any]:
    """Return the JSON object that *body* is."""
    try:
        value = json.loads(body, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise refused("请求内容不是 JSON", "the body is not JSON", HTTPStatus.BAD_REQUEST) from None
    if not isinstance(value, dict):
        raise refused("请求内容应为 JSON 对象", "the body is to be a JSON object", HTTPStatus.BAD_REQUEST)
    return value


def text(value: object, longest: int = LONGEST) -> str:
    """Return a text as one line; what is no text, too long or unreadable is refused."""
    if not isinstance(value, str):
        raise refused(f"应为文本：{_shown(value)}", f"a text is expected: {_shown(value)}")
    line = " ".join(value.split())
    if len(line) > longest:
        raise refused(f"文本超过 {longest} 字", f"a text has more than {longest} characters")
    if not line.isprintable():
        raise refused("文本含有不可显示的字符", "a text holds characters that cannot be shown")
    return line


def moment(value: object, zone: Zone | None = None) -> pe.Instant:
    """Return an instant; one without an offset is read on the clock of *zone*, if there is one."""
    try:
        return pe.Instant.parse(text(value), zone)
    except pe.TimeError:
        shown = _shown(value)
        raise refused(
            f"不是时间：{shown}；请写作 2025-10-08T23:30:00+08:00",
            f"no instant: {shown}; write it as 2025-10-08T23:30:00+08:00",
            HTTPStatus.BAD_REQUEST if zone is None else HTTPStatus.UNPROCESSABLE_ENTITY,
        ) from None


def event(given: Mapping[str, Any], zone: Zone | None = None) -> dict[str, Any]:
    """Return the fields of an event that are there, in JSON values, its `at` in UTC."""
    unknown = sorted(given.keys() - _FIELDS)
    if unknown:
        shown = _shown(", ".join(unknown))
        raise refused(f"事件没有这些字段：{shown}", f"an event has no such fields: {shown}")
    entry: dict[str, Any] = {name: text(given[name]) for name in _TEXTS if given.get(name) is not None}
    if "type" not in entry and "retracts" not in entry:
        raise refused("请说明发生了什么事件", "say what happened: an event has a type")
    if "retracts" not in entry or given.get("at") is not None:
        entry["at"] = moment(given.get("at"), zone).to_iso()
    entry |= {name: facts(given[name]) for name in _TABLES if given.get(name) is not None}
    if given.get("to") is not None:
        entry["to"] = [text(each) for each in _listed(given["to"])]
    if given.get("note") is not None:
        entry["note"] = text(given["note"], 10 * LONGEST)
    if given.get("partial") is not None:
        entry["partial"] = given["partial"] is True
    return entry


def facts(given: object) -> dict[str, Any]:
    """Return facts or attributes by name: each a value, a list of values, or ``None``."""
    if not isinstance(given, dict):
        raise refused(f"应为名称与值：{_shown(given)}", f"names with values are expected: {_shown(given)}")
    return {text(name): _value(value) for name, value in given.items()}


def _value(value: object) -> object:
    if isinstance(value, list):
        return [_atom(each) for each in value]
    return None if value is None else _atom(value)


def _atom(value: object) -> object:
    if isinstance(value, str):
        return text(value)
    if isinstance(value, bool | int) or (isinstance(value, float) and math.isfinite(value)):
        return value
    raise refused(f"不是值：{_shown(value)}", f"not a value: {_shown(value)}")


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)


def _shown(value: object) -> str:
    shown = json.dumps(value, ensure_ascii=False)[:LONGEST]
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in shown)
