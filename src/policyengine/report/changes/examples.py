"""A case that shows a change, in words: what was so, what happened when, and what each version says at an instant."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policyengine.analysis.change_effects import rows
from policyengine.analysis.change_scope import Kind, Part
from policyengine.model.assessment import Duty, Status
from policyengine.report import words
from policyengine.report.changes import words as say
from policyengine.report.moments import Clock
from policyengine.report.names import Names
from policyengine.report.page import Line
from policyengine.report.rows import Rows
from policyengine.temporal.instant import MINUTE

if TYPE_CHECKING:
    from policyengine.analysis.change_hunt import Shown
    from policyengine.analysis.changes import Change
    from policyengine.model.assessment import Assessment, GapRow
    from policyengine.model.case import Event
    from policyengine.report.changes.versions import Versions
    from policyengine.report.regulation.told import Told
    from policyengine.temporal.instant import Instant

_MOST_ROWS = 3


def example(versions: Versions, change: Change, shown: Shown) -> Iterator[Line]:
    """Yield the course of the case, and under it what each version says of the provision or gap."""
    told, case = versions.new, shown.case
    facts = [
        told.say(say.FACT_IS, fact=told.fact(name), value=told.value(name, each)) for name, each in case.facts.items()
    ]
    happened = [_event(versions, each) for each in case.events] or [told.say(say.NOTHING_HAPPENS)]
    log = [] if case.scope == "case" else [told.say(say.AGENCY_LOG)]
    course = told.listed((*log, *facts, *happened), say.GOES_ON)
    direction = told.say(say.DIRECTION[shown.direction])
    answers = (
        (versions.old, shown.before, change.part),
        (versions.new, shown.after, Part(change.part.kind, change.name)),
    )
    alike = len({_norms(told, answer, part, shown) for told, answer, part in answers}) == 1
    both = [_answer(*each, shown, norm=not alike) for each in answers]
    lines = [
        Line(told.say(say.TOLD, which=told.say(which), what=_more(text, *each) if both[0] == both[1] else text))
        for which, text, each in zip((say.OLD, say.NEW), both, answers, strict=True)
    ]
    at = Line(told.say(say.AT, when=_moment(versions, shown.as_of)), under=tuple(lines))
    yield Line(told.say(say.CASE, direction=direction, course=course), under=(at,))


def _event(versions: Versions, event: Event) -> str:
    told = versions.new
    more = [told.say(words.COLON, word=told.say(words.BY), more=_role(versions, event.by))] if event.by else []
    if event.to:
        addressees = told.listed(_role(versions, each) for each in event.to)
        more.append(told.say(words.COLON, word=told.say(words.TO), more=addressees))
    for name, value in event.attributes.items():
        values = value if isinstance(value, tuple) else (value,)
        shown = told.listed(told.attribute_value(name, each) for each in values)
        more.append(told.say(words.COLON, word=told.attribute(name), more=shown))
    more += [
        told.say(say.SETS, fact=told.fact(name), value=told.value(name, each)) for name, each in event.sets.items()
    ]
    more += [told.say(say.PARTIAL)] if event.partial else []
    what = told.more(told.named(told.type(event.type)), *more)
    return told.say(say.HAPPENS, when=versions.clock.show(event.at), what=what)


def _role(versions: Versions, name: str) -> str:
    policy = versions.new.policy
    known = name in policy.header.roles or name in policy.vocabulary.roles
    return (versions.new if known else versions.old).role(name)


def _moment(versions: Versions, at: Instant) -> str:
    """Return the instant in words; limits are over one microsecond after their end."""
    if at.micros % MINUTE != 1:
        return versions.clock.show(at)
    return versions.new.say(say.JUST_AFTER, when=versions.clock.show(at.plus(-1)))


def _norms(told: Told, answer: Assessment, part: Part, shown: Shown) -> tuple[str, ...]:
    """Return who owes what, by each duty; what both versions say alike need not be told."""
    names = Names(told.policy, told.lang, answer, shown.case)
    written = Rows(names, Clock(told.policy.zone, told.lang))
    return tuple(written.owes(each) for each in rows(answer, part) if isinstance(each, Duty))


def _answer(told: Told, answer: Assessment, part: Part, shown: Shown, *, norm: bool) -> str:
    """Return what a version says: of each duty how it stands, and who owes what; or that there is none."""
    found = rows(answer, part)
    if not found:
        return told.say(say.NOT_MET if part.kind is Kind.GAP else say.NO_DUTY)
    names = Names(told.policy, told.lang, answer, shown.case)
    told_each = [_duty(names, each, norm=norm) if isinstance(each, Duty) else _silence(told, each) for each in found]
    more = [told.say(say.MANY_ROWS, n=len(found) - _MOST_ROWS)] if len(found) > _MOST_ROWS else []
    return told.listed((*told_each[:_MOST_ROWS], *more))


def _silence(told: Told, row: GapRow) -> str:
    return told.say(words.GAP[row.kind])


def _duty(names: Names, duty: Duty, *, norm: bool) -> str:
    written = Rows(names, Clock(names.policy.zone, names.lang))
    lines = [*([written.owes(duty)] if norm else []), *(each.text for each in written.times(duty))]
    if duty.status in {Status.ACTIVE, Status.UNDETERMINED}:  # the headings of an answer say these
        lines.insert(int(norm), names.say(words.STATUS[duty.status]))
    return names.listed(lines, say.STOP)


def _more(text: str, told: Told, answer: Assessment, part: Part) -> str:
    """Return *text* with what the answer rests on, where all else that is told is the same."""
    duties = [each for each in rows(answer, part) if isinstance(each, Duty)]
    presumed = dict.fromkeys(name for each in duties for name in each.presumed)
    missing = dict.fromkeys(name for each in duties for name in each.missing_facts)
    found = [text]
    if presumed:
        found.append(told.say(say.RESTS_ON, facts=told.listed(map(told.fact, presumed))))
    if missing:
        found.append(told.say(say.HANGS_ON, facts=told.listed(map(told.fact, missing))))
    return told.listed(found, say.STOP)
