"""The title of everything that a policy and its vocabulary name by an id, in one language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyengine.loading.names import ROLE_ATTRIBUTES
from policyengine.report import words

if TYPE_CHECKING:
    from policyengine.model.base import Atom, Title
    from policyengine.model.case import FactValue
    from policyengine.model.policy import Policy
    from policyengine.model.vocabulary import FactType
    from policyengine.wording import Lang, Wording


@dataclass(frozen=True)
class Titles:
    """Titles from a policy and its vocabulary; no case is needed.

    Args:
        policy: the policy whose ids are given titles; an id that it does not have is a `KeyError`.
        lang: the language of the titles.
    """

    policy: Policy
    lang: Lang

    def say(self, wording: Wording | Title, **parts: object) -> str:
        """Return *wording* in the language, filled with *parts*; without any, braces stay as they are."""
        text = wording.within(self.lang)
        return text.format(**parts) if parts else text

    def more(self, word: str, *more: str) -> str:
        """Return *word* with everything that is not empty behind it in parentheses."""
        inner = self.say(words.STOP).join(each for each in more if each)
        return self.say(words.PARENTHESES, word=word, more=inner) if inner else word

    def listed(self, texts: Iterable[str], by: Wording = words.SEMICOLON) -> str:
        """Return *texts* as one enumeration; titles hold commas themselves."""
        return self.say(by).join(texts)

    def named(self, title: str) -> str:
        """Return *title* in quotation marks."""
        return self.say(words.NAMED, word=title)

    def role(self, name: str) -> str:
        """Return a role's title, the policy's own before the vocabulary's."""
        return self.say(self.policy.role(name).title)

    def type(self, name: str) -> str:
        """Return the title of an act or of another type of event."""
        return self.say(self.policy.vocabulary.event_types[name].title)

    def fact(self, name: str) -> str:
        """Return a fact's title."""
        return self.say(self.policy.vocabulary.facts[name].title)

    def attribute(self, name: str) -> str:
        """Return the title of an event's attribute."""
        known = self.policy.vocabulary.attributes.get(name)
        if known is not None:
            return self.say(known.title)
        return self.say(dict(zip(ROLE_ATTRIBUTES, (words.BY, words.TO), strict=True))[name])

    def attribute_value(self, attribute: str, value: Atom | None) -> str:
        """Return the title of one value of an event's attribute; those of `by` and `to` are roles."""
        kind = self.policy.vocabulary.attributes.get(attribute)
        if kind is not None:
            return self.value_of(kind, value)
        return self.role(str(value)) if value else self.say(words.UNKNOWN)

    def means(self, values: Iterable[str], by: Wording = words.SEMICOLON) -> str:
        """Return the titles of values of the attribute that has all of them, as one enumeration."""
        wanted = tuple(values)
        for kind in self.policy.vocabulary.attributes.values():
            if set(wanted) <= set(self.policy.vocabulary.values(kind) or ()):
                return self.listed((self.value_of(kind, each) for each in wanted), by)
        return self.listed(wanted, by)

    def value(self, fact: str, value: FactValue) -> str:
        """Return the title of a fact's value; a list is an enumeration."""
        kind = self.policy.vocabulary.facts[fact]
        if isinstance(value, tuple):
            return self.listed(self.value_of(kind, each) for each in value) or self.say(words.NOTHING)
        return self.value_of(kind, value)

    def value_of(self, kind: FactType, value: Atom | None) -> str:
        """Return the title of a value of *kind*, of which ``None`` is not known; a free value as it is."""
        if value is None or isinstance(value, bool):
            return self.say(words.UNKNOWN if value is None else words.YES if value else words.NO)
        choices = self.policy.vocabulary.scales[kind.scale] if kind.scale is not None else kind.choices or ()
        return next((self.say(each.title) for each in choices if each.id == value), str(value))

    def clause(self, name: str) -> str:
        """Return a clause: its id, its number in the text, and our summary of it."""
        clause = self.policy.header.source.clauses[name]
        return self.say(words.COLON, word=f"{name} {clause.number}", more=self.say(clause.says))
