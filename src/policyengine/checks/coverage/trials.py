"""The questions of examples as one policy answers them, with all that it decided on the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from policyengine.checks.coverage.coverage import Asked
from policyengine.checks.examples.example import Subject
from policyengine.engine.reference.conditions import ReferenceMatcher
from policyengine.engine.reference.evaluate import assess, inquire
from policyengine.engine.reference.tables import decided
from policyengine.errors import CaseError, ReadingError, TimeError
from policyengine.model.assessment import GapKind, Status
from policyengine.prepare.prepared import prepare

if TYPE_CHECKING:
    from policyengine.checks.examples.example import Ask, Example, Expected
    from policyengine.engine.reference.inquiry import Inquiry
    from policyengine.model.assessment import Assessment, Duty, GapRow
    from policyengine.model.condition import Condition, Truth
    from policyengine.model.policy import Policy


_IDLE = frozenset({Status.NOT_TRIGGERED, Status.NOT_IN_FORCE})
"""The statuses in which a provision has no duty whatever its conditions are."""


@dataclass(frozen=True)
class Trial:
    """One question of an example, as one of its policies answers it.

    Args:
        example, ask: what is asked.
        policy: the policy.
        expected: what is expected of this policy's answer.
        inquiry: everything that was decided.
        answer: what it comes to.
    """

    example: Example
    ask: Ask
    policy: Policy
    expected: tuple[Expected, ...]
    inquiry: Inquiry
    answer: Assessment

    @property
    def asked(self) -> Asked:
        """Return which question it is."""
        return Asked(self.example.file, self.example.name, self.ask.label)

    @cached_property
    def asserted(self) -> Mapping[str, tuple[tuple[Expected, Duty], ...]]:
        """By provision, what is expected of its duties that exist, each with the duty, unless it asks for nothing."""
        found: dict[str, tuple[tuple[Expected, Duty], ...]] = {}
        for each in self.expected:
            duty = self._duty(each) if each.subject is Subject.DUTY and each.wanted else None
            if duty is not None and duty.exists:
                found[each.name] = (*found.get(each.name, ()), (each, duty))
        return found

    @cached_property
    def certain(self) -> Mapping[str, tuple[tuple[Expected, Duty], ...]]:
        """What is asserted of duties that are there for certain: not undetermined."""
        found = {
            name: tuple(each for each in asserted if each[1].status is not Status.UNDETERMINED)
            for name, asserted in self.asserted.items()
        }
        return {name: asserted for name, asserted in found.items() if asserted}

    @cached_property
    def met(self) -> Mapping[str, GapRow]:
        """By name, the gaps that the case meets for certain and that an expectation says something about."""
        rows = {each.gap: each for each in self.answer.gaps}
        named = [each.name for each in self.expected if each.subject is Subject.GAP and each.wanted]
        certain = {name: rows[name] for name in named if name in rows}
        return {name: row for name, row in certain.items() if row.kind is not GapKind.UNDETERMINED}

    @cached_property
    def absent(self) -> frozenset[str]:
        """The provisions and gaps that are expected not to be there, and are not."""
        there = {each.provision for each in self.answer.duties if each.exists} | {each.gap for each in self.answer.gaps}
        return frozenset(each.name for each in self.expected) - there

    @cached_property
    def judged(self) -> frozenset[str]:
        """The provisions and gaps about which anything is expected, be it that they are not there."""
        return frozenset((*self.asserted, *self.met, *self.absent))

    @cached_property
    def settled(self) -> frozenset[str]:
        """Those of them that the case bears on: they are there for certain, or their conditions keep them away."""
        idle = {each.provision for each in self.answer.duties if each.status in _IDLE}
        return frozenset((*self.certain, *self.met, *(self.absent - idle)))

    def truths(self, conditions: Sequence[Condition]) -> tuple[tuple[Truth, ...], ...]:
        """Return for each condition its truth on each snapshot of the case."""
        matcher = ReferenceMatcher(self.policy.vocabulary)
        return decided(matcher, conditions, self.inquiry.snapshots) if conditions else ()

    def first_place(self, name: str) -> int | None:
        """Return the place of the first snapshot at which the conditions of *name* matter; ``None`` where none does.

        Of a gap that is the last one (S30), of a provision that at its first trigger, without any the first of all.
        """
        last = len(self.inquiry.snapshots) - 1
        provision = self.inquiry.provisions.get(name)
        if provision is None:
            return last
        if provision.upon is None:
            return 0
        rows = [each for each in self.answer.duties if each.provision == name]
        starts = [each.trigger.at for each in rows if each.trigger is not None]
        return self.inquiry.place_at(min(starts)) if starts else None

    def _duty(self, expected: Expected) -> Duty | None:
        rows = [each for each in self.answer.duties if each.provision == expected.name]
        if expected.instance is None:
            return rows[0] if rows else None
        return next((each for each in rows if str(each.instance) == expected.instance), None)


def trials(
    examples: Iterable[Example], policies: Mapping[str, Policy]
) -> Mapping[str, tuple[Policy, tuple[Trial, ...]]]:
    """Return for each policy, by the first name that the examples have for it, its trials in their order.

    A question that cannot be put at all, since its case does not fit or chooses an option that is not there, tries
    nothing; whoever judges the examples says so.
    """
    found: dict[str, tuple[Policy, list[Trial]]] = {}
    names: dict[Policy, str] = {}
    for name, policy in policies.items():
        found.setdefault(names.setdefault(policy, name), (policy, []))
    for example in examples:
        for ask in example.asks:
            for name in dict.fromkeys(each for each in ask.policies if each in policies):
                tried = trial(example, ask, name, policies)
                if tried is not None:
                    found[names[policies[name]]][1].append(tried)
    return {name: (policy, tuple(made)) for name, (policy, made) in found.items()}


def trial(example: Example, ask: Ask, name: str, policies: Mapping[str, Policy]) -> Trial | None:
    """Return *ask* as the policy *name* answers it; ``None`` where it cannot."""
    policy = policies[name]
    beside = tuple(policies[each] for each in ask.policies if each in policies)
    try:
        prepared = prepare(policy, ask.case, ask.as_of, ask.choose.get(name), beside=beside)
        inquiry = inquire(prepared)
        answer = assess(inquiry)
    except (CaseError, ReadingError, TimeError):
        return None
    return Trial(example, ask, policy, tuple(_expected_of(ask, name, policies)), inquiry, answer)


def _expected_of(ask: Ask, name: str, policies: Mapping[str, Policy]) -> Iterator[Expected]:
    """Yield what is expected of the policy *name*, by whatever name the file has for it."""
    for each in ask.expected:
        if each.subject is not Subject.WORKLIST and policies.get(each.policy) == policies[name]:
            yield each
