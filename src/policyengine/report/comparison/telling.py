"""One policy's norms in the words of a sheet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from policyengine.model.provision import Provision, Strength
from policyengine.report import words as answer_words
from policyengine.report.comparison import words
from policyengine.report.comparison.limits import counted_from, limit_words, order_words, promptly_only, unlimited
from policyengine.report.comparison.sheet import ClauseNote, Demand, ReadingNote, Silence
from policyengine.report.phrases import Phrases
from policyengine.report.regulation.counting import readings_of_counting

if TYPE_CHECKING:
    from policyengine.analysis.sides import Side
    from policyengine.model.policy import Variants
    from policyengine.model.provision import Gap
    from policyengine.model.vocabulary import Topic
    from policyengine.wording import Lang


@dataclass(frozen=True)
class Telling:
    """What one side of a comparison says, in one language.

    Args:
        side: the policy as it is read.
        lang: the language.
        usual_trigger: the words for what most provisions of the comparison wait for.
    """

    side: Side
    lang: Lang
    usual_trigger: str = ""

    @cached_property
    def phrases(self) -> Phrases:
        """Return the words for the policy's triggers and limits."""
        return Phrases(self.side.policy, self.lang, self.side.readings)

    def trigger(self, provision: Provision) -> str:
        """Return what puts *provision* in force; nothing where nothing needs to happen."""
        return self.phrases.triggers(provision.upon or ())

    def demand(self, provision: Provision, topic: Topic, *, doubtful: bool = False) -> Demand:
        """Return *provision* as one of those about *topic*."""
        told, trigger = self.phrases, self.trigger(provision)
        return Demand(
            provision=provision.id,
            title=told.say(provision.title),
            strength=provision.strength,
            binding=told.say(answer_words.STRENGTH[provision.strength]),
            quoted=provision.wording or "",
            act=told.type(provision.act),
            act_differs=(provision.act,) != topic.acts,
            bearer=self._bearer(provision),
            addressee="" if provision.to is None else told.role(provision.to),
            means=told.means(provision.means or (), answer_words.OR),
            trigger=trigger,
            usual_trigger=bool(trigger) and trigger == self.usual_trigger,
            limit=limit_words(provision, told),
            counted_from=counted_from(provision, told),
            promptly_only=promptly_only(provision),
            unlimited=unlimited(provision),
            order=order_words(provision, told),
            sanction=bool(provision.sanction),
            doubtful=doubtful,
            agency=provision.scope == "agency",
            clauses=self._clauses(provision.clause),
            note="" if provision.note is None else told.say(provision.note),
            readings=self.readings(provision),
            sentence=self._sentence(provision),
        )

    def silence(self, gap: Gap) -> Silence:
        """Return a gap or a referral."""
        told, reference = self.phrases, gap.refers_to
        return Silence(
            id=gap.id,
            title=told.say(gap.title),
            missing=told.say(gap.missing),
            refers_to="" if reference is None else told.say(reference.title),
            in_hand=reference is not None and reference.in_hand,
            clauses=self._clauses(gap.clause),
            readings=self.readings(gap),
        )

    def essence(self, provision: Provision, topic: Topic) -> str:
        """Return how strongly and by when, such as "must, within 24 hours", and what unless *topic* says it."""
        told = self.phrases
        binding = told.say(answer_words.STRENGTH[provision.strength])
        if (provision.act,) != topic.acts:
            binding = told.say(words.DOES, binding=binding, act=told.type(provision.act))
        limit = limit_words(provision, told)
        return told.say(words.ESSENCE, binding=binding, limit=limit) if limit else binding

    def readings(self, norm: Provision | Gap) -> tuple[ReadingNote, ...]:
        """Return the readings that *norm* depends on, in the order of the file."""
        return tuple(map(self._reading, readings_of(self.side, norm)))

    def _reading(self, name: str) -> ReadingNote:
        reading, told, option = self.side.policy.readings[name], self.phrases, self.side.readings[name]
        by_default = option == reading.default
        return ReadingNote(
            name=name,
            question=told.say(reading.question),
            option=option,
            says=told.say(reading.options[option]),
            by_default=by_default,
            why=told.say(reading.why) if by_default else "",
            others=tuple((each, told.say(says)) for each, says in reading.options.items() if each != option),
        )

    def _bearer(self, provision: Provision) -> str:
        told = self.phrases
        if provision.bearer is not None:
            return told.role(provision.bearer)
        return told.say(words.ANYBODY if provision.strength is Strength.MUST_NOT else answer_words.NO_BEARER)

    def _sentence(self, provision: Provision) -> str:
        told, act = self.phrases, self.phrases.type(provision.act)
        if provision.bearer is None and provision.strength is Strength.MUST_NOT:
            return told.say(answer_words.NOBODY_MAY, act=act)
        strength = told.say(answer_words.STRENGTH[provision.strength])
        return told.say(answer_words.OWES, bearer=self._bearer(provision), strength=strength, word="", act=act)

    def _clauses(self, names: Iterable[str]) -> tuple[ClauseNote, ...]:
        clauses = self.side.policy.header.source.clauses
        return tuple(ClauseNote(each, clauses[each].number, self.phrases.say(clauses[each].says)) for each in names)


def readings_of(side: Side, norm: Provision | Gap) -> tuple[str, ...]:
    """Return the readings on which hangs what *norm* says, where it applies and how its limit is counted.

    They stand in the order of the file. A norm that other options do not admit at all depends on them as well.
    """
    policy = side.policy
    found = {name for each in policy.provisions if norm.id in _ids(each) for name in each.readings}
    found |= {name for each in policy.gaps if norm.id in _ids(each) for name in each.readings}
    if isinstance(norm, Provision):
        found |= set(readings_of_counting(policy, norm))
    asked = side.facts(norm)
    for table in policy.tables:
        if any(node.derives in asked for node in table.nodes() if node.derives is not None):
            found |= set(table.readings)
    return tuple(name for name in policy.readings if name in found)


def _ids(variants: Variants[Provision] | Variants[Gap]) -> set[str]:
    return {each.id for each in variants.nodes()}
