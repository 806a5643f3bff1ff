"""The tables of zones and calendars say what zones and calendars say (S18, S19, S22)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policyengine.engine.columns import program as at
from policyengine.engine.columns.clock import BEFORE, DAYS, ENDS, FIRST_INSTANT, LAST_INSTANT, clock, transitions
from policyengine.engine.columns.loops.block import HAS, INCLUSIVE, UNANNOUNCED
from policyengine.engine.columns.loops.counting import ahead_at, corresponding_day, count
from policyengine.engine.reference.counting import count as reference_count
from policyengine.temporal.instant import DAY, HOUR, SECOND, Instant
from policyengine.temporal.limit import ELAPSED, Counting, Length, Unit
from policyengine.temporal.zone import Zone
from tests.support.cases import policy_named

if TYPE_CHECKING:
    import numpy.typing as npt

    Numbers = npt.NDArray[np.int64]

ZONES = ("Asia/Shanghai", "UTC", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "America/Sao_Paulo")
CLOSE = time(17, 30)
CALENDAR = policy_named("changzhi").calendar


@pytest.fixture(scope="module", params=ZONES)
def zone(request: pytest.FixtureRequest) -> Zone:
    return Zone(request.param)


@pytest.fixture(scope="module")
def table(zone: Zone) -> Numbers:
    return clock(zone, CALENDAR, (CLOSE,))


def _moments(zone: Zone) -> list[int]:
    changes, _ = transitions(zone)
    near = [int(each) + more for each in changes[:400] for more in (-DAY, -HOUR, -1, 0, 1, HOUR, DAY)]
    spread = np.random.default_rng(7).integers(FIRST_INSTANT, LAST_INSTANT, 2_000)
    return [each for each in (*near, *map(int, spread)) if FIRST_INSTANT <= each < LAST_INSTANT]


def test_the_clock_is_ahead_as_the_zone_says(zone: Zone, table: Numbers) -> None:
    for micros in _moments(zone):
        assert ahead_at(table, micros) == zone.offset(Instant(micros)) * SECOND, micros


UNITS = {Unit.DAYS: at.DAYS, Unit.WORKING_DAYS: at.WORKING_DAYS, Unit.MONTHS: at.MONTHS, Unit.YEARS: at.MONTHS}


def _step(length: Length, counting: Counting) -> Numbers:
    step = np.zeros(at.DEADLINE_WIDTH, np.int64)
    step[at.UNIT] = UNITS.get(length.unit, at.ELAPSED)
    per = ELAPSED.get(length.unit, 12 if length.unit is Unit.YEARS else 1)
    step[at.LENGTH] = length.n * per
    step[at.FULL_HOUR] = length.unit is Unit.HOURS and counting.hours == "next_full_hour"
    step[at.ROLL], step[at.CLOSE] = counting.roll == "next_working_day", counting.ends is not None
    return step


LENGTHS = st.one_of(
    st.builds(Length, st.just(Unit.WORKING_DAYS), st.integers(1, 400)),
    st.builds(Length, st.sampled_from((Unit.DAYS, Unit.HOURS, Unit.MONTHS)), st.integers(1, 800)),
    st.builds(Length, st.sampled_from((Unit.YEARS, Unit.MINUTES, Unit.SECONDS)), st.integers(1, 100)),
)
COUNTINGS = st.builds(
    Counting,
    st.sampled_from(("exact", "next_full_hour")),
    st.sampled_from(("stay", "next_working_day")),
    st.sampled_from((None, CLOSE)),
)


def test_limits_are_counted_as_the_reference_counts(zone: Zone, table: Numbers) -> None:
    moments = [each for each in _moments(zone) if each < Instant.parse("2101-01-01T00:00:00Z").micros]

    @settings(deadline=None, max_examples=400)
    @given(st.sampled_from(moments), LENGTHS, COUNTINGS)
    def counted_alike(micros: int, length: Length, counting: Counting) -> None:
        limit = reference_count(length, Instant(micros), counting=counting, calendar=CALENDAR, zone=zone)
        due, bits = count(_step(length, counting), table, 0, micros)
        if not bits & HAS:
            assert length.unit is Unit.HOURS, "only a full hour that a clock skips in part is declined"
            return
        assert due == limit.due.micros
        assert bool(bits & INCLUSIVE) is limit.due_inclusive
        assert bool(bits & UNANNOUNCED) is limit.provisional

    counted_alike()


def test_the_corresponding_day_is_that_of_the_calendar() -> None:
    first = date(1970, 1, 1) + timedelta(days=BEFORE)
    for number in range(0, DAYS - 40_000, 7):
        for months in (1, 2, 11, 12, 13, 1_199):
            expected = (Zone.add_months(first + timedelta(days=number), months) - first).days
            assert corresponding_day(number, months) == expected, (number, months)


def test_days_end_where_the_zone_says(zone: Zone, table: Numbers) -> None:
    changes, _ = transitions(zone)
    days = {int(each) // DAY - BEFORE + more for each in changes[:300] for more in (-4, -1, 0, 1, 4)}
    for number in sorted({*days, *range(0, 48_000, 97)}):
        if 0 <= number < DAYS:
            day = date(1970, 1, 1) + timedelta(days=BEFORE + number)
            assert table[table[ENDS] + number] == zone.first_instant(day + timedelta(days=1)).micros, day
            assert table[table[ENDS] + DAYS + number] == zone.resolve(datetime.combine(day, CLOSE)).micros, day
