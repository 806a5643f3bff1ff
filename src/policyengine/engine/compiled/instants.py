"""Instants as files write them, read without a detour (S1)."""

from __future__ import annotations

from datetime import UTC, datetime

from policyengine.temporal.instant import DAY, SECOND, Instant

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_WITH_OFFSET, _IN_UTC = 25, 20


def micros(written: object) -> int:
    """Return the microseconds of an instant that is *written* as text, an `Instant` or a datetime.

    What is written to the second with its offset is read by Python itself; all else, and whatever that refuses, as
    `Instant.parse` reads it.

    Raises:
        TimeError: a naive, malformed or impossible time.
        TypeError: no time at all.
    """
    if type(written) is str and _usual(written):
        try:
            moment = datetime.fromisoformat(written) - _EPOCH
        except ValueError:
            return Instant.parse(written).micros
        return moment.days * DAY + moment.seconds * SECOND
    from policyengine.model.case import instant

    return instant(written).micros  # type: ignore[arg-type] # which says so where it is no time


def _usual(text: str) -> bool:
    """Tell whether *text* looks like `2025-10-08T23:30:00+08:00` or `2025-10-08T15:30:00Z`."""
    length = len(text)
    if (length == _WITH_OFFSET and text[19] in "+-" and text[22] == ":") or (length == _IN_UTC and text[19] == "Z"):
        return text[10] == "T" and text[4] == "-" == text[7] and text[13] == ":" == text[16]
    return False
