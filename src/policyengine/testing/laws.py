"""Laws that hold for every policy and every case (SEMANTICS L1 to L12), each a plain function for anybody's tests.

Every law takes a policy, a case, an instant and, if wanted, readings and the evaluator that it is tried on; what else
it varies has a default. It returns nothing, and raises ``AssertionError`` with the law's number, what was varied, and
every difference in the answer. Where a law has nothing to say, as about policies without hours, it holds. With
Hypothesis::

    from hypothesis import given
    import policyengine as pe
    from policyengine.testing import laws, strategies as st

    POLICY = pe.load("changzhi")

    @given(st.questions(POLICY))
    def test_events_after_as_of_change_nothing(question):
        laws.law_prefix(POLICY, *question)

All of them at once, each as a test of its own, are one line: ``TestLaws = laws.suite(POLICY)``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime, timedelta, timezone
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from policyengine.analysis.questions import at_least_as_strict, diff
from policyengine.api import evaluate
from policyengine.engine.question import EVALUATORS
from policyengine.errors import MissingExtraError
from policyengine.loading.dump import dump
from policyengine.loading.policy import read_policy_text
from policyengine.loading.yaml_nodes import Source
from policyengine.model.assessment import NO_DUTY, Duty, GapKind, Status
from policyengine.model.case import Case, Event, FactValue, Moment, instant
from policyengine.model.frozen import FrozenMap
from policyengine.temporal.instant import HOUR, SECOND
from policyengine.temporal.limit import StepKind
from policyengine.testing.names import irrelevant_events, used_facts, values_of
from policyengine.testing.rendering import canonical, differences, rows
from policyengine.testing.shifting import shiftable, shifted_case, shifted_row

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from policyengine.engine.question import EvaluatorName
    from policyengine.model.assessment import Assessment
    from policyengine.model.policy import Policy
    from policyengine.temporal.instant import Instant

Readings = Mapping[str, str] | None

_ODD_OFFSET = 345
_ODD_SHIFT = 7 * HOUR + 13 * SECOND + 1


def law_deterministic(
    policy: Policy, case: Case, as_of: Moment, readings: Readings = None, *, evaluator: EvaluatorName | None = None
) -> None:
    """L1: the same input gives the same bytes, and evaluating changes neither policy nor case."""
    ask = _asking(evaluator)
    before = canonical(case)
    first = ask(policy, case, as_of=as_of, readings=readings)
    copy = replace(case, events=tuple(map(replace, case.events)), facts=dict(case.facts))
    _require_same("L1", "asking again", first, ask(policy, copy, as_of=as_of, readings=readings))
    _require(canonical(case) == before, "L1: evaluating changes the case")


def law_prefix(
    policy: Policy, case: Case, as_of: Moment, readings: Readings = None, *, evaluator: EvaluatorName | None = None
) -> None:
    """L2: events later than *as_of* change nothing."""
    ask = _asking(evaluator)
    seen = replace(case, events=tuple(event for event in case.events if event.at <= instant(as_of)))
    later = len(case.events) - len(seen.events)
    answer = ask(policy, case, as_of=as_of, readings=readings)
    found = ask(policy, seen, as_of=as_of, readings=readings)
    _require_same("L2", f"leaving out {later} later events", answer, found)


def law_recording_order(
    policy: Policy,
    case: Case,
    as_of: Moment,
    readings: Readings = None,
    *,
    order: Sequence[int] | None = None,
    evaluator: EvaluatorName | None = None,
) -> None:
    """L3: the order of recording does not matter, except among events at one instant.

    Args:
        policy: any.
        case: any.
        as_of: the instant asked about.
        readings: options, the defaults unless given.
        order: the places of the events in their new order, backwards unless given; events at one instant then take
            their places in the order that they had.
        evaluator: what answers; that of `evaluate` unless given.
    """
    ask = _asking(evaluator)
    places = tuple(range(len(case.events)))[::-1] if order is None else tuple(order)
    waiting = {event.at: [each for each in case.events if each.at == event.at] for event in case.events}
    moved = replace(case, events=tuple(waiting[case.events[place].at].pop(0) for place in places))
    answer = ask(policy, case, as_of=as_of, readings=readings)
    found = ask(policy, moved, as_of=as_of, readings=readings)
    _require_same("L3", f"recording in the order {places}", answer, found)


def law_other_zone(
    policy: Policy,
    case: Case,
    as_of: Moment,
    readings: Readings = None,
    *,
    minutes: int = _ODD_OFFSET,
    evaluator: EvaluatorName | None = None,
) -> None:
    """L4: the same instants, given as datetimes or as text on a clock *minutes* ahead of UTC, change nothing."""
    ask = _asking(evaluator)
    answer = ask(policy, case, as_of=as_of, readings=readings)

    def clock(moment: Instant) -> datetime:
        return moment.utc().astimezone(timezone(timedelta(minutes=minutes)))

    def text(moment: Instant) -> str:
        return clock(moment).isoformat()

    for write in (clock, text):
        asked = write(instant(as_of))
        found = ask(policy, _rewritten(case, write), as_of=asked, readings=readings)
        _require_same("L4", f"writing {instant(as_of)} as {asked!r}", answer, found)


def _rewritten(case: Case, write: Callable[[Instant], Moment]) -> Case:
    """Return *case* with every instant in it written anew."""

    def again(moment: Instant | None) -> Instant | None:
        return None if moment is None else instant(write(moment))

    events = tuple(
        replace(event, at=instant(write(event.at)), recorded_at=again(event.recorded_at)) for event in case.events
    )
    return replace(case, events=events, known_at=again(case.known_at), known_until=again(case.known_until))


def law_irrelevant_event(
    policy: Policy,
    case: Case,
    as_of: Moment,
    readings: Readings = None,
    *,
    at: Moment | None = None,
    evaluator: EvaluatorName | None = None,
) -> None:
    """L5: events of types that the policy does not name, and that set no fact it uses, change nothing.

    One of each such type is added at once, at the instant *at* (*as_of* unless given), setting every unused fact.
    """
    ask = _asking(evaluator)
    used, kinds = used_facts(policy), policy.vocabulary.facts
    sets = {name: values_of(policy, name)[-1] for name in kinds if name not in used}
    happened = instant(as_of if at is None else at)
    added = [Event(id=f"irrelevant {name}", type=name, at=happened, sets=sets) for name in irrelevant_events(policy)]
    answer = ask(policy, case, as_of=as_of, readings=readings)
    found = ask(policy, replace(case, events=(*case.events, *added)), as_of=as_of, readings=readings)
    _require_same("L5", f"adding {', '.join(each.type for each in added)} at {happened}", answer, found)


def law_violations_persist(
    policy: Policy,
    case: Case,
    as_of: Moment,
    readings: Readings = None,
    *,
    later: Moment | None = None,
    evaluator: EvaluatorName | None = None,
) -> None:
    """L6: a violation recorded at *as_of* is recorded, with the same instant, at every later one.

    Args:
        policy: any.
        case: any whose log corrects nothing.
        as_of: the instant asked about.
        readings: options, the defaults unless given.
        later: the later instant; that of the last event unless given.
        evaluator: what answers; that of `evaluate` unless given.
    """
    ask = _asking(evaluator)
    then = max([instant(as_of), *(event.at for event in case.events)]) if later is None else instant(later)
    earlier = ask(policy, case, as_of=as_of, readings=readings)
    found = ask(policy, case, as_of=max(then, instant(as_of)), readings=readings)
    lost = tuple(_lost_violations(earlier, found))
    _require(not lost, f"L6: violations of {earlier.as_of} are not those of {found.as_of}:\n" + "\n".join(lost))


def law_limit_after_anchor(
    policy: Policy, case: Case, as_of: Moment, readings: Readings = None, *, evaluator: EvaluatorName | None = None
) -> None:
    """L7: no single limit lies before the anchor it was counted from; a cap may, since it was counted from another."""
    ask = _asking(evaluator)
    for each in ask(policy, case, as_of=as_of, readings=readings).duties:
        limit = each.limit
        capped = limit is not None and any(step.kind is StepKind.CAPPED for step in limit.steps)
        good = limit is None or capped or limit.anchor <= limit.due <= limit.late_from
        _require(good, f"L7: {_named(each)}: {limit} is due before its anchor")


def law_shift(
    policy: Policy,
    case: Case,
    as_of: Moment,
    readings: Readings = None,
    *,
    micros: int = _ODD_SHIFT,
    evaluator: EvaluatorName | None = None,
) -> None:
    """L8: duties that rest on exact hours alone move with the log when every instant moves by *micros*.

    Policies with dated versions are left out, and so are duties that have days of their own, count days or full hours
    or recur by the calendar, or that wait for, are defeated or are capped by such a duty.
    """
    ask = _asking(evaluator)
    moving = shiftable(policy, case.scope, readings)
    answer = ask(policy, case, as_of=as_of, readings=readings)
    there = ask(policy, shifted_case(case, micros), as_of=instant(as_of).plus(micros), readings=readings)
    faults = [
        f"  {name}: {here} would be {moved}"
        for name in moving
        if (here := _shifted_rows(answer, name, micros)) != (moved := _shifted_rows(there, name, 0))
    ]
    _require(not faults, f"L8: moving everything by {micros} µs changes the answer:\n" + "\n".join(faults))


def law_evaluators_agree(policy: Policy, case: Case, as_of: Moment, readings: Readings = None) -> None:
    """L9: every evaluator gives the reference's answer."""
    answer = evaluate(policy, case, as_of=as_of, readings=readings, evaluator="reference")
    for each in EVALUATORS:
        found = evaluate(policy, case, as_of=as_of, readings=readings, evaluator=each)
        _require_same("L9", f"asking the evaluator {each}", answer, found)


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
    evaluator: EvaluatorName | None = None,
) -> None:
    """L12: giving a value to a fact that is unknown, and that no event sets, changes no determined answer.

    Args:
        policy: any.
        case: any.
        as_of: the instant asked about.
        readings: options, the defaults unless given.
        give: values for facts, of which those that the law speaks of are given all at once; unless given, every such
            fact is given each of its values in turn.
        evaluator: what answers; that of `evaluate` unless given.
    """
    ask = _asking(evaluator)
    answer = ask(policy, case, as_of=as_of, readings=readings)
    for given in _gifts(policy, case, give):
        richer = replace(case, facts={**case.facts, **given})
        found = ask(policy, richer, as_of=as_of, readings=readings)
        faults = (*_unsettled_rows(answer, found), *_unsettled_gaps(answer, found))
        _require(not faults, f"L12: giving {given} changes what was determined:\n" + "\n".join(faults))


def law_dump(policy: Policy, *, beside: Path | None = None) -> None:
    """L10: what a policy is dumped as loads as the same policy, in everything.

    Args:
        policy: any.
        beside: the folder whose `vocabulary/` and `calendars/` it needs; the packaged ones need none.
    """
    found, faults = read_policy_text(Source("dumped.yaml", dump(policy)), beside)
    _require(found is not None, f"L10: what was dumped does not load: {', '.join(map(str, faults))}")
    parts = (*(each.name for each in fields(policy)),)
    changed = [name for name in parts if getattr(found, name) != getattr(policy, name)]
    _require(found == policy and not changed, f"L10: dumping and loading changes {', '.join(changed)}")


def law_as_strict_as_itself(policy: Policy) -> None:
    """L11: a policy is at least as strict as itself, and no change of answers is found between it and itself."""
    refuted = at_least_as_strict(policy, policy).counterexamples
    found = [f"{each.duty.provision} at {each.as_of}: {each.found.name} and {each.instead.name}" for each in refuted]
    _require(not found, "L11: it is not as strict as itself:\n  " + "\n  ".join(found))
    changed = [each.name for each in diff(policy, policy).changed]
    _require(not changed, f"L11: answers change between it and itself: {', '.join(changed)}")


def suite(
    *policies: Policy | SearchStrategy[Policy],
    examples: int | None = None,
    readings: Readings = None,
    witness: Path | str | None = None,
    beside: Path | str | None = None,
) -> type:
    """Return a class of tests for pytest: a test for each law and policy, on generated cases.

    ::

        import policyengine as pe
        from policyengine.testing import laws

        TestLaws = laws.suite(pe.load("changzhi"))

    The Hypothesis profile in force is honoured, apart from the time that one case may take. Where a law is broken,
    the smallest case found that breaks it stands in the failure, as a case file, with the command that judges it.

    Args:
        policies: each on its own; a strategy, such as :func:`strategies.policies`, for ever new ones.
        examples: cases for each law; those of the profile unless given.
        readings: options under which all questions are asked; the others are chosen anew for each.
        witness: the directory that the case is written to besides, in place of an older one.
        beside: the folder whose `vocabulary/` and `calendars/` the policies need; packaged ones need none.

    Raises:
        MissingExtraError: Hypothesis or pytest is not installed.
    """
    try:
        from policyengine.testing.suites import Manner, law_tests
    except ModuleNotFoundError as error:
        raise MissingExtraError("tests need Hypothesis and pytest: install `regulatory-duties[testing]`") from error
    manner = Manner(examples, FrozenMap(readings or {}), _folder(witness), _folder(beside))
    return law_tests(policies, manner)


def _folder(path: Path | str | None) -> Path | None:
    return None if path is None else Path(path)


def unknown_facts(policy: Policy, case: Case) -> tuple[str, ...]:
    """Return the facts of the vocabulary that are unknown in *case*, not presumed, and set by no event (L12)."""
    presumed = {name for name in policy.header.presume if name not in case.facts}
    known = {name for name, value in case.facts.items() if value is not None}
    settled = {*presumed, *known, *(name for event in case.events for name in event.sets)}
    return tuple(name for name in policy.vocabulary.facts if name not in settled)


def _asking(evaluator: EvaluatorName | None) -> Callable[..., Assessment]:
    return evaluate if evaluator is None else partial(evaluate, evaluator=evaluator)


def _gifts(policy: Policy, case: Case, give: Mapping[str, FactValue] | None) -> Iterator[Mapping[str, FactValue]]:
    unknown = unknown_facts(policy, case)
    if give is not None:
        yield {name: value for name, value in give.items() if name in unknown}
        return
    yield from ({name: value} for name in unknown for value in values_of(policy, name))


def _shifted_rows(answer: Assessment, provision: str, micros: int) -> tuple[object, ...]:
    return tuple(shifted_row(each, micros) for each in answer.duties if each.provision == provision)


def _named(row: Duty) -> str:
    return row.provision if row.instance is None else f"{row.provision} {row.instance}"


def _lost_violations(earlier: Assessment, later: Assessment) -> Iterator[str]:
    found = rows(later)
    for name, each in rows(earlier).items():
        row = found.get(name)
        if each.violated and (row is None or row.violated_at != each.violated_at):
            then = "nothing" if row is None else f"{row.status}, violated at {row.violated_at}"
            yield f"  {_named(each)}: violated at {each.violated_at}, then {then}"


def _unsettled_rows(answer: Assessment, found: Assessment) -> Iterator[str]:
    before, after = rows(answer), rows(found)
    for name, each in before.items():
        # An instance that a missing fact left open may turn out not to be there at all.
        row = after.get(name, replace(each, status=Status.NOT_TRIGGERED, violated_at=None))
        if each.status is Status.UNDETERMINED:
            yield from _unsettled_row(each, row)
        elif _determined(each) != _determined(row):
            yield f"  {_named(each)}: {_determined(each)} became {_determined(row)}"
        elif each.exists and each.owed not in (None, row.owed):
            yield f"  {_named(each)}: owed {each.owed} became {row.owed}"
        elif each.exists and each.bearer not in (None, row.bearer):
            yield f"  {_named(each)}: its bearer {each.bearer} became {row.bearer}"
    for name, row in after.items():
        if name not in before and row.exists:
            yield f"  {_named(row)}: {row.status} came from nowhere"


def _unsettled_row(each: Duty, row: Duty) -> Iterator[str]:
    if row.status is not Status.UNDETERMINED and _kind(row.status) not in map(_kind, each.possible):
        yield f"  {_named(each)}: {row.status} was not among {', '.join(each.possible)}"
    if each.violated_at not in (None, row.violated_at):
        yield f"  {_named(each)}: the violation at {each.violated_at} became one at {row.violated_at}"


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
    acts = (row.performed, row.breaches, row.trigger, row.last_act, row.partial_acts)
    return (row.status.value, limit, row.violated_at, row.late_activation, *acts)


def _require_same(law: str, change: str, expected: Assessment, found: Assessment) -> None:
    if canonical(expected) != canonical(found):
        raise AssertionError(f"{law}: {change} changes the answer:\n" + "\n".join(differences(expected, found)))


def _require(holds: bool, message: str) -> None:  # noqa: FBT001 - it is what is asserted
    if not holds:
        raise AssertionError(message)
