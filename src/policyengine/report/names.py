"""The title of everything that an answer names by its id, in one language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from policyengine.loading.names import ROLE_ATTRIBUTES
from policyengine.prepare.corrections import corrected
from policyengine.report import words
from policyengine.report.chosen import Chosen

if TYPE_CHECKING:
    from policyengine.model.assessment import Choice, Duty, Occurrence
    from policyengine.model.base import Title
    from policyengine.model.case import Case, Event, FactValue
    from policyengine.model.vocabulary import FactType
    from policyengine.wording import Lang, Wording


def one_line(text: str) -> str:
    """Return a text of the user's own, which may have line ends in it, as one line."""
    return " ".join(text.split())


@dataclass(frozen=True)
class Names(Chosen):
    """Titles from the policy, its vocabulary and the case."""

    case: Case
    lang: Lang

    @cached_property
    def _events(self) -> dict[str, Event]:
        return {each.id: each for each in corrected(self.case.events, self.assessment.known_at)}

    def say(self, wording: Wording | Title, **parts: object) -> str:
        """Return *wording* in the language of the answer, filled with *parts*."""
        text = wording.within(self.lang)
        return text.format(**parts) if parts else text

    def more(self, word: str, *more: str) -> str:
        """Return *word* with everything that is not empty behind it in parentheses."""
        inner = self.say(words.STOP).join(each for each in more if each)
        return self.say(words.PARENTHESES, word=word, more=inner) if inner else word

    def listed(self, texts: Iterable[str], by: Wording = words.SEMICOLON) -> str:
        """Return *texts* as one enumeration; titles hold commas themselves."""
        return self.say(by).join(texts)

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
        kind = self.policy.vocabulary.attributes.get(attribute)
        values = value if isinstance(value, tuple) else (value,)
        shown = (self.role(str(each)) if each and kind is None else self._value_of(kind, each) for each in values)
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

    def role(self, name: str) -> str:
        """Return a role's title."""
        return self.say(self.policy.role(name).title)

    def type(self, name: str) -> str:
        """Return the title of an act or of another type of event."""
        return self.say(self.policy.vocabulary.event_types[name].title)

    def types(self, names: Iterable[str], by: Wording = words.OR) -> str:
        """Return the titles of several types of event, any of them unless *by* says otherwise."""
        return self.listed((self.type(each) for each in names), by)

    def event(self, name: str) -> str:
        """Return the title of an event of the case, with its id."""
        event = self._events.get(name)
        if event is None:
            return one_line(name)
        return self.more(self.say(words.NAMED, word=self.type(event.type)), one_line(name))

    def occurrence(self, what: Occurrence) -> str:
        """Return what occurred: an event of the case, or the outcome of a provision."""
        return self.event(what.event) if what.event is not None else self.provision(what.provision or "")

    def provisions_named(self, names: Iterable[str]) -> str:
        """Return the titles of several provisions with their ids."""
        return self.listed(self.provision(each) for each in names)

    def facts(self, names: Iterable[str]) -> str:
        """Return the titles of several facts."""
        return self.listed(self.fact(each) for each in names)

    def fact(self, name: str) -> str:
        """Return a fact's title."""
        return self.say(self.policy.vocabulary.facts[name].title)

    def attribute(self, name: str) -> str:
        """Return the title of an event's attribute."""
        known = self.policy.vocabulary.attributes.get(name)
        if known is not None:
            return self.say(known.title)
        return self.say(dict(zip(ROLE_ATTRIBUTES, (words.BY, words.TO), strict=True))[name])

    def means(self, values: Iterable[str]) -> str:
        """Return the titles of values of the attribute that has all of them."""
        wanted = tuple(values)
        for kind in self.policy.vocabulary.attributes.values():
            if set(wanted) <= set(self.policy.vocabulary.values(kind) or ()):
                return self.listed(self._atom(kind, each) for each in wanted)
        return self.listed(wanted)

    def value(self, fact: str, value: FactValue) -> str:
        """Return the title of a fact's value; a list is an enumeration."""
        kind = self.policy.vocabulary.facts[fact]
        if isinstance(value, tuple):
            return self.listed(self._atom(kind, each) for each in value) or self.say(words.NOTHING)
        return self._atom(kind, value)

    def grade(self, fact: str) -> str | None:
        """Return the text's own grade of *fact* as it stands, or ``None`` where there is none."""
        grading, value = self.policy.grading(fact), self.assessment.facts.get(fact)
        found = (each for each in grading.grades if value in each.reference) if grading is not None else ()
        return next((self.say(each.title) for each in found), None)

    def clause(self, name: str) -> str:
        """Return a clause: its id, its number in the text, and our summary of it."""
        clause = self.policy.header.source.clauses[name]
        return self.say(words.COLON, word=f"{name} {clause.number}", more=self.say(clause.says))

    def choice(self, choice: Choice) -> str:
        """Return the option chosen for a reading, with what it says."""
        option = self.policy.readings[choice.reading].options[choice.option]
        return self.more(f"{choice.reading}={choice.option}", self.say(option))

    def _value_of(self, kind: FactType | None, value: FactValue) -> str:
        return self.say(words.UNKNOWN) if kind is None else self._atom(kind, value)

    def _atom(self, kind: FactType, value: FactValue) -> str:
        if value is None or isinstance(value, bool):
            return self.say(words.UNKNOWN if value is None else words.YES if value else words.NO)
        choices = self.policy.vocabulary.scales[kind.scale] if kind.scale is not None else kind.choices or ()
        return next((self.say(each.title) for each in choices if each.id == value), str(value))
