"""What must be true of every explanation: it says what the answer says, and its parts fit together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policyengine.model.assessment import NO_DUTY, Status
from policyengine.model.condition import Truth
from policyengine.model.traces import Part, Worth

if TYPE_CHECKING:
    from policyengine.model.assessment import Assessment, Duty
    from policyengine.model.explanation import Derivation, Explanation

_DONE = frozenset({Status.FULFILLED, Status.FULFILLED_LATE})


def problems(explanation: Explanation, answer: Assessment, duty: Duty) -> list[str]:
    """Return what is wrong with the *explanation* of *duty*, a row of *answer*."""
    return [*_whole(explanation, answer, duty), *(each for one in explanation.derivations for each in _parts(one))]


def _whole(explanation: Explanation, answer: Assessment, duty: Duty) -> Iterator[str]:
    if explanation.assessment != answer:
        yield "it is about another answer"
    if explanation.duty != duty:
        yield "it is about another duty"
    for fact in explanation.derivations[0].facts:
        last = fact.spans[-1]
        if not last.possible and last.value != answer.facts.get(fact.fact):
            yield f"{fact.fact} is {last.value}, and in the answer {answer.facts.get(fact.fact)}"
    if (duty.status is Status.UNDETERMINED) < bool(explanation.settlings):
        yield "a determined duty is settled once more"
    yield from (f"a remedy ends {each.duty.status}" for each in explanation.remedies if each.duty.violated)
    rows = {(each.provision, each.instance) for each in answer.duties}
    yield from (f"{each.duty.provision} is no row" for each in explanation.derivations if _id(each.duty) not in rows)


def _id(duty: Duty) -> tuple[str, str | None]:
    return duty.provision, duty.instance


def _parts(derivation: Derivation) -> Iterator[str]:
    duty = derivation.duty
    limits = [each.limit.limit for each in derivation.stretches if each.limit is not None]
    if duty.limit is not None and duty.limit not in (*limits, derivation.period):
        yield "its limit is not accounted for"
    for each in derivation.stretches:
        if each.limit is not None and each.limit.limit is not None and each.limit.limit.steps:
            single = [one.limit for one in each.limit.singles if one.limit is not None]
            if not single and each.limit.earlier is None:
                yield "a limit comes from nowhere"
    elsewhere = (Status.UNDETERMINED, Status.WAIVED, Status.NOT_IN_FORCE)  # the last may have lapsed since
    if duty.exists != bool(derivation.stretches) and duty.status not in elsewhere:
        yield f"{duty.status} with {len(derivation.stretches)} stretches"
    yield from _happenings(derivation)
    yield from _conditions(derivation)


def _happenings(derivation: Derivation) -> Iterator[str]:
    duty = derivation.duty
    if duty.trigger is not None and duty.trigger not in [each.found for each in derivation.triggers]:
        yield "its trigger is not among what was found"
    if duty.status is Status.NOT_TRIGGERED and any(each.found is not None for each in derivation.triggers):
        yield "something was found that would have triggered it"
    worth = {each.event: each.worth for each in derivation.acts}
    if duty.status in _DONE and duty.performed is not None and duty.performed.event in worth:
        found = worth[duty.performed.event]
        if found not in (Worth.PERFORMED, Worth.PERHAPS):
            yield f"what performed it was {found}"
    for each in duty.breaches:
        if each.event in worth and worth[each.event] not in (Worth.BREACHED, Worth.PERHAPS):
            yield f"what breached it was {worth[each.event]}"


def _conditions(derivation: Derivation) -> Iterator[str]:
    duty = derivation.duty
    wanted = {Part.WHEN: Truth.TRUE, Part.UNLESS: Truth.FALSE}
    for trace in derivation.conditions:
        last = trace.spans[-1].asked.truth
        if duty.in_force and duty.status not in NO_DUTY and last not in (wanted[trace.part], Truth.UNKNOWN):
            yield f"it is in force, and `{trace.part}` is {last}"
