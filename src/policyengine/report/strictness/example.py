"""A case that shows a difference, in words: what was so, what happened when, and what each side finds at an instant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyengine.analysis.cells import Cell
from policyengine.analysis.degrees import Degree, degree
from policyengine.analysis.regions import Region
from policyengine.report import words
from policyengine.report.moments import Clock
from policyengine.report.page import Line
from policyengine.report.region_words import region_words
from policyengine.report.strictness import words as say
from policyengine.temporal.instant import MINUTE

if TYPE_CHECKING:
    from policyengine.analysis.strictness import Counterexample
    from policyengine.model.assessment import Duty
    from policyengine.model.case import Event, FactValue
    from policyengine.report.strictness.naming import Named
    from policyengine.temporal.instant import Instant


@dataclass(frozen=True)
class Example:
    """How cases are told.

    Args:
        theirs: the side that finds more.
        ours: the side that finds less.
        act: the act that is asked for.
    """

    theirs: Named
    ours: Named
    act: str

    @property
    def clock(self) -> Clock:
        """Return the clock by which the case is told."""
        return Clock(self.theirs.side.policy.zone, self.theirs.lang)

    def lines(self, found: Counterexample) -> Iterator[Line]:
        """Yield the course of the case, then what each side finds."""
        phrases, events = self.theirs.phrases, found.case.events
        happened = [self._event(each) for each in events] or [phrases.say(say.NOTHING_HAPPENS)]
        course = phrases.say(say.GOES_ON).join(each for each in (self._facts(found), *happened) if each)
        both = phrases.listed(
            (self._finds(self.theirs, found.found, (found.duty,)), self._finds(self.ours, found.instead, found.rows))
        )
        if events and events[-1].at == found.as_of:
            yield Line(phrases.say(say.EXAMPLE_THERE, course=course, both=both))
            return
        at = phrases.say(words.COLON, word=self._moment(found.as_of), more=both)
        yield Line(phrases.say(say.EXAMPLE, course=course), under=(Line(at),))

    def _facts(self, found: Counterexample) -> str:
        told = {name: value for name, value in found.case.facts.items() if name not in self.theirs.given}
        region = Region(tuple((name, (_cell(value),)) for name, value in told.items() if value is not None))
        return region_words(region, self.theirs.phrases)

    def _event(self, event: Event) -> str:
        phrases = self.theirs.phrases
        more = [phrases.say(words.COLON, word=phrases.say(words.BY), more=self._role(event.by))] if event.by else []
        if event.to:
            listed = phrases.listed(map(self._role, event.to))
            more.append(phrases.say(words.COLON, word=phrases.say(words.TO), more=listed))
        for name, value in event.attributes.items():
            values = value if isinstance(value, tuple) else (value,)
            shown = phrases.listed(phrases.attribute_value(name, each) for each in values)
            more.append(phrases.say(words.COLON, word=phrases.attribute(name), more=shown))
        what = phrases.more(phrases.named(phrases.type(event.type)), *more)
        return phrases.say(say.HAPPENS, when=self.clock.show(event.at), what=what)

    def _role(self, name: str) -> str:
        """Return the title of a role of either side."""
        theirs = self.theirs.side.policy
        known = name in theirs.header.roles or name in theirs.vocabulary.roles
        return (self.theirs if known else self.ours).phrases.role(name)

    def _moment(self, at: Instant) -> str:
        """Return the instant in words; limits are over one microsecond after their end."""
        if at.micros % MINUTE != 1:
            return self.clock.show(at)
        return self.theirs.phrases.say(say.JUST_AFTER, when=self.clock.show(at.plus(-1)))

    def _finds(self, side: Named, found: Degree, rows: tuple[Duty, ...]) -> str:
        """Return what *side* finds: of several rows that find as much, those about the act that is asked for."""
        finding = [each for each in rows if degree(each) is found]
        told = [self._row(side, each, alone=rows == (each,)) for each in self._nearest(finding)]
        text = side.phrases.say(say.FINDS, short=side.short, degree=side.phrases.say(say.DEGREE[found]))
        return side.phrases.more(text, side.phrases.listed(each for each in told if each))

    def _nearest(self, rows: list[Duty]) -> list[Duty]:
        acts = {each.act for each in rows}
        return [each for each in rows if each.act == self.act or self.act not in acts]

    def _row(self, side: Named, row: Duty, *, alone: bool) -> str:
        """Return which row it is and what of it: its limit, or how it stands; of one that is *alone* only that."""
        provision, told = side.side.provision(row.provision), []
        if provision is not None and not alone:
            told.append(side.phrases.say(provision.title))
        if degree(row) is Degree.NOTHING:
            told.append(side.phrases.say(words.STATUS[row.status]))
        elif row.limit is not None:
            told.append(side.phrases.say(say.DUE, due=self.clock.end(row.limit)))
        return side.phrases.say(words.STOP).join(told)


def _cell(value: FactValue) -> Cell:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Cell(value, (value,), value, value, low_in=True, high_in=True)
    return Cell(value, (value,))
