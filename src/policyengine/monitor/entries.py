"""An event as callers give it, or as a saved state has it -> an event; all faults collected. And back."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

from policyengine.diagnostics import Diagnostic, diagnostic, nearest, printable
from policyengine.errors import CaseError
from policyengine.loading.scalars import MAX_DIGITS
from policyengine.loading.words import TRUE_OR_FALSE, TYPE_WORDS
from policyengine.model.case import Event, instant
from policyengine.temporal.instant import ImpossibleTimeError, Instant, MalformedTimeError, NaiveTimeError
from policyengine.wording import Wording

if TYPE_CHECKING:
    from policyengine.model.base import Atom
    from policyengine.model.case import FactValue

GivenEvent = Event | Mapping[str, object]
"""An event, or a mapping with the keys that it has in a case file."""

_TEXT = TYPE_WORDS["text"]
_MAPPING = Wording("映射 (键: 值)", "a mapping (key: value)")
_INSTANT = Wording("时刻 (如 2025-10-08T23:30:00+08:00)", "an instant such as 2025-10-08T23:30:00+08:00")
_VALUE = Wording("一个值、值的列表或 null", "a value, a list of values, or null")
_TEXTS = Wording("文本或文本列表", "text, or a list of texts")
_GREATEST = 10**MAX_DIGITS


def event_of(given: GivenEvent) -> Event:
    """Return the event that is *given*.

    Raises:
        CaseError: a mapping with keys, times or values that no event has; holds all of them.
        TypeError: neither an event nor a mapping, or an event whose parts are not what they should be.
    """
    if isinstance(given, Event):
        _require_sound(given)
        return given
    shaped: object = given  # callers without a type checker
    if not isinstance(shaped, Mapping):
        msg = f"an event is an Event or a mapping, not {given!r}"
        raise TypeError(msg)
    found, faults = read_event(given)
    if found is None:
        raise CaseError(faults)
    return found


def read_event(given: Mapping[str, object]) -> tuple[Event | None, tuple[Diagnostic, ...]]:
    """Return the event that *given* is, or ``None``, and everything that is wrong with it."""
    faults = [*_key_faults(given), *(fault for name, value in given.items() for fault in _field_faults(name, value))]
    if faults:
        return None, tuple(faults)
    return Event(**{name: value for name, value in given.items() if value is not None}), ()  # type: ignore[arg-type]


def _key_faults(given: Mapping[str, object]) -> Iterator[Diagnostic]:
    for name in given:
        if name not in _FIELDS:
            yield diagnostic("PE113", name=name, suggestion=nearest(str(name), _FIELDS))
    retracts = given.get("retracts") is not None
    needed = {"id": True, "type": not retracts, "at": not (retracts and given.get("recorded_at") is not None)}
    yield from (
        diagnostic("PE114", name=name) for name, is_needed in needed.items() if is_needed and not given.get(name)
    )


def _field_faults(name: object, value: object) -> Iterator[Diagnostic]:
    check = _FIELDS.get(cast("str", name))
    if check is not None and value is not None:
        yield from check(value)


def _other(expected: Wording, value: object) -> Diagnostic:
    return diagnostic("PE115", expected=expected, found=f"`{printable(repr(value))}`")


def _text(value: object) -> Iterator[Diagnostic]:
    if not isinstance(value, str):
        yield _other(_TEXT, value)


def _texts(value: object) -> Iterator[Diagnostic]:
    if not isinstance(value, str | list | tuple):
        yield _other(_TEXTS, value)
    elif not isinstance(value, str):
        yield from (fault for each in value for fault in _text(each))


def _truth(value: object) -> Iterator[Diagnostic]:
    if not isinstance(value, bool):
        yield _other(TRUE_OR_FALSE, value)


def _moment(value: object) -> Iterator[Diagnostic]:
    if not isinstance(value, str | datetime | Instant):
        yield _other(_INSTANT, value)
        return
    try:
        instant(value)
    except NaiveTimeError as error:
        yield diagnostic("PE401", text=error.text)
    except ImpossibleTimeError as error:
        yield diagnostic("PE403", text=error.text, problem=error.problem)
    except MalformedTimeError as error:
        yield diagnostic("PE402", text=error.text)


def value_faults(values: object) -> Iterator[Diagnostic]:
    """Yield what no values of facts or attributes can be, whatever the vocabulary says."""
    if not isinstance(values, Mapping):
        yield _other(_MAPPING, values)
        return
    for name, value in values.items():
        yield from _text(name)
        for each in value if isinstance(value, list | tuple) else (value,):
            yield from _atom_faults(each)


def _atom_faults(value: object) -> Iterator[Diagnostic]:
    if value is not None and not isinstance(value, str | bool | int | float):
        yield _other(_VALUE, value)
    elif isinstance(value, float) and not math.isfinite(value):
        yield diagnostic("PE112", text=value)
    elif isinstance(value, int) and abs(value) >= _GREATEST:
        yield diagnostic("PE112", text=f"{value:#x}")


_FIELDS: Mapping[str, Callable[[object], Iterator[Diagnostic]]] = MappingProxyType(
    {
        **dict.fromkeys(("id", "type", "by", "note", "corrects", "retracts"), _text),
        **dict.fromkeys(("at", "recorded_at"), _moment),
        **dict.fromkeys(("sets", "attributes"), value_faults),
        "to": _texts,
        "partial": _truth,
    }
)


def _require_sound(event: Event) -> None:
    """Refuse what no annotation allows, so that it can be kept and saved."""
    parts = {name: getattr(event, name) for name in _FIELDS}
    wrong = next((fault for name, value in parts.items() for fault in _field_faults(name, value)), None)
    if wrong is not None:
        if wrong.code == "PE112":
            raise CaseError((wrong,))
        msg = f"the event {event.id!r}: {wrong.message()}"
        raise TypeError(msg)


def event_data(event: Event) -> dict[str, object]:
    """Return *event* as a state has it: what is left out is its default."""
    found: dict[str, object] = {"id": event.id, "at": str(event.at)}
    if event.recorded_at is not None:
        found["recorded_at"] = str(event.recorded_at)
    for name in ("type", "by", "note", "corrects", "retracts", "partial"):
        value = getattr(event, name)
        if value:
            found[name] = value
    if event.to:
        found["to"] = list(event.to)
    for name in ("sets", "attributes"):
        if values := getattr(event, name):
            found[name] = facts_data(values)
    return found


def facts_data(values: Mapping[str, FactValue]) -> dict[str, Atom | Sequence[Atom] | None]:
    """Return values of facts as a state has them."""
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}
