"""Duties as lanes: how each stands in few words, and from when to when its time runs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyengine.model.assessment import Duty, Status, is_obligation
from policyengine.model.provision import Strength
from policyengine.report import words
from policyengine.report.moments import duration
from policyengine.report.timeline import words as say
from policyengine.report.timeline.values import FAULTS, SHOWN, Band, Lane, Limit, Mark, Others, Stretch

if TYPE_CHECKING:
    from policyengine.report.rows import Rows
    from policyengine.temporal.instant import Instant
    from policyengine.wording import Wording

_FEW = 3
"""So many periods of one recurring duty have a lane each; more share one."""
_WORST = (
    *(Mark.LATE, Mark.BREACHED, Mark.DEPARTED, Mark.UNDETERMINED, Mark.RUNNING, Mark.WAITED_FOR),
    *(Mark.KEPT, Mark.DONE, Mark.OVER),
)


@dataclass(frozen=True, slots=True)
class Lanes:
    """Writes the lanes of one answer."""

    rows: Rows

    def bands(self) -> Iterator[Band]:
        """Yield the lanes, those with a limit first; headings without lanes are left out."""
        folded = _folded(self._drawn)
        single = sorted((each for each in self._drawn if each.provision not in folded), key=_order)
        placed: dict[Wording, list[Lane]] = {heading: [] for heading in _HEADINGS}
        for duty in single:
            placed[_heading(duty)].append(self._lane(duty))
        for duties in folded.values():
            placed[_heading(duties[0])].append(self._fold(duties))
        for heading, lanes in placed.items():
            if lanes:
                yield Band(self.rows.names.say(heading), tuple(lanes))

    def limits(self) -> Iterator[Limit]:
        """Yield the ends of limits; of periods that share a lane those to come, and the last few that were missed."""
        folded = _folded(self._drawn)
        missed = (_missed(each) for each in folded.values())
        told = {id(each) for periods in missed for each in periods[-SHOWN:]}
        for duty in self._drawn:
            many = duty.provision in folded and id(duty) not in told
            if duty.limit is not None and not (many and mark_of(duty) is not Mark.RUNNING):
                end, inclusive = self.rows.clock.end(duty.limit), duty.limit.due_inclusive
                yield Limit(duty.limit.due, end, inclusive, self._lane(duty))

    def others(self) -> Iterator[Others]:
        """Yield what has no place on the axis: what stands, is not yet counted, is forbidden or allowed."""
        placed: dict[Wording, list[str]] = {
            say.NOT_STARTED: [],
            say.STANDING: [],
            say.PROHIBITED: [],
            say.PERMITTED: [],
        }
        for duty in self.rows.names.assessment.duties:
            if duty.exists and not _is_drawn(duty):
                placed[_aside(duty)].append(self._aside_title(duty))
        for heading, titles in placed.items():
            if titles:
                yield Others(self.rows.names.say(heading), tuple(titles))

    def state(self, duty: Duty) -> str:
        """Return how *duty* stands, in few words."""
        told = self.rows.names.say
        if duty.status is Status.UNDETERMINED:
            return self._unsettled(duty)
        if duty.performed is not None:
            return self._done(duty, duty.performed.at)
        if duty.breaches:
            n = len(duty.breaches)
            return told(say.BREACHED_ONCE) if n == 1 else told(say.BREACHED_TIMES, n=n)
        if duty.status in (Status.ACTIVE, Status.OVERDUE):
            return self._owed(duty)
        return told(words.STATUS[duty.status])

    @property
    def _drawn(self) -> list[Duty]:
        return [each for each in self.rows.names.assessment.duties if _is_drawn(each)]

    def _aside_title(self, duty: Duty) -> str:
        names = self.rows.names
        plain = duty.status in (Status.ACTIVE, Status.NOT_STARTED, Status.AVAILABLE, Status.OBSERVED)
        return names.more(self.rows.title(duty), "" if plain else names.say(words.STATUS[duty.status]))

    def _lane(self, duty: Duty) -> Lane:
        names, mark = self.rows.names, mark_of(duty)
        word = names.say(words.STATUS[duty.status] if mark is Mark.OVER else say.MARK[mark])
        return Lane(
            title=self.rows.title(duty),
            bearer=names.bearer(duty),
            clauses=duty.clauses,
            mark=mark,
            word=word,
            state=self.state(duty),
            detail=self._detail(duty),
            stretches=(self._stretch(duty),),
        )

    def _fold(self, duties: Sequence[Duty]) -> Lane:
        """Return the one lane of all *duties*, periods of one provision in order."""
        told, last = self.rows.names.say, duties[-1]
        stretches = tuple(map(self._stretch, duties))
        counted = Counter(each.mark for each in stretches)
        counts = (told(say.COUNT, word=told(say.MARK[each]), n=counted[each]) for each in _WORST if counted[each])
        worst = next(each for each in _WORST if counted[each])
        return Lane(
            title=self.rows.names.provision(last.provision),
            bearer=self.rows.names.bearer(last),
            clauses=last.clauses,
            mark=worst,
            word=told(say.MARK[worst]),
            state=told(say.PERIODS, n=len(duties), counts=told(words.STOP).join(counts)),
            detail=told(say.FROM_TO, first=duties[0].instance, last=last.instance),
            stretches=stretches,
        )

    def _stretch(self, duty: Duty) -> Stretch:
        acts = (*duty.partial_acts, *duty.breaches, *((duty.performed,) if duty.performed is not None else ()))
        limit = duty.limit
        start = limit.anchor if limit is not None else self._since(duty)
        return Stretch(
            mark=mark_of(duty),
            start=start,
            due=None if limit is None else limit.due,
            until=self._as_of if duty.performed is None else duty.performed.at,
            acts=tuple(sorted(each.at for each in acts)),
            provisional=limit is not None and limit.provisional,
            ends="" if limit is None else self.rows.clock.end(limit),
            goes_on=duty.performed is None and duty.owed is not False,
        )

    def _since(self, duty: Duty) -> Instant | None:
        if duty.elapsed is not None and duty.performed is None:
            return self._as_of.plus(-duty.elapsed)
        return duty.starts if duty.trigger is None else duty.trigger.at

    def _detail(self, duty: Duty) -> str:
        names, limit = self.rows.names, duty.limit
        if limit is not None:
            due = names.more(self.rows.clock.end(limit), names.say(say.PROVISIONAL) if limit.provisional else "")
            return names.say(say.IF_IT_HOLDS if duty.status is Status.UNDETERMINED else say.DUE, due=due)
        if duty.breaches:
            return names.say(say.FIRST_BREACH, when=self.rows.clock.show(duty.breaches[0].at))
        deadline = names.provisions[duty.provision].deadline
        if deadline is not None and deadline.before is not None:
            return names.say(words.BEFORE, event=names.type(deadline.before))
        return names.say(say.PROMPTLY if duty.promptly else say.WITHOUT_NUMBER)

    def _done(self, duty: Duty, at: Instant) -> str:
        told, limit = self.rows.names.say, duty.limit
        if duty.violated:
            late = 0 if limit is None else at.micros - limit.due.micros
            return told(say.DONE_LATE, time=self._lasting(late)) if late > 0 else told(say.DONE_TOO_LATE)
        if limit is None:
            if duty.elapsed is None:
                return told(words.STATUS[duty.status])
            return told(say.AFTER, time=self._lasting(duty.elapsed)) if duty.elapsed else told(say.AT_ONCE)
        spare = limit.due.micros - at.micros
        return told(say.SPARE, time=self._lasting(spare)) if spare else told(say.EXACTLY)

    def _owed(self, duty: Duty) -> str:
        told, limit = self.rows.names.say, duty.limit
        if limit is None:
            if not duty.elapsed:
                return told(words.STATUS[duty.status])
            return told(say.SO_FAR, time=self._lasting(duty.elapsed))
        left = limit.due.micros - self._as_of.micros
        if duty.status is Status.ACTIVE:
            return told(say.LEFT, time=self._lasting(left)) if left else told(say.DUE_NOW)
        wording = say.STILL_OWED if duty.owed else say.PASSED if duty.owed is None else say.NO_LONGER_OWED
        return told(wording, time=self._lasting(-left))

    def _unsettled(self, duty: Duty) -> str:
        names = self.rows.names
        lacking = [names.fact(each) for each in duty.missing_facts]
        for event, attribute in duty.missing_attributes:
            lacking.append(
                names.say(words.ATTRIBUTE_OF, event=names.event(event), attribute=names.attribute(attribute))
            )
        if duty.violated:
            return names.say(say.IN_DOUBT, state=names.say(say.MARK[mark_of(duty)]))
        return names.say(say.LACKS, facts=names.listed(lacking)) if lacking else names.say(words.STATUS[duty.status])

    @property
    def _as_of(self) -> Instant:
        return self.rows.names.assessment.as_of

    def _lasting(self, micros: int) -> str:
        return duration(micros, self.rows.names.lang)


def mark_of(duty: Duty) -> Mark:
    """Return how *duty* stands."""
    if duty.violated:
        breached = duty.strength is Strength.MUST_NOT
        return Mark.BREACHED if breached else Mark.DEPARTED if duty.strength is Strength.SHOULD else Mark.LATE
    if duty.status is Status.UNDETERMINED:
        return Mark.UNDETERMINED
    if duty.performed is not None:
        return Mark.DONE if duty.limit is None else Mark.KEPT
    if duty.status is Status.ACTIVE:
        return Mark.WAITED_FOR if duty.limit is None else Mark.RUNNING
    return Mark.OVER


_HEADINGS = (say.WITH_LIMIT, say.BREACHES_DRAWN, say.UNNUMBERED, say.OPEN_DUTIES)


def _heading(duty: Duty) -> Wording:
    if duty.strength is Strength.MUST_NOT:
        return say.BREACHES_DRAWN
    if duty.limit is not None:
        return say.WITH_LIMIT
    return say.OPEN_DUTIES if duty.status is Status.UNDETERMINED else say.UNNUMBERED


def _is_drawn(duty: Duty) -> bool:
    """Tell whether *duty* has times of its own; what merely stands, is allowed or is not yet counted has none."""
    if duty.strength is Strength.MUST_NOT:
        return bool(duty.breaches)
    drawn = is_obligation(duty) and duty.exists and not duty.standing and duty.status is not Status.NOT_STARTED
    return drawn or (duty.exists and duty.violated)


def _aside(duty: Duty) -> Wording:
    if duty.strength is Strength.MUST_NOT:
        return say.PROHIBITED
    if duty.strength is Strength.MAY:
        return say.PERMITTED
    return say.STANDING if duty.standing else say.NOT_STARTED


def _order(duty: Duty) -> tuple[int, int]:
    """Return what sorts lanes: the first limit to end first, without a limit the first to be in force."""
    if duty.limit is not None:
        return (0, duty.limit.due.micros)
    return (1, 0) if duty.trigger is None else (1, duty.trigger.at.micros)


def _missed(duties: Iterable[Duty]) -> list[Duty]:
    return [each for each in duties if mark_of(each) in FAULTS]


def _folded(duties: Iterable[Duty]) -> dict[str, list[Duty]]:
    """Return the periods of recurring duties by provision, where there are many."""
    recurring: dict[str, list[Duty]] = {}
    for duty in duties:
        if duty.starts is not None:
            recurring.setdefault(duty.provision, []).append(duty)
    return {name: found for name, found in recurring.items() if len(found) > _FEW}
