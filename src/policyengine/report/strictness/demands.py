"""One demand, and what the other side sets against it, line by line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policyengine.analysis.bound import Bound
from policyengine.analysis.coverage import Shortfall
from policyengine.analysis.places import bearing
from policyengine.analysis.strictness import Finding
from policyengine.model.condition import Truth
from policyengine.report.comparison import words as compared
from policyengine.report.page import Line, Tone, item
from policyengine.report.region_words import where
from policyengine.report.strictness import words as say
from policyengine.report.strictness.both_ways import counterparts, started
from policyengine.report.strictness.example import Example
from policyengine.report.strictness.stretches import stretches

if TYPE_CHECKING:
    from policyengine.analysis.comparison import Relation
    from policyengine.analysis.regions import Region
    from policyengine.analysis.strictness import Counterexample, Demand
    from policyengine.model.provision import Gap, Provision
    from policyengine.report.strictness.naming import Named
    from policyengine.report.strictness.stretches import Outcome

Replays = Callable[["Counterexample"], Sequence[str]]
"""The commands that judge a case anew; none where it stands in no file."""
_MOST_NORMS = 4


@dataclass(frozen=True)
class Demands:
    """How demands of `other` on `one` are told.

    Args:
        one, other: the sides.
        replays: how to judge a case anew.
    """

    one: Named
    other: Named
    replays: Replays = field(default=lambda _: (), repr=False)

    def heading(self, demand: Demand, relation: Relation | None) -> str:
        """Return the title of a demand, marked by how the one policy stands to it."""
        phrases = self.other.phrases
        word = phrases.say(_WORDS[demand.finding] if relation is None else compared.RELATION[relation])
        if demand.missing is not None and demand.covered_in:
            word = phrases.say(say.IN_PART, word=word)
        provision = demand.provision
        return phrases.say(say.MARKED, word=word, title=phrases.say(provision.title), id=provision.id)

    def unmet(self, demand: Demand, relation: Relation | None, beyond: Sequence[Demand] = ()) -> Line:
        """Return a demand that is not met, with what there is instead, where it falls short, and the case."""
        tone = Tone.OPEN if demand.finding is Finding.OPEN else Tone.BAD
        return item(self.heading(demand, relation), self._unmet(demand, beyond), tone)

    def _unmet(self, demand: Demand, beyond: Sequence[Demand]) -> Iterator[Line]:
        yield self.other.line(demand.provision, demand.provision.act)
        yield from self.set_against(demand)
        yield from self.stretches(demand)
        yield from self.case(demand.counterexample, Example(self.other, self.one, demand.provision.act))
        for each in beyond:
            norm = self.one.norm(each.provision)
            yield Line(self.one.phrases.say(say.BEYOND, norm=norm))
            yield from self.case(each.counterexample, Example(self.one, self.other, each.provision.act))

    def case(self, found: Counterexample | None, example: Example) -> Iterator[Line]:
        """Yield the case, if there is one, and how to judge it anew."""
        if found is None:
            return
        yield from example.lines(found)
        for command in self.replays(found):
            yield Line(example.theirs.phrases.say(say.REPLAY, command=command), Tone.QUIET)

    def set_against(self, demand: Demand) -> Iterator[Line]:
        """Yield what the one policy says that is most like the demand, or that it says nothing."""
        phrases, norms = self.one.phrases, self._nearest(demand)
        gaps = [each for each in bearing(self.one.side, (demand.provision,)).gaps if self._applies(each, demand)]
        if not norms and not gaps:
            yield Line(phrases.say(say.NOTHING_SAID, short=self.one.short))
        yield from (self.one.line(each, demand.provision.act) for each in norms[:_MOST_NORMS])
        if len(norms) > _MOST_NORMS:
            more = phrases.say(say.AND_MORE, n=len(norms) - _MOST_NORMS)
            yield Line(phrases.say(say.SAYS, short=self.one.short, norm=more))
        yield from map(self.one.silence, gaps)

    def _nearest(self, demand: Demand) -> Sequence[Provision]:
        """Return the norms to show: those that apply where the demand is not met, else what there is elsewhere."""
        side, provision = self.one.side, demand.provision
        own = bearing(side, (provision,))
        every = (counterparts(side, provision), own.serving, own.wider, own.allowed)
        there = ([each for each in some if self._bears(each, demand)] for some in every)
        return next((some for some in there if some), None) or next((some for some in every if some), ())

    def _bears(self, norm: Provision, demand: Demand) -> bool:
        bound = Bound(self.one.side, norm)
        return started(bound, Bound(self.other.side, demand.provision)) and self._applies(norm, demand)

    def _applies(self, norm: Provision | Gap, demand: Demand) -> bool:
        """Tell whether *norm* may apply anywhere where *demand* is not covered."""
        side = self.one.side
        return any(side.applies(norm, region.witness()) is not Truth.FALSE for region, _ in demand.where)

    def stretches(self, demand: Demand) -> Iterator[Line]:
        """Yield where the one policy falls short and in what, then where it does not."""
        found = stretches(demand)
        if {how for _, how in found} == {(Shortfall.MISSING,)}:
            return  # what is set against it has said so
        by_outcome: dict[Outcome, list[Region]] = {}
        for region, how in found:
            by_outcome.setdefault(how, []).append(region)
        among = (*demand.covered_in, *(region for region, _ in demand.where))
        for how, regions in sorted(by_outcome.items(), key=lambda each: None in each[0]):
            yield from self._stretch(how, where(regions, self.other.phrases, among))

    def _stretch(self, how: Outcome, place: str) -> Iterator[Line]:
        phrases = self.other.phrases
        short = phrases.listed(phrases.say(say.SHORTFALL[each]) for each in how if each is not None)
        if not short:
            yield from (Line(phrases.say(say.COVERED_THERE, where=place), Tone.GOOD),) if place else ()
            return
        if None in how:
            short = phrases.say(say.AT_A_TRIGGER, how=short)
        there = phrases.say(say.THERE, where=place) if place else phrases.say(say.EVERYWHERE)
        yield Line(phrases.say(say.FALLS_SHORT, where=there, how=short))

    def met(self, demand: Demand, relation: Relation | None, beyond: Sequence[Demand] = ()) -> Line:
        """Return a demand that is met: its title, and what the one policy demands besides."""
        phrases, under = self.one.phrases, []
        if beyond:
            titles = phrases.listed(self.one.title(each.provision) for each in beyond)
            under.append(Line(phrases.say(say.ALSO_BEYOND, titles=titles), Tone.QUIET))
        if demand.announced_only:
            under.append(Line(phrases.say(say.ANNOUNCED_ONLY), Tone.OPEN))
        return item(self.heading(demand, relation), under, Tone.GOOD)


_WORDS = {Finding.COVERED: say.IS_MET, Finding.REFUTED: say.NOT_MET, Finding.OPEN: say.IS_OPEN}
