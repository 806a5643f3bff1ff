"""Limits in days by look-up are those that are counted day by day, in any zone."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

import policyengine as pe
from policyengine.engine.compiled.counts import counted_by
from policyengine.engine.compiled.plan import Limb
from policyengine.engine.reference.counting import count
from policyengine.temporal.limit import Counting, Length, Unit
from policyengine.temporal.zone import Zone

SHANGHAI = pe.load("changzhi")
MONTHS = 26 * 30 * 86_400_000_000


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/St_Johns", "Australia/Lord_Howe", "Pacific/Apia"])
@pytest.mark.parametrize(
    ("length", "rules"),
    [
        pytest.param(Length(Unit.WORKING_DAYS, 5), Counting(), id="5 working days"),
        pytest.param(Length(Unit.DAYS, 5), Counting(roll="next_working_day"), id="5 days, rolled"),
        pytest.param(Length(Unit.MONTHS, 1), Counting(), id="a month"),
        pytest.param(Length(Unit.HOURS, 5), Counting(hours="next_full_hour"), id="5 hours from the next full hour"),
    ],
)
def test_a_limit_found_by_look_up_is_the_one_counted(zone: str, length: Length, rules: Counting) -> None:
    policy = replace(SHANGHAI, zone=Zone(zone))
    found = counted_by(policy, Limb(length=length, counting=rules))
    draw = Random(7)  # noqa: S311 - the same instants every time
    start = pe.Instant.parse("2025-01-01T00:00Z").micros
    for _ in range(400):
        anchor = start + draw.randrange(MONTHS)
        for at in (anchor, anchor // 3_600_000_000 * 3_600_000_000):
            expected = count(length, pe.Instant(at), counting=rules, calendar=policy.calendar, zone=policy.zone)
            assert found(at) == (expected.due.micros, expected.late_from.micros)
