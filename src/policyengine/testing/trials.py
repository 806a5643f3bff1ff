"""The laws as things to try: what each says in a sentence, and what it varies besides the case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from policyengine.model.frozen import FrozenMap
from policyengine.temporal.instant import DAY
from policyengine.testing import laws
from policyengine.testing.names import used_facts, values_of
from policyengine.testing.strategies import Question, instants, left_open, questions
from policyengine.wording import Wording

if TYPE_CHECKING:
    from pathlib import Path

    from hypothesis.strategies import DrawFn, SearchStrategy

    from policyengine.model.policy import Policy

Varied = tuple[Question, Mapping[str, object]]

_FURTHEST_CLOCK = 14 * 60
_LATER, _ELSEWHERE = 40 * DAY, 400 * DAY


@dataclass(frozen=True, slots=True)
class Trial:
    """A question that a law is tried on, and what the law varies there: arguments of its function by name."""

    question: Question
    more: Mapping[str, object] = field(default_factory=FrozenMap)


@dataclass(frozen=True, slots=True)
class Law:
    """One law.

    Args:
        number: such as `L6`.
        name: of the test for it, as words joined by underscores.
        says: the law in a sentence.
        holds: raises ``AssertionError`` where it is broken.
        vary: what it varies about a question; nothing unless given.
        extra: the optional package without which it has nothing to say.
        of_policies: whether it is about the policy alone, so that no case is needed.
    """

    number: str
    name: str
    says: Wording
    holds: Callable[..., None]
    vary: Callable[[DrawFn, Policy, Question], Varied] | None = None
    extra: str | None = None
    of_policies: bool = False

    def trials(self, policy: Policy, fixed: Mapping[str, str] = FrozenMap()) -> SearchStrategy[Trial]:
        """Return what to try the law on under *policy*, with the options that are *fixed* (S7)."""
        asked, vary = questions(policy, fixed=fixed), self.vary
        if vary is None:
            return asked.map(Trial)

        @st.composite
        def trial(draw: DrawFn) -> Trial:
            return Trial(*vary(draw, policy, draw(asked)))

        return trial()

    def try_on(self, policy: Policy, trial: Trial) -> None:
        """Raise ``AssertionError`` where *trial* breaks the law."""
        self.holds(policy, *trial.question, **trial.more)

    def try_policy(self, policy: Policy, beside: Path | None = None) -> None:
        """Raise ``AssertionError`` where *policy* itself breaks a law about policies.

        Args:
            policy: any.
            beside: the folder whose `vocabulary/` and `calendars/` it needs; the packaged ones need none.
        """
        self.holds(policy, beside=beside)


def _in_any_order(draw: DrawFn, _: Policy, question: Question) -> Varied:
    return question, {"order": tuple(draw(st.permutations(range(len(question.case.events)))))}


def _on_any_clock(draw: DrawFn, _: Policy, question: Question) -> Varied:
    return question, {"minutes": draw(st.integers(-_FURTHEST_CLOCK, _FURTHEST_CLOCK))}


def _at_any_time(draw: DrawFn, policy: Policy, question: Question) -> Varied:
    moments = [question.as_of, *(event.at for event in question.case.events)]
    return question, {"at": draw(st.sampled_from(moments) | instants(policy))}


def _later(draw: DrawFn, policy: Policy, question: Question) -> Varied:
    soon = st.integers(0, _LATER).map(question.as_of.plus)
    moments = st.sampled_from([question.as_of, *(event.at for event in question.case.events)])
    return question, {"later": max(question.as_of, draw(soon | moments | instants(policy)))}


def _elsewhere(draw: DrawFn, _: Policy, question: Question) -> Varied:
    return question, {"micros": draw(st.integers(-_ELSEWHERE, _ELSEWHERE))}


def _with_more_facts(draw: DrawFn, policy: Policy, question: Question) -> Varied:
    asked = [name for name in used_facts(policy) if name not in policy.header.presume]
    names = draw(st.lists(st.sampled_from(asked), max_size=4, unique=True)) if asked else []
    given = {name: draw(st.sampled_from(values_of(policy, name))) for name in names}
    return left_open(question, names), {"give": given}


_ALL = (
    Law(
        "L1",
        "the_same_question_has_the_same_answer",
        Wording("同样的问题得到同样的答案", "the same question has the same answer"),
        laws.law_deterministic,
    ),
    Law(
        "L2",
        "later_events_change_nothing",
        Wording("判断时点之后的事件不影响答案", "events after the instant asked about change nothing"),
        laws.law_prefix,
    ),
    Law(
        "L3",
        "the_order_of_recording_changes_nothing",
        Wording(
            "记录的先后不影响答案，同一时点的事件除外",
            "the order of recording changes nothing, except at one instant",
        ),
        laws.law_recording_order,
        vary=_in_any_order,
    ),
    Law(
        "L4",
        "another_zone_changes_nothing",
        Wording("换用其他时区书写同样的时点，不影响答案", "the same instants in another zone change nothing"),
        laws.law_other_zone,
        vary=_on_any_clock,
    ),
    Law(
        "L5",
        "what_nothing_names_changes_nothing",
        Wording("规则未提及的事件不影响答案", "events that the policy does not name change nothing"),
        laws.law_irrelevant_event,
        vary=_at_any_time,
    ),
    Law(
        "L6",
        "violations_stay",
        Wording("已经发生的违反以后仍在", "a violation stays, at the same instant"),
        laws.law_violations_persist,
        vary=_later,
    ),
    Law(
        "L7",
        "no_limit_precedes_its_anchor",
        Wording("期限不早于其起算点", "no limit lies before its anchor"),
        laws.law_limit_after_anchor,
    ),
    Law(
        "L8",
        "elapsed_hours_move_with_the_log",
        Wording(
            "只按经过时间计算的，全案移动则答案随之移动",
            "where only elapsed hours count, the answer moves with the case",
        ),
        laws.law_shift,
        vary=_elsewhere,
    ),
    Law(
        "L9",
        "both_matchers_agree",
        Wording("durable-rules 得出同样的答案", "durable-rules gives the same answer"),
        laws.law_matchers_agree,
        extra="durable",
    ),
    Law(
        "L10",
        "what_is_dumped_loads_as_it_was",
        Wording("写出后再读入，规则不变", "what is dumped loads as it was"),
        laws.law_dump,
        of_policies=True,
    ),
    Law(
        "L11",
        "it_is_as_strict_as_itself",
        Wording("规则至少与其自身同样严格，与其自身对照没有变化", "it is as strict as itself, and changes nothing"),
        lambda policy, **_: laws.law_as_strict_as_itself(policy),
        of_policies=True,
    ),
    Law(
        "L12",
        "a_missing_fact_only_settles",
        Wording(
            "补上未知的事实，只会使待定的有定论",
            "giving an unknown fact a value only settles what was undetermined",
        ),
        laws.law_unknown_settles,
        vary=_with_more_facts,
    ),
)
LAWS: Mapping[str, Law] = MappingProxyType({each.number: each for each in _ALL})
"""Every law by its number, in order."""
