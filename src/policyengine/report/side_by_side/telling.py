"""What the pages on regulations and their parents have in common: names, links, norms with their clauses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from policyengine.analysis.strictness import Finding
from policyengine.model.provision import Provision
from policyengine.report import words as answer_words
from policyengine.report.comparison import words as compared
from policyengine.report.comparison.short_names import short_names
from policyengine.report.markdown import escaped
from policyengine.report.region_words import grades_words
from policyengine.report.regulation.markup import code, inline
from policyengine.report.side_by_side import words
from policyengine.report.strictness.naming import Named

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policyengine.analysis.comparison import Relation
    from policyengine.analysis.sides import Side
    from policyengine.model.base import Title
    from policyengine.model.case import FactValue
    from policyengine.model.policy import Policy
    from policyengine.model.provision import Gap
    from policyengine.report.page import Line
    from policyengine.report.phrases import Phrases
    from policyengine.report.side_by_side.values import Held, SideBySide
    from policyengine.wording import Lang, Wording

OVERVIEW = "side-by-side"
SYNOPSIS = f"{OVERVIEW}-synopsis"


def page_of(name: str, lang: Lang) -> str:
    """Return the name of the file of a page."""
    return f"{name}.{lang}.md"


def argument_of(policy: str) -> str:
    """Return the name of the page that argues how *policy* stands to its parents."""
    return f"{OVERVIEW}-{policy}"


def anchor_of(parent: str, act: str) -> str:
    """Return the anchor of the argument about *act* that *parent* demands."""
    return f"{parent}-{act}".replace("_", "-")


@dataclass(frozen=True)
class Telling:
    """Everything that is known, in one language.

    Args:
        found: what is told.
        lang: the language.
    """

    found: SideBySide
    lang: Lang

    @cached_property
    def sides(self) -> Mapping[str, Side]:
        """Return the sides by id."""
        return {each.policy.id: each for each in self.found.whole.sides}

    @cached_property
    def short(self) -> Mapping[str, str]:
        """Return a name of a few characters by id."""
        return short_names([each.policy for each in self.sides.values()], self.lang)

    @cached_property
    def phrases(self) -> Phrases:
        """Return the words of the vocabulary, which are the same for all."""
        return self.named(self.found.parents[0], {}).phrases

    @cached_property
    def usual_trigger(self) -> str:
        """Return the words for what most of the parents' demands wait for."""
        told = [
            trigger
            for parent in self.found.parents
            for each in self.sides[parent].provisions
            if (trigger := self.phrases.triggers(each.upon or ()))
        ]
        return max(dict.fromkeys(told), key=told.count, default="")

    def say(self, wording: Wording | Title, **parts: object) -> str:
        """Return *wording* filled with *parts*."""
        return self.phrases.say(wording, **parts)

    def policy(self, name: str) -> Policy:
        """Return the policy *name*."""
        return self.sides[name].policy

    def named(self, policy: str, given: Mapping[str, FactValue]) -> Named:
        """Return a side as it is told where *given* is settled."""
        usual = "" if not given else self.usual_trigger
        return Named(self.sides[policy], self.short[policy], self.lang, given, usual)

    def relation(self, relation: Relation, *, everywhere: bool) -> str:
        """Return the word for a relation."""
        word = self.say(compared.RELATION[relation])
        return word if everywhere else self.say(words.IN_PART, word=word)

    def grades(self, grades: Sequence[str]) -> str:
        """Return *grades* as stretches, or that they are all."""
        scale = self.found.whole.scale
        return (grades_words(scale, grades, self.phrases) if scale and grades else "") or self.say(words.ALL_GRADES)

    def clauses(self, policy: str, names: Iterable[str]) -> str:
        """Return clauses with their numbers in the text, as Markdown."""
        known = self.policy(policy).header.source.clauses
        told = (self.say(words.CLAUSE, id=code(each), number=inline(known[each].number)) for each in names)
        return self.phrases.listed(told)

    def norm(self, named: Named, norm: Provision | Gap, act: str) -> str:
        """Return what a norm says, with its clauses, as Markdown; what is wider than *act* is marked."""
        line = named.line(norm, act) if isinstance(norm, Provision) else named.silence(norm)
        return self.claused(line.text, named.side.policy.id, norm)

    def claused(self, text: str, policy: str, norm: Provision | Gap) -> str:
        """Return plain *text* with the clauses of *norm*, as Markdown."""
        return self.say(words.CLAUSED, norm=inline(text), clauses=self.clauses(policy, norm.clause))

    def counts(self, held: Held) -> dict[str, object]:
        """Return how many of the parent's demands are met, not met and open, as parts of a wording."""
        found = {each: held.count(each) for each in Finding}
        open_ = self.say(words.COUNTED_OPEN, n=found[Finding.OPEN]) if found[Finding.OPEN] else ""
        counts = {"met": found[Finding.COVERED], "unmet": found[Finding.REFUTED], "open": open_}
        return {"n": len(held.asked), **counts}

    def given(self) -> str:
        """Return the facts that are taken as settled, in words."""
        told = (
            self.say(answer_words.COLON, word=self.phrases.fact(name), more=self.phrases.value(name, value))
            for name, value in self.found.whole.given.items()
        )
        return self.phrases.listed(told)


def bullets(lines: Iterable[Line], depth: int = 0) -> Iterator[str]:
    """Yield plain *lines*, and what belongs to them, as a Markdown list."""
    for each in lines:
        if each.text:
            yield f"{'  ' * depth}- {escaped(each.text)}"
        yield from bullets(each.under, depth + bool(each.text))
