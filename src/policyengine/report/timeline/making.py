"""A timeline made from answers: every event as the log has it now, and every duty with times of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from policyengine.prepare.corrections import corrected
from policyengine.report import words
from policyengine.report import worklist_words as deeds
from policyengine.report.moments import Clock
from policyengine.report.names import Names, one_line
from policyengine.report.page import Line, Tone
from policyengine.report.rows import Rows
from policyengine.report.timeline import words as say
from policyengine.report.timeline.lanes import Lanes, mark_of
from policyengine.report.timeline.values import Band, Happened, Mark, Others, Timeline, Told

if TYPE_CHECKING:
    from policyengine.model.assessment import Duty, Occurrence
    from policyengine.model.case import Case, Event, FactValue
    from policyengine.model.policy import Policy
    from policyengine.model.several import Assessments
    from policyengine.wording import Lang

TONES: Mapping[Mark, Tone] = MappingProxyType(
    {
        **dict.fromkeys((Mark.KEPT, Mark.DONE), Tone.GOOD),
        **dict.fromkeys((Mark.LATE, Mark.BREACHED), Tone.BAD),
        **dict.fromkeys((Mark.DEPARTED, Mark.UNDETERMINED), Tone.OPEN),
        **dict.fromkeys((Mark.RUNNING, Mark.WAITED_FOR), Tone.STRONG),
        Mark.OVER: Tone.QUIET,
    }
)
"""How each mark strikes the eye."""


def timeline(policies: Sequence[Policy], case: Case, found: Assessments, lang: Lang) -> Timeline:
    """Return the timeline of *case*.

    Args:
        policies: those that gave the answers, in any order; every instant is told on the clock of the first answer's.
        case: the case.
        found: the answers, all of one instant.
        lang: the language.
    """
    by_id = {each.id: each for each in policies}
    clock = Clock(by_id[found.answers[0].policy].zone, lang)
    answers = tuple(Rows(Names(by_id[each.policy], lang, each, case), clock) for each in found)
    return _Maker(case, answers).timeline()


@dataclass(frozen=True)
class _Maker:
    """Makes the timeline of one case from the answers, each as what writes its rows."""

    case: Case
    answers: tuple[Rows, ...]

    def timeline(self) -> Timeline:
        names, clock = self._names, self.answers[0].clock
        as_of = names.assessment.as_of
        lanes = tuple(map(Lanes, self.answers))
        bands = tuple(band for each in lanes for band in self._headed(each, each.bands()))
        zone, offset = clock.zone.name, clock.offset(as_of)
        limits = sorted((limit for each in lanes for limit in each.limits()), key=lambda limit: limit.at)
        return Timeline(
            title=self._title(),
            policies=tuple(
                each.names.more(each.names.say(each.names.policy.title), each.names.policy.id) for each in self.answers
            ),
            clock=clock,
            as_of=as_of,
            as_of_words=names.say(words.AS_OF, when=clock.show(as_of), zone=zone, offset=offset),
            premises=tuple(Line(each, Tone.OPEN) for each in self._premises()),
            counts=names.listed(self._counts(bands), words.SEMICOLON),
            events=tuple(self._happened(each) for each in self._events),
            bands=bands,
            limits=tuple(limits),
            others=tuple(each for lane in lanes for each in self._others(lane)),
        )

    # What is told at a glance

    def _title(self) -> str:
        of = (one_line(each) for each in (self.case.id, self.case.title) if each is not None)
        return self._names.say(
            words.COLON, word=self._names.say(say.TIMELINE), more=self._names.say(words.STOP).join(of)
        )

    def _premises(self) -> Iterator[str]:
        names, clock = self._names, self.answers[0].clock
        for wording, instant in (
            (words.KNOWN_AT, names.assessment.known_at),
            (words.LOG_ENDS, names.assessment.known_until),
        ):
            if instant is not None:
                yield names.say(wording, when=clock.show(instant))
        yield from names.unseen() if self.case.events else (names.say(say.NO_EVENT),)
        if self._taken_back:
            yield names.say(say.TAKEN_BACK, events=names.listed(self._taken_back))
        zones = {each.names.policy.zone for each in self.answers}
        if len(zones) > 1:
            yield names.say(say.ON_ONE_CLOCK, zone=clock.zone.name)

    @property
    def _taken_back(self) -> list[str]:
        """Return the events that were retracted."""
        standing = {each.id for each in self._events}
        known_at = self._names.assessment.known_at
        known = (each for each in self.case.events if known_at is None or each.recorded <= known_at)
        return [
            self._deed(each)
            for each in {each.id: each for each in known}.values()
            if each.amends is None and each.id not in standing
        ]

    def _counts(self, bands: Iterable[Band]) -> Iterator[str]:
        told, n = self._names.say, len(self._events)
        if n:
            yield told(say.ONE_EVENT) if n == 1 else told(say.EVENTS, n=n)
        counted = Counter(stretch.mark for band in bands for lane in band.lanes for stretch in lane.stretches)
        for mark in Mark:
            if counted[mark]:
                yield told(say.COUNT, word=told(say.MARK[mark]), n=counted[mark])

    def _headed(self, lanes: Lanes, bands: Iterable[Band]) -> Iterator[Band]:
        for each in bands:
            yield Band(self._under(lanes, each.heading), each.lanes)

    def _others(self, lanes: Lanes) -> Iterator[Others]:
        for each in lanes.others():
            yield Others(self._under(lanes, each.heading), each.titles)

    def _under(self, lanes: Lanes, heading: str) -> str:
        """Return *heading* with the policy, where there are several."""
        names = lanes.rows.names
        if len(self.answers) == 1:
            return heading
        return names.say(words.COLON, word=names.policy.id, more=heading)

    # What happened

    @cached_property
    def _events(self) -> tuple[Event, ...]:
        standing = corrected(self.case.events, self._names.assessment.known_at)
        return tuple(sorted(standing, key=lambda each: each.at))

    @cached_property
    def _written(self) -> dict[str, Event]:
        return {each.id: each for each in reversed(self.case.events)}

    def _happened(self, event: Event) -> Happened:
        seen = event.at <= self._names.assessment.as_of
        remarks = tuple(self._remarks(event)) if seen else ()
        return Happened(event.at, self._deed(event), self._noted(event, self._type(event)), remarks, seen=seen)

    def _deed(self, event: Event) -> str:
        """Return who did what, with the event's id, and whether it stands as written."""
        title, names = self._type(event), self._names
        if event.by is not None:
            to = names.listed((self._role(each) for each in event.to), words.AND)
            form = deeds.DOES_TO if to else deeds.DOES
            title = names.say(form, bearer=self._role(event.by), act=title, to=to)
        return self._noted(event, title)

    def _noted(self, event: Event, title: str) -> str:
        names = self._names
        notes = (
            names.say(say.CORRECTED) if event != self._written[event.id] else "",
            names.say(say.PARTIAL) if event.partial else "",
        )
        return names.more(title, one_line(event.id), *notes)

    def _type(self, event: Event) -> str:
        knowing = (each.names for each in self.answers if event.type in each.names.policy.vocabulary.event_types)
        return next(names.type(event.type) for names in knowing)

    def _remarks(self, event: Event) -> Iterator[Told]:
        if event.sets:
            names = self._names
            facts = names.listed(self._fact(name, value) for name, value in event.sets.items())
            yield Told(names.say(say.SETS, facts=facts), Tone.QUIET)
        for rows in self.answers:
            for duty in rows.names.assessment.duties:
                yield from self._done(rows, duty, event.id)

    def _done(self, rows: Rows, duty: Duty, event: str) -> Iterator[Told]:
        """Yield what *event* is to *duty*."""
        names, tone = rows.names, TONES[mark_of(duty)]
        title = rows.title(duty)
        if duty.performed is not None and duty.performed.event == event:
            yield Told(names.say(say.PERFORMS, what=title, state=Lanes(rows).state(duty)), tone)
        if _among(duty.partial_acts, event):
            yield Told(names.say(say.PARTLY_PERFORMS, what=title))
        if _among(duty.breaches, event):
            yield Told(names.say(say.BREACHES, what=title), Tone.BAD)

    # Titles, from whichever policy knows them

    @property
    def _names(self) -> Names:
        return self.answers[0].names

    def _role(self, role: str) -> str:
        policies = ((each.names, each.names.policy) for each in self.answers)
        knowing = (names for names, policy in policies if role in {*policy.header.roles, *policy.vocabulary.roles})
        return next(names.role(role) for names in knowing)

    def _fact(self, fact: str, value: FactValue) -> str:
        names = next(each.names for each in self.answers if fact in each.names.policy.vocabulary.facts)
        return names.say(words.COLON, word=names.fact(fact), more=names.value(fact, value))


def _among(acts: Iterable[Occurrence], event: str) -> bool:
    return any(each.event == event for each in acts)
