"""Calendars: the packaged ones against two other sources, and what a calendar refuses (S22)."""

from __future__ import annotations

import pickle
from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest

from policyengine.temporal.calendar import Calendar, DaysOff, Source
from policyengine.wording import Wording
from tests.support.calendars import calendar

NAME = Wording("某日", "Some Day")
WEEKEND = frozenset({5, 6})


def days_of(year: int) -> list[date]:
    return [date(year, 1, 1) + timedelta(number) for number in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)]


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_china_agrees_with_two_other_sources_on_every_day(year: int) -> None:
    other = holidays.country_holidays("CN", years=year)
    for day in days_of(year):
        worked = calendar("cn").is_working_day(day)
        assert worked == chinese_calendar.is_workday(day), day
        assert worked == other.is_working_day(day), day
        assert calendar("cn").certain(day)


@pytest.mark.parametrize(("year", "number"), [(2024, 251), (2025, 248), (2026, 248)])
def test_working_days_of_a_year(year: int, number: int) -> None:
    assert sum(map(calendar("cn").is_working_day, days_of(year))) == number


def test_make_up_days_are_weekend_days_and_holidays_have_names() -> None:
    china = calendar("cn")
    assert all(day.weekday() in china.weekend for day in china.worked)
    assert china.holiday(date(2025, 10, 8)) == Wording("国庆节、中秋节", "National Day and Mid-Autumn Festival")
    assert china.holiday(date(2025, 10, 9)) is None
    assert china.holiday(date(2025, 10, 12)) is None, "a plain Sunday is no holiday"
    assert [(each.year, each.issued) for each in china.sources] == [
        (2024, date(2023, 10, 25)),
        (2025, date(2024, 11, 12)),
        (2026, date(2025, 11, 4)),
    ]


def test_every_announced_day_lies_in_its_year_and_in_the_announced_period() -> None:
    china = calendar("cn")
    dates = [day for each in china.days_off for day in each.days()] + list(china.worked)
    assert all(china.certain(day) for day in dates)
    assert [each.first for each in china.days_off] == sorted(each.first for each in china.days_off)
    assert all(each.first.year == each.last.year for each in china.days_off)


@pytest.mark.parametrize(
    ("day", "certain", "worked"),
    [
        (date(2023, 12, 29), False, True),
        (date(2023, 12, 31), False, False),
        (date(2024, 1, 1), True, False),
        (date(2026, 12, 31), True, True),
        (date(2027, 1, 1), False, True),
        (date(2027, 1, 2), False, False),
    ],
)
def test_outside_the_announced_period_weekends_alone_count(day: date, *, certain: bool, worked: bool) -> None:
    assert calendar("cn").certain(day) is certain
    assert calendar("cn").is_working_day(day) is worked


def test_data_outside_the_announced_period_are_not_used() -> None:
    own = Calendar(
        id="own",
        title=NAME,
        weekend=WEEKEND,
        days_off=(DaysOff(date(2027, 1, 1), date(2027, 1, 1), NAME),),
        worked=frozenset({date(2027, 1, 2)}),
        announced_until=date(2026, 12, 31),
    )
    assert own.is_working_day(date(2027, 1, 1))
    assert not own.is_working_day(date(2027, 1, 2))
    assert own.certain(date(1, 1, 1))


@pytest.mark.parametrize("name", ["weekends-only", "always"])
def test_calendars_without_years_are_certain_for_ever(name: str) -> None:
    plain = calendar(name)
    assert plain.id == name
    assert plain.certain(date.min)
    assert plain.certain(date.max)
    assert plain.is_working_day(date(2025, 10, 1))
    assert plain.is_working_day(date(2025, 10, 4)) is (name == "always")


@pytest.mark.parametrize("name", ["cn", "weekends-only", "always"])
def test_calendars_are_values_with_two_titles(name: str) -> None:
    copy = pickle.loads(pickle.dumps(calendar(name)))  # noqa: S301
    assert copy == calendar(name)
    assert hash(copy) == hash(calendar(name))
    assert copy.is_working_day(date(2025, 10, 8)) == calendar(name).is_working_day(date(2025, 10, 8))
    assert all(copy.title)
    assert all(all(each.name) for each in copy.days_off)


def test_calendars_that_differ_are_not_equal() -> None:
    source = Source(2025, date(2024, 11, 12), NAME)
    assert Calendar("a", NAME, WEEKEND) != Calendar("a", NAME, WEEKEND, sources=(source,))


@pytest.mark.parametrize("weekend", [frozenset(range(7)), frozenset({7}), frozenset({-1})])
def test_a_week_needs_a_working_day(weekend: frozenset[int]) -> None:
    with pytest.raises(ValueError, match="leaves at least one to work"):
        Calendar("bad", NAME, weekend)


def test_a_day_cannot_be_both_off_and_worked() -> None:
    holiday = DaysOff(date(2025, 10, 1), date(2025, 10, 8), NAME)
    with pytest.raises(ValueError, match="2025-10-04 is both off and worked"):
        Calendar("bad", NAME, WEEKEND, days_off=(holiday,), worked=frozenset({date(2025, 10, 4)}))


@pytest.mark.parametrize(
    ("first", "last"), [(date(2025, 10, 8), date(2025, 10, 1)), (date(2025, 10, 1), date(2026, 10, 2))]
)
def test_holidays_turned_round_or_endless_are_refused(first: date, last: date) -> None:
    with pytest.raises(ValueError, match="a holiday has from 1 to 366 days"):
        DaysOff(first, last, NAME)


def test_the_longest_holiday_is_a_leap_year() -> None:
    assert len(DaysOff(date(2024, 1, 1), date(2024, 12, 31), NAME).days()) == 366
