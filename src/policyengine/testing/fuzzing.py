"""The laws tried on generated cases of one policy, outside of any test runner."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from hypothesis import HealthCheck, Phase, Verbosity, given, seed, settings
from hypothesis import strategies as st

from policyengine.api import evaluate
from policyengine.engine.durable import DurableMatcher
from policyengine.errors import MissingExtraError
from policyengine.model.assessment import Status
from policyengine.model.frozen import FrozenMap
from policyengine.report.fuzz.fuzzed import Broken, Fuzzed, Tried, Verdict
from policyengine.testing.strategies import questions
from policyengine.testing.trials import LAWS
from policyengine.wording import Wording

if TYPE_CHECKING:
    from pathlib import Path

    from hypothesis.strategies import DataObject, SearchStrategy

    from policyengine.model.policy import Policy
    from policyengine.testing.strategies import Question
    from policyengine.testing.trials import Law, Trial

Example = TypeVar("Example")

NO_TIME = Wording("时间已到", "the time was up")
NO_DURABLE = Wording("未安装 regulatory-duties[durable]", "regulatory-duties[durable] is not installed")


class _EnoughError(KeyboardInterrupt):
    """Ends a search. Whatever else is raised, Hypothesis takes for what is searched for, or for flaky."""


def _never(_: float) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Manner:
    """How the laws are tried.

    Args:
        examples: cases for each law; fewer where the policy leaves room for fewer.
        seed: from which all cases are made; the same seed makes the same ones, in one release of Hypothesis.
        readings: options under which all questions are asked; the others are chosen anew for each.
        laws: their numbers; all unless given.
        beside: the folder whose `vocabulary/` and `calendars/` the policy needs; packaged ones need none.
        enough: asked before each case with how much of all that is to be tried will be done after this law, from 0 to
            1; once it says yes, no further cases are made for the law.
    """

    examples: int = 100
    seed: int = 0
    readings: Mapping[str, str] = FrozenMap()
    laws: tuple[str, ...] = ()
    beside: Path | None = None
    enough: Callable[[float], bool] = _never


def fuzz(policy: Policy, manner: Manner, laws: Mapping[str, Law] = LAWS) -> Fuzzed:
    """Return what becomes of each law on generated cases of *policy*.

    Args:
        policy: from `load`.
        manner: how many cases, from which seed, and the like.
        laws: by number.

    >>> import policyengine as pe
    >>> found = fuzz(pe.load("changzhi"), Manner(examples=5, laws=("L2", "L10")))
    >>> [(each.law, each.verdict.value, each.cases) for each in found.tried]
    [('L2', 'holds', 5), ('L10', 'holds', 0)]
    """
    wanted = [laws[number] for number in laws if number in (manner.laws or laws)]
    shares = [number / (len(wanted) + 1) for number in range(1, len(wanted) + 1)]
    tried = tuple(_tried(each, policy, _Search(manner, share)) for each, share in zip(wanted, shares, strict=True))
    looked_at, idle = _idle(policy, _Search(manner))
    return Fuzzed(policy, manner.seed, manner.examples, manner.readings, tried, looked_at, idle)


def _tried(law: Law, policy: Policy, search: _Search) -> Tried:
    if law.extra is not None and not _has_durable(policy):
        return Tried(law.number, law.says, Verdict.NOT_TRIED, why=NO_DURABLE)
    manner = search.manner
    if law.of_policies:
        broken = _policy_broken(law, policy, manner)
        return Tried(law.number, law.says, _verdict(broken), broken=broken)
    search.over(law.trials(policy, manner.readings), lambda trial: law.try_on(policy, trial))
    if not search.cases:
        return Tried(law.number, law.says, Verdict.NOT_TRIED, why=NO_TIME)
    broken = None if search.failed is None else _broken(policy, *search.failed)
    return Tried(law.number, law.says, _verdict(broken), search.cases, broken)


def _policy_broken(law: Law, policy: Policy, manner: Manner) -> Broken | None:
    try:
        law.try_policy(policy, manner.beside)
    except Exception as error:  # noqa: BLE001 - as for cases
        return Broken(_told(error))
    return None


def _verdict(broken: Broken | None) -> Verdict:
    return Verdict.HOLDS if broken is None else Verdict.BROKEN


def _broken(policy: Policy, trial: Trial, error: Exception) -> Broken:
    case, as_of, readings = trial.question
    departing = {name: option for name, option in readings.items() if option != policy.readings[name].default}
    return Broken(_told(error), case, as_of, departing)


def _told(error: Exception) -> str:
    """Return how a law is broken; an engine that breaks down while it is tried breaks it too."""
    return str(error) if isinstance(error, AssertionError) else f"{type(error).__name__}: {error}"


def _has_durable(policy: Policy) -> bool:
    try:
        DurableMatcher(policy.vocabulary)
    except MissingExtraError:
        return False
    return True


def _idle(policy: Policy, search: _Search) -> tuple[int, tuple[str, ...]]:
    """Return in how many cases it was looked, and the provisions that were admitted and never certainly a duty."""
    rows: dict[str, bool] = {}

    def look(asked: Question) -> None:
        for each in evaluate(policy, asked.case, as_of=asked.as_of, readings=asked.readings).duties:
            there = each.exists and each.status is not Status.UNDETERMINED
            rows[each.provision] = rows.get(each.provision, False) or there

    search.over(questions(policy, fixed=search.manner.readings), look)
    if search.failed is not None:  # the laws have told of it
        return 0, ()
    return search.cases, tuple(name for name in policy.provision_ids if not rows.get(name, True))


@dataclass(slots=True)
class _Search:
    """One thing tried on many examples; `failed` is the smallest that it does not hold for, with the error."""

    manner: Manner
    share: float = 1.0
    cases: int = 0
    failed: tuple[Any, Exception] | None = None

    def over(self, examples: SearchStrategy[Example], attempt: Callable[[Example], None]) -> None:
        """Try *attempt* on as many *examples* as the manner says; the one that fails is made as small as it can be."""

        def each(data: DataObject) -> None:
            # Once one has failed the search is for smaller ones, and has to come to its end.
            if self.failed is None and self.manner.enough(self.share):
                raise _EnoughError
            example = data.draw(examples)
            self.cases += self.failed is None
            try:
                attempt(example)
            except Exception as error:
                self.failed = example, error
                raise

        try:
            seed(self.manner.seed)(self._settings()(given(st.data())(each)))()
        except _EnoughError:
            return
        except Exception:
            if self.failed is None:
                raise

    def _settings(self) -> settings:
        """Return settings under which nothing is kept, nothing is printed, and no policy is too odd to be tried."""
        return settings(
            max_examples=self.manner.examples,
            database=None,
            deadline=None,
            phases=(Phase.generate, Phase.shrink),
            report_multiple_bugs=False,
            suppress_health_check=tuple(HealthCheck),
            verbosity=Verbosity.quiet,
        )
