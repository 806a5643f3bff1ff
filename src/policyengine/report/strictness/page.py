"""Whether one policy is at least as strict as another, as a page: the answer, then what is not met, then what is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from policyengine.analysis.strictness import Finding
from policyengine.report import words as common
from policyengine.report.page import Line, Page, Section, Tone, item
from policyengine.report.strictness import words as say
from policyengine.report.strictness.both_ways import never
from policyengine.report.strictness.demands import Demands
from policyengine.report.strictness.front import assumptions, sides
from policyengine.report.strictness.naming import named

if TYPE_CHECKING:
    from policyengine.analysis.strictness import Demand
    from policyengine.report.strictness.both_ways import BothWays
    from policyengine.report.strictness.demands import Replays
    from policyengine.wording import Lang, Wording


def strictness_page(found: BothWays, lang: Lang, *, topics: Sequence[str] = (), replays: Replays | None = None) -> Page:
    """Return *found* as a page in *lang*.

    Args:
        found: the answer.
        lang: the language.
        topics: the titles of what was asked about, where that is not everything.
        replays: how to judge a case anew, where it was written to a file; nothing is said of it unless given.
    """
    return _Writer(found, lang, topics, replays).page()


@dataclass(frozen=True)
class _Writer:
    found: BothWays
    lang: Lang
    topics: Sequence[str]
    replays: Replays | None

    @cached_property
    def demands(self) -> Demands:
        there = self.found.there
        one, other = named(there.one, there.other, there.given, self.lang)
        return Demands(one, other) if self.replays is None else Demands(one, other, self.replays)

    def say(self, wording: Wording, **parts: object) -> str:
        return self.demands.other.phrases.say(wording, **parts)

    def names(self) -> dict[str, str]:
        return {"one": self.demands.one.short, "other": self.demands.other.short}

    def page(self) -> Page:
        return Page(self.say(say.TITLE, **self.names()), tuple(self._lead()), tuple(self._sections()))

    def _lead(self) -> Iterator[Line]:
        yield self._answer()
        if self.found.there.demands:
            yield self._overall()
        if self.topics:
            yield Line(self.say(say.ONLY, topics=self.demands.other.phrases.listed(self.topics)))
        one, other, given = self.demands.one, self.demands.other, self.found.there.given
        yield from sides(one, other)
        yield from assumptions(one, other, given, shown=bool(self.found.there.counterexamples))
        if self.found.there.counterexamples and self.replays is None:
            yield Line(self.say(say.WRITE_THEM), Tone.QUIET)

    def _answer(self) -> Line:
        there, names = self.found.there, self.names()
        if not there.demands:
            return Line(self.say(say.NOTHING_DEMANDED, **names), Tone.GOOD)
        numbers = {"n": len(there.demands), "met": len(self._of(Finding.COVERED))}
        left = len(self._of(Finding.OPEN))
        if there.holds:
            return Line(self.say(say.HOLDS, **names, **numbers), Tone.GOOD)
        if there.holds is None:
            return Line(self.say(say.STAYS_OPEN, **names, **numbers, open=left), Tone.OPEN)
        more = self.say(say.MORE_OPEN, n=left) if left else ""
        unmet = len(self._of(Finding.REFUTED))
        return Line(self.say(say.FAILS, **names, **numbers, unmet=unmet, more=more), Tone.BAD)

    def _overall(self) -> Line:
        relation = self.found.relation
        if relation is None:
            return Line(self.say(say.NO_OVERALL), Tone.OPEN)
        shown = self.found.shown()
        title = "" if shown is None else self.demands.one.title(shown.provision)
        return Line(self.say(say.OVERALL[relation], **self.names(), shown=title))

    def _of(self, finding: Finding) -> tuple[Demand, ...]:
        return tuple(each for each in self.found.there.demands if each.finding is finding)

    def _sections(self) -> Iterator[Section]:
        refuted = self._of(Finding.REFUTED)
        covered = self._of(Finding.COVERED)
        unmet = (
            (say.UNMET, [each for each in refuted if each.missing is None]),
            (say.MISSING, [each for each in refuted if each.missing is not None]),
            (say.OPEN, self._of(Finding.OPEN)),
        )
        for heading, found in unmet:
            yield from self._section(heading, [self._unmet(each) for each in found])
        yield from self._section(say.MET, [self._met(each) for each in covered if not never(each)])
        if not any(map(self.found.told_beyond, refuted)):
            back = Demands(self.demands.other, self.demands.one, self.demands.replays)
            lines = [back.unmet(each, None) for each in self.found.told_back()]
            yield from self._section(say.CONVERSELY, lines)
        yield from self._section(
            say.NEVER, [item(self.demands.other.title(each.provision)) for each in covered if never(each)]
        )

    def _section(self, heading: Wording, lines: Sequence[Line]) -> Iterator[Section]:
        if lines:
            told = self.say(heading, **self.names())
            yield Section(self.say(common.HEAD, words=told, n=len(lines)), tuple(lines))

    def _unmet(self, demand: Demand) -> Line:
        relation = self.found.relation_to(demand)
        return self.demands.unmet(demand, relation, self.found.told_beyond(demand))

    def _met(self, demand: Demand) -> Line:
        return self.demands.met(demand, self.found.relation_to(demand), self.found.beyond(demand))
