"""What findings add up to: by kind, clause, bearer, month and case, and how late things were."""

from __future__ import annotations

import pytest

from policyengine.checks.audit.audit import Audit, CaseTotal, Lateness
from policyengine.checks.audit.failing import FailOn, fails
from policyengine.checks.audit.finding import Kind
from policyengine.checks.audit.tally import MOST_WORST
from tests.support import lab
from tests.support.audits import HOUR, held, logged

POLICY = lab.policy(
    """
    {id: a, must: tell, upon: start, deadline: {within: {hours: 1}}}
    {id: b, should: answer, upon: start, deadline: {within: {hours: 1}}}
    {id: c, must_not: punish}
    """
)


def audited(*delays: str) -> Audit:
    """Return an audit of a case for each delay: the time at which the act was done, empty where it was not."""
    log = [
        logged(f"c{number}", "9:00 start", "9:00 answer", *([f"{delay} tell"] if delay else []), line=10 * number)
        for number, delay in enumerate(delays, start=1)
    ]
    return held(POLICY, *log, when="20:00")


@pytest.mark.parametrize(
    ("delays", "found"),
    [
        ((), Lateness(0, 0, 0, None, None)),
        (("10:00",), Lateness(0, 0, 0, None, None)),
        (("11:00",), Lateness(1, 1, 0, HOUR, HOUR)),
        (("11:00", "13:00"), Lateness(2, 2, 0, HOUR, 3 * HOUR)),
        (("13:00", "11:00", "12:00"), Lateness(3, 3, 0, 2 * HOUR, 3 * HOUR)),
        (("", "11:00"), Lateness(2, 1, 1, HOUR, 10 * HOUR)),
    ],
    ids=["no case", "in time", "one", "the lower of two in the middle", "the one in the middle", "still owed"],
)
def test_how_late(delays: tuple[str, ...], found: Lateness) -> None:
    late = audited(*delays)
    assert late.lateness == found
    assert dict(late.late) == ({("lab", "a"): found} if found.late else {})


def test_what_ended_without_the_act_is_late_without_a_length() -> None:
    policy = lab.policy("{id: a, must: tell, upon: start, until: stop, deadline: {within: {hours: 1}}}")
    found = held(policy, logged("c", "9:00 start", "12:00 stop"))
    assert found.lateness == Lateness(1, 0, 0, None, None)


def test_totals() -> None:
    log = (
        logged("c1", "9:00 start", "10:30 punish"),
        logged("c2", "9:00 start", "9:30 tell", "9:30 answer", line=20),
        logged("c3", "9:00 start", "9:30 tell", line=30),
    )
    totals = held(POLICY, *log, when="12:00").totals
    assert (totals.cases, totals.events, totals.judged) == (3, 7, 3)
    assert {kind.value: tally.found for kind, tally in totals.kinds.items() if tally.found} == {
        "violation": 2,
        "advisory": 2,
    }
    assert list(totals.kinds) == list(Kind)
    assert totals.clauses == {("lab", "LAB:1"): {Kind.VIOLATION: 2, Kind.ADVISORY: 2}}
    assert totals.bearers == {
        ("lab", "unit"): {Kind.VIOLATION: 1, Kind.ADVISORY: 2},
        ("lab", None): {Kind.VIOLATION: 1},
    }
    assert totals.worst == (
        CaseTotal("c1", {Kind.VIOLATION: 2, Kind.ADVISORY: 1}),
        CaseTotal("c3", {Kind.ADVISORY: 1}),
    )
    assert totals.more == 0


def test_months_are_those_of_the_policys_clock() -> None:
    # 2026-04-01T00:30 in Shanghai is still March in UTC.
    log = (logged("c1", "+29 23:29 start"), logged("c2", "+29 23:30 start", line=20))
    totals = held(POLICY, *log, when="+60 0:00").totals
    assert {month: counts[Kind.VIOLATION] for month, counts in totals.months.items()} == {"2026-04": 2}
    before = held(POLICY, logged("c1", "+29 22:58 start"), when="+60 0:00").totals
    assert list(before.months) == ["2026-03"]


def test_the_worst_cases_come_first_and_of_equals_the_earlier() -> None:
    log = [logged(f"c{number}", "9:00 start", "9:10 tell", "9:10 answer", "9:30 punish") for number in range(25)]
    worst = logged("worst", "9:00 start", "9:10 tell", "9:10 answer", "9:30 punish", "9:31 punish")
    totals = held(POLICY, *log, worst).totals
    assert [each.case for each in totals.worst] == ["worst", *(f"c{number}" for number in range(MOST_WORST - 1))]
    assert totals.more == 26 - MOST_WORST


@pytest.mark.parametrize("kind", list(Kind))
def test_what_fails_a_build(kind: Kind) -> None:
    failing = {
        Kind.VIOLATION: [FailOn.VIOLATION, FailOn.ADVISORY, FailOn.UNDETERMINED],
        Kind.ADVISORY: [FailOn.ADVISORY, FailOn.UNDETERMINED],
        Kind.UNDETERMINED: [FailOn.UNDETERMINED],
    }
    assert [on for on in FailOn if fails(kind, on)] == failing.get(kind, [])
    some = [FailOn.UNDETERMINED] if kind in failing else []
    assert [on for on in FailOn if fails(kind, on, only_some=True)] == some
