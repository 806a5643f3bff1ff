"""Values whose slots are filled when somebody first reads one of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Self


class Late:
    """A value that may be made empty, with what fills it; once filled it is like any other of its class.

    Two threads that read it at once may both fill it, with equal values.
    """

    __slots__ = ("_later",)

    _later: tuple[Any, ...]
    """What is known of it already, what fills it, and what that is given; the second is ``None`` once it is filled."""

    @classmethod
    def later(cls, fill: Callable[..., object], given: tuple[Any, ...], brief: Sequence[Any]) -> Self:
        """Return a value that is what *fill* returns, asked for when somebody first reads it.

        Args:
            fill: makes the value.
            given: what it makes it of.
            brief: what of it is known already, for a class that can tell something from that.
        """
        made = empty(cls)
        hold(made, (brief, fill, *given))
        return made

    if not TYPE_CHECKING:  # which is to find names that there are not

        def __getattr__(self, name: str) -> object:
            """Fill the slots: Python asks here for what an object does not have (yet)."""
            if name.startswith("_"):
                raise AttributeError(name)
            brief, fill, *given = getattr(self, "_later", (None, None))
            if fill is not None and name in type(self).__match_args__:  # dataclasses have it
                filled = fill(*given)
                for slot in type(self).__match_args__:
                    object.__setattr__(self, slot, getattr(filled, slot))
                hold(self, (brief, None))
            # Another thread may have filled it in the meantime; a name that it has not is told as for any other value.
            return object.__getattribute__(self, name)


empty = object.__new__
"""Makes an empty value of a class, which `hold` gives what fills it: `Late.later` in two steps, without a call."""
# Past the frozen classes' own way of setting an attribute, which refuses.
hold = Late.__dict__["_later"].__set__
