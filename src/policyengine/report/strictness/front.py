"""What is said once: which two policies, how they are read, and under which assumptions the answer holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from policyengine.report import words as common
from policyengine.report.comparison import words as compared
from policyengine.report.page import Line, Tone, item
from policyengine.report.strictness import words as say

if TYPE_CHECKING:
    from policyengine.analysis.sides import Side
    from policyengine.model.case import FactValue
    from policyengine.report.strictness.naming import Named


def sides(one: Named, other: Named, *, read: bool = True) -> Iterator[Line]:
    """Yield a line for each side, with the readings that were chosen for it, unless none is (`read`)."""
    for each in (one, other):
        policy, phrases = each.side.policy, each.phrases
        chosen = [
            phrases.say(say.OPTION, reading=name, option=option)
            for name, option in each.side.readings.items()
            if option != policy.readings[name].default
        ]
        told = phrases.say(say.SIDE, short=each.short, title=phrases.say(policy.title), policy=policy.id)
        under = [Line(phrases.say(compared.CHOSEN, readings=phrases.listed(chosen)), Tone.OPEN)] if chosen else []
        yield item(told, under if read else ())
    if read and all(each.side.readings == defaults(each) for each in (one, other)):
        yield Line(one.phrases.say(say.DEFAULTS), Tone.QUIET)


def defaults(named: Named) -> dict[str, str]:
    """Return the default option of every reading."""
    return {name: reading.default for name, reading in named.side.policy.readings.items()}


def assumptions(one: Named, other: Named, given: Mapping[str, FactValue], *, shown: bool) -> Iterator[Line]:
    """Yield what is assumed throughout, and what is claimed of demands; *shown* tells whether there are cases."""
    phrases = one.phrases
    if not _related(one.side, other.side):
        yield Line(phrases.say(say.NO_COMMON_ACT), Tone.OPEN)
    if given:
        told = (
            phrases.say(common.COLON, word=phrases.fact(name), more=phrases.value(name, value))
            for name, value in given.items()
        )
        yield Line(phrases.say(compared.GIVEN, facts=phrases.listed(told)), Tone.QUIET)
    if one.usual_trigger:
        yield Line(phrases.say(compared.USUAL, trigger=one.usual_trigger), Tone.QUIET)
    yield Line(phrases.say(say.ASSUMED), Tone.QUIET)
    if shown:
        yield Line(phrases.say(say.METHOD), Tone.QUIET)


def _related(one: Side, other: Side) -> bool:
    """Tell whether anything that the one says is about an act of the other, or about a kind of one."""
    acts = {each.act for each in other.provisions}
    return any(one.vocabulary.related(each.act, act) for each in one.provisions for act in acts)
