"""Just before, at and just after a limit: which instants count, of which limit, in which answers."""

from __future__ import annotations

import pytest

from policyengine.checks.coverage.coverage import Kind
from tests.support.covering import covered, covering, states
from tests.support.lab import policy

HOURS = "{id: a, must: speak, upon: start, deadline: {within: {hours: 24}}}"
DAYS = "{id: a, must: speak, upon: start, deadline: {within: {days: 3}}}"
WORKING_DAYS = "{id: a, must: speak, upon: start, deadline: {within: {working_days: 5}}}"
CLOSE = '{id: a, must: speak, upon: start, deadline: {within: {days: 3}, ends: "17:30"}}'
COMPOSITE = (
    "{id: a, must: speak, upon: start, deadline: {earliest: [{within: {hours: 24}}, {within: {hours: 2}, of: anchor}]}}"
)


def sides(text: str, as_of: str, *events: str, keys: str = "status: active") -> set[str]:
    """Return the sides of limits that one question covers, each as `LIMIT SIDE`."""
    lines = "".join(f"  - {{{each}}}\n" for each in events)
    file = (
        f"case: c\npolicy: lab\nas_of: {as_of}\nevents:\n  - {{id: e1, type: start, at: 2026-03-02T09:00:00+08:00}}\n"
        f"{lines}expect:\n  - {{provision: a, {keys}}}\n"
    )
    found = covered(covering(policy(text), file), Kind.BOUNDARIES)
    names = {"just before": "before", "exactly at": "at", "just after": "after"}
    return {f"{each.rsplit('(', 1)[1][:-1]} {names[each[3:].split(' the limit')[0]]}" for each in found}


@pytest.mark.parametrize(
    ("text", "as_of", "expected"),
    [
        pytest.param(HOURS, "2026-03-03T08:58:59+08:00", set(), id="hours-more-than-a-minute-before"),
        pytest.param(HOURS, "2026-03-03T08:59:00+08:00", {"24 hours before"}, id="hours-a-minute-before"),
        pytest.param(HOURS, "2026-03-03T08:59:59.999999+08:00", {"24 hours before"}, id="hours-one-tick-before"),
        pytest.param(HOURS, "2026-03-03T09:00:00+08:00", {"24 hours at"}, id="hours-at"),
        pytest.param(HOURS, "2026-03-03T09:00:00.000001+08:00", {"24 hours after"}, id="hours-first-late-instant"),
        pytest.param(HOURS, "2026-03-03T09:01:00.000001+08:00", {"24 hours after"}, id="hours-a-minute-after"),
        pytest.param(HOURS, "2026-03-03T09:01:01+08:00", set(), id="hours-more-than-a-minute-after"),
        pytest.param(HOURS, "2026-03-03T01:00:00Z", {"24 hours at"}, id="hours-at-in-another-zone"),
        pytest.param(DAYS, "2026-03-05T23:59:30+08:00", {"3 days before"}, id="days-before-24-o'clock"),
        pytest.param(DAYS, "2026-03-06T00:00:00+08:00", {"3 days at"}, id="days-at-24-o'clock"),
        pytest.param(DAYS, "2026-03-06T00:00:01+08:00", {"3 days after"}, id="days-after-24-o'clock"),
        pytest.param(DAYS, "2026-03-06T00:01:00+08:00", {"3 days after"}, id="days-a-minute-after"),
        pytest.param(WORKING_DAYS, "2026-03-10T00:00:00+08:00", {"5 working days at"}, id="working-days-at"),
        pytest.param(WORKING_DAYS, "2026-03-07T00:00:00+08:00", set(), id="working-days-not-calendar-days"),
        pytest.param(CLOSE, "2026-03-05T17:29:30+08:00", {"3 days before"}, id="close-of-business-before"),
        pytest.param(CLOSE, "2026-03-05T17:30:00+08:00", {"3 days at"}, id="close-of-business-at"),
        pytest.param(CLOSE, "2026-03-05T17:30:30+08:00", {"3 days after"}, id="close-of-business-after"),
        pytest.param(CLOSE, "2026-03-06T00:00:00+08:00", set(), id="close-of-business-not-24-o'clock"),
    ],
)
def test_instant_asked_about_lies_on_one_side_of_a_limit(text: str, as_of: str, expected: set[str]) -> None:
    assert sides(text, as_of) == expected


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        pytest.param("2026-03-03T08:59:30+08:00", {"24 hours before"}, id="just-before"),
        pytest.param("2026-03-03T09:00:00+08:00", {"24 hours at"}, id="at"),
        pytest.param("2026-03-03T09:00:30+08:00", {"24 hours after"}, id="just-after"),
        pytest.param("2026-03-02T15:00:00+08:00", set(), id="long-before-though-asked-at-the-limit"),
    ],
)
def test_act_decides_where_there_is_one(at: str, expected: set[str]) -> None:
    as_of = "2026-03-03T09:00:00+08:00" if at < "2026-03-03T09" else "2026-03-04T12:00:00+08:00"
    assert sides(HOURS, as_of, f"id: e2, type: speak, at: {at}", keys="status: fulfilled") == expected


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        pytest.param("status: active", True, id="status"),
        pytest.param("finding: null", True, id="finding"),
        pytest.param("violated_at: null", True, id="violated-at"),
        pytest.param("due: 2026-03-03T09:00:00+08:00", False, id="due-alone"),
        pytest.param('clause: "LAB:1"', False, id="clause-alone"),
    ],
)
def test_what_the_limit_decides_has_to_be_asserted(keys: str, *, expected: bool) -> None:
    assert bool(sides(HOURS, "2026-03-03T09:00:00+08:00", keys=keys)) is expected


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        pytest.param("2026-03-02T13:00:00+08:00", {"2 hours at"}, id="the-limb-that-ends-first"),
        pytest.param("2026-03-03T09:00:00+08:00", set(), id="the-limb-that-does-not-decide"),
    ],
)
def test_limb_that_decided_is_the_one_covered(as_of: str, expected: set[str]) -> None:
    assert sides(COMPOSITE, as_of, "id: e2, type: anchor, at: 2026-03-02T11:00:00+08:00") == expected


def test_limb_without_its_anchor_is_left_out() -> None:
    assert sides(COMPOSITE, "2026-03-03T09:00:00+08:00") == {"24 hours at"}


def test_limit_that_caps_another_is_not_covered_by_it() -> None:
    """Graded up, the duty of 24 hours ends with the 2 hours that were running (S26): not its own limit decides."""
    text = """
        {id: a, must: speak, upon: start, when: {grade: {at_least: high}}, deadline: {within: {hours: 24}}}
        {id: b, must: speak, upon: start, when: {grade: {less_than: high}}, deadline: {within: {hours: 2}}}
    """
    file = """
        case: c
        policy: lab
        as_of: 2026-03-02T11:00:00+08:00
        facts: {grade: low}
        events:
          - {id: e1, type: start, at: 2026-03-02T09:00:00+08:00}
          - {id: e2, type: change, at: 2026-03-02T10:00:00+08:00, sets: {grade: high}}
        expect:
          - {provision: a, status: active, due: 2026-03-02T11:00:00+08:00}
    """
    assert covered(covering(policy(text), file), Kind.BOUNDARIES) == set()


RECURRING = '{id: a, must: speak, upon: start, every: {at: ["10:00", "16:00"]}}'
CHAINED = "{id: a, must: speak, upon: start, every: {since_last_act: {hours: 4}}}"


@pytest.mark.parametrize(
    ("text", "as_of", "instance", "number"),
    [
        pytest.param(RECURRING, "2026-03-02T10:00:00+08:00", "2026-03-02T10:00", 1, id="times-of-day"),
        pytest.param(CHAINED, "2026-03-02T13:00:00+08:00", "e1", 1, id="since-the-last-act"),
        pytest.param(CHAINED, "2026-03-02T13:30:00+08:00", "e1", 0, id="half-an-hour-late"),
    ],
)
def test_recurring_duty_has_the_boundaries_of_its_periods(text: str, as_of: str, instance: str, number: int) -> None:
    file = f"""
        case: c
        policy: lab
        as_of: {as_of}
        events:
          - {{id: e1, type: start, at: 2026-03-02T09:00:00+08:00}}
        expect:
          - {{provision: a, instance: "{instance}", finding: null}}
    """
    found = states(covering(policy(text), file), Kind.BOUNDARIES)
    assert len(found) == 3
    assert list(found.values()).count("covered") == number


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("{id: a, must: speak, upon: start, deadline: {promptly: true}}", id="promptly"),
        pytest.param("{id: a, must: speak, upon: start, deadline: {before: tell}}", id="before-an-event"),
        pytest.param("{id: a, must: speak, upon: start}", id="no-limit"),
        pytest.param("{id: a, must_not: speak, upon: start}", id="prohibition"),
    ],
)
def test_limit_without_a_number_has_no_boundary(text: str) -> None:
    file = "{case: c, policy: lab, as_of: 2026-03-02T09:00:00+08:00, events: [], absent: [a]}"
    assert states(covering(policy(text), file), Kind.BOUNDARIES) == {}
