"""What became of a policy's mutants, as a page: the survivors first, each with what would notice it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyengine.checks.mutation.operators.every import BY_ID
from policyengine.checks.mutation.operators.operator import NORMS
from policyengine.checks.mutation.verdict import Fate
from policyengine.report.mutation import words
from policyengine.report.mutation.course import Courses
from policyengine.report.mutation.difference import difference
from policyengine.report.page import Line, Page, Section, Tone, item

if TYPE_CHECKING:
    from policyengine.checks.mutation.killing import Kill
    from policyengine.checks.mutation.verdict import Tally, Verdict
    from policyengine.report.mutation.mutated import Mutated
    from policyengine.wording import Lang, Wording

_MOST_LINES = 8


def mutation_page(mutated: Mutated, lang: Lang) -> Page:
    """Return what became of the mutants of one policy in *lang*."""
    return _Page(mutated, lang).page()


def percent(score: float | None) -> str:
    """Return a score, never rounded up to what it has not reached; a dash where there is none.

    >>> percent(99.98)
    '99.9%'
    """
    return "-" if score is None else f"{int(score * 10 + 1e-9) / 10:g}%"


@dataclass(frozen=True)
class _Page:
    mutated: Mutated
    lang: Lang

    def page(self) -> Page:
        mutation, courses = self.mutated.mutation, Courses(self.mutated.mutation.policy, self.lang)
        policy = mutation.policy
        sections = [
            self._section(words.FAILING, map(self._failing, mutation.failing), Tone.BAD),
            *self._alive(courses),
            self._section(words.ACCEPTED, self._accepted()),
            self._section(words.IDLE, (item(self._say(words.IDLE_ONE, id=each)) for each in mutation.idle)),
            self._section(words.BY_PART, self._shares(self.mutated.imperfect)),
            self._section(words.BY_OPERATOR, self._shares(self._operators())),
        ]
        return Page(
            self._say(words.TITLE, title=policy.title.within(self.lang), policy=policy.id),
            tuple(self._lead()),
            tuple(each for each in sections if each.lines),
        )

    def _lead(self) -> Iterator[Line]:
        mutation, total = self.mutated.mutation, self.mutated.mutation.total
        yield Line(self._say(words.METHOD), Tone.QUIET)
        if mutation.failing:
            return
        killed = total.counts[Fate.KILLED]
        score = {"score": percent(total.score), "killed": killed, "told": killed + total.alive}
        tone = Tone.BAD if self.mutated.below else Tone.OPEN if total.alive else Tone.GOOD
        yield Line(self._say(words.NO_SCORE if total.score is None else words.SCORE, **score), tone)
        if self.mutated.below:
            yield Line(self._say(words.BELOW, minimum=percent(self.mutated.minimum)), Tone.BAD)
        counts = (self._say(words.COUNT[fate], n=n) for fate, n in total.counts.items() if n)
        told = ("，" if self.lang == "zh" else ", ").join(counts)
        yield Line(self._say(words.COUNTS, mutants=total.mutants, counts=told, questions=mutation.questions))

    def _failing(self, kill: Kill) -> Line:
        example, outcome = kill.question.example, kill.outcome
        name = self._say(words.REFUSED_CASE) if outcome is None else outcome.expected.name
        return item(self._say(words.FAILS, file=example.file, example=example.name, name=name))

    def _alive(self, courses: Courses) -> Iterator[Section]:
        by_part: dict[str, list[Verdict]] = {}
        for each in self.mutated.mutation.alive:
            if each.mutant.id not in self.mutated.mutation.accepted:
                by_part.setdefault(each.mutant.part.name, []).append(each)
        for name, verdicts in by_part.items():
            title = self._say(words.ALIVE, part=self._titled(name, verdicts[0], courses))
            yield Section(title, tuple(self._survivor(each, courses) for each in verdicts))

    def _titled(self, name: str, verdict: Verdict, courses: Courses) -> str:
        policy = self.mutated.mutation.policy
        titles = {node.id: node.title for each in policy.provisions for node in each.nodes()}
        titles |= {node.id: node.title for each in policy.gaps for node in each.nodes()}
        title = titles.get(name) if verdict.mutant.part.section in NORMS else None
        return name if title is None else courses.phrases.more(name, title.within(self.lang))

    def _survivor(self, verdict: Verdict, courses: Courses) -> Line:
        mutant, span = verdict.mutant, self.mutated.span(verdict.mutant)
        what = self.mutated.operator(mutant).name.within(self.lang)
        place = mutant.id if span is None else str(span)
        lines = difference(mutant)
        under = [Line(each) for each in lines[:_MOST_LINES]]
        if len(lines) > _MOST_LINES:
            under.append(Line(self._say(words.MORE, n=len(lines) - _MOST_LINES), Tone.QUIET))
        if mutant.options:
            under.append(Line(self._say(words.UNDER, options=_options(mutant.options)), Tone.OPEN))
        under += [Line(each, Tone.OPEN) for each in self._noticed(verdict, courses)]
        under.append(Line(self._say(words.NAMED, id=mutant.id), Tone.QUIET))
        return item(self._say(words.SURVIVOR, place=place, what=what), under)

    def _noticed(self, verdict: Verdict, courses: Courses) -> Iterator[str]:
        if verdict.question is None:
            yield self._say(words.NOT_SETTLED)
        else:
            yield courses.told(verdict.question)

    def _accepted(self) -> Iterator[Line]:
        mutation = self.mutated.mutation
        for each in mutation.alive:
            if each.mutant.id in mutation.accepted:
                reason = self._say(words.REASON, reason=" ".join(mutation.accepted[each.mutant.id].split()))
                yield item(each.mutant.id, [Line(reason, Tone.QUIET)])

    def _operators(self) -> Mapping[str, Tally]:
        found = {name: each for name, each in self.mutated.mutation.by_operator().items() if each.alive}
        return {
            self._say(words.OPERATOR, name=BY_ID[name].name.within(self.lang), id=name): each
            for name, each in found.items()
        }

    def _shares(self, tallies: Mapping[str, Tally]) -> Iterator[Line]:
        for name, each in tallies.items():
            killed = each.counts[Fate.KILLED]
            told = {"score": percent(each.score), "killed": killed, "told": killed + each.alive}
            yield item(self._say(words.SHARE, name=name, **told))

    def _section(self, heading: Wording, lines: Iterable[Line], tone: Tone = Tone.STRONG) -> Section:
        return Section(self._say(heading), tuple(lines), tone)

    def _say(self, wording: Wording, **parts: object) -> str:
        return wording.within(self.lang).format(**parts)


def _options(options: Mapping[str, str]) -> str:
    return ", ".join(f"{name}={option}" for name, option in options.items())
