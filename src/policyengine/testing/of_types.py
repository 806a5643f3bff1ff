"""Strategies for types alone, where no policy is named: everything is under one of the packaged policies."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from policyengine.api import Case, Event, evaluate, load, packaged
from policyengine.model.assessment import Assessment
from policyengine.model.policy import Policy
from policyengine.temporal.instant import Instant
from policyengine.testing import strategies

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from policyengine.testing.strategies import Question


def any_policy() -> SearchStrategy[Policy]:
    """Return generated policies in the words of a packaged one."""
    return st.sampled_from(packaged()).flatmap(lambda name: strategies.policies(load(name).vocabulary))


def any_case() -> SearchStrategy[Case]:
    """Return cases under a packaged policy, which that one accepts."""
    return st.sampled_from(packaged()).flatmap(_cases)


def any_event() -> SearchStrategy[Event]:
    """Return events that a packaged policy accepts."""
    return st.sampled_from(packaged()).flatmap(_events)


def any_question() -> SearchStrategy[Question]:
    """Return questions about cases under a packaged policy, with options of its readings."""
    return st.sampled_from(packaged()).flatmap(_questions)


def any_assessment() -> SearchStrategy[Assessment]:
    """Return what packaged policies answer."""
    return st.sampled_from(packaged()).flatmap(_answers)


@cache
def _loaded(name: str) -> Policy:
    return load(name)


@cache
def _cases(name: str) -> SearchStrategy[Case]:
    return strategies.cases(_loaded(name))


@cache
def _questions(name: str) -> SearchStrategy[Question]:
    return strategies.questions(_loaded(name))


@cache
def _events(name: str) -> SearchStrategy[Event]:
    return strategies.event_logs(_loaded(name)).filter(bool).flatmap(st.sampled_from)


@cache
def _answers(name: str) -> SearchStrategy[Assessment]:
    policy = _loaded(name)
    return _questions(name).map(lambda asked: evaluate(policy, asked.case, as_of=asked.as_of, readings=asked.readings))


STRATEGIES: Mapping[type, Callable[[], SearchStrategy[object]]] = MappingProxyType(
    {
        Assessment: any_assessment,
        Case: any_case,
        Event: any_event,
        Instant: strategies.instants,
        Policy: any_policy,
    }
)
"""By each type what makes its strategy."""
