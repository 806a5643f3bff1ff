"""What each event of the act's type was worth to a duty (S24, S27, S28)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from policyengine.engine.reference.spans import BEGINNING
from policyengine.model.assessment import Status
from policyengine.model.provision import Strength
from policyengine.model.traces import ActTrace, Worth

if TYPE_CHECKING:
    from policyengine.engine.reference.course import Course
    from policyengine.engine.reference.instances import Instance
    from policyengine.engine.reference.scenario import Scenario
    from policyengine.engine.reference.tracing.asking import Asking
    from policyengine.model.assessment import Duty
    from policyengine.model.case import Event
    from policyengine.model.traces import Asked

MOST_ACTS = 100
"""So many events of the act's type are told of one duty."""

_WITHIN: Mapping[Strength, Worth] = MappingProxyType({Strength.MUST_NOT: Worth.BREACHED, Strength.MAY: Worth.USED})
"""What every act while the provision is in force is worth, where no act ends it."""


@dataclass(frozen=True, slots=True)
class Acts:
    """Tells the worth of acts to one duty, whose row is *duty*."""

    scenario: Scenario
    asking: Asking
    instance: Instance
    duty: Duty

    def traces(self) -> Iterator[ActTrace]:
        """Yield every event of the act's type, in order; none where the duty never was in force."""
        course, prepared = self.scenario.course(self.instance), self.scenario.prepared
        if not course.stretches:
            return
        kinds = self.asking.vocabulary.kinds(self.instance.provision.act)
        for place, event in enumerate(prepared.events):
            if event.type not in kinds or not self._concerns(event):
                continue
            worth = self._worth(course, place, event)
            late = worth is Worth.PERFORMED and self.duty.status is Status.FULFILLED_LATE
            doubtful = worth in (Worth.OTHER, Worth.PERHAPS)
            yield ActTrace(event.id, event.at, worth, late, self._asked(event) if doubtful else None)

    def _concerns(self, event: Event) -> bool:
        """Tell whether *event* lies in the period of a recurring duty, or serves it; any other duty has one period."""
        starts, limit, performed = self.duty.starts, self.duty.limit, self.duty.performed
        if starts is None or (performed is not None and performed.event == event.id):
            return True
        return starts <= event.at and (limit is None or not limit.is_late(event.at))

    def _asked(self, event: Event) -> Asked:
        pattern = self.scenario.inquiry.answers.patterns[(self.instance.provision.id, "act")]
        return self.asking.of(pattern, event)

    def _worth(self, course: Course, place: int, event: Event) -> Worth:
        provision, inquiry = self.instance.provision, self.scenario.inquiry
        partial = "partial act" if event.partial and not self._never_done() else "act"
        places = inquiry.places(provision, partial, self.instance.key)
        if place not in places.certain:
            return Worth.PERHAPS if place in places.possible else Worth.OTHER
        if self._never_done():
            within = _WITHIN.get(provision.strength, Worth.CONTINUED)
            return within if course.stretch_at(event.at) is not None else Worth.NOT_IN_FORCE
        return self._worth_to_duty(course, place) if provision.every is None else self._worth_to_period(course, event)

    def _worth_to_duty(self, course: Course, place: int) -> Worth:
        if place == course.performed:
            return Worth.PERFORMED
        if place in course.partial:
            return Worth.PARTIAL
        if course.performed is not None and place > course.performed:
            return Worth.NEEDLESS
        too_early = self._too_early(course, self.scenario.prepared.events[place])
        return Worth.TOO_EARLY if too_early else Worth.NOT_IN_FORCE

    def _never_done(self) -> bool:
        provision = self.instance.provision
        return provision.strength in _WITHIN or provision.standing is True

    def _worth_to_period(self, course: Course, event: Event) -> Worth:
        performed = self.duty.performed
        if performed is not None and performed.event == event.id:
            return Worth.PERFORMED
        if event.partial:
            return Worth.PARTIAL
        return Worth.NOT_IN_FORCE if course.stretch_at(event.at) is None else Worth.OTHER_PERIOD

    def _too_early(self, course: Course, event: Event) -> bool:
        """Tell whether *event* came before the duty looked for acts: before trigger and anchor, or before a change."""
        start = BEGINNING if course.trigger is None else course.trigger.at
        earliest = min((each.anchor for each in course.anchors if each is not None), default=start)
        if event.at < min(start, earliest):
            return True
        next_one = bisect_right(course.stretches, event.at, key=lambda each: each.start)
        coming = course.stretches[next_one] if next_one < len(course.stretches) else None
        return coming is not None and coming.counts_afresh
