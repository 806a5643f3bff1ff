"""Hypothesis strategies that generate facts, logs, cases and questions for a policy.

They aim: instants fall on limits, a microsecond and a second beside them, on holidays and midnights; values lie on
both sides of every comparison; events are mostly those that the policy waits for. A test of one's own policy::

    from hypothesis import given
    import policyengine as pe
    from policyengine.testing import strategies as st

    POLICY = pe.load("changzhi")

    @given(st.questions(POLICY))
    def test_the_press_conference_is_never_owed_for_ordinary_events(question):
        answer = pe.evaluate(POLICY, question.case, as_of=question.as_of, readings=question.readings)
        ...

Every generated case is one that the policy accepts. Strategies are made once, outside the test: making one reads the
whole policy. `policies` generates policies themselves, for tests of what holds under any.

Where a test takes a `Case`, an `Event`, an `Instant`, a `Policy`, an `Assessment` or a `Question` and names no policy,
`hypothesis.strategies.from_type` knows them: they are then under the packaged policies.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal, NamedTuple

from hypothesis import strategies as st

from policyengine.api import Case, evaluate
from policyengine.model.frozen import FrozenMap
from policyengine.testing.amendments import amended_logs
from policyengine.testing.logs import FIRST_EVENTS, MORE_EVENTS, event_logs, fact_values, facts
from policyengine.testing.moments import instants, nudges, steps
from policyengine.testing.names import provisions
from policyengine.testing.policies import policies
from policyengine.testing.rendering import pasteable

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from hypothesis.strategies import DrawFn, SearchStrategy

    from policyengine.model.case import FactValue
    from policyengine.model.policy import Policy
    from policyengine.temporal.instant import Instant

__all__ = [
    "Question",
    "amended_logs",
    "cases",
    "event_logs",
    "fact_values",
    "facts",
    "instants",
    "left_open",
    "policies",
    "questions",
    "readings",
]


Scope = Literal["case", "agency"]

_AT_THE_END = 3
"""How often limits are looked for at the end of a log, for once that it is done at any of its events."""


class Question(NamedTuple):
    """What `evaluate` is asked: a case, an instant, and the options chosen for some readings."""

    case: Case
    as_of: Instant
    readings: Mapping[str, str]

    def __repr__(self) -> str:
        """Return the question as Python to paste into a test, times as text."""
        return f"Question({pasteable(self.case)}, as_of={str(self.as_of)!r}, readings={dict(self.readings)!r})"


def cases(policy: Policy, *, amended: bool = False, complete: bool = False) -> SearchStrategy[Case]:
    """Return cases under *policy*, now and then agency logs if it has provisions for them.

    Their logs have corrections and retractions in them if they are to be *amended*; the laws that compare a case with
    one that was changed are about logs without. Some logs are known to be complete only up to one of their events, or
    beside it (`known_until`), unless all are to be *complete*.

    >>> cases(load("changzhi")).example().events[0].type  # doctest: +SKIP
    'detected'
    """
    has_agency = any(node.scope == "agency" for node in provisions(policy))
    agency = st.sampled_from((False, False, False, has_agency))
    known, events = facts(policy), amended_logs(policy) if amended else event_logs(policy)
    ends, beside = st.sampled_from((False, False, False, not complete)), nudges()

    @st.composite
    def case(draw: DrawFn) -> Case:
        log = draw(events)
        until = draw(st.sampled_from(log)).at.plus(draw(beside)) if draw(ends) and log else None
        scope: Scope = "agency" if draw(agency) else "case"
        return Case(id="case", facts=draw(known), events=log, scope=scope, known_until=until)

    return case()


def left_open(question: Question, facts: Collection[str]) -> Question:
    """Return *question* about the same case, in which nobody ever says anything about *facts* (L12)."""

    def without(values: Mapping[str, FactValue]) -> dict[str, FactValue]:
        return {name: value for name, value in values.items() if name not in facts}

    case = question.case
    events = [replace(event, sets=without(event.sets)) for event in case.events]
    return question._replace(case=replace(case, facts=without(case.facts), events=events))


def readings(policy: Policy, fixed: Mapping[str, str] = FrozenMap()) -> SearchStrategy[dict[str, str]]:
    """Return options for some of the readings of *policy*, those that are *fixed* included; defaults for the others."""
    free = {name: each for name, each in policy.readings.items() if name not in fixed}
    return st.fixed_dictionaries(
        {name: st.just(option) for name, option in fixed.items()},
        optional={name: st.sampled_from(tuple(each.options)) for name, each in free.items()},
    )


def questions(
    policy: Policy, *, amended: bool = False, complete: bool = False, fixed: Mapping[str, str] = FrozenMap()
) -> SearchStrategy[Question]:
    """Return questions about cases under *policy*, whose logs may be *amended*, or are all *complete*.

    `as_of` falls on, just before or just after a limit of one of the duties, an event, or a length counted from one;
    now and then elsewhere near the case. What the limits are is asked of the engine itself. Readings that are *fixed*
    have the option given; for each other one an option is chosen, or its default left.
    """
    found, chosen = cases(policy, amended=amended, complete=complete), readings(policy, fixed)
    spare, beside = instants(policy), nudges()
    step, at_limit = steps(policy, furthest=FIRST_EVENTS + MORE_EVENTS), st.booleans()

    @st.composite
    def question(draw: DrawFn) -> Question:
        case, options = draw(found), draw(chosen)
        moments = sorted(event.at for event in case.events) or [draw(spare)]
        if draw(at_limit):
            asked = draw(st.sampled_from((*moments[-1:] * _AT_THE_END, *moments)))
            answer = evaluate(policy, case, as_of=asked, readings=options, evaluator="reference")
            limits = sorted({each.limit.due for each in answer.duties if each.limit is not None})
            if limits:
                return Question(case, draw(st.sampled_from(limits)).plus(draw(beside)), options)
        return Question(case, draw(step).taken(moments, policy), options)

    return question()


def _of_the_packaged(_: type) -> SearchStrategy[Question]:
    from policyengine.testing.of_types import any_question

    return any_question()


st.register_type_strategy(Question, _of_the_packaged)
