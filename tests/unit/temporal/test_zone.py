"""Zones: names, clocks, the edges of days (S2, S19)."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from datetime import date, datetime, timedelta

import pytest

from policyengine.temporal.instant import ImpossibleTimeError, Instant
from policyengine.temporal.zone import UnknownZoneError, Zone, zone_names

SHANGHAI = Zone("Asia/Shanghai")


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Asia",
        "Asia/",
        "asia/shanghai",
        "ASIA/SHANGHAI",
        "utc",
        "Asia/Shanghai/",
        "/Asia/Shanghai",
        "../../etc/passwd",
        "/etc/passwd",
        "Asia/../Asia/Shanghai",
        "Asia\\Shanghai",
        "Asia/Shanghai\x00",
        "Asia/Shanghai\n",
        "right/UTC",
        "posix/UTC",
        "posixrules",
        "localtime",
        "local",
        "+08:00",
        "UTC+8",
        "__init__.py",
        "tzdata.zi",
        "x" * 1_000_000,
    ],
)
def test_only_exact_names_of_the_database_are_zones(name: str) -> None:
    with pytest.raises(UnknownZoneError, match="unknown time zone") as caught:
        Zone(name)
    assert caught.value.reason == "unknown_zone"
    assert caught.value.name == name
    assert len(str(caught.value)) < 120


def test_every_name_has_a_clock() -> None:
    assert {"Asia/Shanghai", "Asia/Urumqi", "UTC", "Etc/GMT+8", "Europe/Berlin"} <= zone_names()
    noon = Instant.parse("2025-10-08T12:00:00Z")
    assert all(abs(Zone(name).offset(noon)) <= 14 * 3600 for name in zone_names())


def test_zones_are_values() -> None:
    assert Zone("Asia/Shanghai") == SHANGHAI
    assert {Zone("Asia/Shanghai"), SHANGHAI} == {SHANGHAI}
    copy = pickle.loads(pickle.dumps(SHANGHAI))  # noqa: S301
    assert copy == SHANGHAI
    assert copy.offset(Instant(0)) == 8 * 3600
    assert pickle.loads(pickle.dumps(UnknownZoneError("Mars"))).name == "Mars"  # noqa: S301
    with pytest.raises(AttributeError):
        SHANGHAI.name = "UTC"  # type: ignore[misc]


def test_the_machine_cannot_change_a_zone() -> None:
    program = (
        "from policyengine.temporal.instant import Instant; from policyengine.temporal.zone import Zone; "
        "print(Zone('Asia/Shanghai').offset(Instant(0)))"
    )
    environment = {**os.environ, "PYTHONTZPATH": "", "TZ": "America/New_York"}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(8 * 3600)


def test_local_shows_the_clock_with_a_fixed_offset() -> None:
    local = SHANGHAI.local(Instant.parse("2025-10-08T16:30:00.25Z"))
    assert local.isoformat() == "2025-10-09T00:30:00.250000+08:00"
    assert local.utcoffset() == timedelta(hours=8)
    assert (type(local), local.fold) == (datetime, 0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-10-08T15:59:59.999999Z", date(2025, 10, 8)),
        ("2025-10-08T16:00:00Z", date(2025, 10, 9)),
        ("2025-10-08T24:00:00+08:00", date(2025, 10, 9)),
    ],
)
def test_a_day_begins_at_its_midnight(text: str, expected: date) -> None:
    assert SHANGHAI.local_date(Instant.parse(text)) == expected


@pytest.mark.parametrize("text", ["9999-12-31T16:00:00Z"])
def test_local_years_beyond_9999_are_refused(text: str) -> None:
    with pytest.raises(ImpossibleTimeError, match="in Asia/Shanghai` does not exist"):
        SHANGHAI.local_date(Instant.parse(text))


def test_local_years_before_1_are_refused() -> None:
    with pytest.raises(ImpossibleTimeError):
        Zone("America/New_York").local(Instant.parse("0001-01-01T00:00:00Z"))
    with pytest.raises(ImpossibleTimeError):
        SHANGHAI.first_instant(date(1, 1, 1))


@pytest.mark.parametrize(
    ("name", "wall", "expected"),
    [
        ("Asia/Shanghai", "2025-10-09T17:30", "2025-10-09T17:30:00+08:00"),
        ("Europe/Berlin", "2025-03-30T01:59:59.999999", "2025-03-30T01:59:59.999999+01:00"),
        ("Europe/Berlin", "2025-03-30T02:00", "2025-03-30T03:00:00+02:00"),
        ("Europe/Berlin", "2025-03-30T02:59:59.999999", "2025-03-30T03:00:00+02:00"),
        ("Europe/Berlin", "2025-03-30T03:00", "2025-03-30T03:00:00+02:00"),
        ("Europe/Berlin", "2025-10-26T01:59:59.999999", "2025-10-26T01:59:59.999999+02:00"),
        ("Europe/Berlin", "2025-10-26T02:00", "2025-10-26T02:00:00+01:00"),
        ("Europe/Berlin", "2025-10-26T02:59:59.999999", "2025-10-26T02:59:59.999999+01:00"),
        ("Europe/Berlin", "2025-10-26T03:00", "2025-10-26T03:00:00+01:00"),
        ("Australia/Lord_Howe", "2025-10-05T02:15", "2025-10-05T02:30:00+11:00"),
        ("Australia/Lord_Howe", "2025-04-06T01:45", "2025-04-06T01:45:00+10:30"),
        ("Pacific/Apia", "2011-12-30T12:00", "2011-12-31T00:00:00+14:00"),
    ],
)
def test_gaps_end_and_folds_come_second(name: str, wall: str, expected: str) -> None:
    zone = Zone(name)
    assert zone.resolve(datetime.fromisoformat(wall)).to_iso(zone) == expected


def test_at_takes_hour_and_minute() -> None:
    assert SHANGHAI.at(date(2025, 10, 9), 17, 30).to_iso(SHANGHAI) == "2025-10-09T17:30:00+08:00"
    assert SHANGHAI.at(date(2025, 10, 9), 0).to_iso(SHANGHAI) == "2025-10-09T00:00:00+08:00"
    with pytest.raises(ValueError, match="hour must be in"):
        SHANGHAI.at(date(2025, 10, 9), 24)


@pytest.mark.parametrize(
    ("name", "day", "expected"),
    [
        ("Asia/Shanghai", date(2025, 10, 9), "2025-10-09T00:00:00+08:00"),
        ("America/Sao_Paulo", date(2018, 11, 4), "2018-11-04T01:00:00-02:00"),
        ("America/Sao_Paulo", date(2018, 2, 18), "2018-02-18T00:00:00-03:00"),
        ("Africa/Cairo", date(2024, 4, 26), "2024-04-26T01:00:00+03:00"),
        ("America/Havana", date(2025, 11, 2), "2025-11-02T00:00:00-04:00"),
        ("America/Havana", date(2025, 3, 9), "2025-03-09T01:00:00-04:00"),
        ("America/St_Johns", date(2006, 10, 29), "2006-10-29T00:00:00-03:30"),
        ("Pacific/Apia", date(2011, 12, 30), "2011-12-31T00:00:00+14:00"),
        ("Pacific/Apia", date(2011, 12, 31), "2011-12-31T00:00:00+14:00"),
        ("Pacific/Kwajalein", date(1993, 8, 21), "1993-08-22T00:00:00+12:00"),
        ("America/Anchorage", date(1867, 10, 19), "1867-10-19T09:59:36Z"),
    ],
)
def test_a_day_begins_where_the_one_before_ends(name: str, day: date, expected: str) -> None:
    zone = Zone(name)
    assert zone.first_instant(day).to_iso(zone) == expected


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("Asia/Shanghai", "2025-10-09T16:00:00+08:00", "2025-10-09T17:00:00+08:00"),
        ("Asia/Shanghai", "2025-10-09T16:00:01+08:00", "2025-10-09T17:00:00+08:00"),
        ("Asia/Shanghai", "2025-10-09T15:59:59.999999+08:00", "2025-10-09T16:00:00+08:00"),
        ("Asia/Shanghai", "2025-12-31T23:00:00+08:00", "2026-01-01T00:00:00+08:00"),
        ("Asia/Kolkata", "2025-10-09T16:00:00+05:30", "2025-10-09T17:00:00+05:30"),
        ("Asia/Kathmandu", "2025-10-09T16:10:00+05:45", "2025-10-09T17:00:00+05:45"),
        ("Europe/Berlin", "2025-03-30T01:00:00+01:00", "2025-03-30T03:00:00+02:00"),
        ("Europe/Berlin", "2025-10-26T02:00:00+02:00", "2025-10-26T02:00:00+01:00"),
        ("Europe/Berlin", "2025-10-26T02:00:00+01:00", "2025-10-26T03:00:00+01:00"),
        ("Australia/Lord_Howe", "2025-10-05T01:40:00+10:30", "2025-10-05T02:30:00+11:00"),
        ("Australia/Lord_Howe", "2025-10-05T02:30:00+11:00", "2025-10-05T03:00:00+11:00"),
        ("Australia/Lord_Howe", "2025-04-06T01:10:00+11:00", "2025-04-06T02:00:00+10:30"),
        ("Asia/Shanghai", "1969-12-31T23:30:00Z", "1970-01-01T08:00:00+08:00"),
    ],
)
def test_the_starting_hour_is_left_out(name: str, text: str, expected: str) -> None:
    zone = Zone(name)
    assert zone.next_full_hour(Instant.parse(text)).to_iso(zone) == expected


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2025, 2, 28), 1, date(2025, 3, 28)),
        (date(2025, 8, 30), 6, date(2026, 2, 28)),
        (date(2025, 12, 15), 1, date(2026, 1, 15)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2025, 3, 31), -1, date(2025, 2, 28)),
        (date(2025, 3, 31), 0, date(2025, 3, 31)),
        (date(1900, 1, 31), 1, date(1900, 2, 28)),
        (date(2000, 1, 31), 1, date(2000, 2, 29)),
    ],
)
def test_months_keep_the_number_or_take_the_last_day(day: date, months: int, expected: date) -> None:
    moved = SHANGHAI.add_months(day, months)
    assert moved == expected
    assert type(moved) is date


@pytest.mark.parametrize("months", [1, 1200, 10**12, -200_000])
def test_months_stay_in_the_years_1_to_9999(months: int) -> None:
    with pytest.raises(ImpossibleTimeError, match="outside the years 1 to 9999"):
        SHANGHAI.add_months(date(9999, 12, 15), months)
