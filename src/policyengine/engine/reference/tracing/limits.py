"""How the limit of one stretch came about: its single limits, the cap, what stays of an earlier stretch (S20)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyengine.engine.reference.limits import Counted, counting, has_length
from policyengine.model.deadline import Regrading
from policyengine.model.traces import CapTrace, LimitTrace, SingleTrace

if TYPE_CHECKING:
    from policyengine.engine.reference.course import Course, Stretch
    from policyengine.engine.reference.instances import Instance
    from policyengine.engine.reference.scenario import Scenario
    from policyengine.engine.reference.tracing.asking import Asking
    from policyengine.model.assessment import Occurrence
    from policyengine.model.deadline import Deadline
    from policyengine.temporal.instant import Instant


@dataclass(frozen=True, slots=True)
class Limits:
    """Tells how the limits of one duty came about."""

    scenario: Scenario
    asking: Asking
    instance: Instance

    def trace(self, index: int) -> LimitTrace | None:
        """Return how the limit of stretch *index* came about; ``None`` where the text gives no number."""
        deadline, course = self.instance.provision.deadline, self.scenario.course(self.instance)
        if deadline is None or deadline.promptly:
            return None
        stretch = course.stretches[index]
        found = self.scenario.limit(self.instance, index)
        before = self.scenario.limit(self.instance, index - 1) if index else None
        return LimitTrace(
            singles=tuple(
                self._single(each, (number, course.anchors[number]), stretch)
                for number, each in enumerate(deadline.singles())
            ),
            cap=self._cap(deadline, stretch),
            earlier=before.limit if before is not None and before is found else None,
            limit=None if found is None else found.limit,
        )

    def _single(self, single: Deadline, anchor: tuple[int, Occurrence | None], stretch: Stretch) -> SingleTrace:
        course = self.scenario.course(self.instance)
        number, found = anchor
        counted = Counted(self.scenario, self.instance, course, stretch)
        applies, limit = counted.limb(single, iter((anchor,)))
        asked = None
        if single.when is not None and found is not None:
            asked = self.asking.at(single.when, self.scenario.inquiry.at(found.anchor))
        return SingleTrace(
            deadline=single,
            anchor=self._preceded(course, stretch, number) if single.before is not None else found,
            counts_from=None if found is None or single.before is not None else _from(found, stretch),
            counting=counting(self.scenario.prepared, single),
            asked=asked,
            limit=limit.limit if applies and limit is not None else None,
        )

    def _preceded(self, course: Course, stretch: Stretch, number: int) -> Occurrence | None:
        """Return the event that the act must precede, as what the limit hangs on."""
        found = Counted(self.scenario, self.instance, course, stretch).preceding(number)
        return None if found is None or found.place is None else self.scenario.occurrence(found.place)

    def _cap(self, deadline: Deadline, stretch: Stretch) -> CapTrace | None:
        if stretch.mode is not Regrading.CAPPED or not has_length(deadline):
            return None
        found = self.scenario.cap(self.instance, stretch.start)
        return None if found is None else CapTrace(found[0].provision.id, found[0].label, found[1])


def _from(anchor: Occurrence, stretch: Stretch) -> Instant:
    return max(anchor.anchor, stretch.start) if stretch.counts_afresh else anchor.anchor
