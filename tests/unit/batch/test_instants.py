"""Columns of times are read as each time is on its own, however it is written."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyengine.batch.instants import FIRST, NONE, PAST, Times
from policyengine.prepare.log import FIRST_YEAR, LAST_YEAR
from policyengine.temporal.instant import ImpossibleTimeError, Instant, MalformedTimeError, NaiveTimeError
from policyengine.temporal.zone import Zone

ZONES = (None, "Asia/Shanghai", "America/New_York", "Pacific/Apia")
_CODES = {ImpossibleTimeError: "PE403", MalformedTimeError: "PE402", NaiveTimeError: "PE642"}


def alone(text: str, zone: Zone | None) -> tuple[int, str | None]:
    try:
        micros = Instant.parse(text.strip(), zone).micros
    except (ImpossibleTimeError, MalformedTimeError, NaiveTimeError) as error:
        return NONE, _CODES[type(error)]
    return (micros, None) if FIRST <= micros < PAST else (NONE, "PE410")


_NUMBERS = st.integers(0, 99)
_YEARS = st.sampled_from((0, 1, 999, 1000, 1582, 1900, 1969, 2000, 2024, 2025, 2100, 9000, 9001, 9999))
_ENDS = st.sampled_from(
    ("", "Z", "+08:00", "-09:30", "+23:59", "+24:00", "-00:60", ".5", ".123456Z", ".000001+08:00", "z")
)
_WRITTEN = st.builds(
    "{:04}-{:02}-{:02}{}{:02}:{:02}:{:02}{}".format,
    *(_YEARS, st.integers(0, 13), st.integers(0, 32), st.sampled_from("T t")),
    *(st.integers(0, 25), st.integers(0, 61), st.integers(0, 61), _ENDS),
)
_DAMAGED = st.builds(
    lambda text, at, mark: text[:at] + mark + text[at + 1 :], _WRITTEN, st.integers(0, 25), st.characters()
)


@given(st.lists(_WRITTEN | _DAMAGED, min_size=1, max_size=8), st.sampled_from(ZONES))
def test_texts(texts: list[str], name: str | None) -> None:
    zone = None if name is None else Zone(name)
    found = Times(zone).read(pa.array(texts, pa.large_string()))
    expected = [alone(text, zone) if text.strip() else (NONE, None) for text in texts]
    assert found.micros.tolist() == [micros for micros, _ in expected]
    codes = {row: code for row, (_, code) in enumerate(expected) if code is not None}
    assert {row: fault.code for row, fault in found.faults.items()} == codes
    assert found.micros.tolist() == Times(zone).read(pa.array(texts).dictionary_encode()).micros.tolist()


_WALLS = st.datetimes(datetime.fromisoformat("1900-01-01"), datetime.fromisoformat("2200-01-01"))


@given(st.lists(_WALLS, min_size=1, max_size=8), st.sampled_from(ZONES[1:]))
def test_walls(walls: list[datetime], name: str) -> None:
    zone = Zone(name)
    found = Times(zone).read(pa.array(walls, pa.timestamp("us")))
    assert found.micros.tolist() == [zone.resolve(each).micros for each in walls]


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_the_bounds_of_every_unit(unit: str) -> None:
    per = {"s": 10**6, "ms": 10**3, "us": 1}.get(unit)
    times = Times(None)
    if per is None:  # nanoseconds reach from 1677 to 2262 only
        found = times.read(pa.array([-(2**63) + 1, 2**63 - 1], pa.timestamp(unit, "UTC")))
        assert not found.faults
        return
    given = [FIRST // per - 1, FIRST // per, PAST // per - 1, PAST // per, 2**63 - 1, -(2**63) + 1, None]
    found = times.read(pa.array(given, pa.timestamp(unit, "UTC")))
    assert {row: fault.code for row, fault in found.faults.items()} == dict.fromkeys((0, 3, 4, 5), "PE410")
    assert found.micros.tolist() == [NONE, FIRST, (PAST // per - 1) * per, NONE, NONE, NONE, NONE]


def test_the_bounds_are_those_of_single_cases() -> None:
    assert datetime(FIRST_YEAR, 1, 1, tzinfo=UTC) == Instant(FIRST).utc()
    assert datetime(LAST_YEAR, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC) == Instant(PAST - 1).utc()


def test_what_is_finer_than_a_microsecond_is_cut_off() -> None:
    found = Times(None).read(pa.array([1_999, -1_999], pa.timestamp("ns", "UTC")))
    assert found.micros.tolist() == [1, -1]


def test_nothing_says_nothing() -> None:
    found = Times(None).read(pa.nulls(3))
    assert found.micros.tolist() == [NONE] * 3
    assert Times(None, is_text=True).read(pa.array(["null", " ~ ", ""])).faults == {}
    assert found.micros.dtype == np.int64
