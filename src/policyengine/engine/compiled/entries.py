"""A case written as data, as a case file has it, made into a `Case`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from policyengine.engine.compiled.instants import micros
from policyengine.errors import TimeError
from policyengine.model.case import Case, Event
from policyengine.temporal.instant import Instant

if TYPE_CHECKING:
    from collections.abc import Sequence

_INSTANTS = frozenset(("at", "recorded_at", "as_of", "known_at", "known_until"))
_EVENT = frozenset(("id", "type", "at", "sets", "by", "to", "attributes"))
_CASE = frozenset(("case", "facts", "events"))


def case_of(written: Mapping[str, Any]) -> Case:
    """Return the case that *written* has, with the keys of a case file; whole numbers for instants are microseconds.

    Raises:
        CaseError: holds everything that is wrong with it.
        TypeError: it has something in it that no case file could have, such as a set.
    """
    found = _plainly(written)
    return found if found is not None else strictly(written)


def _plainly(written: Mapping[str, Any]) -> Case | None:
    """Return the case if it is as most are; ``None`` if the loader has to look at it."""
    try:
        given = written["events"]
        if not _CASE.issuperset(written) or not _text(written["case"]) or isinstance(given, str | Mapping):
            return None
        events = tuple(_event(each) for each in given)
        return Case(id=written["case"], facts=_facts(written.get("facts", {})), events=events)
    except (KeyError, TypeError, AttributeError, ValueError, TimeError):
        return None


def _event(written: Mapping[str, Any]) -> Event:
    by = written.get("by")
    if not _EVENT.issuperset(written) or not (_text(written["id"]) and _text(written["type"])):
        raise ValueError
    if not (by is None or _text(by)):
        raise ValueError
    return Event(
        id=written["id"],
        type=written["type"],
        at=_instant(written["at"]),
        sets=_facts(written.get("sets", {})),
        by=by,
        to=_names(written.get("to", ())),
        attributes=_facts(written.get("attributes", {})),
    )


def _text(value: object) -> bool:
    return isinstance(value, str) and bool(value)


def _instant(written: object) -> Instant:
    return Instant(written) if type(written) is int else Instant(micros(written))


def _names(written: str | Sequence[str]) -> tuple[str, ...]:
    found = (written,) if isinstance(written, str) else tuple(written)
    if isinstance(written, Mapping) or not all(_text(each) for each in found):
        raise ValueError
    return found


def _facts(values: Mapping[str, Any]) -> Mapping[str, Any]:
    if not all(_is_value(each) for each in values.values()):
        raise ValueError
    return values


def _is_value(value: object) -> bool:
    if isinstance(value, list | tuple):
        return all(isinstance(each, bool | int | float | str) for each in value)
    return value is None or isinstance(value, bool | int | float | str)


def strictly(written: Mapping[str, Any]) -> Case:
    """Return the case as the loader reads it, which says everything that is wrong, and knows where everything stands.

    Raises:
        CaseError: holds everything that is wrong with it.
        TypeError: it has something in it that no case file could have, such as a set.
    """
    from policyengine.loading.case import load_case_text

    given: object = written  # callers without a type checker
    if not isinstance(given, Mapping):
        msg = f"a case is a Case, or a mapping with the keys of a case file, not {given!r}"
        raise TypeError(msg)
    try:
        text = json.dumps(_dated(dict(given)), ensure_ascii=False, indent=1)
    except (TypeError, ValueError) as error:
        msg = f"a case holds what a case file can hold: text, numbers, true, false, null, lists, mappings ({error})"
        raise TypeError(msg) from error
    return load_case_text(text)


def _dated(value: object, key: str = "") -> object:
    """Return *value* with instants as text."""
    if isinstance(value, Mapping):
        return {str(name): _dated(each, str(name)) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_dated(each) for each in value]
    if key in _INSTANTS and type(value) is int:
        return _iso(value)
    return str(value) if isinstance(value, Instant) else value


def _iso(written: int) -> str:
    """Return the instant as text; where no calendar has it, as text that the loader refuses at its place."""
    try:
        return Instant(written).to_iso()
    except TimeError:
        return f"{written} µs"
