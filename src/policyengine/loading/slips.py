"""What was probably meant by what is nearly right: capital letters, Chinese dates, a length without `within`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from types import MappingProxyType

from policyengine.loading.yaml_nodes import Mapping, Node, Scalar, Sequence
from policyengine.temporal.instant import ImpossibleTimeError, Instant
from policyengine.temporal.limit import Unit

_DATE = r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?"
_UNITS = frozenset(each.value for each in Unit)
_LENGTH = r"(\d{1,6})\s*([a-z\s-]+|[^\d\s]+)"
_UNIT_WORDS = MappingProxyType(
    {
        Unit.SECONDS.value: ("s", "sec", "second", "seconds", "秒"),
        Unit.MINUTES.value: ("m", "min", "minute", "minutes", "分", "分钟"),
        Unit.HOURS.value: ("h", "hour", "hours", "时", "小时", "个小时"),
        Unit.DAYS.value: ("d", "day", "days", "日", "天"),
        Unit.WORKING_DAYS.value: ("working day", "working days", "workdays", "工作日", "个工作日"),
        Unit.MONTHS.value: ("month", "months", "月", "个月"),
        Unit.YEARS.value: ("y", "year", "years", "年"),
    }
)
_SIGNS = MappingProxyType(
    {"<=": "at_most", "≤": "at_most", ">=": "at_least", "≥": "at_least", "<": "less_than", ">": "more_than"}
)
_SIGNED = rf"({'|'.join(_SIGNS)})\s*(\S+)"
_QUOTES = " \"'“”‘’「」"


def fitting(text: str, pattern: str) -> str | None:
    """Return *text* in the form that *pattern* asks for, if a small change makes it so.

    >>> fitting("Respond in 48 h", "^[a-z][a-z0-9-]*$")
    'respond-in-48-h'
    """
    plain = unicodedata.normalize("NFKC", text).strip(_QUOTES)
    small = plain.lower()
    hour = f"0{plain}" if ":" in plain else plain
    ways = (plain, small, plain.upper(), re.sub(r"\s+", "-", small), hour)
    return next((each for each in ways if each != text and re.search(pattern, each, re.ASCII)), None)


def dated(text: str) -> str | None:
    """Return *text*, a date in another form, as `2025-10-08`.

    >>> dated("2017年3月1日")
    '2017-03-01'
    """
    found = re.fullmatch(_DATE, unicodedata.normalize("NFKC", text).strip())
    if found is None:
        return None
    meant = "-".join(each.zfill(2) for each in found.groups())
    try:
        Instant.parse(f"{meant}T00:00Z")
    except ImpossibleTimeError:
        return None
    return meant


def length_meant(holder: Node, key: str) -> str | None:
    """Return how a length is written that stands in a deadline itself: `deadline: {hours: 48}`."""
    value = holder.get(key) if isinstance(holder, Mapping) and holder.get("within") is None else None
    number = isinstance(value, Scalar) and type(value.value) is int
    return f"within: {{{key}: {value.value}}}" if key in _UNITS and number and isinstance(value, Scalar) else None


def length_in_words(text: str) -> str | None:
    """Return how a length in words is written here.

    >>> length_in_words("3 working days"), length_in_words("24小时")
    ('{working_days: 3}', '{hours: 24}')
    """
    found = re.fullmatch(_LENGTH, unicodedata.normalize("NFKC", text).strip(_QUOTES).lower())
    unit = None if found is None else next((name for name, words in _UNIT_WORDS.items() if found[2] in words), None)
    return None if found is None or unit is None else f"{{{unit}: {int(found[1])}}}"


def entry_meant(holder: Node, key: str) -> str | None:
    """Return how an entry without value was meant: `hours:48` without its space, a text with a comma in it."""
    name, colon, value = key.partition(":")
    if colon and value:
        return f"{name}: {value}"
    entries = holder.entries if isinstance(holder, Mapping) else ()
    before = next((entries[place - 1] for place, (each, _) in enumerate(entries) if place and each.value == key), None)
    if before is None or not isinstance(before[1], Scalar) or not isinstance(before[1].value, str):
        return None
    return f'{before[0].value}: "{before[1].value}, {key}"' if " " in key else None


def titles(root: Node | None) -> dict[str, tuple[str, ...]]:
    """Return the names of things by what a file calls them, in Chinese or English.

    A lawyer writes what the text calls a role or a value; files write its name.
    """
    found: dict[str, tuple[str, ...]] = {}
    for name, title in _titled(root):
        found[title] = (*found.get(title, ()), name)
    return found


def _titled(root: Node | None) -> Iterator[tuple[str, str]]:
    """Yield the name and each title of everything below *root* that has both."""
    parts: list[tuple[Node | None, Node]] = []
    if isinstance(root, Sequence):
        parts = [(item.get("id") if isinstance(item, Mapping) else None, item) for item in root.items]
    elif isinstance(root, Mapping):
        parts = list(root.entries)
    for name, thing in parts:
        title = thing.get("title") if isinstance(thing, Mapping) else None
        texts = [each for _, each in title.entries] if isinstance(title, Mapping) else []
        if isinstance(name, Scalar):
            yield from ((str(name.value), str(each.value)) for each in texts if isinstance(each, Scalar))
        yield from _titled(thing)


def compared(value: str, allowed: Iterable[str]) -> str | None:
    """Return how a comparison written with a sign is written here: `< major` is `{less_than: major}`.

    >>> compared("≥ major", ["minor", "major"])
    '{at_least: major}'
    """
    found = re.fullmatch(_SIGNED, unicodedata.normalize("NFKC", value))
    if found is None or found[2] not in allowed:
        return None
    return f"{{{_SIGNS[found[1]]}: {found[2]}}}"
