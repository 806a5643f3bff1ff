"""Triples from seeds: the same seed makes the same triples in every process, with one release of Hypothesis."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, Phase, Verbosity, given, settings
from hypothesis import seed as seeded
from hypothesis import strategies as st

from policyengine.testing.differential.policies import every_source
from policyengine.testing.differential.seeded import backend
from policyengine.testing.differential.triple import Known, Triple, known
from policyengine.testing.differential.varying import walk
from policyengine.testing.strategies import questions

if TYPE_CHECKING:
    from hypothesis.strategies import DataObject, SearchStrategy

    from policyengine.model.policy import Policy
    from policyengine.testing.strategies import Question

Group = tuple[Known, ...]
"""Triples under one policy and the same readings, with the reference's answers."""

_AMENDED = st.sampled_from((False, False, True))
Asking = Callable[["Policy", bool], "SearchStrategy[Question]"]


@dataclass(frozen=True, slots=True)
class Size:
    """How much is made of one seed.

    Args:
        policies: so many policies, each under one choice of readings.
        cases: so many cases under each.
        steps: so many more triples from each of those on, each a step from one before.
    """

    policies: int = 20
    cases: int = 2
    steps: int = 8


MUCH = Size()


def triples(seed: int, size: Size = MUCH, *, sources: Sequence[SearchStrategy[Policy]] = ()) -> tuple[Group, ...]:
    """Return what a seed makes, each triple with the reference's answer.

    Args:
        seed: a number; the same makes the same.
        size: how many of everything.
        sources: strategies that policies come from, of which a seed takes one, the next seed the next; generated,
            packaged and misprinted packaged policies in turn unless given.
    """
    every = sources or every_source()
    source, found = every[seed % len(every)], list[Group]()

    @cache
    def asking(policy: Policy, amended: bool) -> SearchStrategy[Question]:  # noqa: FBT001 - a key of the cache
        return questions(policy, amended=amended)

    def make(data: DataObject) -> None:
        found.append(_group(data, data.draw(source), asking, size))

    seeded(seed)(_settings(size.policies)(given(st.data())(make)))()
    return tuple(found)


def _group(data: DataObject, policy: Policy, asking: Asking, size: Size) -> Group:
    asked = [data.draw(asking(policy, data.draw(_AMENDED))) for _ in range(size.cases)]
    chance = data.draw(st.randoms(use_true_random=True))
    chosen = asked[0].readings
    found = [known(Triple(policy, each.case, each.as_of, chosen)) for each in asked]
    cases = [each.case for each in asked]
    return (*found, *(near for each in found for near in walk(each, chance, cases, size.steps)))


def _settings(policies: int) -> settings:
    """Return settings under which nothing is kept or printed, and every example is a new one."""
    return settings(
        backend=backend(),
        max_examples=policies,
        database=None,
        deadline=None,
        phases=(Phase.generate,),
        suppress_health_check=tuple(HealthCheck),
        verbosity=Verbosity.quiet,
    )
