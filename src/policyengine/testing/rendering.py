"""Answers as canonical text, cases as Python to paste, and the differences between two answers as lines to read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING

from policyengine.model.case import Event
from policyengine.temporal.instant import Instant

if TYPE_CHECKING:
    from policyengine.model.assessment import Assessment, Duty
    from policyengine.model.case import Case


def canonical(value: object) -> str:
    """Return *value*, an answer or a part of one, as JSON with sorted keys: the same text for the same answer."""
    return json.dumps(rendered(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def rendered(value: object) -> object:
    """Return *value* as JSON has it: instants in UTC, dataclasses and mappings as objects."""
    if isinstance(value, Instant | date):
        return str(value)
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value) and not isinstance(value, type):
        shown = (each.name for each in fields(value) if each.compare)
        return {name: rendered(getattr(value, name)) for name in shown}
    if isinstance(value, Mapping):
        return {str(name): rendered(each) for name, each in value.items()}
    if isinstance(value, tuple | list):
        return [rendered(each) for each in value]
    if value is None or isinstance(value, str | int | float | bool):
        return value
    msg = f"a {type(value).__name__} is no part of an answer"
    raise TypeError(msg)


def pasteable(value: Case | Event) -> str:
    """Return a case or an event as the call that makes it, defaults left out and times as text."""
    shown = ((each, getattr(value, each.name)) for each in fields(value) if each.compare)
    given = (f"{each.name}={_written(found)}" for each, found in shown if found not in (each.default, None))
    return f"{type(value).__name__}({', '.join(given)})"


def _written(value: object) -> str:
    if isinstance(value, tuple) and value and all(isinstance(each, Event) for each in value):
        return f"[{', '.join(map(pasteable, value))}]"
    if isinstance(value, Mapping):
        return repr(dict(value))
    return repr(str(value)) if isinstance(value, Instant) else repr(value)


def differences(expected: Assessment, found: Assessment) -> tuple[str, ...]:
    """Return a line for each place at which two answers differ, rows by their provision and instance."""
    return tuple(_differences("", _by_name(expected), _by_name(found)))


def rows(answer: Assessment) -> dict[tuple[str, str | None], Duty]:
    """Return the rows by what names them: provision and instance."""
    return {(each.provision, each.instance): each for each in answer.duties}


def _by_name(answer: Assessment) -> object:
    shown = {each.name: rendered(getattr(answer, each.name)) for each in fields(answer) if each.compare}
    shown["duties"] = {" ".join(filter(None, name)): rendered(each) for name, each in rows(answer).items()}
    shown["gaps"] = {each.gap: rendered(each) for each in answer.gaps}
    return shown


def _differences(place: str, one: object, other: object) -> Iterator[str]:
    if isinstance(one, dict) and isinstance(other, dict):
        for name in dict.fromkeys((*one, *other)):
            yield from _differences(f"{place}.{name}" if place else name, one.get(name), other.get(name))
    elif json.dumps(one, sort_keys=True) != json.dumps(other, sort_keys=True):
        yield f"  {place}: {json.dumps(one, ensure_ascii=False)} became {json.dumps(other, ensure_ascii=False)}"
