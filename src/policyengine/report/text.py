"""An assessment as plain text, in Chinese or English: what went wrong, what is owed by when, and on what it rests."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from policyengine.model.assessment import NO_DUTY, Assessment, Duty, GapRow, Status
from policyengine.model.provision import Strength
from policyengine.report import words
from policyengine.report.moments import Clock
from policyengine.report.names import Names, one_line
from policyengine.report.rows import Rows

if TYPE_CHECKING:
    from policyengine.model.case import Case
    from policyengine.model.policy import Policy
    from policyengine.wording import Lang, Wording

Row = TypeVar("Row", Duty, GapRow)

_OPEN = frozenset({Status.ACTIVE, Status.OVERDUE})


def assessment_text(policy: Policy, case: Case, assessment: Assessment, lang: Lang) -> str:
    """Return *assessment*, the answer of *policy* for *case*, for people to read; lines are never wrapped."""
    names = Names(policy, assessment, case, lang)
    rows = Rows(names, Clock(policy.zone, lang))
    parts = (_header(names, rows.clock), *_sections(rows), _no_duty(names), _facts(names), _readings(names))
    return "\n\n".join("\n".join(part) for part in map(tuple, parts) if part) + "\n"


def _header(names: Names, clock: Clock) -> Iterator[str]:
    answer, policy, say = names.assessment, names.policy, names.say
    yield names.more(say(policy.title), policy.id)
    case = say(words.CASE, id=one_line(answer.case))
    yield case if names.case.title is None else say(words.COLON, word=case, more=one_line(names.case.title))
    yield say(words.AS_OF, when=clock.show(answer.as_of), zone=policy.zone.name, offset=clock.offset(answer.as_of))
    if answer.known_at is not None:
        yield say(words.KNOWN_AT, when=clock.show(answer.known_at))
    if answer.known_until is not None:
        yield say(words.LOG_ENDS, when=clock.show(answer.known_until))
    for grading in policy.header.severities:
        fact = _fact(names, grading.fact)
        yield fact[:1].upper() + fact[1:]
    yield say(words.IN_SHORT, parts=say(words.SEMICOLON).join(_summary(names, clock)))


def _summary(names: Names, clock: Clock) -> Iterator[str]:
    answer, say = names.assessment, names.say
    yield say(words.VIOLATION_COUNT, n=len(answer.violations))
    if answer.advisories:
        yield say(words.ADVISORY_COUNT, n=len(answer.advisories))
    yield say(words.OWED_COUNT, n=len([each for each in answer.required_actions() if each.status in _OPEN]))
    if answer.undetermined:
        yield say(words.UNDETERMINED_COUNT, n=len(answer.undetermined))
    if answer.next_due is not None and answer.next_due.limit is not None:
        due = clock.end(answer.next_due.limit)
        yield say(words.NEXT_DUE, when=due, what=names.provision(answer.next_due.provision))


def _sections(rows: Rows) -> Iterator[Iterable[str]]:
    names, answer = rows.names, rows.names.assessment
    yield _section(names, words.VIOLATIONS, answer.violations, rows.finding)
    yield _section(names, words.ADVISORIES, answer.advisories, rows.finding)
    placed: dict[Wording, list[Duty]] = {heading: [] for heading in _HEADINGS}
    for duty in dict.fromkeys((*answer.required_actions(), *answer.duties)):
        heading = _heading(names, duty)
        if heading is not None:
            placed[heading].append(duty)
    for heading, duties in placed.items():
        told, periods = _periods(names, duties) if heading is words.DONE else (duties, [])
        yield (*_section(names, heading, told, rows.duty), *_more(names, heading, told, periods))
    yield _section(names, words.GAPS, answer.gaps, rows.gap)


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


def _more(names: Names, heading: Wording, told: Sequence[Duty], lines: Sequence[str]) -> Iterator[str]:
    if lines and not told:
        yield names.say(heading)
    yield from lines


def _periods(names: Names, duties: Sequence[Duty]) -> tuple[list[Duty], list[str]]:
    """Return what is told in full, and a line for each recurring duty of which many periods were fulfilled."""
    recurring: dict[str, list[Duty]] = {}
    for duty in duties:
        if duty.starts is not None:
            recurring.setdefault(duty.provision, []).append(duty)
    many = {name: found for name, found in recurring.items() if len(found) > _FEW}
    lines = [f"- {_done(names, found)}" for found in many.values()]
    return [duty for duty in duties if duty.provision not in many], lines


def _done(names: Names, found: Sequence[Duty]) -> str:
    first, last = found[0], found[-1]
    title = names.provision(first.provision)
    return names.say(words.PERIODS_DONE, title=title, n=len(found), first=first.instance, last=last.instance)


_FEW = 3
"""So many fulfilled periods of one recurring duty are told one by one; more are one line."""


def _section(
    names: Names, heading: Wording, rows: Sequence[Row], write: Callable[[Row], Iterator[str]]
) -> Iterator[str]:
    if rows:
        yield names.say(words.HEAD, words=names.say(heading), n=len(rows))
    for row in rows:
        title, *lines = write(row)
        yield f"- {title}"
        yield from (f"    {line}" for line in lines)


def _no_duty(names: Names) -> Iterator[str]:
    found: dict[Status, list[str]] = {}
    for duty in names.assessment.duties:
        if duty.status in NO_DUTY:
            found.setdefault(duty.status, []).append(names.instance(duty))
    if found:
        yield names.say(words.HEAD, words=names.say(words.NO_DUTY), n=sum(map(len, found.values())))
    for status, titles in found.items():
        yield "- " + names.say(words.COLON, word=names.say(words.STATUS[status]), more=names.listed(titles))


def _facts(names: Names) -> Iterator[str]:
    answer = names.assessment
    asked = dict.fromkeys((*answer.facts, *answer.missing_facts))
    if asked:
        yield names.say(words.FACTS)
    yield from (f"- {_fact(names, each)}" for each in asked)


def _fact(names: Names, fact: str) -> str:
    """Return a fact and its value, the text's own grade before that of the scale."""
    value = names.value(fact, names.assessment.facts.get(fact))
    presumed = names.say(words.PRESUMED) if fact in names.assessment.presumed else ""
    grade = names.grade(fact)
    shown = names.more(value, presumed) if grade is None else names.more(grade, value, presumed)
    return names.say(words.COLON, word=names.fact(fact), more=shown)


def _readings(names: Names) -> Iterator[str]:
    if names.assessment.readings:
        yield names.say(words.READINGS)
    for choice in names.assessment.readings:
        reading = names.policy.readings[choice.reading]
        by_default = names.say(words.BY_DEFAULT) if choice.option == reading.default else ""
        chosen = names.more(f"{choice.reading}={choice.option}", by_default)
        option = names.say(reading.options[choice.option])
        yield "- " + names.say(words.IN_FORCE, chosen=chosen, question=names.say(reading.question), answer=option)
        others = (names.more(name, names.say(says)) for name, says in reading.options.items() if name != choice.option)
        yield "    " + names.say(words.OTHER_OPTIONS, options=names.listed(others))
