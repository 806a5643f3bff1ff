"""Cases that once broke a law, as small as they were found."""

from __future__ import annotations

from pathlib import Path

import pytest

import policyengine as pe
from policyengine import Case, Event, Status
from policyengine.testing.laws import law_violations_persist

GOOD = Path(__file__).parents[1] / "policies" / "good"


def test_l6_a_violation_outlives_the_knowledge_of_why_it_was_one() -> None:
    policy = pe.load("changzhi")
    published = Event(id="e1", type="publish", at=pe.Instant.parse("2026-05-01T10:00:00+08:00"))
    forgotten = pe.Instant.parse("2026-05-01T11:00:00+08:00")
    confirmed = pe.Instant.parse("2026-05-01T12:00:00+08:00")
    case = Case(
        id="c",
        facts={"concerns_other_agency": True},
        events=[
            published,
            Event(id="e2", type="occurred", at=forgotten, sets={"concerns_other_agency": None}),
            Event(id="e3", type="confirm_with_agency", at=confirmed, by="publisher"),
        ],
    )
    row = pe.evaluate(policy, case, as_of=confirmed).duty("confirm-with-agency")
    assert row.status is Status.UNDETERMINED
    assert row.possible == (Status.FULFILLED_LATE, Status.OVERDUE)
    assert row.violated_at == published.at
    assert row.violated
    law_violations_persist(policy, case, forgotten, later=confirmed)


@pytest.mark.parametrize("provision", ["not-untold", "tell-first"])
@pytest.mark.parametrize(
    "later", ["2025-10-09T00:00:00+08:00", "2025-12-31T00:00:00+08:00", "2026-01-01T00:00:00+08:00"]
)
def test_l6_a_violation_outlives_the_version_it_broke(provision: str, later: str) -> None:
    policy = pe.load(GOOD / "prohibitions.yaml")
    released = pe.Instant.parse("2025-10-08T23:59:59+08:00")
    case = Case(id="c", facts={"mode": "closed"}, events=[Event(id="e1", type="release", at=released)])
    assert pe.evaluate(policy, case, as_of=later).duty(provision).violated_at == released
    law_violations_persist(policy, case, released, later=later)


@pytest.mark.parametrize("provision", ["not-untold", "tell-first"])
def test_s6_nothing_is_violated_between_two_versions(provision: str) -> None:
    policy = pe.load(GOOD / "prohibitions.yaml")
    released = pe.Instant.parse("2025-10-09T00:00:00+08:00")
    case = Case(id="c", facts={"mode": "closed"}, events=[Event(id="e1", type="release", at=released)])
    for as_of in (released, pe.Instant.parse("2026-01-01T00:00:00+08:00")):
        assert pe.evaluate(policy, case, as_of=as_of).duty(provision).violated_at is None
