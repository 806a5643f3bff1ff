"""When an answer changes next: by the kinds of instants at which one can, and for any case under any policy."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import policyengine as pe
from policyengine.monitor import Monitor
from policyengine.monitor.judging import judge, same
from policyengine.monitor.outlook import Outlook
from policyengine.testing import strategies
from policyengine.testing.moments import limit_of, ways
from tests.unit.monitor.lives import few, timeless

if TYPE_CHECKING:
    from random import Random

GOOD = Path(__file__).parents[2] / "policies" / "good"
CHANGZHI, COMPOSITES, RECURRING = (
    pe.load(each) for each in ("changzhi", GOOD / "composites.yaml", GOOD / "recurring.yaml")
)
MOST_PROBES = 40


def _monitor(policy: pe.Policy, as_of: str, *events: tuple[str, str], **facts: bool | str) -> Monitor[pe.Assessment]:
    """Return a monitor with one case, in which *events* (type, instant) happened."""
    monitor = Monitor(policy, as_of=as_of)
    monitor.open("a", facts=facts)
    for number, (kind, at) in enumerate(events):
        monitor.record("a", {"id": f"e{number}", "type": kind, "at": at})
    return monitor


def _walk(monitor: Monitor[pe.Assessment], policy: pe.Policy, count: int) -> list[str]:
    """Let time pass from change to change, and return when they come, on the clock of *policy*."""
    found: list[str] = []
    for _ in range(count):
        at = monitor.next_change("a")
        assert at == monitor.next_change()
        if at is None:
            return [*found, "never"]
        before = timeless(monitor.answer("a"))
        monitor.advance(at.plus(-1))
        assert timeless(monitor.answer("a")) == before
        monitor.advance(at)
        assert timeless(monitor.answer("a")) != before
        found.append(at.to_iso(policy.zone))
    return found


def test_a_limit_passes() -> None:
    monitor = _monitor(CHANGZHI, "2025-10-08T23:30:00+08:00", ("detected", "2025-10-08T23:30:00+08:00"))
    monitor.record(
        "a", {"id": "g", "type": "graded", "at": "2025-10-08T23:30:00+08:00", "sets": {"event_severity": "major"}}
    )
    # One microsecond after an hour, and after a day: at the limit itself an act is in time (S18).
    assert _walk(monitor, CHANGZHI, 2) == ["2025-10-09T00:30:00.000001+08:00", "2025-10-09T23:30:00.000001+08:00"]


def test_an_event_that_is_known_beforehand_comes_to_be_seen() -> None:
    monitor = _monitor(COMPOSITES, "2025-05-06T10:00:00+08:00", ("opened", "2025-05-07T10:00:00+08:00"), risk="high")
    assert monitor.next_change("a") == pe.Instant.parse("2025-05-07T10:00:00+08:00")


def test_an_event_that_bears_on_nothing_changes_nothing() -> None:
    monitor = _monitor(COMPOSITES, "2025-05-06T10:00:00+08:00", ("visited", "2025-05-07T10:00:00+08:00"))
    assert monitor.next_change("a") is None


def test_a_limit_passes_in_a_way_that_the_row_does_not_show() -> None:
    # Until somebody says what the risk is, the limit is two hours (shown) or three days (not shown).
    monitor = _monitor(COMPOSITES, "2025-05-06T10:30:00+08:00", ("opened", "2025-05-06T10:30:00+08:00"))
    monitor.record("a", {"id": "h", "type": "heard", "at": "2025-05-06T10:30:00+08:00"})
    row = monitor.answer("a").duty("inspect-when-high")
    assert row.status is pe.Status.UNDETERMINED
    assert row.limit is not None
    assert row.limit.due == pe.Instant.parse("2025-05-06T13:00:00+08:00")
    found = _walk(monitor, COMPOSITES, 20)
    assert "2025-05-06T13:00:00.000001+08:00" in found
    assert "2025-05-10T00:00:00+08:00" in found


def test_the_periods_of_recurring_duties_start() -> None:
    monitor = _monitor(RECURRING, "2025-05-08T12:00:00+02:00", ("opened", "2025-05-08T12:00:00+02:00"), level="low")
    # Thursday: the first whole working day is Friday; the weekend has none, and the next starts on Monday.
    assert _walk(monitor, RECURRING, 3) == [
        "2025-05-09T00:00:00+02:00",
        "2025-05-10T00:00:00+02:00",
        "2025-05-12T00:00:00+02:00",
    ]


def test_times_of_day_are_met_on_the_clock_of_the_policy() -> None:
    monitor = _monitor(RECURRING, "2025-05-08T12:00:00+02:00", level="low")
    monitor.record("a", {"id": "e", "type": "alarm", "at": "2025-05-08T12:00:00+02:00", "attributes": {"amount": 1}})
    # A period ends with its time of day, in which an act is in time, and the next one starts with it.
    assert _walk(monitor, RECURRING, 4) == [
        "2025-05-08T17:00:00+02:00",
        "2025-05-08T17:00:00.000001+02:00",
        "2025-05-09T00:00:00+02:00",
        "2025-05-09T00:00:00.000001+02:00",
    ]


def test_a_recurring_duty_that_has_ended_has_no_next_period() -> None:
    monitor = _monitor(RECURRING, "2025-05-08T12:00:00+02:00", ("opened", "2025-05-08T12:00:00+02:00"), level="low")
    monitor.record("a", {"id": "c", "type": "closed", "at": "2025-05-08T12:00:00+02:00"})
    assert monitor.next_change("a") is None


def test_the_log_ceases_to_be_complete() -> None:
    monitor = Monitor(COMPOSITES, as_of="2025-05-06T10:00:00+08:00")
    monitor.open("a", known_until="2025-05-06T11:00:00+08:00")
    assert monitor.next_change() == pe.Instant.parse("2025-05-06T11:00:00.000001+08:00")


def test_what_is_over_never_changes() -> None:
    monitor = Monitor(CHANGZHI, as_of="2025-10-08T23:30:00+08:00")
    monitor.open("a")
    assert monitor.next_change() is None
    assert Monitor(CHANGZHI, as_of="2025-10-08T23:30:00+08:00").next_change() is None


def test_nothing_lies_beyond_the_last_year() -> None:
    monitor = _monitor(CHANGZHI, "9000-12-31T23:59:59Z", ("detected", "9000-12-31T23:59:59Z"))
    assert monitor.next_change() is None


@pytest.mark.parametrize("name", [*("outcomes", "recurring", "regrading", "occurrences"), "changzhi", "hubei"])
def test_nothing_changes_before_and_something_then(name: str) -> None:
    path = GOOD / f"{name}.yaml"
    policy = pe.load(path if path.exists() else name)
    asked = strategies.questions(policy, amended=True)

    @settings(few, max_examples=6)
    @given(asked, st.randoms(use_true_random=False))
    def hold(question: strategies.Question, chosen: Random) -> None:
        _hold(policy, question, chosen)

    hold()


@settings(few, max_examples=20)
@given(st.data(), st.randoms(use_true_random=False))
def test_nothing_changes_before_and_something_then_under_generated_policies(
    data: st.DataObject, chosen: Random
) -> None:
    policy = data.draw(POLICIES)
    _hold(policy, data.draw(strategies.questions(policy, amended=True)), chosen)


POLICIES = strategies.policies(CHANGZHI.vocabulary)


def _hold(policy: pe.Policy, question: strategies.Question, chosen: Random) -> None:
    """Hold three changes in a row to the answers before them, at limits and elsewhere, and at them."""
    asked, at = judge(policy, question.readings), question.as_of
    outlook = Outlook(asked)
    for _ in range(3):
        now = asked.tried(question.case, at)
        if isinstance(now, pe.CaseError):
            return
        bound = outlook.bound(question.case, now, at)
        found = None if bound is None else outlook.exact(question.case, now, bound)
        last = at.plus(500 * 86_400_000_000) if found is None else found.plus(-1)
        for moment in _probes(policy, question, (at, last), chosen):
            assert same(asked.tried(question.case, moment), now)
        if found is None:
            return
        assert not same(asked.tried(question.case, found), now)
        at = found


def _probes(
    policy: pe.Policy, question: strategies.Question, between: tuple[pe.Instant, pe.Instant], chosen: Random
) -> list[pe.Instant]:
    anchors = [between[0], *(each.at for each in question.case.events)]
    once = [limit_of(way, anchor, policy) for way in ways(policy) for anchor in anchors]
    twice = [limit_of(way, anchor, policy) for way in ways(policy)[:3] for anchor in once[:20]]
    near = {each.plus(more) for each in (*anchors, *once, *twice) for more in (0, 1)}
    found = sorted(each for each in near if between[0] < each <= between[1])
    return [*chosen.sample(found, min(len(found), MOST_PROBES)), between[1]]
