"""Conditions with everything inside them, as they were asked at one instant (S9)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyengine.engine.reference.conditions import holds
from policyengine.engine.reference.timeline import event_record
from policyengine.model.condition import Condition, Truth
from policyengine.model.traces import Asked, Connective

if TYPE_CHECKING:
    from policyengine.engine.matcher import Record
    from policyengine.engine.reference.inquiry import Inquiry
    from policyengine.engine.reference.timeline import Snapshot
    from policyengine.model.case import Event
    from policyengine.model.condition import FactTest
    from policyengine.model.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Asking:
    """Asks conditions of snapshots and of events.

    Args:
        vocabulary: orders and kinds.
        first: by event type the id of its first event.
    """

    vocabulary: Vocabulary
    first: Mapping[str, str]

    def at(self, condition: Condition, snapshot: Snapshot) -> Asked:
        """Return *condition* as it stands in *snapshot*; where derived facts are not settled, as all agree (S10)."""
        return self._whole(condition, snapshot.record, snapshot.records())

    def of(self, pattern: Condition, event: Event) -> Asked:
        """Return what *pattern* asks of *event*, and what came of it."""
        record = event_record(event)
        return self._whole(pattern, record, (record,))

    def _whole(self, condition: Condition, base: Record, records: Sequence[Record]) -> Asked:
        parts = tuple(self._parts(condition, base, records))
        if len(parts) == 1:
            return parts[0]
        return Asked(self._truth(condition, records), connective=Connective.ALL, parts=parts)

    def _parts(self, condition: Condition, base: Record, records: Sequence[Record]) -> Iterator[Asked]:
        for test in condition.facts:
            yield self._test(test, base, records)
        for each in condition.all_ or ():
            yield self._whole(each, base, records)
        if condition.any_ is not None:
            whole = Condition(facts=(), any_=condition.any_)
            parts = tuple(self._whole(each, base, records) for each in condition.any_)
            yield Asked(self._truth(whole, records), connective=Connective.ANY, parts=parts)
        if condition.not_ is not None:
            whole = Condition(facts=(), not_=condition.not_)
            part = self._whole(condition.not_, base, records)
            yield Asked(self._truth(whole, records), connective=Connective.NOT, parts=(part,))
        if condition.happened is not None:
            yield self._happened(condition.happened, base, records)

    def _test(self, test: FactTest, base: Record, records: Sequence[Record]) -> Asked:
        truth = self._truth(Condition(facts=(test,)), records)
        return Asked(truth, test=test, value=base.values.get(test.fact))

    def _happened(self, names: tuple[str, ...], base: Record, records: Sequence[Record]) -> Asked:
        truth = self._truth(Condition(facts=(), happened=names), records)
        kinds = {kind for name in names for kind in self.vocabulary.kinds(name)} & base.happened
        found = next((event for kind, event in self.first.items() if kind in kinds), None)
        return Asked(truth, happened=names, event=found)

    def _truth(self, condition: Condition, records: Sequence[Record]) -> Truth:
        found = {holds(condition, record, self.vocabulary) for record in records}
        return found.pop() if len(found) == 1 else Truth.UNKNOWN


def asking(inquiry: Inquiry) -> Asking:
    """Return what asks the conditions of *inquiry*; types of events in the order in which they first happened."""
    first: dict[str, str] = {}
    for event in inquiry.prepared.events:
        first.setdefault(event.type, event.id)
    return Asking(inquiry.prepared.policy.vocabulary, first)
