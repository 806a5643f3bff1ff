"""Readings, gaps and referrals: where the text is ambiguous, silent, or sends the reader elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policyengine.report import words as answer_words
from policyengine.report.regulation import words
from policyengine.report.regulation.markup import code, heading, inline, items
from policyengine.report.regulation.norms import clause
from policyengine.report.regulation.periods import in_force

if TYPE_CHECKING:
    from policyengine.model.policy import Reading, Variants
    from policyengine.model.provision import Gap
    from policyengine.report.regulation.told import Aspects, Told


def readings(told: Told) -> Iterator[str]:
    """Yield the section on readings: question, options, default, its reason, and what they bear on."""
    yield from heading(2, told.say(words.READINGS))
    if not told.policy.readings:
        yield from (told.say(words.NO_READINGS), "")
    for name, reading in told.policy.readings.items():
        yield from heading(3, told.titled(told.say(reading.question), name))
        yield from items(_options(told, reading))
        yield from items([told.plain(words.WHY, why=told.say(reading.why))])
        yield from items([told.md(words.BEARS_ON, what=told.listed(_bears_on(told, name), words.COMMA))])
        yield ""


def _options(told: Told, reading: Reading) -> Iterator[str]:
    for option, says in reading.options.items():
        wording = words.DEFAULT_OPTION if option == reading.default else words.OPTION
        yield told.md(wording, option=code(option), says=inline(told.say(says)))


def _bears_on(told: Told, name: str) -> Iterator[str]:
    policy = told.policy
    if name in policy.counting.readings:
        yield told.say(words.COUNTING)
    yield from (code(each.nodes()[0].id) for each in policy.tables if name in each.readings)
    yield from (code(each.nodes()[0].id) for each in policy.provisions if name in each.readings)
    yield from (code(each.nodes()[0].id) for each in policy.gaps if name in each.readings)


def silences(told: Told) -> Iterator[str]:
    """Yield the section on gaps and referrals."""
    yield from heading(2, told.say(words.GAPS))
    if not told.silences:
        yield from (told.say(words.NO_GAPS), "")
    for gap, variants in told.silences.values():
        yield from _silence(told, gap, variants)


def _silence(told: Told, gap: Gap, variants: Variants[Gap]) -> Iterator[str]:
    parts = _aspects(told, gap)
    yield from heading(3, told.silence_titled(gap.id))
    yield from items([told.plain(words.MISSING, what=parts[words.LACKING])])
    yield from items([told.plain(words.REFERS_TO, **_reference(told, gap))] if gap.refers_to else [])
    yield from items([told.plain(words.MET, when=parts[words.SITUATION] or told.say(words.IN_ANY_CASE))])
    if gap.instead_of:
        yield from items([told.md(words.INSTEAD_OF, provisions=told.listed(map(told.norm_titled, gap.instead_of)))])
    if gap.acts:
        yield from items([told.plain(words.ACTS_LACKING, acts=told.listed(map(told.type, gap.acts)))])
    yield from items(told.md(words.ON_CLAUSE, clause=clause(told, each)) for each in gap.clause)
    yield from items(
        [told.plain(words.COLON, word=told.say(words.LIFETIME), more=parts[words.LIFETIME])] if gap.in_force else []
    )
    yield from items([told.admission(variants)])
    yield from items(told.differences(variants, lambda node: _aspects(told, node)))
    yield ""


def _aspects(told: Told, gap: Gap) -> Aspects:
    trigger, when = told.triggers(gap.upon or ()), "" if gap.when is None else told.condition(gap.when)
    met = [
        told.say(words.MET_AFTER, trigger=trigger) if trigger else "",
        told.say(words.MET_IF, when=when) if when else "",
    ]
    return {
        words.TITLE: told.say(gap.title),
        words.LACKING: told.say(gap.missing),
        words.REFERENCE_TO: told.say(words.REFERS_TO, **_reference(told, gap)) if gap.refers_to else "",
        words.SITUATION: told.listed((each for each in met if each), answer_words.STOP),
        words.INSTEAD: told.listed(gap.instead_of or (), words.COMMA),
        words.ACTS: told.listed(map(told.type, gap.acts or ())),
        words.CLAUSES: told.listed(gap.clause, words.COMMA),
        words.LIFETIME: in_force(told, gap.in_force) if gap.in_force else "",
    }


def _reference(told: Told, gap: Gap) -> dict[str, str]:
    found = gap.refers_to
    if found is None:
        return {}
    in_hand = told.say(answer_words.IN_HAND if found.in_hand else answer_words.NOT_IN_HAND)
    return {"title": told.say(found.title), "in_hand": in_hand}
