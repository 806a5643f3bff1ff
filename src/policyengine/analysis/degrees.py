"""How much an answer finds about a demand: nothing, something owed, a departure, a violation."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from typing import TYPE_CHECKING

from policyengine.model.assessment import Status, is_obligation
from policyengine.model.provision import Strength

if TYPE_CHECKING:
    from policyengine.model.assessment import Assessment, Duty
    from policyengine.model.vocabulary import Vocabulary


class Degree(IntEnum):
    """How much is found; of two answers the one that finds more is the stricter (S29)."""

    NOTHING = 0
    IN_PRINCIPLE = 1
    """An act is owed in principle: who does otherwise explains it."""
    OWED = 2
    """An act is owed."""
    DEPARTED = 3
    """What is owed in principle was not done in time."""
    VIOLATED = 4
    """What is owed was not done in time, or what is forbidden was done."""


def degree(duty: Duty) -> Degree:
    """Return how much the row of *duty* finds.

    A row that is undetermined finds what it is found to be already, and no more.
    """
    if duty.strength is Strength.MAY:
        return Degree.NOTHING
    if duty.violated:
        return Degree.DEPARTED if duty.strength is Strength.SHOULD else Degree.VIOLATED
    if not (is_obligation(duty) and duty.owed):
        return Degree.NOTHING
    return Degree.IN_PRINCIPLE if duty.strength is Strength.SHOULD else Degree.OWED


def most(assessment: Assessment, concerns: Callable[[Duty], bool]) -> Degree:
    """Return the most that *assessment* finds in the rows that *concerns* takes."""
    found = (degree(each) for each in assessment.duties if concerns(each))
    return max(found, default=Degree.NOTHING)


def answers(duty: Duty, act: str, strength: Strength, vocabulary: Vocabulary) -> bool:
    """Tell whether a row bears on a demand of *act*: by an act that performs it, or by forbidding the like."""
    if duty.strength is Strength.MAY:
        return False
    if strength is Strength.MUST_NOT:
        return duty.strength is Strength.MUST_NOT and vocabulary.related(duty.act, act)
    return is_obligation(duty) and duty.act in vocabulary.kinds(act)


def unsettled(assessment: Assessment, concerns: Callable[[Duty], bool]) -> bool:
    """Tell whether a row that *concerns* takes is undetermined."""
    return any(concerns(each) and each.status is Status.UNDETERMINED for each in assessment.duties)
