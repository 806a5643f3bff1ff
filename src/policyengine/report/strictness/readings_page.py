"""Whether one policy is at least as strict as another however both are read, as a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyengine.analysis.sides import Side
from policyengine.analysis.strictness import Finding
from policyengine.model.ranges import Verdict
from policyengine.report import words as common
from policyengine.report.page import Line, Page, Section, Tone, item
from policyengine.report.region_words import ALL_OF
from policyengine.report.strictness import words as say
from policyengine.report.strictness.demands import Demands
from policyengine.report.strictness.example import Example
from policyengine.report.strictness.front import assumptions, sides
from policyengine.report.strictness.leaves import sides_of
from policyengine.report.strictness.naming import named

if TYPE_CHECKING:
    from policyengine.analysis.every_reading import DemandRange, Leaf, Options, StrictnessRange
    from policyengine.model.base import Title
    from policyengine.report.strictness.demands import Replays
    from policyengine.report.strictness.naming import Named
    from policyengine.wording import Lang, Wording

_ORDER = (Verdict.NONE, Verdict.SOME, Verdict.UNDETERMINED, Verdict.EVERY)
_TONES = {Finding.COVERED: Tone.GOOD, Finding.REFUTED: Tone.BAD, Finding.OPEN: Tone.OPEN}
_VERDICT_TONES = {Verdict.EVERY: Tone.GOOD, Verdict.NONE: Tone.BAD}


def readings_page(
    found: StrictnessRange, lang: Lang, *, topics: Sequence[str] = (), replays: Replays | None = None
) -> Page:
    """Return *found* as a page in *lang*.

    Args:
        found: the answer under every reading.
        lang: the language.
        topics: the titles of what was asked about, where that is not everything.
        replays: how to judge a case anew, where it was written to a file; nothing is said of it unless given.
    """
    usual = (Side.of(found.one), Side.of(found.other))
    return _Writer(found, lang, named(*usual, found.given, lang), topics, replays).page()


@dataclass(frozen=True, slots=True)
class _Writer:
    found: StrictnessRange
    lang: Lang
    both: tuple[Named, Named]
    topics: Sequence[str]
    replays: Replays | None

    def say(self, wording: Wording | Title, **parts: object) -> str:
        return self.both[1].phrases.say(wording, **parts)

    def names(self) -> dict[str, str]:
        return {"one": self.both[0].short, "other": self.both[1].short}

    def page(self) -> Page:
        return Page(self.say(say.TITLE, **self.names()), tuple(self._lead()), tuple(self._sections()))

    def _lead(self) -> Iterator[Line]:
        yield self._answer()
        if self.topics:
            yield Line(self.say(say.ONLY, topics=self.both[1].phrases.listed(self.topics)))
        yield from sides(*self.both, read=False)
        shown = any(self._shown(leaf) for each in self.found.demands for leaf in each.leaves)
        yield from assumptions(*self.both, self.found.given, shown=shown)
        yield Line(self.say(say.SAME_WORDS), Tone.QUIET)
        if shown and self.replays is None:
            yield Line(self.say(say.WRITE_THEM), Tone.QUIET)

    def _answer(self) -> Line:
        demands, verdict = self.found.demands, self.found.verdict
        if not demands:
            return Line(self.say(say.NOTHING_DEMANDED, **self.names()), Tone.GOOD)
        often = Counter(each.verdict for each in demands)
        left = often[Verdict.UNDETERMINED]
        counts = self.say(
            say.COUNTS,
            **self.names(),
            n=len(demands),
            every=often[Verdict.EVERY],
            some=often[Verdict.SOME],
            none=often[Verdict.NONE],
            open=self.say(say.MORE_OPEN, n=left) if left else "",
        )
        text = self.say(common.COLON, word=self.say(say.UNDER_ALL[verdict]), more=counts)
        return Line(text, _VERDICT_TONES.get(verdict, Tone.OPEN))

    def _sections(self) -> Iterator[Section]:
        for verdict in _ORDER:
            found = [each for each in self.found.demands if each.verdict is verdict]
            if found:
                head = self.say(common.HEAD, words=self.say(say.RANGE[verdict]), n=len(found))
                yield Section(head, tuple(map(self._demand, found)))
        if told := tuple(self._readings()):
            yield Section(self.say(say.READINGS), told)

    def _demand(self, demand: DemandRange) -> Line:
        tone = _VERDICT_TONES.get(demand.verdict, Tone.OPEN)
        if demand.verdict is Verdict.EVERY:
            return item(self._title(demand), tone=tone)
        return item(self._title(demand), self._told(demand), tone)

    def _title(self, demand: DemandRange) -> str:
        nodes = (node for each in self.found.other.provisions for node in each.nodes() if node.id == demand.provision)
        return self.say(common.PARENTHESES, word=self.say(next(nodes).title), more=demand.provision)

    def _told(self, demand: DemandRange) -> Iterator[Line]:
        """Yield what is demanded, then for each group of readings whether it is met, and the case where it is not."""
        leaf, provision = next((each, each.demand.provision) for each in demand.leaves if each.demand is not None)
        yield self._at(leaf).other.line(provision, provision.act)
        for leaf in sorted(demand.leaves, key=lambda each: not self._shown(each)):
            found = None if leaf.demand is None else leaf.demand.finding
            word = self.say(say.NOT_DEMANDED if found is None else say.FOUND[found])
            tone = Tone.QUIET if found is None else _TONES[found]
            yield Line(self.say(say.UNDER, found=word, when=self._when(leaf)), tone, tuple(self._why(leaf)))

    def _why(self, leaf: Leaf) -> Iterator[Line]:
        """Yield what is set against a demand that is not met, where it falls short, and the case."""
        if leaf.demand is None or leaf.demand.finding is Finding.COVERED:
            return
        at, demand = self._at(leaf), leaf.demand
        yield from at.set_against(demand)
        yield from at.stretches(demand)
        yield from at.case(demand.counterexample, Example(at.other, at.one, demand.provision.act))

    def _at(self, leaf: Leaf) -> Demands:
        one, other = named(*sides_of(self.found, leaf), self.found.given, self.lang)
        return Demands(one, other) if self.replays is None else Demands(one, other, self.replays)

    def _when(self, leaf: Leaf) -> str:
        """Return the options that ways of reading have in common; those that both policies share are told once."""
        shared = [each for each in leaf.one if each in leaf.other]
        told = [*map(self._options, shared)]
        for who, options in zip(self.both, (leaf.one, leaf.other), strict=True):
            told += [
                self.say(say.READ_AS, short=who.short, options=self._options(each))
                for each in options
                if each not in shared
            ]
        return self.both[1].phrases.listed(told, ALL_OF) or self.say(say.IN_EVERY_WAY)

    def _options(self, reading: tuple[str, tuple[str, ...]]) -> str:
        name, options = reading
        return self.say(say.OPTION, reading=name, option=self.both[1].phrases.listed(options, common.OR))

    def _shown(self, leaf: Leaf) -> bool:
        return leaf.demand is not None and leaf.demand.counterexample is not None

    def _readings(self) -> Iterator[Line]:
        """Yield what every option says that makes a difference, reading by reading."""
        leaves = [leaf for each in self.found.demands for leaf in each.leaves]
        yield from self._of(self.both[0], (each.one for each in leaves))
        yield from self._of(self.both[1], (each.other for each in leaves))

    def _of(self, who: Named, found: Iterable[Options]) -> Iterator[Line]:
        asked = {name for options in found for name, _ in options}
        for name, reading in who.side.policy.readings.items():
            if name in asked:
                told = (
                    Line(self.say(common.COLON, word=option, more=self.say(says)), Tone.QUIET)
                    for option, says in reading.options.items()
                )
                head = self.say(say.READ_AS, short=who.short, options=name)
                yield item(self.say(common.COLON, word=head, more=self.say(reading.question)), told)
