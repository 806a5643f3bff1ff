"""Neighbours of a triple: cheap to make from one that took long, and where evaluators go wrong.

Each step adds what an answer turns on: a trigger, a change of grade, an act, on the limits of the answer before it or a
microsecond beside them; or it leads to logs that end early, to what was known at some instant, to a case with a fault.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from policyengine.model.case import Event
from policyengine.temporal.instant import HOUR, SECOND
from policyengine.testing.differential.triple import Refused, known
from policyengine.testing.names import named_events, triggers, used_facts, values_of

if TYPE_CHECKING:
    from random import Random

    from policyengine.model.assessment import Assessment
    from policyengine.model.case import Case, FactValue
    from policyengine.temporal.instant import Instant
    from policyengine.testing.differential.triple import Known, Triple

_BESIDE = (0, 0, -1, 1, -SECOND, SECOND, HOUR)
_NOBODY = "nobody-knows"
_ASIDE = 8
"""One step in so many leads aside: to an earlier state of the log, or to a case that the policy refuses."""

Change = Callable[["Known", "Random", Sequence["Case"]], "Triple"]


def walk(found: Known, chance: Random, others: Sequence[Case], number: int) -> Iterator[Known]:
    """Yield *number* triples with their answers, each a step from one before: what the log holds adds up.

    Args:
        found: the triple that they start from, and its answer.
        chance: decides everything.
        others: further cases under the same policy, whose logs and facts are borrowed from.
        number: how many.
    """
    for _ in range(number):
        aside = not chance.randrange(_ASIDE)
        near = known(chance.choice(_ASIDES if aside else _STEPS)(found, chance, others))
        yield near
        if not aside and not isinstance(near.answer, Refused):
            found = near


def _moment(found: Known, chance: Random) -> Instant:
    """Return an instant at which something changes in the case, or beside it."""
    return chance.choice(tuple(_moments(found))).plus(chance.choice(_BESIDE))


def _moments(found: Known) -> Iterator[Instant]:
    yield found.triple.as_of
    yield from (event.at for event in found.triple.case.events)
    if not isinstance(found.answer, Refused):
        yield from _limits(found.answer)


def _limits(answer: Assessment) -> Iterator[Instant]:
    for each in answer.duties:
        yield from (moment for moment in (each.starts, each.violated_at) if moment is not None)
        if each.limit is not None:
            yield from (each.limit.due, each.limit.late_from)


def _asked_elsewhere(found: Known, chance: Random, _: Sequence[Case]) -> Triple:
    return replace(found.triple, as_of=_moment(found, chance))


def _known_then(found: Known, chance: Random, _: Sequence[Case]) -> Triple:
    recorded = (*(event.recorded for event in found.triple.case.events), found.triple.as_of)
    return _on(found, known_at=chance.choice(recorded).plus(chance.choice(_BESIDE)))


def _ending_early(found: Known, chance: Random, _: Sequence[Case]) -> Triple:
    return _on(found, known_until=_moment(found, chance))


def _other_facts(found: Known, chance: Random, others: Sequence[Case]) -> Triple:
    borrowed = {name: value for name, value in chance.choice(others).facts.items() if chance.randrange(2)}
    return _on(found, facts=_lacking({**found.triple.case.facts, **borrowed}, chance))


def _lacking(facts: Mapping[str, FactValue], chance: Random) -> dict[str, FactValue]:
    gone = chance.choice(tuple(facts)) if facts else None
    return {name: value for name, value in facts.items() if name != gone}


def _without_one(found: Known, chance: Random, _: Sequence[Case]) -> Triple:
    events = found.triple.case.events
    gone = {chance.choice(events).id} if events else set[str]()
    while more := {each.id for each in events if each.amends in gone} - gone:
        gone |= more
    return _on(found, events=tuple(each for each in events if each.id not in gone))


def _moved(found: Known, chance: Random, _: Sequence[Case]) -> Triple:
    events = list(found.triple.case.events)
    places = [place for place, each in enumerate(events) if [one.id for one in events].count(each.id) == 1]
    if places:
        place, at = chance.choice(places), _moment(found, chance)
        recorded = events[place].recorded_at
        events[place] = replace(events[place], at=at, recorded_at=recorded and max(at, recorded))
    return _on(found, events=tuple(events))


def _regraded(found: Known, chance: Random, _: Sequence[Case]) -> Triple:
    """Return the case with one of the facts that are asked about changed, mostly before a limit."""
    policy, events = found.triple.policy, found.triple.case.events
    asked, types = used_facts(policy), named_events(policy)
    if not asked or not types:
        return found.triple
    name, at = chance.choice(asked), _moment(found, chance)
    at = at.plus(-chance.choice((0, SECOND, HOUR)))
    sets = {name: chance.choice((*values_of(policy, name), None))}
    change = Event(id=f"r{len(events)}", type=chance.choice(types), at=at, sets=sets)
    return _on(found, events=(*events, change))


def _triggered(found: Known, chance: Random, _: Sequence[Case]) -> Triple:
    """Return the case with an event that puts a duty in force, first in its log and seldom later than it all."""
    waited = tuple(each for each in triggers(found.triple.policy) if each.event is not None)
    if not waited:
        return found.triple
    each, events = chance.choice(waited), found.triple.case.events
    first = min((one.at for one in events), default=found.triple.as_of)
    at = chance.choice((first, first.plus(-HOUR), _moment(found, chance)))
    told = {name: values[0] for name, values in each.where.items() if values}
    by, to = told.pop("by", None), told.pop("to", None)
    many = found.triple.policy.vocabulary.attributes
    given = {name: (value,) if many[name].many else value for name, value in told.items()}
    event = Event(id=f"t{len(events)}", type=each.event or "", at=at, attributes=given)
    event = replace(event, by=None if by is None else str(by), to=() if to is None else (str(to),))
    return _on(found, events=(event, *events))


def _acted(found: Known, chance: Random, _: Sequence[Case]) -> Triple:
    """Return the case with an act that performs or breaches what one of the rows is about, mostly at a limit."""
    rows = () if isinstance(found.answer, Refused) else [each for each in found.answer.duties if each.exists]
    if not rows:
        return found.triple
    row, events = chance.choice(rows), found.triple.case.events
    to = () if row.to is None else (row.to,)
    key = {name: value for name, value in row.key if name in found.triple.policy.vocabulary.attributes}
    act = Event(id=f"a{len(events)}", type=row.act, at=_moment(found, chance), by=row.bearer, to=to, attributes=key)
    asked = max(found.triple.as_of, act.at) if chance.randrange(2) else found.triple.as_of
    return replace(_on(found, events=(*events, act)), as_of=asked)


def _longer(found: Known, chance: Random, others: Sequence[Case]) -> Triple:
    """Return the case with another's log behind its own, a little earlier or later."""
    by = chance.choice((0, 0, HOUR, 1000 * HOUR))
    more = tuple(_renamed(each, by) for each in chance.choice(others).events)
    return _on(found, events=(*found.triple.case.events, *more))


def _renamed(event: Event, by: int) -> Event:
    def other(name: str | None) -> str | None:
        return None if name is None else f"{name}+"

    recorded = None if event.recorded_at is None else event.recorded_at.plus(by)
    named = replace(event, id=f"{event.id}+", corrects=other(event.corrects), retracts=other(event.retracts))
    return replace(named, at=event.at.plus(by), recorded_at=recorded)


def _refused(found: Known, chance: Random, _: Sequence[Case]) -> Triple:
    """Return a case with a fault; what is refused, and why, is a part of the answer."""
    case, kinds = found.triple.case, tuple(found.triple.policy.vocabulary.facts)
    at = found.triple.as_of
    wrong: tuple[Callable[[], Triple], ...] = (
        lambda: _on(found, facts={**case.facts, _NOBODY: True}),
        lambda: _on(found, facts={**case.facts, **({chance.choice(kinds): (1, "")} if kinds else {})}),
        lambda: _on(found, events=(*case.events, Event(id="wrong", type=_NOBODY, at=at))),
        lambda: _on(found, events=(*case.events, Event(id="wrong", retracts=_NOBODY, recorded_at=at))),
        lambda: _on(found, events=tuple(replace(each, by=_NOBODY) for each in case.events)),
        lambda: _on(found, events=(*case.events, *(replace(each, id="twice") for each in case.events))),
    )
    return chance.choice(wrong)()


def _on(found: Known, **changed: object) -> Triple:
    return replace(found.triple, case=replace(found.triple.case, **changed))  # type: ignore[arg-type]


_STEPS: tuple[Change, ...] = (
    *(_asked_elsewhere,) * 3,
    *(_triggered,) * 2,
    *(_regraded,) * 3,
    *(_acted,) * 2,
    _other_facts,
    _without_one,
    _moved,
    _longer,
)
_ASIDES: tuple[Change, ...] = (_known_then, _ending_early, _refused)
"""From these no step leads on, so that most logs are as most logs are."""
