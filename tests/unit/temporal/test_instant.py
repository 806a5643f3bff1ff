"""Instants: reading, writing, order and range (S1, S19)."""

from __future__ import annotations

import pickle
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone

import pytest

from policyengine.errors import TimeError
from policyengine.temporal.instant import (
    DAY,
    FIRST_MICROS,
    HOUR,
    LAST_MICROS,
    MINUTE,
    SECOND,
    ImpossibleTimeError,
    Instant,
    MalformedTimeError,
    NaiveTimeError,
    TemporalError,
    wall_micros,
)
from policyengine.temporal.zone import Zone
from policyengine.wording import Wording

SHANGHAI = Zone("Asia/Shanghai")
BERLIN = Zone("Europe/Berlin")

READ = {
    "1970-01-01T00:00Z": 0,
    "1970-01-01T00:00:00Z": 0,
    "1970-01-01 00:00:00Z": 0,
    "1970-01-01T00:00:00.5Z": 500_000,
    "1970-01-01T00:00:00.000001Z": 1,
    "1970-01-01T08:00:00+08:00": 0,
    "1969-12-31T19:00:00-05:00": 0,
    "1970-01-01T00:00:00-00:00": 0,
    "1969-12-31T24:00Z": 0,
    "1969-12-31T24:00:00Z": 0,
    "1970-01-01T24:00:00+08:00": 16 * HOUR,
    "1969-12-31T23:59:59.999999Z": -1,
    "2024-02-29T00:00Z": 1_709_164_800 * SECOND,
    "0001-01-01T00:00:00Z": FIRST_MICROS,
    "9999-12-31T23:59:59.999999Z": LAST_MICROS,
    "9999-12-31T24:00:00+08:00": LAST_MICROS + 1 - 8 * HOUR,
}


@pytest.mark.parametrize(("text", "micros"), READ.items())
def test_texts_with_an_offset_are_read_exactly(text: str, micros: int) -> None:
    assert Instant.parse(text).micros == micros
    assert Instant.parse(text, SHANGHAI).micros == micros, "an offset prevails over the file's zone"


@pytest.mark.parametrize(
    ("text", "zone", "expected"),
    [
        ("2025-10-08T23:30", SHANGHAI, "2025-10-08T23:30:00+08:00"),
        ("2025-10-08 23:30:15.25", SHANGHAI, "2025-10-08T23:30:15.250000+08:00"),
        ("2025-10-08T24:00", SHANGHAI, "2025-10-09T00:00:00+08:00"),
        ("2025-03-30T02:30", BERLIN, "2025-03-30T03:00:00+02:00"),
        ("2025-10-26T02:30", BERLIN, "2025-10-26T02:30:00+01:00"),
        ("2018-11-03T24:00", Zone("America/Sao_Paulo"), "2018-11-04T01:00:00-02:00"),
        ("2025-11-01T24:00", Zone("America/Havana"), "2025-11-02T00:00:00-04:00"),
        ("2025-11-02T00:00", Zone("America/Havana"), "2025-11-02T00:00:00-05:00"),
    ],
)
def test_naive_texts_are_read_on_the_clock_of_the_declared_zone(text: str, zone: Zone, expected: str) -> None:
    assert Instant.parse(text, zone).to_iso(zone) == expected


def test_a_naive_text_without_a_zone_is_refused() -> None:
    with pytest.raises(NaiveTimeError, match="the time `2025-10-08T23:30:00` has no zone") as caught:
        Instant.parse("2025-10-08T23:30:00")
    assert caught.value.reason == "naive"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "now",
        "2025-10-08",
        "09:00",
        "2025-10-08T23Z",
        "2025-10-08T23:30:00,5Z",
        "2025-10-08T23:30.5Z",
        "2025-10-08T23:30:00.1234567Z",
        "2025-10-08T23:30:00.Z",
        "2025-10-08t23:30:00Z",
        "2025-10-08T23:30:00z",
        "2025-10-08T23:30:00 Z",
        "2025-10-08T23:30:00+0800",
        "2025-10-08T23:30:00+08",
        "2025-10-08T23:30:00+08:00:00",
        "2025-10-08  23:30:00Z",
        "2025-10-08T23:30:00Z\n",
        " 2025-10-08T23:30:00Z",
        "2025-1-08T23:30:00Z",
        "20251008T233000Z",
        "2025-W41-3T23:30:00Z",
        "10000-01-01T00:00:00Z",
        "-2025-10-08T23:30:00Z",
        "2025-10-08T23:30:00Z[Asia/Shanghai]",
        "２０２５-10-08T23:30:00Z",  # full-width digits are digits to `int`
        "2025-10-08T23：30：00Z",
        "1759937400",
        "2025-10-08T23:30:00+08:00" * 100_000,
    ],
)
def test_anything_else_is_not_an_instant(text: str) -> None:
    for zone in (None, SHANGHAI):
        with pytest.raises(MalformedTimeError) as caught:
            Instant.parse(text, zone)
        assert caught.value.reason == "malformed"
        assert len(str(caught.value)) < 120


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("2025-13-01T00:00:00Z", "没有 13 月", "there is no month 13"),
        ("2025-00-01T00:00:00Z", "没有 0 月", "there is no month 0"),
        ("2025-02-29T00:00:00Z", "2025 年 2 月没有 29 日", "2025-02 has no day 29"),
        ("2025-02-00T00:00:00Z", "没有 0 日", "there is no day 0"),
        ("2025-01-32T00:00:00Z", "没有 32 日", "there is no day 32"),
        ("0000-01-01T00:00:00Z", "没有公元 0 年", "there is no year 0"),
        ("2025-10-08T25:00:00Z", "没有 25 时", "there is no hour 25"),
        ("2025-10-08T23:60:00Z", "没有 60 分", "there is no minute 60"),
        ("2016-12-31T23:59:60Z", "没有 60 秒", "there is no second 60"),
        ("2025-10-08T24:00:01Z", "24 时只能是当日结束的 24:00", "hour 24 is only the end of the day, 24:00"),
        ("2025-10-08T24:00:00.000001Z", "24 时只能是当日结束的 24:00", "hour 24 is only the end of the day, 24:00"),
        ("2025-10-08T24:30Z", "24 时只能是当日结束的 24:00", "hour 24 is only the end of the day, 24:00"),
        ("2025-10-08T00:00:00+24:00", "偏移中没有 24 时", "there is no offset hour 24"),
        ("2025-10-08T00:00:00+08:60", "偏移中没有 60 分", "there is no offset minute 60"),
        ("0001-01-01T00:00:00+08:00", "超出公元 1 年至 9999 年", "it lies outside the years 1 to 9999"),
        ("9999-12-31T23:59:59-05:00", "超出公元 1 年至 9999 年", "it lies outside the years 1 to 9999"),
        ("9999-12-31T24:00:00Z", "超出公元 1 年至 9999 年", "it lies outside the years 1 to 9999"),
    ],
)
def test_impossible_times_say_why_in_both_languages(text: str, zh: str, en: str) -> None:
    with pytest.raises(ImpossibleTimeError) as caught:
        Instant.parse(text)
    assert caught.value.reason == "impossible"
    assert caught.value.problem == Wording(zh, en)
    assert str(caught.value) == f"`{text}` does not exist: {en}"


@pytest.mark.parametrize("text", ["0001-01-01T00:00", "9999-12-31T24:00"])
def test_naive_times_out_of_range_are_impossible_as_written(text: str) -> None:
    with pytest.raises(ImpossibleTimeError) as caught:
        Instant.parse(text, SHANGHAI)
    assert caught.value.text == text


@pytest.mark.parametrize(
    ("text", "zone", "written"),
    [
        ("2025-10-08T16:30:00Z", SHANGHAI, "2025-10-09T00:30:00+08:00"),
        ("2025-10-08T16:30:00Z", None, "2025-10-08T16:30:00Z"),
        ("2025-10-08T16:30:00Z", Zone("UTC"), "2025-10-08T16:30:00+00:00"),
        ("2025-10-08T16:30:00.5Z", SHANGHAI, "2025-10-09T00:30:00.500000+08:00"),
        ("2025-01-08T16:30:00Z", Zone("America/New_York"), "2025-01-08T11:30:00-05:00"),
        ("0001-02-03T00:00:00Z", Zone("UTC"), "0001-02-03T00:00:00+00:00"),
        # Local mean time, +08:05:43: RFC 3339 has no seconds in an offset.
        ("1899-12-31T00:00:00Z", SHANGHAI, "1899-12-31T00:00:00Z"),
        ("9999-12-31T20:00:00Z", SHANGHAI, "9999-12-31T20:00:00Z"),
        ("0001-01-01T00:00:00Z", Zone("America/New_York"), "0001-01-01T00:00:00Z"),
    ],
)
def test_instants_are_written_on_the_clock_of_a_zone(text: str, zone: Zone | None, written: str) -> None:
    assert Instant.parse(text).to_iso(zone) == written


def test_instants_are_values() -> None:
    first, second = Instant(1), Instant(2)
    assert first < second
    assert sorted([second, first]) == [first, second]
    assert {Instant(1), first} == {first}
    assert pickle.loads(pickle.dumps(first)) == first  # noqa: S301
    assert str(first) == "1970-01-01T00:00:00.000001Z"
    with pytest.raises(AttributeError):
        first.micros = 3  # type: ignore[misc]


def test_plus_is_elapsed_time() -> None:
    assert Instant(5).plus(DAY) == Instant(5 + 24 * 60 * MINUTE)
    assert Instant(5).plus(-6) == Instant(-1)


@pytest.mark.parametrize("micros", [FIRST_MICROS - 1, LAST_MICROS + 1, 10**30, 10**5000], ids=range(4))
def test_instants_outside_the_years_1_to_9999_are_refused(micros: int) -> None:
    with pytest.raises(ImpossibleTimeError, match="outside the years 1 to 9999"):
        Instant(micros)


def test_the_range_is_that_of_datetimes() -> None:
    assert wall_micros(datetime.min.replace(tzinfo=UTC)) == FIRST_MICROS
    assert wall_micros(datetime.max.replace(tzinfo=UTC)) == LAST_MICROS


@pytest.mark.parametrize("micros", [1.0, True, "1", None])
def test_only_whole_numbers_count_microseconds(micros: object) -> None:
    with pytest.raises(TypeError, match="microseconds must be a whole number"):
        Instant(micros)  # type: ignore[arg-type]


def test_datetimes_convert_exactly() -> None:
    moment = datetime(2025, 10, 9, 0, 30, 0, 1, tzinfo=timezone(timedelta(hours=8)))
    instant = Instant.from_datetime(moment)
    assert instant == Instant.parse("2025-10-08T16:30:00.000001Z")
    assert instant.utc() == moment
    with pytest.raises(NaiveTimeError):
        Instant.from_datetime(moment.replace(tzinfo=None))


@pytest.mark.parametrize("text", ["2025-10-08T23:30:00", "soon", "2025-02-30T00:00:00Z"])
def test_faults_are_value_errors_that_survive_pickling(text: str) -> None:
    with pytest.raises(ValueError, match="`") as caught:
        Instant.parse(text)
    fault = caught.value
    assert isinstance(fault, TemporalError)
    assert isinstance(fault, TimeError)
    copy = pickle.loads(pickle.dumps(fault))  # noqa: S301
    assert (type(copy), str(copy), copy.__dict__) == (type(fault), str(fault), fault.__dict__)


def test_reading_instants_and_naming_zones_does_not_import_pendulum() -> None:
    program = (
        "import sys; from policyengine.temporal import calendar, instant, limit, zone; "
        "instant.Instant.parse('2025-10-08T23:30:00+08:00').to_iso(); zone.Zone('Asia/Shanghai'); "
        "sys.exit('pendulum' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
