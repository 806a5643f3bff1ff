"""A run of examples: each expectation under a name of its own, and what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from policyengine.checks.examples.example import Ask, Example, Expected, Subject
from policyengine.checks.examples.judging import Outcome, judge

if TYPE_CHECKING:
    from policyengine.engine.matcher import Matcher
    from policyengine.engine.question import MatcherName
    from policyengine.model.policy import Policy


@dataclass(frozen=True, slots=True)
class Held:
    """What became of one expectation.

    Args:
        example: its example.
        ask: its question.
        name: its name, unlike any other of the question.
        outcome: what became of it.
    """

    example: Example
    ask: Ask
    name: str
    outcome: Outcome

    @property
    def path(self) -> tuple[str, ...]:
        """Return the names that lead to it within its file: example, question where there are several, expectation."""
        return tuple(each for each in (self.example.name, self.ask.label, self.name) if each)

    @property
    def id(self) -> str:
        """Return all that tells it from every other, as the ids of pytest do."""
        return "::".join((self.example.file, *self.path))


def run(
    examples: Iterable[Example], policies: Mapping[str, Policy], matcher: MatcherName | Matcher = "reference"
) -> Iterator[Held]:
    """Yield what became of every expectation of *examples*, in their order."""
    for example in examples:
        for ask in example.asks:
            outcomes = judge(ask, policies, matcher)
            for name, outcome in zip(names(ask), outcomes, strict=True):
                yield Held(example, ask, name, outcome)


def names(ask: Ask) -> tuple[str, ...]:
    """Return a name for each expectation of *ask*; where two would have one name, the second gets a number."""
    seen: Counter[str] = Counter()
    found = []
    for each in ask.expected:
        name = _name(ask, each)
        seen[name] += 1
        found.append(name if seen[name] == 1 else f"{name}#{seen[name]}")
    return tuple(found)


def selected(examples: Iterable[Example], part: str) -> Iterator[Example]:
    """Yield *examples* with only those expectations whose id has *part* in it, whatever the case of its letters."""
    for example in examples:
        asks = tuple(each for ask in example.asks if (each := _only(example, ask, part.casefold())).expected)
        if asks:
            yield replace(example, asks=asks)


def _only(example: Example, ask: Ask, part: str) -> Ask:
    held = (Held(example, ask, name, Outcome(each)) for name, each in zip(names(ask), ask.expected, strict=True))
    return replace(ask, expected=tuple(each.outcome.expected for each in held if part in each.id.casefold()))


def _name(ask: Ask, expected: Expected) -> str:
    policy = f"{expected.policy}:" if expected.policy not in {"", ask.policies[0]} else ""
    kind = "" if expected.subject in {Subject.DUTY, Subject.CONFLICTS} else f"{expected.subject.value}:"
    instance = "" if expected.instance is None else f"[{expected.instance}]"
    return f"{policy}{kind}{expected.name}{instance}"
