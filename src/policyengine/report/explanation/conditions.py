"""Conditions and facts: what was asked, what it came to, and who said so (S8-S10)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyengine.model.condition import Condition, Truth
from policyengine.model.traces import Connective, Origin, Part
from policyengine.report.explanation import words
from policyengine.report.page import Line, Tone, item

if TYPE_CHECKING:
    from policyengine.model.case import FactValue
    from policyengine.model.explanation import Derivation
    from policyengine.model.traces import Asked, BearerTrace, ConditionTrace, FactHistory, FactSpan, RowTrace
    from policyengine.report.explanation.telling import Telling

MOST_CHANGES = 12
"""Of the changes of a condition, or of a fact, so many are told in words; the data have them all."""

_CONNECTIVES = {Connective.ALL: words.ALL, Connective.ANY: words.ANY, Connective.NOT: words.NOT}
_TONES = {Truth.TRUE: Tone.GOOD, Truth.FALSE: Tone.PLAIN, Truth.UNKNOWN: Tone.OPEN}


@dataclass(frozen=True, slots=True)
class Conditions:
    """Tells conditions and facts."""

    telling: Telling

    def lines(self, derivation: Derivation) -> Iterator[Line]:
        """Yield each condition along time, then the facts that all of them ask about."""
        for trace in derivation.conditions:
            yield self._condition(trace)
        for defeat in derivation.defeats:
            telling = self.telling
            until = "" if defeat.end is None else telling.say(words.UP_TO, when=telling.when(defeat.end))
            provision = telling.instance(defeat.provision, defeat.instance)
            yield item(
                telling.say(words.DEFEATED_BY, since=telling.since(defeat.start), until=until, provision=provision)
            )
        if derivation.facts:
            yield item(self.telling.say(words.FACTS), (each for fact in derivation.facts for each in self._fact(fact)))

    def asked(self, asked: Asked) -> Line:
        """Return a condition as it was asked at one instant, its parts under it."""
        telling, truth = self.telling, self.telling.say(words.TRUTH[asked.truth])
        tone = _TONES[asked.truth]
        if asked.connective is not None:
            parts = tuple(self.asked(each) for each in asked.parts)
            return Line(telling.say(_CONNECTIVES[asked.connective], truth=truth), tone, parts, bullet=True)
        return item(telling.say(words.TEST, truth=truth, test=self._test(asked)), tone=tone)

    def bearer(self, trace: BearerTrace) -> Iterator[Line]:
        """Yield whom a role of the policy's own meant."""
        telling = self.telling
        yield Line(telling.say(words.ROLE_READ, role=telling.names.role(trace.role), when=telling.when(trace.at)))
        yield from (self._row(each, telling.names.role(str(each.says))) for each in trace.rows)
        roles = telling.names.listed(telling.names.role(each.role) for each in trace.candidates)
        yield Line(telling.say(words.MEANS_ROLE, roles=roles or telling.say(words.NOBODY)), Tone.STRONG)

    def _condition(self, trace: ConditionTrace) -> Line:
        telling = self.telling
        wording = words.UNLESS if trace.part is Part.UNLESS else words.WHEN
        return item(telling.say(wording, condition=telling.phrases.condition(trace.condition)), self._spans(trace))

    def _spans(self, trace: ConditionTrace) -> Iterator[Line]:
        telling = self.telling
        for span in trace.spans[:MOST_CHANGES]:
            truth = telling.say(words.TRUTH[span.asked.truth])
            line = telling.say(words.HOLDS, since=telling.since(span.since), truth=truth)
            asked = self.asked(span.asked)
            yield Line(line, _TONES[span.asked.truth], asked.under if span.asked.connective else (asked,))
        yield from self._more(len(trace.spans))

    def _more(self, n: int) -> Iterator[Line]:
        if n > MOST_CHANGES:
            yield Line(self.telling.say(words.MORE_CHANGES, n=n - MOST_CHANGES), Tone.OPEN)

    def _test(self, asked: Asked) -> str:
        telling = self.telling
        if asked.test is None:
            test = telling.phrases.condition(Condition(facts=(), happened=asked.happened))
            event = "" if asked.event is None else telling.names.event(asked.event)
            return telling.say(words.HAPPENED_AS, test=test, event=event) if event else test
        if asked.test.fact in telling.policy.vocabulary.facts:
            test = telling.phrases.condition(Condition(facts=(asked.test,)))
            return telling.say(words.WAS, test=test, value=self.value(asked.test.fact, asked.value))
        return self._attribute(asked)

    def _attribute(self, asked: Asked) -> str:
        """Return what was asked of an attribute of an event; its type is an attribute as well."""
        telling, test = self.telling, asked.test
        if test is None:
            return ""
        wanted = (*(test.one_of or ()), *(() if test.contains is None else (test.contains,)))
        if test.fact == "type":
            return telling.names.listed(telling.names.type(str(each)) for each in wanted[:1])
        shown = telling.names.listed(telling.phrases.attribute_value(test.fact, each) for each in wanted)
        value = asked.value if isinstance(asked.value, tuple) else () if asked.value is None else (asked.value,)
        found = telling.names.listed(telling.phrases.attribute_value(test.fact, each) for each in value)
        named = telling.phrases.attribute(test.fact)
        return telling.say(words.WAS, test=f"{named}: {shown}", value=found or telling.say(words.TRUTH[Truth.UNKNOWN]))

    def value(self, fact: str, value: FactValue) -> str:
        """Return a fact's value; what is not known is said so."""
        if value is None:
            return self.telling.say(words.TRUTH[Truth.UNKNOWN])
        return self.telling.phrases.value(fact, value)

    def _fact(self, history: FactHistory) -> Iterator[Line]:
        for span in history.spans[:MOST_CHANGES]:
            yield self._span(history.fact, span)
        yield from self._more(len(history.spans))

    def _span(self, fact: str, span: FactSpan) -> Line:
        telling = self.telling
        value = self.value(fact, span.value)
        if span.possible:
            named = telling.names.listed(self.value(fact, each) for each in span.possible)
            value = telling.say(words.POSSIBLY, values=named)
        tone = Tone.OPEN if span.origin in (Origin.UNKNOWN, Origin.PRESUMED) else Tone.PLAIN
        told = telling.say(
            words.FACT,
            fact=telling.names.fact(fact),
            value=value,
            since=telling.since(span.since),
            origin=self._origin(span),
        )
        rows = [self._row(each, self.value(fact, each.says)) for each in span.rows]
        if span.rows and all(each.asked.truth is Truth.FALSE for each in span.rows):
            rows.append(Line(telling.say(words.ROW_ELSE)))
        return Line(told, tone, tuple(rows))

    def _origin(self, span: FactSpan) -> str:
        event = "" if span.event is None else self.telling.names.event(span.event)
        if span.origin is Origin.UNKNOWN and event:
            return self.telling.say(words.MADE_UNKNOWN, event=event)
        return self.telling.say(words.ORIGIN[span.origin], event=event)

    def _row(self, row: RowTrace, says: str) -> Line:
        truth, clauses = self.telling.say(words.TRUTH[row.asked.truth]), self.telling.names.listed(row.clauses)
        title = self.telling.say(words.ROW, truth=truth, says=says, clauses=clauses)
        return item(title, (self.asked(row.asked),), _TONES[row.asked.truth])
