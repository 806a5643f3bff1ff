"""The generated function of a plan, made into one that can be called."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from policyengine.engine.compiled.counts import counted_by
from policyengine.engine.compiled.source import generated
from policyengine.model.assessment import Status

if TYPE_CHECKING:
    from policyengine.engine.compiled.plan import Plan
    from policyengine.model.assessment import Standing

Firsts = Sequence[int | None]
"""When each type of event first happened, by its place; ``None`` for never. The last is of all types not looked at."""
Laters = Mapping[int, Sequence[int]]
"""By the same places, when it happened again, in order."""


@dataclass(frozen=True, slots=True, eq=False)
class Function:
    """A generated function, with its text.

    Args:
        text: the text.
        judge: the function: of the first instant of each type of event, of the later ones, of how to get a fact
            (``None`` for one that is not known, or changes), and of `as_of`. It returns rows, the place of a provision
            where one is left to the interpreter, and whether any is.
        places: the place of each type of event that it looks at.
        straight: the provisions that it judges itself; the others it leaves to the interpreter.
    """

    text: str
    judge: Callable[..., tuple[list[Standing | int], bool]]
    places: Mapping[str, int]
    straight: frozenset[str]


@lru_cache(maxsize=64)
def function(plan: Plan) -> Function:
    """Return the generated function of *plan*."""
    made = generated(plan)
    space: dict[str, Any] = {status.name: status for status in Status}
    space |= {"least": _least, "since": _since, "following": _following, "__builtins__": {}}
    for name, value in made.names.items():
        space[name] = counted_by(plan.policy, value) if name.startswith("L") else value  # type: ignore[arg-type]
    exec(compile(made.text, "<policy>", "exec"), space)  # noqa: S102 - names and numbers that `source` made
    return Function(made.text, space["judge"], made.places, made.straight)


def _least(first: Firsts, places: Iterable[int]) -> int | None:
    """Return when any of the types at *places* first happened."""
    return min((at for each in places if (at := first[each]) is not None), default=None)


def _since(first: Firsts, later: Laters, places: Iterable[int], moment: int) -> int | None:
    """Return when any of the types at *places* first happened from *moment* on."""
    found = None
    for each in places:
        at = first[each]
        if at is not None and at < moment:
            at = _following(later, each, moment)
        if at is not None and (found is None or at < found):
            found = at
    return found


def _following(later: Laters, place: int, moment: int) -> int | None:
    """Return when the type at *place* happened again, first from *moment* on."""
    return next((at for at in later.get(place, ()) if at >= moment), None)
