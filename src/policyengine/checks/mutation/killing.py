"""Which example notices a mutant: the first whose answer comes out otherwise than it expects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from policyengine.checks.examples.judging import judge
from policyengine.checks.mutation.reach import Bearing, Reach, changed
from policyengine.errors import CaseError

if TYPE_CHECKING:
    from policyengine.checks.examples.example import Ask, Example
    from policyengine.checks.examples.judging import Outcome
    from policyengine.checks.mutation.mutants import Mutant
    from policyengine.model.policy import Policy


class Question(NamedTuple):
    """One question of an example."""

    example: Example
    ask: Ask


class Kill(NamedTuple):
    """What notices a mutant.

    Args:
        question: the question that is answered otherwise.
        outcome: the expectation that fails first; ``None`` where the mutant refuses the case.
    """

    question: Question
    outcome: Outcome | None


@dataclass(frozen=True)
class Examples:
    """The examples that ask a policy, and those who stand beside it.

    Args:
        policy: the policy.
        policies: all policies that the examples name.
        examples: the examples, in the order of their files.
    """

    policy: Policy
    policies: Mapping[str, Policy]
    examples: Sequence[Example]

    @cached_property
    def names(self) -> frozenset[str]:
        """What the examples call the policy."""
        return frozenset(name for name, each in self.policies.items() if each == self.policy)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """The questions that the policy answers, alone or with others, in the order of their files."""
        every = (Question(example, ask) for example in self.examples for ask in example.asks)
        return tuple(each for each in every if not self.names.isdisjoint(each.ask.policies) and each.ask.expected)

    def failing(self) -> Iterator[Kill]:
        """Yield the questions that fail as the policy stands: with them no mutant can be told from it."""
        yield from (found for each in self.questions if (found := self._noticed(each, self.policy)) is not None)

    def kill(self, mutant: Mutant, policy: Policy) -> Kill | None:
        """Return what notices *mutant*, which is *policy*; the questions about what it changed are asked first."""
        about = mutant.part.name
        bearing = Bearing(self._reach, Reach(policy), changed(mutant), self.names)
        ordered = sorted(self.questions, key=lambda each: not self._asserts(each.ask, about))
        asked = (each for each in ordered if bearing.on(each.ask))
        return next((found for each in asked if (found := self._noticed(each, policy)) is not None), None)

    @cached_property
    def _reach(self) -> Reach:
        return Reach(self.policy)

    def tells_apart(self, ask: Ask, policy: Policy, name: str) -> bool:
        """Tell whether the policy answers *ask* as expected and the mutant *policy* does not; both are *name*."""
        try:
            if not all(each.passed for each in judge(ask, {name: self.policy})):
                return False
            return not all(each.passed for each in judge(ask, {name: policy}))
        except CaseError:
            return False

    def _asserts(self, ask: Ask, name: str) -> bool:
        return any(each.name == name and each.policy in self.names for each in ask.expected)

    def _noticed(self, question: Question, policy: Policy) -> Kill | None:
        policies = {**self.policies, **dict.fromkeys(self.names, policy)}
        try:
            outcomes = judge(question.ask, policies)
        except CaseError:
            return Kill(question, None)
        return next((Kill(question, each) for each in outcomes if not each.passed), None)
