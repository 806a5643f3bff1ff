"""What the policies of a monitor say about a case, asked of the engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from policyengine.engine.question import Question, distinct, options, options_by_policy
from policyengine.errors import CaseError, ReadingError
from policyengine.model.policy import Policy
from policyengine.prepare.readings import choose

if TYPE_CHECKING:
    from policyengine.model.assessment import Assessment, Duty
    from policyengine.model.case import Case
    from policyengine.temporal.instant import Instant

Readings = Mapping[str, str] | Mapping[str, Mapping[str, str]]
Answers = tuple["Assessment", ...]
"""An answer for each policy, in their order."""


@dataclass(frozen=True, slots=True)
class Judge:
    """The policies that judge all cases of a monitor, under chosen readings.

    Args:
        policies: each once.
        chosen: for each of them an option of every reading that it has.
        alone: whether it is one policy by itself, rather than a list of them.
    """

    policies: tuple[Policy, ...]
    chosen: tuple[Mapping[str, str], ...]
    alone: bool

    @property
    def beside(self) -> tuple[Policy, ...]:
        """Return the policies that judge a case side by side; none for one alone (S31)."""
        return () if self.alone else self.policies

    def answers(self, case: Case, as_of: Instant) -> Answers:
        """Return what a fresh evaluation of *case* gives.

        Raises:
            CaseError: the case cannot be judged at *as_of*.
        """
        question = Question(case, as_of, None, "reference", self.beside)
        if self.alone:
            return (question.answer(self.policies[0], self.chosen[0]),)
        chosen = {policy.id: each for policy, each in zip(self.policies, self.chosen, strict=True)}
        return question.of_each(lambda policy: question.answer(policy, chosen[policy.id]))

    def tried(self, case: Case, as_of: Instant) -> Answers | CaseError:
        """Return the same, or why the case cannot be judged."""
        try:
            return self.answers(case, as_of)
        except CaseError as error:
            return error


def judge(policy: Policy | Sequence[Policy], readings: Readings | Literal["all"] | None) -> Judge:
    """Return who judges.

    Raises:
        TypeError: a policy's id or path in place of the policy.
        ValueError: no policy at all, or two different ones with one id.
        ReadingError: an unknown reading or option, or all of them at once.
    """
    _require_loaded(policy)
    if isinstance(readings, str):
        msg = f"open cases are followed under one option of each reading, chosen by name; not {readings!r}"
        raise ReadingError(msg)
    if isinstance(policy, Policy):
        return Judge((policy,), (choose(policy, options(readings)),), alone=True)
    policies = distinct(policy)
    by_policy = options_by_policy(policies, readings)
    return Judge(policies, chosen_readings(policies, [by_policy.get(each.id, {}) for each in policies]), alone=False)


def _require_loaded(policy: object) -> None:
    """Refuse ids and paths: nothing is read from a disk here."""
    for each in policy if isinstance(policy, list | tuple) else (policy,):
        if not isinstance(each, Policy):
            msg = f"a policy has to be loaded before it judges, not {each!r}"
            raise TypeError(msg)


def chosen_readings(policies: Sequence[Policy], readings: Sequence[Mapping[str, str]]) -> tuple[Mapping[str, str], ...]:
    """Return for each of *policies* an option of every reading: those of *readings*, the defaults elsewhere.

    Raises:
        ReadingError: a reading or option that a policy does not have.
    """
    return tuple(choose(policy, each) for policy, each in zip(policies, readings, strict=True))


def same(one: Answers | CaseError, other: Answers | CaseError) -> bool:
    """Tell whether two answers say the same, but for `as_of` and the time that has elapsed."""
    if isinstance(one, CaseError) or isinstance(other, CaseError):
        return isinstance(one, CaseError) and isinstance(other, CaseError) and one.diagnostics == other.diagnostics
    return all(_timeless(a) == _timeless(b) for a, b in zip(one, other, strict=True))


def _timeless(answer: Assessment) -> tuple[object, ...]:
    duties = tuple(_without_elapsed(each) for each in answer.duties)
    return duties, answer.facts, answer.presumed, answer.gaps, answer.known_at, answer.known_until


def _without_elapsed(duty: Duty) -> Duty:
    return duty if duty.elapsed is None else replace(duty, elapsed=0)
