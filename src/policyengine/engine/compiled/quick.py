"""A case that is data, read in one pass into what the generated function is asked with, and judged by it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from policyengine.engine.compiled.fitting import FIRST, LAST
from policyengine.engine.compiled.instants import micros
from policyengine.errors import TimeError

if TYPE_CHECKING:
    from policyengine.engine.compiled.fitting import Fitting
    from policyengine.engine.compiled.function import Function
    from policyengine.model.assessment import Standing

Judged = tuple[list["Standing | int"], bool]
"""What the generated function returns: rows, the place of a provision for those of it that are wanting, and whether."""

_NOTHING: Mapping[str, object] = {}
_LISTS = (list, tuple)
_ID = itemgetter("id")


def quickly(fitting: Fitting, function: Function) -> Callable[[Mapping[str, Any], int], Judged | None]:  # noqa: C901 - see inside
    """Return what reads a case up to an instant and asks *function*.

    It returns ``None`` for a case that is not as most are, and says nothing of what is wrong: whatever is not plainly
    right is looked into by the loader.
    """
    simple, judge = fitting.simple, function.judge
    size = len(function.places) + 1
    places = {**dict.fromkeys(fitting.types, size - 1), **function.places}

    def quick(case: Mapping[str, Any], as_of: int) -> Judged | None:  # noqa: C901, PLR0911, PLR0912 - one pass: a call for each event would take longer than the rest
        try:
            events, name, facts = case["events"], case["case"], _NOTHING if len(case) == 2 else case["facts"]  # noqa: PLR2004 - `case`, `events`
            if len(case) > 3 or type(events) not in _LISTS or not FIRST <= as_of <= LAST:  # noqa: PLR2004 - and `facts`
                return None
            if type(name) is not str or not name:
                return None
            for name, value in facts.items():
                allowed = simple[name]
                if type(value) is not allowed and value not in allowed:
                    return None
            first: list[int | None] = [None] * size
            later: dict[int, list[int]] = {}
            last, highest, rising, more = FIRST, "", True, False
            for event in events:
                if len(event) != 3:  # noqa: PLR2004 - `id`, `type`, `at`
                    more = True
                at = event["at"]
                if type(at) is not int:
                    at = micros(at)
                if at < last:
                    return None
                last = at
                name = event["id"]
                if name > highest:  # which no number is, and no empty text
                    highest = name
                else:
                    rising = False
                place = places[event["type"]]
                if at > as_of:
                    continue
                if first[place] is None:
                    first[place] = at
                elif place in later:
                    later[place].append(at)
                else:
                    later[place] = [at]
            if last > LAST or not (rising or _unlike(events)):
                return None
            get = _settled(facts, events, as_of, fitting).get if more else facts.get
        except (KeyError, TypeError, AttributeError, ValueError, TimeError):
            return None
        return judge(first, later, get, as_of)

    return quick


def _unlike(events: Sequence[Mapping[str, Any]]) -> bool:
    """Tell whether the ids of *events*, which do not rise, are all different texts.

    Raises:
        TypeError: one of them is no text.
    """
    names = set(map(_ID, events))
    return len(names) == len(events) and bool("".join(names)) and "" not in names


def _settled(
    facts: Mapping[str, Any], events: Iterable[Mapping[str, Any]], as_of: int, fitting: Fitting
) -> Mapping[str, Any]:
    """Return the facts where events set some: those that change are unknown.

    Raises:
        ValueError: something that has to be looked into.
    """
    settled, changing = dict(facts), set()
    for event in events:
        if len(event) == 3:  # noqa: PLR2004 - `id`, `type`, `at`
            continue
        at = event["at"]
        if len(event) != 4 or (at if type(at) is int else micros(at)) > as_of:  # noqa: PLR2004 - and `sets`
            raise ValueError
        for name, value in event["sets"].items():
            allowed = fitting.simple[name]
            if type(value) is not allowed and value not in allowed:
                raise ValueError
            if name not in fitting.presumed and name not in settled:
                settled[name] = value  # an unknown span that a later event ends takes that event's value (S8)
            elif settled.get(name) != value:
                changing.add(name)
    settled.update(dict.fromkeys(changing))
    return settled
