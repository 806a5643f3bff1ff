"""What an unquoted scalar means: the YAML 1.2 core schema, and nothing that PyYAML's YAML 1.1 adds.

Null, true, false and numbers are recognised; all else stays text: dates, `24:00`, `1:30`, `on`, `off`, `NO`.
A number keeps to the standard even where that surprises: `010` is ten and `1.10` equals `1.1`, so quote such text.
"""

from __future__ import annotations

import math
import re
from types import MappingProxyType

Value = str | int | float | bool | None

MAX_DIGITS = 18
_MAX_NUMBER_TEXT = 40  # leading zeros and exponents are digits that no one needs either

UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
"""A character that no file may hold: controls, lone surrogates, U+FEFF within text, U+FFFE and U+FFFF."""

_WORDS: MappingProxyType[str, bool | None] = MappingProxyType(
    dict.fromkeys(("", "~", "null", "Null", "NULL"))
    | dict.fromkeys(("true", "True", "TRUE"), True)
    | dict.fromkeys(("false", "False", "FALSE"), False)
)
_NUMBER_STARTS = frozenset("+-.0123456789")
OTHER_STARTS = _NUMBER_STARTS.union(word[:1] for word in _WORDS)
"""How a scalar starts that may mean something else than its text; one that starts otherwise is text."""

_DECIMAL = re.compile(r"[-+]?[0-9]+")
_RADIX = re.compile(r"0(?:o[0-7]+|x[0-9a-fA-F]+)")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")


class NumberRefusedError(ValueError):
    """A number is infinite, no number, or longer than `MAX_DIGITS` digits."""


def resolve(text: str) -> Value:
    """Return what the unquoted scalar *text* means.

    >>> [resolve(text) for text in ("24:00", "NO", "010", "0o10", "1e3", "~")]
    ['24:00', 'NO', 10, 8, 1000.0, None]

    Raises:
        NumberRefusedError: it is a number, but not a finite one of at most 18 digits.
    """
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _NUMBER_STARTS:
        return text
    if _DECIMAL.fullmatch(text):
        return int(_bounded(text))
    if _FLOAT.fullmatch(text):
        return _finite(float(_bounded(text)))
    if _RADIX.fullmatch(text):
        return _short(text)
    if _NOT_FINITE.fullmatch(text):
        raise NumberRefusedError
    return text


def shown_character(character: str) -> str:
    """Return the name by which a message shows a character that has no printable form."""
    return f"U+{ord(character):04X}"


def _bounded(text: str) -> str:
    mantissa = re.split("[eE]", text, maxsplit=1)[0]
    digits = re.sub("[^0-9]", "", mantissa).lstrip("0")
    if len(digits) > MAX_DIGITS or len(text) > _MAX_NUMBER_TEXT:
        raise NumberRefusedError
    return text


def _finite(number: float) -> float:
    if not math.isfinite(number):
        raise NumberRefusedError
    return number


def _short(text: str) -> int:
    if len(text) > _MAX_NUMBER_TEXT or (number := int(text, 0)) >= 10**MAX_DIGITS:
        raise NumberRefusedError
    return number
