"""The text of a generated function under way, and the names in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policyengine.model.happening import Outcome

if TYPE_CHECKING:
    from policyengine.engine.compiled.plan import Plan, PlannedProvision
    from policyengine.model.vocabulary import FactType

INDENT = "    "
Guard = tuple[str, str] | None
"""When the interpreter has to decide the conditions, and the conditions."""


class Crooked(Exception):  # noqa: N818 - no fault: the provision goes to the interpreter
    """A provision that no straight line of code does justice to."""


@dataclass(slots=True, eq=False)
class Writer:
    """The text under way, and the names that it uses.

    Args:
        plan: what is written down.
        space: what each name of the text stands for.
        facts: the variable of each fact that the text looks at.
        times: the variable of each type of event that it looks at: when one first happened.
        watchers: by the place of a provision, those that arise upon the first violation of it and of others; the first
            is kept for each of them as it is found, as `g` and a number.
    """

    plan: Plan
    space: dict[str, object] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    named: dict[tuple[str, type, object], str] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)
    times: dict[str, str] = field(default_factory=dict)
    watchers: dict[int, list[int]] = field(default_factory=dict)

    def name(self, letter: str, value: object) -> str:
        """Return the name by which the text knows *value*."""
        key = (letter, type(value), value)  # 1 and true are equal to Python, and two values here (S9)
        if key not in self.named:
            name = f"{letter}{len(self.named)}"
            self.named[key] = name
            self.space[name] = value
        return self.named[key]

    def kind(self, fact: str) -> tuple[FactType, tuple[str, ...] | None]:
        """Return what values *fact* takes: its type, and its named values."""
        words = self.plan.policy.vocabulary
        return words.facts[fact], words.values(words.facts[fact])

    def fact(self, name: str) -> str:
        """Return the variable that holds the fact *name*."""
        return self.facts.setdefault(name, f"f{len(self.facts)}")

    def time(self, kind: str) -> str:
        """Return the variable that holds when an event of the type *kind* first happened."""
        return self.times.setdefault(kind, f"e{len(self.times)}")

    def place(self, kind: str) -> int:
        """Return the place of the type *kind* among those that the text looks at."""
        return int(self.time(kind)[1:])

    def write(self, depth: int, *lines: str) -> None:
        """Add *lines* at a *depth* of blocks."""
        self.lines += [INDENT * depth + line for line in lines]


def watches(plan: Plan, planned: PlannedProvision) -> tuple[str, ...]:
    """Return the provisions upon whose first violation *planned* arises, if upon nothing else, and they come in order.

    Of two violations at one instant the one named first counts, so the names have to be in the order of the policy.
    """
    upon = planned.upon or ()
    if len(upon) != 1 or upon[0].outcome is not Outcome.VIOLATED or any(each.anchor for each in planned.singles):
        return ()
    names = list(plan.provisions)
    places = [names.index(name) for name in (*upon[0].provisions, planned.node.id)]
    return upon[0].provisions if places == sorted(set(places)) else ()
