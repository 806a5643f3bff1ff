"""The ways to answer that there are, by name. What one needs is imported when it is asked, and missed aloud."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING

from policyengine.engine.question import Question
from policyengine.model.base import Title
from policyengine.model.vocabulary import Vocabulary
from policyengine.testing.differential.arrays import judge_columns, need, rows
from policyengine.testing.differential.playing import play
from policyengine.testing.differential.way import Way, one_by_one

if TYPE_CHECKING:
    from policyengine.engine.question import EvaluatorName, MatcherName
    from policyengine.model.assessment import Assessment
    from policyengine.testing.differential.triple import Triple


def _by(evaluator: EvaluatorName, matcher: MatcherName = "reference") -> Callable[[Triple], Assessment]:
    """Return what answers by one evaluator, deciding conditions by one matcher."""

    def answer(asked: Triple) -> Assessment:
        question = Question(asked.case, asked.as_of, None, matcher, evaluator=evaluator)
        return question.answer(asked.policy, asked.readings)

    return answer


def _needs_durable() -> None:
    from policyengine.engine.durable import DurableMatcher

    DurableMatcher(Vocabulary(vocabulary="none", title=Title(zh="无", en="none")))


REFERENCE = Way("reference", one_by_one(_by("reference")), options=("--evaluator", "reference"))
COMPILED = Way("compiled", one_by_one(_by("compiled")), options=("--evaluator", "compiled"))
DURABLE = Way(
    "durable", one_by_one(_by("reference", "durable")), needs=_needs_durable, options=("--matcher", "durable")
)
VERIFY = Way("verify", one_by_one(_by("reference", "verify")), needs=_needs_durable, options=("--matcher", "verify"))

MONITOR = Way("monitor", play, needs=lambda: import_module("policyengine.monitor"))

COLUMNS = Way("columns", judge_columns, see=rows, needs=need)

_ALL = (REFERENCE, COMPILED, MONITOR, COLUMNS, DURABLE, VERIFY)
WAYS: Mapping[str, Way] = MappingProxyType({each.name: each for each in _ALL})
"""Every way by its name."""
