"""Instants and durations in words."""

from __future__ import annotations

from datetime import date

import pytest

from policyengine.report.moments import Clock, duration
from policyengine.temporal.instant import DAY, HOUR, MINUTE, SECOND, Instant
from policyengine.temporal.limit import Limit, Step, StepKind
from policyengine.temporal.zone import Zone

SHANGHAI = Zone("Asia/Shanghai")


@pytest.mark.parametrize(
    ("micros", "en", "zh"),
    [
        pytest.param(0, "less than 1 s", "不足1秒", id="nothing"),
        pytest.param(SECOND - 1, "less than 1 s", "不足1秒", id="just under a second"),
        pytest.param(SECOND, "1 s", "1秒", id="a second"),
        pytest.param(MINUTE, "1 min", "1分钟", id="a minute"),
        pytest.param(MINUTE + 59 * SECOND, "1 min 59 s", "1分钟59秒", id="minutes and seconds"),
        pytest.param(HOUR + SECOND, "1 h", "1小时", id="two units at most"),
        pytest.param(22 * HOUR + 45 * MINUTE, "22 h 45 min", "22小时45分钟", id="hours and minutes"),
        pytest.param(2 * DAY - SECOND, "47 h 59 min", "47小时59分钟", id="hours up to two days"),
        pytest.param(2 * DAY, "2 d", "2天", id="two days"),
        pytest.param(9 * DAY + HOUR + MINUTE, "9 d 1 h", "9天1小时", id="days and hours"),
    ],
)
def test_durations(micros: int, en: str, zh: str) -> None:
    assert duration(micros, "en") == en
    assert duration(micros, "zh") == zh


def test_instants_on_the_clock_of_the_policy() -> None:
    instant = Instant.parse("2025-10-08T16:30:00Z")
    assert Clock(SHANGHAI, "en").show(instant) == "Thu 2025-10-09 00:30"
    assert Clock(SHANGHAI, "zh").show(instant) == "2025-10-09 周四 00:30"
    assert Clock(SHANGHAI, "en").show(instant.plus(1)) == "Thu 2025-10-09 00:30:00.000001"
    assert Clock(SHANGHAI, "en").offset(instant) == "UTC+08:00"


def limit(due: str, *, inclusive: bool, kind: StepKind) -> Limit:
    end = Instant.parse(due)
    steps = (Step(kind, dates=(date(2025, 10, 9),), instants=(end,)),)
    return Limit(Instant.parse("2025-10-01T00:00Z"), end, inclusive, steps=steps)


@pytest.mark.parametrize(
    ("made", "shown"),
    [
        pytest.param(
            limit("2025-10-10T00:00+08:00", inclusive=False, kind=StepKind.END_OF_DAY),
            "Thu 2025-10-09 24:00",
            id="the end of a day is its own 24:00",
        ),
        pytest.param(
            limit("2025-10-10T00:00+08:00", inclusive=True, kind=StepKind.ELAPSED),
            "Fri 2025-10-10 00:00",
            id="hours that end at midnight",
        ),
        pytest.param(
            limit("2025-10-10T00:00+08:00", inclusive=False, kind=StepKind.BEFORE),
            "Fri 2025-10-10 00:00",
            id="an event at midnight",
        ),
        pytest.param(
            limit("2025-10-09T17:30+08:00", inclusive=True, kind=StepKind.CLOSE_OF_BUSINESS),
            "Thu 2025-10-09 17:30",
            id="close of business",
        ),
    ],
)
def test_ends_of_limits(made: Limit, shown: str) -> None:
    assert Clock(SHANGHAI, "en").end(made) == shown
