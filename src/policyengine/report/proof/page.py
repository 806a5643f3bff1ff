"""A proof as a page: kind by kind what was found, then what the policy states itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from policyengine.analysis.sides import Side
from policyengine.report import words as answer_words
from policyengine.report.page import Line, Page, Section, Tone, item
from policyengine.report.proof import words as say
from policyengine.report.proof.telling import Telling

if TYPE_CHECKING:
    from policyengine.analysis.proving.finding import Finding, FindingKind, Proof
    from policyengine.model.assessment import Choice
    from policyengine.wording import Lang, Wording


def proof_page(proof: Proof, lang: Lang) -> Page:
    """Return *proof* as a page in *lang*; instants are on the policy's zone."""
    writer = _Writer(proof, Telling(proof.side, lang, proof.beside))
    return Page(writer.title(), tuple(writer.lead()), tuple(writer.sections()))


class _Writer:
    def __init__(self, proof: Proof, telling: Telling) -> None:
        self.proof, self.telling, self.phrases = proof, telling, telling.phrases

    def title(self) -> str:
        policy = self.proof.side.policy
        named = self.phrases.more(self.phrases.say(policy.title), policy.id)
        return self.phrases.say(say.TITLE, policy=named)

    def lead(self) -> Iterator[Line]:
        yield Line(self._readings(), Tone.QUIET)
        if self.proof.beside:
            listed = self.phrases.listed(self.phrases.say(each.policy.title) for each in self.proof.beside)
            yield Line(self.phrases.say(say.BESIDE, policies=listed), Tone.QUIET)
        yield Line(self.phrases.say(answer_words.IN_SHORT, parts=self.phrases.listed(self._counts())))
        if self.proof.findings or self.proof.stated:
            yield Line(self.phrases.say(say.METHOD), Tone.QUIET)

    def _readings(self) -> str:
        side = self.proof.side
        chosen = [
            f"{name}={option}" for name, option in side.readings.items() if option != side.policy.readings[name].default
        ]
        if not chosen:
            return self.phrases.say(say.DEFAULTS)
        return self.phrases.say(say.OTHERWISE, readings=self.phrases.listed(chosen))

    def _counts(self) -> Iterator[str]:
        found = self.proof.findings
        yield self.phrases.say(say.COUNT, n=len(found)) if found else self.phrases.say(say.NOTHING)
        for wording, more in ((say.STATED_COUNT, self.proof.stated), (say.OPEN_COUNT, self.proof.undecided)):
            if more:
                yield self.phrases.say(wording, n=len(more))

    def sections(self) -> Iterator[Section]:
        for kind, found in groupby(self.proof.findings, key=lambda each: each.kind):
            yield self._of_kind(kind, tuple(found))
        if self.proof.stated:
            yield self._section(say.STATED, [self.telling.finding(each) for each in self.proof.stated], Tone.QUIET)
        if self.proof.undecided:
            lines = [
                item(
                    self.phrases.say(
                        say.NOT_DECIDED,
                        kind=self.phrases.say(say.KIND[each.kind]),
                        subjects=self.phrases.listed(each.subjects),
                    ),
                    tone=Tone.OPEN,
                )
                for each in self.proof.undecided
            ]
            yield self._section(say.UNDECIDED, lines)
        if self.proof.elsewhere:
            yield self._section(say.ELSEWHERE, [self._under(*each) for each in self.proof.elsewhere])

    def _of_kind(self, kind: FindingKind, found: Sequence[Finding]) -> Section:
        about = (
            Line(self.phrases.say(say.WHY_IT_MATTERS, why=self.phrases.say(say.WHY[kind])), Tone.QUIET),
            Line(self.phrases.say(say.A_WAY_OUT, way=self.phrases.say(say.WAY_OUT[kind])), Tone.QUIET),
        )
        return self._section(say.KIND[kind], [self.telling.finding(each) for each in found], about=about)

    def _under(self, choice: Choice, finding: Finding) -> Line:
        """Return what is found under another option, told as that option reads the policy."""
        side = self.proof.side
        read = Side.of(side.policy, {**side.readings, choice.reading: choice.option})
        told = Telling(read, self.phrases.lang).headline(finding)
        return item(self.phrases.say(say.UNDER, choice=self.telling.choice(choice), finding=told), tone=Tone.OPEN)

    def _section(
        self, heading: Wording, lines: Sequence[Line], tone: Tone = Tone.STRONG, *, about: Sequence[Line] = ()
    ) -> Section:
        head = self.phrases.say(answer_words.HEAD, words=self.phrases.say(heading), n=len(lines))
        return Section(head, (*about, *lines), tone)
