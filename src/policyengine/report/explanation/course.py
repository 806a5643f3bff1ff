"""The course of a duty: what put it in force, when it was, what ended it, and what was done (S11, S14, S24-S28)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyengine.model.condition import Truth
from policyengine.model.traces import Worth
from policyengine.report.explanation import words
from policyengine.report.moments import duration
from policyengine.report.page import Line, Tone, item

if TYPE_CHECKING:
    from policyengine.model.explanation import Derivation
    from policyengine.model.traces import ActTrace, Asked, Awaited, Days, InForceTrace, NearMiss, StretchTrace
    from policyengine.report.explanation.conditions import Conditions
    from policyengine.report.explanation.telling import Telling

_MOST_STRETCHES, _MOST_ACTS = 12, 30
"""So many are told in words, the last stretches and the first acts; the data have them all."""
_WORTH_TONES = {Worth.PERFORMED: Tone.GOOD, Worth.BREACHED: Tone.BAD, Worth.PERHAPS: Tone.OPEN}


@dataclass(frozen=True, slots=True)
class Course:
    """Tells the course of a duty."""

    telling: Telling
    conditions: Conditions

    def arising(self, derivation: Derivation) -> Iterator[Line]:
        """Yield what could put the duty in force, what was found, and whether the text was in force then."""
        if not derivation.triggers:
            yield Line(self.telling.say(words.NO_TRIGGER))
        yield from map(self.awaited, derivation.triggers)
        if derivation.life is not None:
            yield self._life(derivation.life)

    def force(self, derivation: Derivation) -> Iterator[Line]:
        """Yield when the duty was in force, and what would end it."""
        if len(derivation.stretches) > _MOST_STRETCHES:
            earlier = len(derivation.stretches) - _MOST_STRETCHES
            yield Line(self.telling.say(words.EARLIER_STRETCHES, n=earlier), Tone.OPEN)
        yield from map(self._stretch, derivation.stretches[-_MOST_STRETCHES:])
        if not derivation.stretches:
            yield Line(self.telling.say(words.NEVER_IN_FORCE))
        yield from map(self.awaited, derivation.ends)

    def acts(self, derivation: Derivation) -> Iterator[Line]:
        """Yield every act of the kind that is asked for, with its worth."""
        if not derivation.acts:
            wording = words.NO_ACT if derivation.period is None else words.NO_ACT_IN_PERIOD
            yield Line(self.telling.say(wording, act=self.telling.act(derivation.duty)))
        yield from (self._act(each, derivation) for each in derivation.acts[:_MOST_ACTS])
        if len(derivation.acts) > _MOST_ACTS:
            yield Line(self.telling.say(words.MORE_ACTS, n=len(derivation.acts) - _MOST_ACTS), Tone.OPEN)

    def awaited(self, awaited: Awaited) -> Line:
        """Return something that the duty waits for, with what was found and what came near."""
        telling = self.telling
        what = telling.say(words.WAITS[awaited.part], what=telling.phrases.happening(awaited.happening))
        return item(what, (*self._found(awaited), *map(self._missed, awaited.missed)))

    def _found(self, awaited: Awaited) -> Iterator[Line]:
        telling, found = self.telling, awaited.found
        if found is None:
            outcome = awaited.happening.outcome() is not None
            yield Line(telling.say(words.NOT_FOUND_YET if outcome else words.NOT_FOUND))
            return
        if found.provision is not None and found.event is None:
            what = telling.instance(found.provision, awaited.instance)
            yield Line(telling.say(words.FOUND, when=telling.when(found.at), what=what), Tone.GOOD)
        elif awaited.doubt is None:
            yield Line(telling.occurred(found), Tone.GOOD)
        else:
            event, when = telling.names.event(found.event or ""), telling.when(found.at)
            doubts = tuple(self._reasons(awaited.doubt))
            yield Line(telling.say(words.PERHAPS_A_MATCH, event=event, when=when), Tone.OPEN, doubts)
        if found.counts_from is not None and found.counts_from != found.at:
            yield Line(telling.say(words.COUNTS_FROM, when=telling.when(found.counts_from)))

    def _missed(self, missed: NearMiss) -> Line:
        wording = words.PERHAPS_A_MATCH if missed.asked.truth is Truth.UNKNOWN else words.NOT_A_MATCH
        event, when = self.telling.names.event(missed.event), self.telling.when(missed.at)
        return Line(self.telling.say(wording, event=event, when=when), under=tuple(self._reasons(missed.asked)))

    def _reasons(self, asked: Asked) -> Iterator[Line]:
        """Yield the tests that an event does not pass, or of which nobody knows."""
        failed = [each for each in asked.tests() if each.truth is not Truth.TRUE]
        if not failed:
            yield Line(self.telling.say(words.ANOTHER_KEY))
        yield from map(self.conditions.asked, failed)

    def _life(self, life: InForceTrace) -> Line:
        telling = self.telling
        judged = telling.say(words.JUDGED[life.truth], when=telling.when(life.judged_at))
        lines = [Line(judged, Tone.GOOD if life.truth is Truth.TRUE else Tone.PLAIN)]
        if life.own is not None:
            lines.append(Line(telling.say(words.OWN_DAYS, days=self._days(life.own))))
        days = telling.names.listed(map(self._days, life.versions))
        return item(telling.say(words.VERSION, days=days), lines)

    def _days(self, days: Days) -> str:
        zone, (start, end) = self.telling.policy.zone, days
        shown = {
            name: self.telling.day(zone.local_date(each))
            for name, each in (("start", start), ("end", end))
            if each is not None
        }
        wordings = {(): words.UNDATED, ("start",): words.FROM_DAY, ("end",): words.TO_DAY}
        return self.telling.say(wordings.get(tuple(shown), words.FROM_TO), **shown)

    def _stretch(self, stretch: StretchTrace) -> Line:
        telling = self.telling
        until = telling.say(words.STILL)
        if stretch.end is not None and stretch.left_by is not None:
            until = telling.say(words.LEFT[stretch.left_by], when=telling.when(stretch.end))
        mode = () if stretch.mode is None else (Line(telling.say(words.MODE[stretch.mode])),)
        return item(telling.say(words.STRETCH, since=telling.since(stretch.start), until=until), mode)

    def _act(self, act: ActTrace, derivation: Derivation) -> Line:
        telling = self.telling
        worth = telling.names.more(telling.say(words.WORTH[act.worth]), self._punctual(act, derivation))
        event, actor = telling.names.event(act.event), telling.names.actor(act.event)
        if actor is not None:
            event = telling.say(words.ACTED, event=event, role=actor)
        shown = telling.say(words.ACT, when=telling.when(act.at), event=event, worth=worth)
        tone = Tone.BAD if act.late else _WORTH_TONES.get(act.worth, Tone.PLAIN)
        return item(shown, () if act.asked is None else self._reasons(act.asked), tone)

    def _punctual(self, act: ActTrace, derivation: Derivation) -> str:
        limit = derivation.duty.limit
        if act.worth is not Worth.PERFORMED or limit is None:
            return ""
        if not act.late:
            return self.telling.say(words.IN_TIME)
        late = duration(act.at.micros - limit.due.micros, self.telling.lang)
        return self.telling.say(words.LATE_BY, late=late)
