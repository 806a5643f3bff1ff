"""Laws of counting: L7, L8, and what holds between instants, zones and days."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from policyengine.engine.reference.counting import cap, count, earliest, latest
from policyengine.temporal.instant import DAY, FIRST_MICROS, HOUR, LAST_MICROS, SECOND, Instant
from policyengine.temporal.limit import Counting, Length, Limit, Unit
from policyengine.temporal.zone import Zone
from tests.support.calendars import calendar

if TYPE_CHECKING:
    from policyengine.temporal.calendar import Calendar

NAMES = (
    "UTC",
    "Asia/Shanghai",
    "Asia/Kathmandu",
    "Europe/Berlin",
    "America/New_York",
    "America/Sao_Paulo",
    "America/Havana",
    "America/St_Johns",
    "Africa/Cairo",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Antarctica/Troll",
)
ELAPSED_UNITS = (Unit.SECONDS, Unit.MINUTES, Unit.HOURS)

zones = st.sampled_from(NAMES).map(Zone)
# From 1900 to 2100: in the years of real cases and on both sides of what the calendars know.
instants = st.integers(-70 * 365 * DAY, 130 * 365 * DAY).map(Instant)
any_instants = st.integers(FIRST_MICROS, LAST_MICROS).map(Instant)
days = st.dates(date(1900, 1, 1), date(2100, 1, 1))
calendars = st.sampled_from(("cn", "weekends-only", "always")).map(calendar)
countings = st.builds(
    Counting,
    hours=st.sampled_from(("exact", "next_full_hour")),
    roll=st.sampled_from(("stay", "next_working_day")),
    ends=st.none() | st.times().map(lambda each: each.replace(second=0, microsecond=0)),
)
units = st.sampled_from(Unit)
numbers = st.integers(1, 80)
steps_of = st.builds(Length, units, numbers)


@st.composite
def limits(draw: st.DrawFn) -> Limit:
    return count(draw(steps_of), draw(instants), counting=draw(countings), calendar=draw(calendars), zone=draw(zones))


@settings(deadline=None)
@given(limits())
def test_l7_a_limit_is_not_before_its_anchor(limit: Limit) -> None:
    assert limit.due >= limit.anchor
    assert not limit.is_late(limit.anchor)


@settings(deadline=None)
@given(st.data(), units, numbers, instants)
def test_l7_a_limit_never_shrinks_as_n_grows(data: st.DataObject, unit: Unit, n: int, anchor: Instant) -> None:
    counting, days_known, zone = data.draw(countings), data.draw(calendars), data.draw(zones)
    shorter, longer = (
        count(Length(unit, each), anchor, counting=counting, calendar=days_known, zone=zone) for each in (n, n + 1)
    )
    assert shorter.late_from <= longer.late_from
    assert longer.provisional or not shorter.provisional or counting.roll != "stay"


@settings(deadline=None)
@given(st.data(), instants, instants)
def test_a_limit_never_shrinks_as_the_anchor_moves_on(data: st.DataObject, one: Instant, other: Instant) -> None:
    length, counting, zone = data.draw(steps_of), data.draw(countings), data.draw(zones)
    days_known = data.draw(calendars)
    first, second = (
        count(length, each, counting=counting, calendar=days_known, zone=zone) for each in sorted((one, other))
    )
    assert first.due <= second.due


@settings(deadline=None)
@given(st.sampled_from(ELAPSED_UNITS), numbers, instants, st.integers(-DAY, DAY), zones)
def test_l8_exact_lengths_shift_with_the_anchor(unit: Unit, n: int, anchor: Instant, shift: int, zone: Zone) -> None:
    here, there = (
        count(Length(unit, n), each, counting=Counting(), calendar=calendar("cn"), zone=zone)
        for each in (anchor, anchor.plus(shift))
    )
    assert here.due.plus(shift) == there.due
    assert here.late_from.plus(shift) == there.late_from
    assert not here.provisional


@settings(deadline=None)
@given(limits())
def test_late_from_is_after_due_exactly_where_due_is_inclusive(limit: Limit) -> None:
    assert (limit.late_from > limit.due) is limit.due_inclusive
    assert limit.late_from == limit.due.plus(1 if limit.due_inclusive else 0)


@settings(deadline=None)
@given(st.lists(limits(), min_size=1, max_size=4))
def test_composites_choose_among_their_limits(parts: list[Limit]) -> None:
    first, last = earliest(parts), latest(parts)
    assert first is not None
    assert last is not None
    ends = [each.late_from for each in parts]
    assert (first.late_from, last.late_from) == (min(ends), max(ends))
    assert first.provisional == last.provisional == any(each.provisional for each in parts)
    assert cap(parts[0], parts[-1]).late_from == min(ends[0], ends[-1])


@settings(deadline=None)
@given(any_instants, st.none() | zones)
def test_parse_reads_what_to_iso_writes(instant: Instant, zone: Zone | None) -> None:
    assert Instant.parse(instant.to_iso(zone)) == instant


@settings(deadline=None)
@given(instants, zones)
def test_the_clock_leads_back_to_the_instant(instant: Instant, zone: Zone) -> None:
    local = zone.local(instant)
    assert Instant.from_datetime(local) == instant
    back = zone.resolve(local.replace(tzinfo=None))
    # In a fold the clock shows one time twice, and the second occurrence is taken.
    assert back >= instant
    assert zone.local(back).replace(tzinfo=None) == local.replace(tzinfo=None)


@settings(deadline=None)
@given(st.datetimes(datetime(1900, 1, 2), datetime(2100, 1, 1)), zones)  # noqa: DTZ001
def test_resolve_never_shows_an_earlier_time(wall: datetime, zone: Zone) -> None:
    instant = zone.resolve(wall)
    assert zone.local(instant).replace(tzinfo=None) >= wall
    assert zone.local(instant.plus(-1)).replace(tzinfo=None) < wall or zone.offset(instant.plus(-1)) != zone.offset(
        instant
    )


@settings(deadline=None)
@given(days, zones)
def test_a_day_begins_where_the_one_before_has_ended_for_good(day: date, zone: Zone) -> None:
    begin = zone.first_instant(day)
    assert zone.local_date(begin) >= day
    assert zone.local_date(begin.plus(-1)) < day
    assert all(zone.local_date(begin.plus(hour * HOUR)) >= day for hour in range(24))


@settings(deadline=None)
@given(instants, zones)
def test_the_next_full_hour_is_one_within_the_hour(instant: Instant, zone: Zone) -> None:
    mark = zone.next_full_hour(instant)
    assert mark > instant
    jump = zone.offset(mark) - zone.offset(instant)
    if jump * SECOND % HOUR == 0:
        assert mark.micros - instant.micros <= HOUR
        local = zone.local(mark)
        assert (local.minute, local.second, local.microsecond) == (0, 0, 0)


@settings(deadline=None)
@given(numbers, instants, calendars, zones)
def test_n_working_days_lie_between_anchor_and_limit(n: int, anchor: Instant, known: Calendar, zone: Zone) -> None:
    limit = count(Length(Unit.WORKING_DAYS, n), anchor, counting=Counting(), calendar=known, zone=zone)
    start, end = zone.local_date(anchor), zone.local_date(limit.due)
    between = [start + timedelta(number) for number in range(1, (end - start).days)]
    assert sum(map(known.is_working_day, between)) == n
    assert limit.provisional is not all(map(known.certain, between))


@settings(deadline=None)
@given(days, st.integers(1, 1200))
def test_months_keep_the_number_or_end_the_month(day: date, months: int) -> None:
    moved = Zone.add_months(day, months)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day == day.day or (moved.day < day.day and (moved + timedelta(1)).day == 1)


@settings(deadline=None)
@given(days, st.times(), zones)
def test_close_of_business_is_never_past_the_end_of_its_day(day: date, clock: time, zone: Zone) -> None:
    assert zone.resolve(datetime.combine(day, clock)) <= zone.first_instant(day + timedelta(1))
