"""The generated function of a plan, made into one that can be called."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from policyengine.engine.compiled.counts import counted_by
from policyengine.engine.compiled.source import generated
from policyengine.model.assessment import Status

if TYPE_CHECKING:
    from policyengine.engine.compiled.plan import Plan
    from policyengine.model.assessment import Standing

Firsts = Mapping[str, int]
Laters = Mapping[str, Sequence[int]]


@dataclass(frozen=True, slots=True, eq=False)
class Function:
    """A generated function, with its text.

    Args:
        text: the text.
        judge: the function: of the first instant of each type of event, of the later ones, of the facts (how to get
            one), of the facts that change (as bits), and of `as_of`. It returns rows, the place of a provision where
            one is left to the interpreter, and whether any is.
        bits: the bit of each fact that it looks at.
        straight: the provisions that it judges itself; the others it leaves to the interpreter.
    """

    text: str
    judge: Callable[..., tuple[list[Standing | int], bool]]
    bits: Mapping[str, int]
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
    bits = {name: 1 << bit for bit, name in enumerate(made.facts)}
    return Function(made.text, space["judge"], bits, made.straight)


def _least(first: Firsts, types: Sequence[str]) -> int | None:
    """Return when any of *types* first happened."""
    return min((first[each] for each in types if each in first), default=None)


def _since(first: Firsts, later: Laters, types: Sequence[str], moment: int) -> int | None:
    """Return when any of *types* first happened from *moment* on."""
    found = None
    for each in types:
        at = first.get(each)
        if at is not None and at < moment:
            at = _following(later, each, moment)
        if at is not None and (found is None or at < found):
            found = at
    return found


def _following(later: Laters, kind: str, moment: int) -> int | None:
    """Return when *kind* happened again, first from *moment* on."""
    return next((at for at in later.get(kind, ()) if at >= moment), None)
