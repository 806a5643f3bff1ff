"""What a duty waited for, what was found, and what came near (S11, S16, S25)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING

from policyengine.model.condition import Truth
from policyengine.model.happening import Happening
from policyengine.model.traces import Awaited, NearMiss, Part

if TYPE_CHECKING:
    from policyengine.engine.reference.instances import Instance
    from policyengine.engine.reference.scenario import Scenario
    from policyengine.engine.reference.tracing.asking import Asking
    from policyengine.model.assessment import Occurrence
    from policyengine.model.happening import Outcome
    from policyengine.model.traces import Asked

MOST_MISSED = 10
"""Of the events that come near something awaited, so many are told."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Tells what one duty waited for."""

    scenario: Scenario
    asking: Asking
    instance: Instance

    def triggers(self) -> Iterator[Awaited]:
        """Yield everything that could put the duty in force; of one for each occurrence only its own."""
        provision, trigger = self.instance.provision, self.scenario.trigger(self.instance)
        for place, happening in enumerate(provision.upon or ()):
            part = f"upon {place}"
            if not provision.each:
                yield self.awaited(part, happening, self.scenario.happened(provision, part, happening))
            elif self._is_own(part, happening):
                yield self.awaited(part, happening, trigger)

    def anchor(self, place: int, happening: Happening) -> Awaited:
        """Return what the single limit number *place* counts from, where that is not the trigger."""
        found = self.scenario.course(self.instance).anchors[place]
        return self.awaited(f"of {place}", happening, found)

    def preceded(self, place: int, event: str, found: Occurrence | None) -> Awaited:
        """Return the event that the act must precede."""
        return self.awaited(f"before {place}", Happening(event=event), found)

    def ends(self) -> Iterator[Awaited]:
        """Yield what ends the duty, and what waives it."""
        provision, trigger = self.instance.provision, self.scenario.course(self.instance).trigger
        after = -1 if trigger is None else self.scenario.place(trigger)
        until = provision.until
        names = (until.any_ or until.all_ or ()) if until is not None else ()
        happenings = [(f"until {place}", Happening(event=name)) for place, name in enumerate(names)]
        happenings += [(f"waived {place}", each) for place, each in enumerate(provision.waived_by or ())]
        for part, happening in happenings:
            place = self.scenario.first(self.instance, part, after)
            yield self.awaited(part, happening, None if place is None else self.scenario.occurrence(place))

    def awaited(self, part: str, happening: Happening, found: Occurrence | None) -> Awaited:
        """Return *happening*, a *part* of the provision, with what was found and what came near."""
        awaited = happening.outcome()
        if awaited is None:
            missed = tuple(islice(self._missed(part, happening, found), MOST_MISSED))
            return Awaited(_PARTS[part.partition(" ")[0]], happening, found, self._doubt(part, found), missed=missed)
        instance = None if found is None else self._having(awaited[0], found)
        return Awaited(_PARTS[part.partition(" ")[0]], happening, found, instance=instance)

    def _is_own(self, part: str, happening: Happening) -> bool:
        """Tell whether *happening* is what brought this one of the provision's duties about."""
        instance = self.instance
        if instance.watched is not None:
            kind, names = happening.outcome() or (None, ())
            return kind is instance.kind and instance.watched.provision.id in names
        truths = self.scenario.inquiry.answers.on_events.get((instance.provision.id, part))
        return truths is not None and instance.place is not None and truths[instance.place] is not Truth.FALSE

    def _missed(self, part: str, happening: Happening, found: Occurrence | None) -> Iterator[NearMiss]:
        """Yield the events of the type that do not match, or perhaps do not; all but what was *found*."""
        answers, prepared = self.scenario.inquiry.answers, self.scenario.prepared
        name = (self.instance.provision.id, part)
        kinds = self.asking.vocabulary.kinds(happening.event or "")
        for event, truth in zip(prepared.events, answers.on_events[name], strict=True):
            if event.type in kinds and truth is not Truth.TRUE and (found is None or found.event != event.id):
                yield NearMiss(event.id, event.at, self.asking.of(answers.patterns[name], event))

    def _doubt(self, part: str, found: Occurrence | None) -> Asked | None:
        """Return what was asked of *found*, if nobody knows whether it matches."""
        answers, inquiry = self.scenario.inquiry.answers, self.scenario.inquiry
        place = None if found is None else inquiry.place_of.get(found.event or "")
        name = (self.instance.provision.id, part)
        if place is None or name not in answers.on_events or answers.on_events[name][place] is not Truth.UNKNOWN:
            return None
        return self.asking.of(answers.patterns[name], inquiry.prepared.events[place])

    def _having(self, kind: Outcome, found: Occurrence) -> str | None:
        """Return which of the watched provision's duties, or periods, had the outcome *found*."""
        if self.instance.watched is not None and self.instance.period is None:
            return self.instance.watched.label
        watched = self.scenario.inquiry.provisions[found.provision or ""]
        for each in self.scenario.instances(watched):
            if watched.every is not None:
                periods = self.scenario.series(each).items()
                return next((label for label, one in periods if one.outcome(kind, watched.id) == found), None)
            if found in self.scenario.outcomes(kind, each):
                return each.label
        return None


_PARTS: Mapping[str, Part] = MappingProxyType(
    {"upon": Part.UPON, "of": Part.OF, "before": Part.BEFORE, "until": Part.UNTIL, "waived": Part.WAIVED_BY}
)
