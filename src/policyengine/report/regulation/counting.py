"""How time is counted: zone, calendar, hours, days, and what a change of facts does to a limit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from policyengine.prepare.dependence import deciding
from policyengine.report import phrase_words
from policyengine.report.regulation import words
from policyengine.report.regulation.markup import capital, code, heading, items
from policyengine.temporal.limit import ELAPSED, Unit

if TYPE_CHECKING:
    from policyengine.model.deadline import Counting, Deadline
    from policyengine.model.policy import Policy
    from policyengine.model.provision import Provision
    from policyengine.report.regulation.told import Aspects, Told


def time(told: Told) -> Iterator[str]:
    """Yield the section on how time is counted."""
    policy = told.policy
    yield from heading(2, told.say(words.TIME))
    yield from items([told.md(words.ZONE, zone=code(policy.zone.name)), _calendar(told)])
    counting = policy.counting
    rules = _aspects(told, told.base(counting))
    for aspect, text in rules.items():
        yield from items([told.plain(words.COLON, word=capital(told.say(aspect)), more=text)])
    yield from items(told.differences(counting, lambda node: _aspects(told, node)))
    yield ""


def _calendar(told: Told) -> str:
    calendar = told.policy.calendar
    named = told.md(words.CALENDAR, title=told.titled(told.say(calendar.title), calendar.id))
    if calendar.announced_until is None:
        return named
    return told.md(words.WITH_NOTE, text=named, note=told.plain(words.ANNOUNCED, until=calendar.announced_until))


def _aspects(told: Told, rules: Counting) -> Aspects:
    days, regrading = rules.days, rules.regrading
    return {
        words.HOURS: told.listed((told.say(phrase_words.HOURS[rules.hours or "exact"]), told.say(words.HOURS_RUN))),
        words.DAYS: told.say(words.DAYS_RUN),
        words.ROLLING: told.say(words.ROLLS[days.roll]),
        words.CLOSING: days.ends or told.say(words.ENDS_AT_MIDNIGHT),
        words.REGRADING_UP: told.say(words.REGRADING[regrading.up]),
        words.REGRADING_DOWN: told.say(words.REGRADING[regrading.down]),
        words.REGRADING_OTHER: told.say(words.REGRADING[regrading.other]),
    }


def readings_of_counting(policy: Policy, provision: Provision) -> tuple[str, ...]:
    """Return the readings on which it depends how the limit of *provision* is counted, in the order of the file."""
    limits = () if provision.deadline is None else provision.deadline.singles()
    lengths = [each for each in limits if each.within is not None]
    found = {name for each in lengths for part in _parts(each) for name in _deciding(policy, part)}
    if lengths:
        found.update(name for part in _changes(policy, provision) for name in _deciding(policy, part))
    return tuple(name for name in policy.readings if name in found)


def _parts(limit: Deadline) -> Iterator[Callable[[Counting], object]]:
    """Yield what decides on the length of *limit*, as far as it does not decide that itself."""
    units = {unit for unit, _ in limit.within.parts()} if limit.within is not None else set()
    if Unit.HOURS in units and limit.hours is None:
        yield lambda rules: rules.hours
    if units - ELAPSED.keys():
        yield lambda rules: (limit.roll or rules.days.roll, limit.ends or rules.days.ends)


def _changes(policy: Policy, provision: Provision) -> Iterator[Callable[[Counting], object]]:
    """Yield what decides on the limit of *provision* when a fact changes that its condition asks."""
    vocabulary = policy.vocabulary
    asked = [name for each in (provision.when, provision.unless) if each is not None for name in each.facts_asked()]
    ordered = {vocabulary.facts[name].scale is not None or vocabulary.facts[name].type == "number" for name in asked}
    if True in ordered:
        yield lambda rules: (rules.regrading.up, rules.regrading.down)
    if False in ordered:
        yield lambda rules: rules.regrading.other


def _deciding(policy: Policy, part: Callable[[Counting], object]) -> tuple[str, ...]:
    found = {options: part(node) for options, node in policy.counting.by_options if node is not None}
    return deciding(policy.counting.readings, found)
