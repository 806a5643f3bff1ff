"""The two sides of a question about strictness, and their norms, in the words of one language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from policyengine.model.provision import Provision, Strength
from policyengine.model.vocabulary import Topic
from policyengine.report.comparison.lines import demand_text, silence_text
from policyengine.report.comparison.placing import Placing
from policyengine.report.comparison.short_names import short_names
from policyengine.report.comparison.telling import Telling
from policyengine.report.page import Line, Tone
from policyengine.report.strictness import words as say

if TYPE_CHECKING:
    from policyengine.analysis.sides import Side
    from policyengine.model.case import FactValue
    from policyengine.model.provision import Gap
    from policyengine.report.phrases import Phrases
    from policyengine.wording import Lang


def called(one: Side, other: Side, lang: Lang) -> tuple[str, str]:
    """Return short names for both sides, different also where they are versions of one policy."""
    if one.policy.id == other.policy.id:
        return say.FIRST.within(lang), say.SECOND.within(lang)
    found = short_names([one.policy, other.policy], lang)
    return found[one.policy.id], found[other.policy.id]


def named(one: Side, other: Side, given: Mapping[str, FactValue], lang: Lang) -> tuple[Named, Named]:
    """Return both sides with their names, and with what most of the demands wait for."""
    usual = _usual_trigger(other, lang)
    names = zip((one, other), called(one, other, lang), strict=True)
    first, second = (Named(side, short, lang, given, usual) for side, short in names)
    return first, second


def _usual_trigger(side: Side, lang: Lang) -> str:
    told = Telling(side, lang)
    often = Counter(trigger for each in side.provisions if (trigger := told.trigger(each))).most_common(1)
    return often[0][0] if often and often[0][1] > 1 else ""


@dataclass(frozen=True)
class Named:
    """One side.

    Args:
        side: the policy as it is read.
        short: its name in sentences.
        lang: the language.
        given: facts taken as settled, which are not told.
        usual_trigger: the words for what most norms wait for, which is told once.
    """

    side: Side
    short: str
    lang: Lang
    given: Mapping[str, FactValue]
    usual_trigger: str = ""

    @cached_property
    def telling(self) -> Telling:
        """Return the words for its norms."""
        return Telling(self.side, self.lang, self.usual_trigger)

    @property
    def phrases(self) -> Phrases:
        """Return the words of its policy."""
        return self.telling.phrases

    @cached_property
    def _placing(self) -> Placing:
        return Placing({self.side.policy.id: self.telling}, self.given)

    def title(self, provision: Provision) -> str:
        """Return the title of *provision* with its id."""
        return self.phrases.more(self.phrases.say(provision.title), provision.id)

    def norm(self, provision: Provision) -> str:
        """Return what *provision* says: where it applies, by when, and who must do what."""
        topic = Topic(id=provision.act, title=provision.title, acts=(provision.act,))
        demand = self.telling.demand(provision, topic)
        return demand_text(demand, (self._where(provision),), _all(demand.addressee), self.lang, starred=False)

    def line(self, provision: Provision, act: str) -> Line:
        """Return what *provision* says, with its clauses; a permission, and what is wider than *act*, is marked."""
        told = self.norm(provision)
        if provision.strength is Strength.MAY:
            told = self.phrases.say(say.MAY, norm=told)
        elif provision.act not in self.side.vocabulary.kinds(act) and provision.strength is not Strength.MUST_NOT:
            told = self.phrases.say(say.WIDER, norm=told)
        return self._line(told, provision.clause)

    def silence(self, gap: Gap) -> Line:
        """Return a gap or a referral of its text, with its clauses."""
        return self._line(silence_text(self.telling.silence(gap), (self._where(gap),), self.lang), gap.clause)

    def _line(self, told: str, clauses: Iterable[str]) -> Line:
        text = self.phrases.say(say.SAYS, short=self.short, norm=told)
        return Line(text, under=tuple(self._clauses(clauses)))

    def _clauses(self, names: Iterable[str]) -> Iterator[Line]:
        for name in names:
            yield Line(self.phrases.clause(name), Tone.QUIET)

    def _where(self, norm: Provision | Gap) -> str:
        return next((where for where, _ in self._placing.places(self.side.policy.id, norm)), "")


def _all(text: str) -> tuple[str, ...]:
    return (text,) if text else ()
