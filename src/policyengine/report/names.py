"""The title of everything that an answer names by its id, in one language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from policyengine.prepare.corrections import corrected
from policyengine.report import words
from policyengine.report.chosen import Chosen
from policyengine.report.titles import Titles

if TYPE_CHECKING:
    from policyengine.model.assessment import Choice, Duty, Occurrence
    from policyengine.model.case import Case, Event, FactValue
    from policyengine.wording import Wording


def one_line(text: str) -> str:
    """Return a text of the user's own, which may have line ends in it, as one line."""
    return " ".join(text.split())


@dataclass(frozen=True)
class Names(Chosen, Titles):
    """Titles from the policy, as the answer read it, its vocabulary and the case."""

    case: Case

    @cached_property
    def _events(self) -> dict[str, Event]:
        return {each.id: each for each in corrected(self.case.events, self.assessment.known_at)}

    def unseen(self) -> Iterator[str]:
        """Yield what is to be said of events later than the instant asked about, which no answer sees."""
        later = sum(each.at > self.assessment.as_of for each in self._events.values())
        if later == len(self._events):
            yield self.say(words.NO_EVENT_YET)
        if later:
            yield self.say(words.UNSEEN, n=later)

    def actor(self, event: str) -> str | None:
        """Return who did what *event* of the case says; ``None`` where it does not say."""
        by = self._events[event].by if event in self._events else None
        return None if by is None else self.role(by)

    def provision(self, name: str) -> str:
        """Return a provision's title with its id."""
        return self.more(self.say(self.provisions[name].title), name) if name in self.provisions else name

    def instance(self, duty: Duty) -> str:
        """Return a provision's title with its id, and which of its duties *duty* is."""
        title, label = self.provision(duty.provision), duty.instance
        if label is None:
            return title
        if label not in self._events:
            return self.say(words.FOR_PERIOD, title=title, period=one_line(label))
        wording = words.FOR_EVENT if duty.starts is None else words.SINCE_ACT
        told = self.say(wording, title=title, event=self.event(label))
        return self.more(told, *(self._shared(name, value) for name, value in duty.key))

    def _shared(self, attribute: str, value: FactValue) -> str:
        """Return an attribute of the key with its value."""
        values = value if isinstance(value, tuple) else (value,)
        shown = (self.attribute_value(attribute, each) for each in values)
        return self.say(words.COLON, word=self.attribute(attribute), more=self.listed(shown))

    def bearer(self, duty: Duty) -> str:
        """Return who owes *duty*; where that is not settled, whom the policy's role may mean, and on which clauses."""
        if duty.bearer is not None:
            return self.role(duty.bearer)
        if duty.assigned is None or not duty.candidates:
            return self.say(words.NO_BEARER)
        candidates = (
            self.say(words.CANDIDATE, role=self.role(each.role), clauses=self.listed(each.clauses))
            for each in duty.candidates
        )
        wording = words.CONFLICT_BEARER if duty.conflict else words.OPEN_BEARER
        return self.say(wording, role=self.role(duty.assigned), candidates=self.listed(candidates, words.OR))

    def types(self, names: Iterable[str], by: Wording = words.OR) -> str:
        """Return the titles of several types of event, any of them unless *by* says otherwise."""
        return self.listed((self.type(each) for each in names), by)

    def event(self, name: str) -> str:
        """Return the title of an event of the case, with its id."""
        event = self._events.get(name)
        if event is None:
            return one_line(name)
        return self.more(self.named(self.type(event.type)), one_line(name))

    def occurrence(self, what: Occurrence) -> str:
        """Return what occurred: an event of the case, or the outcome of a provision."""
        return self.event(what.event) if what.event is not None else self.provision(what.provision or "")

    def provisions_named(self, names: Iterable[str]) -> str:
        """Return the titles of several provisions with their ids."""
        return self.listed(self.provision(each) for each in names)

    def facts(self, names: Iterable[str]) -> str:
        """Return the titles of several facts."""
        return self.listed(self.fact(each) for each in names)

    def grade(self, fact: str) -> str | None:
        """Return the text's own grade of *fact* as it stands, or ``None`` where there is none."""
        grading, value = self.policy.grading(fact), self.assessment.facts.get(fact)
        found = (each for each in grading.grades if value in each.reference) if grading is not None else ()
        return next((self.say(each.title) for each in found), None)

    def choice(self, choice: Choice) -> str:
        """Return the option chosen for a reading, with what it says."""
        option = self.policy.readings[choice.reading].options[choice.option]
        return self.more(f"{choice.reading}={choice.option}", self.say(option))
