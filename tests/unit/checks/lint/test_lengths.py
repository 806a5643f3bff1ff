"""Lengths of time are found in Chinese and in English, and dates and ways of speaking are not."""

from __future__ import annotations

import pytest

from policyengine.checks.lint.lengths import Measure, named
from policyengine.temporal.limit import Unit

HOUR = 3_600_000_000


def hours(number: float) -> Measure:
    return Measure("", int(number * HOUR))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("48小时内回应", [hours(48)]),
        ("４８小时", [hours(48)]),
        ("二十四小时", [hours(24)]),
        ("一百二十分钟", [hours(2)]),
        ("半小时内", [hours(0.5)]),
        ("90分钟和1小时", [hours(1.5), hours(1)]),
        ("5个工作日", [Measure(Unit.WORKING_DAYS, 5)]),
        ("十五日内", [Measure(Unit.DAYS, 15)]),
        ("两天之内", [Measure(Unit.DAYS, 2)]),
        ("三个月内", [Measure(Unit.MONTHS, 3)]),
        ("一年以内", [Measure(Unit.MONTHS, 12)]),
        ("within 48 hours", [hours(48)]),
        ("within two working days", [Measure(Unit.WORKING_DAYS, 2)]),
        ("a 24-hour limit", [hours(24)]),
        ("half an hour in principle", [hours(0.5)]),
        ("after twenty-four hours", [hours(24)]),
        ("within 10 days", [Measure(Unit.DAYS, 10)]),
        ("the 1, 24 and 48 hours", [hours(48)]),
        pytest.param("2016年9月8日起施行", [], id="a date"),
        pytest.param("实行24小时值班", [], id="day and night"),
        pytest.param("第24小时", [], id="an ordinal"),
        pytest.param("每年一次", [], id="every year"),
        pytest.param("on duty 24 hours a day", [], id="day and night, in English"),
        pytest.param("the last five years", [], id="years that are no limit"),
        pytest.param("一二三小时", [], id="no number"),
        pytest.param("二十四时", [], id="a time of day"),
    ],
)
def test_lengths(text: str, expected: list[Measure]) -> None:
    assert [each.length for each in named(text)] == expected
