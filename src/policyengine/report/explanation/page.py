"""An explanation as a page: the answer first, then its grounds in the order in which they lead to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyengine.model.assessment import Status
from policyengine.report import words as common
from policyengine.report.explanation import words
from policyengine.report.explanation.arithmetic import Arithmetic
from policyengine.report.explanation.conditions import Conditions
from policyengine.report.explanation.course import Course
from policyengine.report.explanation.outcome import Outcome
from policyengine.report.explanation.telling import Telling
from policyengine.report.lead import lead
from policyengine.report.names import one_line
from policyengine.report.page import Line, Page, Section, Tone, item
from policyengine.report.plain import plain

if TYPE_CHECKING:
    from policyengine.model.assessment import Choice, Duty
    from policyengine.model.explanation import Absence, Derivation, Explanation
    from policyengine.wording import Lang, Wording


def explanation_text(
    explanation: Explanation, lang: Lang, *, sentences: Mapping[str, str] | None = None, width: int | None = None
) -> str:
    """Return *explanation* as text; see :func:`explanation_page`."""
    return plain(explanation_page(explanation, lang, sentences=sentences), width=width)


def explanation_page(explanation: Explanation, lang: Lang, *, sentences: Mapping[str, str] | None = None) -> Page:
    """Return *explanation* for people to read, in the language *lang*.

    Args:
        explanation: what to tell.
        lang: the language.
        sentences: by clause, the sentence itself, to be shown beside our summary; ``None`` without the text.
    """
    return _Writer(Telling(explanation, lang, sentences)).page()


@dataclass(frozen=True, slots=True)
class _Writer:
    telling: Telling

    def page(self) -> Page:
        telling, explanation = self.telling, self.telling.explanation
        duty = explanation.duty
        if duty is None:
            title = telling.names.provision(explanation.provision)
            return Page(telling.say(words.WHY_NOT, title=title), tuple(self._lead()), tuple(self._absence()))
        title = telling.rows.title(duty)
        wording = words.WHY if duty.exists else words.WHY_NOT
        return Page(telling.say(wording, title=title), tuple(self._lead()), tuple(self._sections()))

    def _lead(self) -> Iterator[Line]:
        telling, explanation = self.telling, self.telling.explanation
        names = telling.names
        yield Line(names.more(telling.say(telling.policy.title), telling.policy.id))
        yield from lead(names, telling.clock)
        if explanation.others:
            others = names.listed(one_line(each or "") for each in explanation.others[:_MOST_OTHERS])
            yield Line(telling.say(words.OTHERS, others=others))

    def _absence(self) -> Iterator[Section]:
        absence = self.telling.explanation.absence
        if absence is not None:
            yield self._section(words.ANSWER, [Line(self._absent(absence))])

    def _absent(self, absence: Absence) -> str:
        telling = self.telling
        if absence.scope is not None:
            return telling.say(words.ABSENT_SCOPE[absence.scope])
        ways = (
            telling.names.listed((telling.names.choice(each) for each in way), common.AND)
            for way in absence.admitted_by
        )
        return telling.say(words.ABSENT_READING, choices=telling.names.listed(ways, common.OR))

    def _sections(self) -> Iterator[Section]:
        first, *others = self.telling.explanation.derivations
        conditions = Conditions(self.telling)
        outcome = Outcome(self.telling, conditions)
        yield self._section(words.ANSWER, outcome.answer(first))
        yield self._section(words.NORM, self._norm(first.duty))
        yield from self._grounds(first, conditions)
        yield from self._if_any(words.SETTLED_BY, outcome.settlings())
        yield from self._if_any(self._remedying(), outcome.remedies())
        for each in others:
            yield self._behind(each, conditions, outcome)
        yield from self._if_any(words.READINGS, self._readings([each.duty for each in (first, *others)]))

    def _remedying(self) -> Wording:
        """Return the heading over what keeps the duty in order, or over what would have."""
        explanation = self.telling.explanation
        as_of = explanation.assessment.as_of
        ahead = any(each.by is not None and each.by > as_of for each in explanation.remedies)
        return words.TO_DO if ahead else words.REMEDY

    def _behind(self, derivation: Derivation, conditions: Conditions, outcome: Outcome) -> Section:
        duty = derivation.duty
        grounds = (item(each.heading or "", each.lines, Tone.STRONG) for each in self._grounds(derivation, conditions))
        title = self.telling.say(words.RESTS_ON, title=self.telling.names.instance(duty))
        return Section(title, (*outcome.answer(derivation), *self._clauses(duty), *grounds))

    def _grounds(self, derivation: Derivation, conditions: Conditions) -> Iterator[Section]:
        course = Course(self.telling, conditions)
        triggered = derivation.duty.status is not Status.NOT_TRIGGERED
        yield self._section(words.ARISES, course.arising(derivation))
        if triggered:
            yield from self._if_any(words.APPLIES, conditions.lines(derivation))
        if derivation.bearer is not None and derivation.duty.exists:
            yield self._section(words.BEARER, conditions.bearer(derivation.bearer))
        if derivation.duty.exists:
            yield self._section(words.IN_FORCE, course.force(derivation))
            yield from self._if_any(words.LIMIT, self._limit(derivation, Arithmetic(self.telling, conditions), course))
            yield self._section(words.ACTS, course.acts(derivation))

    def _limit(self, derivation: Derivation, arithmetic: Arithmetic, course: Course) -> Iterator[Line]:
        told = tuple(arithmetic.lines(derivation))
        unfound = [each for each in derivation.anchors if each.found is None]
        yield from map(course.awaited, unfound)
        yield from told
        if derivation.duty.promptly:
            yield Line(self.telling.say(words.NO_NUMBER))

    def _norm(self, duty: Duty) -> Iterator[Line]:
        telling, provision = self.telling, self.telling.names.provisions[duty.provision]
        yield Line(telling.rows.owes(duty), Tone.STRONG)
        if provision.means is not None:
            yield Line(telling.say(common.BY_MEANS, means=telling.names.means(provision.means)))
        if provision.deadline is not None:
            limit = telling.phrases.deadline(provision.deadline, provision.upon or ())
            yield Line(telling.say(words.BY_WHEN, limit=limit))
        if provision.every is not None:
            yield Line(telling.say(words.RECURS, every=telling.phrases.every(provision.every)))
        if provision.standing:
            yield Line(telling.say(words.STANDING))
        yield from self._clauses(duty)
        if provision.note is not None:
            yield Line(telling.say(common.NOTE, note=telling.say(provision.note)), Tone.QUIET)

    def _clauses(self, duty: Duty) -> Iterator[Line]:
        for name in duty.clauses:
            yield Line(self.telling.names.clause(name), Tone.QUIET, tuple(self._sentence(name)))

    def _sentence(self, clause: str) -> Iterator[Line]:
        telling = self.telling
        if telling.sentences is not None:
            text = telling.sentences.get(clause)
            yield Line(
                telling.say(words.SENTENCE_GONE) if text is None else telling.say(words.SENTENCE, text=one_line(text)),
                Tone.PLAIN if text is not None else Tone.OPEN,
            )

    def _readings(self, duties: Iterable[Duty]) -> Iterator[Line]:
        yield from map(self._reading, dict.fromkeys(each for duty in duties for each in duty.readings))

    def _reading(self, choice: Choice) -> Line:
        telling, reading = self.telling, self.telling.policy.readings[choice.reading]
        default = telling.say(common.BY_DEFAULT) if choice.option == reading.default else ""
        option = telling.names.more(choice.option, default)
        lines = [Line(telling.say(words.CHOSEN, option=option, says=telling.say(reading.options[choice.option])))]
        if default:
            lines.append(Line(telling.say(words.WHY_SO, why=telling.say(reading.why)), Tone.QUIET))
        for name, says in reading.options.items():
            if name != choice.option:
                lines.append(Line(telling.say(words.OTHERWISE, option=name, says=telling.say(says)), Tone.QUIET))
        return item(telling.say(words.READING, name=choice.reading, question=telling.say(reading.question)), lines)

    def _section(self, heading: Wording, lines: Iterable[Line]) -> Section:
        return Section(self.telling.say(heading), tuple(lines))

    def _if_any(self, heading: Wording, lines: Iterable[Line]) -> Iterator[Section]:
        found = tuple(lines)
        if found:
            yield Section(self.telling.say(heading), found)


_MOST_OTHERS = 20
