"""Lengths of time that a text names: `24小时`, `五个工作日`, `48 hours`, `within ten days`."""

from __future__ import annotations

import re
import unicodedata
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from policyengine.temporal.limit import ELAPSED, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policyengine.model.provision import Provision


class Measure(NamedTuple):
    """How long: a number of microseconds, days, working days or months."""

    unit: str
    number: int


class Named(NamedTuple):
    """A length and the words that name it."""

    length: Measure
    words: str


_DIGITS = MappingProxyType({name: value for value, name in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2})
_TENS = MappingProxyType({"十": 10, "百": 100, "千": 1000})
_CHINESE_NUMBER = r"[0-9]{1,6}|[〇零一二两三四五六七八九十百千]{1,9}"
_CHINESE_UNITS = MappingProxyType(
    {
        "秒": Unit.SECONDS,
        "分钟": Unit.MINUTES,
        "小时": Unit.HOURS,
        "工作日": Unit.WORKING_DAYS,
        "日": Unit.DAYS,
        "天": Unit.DAYS,
        "月": Unit.MONTHS,
        "年": Unit.YEARS,
    }
)
# A day, month or year is a length only before "within": else it is a date, or a way of speaking.
_CHINESE = re.compile(
    rf"(?<![第0-9.:])({_CHINESE_NUMBER})(?:个)?(工作日|小时|分钟|秒)(?!制|值|不间断|全天|在线|监)"
    rf"|(?<![第0-9.月])({_CHINESE_NUMBER})(?:个)?(日|天|月|年)(?=[之以]?内)"
    r"|(半)个?(小时)"
)
_ENGLISH_UNITS = MappingProxyType(
    {
        "second": Unit.SECONDS,
        "minute": Unit.MINUTES,
        "hour": Unit.HOURS,
        "working day": Unit.WORKING_DAYS,
        "business day": Unit.WORKING_DAYS,
        "day": Unit.DAYS,
        "month": Unit.MONTHS,
        "year": Unit.YEARS,
    }
)
_ONES = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_BY_TEN = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS = MappingProxyType(
    {name: value for value, name in enumerate(_ONES, start=1)}
    | {name: value * 10 for value, name in enumerate(_BY_TEN, start=2)}
)
_ENGLISH_NUMBER = rf"[0-9]{{1,6}}|(?:{'|'.join(_WORDS)})(?:-(?:{'|'.join(_WORDS)}))?"
_ENGLISH = re.compile(
    rf"(?<![0-9.:-])\b({_ENGLISH_NUMBER})[ -]({'|'.join(_ENGLISH_UNITS)})s?\b(?! a (?:day|week|month|year))"
    r"|\b(half an) (hour)\b",
    re.IGNORECASE,
)
_DAYLONG = frozenset({Unit.DAYS, Unit.MONTHS, Unit.YEARS})
_BEFORE_DAYS = re.compile(r"(?:within|in|after|of|than|to|and|or|,)\s(?:the\s|at most\s)?$", re.IGNORECASE)
_MONTHS_OF_A_YEAR = 12
_HALF_AN_HOUR = 30


def named(text: str) -> tuple[Named, ...]:
    """Return the lengths that *text*, Chinese or English, names, in order."""
    plain = unicodedata.normalize("NFKC", text)
    return (*_chinese(plain), *_english(plain))


def _chinese(text: str) -> Iterator[Named]:
    for found in _CHINESE.finditer(text):
        number, unit = found[1] or found[3], found[2] or found[4]
        if number is None:
            yield Named(_measure(Unit.MINUTES, _HALF_AN_HOUR), found[0])
        elif (value := _chinese_value(number)) is not None:
            yield Named(_measure(_CHINESE_UNITS[unit], value), found[0])


def _english(text: str) -> Iterator[Named]:
    for found in _ENGLISH.finditer(text):
        if found[1] is None:
            yield Named(_measure(Unit.MINUTES, _HALF_AN_HOUR), found[0])
            continue
        unit = _ENGLISH_UNITS[found[2].lower()]
        if unit not in _DAYLONG or _BEFORE_DAYS.search(text[: found.start()]):
            yield Named(_measure(unit, _english_value(found[1].lower())), found[0])


def lengths_of(provision: Provision) -> frozenset[Measure]:
    """Return the lengths that a provision's limits have, and the one since the last act."""
    singles = provision.deadline.singles() if provision.deadline is not None else ()
    every = [single.within for single in singles]
    if provision.every is not None:
        every.append(provision.every.since_last_act)
    return frozenset(
        _measure(Unit(unit), number) for each in every if each is not None for unit, number in each.parts()
    )


def _measure(unit: Unit, number: int) -> Measure:
    """Return a length so that equal ones are equal: an hour is sixty minutes, a year twelve months."""
    if unit in ELAPSED:
        return Measure("", number * ELAPSED[unit])
    if unit is Unit.YEARS:
        return Measure(Unit.MONTHS, number * _MONTHS_OF_A_YEAR)
    return Measure(unit, number)


def _chinese_value(number: str) -> int | None:
    """Return what a Chinese or Arabic number is; ``None`` where it is no number below ten thousand."""
    if number.isascii():
        return int(number)
    total, digit = 0, 0
    for character in number:
        if character in _TENS:
            total += (digit or 1) * _TENS[character]
            digit = 0
        elif digit:
            return None
        else:
            digit = _DIGITS[character]
    return total + digit


def _english_value(number: str) -> int:
    return int(number) if number.isdigit() else sum(_WORDS[word] for word in number.split("-"))
