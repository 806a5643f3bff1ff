"""What changes for several provisions at once, in words: tables, presumptions, how time is counted, when in force."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policyengine.analysis.change_scope import Kind
from policyengine.model.provision import UNSTATED
from policyengine.report import phrase_words
from policyengine.report.changes import words as say
from policyengine.report.regulation import words
from policyengine.report.regulation.periods import in_force

if TYPE_CHECKING:
    from policyengine.analysis.change_scope import Part
    from policyengine.model.deadline import Counting
    from policyengine.model.provision import DecisionTable, Row
    from policyengine.report.changes.versions import Versions
    from policyengine.report.regulation.told import Told


def heading(versions: Versions, part: Part) -> str:
    """Return what changed of *part*, from what to what where that is short."""
    named = versions.named(part)
    if part.kind is Kind.TABLE:
        return named
    old, new = (_says(told, part) for told in (versions.old, versions.new))
    if old == new:
        return versions.new.say(say.TOLD, which=named, what=versions.new.say(say.OTHER_DAYS))
    return versions.new.say(say.EDITED, aspect=named, old=old, new=new)


def rows_changed(versions: Versions, part: Part) -> Iterator[str]:
    """Yield the rows of a table that only one version has."""
    if part.kind is not Kind.TABLE:
        return
    found = [each.tables.get(part.name) for each in versions.parts]
    texts = [
        [] if table is None else list(_rows(told, table))
        for told, table in zip((versions.old, versions.new), found, strict=True)
    ]
    gone = [each for each in texts[0] if each not in texts[1]]
    come = [each for each in texts[1] if each not in texts[0]]
    yield from (versions.new.say(say.ROW_REMOVED, row=each) for each in gone)
    yield from (versions.new.say(say.ROW_ADDED, row=each) for each in come)
    if not gone and not come:
        yield versions.new.say(say.ROWS_MOVED)


def _rows(told: Told, table: DecisionTable) -> Iterator[str]:
    yield from (told.say(say.ROW, when=told.condition(each.when), then=_then(told, table, each)) for each in table.rows)
    yield told.say(say.ROW_ELSE, then=_then(told, table, None))


def _then(told: Told, table: DecisionTable, row: Row | None) -> str:
    value = table.else_ if row is None else row.then
    if value == UNSTATED:
        return told.say(words.UNSTATED)
    return told.role(str(value)) if table.derives is None else told.value(table.derives, value)


def _says(told: Told, part: Part) -> str:
    policy = told.policy
    if part.kind is Kind.PRESUMED:
        presumed = policy.header.presume
        return told.value(part.name, presumed[part.name]) if part.name in presumed else told.say(say.NOT_THERE)
    if part.kind is Kind.VERSIONS:
        return told.listed(in_force(told, each.in_force) for each in policy.header.versions)
    if part.kind is Kind.ZONE:
        return policy.zone.name
    rules = policy.counting.under({**told.defaults, **told.readings})
    if part.kind is Kind.CALENDAR or rules is None:
        return told.more(told.say(policy.calendar.title), policy.calendar.id)
    return _counts(told, part.kind, rules)


def _counts(told: Told, kind: Kind, rules: Counting) -> str:
    """Return how limits are counted, as far as *kind* is about it."""
    if kind is Kind.HOURS:
        return told.say(phrase_words.HOURS[rules.hours or "exact"])
    if kind is Kind.DAYS:
        ends = rules.days.ends or told.say(words.ENDS_AT_MIDNIGHT)
        return told.listed((told.say(words.ROLLS[rules.days.roll]), ends))
    ways = (
        (words.REGRADING_UP, rules.regrading.up),
        (words.REGRADING_DOWN, rules.regrading.down),
        (words.REGRADING_OTHER, rules.regrading.other),
    )
    return told.listed(
        told.say(words.COLON, word=told.say(way), more=told.say(words.REGRADING[rule])) for way, rule in ways
    )
