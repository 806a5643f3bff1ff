"""The laws as a class of tests for pytest: what :func:`policyengine.testing.laws.suite` returns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from policyengine.engine.durable import DurableMatcher
from policyengine.errors import MissingExtraError
from policyengine.loading.dump import dump
from policyengine.model.policy import Policy
from policyengine.testing.trials import LAWS, Law, Trial
from policyengine.testing.witnesses import Witness, witness

if TYPE_CHECKING:
    from pathlib import Path

    from hypothesis.strategies import DataObject, DrawFn, SearchStrategy


@dataclass(frozen=True, slots=True)
class Manner:
    """How laws are tried.

    Args:
        examples: cases for each law; ``None`` for those of the Hypothesis profile.
        readings: options under which all questions are asked.
        witness: the directory that the smallest case that breaks a law is written to.
        beside: the folder whose `vocabulary/` and `calendars/` the policies need.
    """

    examples: int | None
    readings: Mapping[str, str]
    witness: Path | None
    beside: Path | None

    def settings(self) -> settings:
        """Return the settings in force when the tests are made.

        The first case of a process may take long, as everything is loaded then; and a policy may be such that few
        generated cases differ, or that most are large. Neither is a fault. Which of our lines a broken law runs through
        explains nothing to whoever wrote the policy, and to find out takes longer than all the rest.
        """
        cases = settings().max_examples if self.examples is None else self.examples
        phases = tuple(each for each in settings().phases if each is not Phase.explain)
        return settings(max_examples=cases, deadline=None, phases=phases, suppress_health_check=tuple(HealthCheck))


def law_tests(subjects: Sequence[Policy | SearchStrategy[Policy]], manner: Manner) -> type:
    """Return a class with a test for each law, each of them once for every one of *subjects*.

    Raises:
        TypeError: there is none, or something else among them, such as an id.
    """
    each_given: Sequence[object] = subjects  # callers without a type checker
    for each in each_given:
        if not isinstance(each, Policy | st.SearchStrategy):
            msg = f"a policy has to be loaded before laws are tried on it, not {each!r}"
            raise TypeError(msg)
    if not subjects:
        raise TypeError("laws are tried on a policy at least")
    each_policy = pytest.mark.parametrize("subject", tuple(map(Subject, subjects)), ids=repr)
    tests = {f"test_{law.number.lower()}_{law.name}": law for law in LAWS.values()}
    members = {name: each_policy(_test(name, law, manner)) for name, law in tests.items()}
    return type("Laws", (), {"__doc__": "Every law, on generated cases.", **members})


class Subject:
    """What laws are tried on; a failure tells what it is called, and not, field by field, everything that is in it."""

    def __init__(self, source: Policy | SearchStrategy[Policy]) -> None:
        """Keep *source*, a policy or a strategy that makes some."""
        self._source = source

    def __repr__(self) -> str:
        return self._source.id if isinstance(self._source, Policy) else "generated"

    @property
    def file(self) -> str | None:
        """Return what the file of a generated policy is called; others have theirs."""
        return None if isinstance(self._source, Policy) else "generated.yaml"

    def policy(self, data: DataObject) -> Policy:
        """Return the policy, or a new one."""
        if isinstance(self._source, Policy):
            return self._source
        made: Subject = data.draw(_made(self._source))
        return made.policy(data)


@st.composite
def _made(draw: DrawFn, policies: SearchStrategy[Policy]) -> Subject:
    """Return a generated policy as a subject; what `map` makes would be told with all that it was made of."""
    return Subject(draw(policies))


def _test(name: str, law: Law, manner: Manner) -> Callable[..., None]:
    @cache
    def trials(policy: Policy) -> SearchStrategy[Trial]:
        return law.trials(policy, manner.readings)

    def test(self: object, subject: Subject, data: DataObject) -> None:  # noqa: ARG001 - a method
        policy, named = subject.policy(data), subject.file
        _require_extra(law, policy)
        trial = None if law.of_policies else data.draw(trials(policy))
        try:
            if trial is None:
                law.try_policy(policy, manner.beside)
            else:
                law.try_on(policy, trial)
        except AssertionError as error:
            files = [] if named is None else [Witness(named, dump(policy))]
            if trial is not None:
                files.insert(0, witness(policy, trial.question, law.number, told=str(error), named=named))
            for file in files:
                error.add_note(file.note() if manner.witness is None else file.written(manner.witness))
            raise

    test.__name__ = test.__qualname__ = name
    test.__doc__ = law.says.en
    return manner.settings()(given(data=st.data())(test))


def _require_extra(law: Law, policy: Policy) -> None:
    if law.extra is None:
        return
    try:
        DurableMatcher(policy.vocabulary)
    except MissingExtraError as error:
        pytest.skip(str(error))
