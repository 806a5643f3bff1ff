"""An audit as a page: figures first, then what was found, gravest first, each provision once and its cases under it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from policyengine.checks.audit.finding import Kind
from policyengine.report import words as answer_words
from policyengine.report.audit import words
from policyengine.report.audit.grouping import Group, Subject, grouped
from policyengine.report.audit.lead import as_of, held_to, in_short
from policyengine.report.audit.tables import lateness_lines, tables
from policyengine.report.audit.telling import Telling
from policyengine.report.audit.words import State
from policyengine.report.page import Line, Page, Section, Tone, item
from policyengine.report.regulation.markup import capital

if TYPE_CHECKING:
    from policyengine.checks.audit.audit import Audit, Tally
    from policyengine.checks.audit.finding import Finding
    from policyengine.wording import Lang, Wording

MOST_CASES = 10
"""So many findings are told under one provision; the rest are counted."""
_TONE: Mapping[Kind, Tone] = MappingProxyType(
    {
        Kind.FAULT: Tone.BAD,
        Kind.VIOLATION: Tone.BAD,
        Kind.ADVISORY: Tone.OPEN,
        Kind.UNDETERMINED: Tone.OPEN,
        Kind.WAIVER: Tone.OPEN,
        Kind.PROVISIONAL: Tone.STRONG,
        Kind.GAP: Tone.STRONG,
    }
)


def audit_page(audit: Audit, lang: Lang) -> Page:
    """Return *audit* as a page; its findings are gone through once."""
    telling = Telling(audit.policies, lang)
    groups = grouped(audit.findings, MOST_CASES)
    sections = (
        _figures(audit, telling),
        *_by_kind(groups[State.NEW], telling),
        *_others(groups, telling),
        Section(telling.say(words.LATENESS), tuple(lateness_lines(audit, telling))),
        *tables(audit, telling),
    )
    return Page(telling.say(words.TITLE), tuple(_lead(audit, telling)), tuple(each for each in sections if each.lines))


def _lead(audit: Audit, telling: Telling) -> Iterator[Line]:
    yield from (Line(each) for each in (held_to(telling), as_of(audit, telling)) if each)
    if audit.every_reading:
        yield Line(telling.say(words.EVERY_READING))
    tones = list(_TONE.values())
    new = (_TONE[kind] for kind, tally in audit.totals.kinds.items() if tally.new)
    yield Line(in_short(audit, telling), min(new, key=tones.index, default=Tone.GOOD))
    if audit.unread:
        yield Line(telling.say(words.UNREAD), Tone.BAD)


def _figures(audit: Audit, telling: Telling) -> Section:
    say, totals = telling.say, audit.totals
    plain = ((words.CASES, totals.cases), (words.JUDGED, totals.judged), (words.EVENTS, totals.events))
    lines = [item(say(words.FIGURE, name=say(name), n=n)) for name, n in plain]
    lines += [item(_found(kind, tally, telling)) for kind, tally in totals.kinds.items() if tally.found]
    if audit.gone:
        lines.append(item(say(words.GONE, n=len(audit.gone)), tone=Tone.GOOD))
    return Section(say(words.FIGURES), tuple(lines))


def _found(kind: Kind, tally: Tally, telling: Telling) -> str:
    say = telling.say
    states = {State.NEW: tally.new, State.SOME: tally.some, State.WAIVED: tally.waived, State.KNOWN: tally.known}
    name = capital(say(words.KIND[kind]))
    if tally.new == tally.found:
        return say(words.FIGURE, name=name, n=tally.found)
    parts = (say(words.PART, state=say(words.STATE[state]), n=n) for state, n in states.items() if n)
    return say(words.FOUND, name=name, n=tally.found, parts=say(words.BETWEEN).join(parts))


def _by_kind(groups: Mapping[Subject, Group], telling: Telling) -> Iterator[Section]:
    for kind in Kind:
        found = {subject: group for subject, group in groups.items() if subject.kind is kind}
        if found:
            yield _section(words.KINDS[kind], found, telling, _TONE[kind])


def _section(heading: Wording, found: Mapping[Subject, Group], telling: Telling, tone: Tone) -> Section:
    number = sum(group.found for group in found.values())
    # Under the heading of one kind, the kind need not be told again.
    mixed = heading in words.STATES.values()
    lines = tuple(_group(group, telling, mixed=mixed) for group in found.values())
    return Section(telling.say(words.SECTION, words=telling.say(heading), n=number), lines, tone)


def _others(groups: Mapping[State, Mapping[Subject, Group]], telling: Telling) -> Iterator[Section]:
    """Yield what is no news: what stands under some readings only, and what is waived; the known is counted."""
    for state, tone in ((State.SOME, Tone.OPEN), (State.WAIVED, Tone.QUIET)):
        if groups[state]:
            yield _section(words.STATES[state], groups[state], telling, tone)
    known = {subject: group.found for subject, group in groups[State.KNOWN].items()}
    if known:
        heading = telling.say(words.SECTION, words=telling.say(words.STATES[State.KNOWN]), n=sum(known.values()))
        lines = (
            item(telling.say(words.GROUP, what=telling.title(groups[State.KNOWN][subject].shown[0]), n=n))
            for subject, n in known.items()
        )
        yield Section(heading, tuple(lines), Tone.QUIET)


def _group(group: Group, telling: Telling, *, mixed: bool) -> Line:
    """Return what several findings have in common, and under it each of the first."""
    first = group.shown[0]
    title = telling.title(first) if mixed else telling.subject(first)
    common = [Line(each, Tone.QUIET) for each in (telling.norm(first), *telling.grounds(first)) if each]
    under = [*common, *(_case(each, telling) for each in group.shown), *_more(group.found - len(group.shown), telling)]
    return item(telling.say(words.GROUP, what=title, n=group.found), under, Tone.STRONG)


def _more(number: int, telling: Telling) -> Sequence[Line]:
    return [Line(telling.say(words.MORE, n=number), Tone.QUIET)] if number else []


def _case(finding: Finding, telling: Telling) -> Line:
    """Return one finding in a line: the case, its place, and what is so in it alone."""
    about = telling.about(finding)
    parts: Iterable[str] = filter(None, (about, *telling.brief(finding)))
    told = telling.say(answer_words.SEMICOLON).join(parts)
    if finding.waived is not None:
        told = telling.say(answer_words.SEMICOLON).join((told, telling.waived(finding.waived)))
    place = finding.span
    return item(told if place is None else telling.say(answer_words.PARENTHESES, word=told, more=str(place)))
