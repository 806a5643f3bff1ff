"""Laws that hold for every policy and every case (SEMANTICS L1 to L12), each a plain function for anybody's tests.

Every law takes a policy, a case, an instant and, if wanted, readings; what else it varies has a default. It returns
nothing, and raises ``AssertionError`` with the law's number, what was varied, and every difference in the answer.
Where a law has nothing to say, as about policies without hours, it holds. With Hypothesis::

    from hypothesis import given
    import policyengine as pe
    from policyengine.testing import laws, strategies as st

    POLICY = pe.load("changzhi")

    @given(st.questions(POLICY))
    def test_events_after_as_of_change_nothing(question):
        laws.law_prefix(POLICY, *question)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

from policyengine.api import evaluate
from policyengine.errors import MissingExtraError
from policyengine.model.assessment import NO_DUTY, Duty, GapKind, Status
from policyengine.model.case import Case, Event, FactValue, Moment, instant
from policyengine.temporal.instant import HOUR, SECOND
from policyengine.temporal.limit import StepKind
from policyengine.testing.names import irrelevant_events, used_facts, values_of
from policyengine.testing.rendering import canonical, differences
from policyengine.testing.shifting import shiftable, shifted_case, shifted_row

if TYPE_CHECKING:
    from policyengine.model.assessment import Assessment
    from policyengine.model.policy import Policy
    from policyengine.temporal.instant import Instant

Readings = Mapping[str, str] | None

_ODD_OFFSET = 345
_ODD_SHIFT = 7 * HOUR + 13 * SECOND + 1


def law_deterministic(policy: Policy, case: Case, as_of: Moment, readings: Readings = None) -> None:
    """L1: the same input gives the same bytes, and evaluating changes neither policy nor case."""
    before = canonical(case)
    first = evaluate(policy, case, as_of=as_of, readings=readings)
    copy = replace(case, events=tuple(map(replace, case.events)), facts=dict(case.facts))
    _require_same("L1", "asking again", first, evaluate(policy, copy, as_of=as_of, readings=readings))
    _require(canonical(case) == before, "L1: evaluating changes the case")


def law_prefix(policy: Policy, case: Case, as_of: Moment, readings: Readings = None) -> None:
    """L2: events later than *as_of* change nothing."""
    seen = replace(case, events=tuple(event for event in case.events if event.at <= instant(as_of)))
    later = len(case.events) - len(seen.events)
    answer = evaluate(policy, case, as_of=as_of, readings=readings)
    found = evaluate(policy, seen, as_of=as_of, readings=readings)
    _require_same("L2", f"leaving out {later} later events", answer, found)


def law_recording_order(
    policy: Policy, case: Case, as_of: Moment, readings: Readings = None, *, order: Sequence[int] | None = None
) -> None:
    """L3: the order of recording does not matter, except among events at one instant.

    Args:
        policy: any.
        case: any.
        as_of: the instant asked about.
        readings: options, the defaults unless given.
        order: the places of the events in their new order, backwards unless given; events at one instant then take
            their places in the order that they had.
    """
    places = tuple(range(len(case.events)))[::-1] if order is None else tuple(order)
    waiting = {event.at: [each for each in case.events if each.at == event.at] for event in case.events}
    moved = replace(case, events=tuple(waiting[case.events[place].at].pop(0) for place in places))
    answer = evaluate(policy, case, as_of=as_of, readings=readings)
    found = evaluate(policy, moved, as_of=as_of, readings=readings)
    _require_same("L3", f"recording in the order {places}", answer, found)


def law_other_zone(
    policy: Policy, case: Case, as_of: Moment, readings: Readings = None, *, minutes: int = _ODD_OFFSET
) -> None:
    """L4: the same instants, given as datetimes or as text on a clock *minutes* ahead of UTC, change nothing."""
    answer = evaluate(policy, case, as_of=as_of, readings=readings)

    def clock(moment: Instant) -> datetime:
        return moment.utc().astimezone(timezone(timedelta(minutes=minutes)))

    def text(moment: Instant) -> str:
        return clock(moment).isoformat()

    for write in (clock, text):
        events = tuple(replace(event, at=instant(write(event.at))) for event in case.events)
        asked = write(instant(as_of))
        found = evaluate(policy, replace(case, events=events), as_of=asked, readings=readings)
        _require_same("L4", f"writing {instant(as_of)} as {asked!r}", answer, found)


def law_irrelevant_event(
    policy: Policy, case: Case, as_of: Moment, readings: Readings = None, *, at: Moment | None = None
) -> None:
    """L5: events of types that the policy does not name, and that set no fact it uses, change nothing.

    One of each such type is added at once, at the instant *at* (*as_of* unless given), setting every unused fact.
    """
    used, kinds = used_facts(policy), policy.vocabulary.facts
    sets = {name: values_of(policy, name)[-1] for name in kinds if name not in used}
    happened = instant(as_of if at is None else at)
    added = [Event(id=f"irrelevant {name}", type=name, at=happened, sets=sets) for name in irrelevant_events(policy)]
    answer = evaluate(policy, case, as_of=as_of, readings=readings)
    found = evaluate(policy, replace(case, events=(*case.events, *added)), as_of=as_of, readings=readings)
    _require_same("L5", f"adding {', '.join(each.type for each in added)} at {happened}", answer, found)


def law_violations_persist(
    policy: Policy, case: Case, as_of: Moment, readings: Readings = None, *, later: Moment | None = None
) -> None:
    """L6: a violation recorded at *as_of* is recorded, with the same instant, at every later one.

    Args:
        policy: any.
        case: any whose log corrects nothing.
        as_of: the instant asked about.
        readings: options, the defaults unless given.
        later: the later instant; that of the last event unless given.
    """
    then = max([instant(as_of), *(event.at for event in case.events)]) if later is None else instant(later)
    earlier = evaluate(policy, case, as_of=as_of, readings=readings)
    found = evaluate(policy, case, as_of=max(then, instant(as_of)), readings=readings)
    lost = [
        f"  {each.provision}: violated at {each.violated_at}, then {row.status}, violated at {row.violated_at}"
        for each in earlier.duties
        if each.violated and (row := found.duty(each.provision)).violated_at != each.violated_at
    ]
    _require(not lost, f"L6: violations of {earlier.as_of} are not those of {found.as_of}:\n" + "\n".join(lost))


def law_limit_after_anchor(policy: Policy, case: Case, as_of: Moment, readings: Readings = None) -> None:
    """L7: no single limit lies before the anchor it was counted from; a cap may, since it was counted from another."""
    for each in evaluate(policy, case, as_of=as_of, readings=readings).duties:
        limit = each.limit
        capped = limit is not None and any(step.kind is StepKind.CAPPED for step in limit.steps)
        good = limit is None or capped or limit.anchor <= limit.due <= limit.late_from
        _require(good, f"L7: {each.provision}: {limit} is due before its anchor")


def law_shift(
    policy: Policy, case: Case, as_of: Moment, readings: Readings = None, *, micros: int = _ODD_SHIFT
) -> None:
    """L8: duties that rest on exact hours alone move with the log when every instant moves by *micros*.

    Policies with dated versions are left out, and so are duties that count days or full hours, or that wait for, are
    defeated or are capped by such a duty.
    """
    moving = shiftable(policy, case.scope, readings)
    answer = evaluate(policy, case, as_of=as_of, readings=readings)
    there = evaluate(policy, shifted_case(case, micros), as_of=instant(as_of).plus(micros), readings=readings)
    faults = [
        f"  {name}: {here} would be {moved}"
        for name in moving
        if (here := shifted_row(answer.duty(name), micros)) != (moved := shifted_row(there.duty(name), 0))
    ]
    _require(not faults, f"L8: moving everything by {micros} µs changes the answer:\n" + "\n".join(faults))


def law_matchers_agree(policy: Policy, case: Case, as_of: Moment, readings: Readings = None) -> None:
    """L9: durable-rules, where it is installed, gives the reference's answer."""
    answer = evaluate(policy, case, as_of=as_of, readings=readings)
    try:
        found = evaluate(policy, case, as_of=as_of, readings=readings, matcher="durable")
    except MissingExtraError:
        return
    _require_same("L9", "matching with durable-rules", answer, found)


def law_unknown_settles(
    policy: Policy,
    case: Case,
    as_of: Moment,
    readings: Readings = None,
    *,
    give: Mapping[str, FactValue] | None = None,
) -> None:
    """L12: giving a value to a fact that is unknown, and that no event sets, changes no determined answer.

    Args:
        policy: any.
        case: any.
        as_of: the instant asked about.
        readings: options, the defaults unless given.
        give: values for facts, of which those that the law speaks of are given all at once; unless given, every such
            fact is given each of its values in turn.
    """
    answer = evaluate(policy, case, as_of=as_of, readings=readings)
    for given in _gifts(policy, case, give):
        richer = replace(case, facts={**case.facts, **given})
        found = evaluate(policy, richer, as_of=as_of, readings=readings)
        faults = (*_unsettled_rows(answer, found), *_unsettled_gaps(answer, found))
        _require(not faults, f"L12: giving {given} changes what was determined:\n" + "\n".join(faults))


def unknown_facts(policy: Policy, case: Case) -> tuple[str, ...]:
    """Return the facts of the vocabulary that are unknown in *case*, not presumed, and set by no event (L12)."""
    presumed = {name for name in policy.header.presume if name not in case.facts}
    known = {name for name, value in case.facts.items() if value is not None}
    settled = {*presumed, *known, *(name for event in case.events for name in event.sets)}
    return tuple(name for name in policy.vocabulary.facts if name not in settled)


def _gifts(policy: Policy, case: Case, give: Mapping[str, FactValue] | None) -> Iterator[Mapping[str, FactValue]]:
    unknown = unknown_facts(policy, case)
    if give is not None:
        yield {name: value for name, value in give.items() if name in unknown}
        return
    yield from ({name: value} for name in unknown for value in values_of(policy, name))


def _unsettled_rows(answer: Assessment, found: Assessment) -> Iterator[str]:
    for each in answer.duties:
        row = found.duty(each.provision)
        if each.status is Status.UNDETERMINED:
            if row.status is not Status.UNDETERMINED and _kind(row.status) not in map(_kind, each.possible):
                yield f"  {each.provision}: {row.status} was not among {', '.join(each.possible)}"
            if each.violated_at not in (None, row.violated_at):
                yield f"  {each.provision}: the violation at {each.violated_at} became one at {row.violated_at}"
        elif _determined(each) != _determined(row):
            yield f"  {each.provision}: {_determined(each)} became {_determined(row)}"


def _unsettled_gaps(answer: Assessment, found: Assessment) -> Iterator[str]:
    before = {each.gap: each.kind for each in answer.gaps}
    after = {each.gap: each.kind for each in found.gaps}
    for name in dict.fromkeys((*before, *after)):
        one, other = before.get(name), after.get(name)
        if one is not GapKind.UNDETERMINED and one is not other:
            yield f"  {name}: {one or 'no gap'} became {other or 'no gap'}"


def _kind(status: Status) -> str:
    return "no duty" if status in NO_DUTY else status


def _determined(row: Duty) -> tuple[object, ...]:
    """Return what a missing fact may not change; the ways of having no duty are one (S13)."""
    if not row.exists:
        return ("no duty",)
    limit = None if row.limit is None else (str(row.limit.due), str(row.limit.late_from))
    return (row.status.value, limit, row.violated_at, row.performed, row.breaches, row.trigger)


def _require_same(law: str, change: str, expected: Assessment, found: Assessment) -> None:
    if canonical(expected) != canonical(found):
        raise AssertionError(f"{law}: {change} changes the answer:\n" + "\n".join(differences(expected, found)))


def _require(holds: bool, message: str) -> None:  # noqa: FBT001 - it is what is asserted
    if not holds:
        raise AssertionError(message)
