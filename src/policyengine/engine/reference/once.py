"""A property computed on first use and kept with its object.

`functools.cached_property` of Python 3.11 holds one lock for all objects while it computes; a process forked in the
meantime would wait for it for ever.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

Kept = TypeVar("Kept")


class once(Generic[Kept]):  # noqa: N801 - used as a decorator, like `property`
    """Compute the value at the first access, and find it in the object's own dictionary from then on."""

    def __init__(self, compute: Callable[[Any], Kept]) -> None:
        """Take the name and the words of *compute*."""
        self._compute = compute
        self.__doc__ = compute.__doc__

    def __get__(self, instance: object, _owner: type) -> Kept:
        value = self._compute(instance)
        vars(instance)[self._compute.__name__] = value
        return value
