"""What became of the laws, as a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from policyengine.report import words as answer_words
from policyengine.report.fuzz import words as say
from policyengine.report.fuzz.fuzzed import Verdict
from policyengine.report.page import Line, Page, Section, Tone, item
from policyengine.report.titles import Titles

if TYPE_CHECKING:
    from policyengine.report.fuzz.fuzzed import Fuzzed, Tried
    from policyengine.wording import Lang


def fuzz_page(fuzzed: Fuzzed, lang: Lang, *, broken_only: bool = False) -> Page:
    """Return what became of the laws as a page in *lang*; of those that hold nothing, if *broken_only*."""
    if broken_only:
        fuzzed = replace(fuzzed, tried=fuzzed.broken, idle=())
    writer = _Writer(fuzzed, Titles(fuzzed.policy, lang))
    return Page(writer.title(), tuple(writer.lead()), tuple(writer.sections()))


@dataclass(frozen=True, slots=True)
class _Writer:
    fuzzed: Fuzzed
    titles: Titles

    def title(self) -> str:
        policy = self.fuzzed.policy
        return self.titles.say(say.TITLE, policy=self.titles.more(self.titles.say(policy.title), policy.id))

    def lead(self) -> Iterator[Line]:
        manner = self.titles.say(say.MANNER, examples=self.fuzzed.examples, seed=self.fuzzed.seed)
        yield Line(self.titles.listed((manner, self._readings())), Tone.QUIET)
        broken = self.fuzzed.broken
        if broken:
            told = self.titles.say(say.SOME_BROKEN, n=len(broken), laws=" ".join(each.law for each in broken))
        else:
            tried = [each for each in self.fuzzed.tried if each.verdict is Verdict.HOLDS]
            told = self.titles.say(say.ALL_HOLD, n=len(tried))
        yield Line(self.titles.say(answer_words.IN_SHORT, parts=told), Tone.BAD if broken else Tone.GOOD)

    def _readings(self) -> str:
        fixed = [f"{name}={option}" for name, option in self.fuzzed.fixed.items()]
        return self.titles.say(say.FIXED, readings=" ".join(fixed)) if fixed else self.titles.say(say.CHOSEN)

    def sections(self) -> Iterator[Section]:
        yield Section(
            self._head(self.titles.say(say.LAWS), len(self.fuzzed.tried)), tuple(map(self._law, self.fuzzed.tried))
        )
        if self.fuzzed.idle:
            lines = tuple(item(self._provision(name)) for name in self.fuzzed.idle)
            about = Line(self.titles.say(say.WHAT_IDLE_MEANS), Tone.QUIET)
            heading = self.titles.say(say.IDLE, n=self.fuzzed.looked_at)
            yield Section(self._head(heading, len(lines)), (about, *lines), Tone.OPEN)

    def _head(self, words: str, n: int) -> str:
        return self.titles.say(answer_words.HEAD, words=words, n=n)

    def _law(self, tried: Tried) -> Line:
        law = self.titles.more(tried.law, self.titles.say(tried.says))
        told = self.titles.say(answer_words.COLON, word=law, more=self._verdict(tried))
        lines = () if tried.broken is None else tuple(map(Line, tried.broken.told.splitlines()))
        return item(told, lines, _TONE[tried.verdict])

    def _verdict(self, tried: Tried) -> str:
        if tried.verdict is Verdict.NOT_TRIED:
            return self.titles.say(say.NOT_TRIED, why="" if tried.why is None else self.titles.say(tried.why))
        alone, counted = _VERDICT[tried.verdict]
        return self.titles.say(counted, n=tried.cases) if tried.cases else self.titles.say(alone)

    def _provision(self, name: str) -> str:
        nodes = (node for each in self.fuzzed.policy.provisions for node in each.nodes() if node.id == name)
        return self.titles.more(self.titles.say(next(nodes).title), name)


_TONE = {Verdict.HOLDS: Tone.GOOD, Verdict.BROKEN: Tone.BAD, Verdict.NOT_TRIED: Tone.OPEN}
_VERDICT = {
    Verdict.HOLDS: (say.HOLDS_ALONE, say.HOLDS),
    Verdict.BROKEN: (say.BROKEN_ALONE, say.BROKEN),
}
