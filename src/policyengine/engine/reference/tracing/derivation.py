"""The derivation of one row, and of all the rows that it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from policyengine.engine.reference.instances import Instance
from policyengine.engine.reference.spans import BEGINNING
from policyengine.engine.reference.tracing.acts import MOST_ACTS, Acts
from policyengine.engine.reference.tracing.facts import histories, rows, since
from policyengine.engine.reference.tracing.limits import Limits
from policyengine.engine.reference.tracing.waiting import Waiting
from policyengine.model.condition import Truth
from policyengine.model.explanation import Derivation
from policyengine.model.traces import (
    Awaited,
    BearerTrace,
    ConditionSpan,
    ConditionTrace,
    Defeat,
    InForceTrace,
    Leaving,
    Part,
    StretchTrace,
)

if TYPE_CHECKING:
    from policyengine.engine.reference.course import Course, Stretch
    from policyengine.engine.reference.scenario import Scenario
    from policyengine.engine.reference.tracing.asking import Asking
    from policyengine.model.assessment import Duty
    from policyengine.model.condition import Condition
    from policyengine.model.provision import InForce, Provision
    from policyengine.temporal.instant import Instant

Id = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class Tracer:
    """Derives rows in one world of a question.

    Args:
        scenario: the world.
        asking: asks conditions.
        rows: the rows of the answer, by provision and instance.
    """

    scenario: Scenario
    asking: Asking
    rows: Mapping[Id, Duty]

    def derivations(self, asked: Id) -> tuple[Derivation, ...]:
        """Return the derivation of the row *asked*, and after it those of all rows that it rests on, once each."""
        found: dict[Id, Derivation] = {}
        waiting = [asked]
        for each in waiting:  # grows while it is read
            if each not in found and each in self.rows:
                found[each] = self.derivation(self.rows[each])
                waiting += _rests_on(found[each])
        return tuple(found.values())

    def derivation(self, duty: Duty) -> Derivation:
        """Return how the row *duty* came about."""
        instance = self._instance(duty)
        if instance is None:
            return Derivation(duty, tuple(self._never_triggered(duty)))
        provision, course = instance.provision, self.scenario.course(instance)
        waiting, limits = Waiting(self.scenario, self.asking, instance), Limits(self.scenario, self.asking, instance)
        conditions = tuple(self._conditions(provision, course)) if course.triggered else ()
        return Derivation(
            duty=duty,
            triggers=tuple(waiting.triggers()),
            life=self._life(provision, course),
            facts=histories(self.scenario.inquiry, self.asking, self._facts(provision)) if course.triggered else (),
            conditions=conditions,
            defeats=tuple(self._defeats(instance, course)) if course.triggered else (),
            ends=tuple(waiting.ends()) if course.triggered else (),
            stretches=tuple(
                StretchTrace(
                    start=since(each.start),
                    end=each.end,
                    mode=each.mode,
                    left_by=self._left_by(provision, course, each),
                    limit=None if provision.every is not None else limits.trace(index),
                )
                for index, each in enumerate(course.stretches)
            ),
            anchors=tuple(
                waiting.anchor(number, each.of)
                for number, each in enumerate(provision.deadline.singles() if provision.deadline is not None else ())
                if each.of is not None and course.triggered
            ),
            period=duty.limit if provision.every is not None else None,
            acts=tuple(islice(Acts(self.scenario, self.asking, instance, duty).traces(), MOST_ACTS)),
            bearer=self._bearer(provision, duty),
        )

    def _instance(self, duty: Duty) -> Instance | None:
        """Return what the row *duty* is about; ``None`` where nothing has brought any duty about.

        All periods of a recurring duty are about the same.
        """
        provision = self.scenario.inquiry.provisions[duty.provision]
        found = self.scenario.instances(provision)
        if provision.every is not None:
            return found[0]
        return next((each for each in found if each.label == duty.instance), None)

    def _never_triggered(self, duty: Duty) -> Iterator[Awaited]:
        """Yield what a provision with a duty for each occurrence waits for in vain."""
        provision = self.scenario.inquiry.provisions[duty.provision]
        waiting = Waiting(self.scenario, self.asking, Instance(provision))
        for place, happening in enumerate(provision.upon or ()):
            yield waiting.awaited(f"upon {place}", happening, None)

    def _conditions(self, provision: Provision, course: Course) -> Iterator[ConditionTrace]:
        start = BEGINNING if course.trigger is None else course.trigger.at
        for part, condition in ((Part.WHEN, provision.when), (Part.UNLESS, provision.unless)):
            if condition is not None:
                yield ConditionTrace(part, condition, tuple(self._along(provision, (part, condition), start)))

    def _along(self, provision: Provision, asked: tuple[Part, Condition], start: Instant) -> Iterator[ConditionSpan]:
        part, condition = asked
        inquiry = self.scenario.inquiry
        truths = inquiry.answers.along_time[provision.id, part.value]
        for moment, _ in truths.since(start):
            yield ConditionSpan(since(moment), self.asking.at(condition, inquiry.at(moment)))

    def _life(self, provision: Provision, course: Course) -> InForceTrace | None:
        policy = self.scenario.prepared.policy
        own = () if provision.in_force is None else (provision.in_force,)
        periods = [each.in_force for each in policy.header.versions]
        if all(each.from_ is None and each.to is None for each in (*periods, *own)):
            return None
        judged_at = self.scenario.prepared.as_of if course.trigger is None else course.trigger.at
        return InForceTrace(
            judged_at=judged_at,
            truth=self.scenario.inquiry.lives[provision.id].at(judged_at),
            versions=tuple(map(self._days, periods)),
            own=None if provision.in_force is None else self._days(provision.in_force),
        )

    def _days(self, period: InForce) -> tuple[Instant | None, Instant | None]:
        zone = self.scenario.prepared.policy.zone
        start = None if period.from_ is None else zone.first_instant(period.from_)
        return start, None if period.to is None else zone.first_instant(period.to)

    def _facts(self, provision: Provision) -> tuple[str, ...]:
        """Return the facts that the conditions of *provision* ask about, and the table that finds its bearer."""
        singles = provision.deadline.singles() if provision.deadline is not None else ()
        conditions = [provision.when, provision.unless, *(each.when for each in singles)]
        table = self.scenario.inquiry.assigned.get(provision.bearer or "")
        conditions += [] if table is None else [row.when for row in table.rows]
        return tuple(dict.fromkeys(name for each in conditions if each is not None for name in each.facts_asked()))

    def _defeats(self, instance: Instance, course: Course) -> Iterator[Defeat]:
        start = BEGINNING if course.trigger is None else course.trigger.at
        for other in self.scenario.defeaters(instance.provision):
            alike = self.scenario.inquiry.correlated(instance, other)
            for each in self.scenario.concerning(instance, other):
                if alike and each.key != instance.key:
                    continue
                for stretch in self.scenario.course(each).stretches:
                    if stretch.end is None or stretch.end > start:
                        yield Defeat(other.id, each.label, since(stretch.start), stretch.end)

    def _left_by(self, provision: Provision, course: Course, stretch: Stretch) -> Leaving | None:
        if stretch.end is None:
            return None
        if stretch.end == course.waived:
            return Leaving.WAIVED
        if stretch.end == course.ended:
            return Leaving.UNTIL
        if self.scenario.own_condition(provision).at(stretch.end) is Truth.FALSE:
            return Leaving.CONDITION
        alive = self.scenario.inquiry.lives[provision.id].at(stretch.end) is Truth.TRUE
        return Leaving.DEFEATED if alive or provision.upon is not None else Leaving.VERSION

    def _bearer(self, provision: Provision, duty: Duty) -> BearerTrace | None:
        inquiry = self.scenario.inquiry
        table = inquiry.assigned.get(provision.bearer or "")
        if table is None:
            return None
        at = duty.violated_at or (duty.performed.at if duty.performed else self.scenario.prepared.as_of)
        found = tuple(rows(self.asking, table, inquiry.at(at)))
        return BearerTrace(table.id, at, found, inquiry.assignment(table.id, at).candidates)


def _rests_on(derivation: Derivation) -> Iterator[Id]:
    """Yield the rows that *derivation* rests on directly: outcomes that were found, limits that cap, defeaters."""
    awaited = (*derivation.triggers, *derivation.anchors)
    yield from ((each.found.provision, each.instance) for each in awaited if each.found and each.found.provision)
    for stretch in derivation.stretches:
        if stretch.limit is not None and stretch.limit.cap is not None:
            yield stretch.limit.cap.provision, stretch.limit.cap.instance
    yield from ((each.provision, each.instance) for each in derivation.defeats)


def by_id(duties: Iterable[Duty]) -> dict[Id, Duty]:
    """Return *duties* by provision and instance."""
    return {(each.provision, each.instance): each for each in duties}
