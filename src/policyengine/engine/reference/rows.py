"""From what a provision comes to in each world to one row of the answer (S13)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from policyengine.engine.reference.conditions import unknown_facts
from policyengine.engine.reference.spans import BEGINNING
from policyengine.engine.reference.tables import Assignment, expanded
from policyengine.engine.reference.timeline import Origin, event_record
from policyengine.model.assessment import NO_DUTY, Candidate, Choice, Duty, Status
from policyengine.model.provision import Gap
from policyengine.temporal.limit import ELAPSED, Unit

if TYPE_CHECKING:
    from policyengine.engine.reference.inquiry import Inquiry
    from policyengine.engine.reference.instances import Instance
    from policyengine.engine.reference.lifecycle import Result
    from policyengine.engine.reference.timeline import Snapshot
    from policyengine.model.case import Event
    from policyengine.model.condition import Condition
    from policyengine.model.deadline import Counting
    from policyengine.model.policy import Variants
    from policyengine.model.provision import Provision
    from policyengine.temporal.instant import Instant


MOST_MISSING = 100
"""Of the attributes that events lack, so many are listed for one row: the first, and enough to go on with."""


def row(inquiry: Inquiry, instance: Instance, found: Sequence[Result], *, complete: bool) -> Duty:
    """Return the answer for *instance*: determined if it comes to the same in every world."""
    provision = instance.provision
    results = tuple(each for result in found for each in _as_recorded_or_not(result))
    first = results[0]
    settled = complete and len({_substance(each) for each in results}) == 1
    possible = () if settled else tuple(dict.fromkeys(each.status for each in results))
    limits = [each.limit for each in results if each.limit is not None]
    status = first.status if settled else Status.UNDETERMINED
    owed = {each.owed for each in results}
    start = BEGINNING if first.trigger is None else first.trigger.at
    performed = first.performed if len({each.performed for each in results}) == 1 else None
    # What is violated in every world is violated, whatever else is open (L6).
    violated_at = first.violated_at if complete and len({each.violated_at for each in results}) == 1 else None
    meant = _bearer(inquiry, provision, violated_at or (performed.at if performed else inquiry.prepared.as_of))
    return Duty(
        provision=provision.id,
        clauses=provision.clause,
        strength=provision.strength,
        act=provision.act,
        status=status,
        wording=provision.wording,
        instance=instance.label,
        key=tuple(zip(provision.key or (), instance.key, strict=False)),
        starts=first.starts,
        bearer=meant.role,
        assigned=provision.bearer if provision.bearer in inquiry.assigned else None,
        candidates=() if meant.role is not None else meant.candidates,
        conflict=meant.conflict,
        to=provision.to,
        standing=provision.standing is True,
        sanction=provision.sanction is True,
        trigger=first.trigger,
        limit=limits[0] if limits else None,
        promptly=provision.deadline is not None and provision.deadline.promptly is True,
        performed=performed,
        violated_at=violated_at,
        late_activation=first.late_activation and violated_at is not None,
        owed=first.owed if len(owed) == 1 else None,
        in_force=first.in_force if len({each.in_force for each in results}) == 1 else None,
        breaches=tuple(
            each for each in first.breaches if complete and all(each in other.breaches for other in results)
        ),
        last_act=first.last_act,
        partial_acts=first.partial_acts,
        elapsed=_elapsed(inquiry, provision, first) if settled else None,
        possible=possible,
        missing_facts=() if settled else missing_facts(inquiry, provision, start),
        missing_attributes=() if settled else _first_missing(inquiry, instance),
        presumed=() if status is Status.NOT_TRIGGERED else _presumed(inquiry, provision, start),
        readings=choices(inquiry, provision),
    )


def _as_recorded_or_not(result: Result) -> tuple[Result, ...]:
    """Return *result*, and beside it what it may be in truth where an act in time can have gone unrecorded (S8)."""
    if not result.unrecorded:
        return (result,)
    done = replace(result, status=Status.FULFILLED, violated_at=None, late_activation=False, owed=False)
    return (result, done)


def _bearer(inquiry: Inquiry, provision: Provision, at: Instant) -> Assignment:
    """Return who owes the duty: a live one by the facts at `as_of`, a violated one by those at the violation (S10)."""
    if provision.bearer is None:
        return Assignment(())
    if provision.bearer in inquiry.assigned:
        return inquiry.assignment(provision.bearer, at)
    return Assignment((Candidate(provision.bearer, provision.clause),))


def _substance(result: Result) -> tuple[object, ...]:
    """Return what makes two results different answers; the ways of having no duty are one."""
    if result.status in NO_DUTY:
        return ("no duty",)
    limit = None if result.limit is None else (result.limit.due, result.limit.late_from)
    return (result.status, limit, result.violated_at, result.performed, result.breaches, result.trigger)


def _elapsed(inquiry: Inquiry, provision: Provision, result: Result) -> int | None:
    """Return the microseconds from anchor to act, or to `as_of`, where the text gives no number (S21)."""
    numbered = provision.deadline is not None and provision.deadline.promptly is None
    if (
        numbered
        or provision.standing
        or result.anchor is None
        or result.status not in (Status.ACTIVE, Status.FULFILLED)
    ):
        return None
    until = inquiry.prepared.as_of if result.performed is None else result.performed.at
    return max(0, until.micros - result.anchor.anchor.micros)


def missing_facts(inquiry: Inquiry, owner: Provision | Gap, start: Instant) -> tuple[str, ...]:
    """Return the facts that keep *owner*, or what it waits for, undetermined since *start*."""
    own = tuple(dict.fromkeys(_unknown(inquiry, owner, start)))
    if own or isinstance(owner, Gap):
        return own
    watched = inquiry.behind(owner)
    return tuple(dict.fromkeys(name for each in watched for name in _unknown(inquiry, each, BEGINNING)))


def _unknown(inquiry: Inquiry, owner: Provision | Gap, start: Instant) -> tuple[str, ...]:
    """Return the facts that keep a condition of *owner* open at any time since *start*."""
    if owner.id not in inquiry.known_lacks:
        inquiry.known_lacks[owner.id] = _unknown_from(inquiry, owner)
    return inquiry.known_lacks[owner.id][inquiry.place_at(start)]


def _unknown_from(inquiry: Inquiry, owner: Provision | Gap) -> tuple[tuple[str, ...], ...]:
    """Return for each snapshot the facts that keep *owner* open from it on; going backwards, each is asked once."""
    conditions = (*_conditions(owner), *_who(inquiry, owner))
    found: list[tuple[str, ...]] = []
    later: tuple[str, ...] = ()
    for snapshot in reversed(inquiry.snapshots):
        own = [name for each in conditions for name in _unknown_in(inquiry, each, snapshot)]
        if own:
            later = tuple(dict.fromkeys((*own, *later)))
        found.append(later)
    return tuple(reversed(found))


def _who(inquiry: Inquiry, owner: Provision | Gap) -> tuple[Condition, ...]:
    """Return the conditions that say whose acts count, where a table does."""
    bearer = None if isinstance(owner, Gap) else inquiry.bound(owner)
    return () if bearer is None else tuple(each.when for each in inquiry.assigned[bearer].rows)


def _unknown_in(inquiry: Inquiry, condition: Condition, snapshot: Snapshot) -> Iterator[str]:
    """Yield the facts that keep *condition* open; for a derived fact those that it is derived from (S10)."""
    for name in unknown_facts(condition, snapshot.record, inquiry.prepared.policy.vocabulary):
        if name in inquiry.derived:
            behind = expanded((name,), inquiry.derived)
            yield from (each for each in behind if snapshot.record.values.get(each) is None)
        else:
            yield name


def _conditions(owner: Provision | Gap) -> tuple[Condition, ...]:
    if isinstance(owner, Gap):
        return tuple(each for each in (owner.when,) if each is not None)
    singles = owner.deadline.singles() if owner.deadline is not None else ()
    return tuple(each for each in (owner.when, owner.unless, *(single.when for single in singles)) if each is not None)


def _first_missing(inquiry: Inquiry, instance: Instance) -> tuple[tuple[str, str], ...]:
    return tuple(dict.fromkeys(islice(_missing_attributes(inquiry, instance), MOST_MISSING)))


def _missing_attributes(inquiry: Inquiry, instance: Instance) -> Iterator[tuple[str, str]]:
    """Yield (event, attribute) for the attributes whose lack leaves open whether an event matches (S24)."""
    provision, events = instance.provision, inquiry.prepared.events
    if instance.place is not None:
        yield from _lacking(events[instance.place], provision.key or ())
    for part, _ in inquiry.answers.asked_of(provision.id) if provision.key else ():
        for place in inquiry.places(provision, part, instance.key).possible:
            yield from _lacking(events[place], provision.key or ())
    for part, asked in inquiry.answers.asked_of(provision.id):
        personal = ("by",) if part == "act" and inquiry.bound(provision) is not None else ()
        for place in inquiry.places(provision, part).possible:
            yield from _lacking(events[place], (*asked, *personal))


def _lacking(event: Event, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    present = event_record(event).values
    yield from ((event.id, name) for name in names if present.get(name) is None)


def _presumed(inquiry: Inquiry, provision: Provision, start: Instant) -> tuple[str, ...]:
    asked = expanded(
        (name for condition in _conditions(provision) for name in condition.facts_asked()), inquiry.derived
    )
    # What is presumed is so from the beginning, and never again once it was set.
    origins = inquiry.at(start).origins
    return tuple(name for name in asked if origins[name] is Origin.PRESUMED)


def choices(inquiry: Inquiry, owner: Provision | Gap) -> tuple[Choice, ...]:
    """Return the options in force for the readings that *owner* depends on."""
    own = inquiry.readings_of(owner.id)
    counting = () if isinstance(owner, Gap) else _counting_readings(inquiry.prepared.policy.counting, owner)
    return tuple(Choice(name, inquiry.prepared.readings[name]) for name in dict.fromkeys((*own, *counting)))


def _counting_readings(counting: Variants[Counting], provision: Provision) -> tuple[str, ...]:
    """Return the readings on how the lengths of *provision* are counted; those about other lengths do not bear."""
    singles = provision.deadline.singles() if provision.deadline is not None else ()
    units = {unit for single in singles if single.within is not None for unit, _ in single.within.parts()}
    parts: list[Callable[[Counting], object]] = []
    if Unit.HOURS in units:
        parts.append(lambda rules: rules.hours)
    if units - ELAPSED.keys():
        parts.append(lambda rules: rules.days)
    if units and (provision.when is not None or provision.unless is not None):
        parts.append(lambda rules: rules.regrading)
    return tuple(
        name for place, name in enumerate(counting.readings) if any(_differs(counting, place, part) for part in parts)
    )


def _differs(counting: Variants[Counting], place: int, part: Callable[[Counting], object]) -> bool:
    """Tell whether a *part* of the rules depends on the reading at *place*, the others staying as they are."""
    found: dict[tuple[str, ...], set[object]] = {}
    for options, rules in counting.by_options:
        if rules is not None:
            found.setdefault((*options[:place], *options[place + 1 :]), set()).add(part(rules))
    return any(len(values) > 1 for values in found.values())
