"""An assessment as a page, in Chinese or English: what went wrong, what is owed by when, and on what it rests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from policyengine.model.assessment import NO_DUTY, Assessment, Duty, Status
from policyengine.model.provision import Strength
from policyengine.report import words
from policyengine.report.lead import lead
from policyengine.report.moments import Clock
from policyengine.report.names import Names
from policyengine.report.page import Line, Page, Section, Tone, item
from policyengine.report.plain import plain
from policyengine.report.rows import Rows

if TYPE_CHECKING:
    from policyengine.model.assessment import Choice
    from policyengine.model.case import Case
    from policyengine.model.policy import Policy
    from policyengine.wording import Lang, Wording

_OPEN = frozenset({Status.ACTIVE, Status.OVERDUE})


def assessment_page(policy: Policy, case: Case, assessment: Assessment, lang: Lang) -> Page:
    """Return *assessment*, the answer of *policy* for *case*, as a page for people to read."""
    names = Names(policy, lang, assessment, case)
    rows = Rows(names, Clock(policy.zone, lang))
    title = names.more(names.say(policy.title), policy.id)
    sections = (*_sections(rows), _no_duty(names), _facts(names), _readings(names))
    return Page(title, tuple(_lead(rows)), tuple(each for each in sections if each.lines))


def assessment_text(policy: Policy, case: Case, assessment: Assessment, lang: Lang, *, width: int | None = None) -> str:
    """Return the page of *assessment* as text, in lines of at most *width* cells; unless given, none is broken."""
    return plain(assessment_page(policy, case, assessment, lang), width=width)


def _lead(rows: Rows) -> Iterator[Line]:
    names = rows.names
    answer, policy, say = names.assessment, names.policy, names.say
    yield from lead(names, rows.clock)
    for grading in policy.header.severities:
        fact = _fact(names, grading.fact)
        yield Line(fact[:1].upper() + fact[1:])
    yield Line(say(words.IN_SHORT, parts=say(words.SEMICOLON).join(_summary(names))), _overall(answer))
    if answer.next_due is not None and answer.next_due.limit is not None:
        what, due = names.provision(answer.next_due.provision), rows.due(answer.next_due.limit)
        yield Line(say(words.NEXT_DUE, what=what, due=due), Tone.STRONG)


def _summary(names: Names) -> Iterator[str]:
    answer, say = names.assessment, names.say
    yield say(words.VIOLATION_COUNT, n=len(answer.violations))
    if answer.advisories:
        yield say(words.ADVISORY_COUNT, n=len(answer.advisories))
    yield say(words.OWED_COUNT, n=len([each for each in answer.required_actions() if each.status in _OPEN]))
    if answer.undetermined:
        yield say(words.UNDETERMINED_COUNT, n=len(answer.undetermined))


def _overall(answer: Assessment) -> Tone:
    if answer.violations:
        return Tone.BAD
    if answer.advisories or answer.undetermined:
        return Tone.OPEN
    return Tone.STRONG if answer.required_actions() else Tone.GOOD


def _sections(rows: Rows) -> Iterator[Section]:
    names, answer = rows.names, rows.names.assessment
    yield _section(names, words.VIOLATIONS, map(rows.finding, answer.violations), Tone.BAD)
    yield _section(names, words.ADVISORIES, map(rows.finding, answer.advisories), Tone.OPEN)
    placed: dict[Wording, list[Duty]] = {heading: [] for heading in _HEADINGS}
    for duty in dict.fromkeys((*answer.required_actions(), *answer.duties)):
        heading = _heading(names, duty)
        if heading is not None:
            placed[heading].append(duty)
    for heading, duties in placed.items():
        if heading is words.DONE:
            yield _done(rows, duties)
        else:
            tone = Tone.OPEN if heading is words.UNDETERMINED else Tone.STRONG
            yield _section(names, heading, map(rows.duty, duties), tone)
    yield _section(names, words.GAPS, map(rows.gap, answer.gaps))


def _section(names: Names, heading: Wording, rows: Iterable[Line], tone: Tone = Tone.STRONG) -> Section:
    lines = tuple(rows)
    return Section(names.say(words.HEAD, words=names.say(heading), n=len(lines)), lines, tone)


_HEADINGS = (
    *(words.OWED, words.WITHOUT_NUMBER, words.STANDING, words.NOT_STARTED, words.UNDETERMINED),
    *(words.PROHIBITIONS, words.PERMISSIONS, words.DONE, words.OVER),
)


def _heading(names: Names, duty: Duty) -> Wording | None:
    """Return the heading that *duty* stands under; ``None`` without a duty, or when a finding tells all of it."""
    if duty.status in NO_DUTY or (duty.violated and not duty.owed):
        return None
    if duty.status in _BY_STATUS:
        return _BY_STATUS[duty.status]
    if duty.strength in _BY_STRENGTH:
        return _BY_STRENGTH[duty.strength]
    deadline = names.provisions[duty.provision].deadline
    has_end = duty.limit is not None or (deadline is not None and deadline.before is not None)
    return words.STANDING if duty.standing else words.OWED if has_end else words.WITHOUT_NUMBER


_BY_STATUS = MappingProxyType(
    {
        Status.UNDETERMINED: words.UNDETERMINED,
        Status.NOT_STARTED: words.NOT_STARTED,
        Status.FULFILLED: words.DONE,
        Status.FULFILLED_LATE: words.DONE,
        Status.WITHDRAWN: words.OVER,
        Status.WAIVED: words.OVER,
        Status.ENDED: words.OVER,
    }
)
_BY_STRENGTH = MappingProxyType({Strength.MUST_NOT: words.PROHIBITIONS, Strength.MAY: words.PERMISSIONS})


def _done(rows: Rows, duties: Sequence[Duty]) -> Section:
    """Return what was done; a recurring duty of which many periods were fulfilled is one line of its own."""
    names = rows.names
    recurring: dict[str, list[Duty]] = {}
    for duty in duties:
        if duty.starts is not None:
            recurring.setdefault(duty.provision, []).append(duty)
    many = {name: found for name, found in recurring.items() if len(found) > _FEW}
    told = [rows.duty(duty) for duty in duties if duty.provision not in many]
    periods = [item(_periods(names, found), tone=Tone.GOOD) for found in many.values()]
    heading = names.say(words.HEAD, words=names.say(words.DONE), n=len(duties))
    return Section(heading, (*told, *periods), Tone.GOOD)


def _periods(names: Names, found: Sequence[Duty]) -> str:
    first, last = found[0], found[-1]
    title = names.provision(first.provision)
    return names.say(words.PERIODS_DONE, title=title, n=len(found), first=first.instance, last=last.instance)


_FEW = 3
"""So many fulfilled periods of one recurring duty are told one by one; more are one line."""


def _no_duty(names: Names) -> Section:
    found: dict[Status, list[str]] = {}
    for duty in names.assessment.duties:
        if duty.status in NO_DUTY:
            found.setdefault(duty.status, []).append(names.instance(duty))
    lines = tuple(no_duty(names, names.say(words.STATUS[status]), titles) for status, titles in found.items())
    number = sum(map(len, found.values()))
    return Section(names.say(words.HEAD, words=names.say(words.NO_DUTY), n=number), lines, Tone.QUIET)


def no_duty(names: Names, status: str, titles: Sequence[str]) -> Line:
    """Return the provisions that have one and the same *status*, one to a line."""
    head = names.say(words.HEAD, words=status, n=len(titles))
    return item(head, (Line(each, Tone.QUIET) for each in titles), Tone.QUIET)


def _facts(names: Names) -> Section:
    answer = names.assessment
    asked = dict.fromkeys((*answer.facts, *answer.missing_facts))
    lines = (item(_fact(names, each), tone=_fact_tone(names, each)) for each in asked)
    return Section(names.say(words.FACTS), tuple(lines))


def _fact_tone(names: Names, fact: str) -> Tone:
    answer = names.assessment
    return Tone.OPEN if fact in answer.missing_facts or fact in answer.presumed else Tone.PLAIN


def _fact(names: Names, fact: str) -> str:
    """Return a fact and its value, the text's own grade before that of the scale."""
    value = names.value(fact, names.assessment.facts.get(fact))
    presumed = names.say(words.PRESUMED) if fact in names.assessment.presumed else ""
    grade = names.grade(fact)
    shown = names.more(value, presumed) if grade is None else names.more(grade, value, presumed)
    return names.say(words.COLON, word=names.fact(fact), more=shown)


def _readings(names: Names) -> Section:
    chosen = names.assessment.readings
    return Section(names.say(words.READINGS), tuple(_reading(names, each) for each in chosen), Tone.QUIET)


def _reading(names: Names, choice: Choice) -> Line:
    say, reading = names.say, names.policy.readings[choice.reading]
    by_default = say(words.BY_DEFAULT) if choice.option == reading.default else ""
    chosen = names.more(f"{choice.reading}={choice.option}", by_default)
    others = (names.more(name, say(says)) for name, says in reading.options.items() if name != choice.option)
    under = (
        Line(say(reading.question), Tone.QUIET),
        Line(say(words.OTHER_OPTIONS, options=names.listed(others)), Tone.QUIET),
    )
    return item(say(words.COLON, word=chosen, more=say(reading.options[choice.option])), under)
