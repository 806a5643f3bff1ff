"""Conditions, triggers and limits of a policy in words, as a lawyer would read them out; no case is needed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from policyengine.model.condition import Condition, FactTest
from policyengine.model.frozen import FrozenMap
from policyengine.model.happening import Outcome
from policyengine.prepare.readings import choose
from policyengine.report import phrase_words as say
from policyengine.report import words
from policyengine.report.titles import Titles

if TYPE_CHECKING:
    from policyengine.model.base import Atom
    from policyengine.model.deadline import Deadline, Recurrence, Within
    from policyengine.model.happening import Happening, Until
    from policyengine.model.provision import Provision
    from policyengine.model.vocabulary import FactType


class _Part(NamedTuple):
    """A part of a conjunction; what is *loose* would read on into the part behind it."""

    text: str
    loose: bool = False


@dataclass(frozen=True)
class Phrases(Titles):
    """What a policy's conditions, triggers and limits say, in one language.

    Phrases are parts of a sentence: no capital, no full stop, no line end. Events and acts stand in quotation marks,
    provisions have their id behind them.

    Args:
        readings: options other than the defaults; they decide which title a provision that is referred to has.

    >>> from policyengine import load
    >>> from policyengine.model.deadline import Within
    >>> Phrases(load("changzhi"), "en").length(Within(hours=24))
    '24 hours'
    """

    readings: Mapping[str, str] = FrozenMap()

    def condition(self, condition: Condition) -> str:
        """Return *condition* in words; a part inside another is in parentheses where it could be misread."""
        single = self._plain_fact(condition)
        return self._joined(self._conjuncts(condition)) if single is None else self.fact(single)

    def happening(self, happening: Happening) -> str:
        """Return what a duty waits for: an event in quotation marks, or what another provision has come to."""
        outcome = happening.outcome()
        if outcome is not None:
            return self.say(say.TRIGGER[outcome[0]], what=self.provisions_named(outcome[1]))
        where = (
            self.say(say.WITH, attribute=self.attribute(name), value=self._any(self._attributes(name, values)))
            for name, values in happening.where.items()
        )
        return self.more(self.named(self.type(happening.event or "")), *where)

    def anchor(self, happening: Happening) -> str:
        """Return what a limit counts from; of a violation that is the limit that was missed (S16)."""
        outcome = happening.outcome()
        if outcome is None or outcome[0] is not Outcome.VIOLATED:
            return self.happening(happening)
        return self.say(say.ANCHOR_VIOLATED, what=self.provisions_named(outcome[1]))

    def triggers(self, triggers: Iterable[Happening]) -> str:
        """Return several things any of which a duty may wait for."""
        return self._any(map(self.happening, triggers))

    def until(self, until: Until) -> str:
        """Return what ends a duty, beginning with "until"."""
        if until.any_:
            return self.say(say.UNTIL_ANY, what=self._any(self._types(until.any_)))
        return self.say(say.UNTIL_ALL, what=self.listed(self._types(until.all_ or ()), say.TOGETHER))

    def length(self, within: Within) -> str:
        """Return a length such as "24 hours"; calendar days and working days are told apart."""
        return " ".join(self.say(say.LENGTH[unit][number != 1], n=number) for unit, number in within.parts())

    def deadline(self, deadline: Deadline, triggers: Sequence[Happening] = ()) -> str:
        """Return a limit in words, with all its limbs.

        Args:
            deadline: as the provision states it; how lengths are counted is told where it states that itself.
            triggers: the provision's `upon`, which a limit counts from unless it names something else.
        """
        return self.more(self._limit(deadline, triggers), *self._counting(deadline))

    def every(self, every: Recurrence) -> str:
        """Return how a duty recurs."""
        if every.at is not None:
            return self.say(say.AT_TIMES, times=self.listed(every.at, say.TOGETHER))
        if every.since_last_act is not None:
            return self.say(say.SINCE_LAST, length=self.length(every.since_last_act))
        return self.say(say.PERIOD[every.period or ""])

    def provision(self, name: str) -> str:
        """Return a provision's title in quotation marks, with its id."""
        return self.more(self.named(self.say(self._provisions[name].title)), name)

    def provisions_named(self, names: Iterable[str]) -> str:
        """Return several provisions, any of them."""
        return self._any(map(self.provision, names))

    @cached_property
    def _provisions(self) -> dict[str, Provision]:
        """Every provision by id, as the readings have it, else as the first that admits it."""
        options = choose(self.policy, self.readings)
        return {node.id: each.under(options) or node for each in self.policy.provisions for node in each.nodes()[:1]}

    # Conditions

    def _conjuncts(self, condition: Condition) -> list[_Part]:
        """Return the parts of a conjunction, those of its inner conjunctions among them."""
        parts = [_Part(text) for test in condition.facts for text in self._tests(test)]
        if condition.happened:
            parts.append(_Part(self.say(say.HAS_HAPPENED, what=self._any(self._types(condition.happened)))))
        for inner in condition.all_ or ():
            parts += self._conjuncts(inner)
        if condition.any_:
            alternatives = [self._grouped(each) for each in condition.any_]
            parts.append(_Part(self.say(say.ANY_OF).join(alternatives), loose=len(alternatives) > 1))
        return parts if condition.not_ is None else [*parts, self._negation(condition.not_)]

    def _plain_fact(self, condition: Condition) -> str | None:
        """Return the yes-or-no fact whose being so is all that *condition* asks, if that is all."""
        for test in condition.facts if condition == Condition(facts=condition.facts[:1]) else ():
            if test == FactTest(fact=test.fact, one_of=(True,)):
                return test.fact
        return None

    def _joined(self, parts: Sequence[_Part]) -> str:
        """Return a conjunction; what would read on past its end is in parentheses, unless it stands alone."""
        if not parts:
            return self.say(say.ALWAYS)
        alone = len(parts) == 1
        return self.say(say.ALL_OF).join(
            self.say(say.GROUP, inner=each.text) if each.loose and not alone else each.text for each in parts
        )

    def _grouped(self, condition: Condition) -> str:
        """Return one of several alternatives."""
        parts = self._conjuncts(condition)
        text = self._joined(parts)
        return self.say(say.GROUP, inner=text) if len(parts) > 1 or any(each.loose for each in parts) else text

    def _negation(self, inner: Condition) -> _Part:
        """Return what is not to hold; the usual shapes have wordings of their own."""
        kinds = (inner.facts, inner.all_, inner.any_, inner.not_, inner.happened)
        if sum(bool(each) for each in kinds) > 1 or not (inner.any_ or inner.happened):
            return _Part(self.say(say.NOT_SO, inner=self._joined(self._conjuncts(inner))))
        if inner.any_:
            numbered = self._numbered(self._joined(self._conjuncts(each)) for each in inner.any_)
            return _Part(self.say(say.NEITHER, inner=numbered), loose=True)
        types = list(self._types(inner.happened or ()))
        wording = say.HAS_NOT_HAPPENED if len(types) == 1 else say.NONE_HAPPENED
        return _Part(self.say(wording, what=self.listed(types, say.TOGETHER)), loose=len(types) > 1)

    def _tests(self, test: FactTest) -> list[str]:
        kind, fact = self.policy.vocabulary.facts[test.fact], self.fact(test.fact)
        parts = [self._member(kind, fact, test.one_of)] if test.one_of is not None else []
        for order, value in test.orders():
            wording = say.WHATEVER if self._excludes_nothing(kind, order, value) else say.ORDER[order]
            parts.append(self.say(wording, fact=fact, value=self.value_of(kind, value)))
        if test.contains is not None:
            parts.append(self.say(say.INCLUDES, fact=fact, value=self.named(self.value_of(kind, test.contains))))
        return parts

    def _member(self, kind: FactType, fact: str, values: Sequence[Atom]) -> str:
        if kind.type == "boolean":
            wording = say.IS_KNOWN if len({*values}) > 1 else say.HOLDS if values[0] else say.DOES_NOT_HOLD
            return self.say(wording, fact=fact)
        shown = (self.value_of(kind, each) for each in values)
        return self.say(say.IS, fact=fact, value=self._any(shown if kind.scale is not None else map(self.named, shown)))

    def _excludes_nothing(self, kind: FactType, order: str, value: Atom) -> bool:
        """Tell whether a comparison with an end of a scale holds for every known value."""
        ends = self.policy.vocabulary.values(kind) or (None,)
        return (order, value) in {("at_least", ends[0]), ("at_most", ends[-1])}

    # Limits

    def _limit(self, deadline: Deadline, triggers: Sequence[Happening]) -> str:
        if deadline.limbs:
            wording = say.EARLIEST if deadline.earliest else say.LATEST
            return self.say(wording, limbs=self._numbered(self._limb(each, triggers) for each in deadline.limbs))
        if deadline.before is not None:
            return self.say(say.BEFORE, event=self.named(self.type(deadline.before)))
        if deadline.within is None:
            return self._promptly(deadline)
        anchors = (deadline.of,) if deadline.of is not None else triggers
        anchor = self._any(map(self.anchor, anchors)) or self.say(say.THE_TRIGGER)
        return self.say(say.WITHIN, anchor=anchor, length=self.length(deadline.within))

    def _promptly(self, deadline: Deadline) -> str:
        if deadline.of is None:
            return self.say(say.PROMPTLY)
        return self.say(say.PROMPTLY_FROM, anchor=self.anchor(deadline.of))

    def _limb(self, limb: Deadline, triggers: Sequence[Happening]) -> str:
        told = self.deadline(limb, triggers)
        return told if limb.when is None else self.say(say.LIMB_WHEN, limb=told, when=self.condition(limb.when))

    def _counting(self, deadline: Deadline) -> Iterable[str]:
        """Yield how this limit is counted, as far as it says so itself."""
        if deadline.hours is not None:
            yield self.say(say.HOURS[deadline.hours])
        if deadline.roll is not None:
            yield self.say(say.ROLL[deadline.roll])
        if deadline.ends is not None:
            yield self.say(say.ENDS, clock=deadline.ends)

    # Enumerations

    def _numbered(self, texts: Iterable[str]) -> str:
        return self.listed(self.say(say.NUMBERED, n=place, text=text) for place, text in enumerate(texts, start=1))

    def _any(self, texts: Iterable[str]) -> str:
        return self.listed(texts, words.OR)

    def _types(self, names: Iterable[str]) -> Iterable[str]:
        return (self.named(self.type(each)) for each in names)

    def _attributes(self, name: str, values: Iterable[Atom]) -> Iterable[str]:
        return (self.attribute_value(name, each) for each in values)
