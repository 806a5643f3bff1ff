"""A policy and its examples -> what became of each of its mutants; in several processes, if that is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property
from multiprocessing import get_context
from typing import TYPE_CHECKING

from policyengine.checks.mutation.killing import Examples
from policyengine.checks.mutation.making import Maker
from policyengine.checks.mutation.mutants import mutants
from policyengine.checks.mutation.surviving import Pair
from policyengine.checks.mutation.verdict import Fate, Mutation, Verdict
from policyengine.model.frozen import FrozenMap

if TYPE_CHECKING:
    from pathlib import Path

    from policyengine.checks.examples.example import Ask, Example
    from policyengine.checks.mutation.mutants import Mutant
    from policyengine.model.policy import Policy

_MOST_PROCESSES = 61
"""More than these cannot be waited for on Windows."""
_CHUNKS = 8
"""So many portions of work for each process: few enough to be worth sending, enough for all to end together."""


@dataclass(frozen=True)
class Trial:
    """A policy on trial.

    Args:
        policy: the policy.
        policies: all policies that the examples name, by those names.
        examples: the examples, in the order of their files.
        beside: the directory where the policy's vocabulary and calendar are looked for first.
    """

    policy: Policy
    policies: Mapping[str, Policy]
    examples: Sequence[Example]
    beside: Path | None = None

    def mutation(self, *, accepted: Mapping[str, str] | None = None, jobs: int = 1) -> Mutation:
        """Return what became of every mutant; none is tried where an example fails as the policy stands.

        Args:
            accepted: the reasons why survivors are left alive, by the mutant's id.
            jobs: in so many processes at most; the result is the same.
        """
        asked = self._asked
        found = Mutation(
            self.policy,
            min(asked.names, default=self.policy.id),
            len(asked.questions),
            tuple(asked.failing()),
            accepted=FrozenMap(accepted or {}),
        )
        return found if found.failing else replace(found, verdicts=tuple(self._verdicts(jobs)))

    def verdict(self, mutant: Mutant) -> Verdict:
        """Return what became of *mutant*."""
        policy = self._maker.made(mutant)
        if policy is None:
            return Verdict(mutant, Fate.REFUSED)
        kill = self._asked.kill(mutant, policy)
        if kill is not None:
            return Verdict(mutant, Fate.KILLED, kill)
        name = min(self._asked.names, default=self.policy.id)

        def notices(ask: Ask) -> bool:
            return self._asked.tells_apart(ask, policy, name)

        found = Pair(mutant, self.policy, policy, name).survivor(notices)
        if found.equivalent:
            return Verdict(mutant, Fate.EQUIVALENT)
        return Verdict(mutant, Fate.UNSETTLED if found.question is None else Fate.SURVIVED, question=found.question)

    def _verdicts(self, jobs: int) -> Iterator[Verdict]:
        every = tuple(mutants(self.policy))
        if jobs == 1 or not every:
            yield from map(self.verdict, every)
            return
        # A process begun anew holds nothing but what it is sent, whatever the platform.
        jobs = min(jobs, len(every), _MOST_PROCESSES)
        with ProcessPoolExecutor(jobs, get_context("spawn")) as pool:
            yield from pool.map(self.verdict, every, chunksize=max(1, len(every) // (jobs * _CHUNKS)))

    @cached_property
    def _asked(self) -> Examples:
        return Examples(self.policy, self.policies, self.examples)

    @cached_property
    def _maker(self) -> Maker:
        return Maker(self.policy, self.beside)
