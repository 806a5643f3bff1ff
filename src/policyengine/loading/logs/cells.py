"""Cells -> values: instants, facts, lists, true and false."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from policyengine.loading.scalars import NumberRefusedError, resolve
from policyengine.loading.words import LIST, ONE_VALUE, TYPE_WORDS
from policyengine.temporal.instant import DAY, SECOND, Instant
from policyengine.wording import Wording

if TYPE_CHECKING:
    from policyengine.loading.logs.columns import Columns, Meaning
    from policyengine.model.base import Atom
    from policyengine.model.case import FactValue
    from policyengine.temporal.zone import Zone

NULLS = frozenset(("", "~", "null", "Null", "NULL"))
"""Texts that say nothing."""
_TRUTHS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_ORDINARY = frozenset({19, 20, 25, 26, 27, 32})
"""The lengths of a time with seconds: bare, with a `Z`, with an offset; and of each with six digits of a fraction."""
_FRACTION = len("2025-10-08T23:30:00.000000")
_OFFSET = len("+08:00")
_SIGNS = frozenset("+-")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAYS = 4096
_MAX_WHOLE = 10**18
_FINITE = Wording(
    "不超过 18 位的有限数（若是文本，请在列对照表中写 `type: text`）",
    "a finite number of at most 18 digits (if it is text, write `type: text` for the column)",
)


class CellError(ValueError):
    """A cell holds something else than is expected there; `expected` says what."""

    def __init__(self, expected: Wording) -> None:
        super().__init__(expected.en)
        self.expected = expected


class Clock:
    """Instants out of texts, in one zone; as :meth:`Instant.parse` reads them, and faster where they are ordinary."""

    def __init__(self, zone: Zone | None) -> None:
        """Read times without an offset on the clock of *zone*, if there is one."""
        self._zone = zone
        self._ahead: dict[str, int | None] = {}

    def instant(self, text: str) -> Instant:
        """Return the instant that *text* writes.

        Raises:
            TemporalError: as :meth:`Instant.parse` does.
        """
        micros = None
        if len(text) in _ORDINARY and text[4] == text[7] == "-" and text[13] == text[16] == ":" and text.isascii():
            micros = self._micros(text)
        return Instant.parse(text, self._zone) if micros is None else Instant(micros)

    def _micros(self, text: str) -> int | None:
        """Return what an ordinary text says, or ``None`` where it had better be read with care."""
        if text[10] not in "T ":
            return None
        rest = text[_FRACTION:] if text[19:20] == "." and len(text) >= _FRACTION else text[19:]
        if rest == "Z" or (len(rest) == _OFFSET and rest[0] in _SIGNS and rest[3] == ":" and rest[4] in "012345"):
            return _micros(text)
        ahead = None if rest or self._zone is None else self._offset(text[:10])
        shown = None if ahead is None else _micros(f"{text}Z")
        return None if ahead is None or shown is None else shown - ahead

    def _offset(self, day: str) -> int | None:
        """Return by how many microseconds the zone is ahead of UTC on a whole day, if that does not change in it."""
        if day not in self._ahead:
            if len(self._ahead) >= _DAYS:
                self._ahead.clear()
            self._ahead[day] = None if self._zone is None else _steady(day, self._zone)
        return self._ahead[day]


def _steady(text: str, zone: Zone) -> int | None:
    try:
        day = date.fromisoformat(text)
        midnight, noon, end = (
            zone.resolve(datetime.combine(day, time()) + timedelta(hours=hours)).micros for hours in (0, 12, 24)
        )
    except (ValueError, OverflowError):
        return None
    if end - midnight != DAY or noon - midnight != DAY // 2:
        return None
    return zone.offset(Instant(noon)) * SECOND


def _micros(text: str) -> int | None:
    try:
        passed = datetime.fromisoformat(text) - _EPOCH
    except ValueError:
        return None
    return passed.days * DAY + passed.seconds * SECOND + passed.microseconds


class Reader:
    """Cells as facts, roles and truths, as one map of columns has them read."""

    def __init__(self, columns: Columns, *, is_text: bool) -> None:
        """Read cells of a table that holds text alone, or values of several types."""
        self._is_text = is_text
        self._separator = columns.separator
        self._booleans = {**_TRUTHS, **columns.booleans}

    def text(self, value: object) -> str:
        """Return a name or a text; a whole number is the text of its digits.

        Raises:
            CellError: it is nothing of the kind.
        """
        if isinstance(value, str):
            return value.strip()
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        raise CellError(TYPE_WORDS["text"])

    def texts(self, value: object) -> tuple[str, ...]:
        """Return several names, apart by the separator or in a list."""
        parts = value if isinstance(value, list) else self.text(value).split(self._separator)
        return tuple(text for part in parts if (text := self.text(part)))

    def truth(self, value: object) -> bool:
        """Return true or false."""
        if isinstance(value, bool):
            return value
        found = self._booleans.get(value.strip()) if isinstance(value, str) else None
        if found is None:
            raise CellError(TYPE_WORDS["boolean"])
        return found

    def fact(self, value: object, meaning: Meaning) -> FactValue:
        """Return the value of a fact or an attribute."""
        if meaning.values and isinstance(value, str) and value.strip() in meaning.values:
            found: FactValue = meaning.values[value.strip()]
            return found
        if isinstance(value, list):
            return tuple(self._item(each, meaning) for each in value)
        if meaning.many and isinstance(value, str):
            return tuple(self._item(each, meaning) for each in value.split(self._separator) if each.strip())
        if meaning.many:
            raise CellError(LIST)
        return self._item(value, meaning)

    def _item(self, value: object, meaning: Meaning) -> Atom:
        if meaning.values and isinstance(value, str) and value.strip() in meaning.values:
            value = meaning.values[value.strip()]
        atom = self._atom(value, meaning)
        too_long = isinstance(atom, int) and not -_MAX_WHOLE < atom < _MAX_WHOLE
        if too_long or (isinstance(atom, float) and not math.isfinite(atom)):
            raise CellError(_FINITE)
        return atom

    def _atom(self, value: object, meaning: Meaning) -> Atom:
        if meaning.type == "boolean":
            return self.truth(value)
        if meaning.type == "text":
            return value if isinstance(value, str) else self.text(value)
        if isinstance(value, str) and (self._is_text or meaning.type == "number"):
            value = self._resolved(value.strip())
        if meaning.type == "number" and (isinstance(value, bool) or not isinstance(value, int | float)):
            raise CellError(TYPE_WORDS["number"])
        if isinstance(value, bool | int | float | str):
            return value
        raise CellError(ONE_VALUE)

    def _resolved(self, text: str) -> Atom | None:
        if text in self._booleans:
            return self._booleans[text]
        try:
            return resolve(text)
        except NumberRefusedError:
            raise CellError(_FINITE) from None
