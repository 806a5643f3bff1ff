"""What is read again and again while a process runs, and need not be: the vocabularies and calendars of policies."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from policyengine.loading.text import Source

Read = TypeVar("Read")

_MOST = 8
_LONGEST = 256 * 1024


def remembered(read: Callable[[Source], Read]) -> Callable[[Source], Read]:
    """Return *read*, a function of a text alone, which keeps the latest few of its results; they must be immutable.

    The key is the whole text with its name, so a file that was changed is read anew. Results of long texts are not
    kept, which bounds the memory.
    """
    kept = lru_cache(maxsize=_MOST)(read)

    @wraps(read)
    def reading(source: Source) -> Read:
        return kept(source) if len(source.text) <= _LONGEST else read(source)

    return reading
