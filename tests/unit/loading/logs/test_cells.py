"""Cells are read as the slow and careful readers would read them."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from policyengine.loading.logs.cells import CellError, Clock, Reader
from policyengine.loading.logs.columns import Columns, Meaning
from policyengine.temporal.instant import Instant, TemporalError
from policyengine.temporal.zone import Zone

ZONES = ("Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia")
OFFSETS = ("", "Z", "+08:00", "-05:30", "+23:59", "+24:00", "+08:60", "-00:00", "+8:00", "+0800", "z")


def outcome(read: object, *args: object) -> object:
    try:
        return read(*args)  # type: ignore[operator]
    except TemporalError as error:
        return type(error)


@given(
    wall=st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2100, 1, 1)),  # noqa: DTZ001 - on a wall
    offset=st.sampled_from(OFFSETS),
    zone=st.sampled_from([None, *map(Zone, ZONES)]),
    between=st.sampled_from("T t"),
    digits=st.sampled_from([16, 19, 26]),
)
def test_a_clock_reads_every_time_as_an_instant_does(
    wall: datetime, offset: str, zone: Zone | None, between: str, digits: int
) -> None:
    text = wall.isoformat(between, "microseconds")[:digits] + offset
    assert outcome(Clock(zone).instant, text) == outcome(Instant.parse, text, zone)


@pytest.mark.parametrize("name", ZONES)
def test_a_clock_keeps_to_the_hours_around_a_change_of_offset(name: str) -> None:
    zone = Zone(name)
    clock = Clock(zone)
    start = datetime(2025, 1, 1)  # noqa: DTZ001 - on a wall
    for minutes in range(0, 365 * 24 * 60, 30):
        text = (start + timedelta(minutes=minutes)).isoformat()
        assert clock.instant(text) == Instant.parse(text, zone)


@given(text=st.text("0123456789-+:TZ .٣", min_size=15, max_size=26))
@example("2025-W01-1T00:00:00Z")
@example("2025-10-08T24:00:00+08:00")
@example("2025-10-08T23:59:60+08:00")
@example("٢٠٢٥-10-08T23:59:00Z")
@example("0000-10-08T23:59:00Z")
@example("0001-01-01T00:00:00+08:00")
@example("9999-12-31T23:59:59-08:00")
def test_a_clock_reads_nonsense_as_an_instant_does(text: str) -> None:
    zone = Zone("Asia/Shanghai")
    assert outcome(Clock(zone).instant, text) == outcome(Instant.parse, text, zone)
    assert outcome(Clock(None).instant, text) == outcome(Instant.parse, text)


SOUND = (
    "2025-10-08T23:30:00+08:00",
    "2025-10-08 23:30:00.123456Z",
    "2025-10-08T23:30:00Z",
    "2025-03-30T02:30:00.123456",
)
SLIPS = st.lists(st.tuples(st.integers(0, 31), st.sampled_from("0123456789-+:.TZ ,W")), max_size=4)


@settings(max_examples=2000)
@given(sound=st.sampled_from(SOUND), slips=SLIPS)
@example(sound="2025-10-08T23:30:00Z", slips=[(19, "+")])
@example(sound="2025-10-08T23:30:00Z", slips=[(19, ".")])
def test_a_clock_reads_a_slip_as_an_instant_does(sound: str, slips: list[tuple[int, str]]) -> None:
    characters = list(sound)
    for place, character in slips:
        characters[place % len(characters)] = character
    text, zone = "".join(characters), Zone("Europe/Berlin")
    assert outcome(Clock(zone).instant, text) == outcome(Instant.parse, text, zone)


def meaning(**args: object) -> Meaning:
    return Meaning.model_validate({"name": "fact", **args})


FROM_TEXT = [
    ("true", meaning(), True),
    ("007", meaning(), 7),
    ("007", meaning(type="text"), "007"),
    (" 007 ", meaning(type="text"), " 007 "),
    ("1.50", meaning(), 1.5),
    ("24:00", meaning(), "24:00"),
    ("NO", meaning(), "NO"),
    ("是", meaning(), True),
    ("是", meaning(type="text"), "是"),
    ("否", meaning(type="boolean"), False),
    (" major ", meaning(), "major"),
    ("重大", meaning(values={"重大": "major"}), "major"),
    ("不明", meaning(values={"不明": None}), None),
    ("a;b; c", meaning(many=True), ("a", "b", "c")),
    ("1;2", meaning(many=True), (1, 2)),
    ("01;02", meaning(many=True, type="text"), ("01", "02")),
    ("甲;乙", meaning(many=True, values={"甲": "a", "乙": "b"}), ("a", "b")),
    ("全部", meaning(many=True, values={"全部": ["a", "b"]}), ("a", "b")),
]


@pytest.mark.parametrize(("cell", "how", "expected"), FROM_TEXT, ids=[f"{cell} {how}" for cell, how, _ in FROM_TEXT])
def test_a_text_becomes_a_value(cell: str, how: Meaning, expected: object) -> None:
    reader = Reader(Columns(booleans={"是": True, "否": False}), is_text=True)
    found = reader.fact(cell, how)
    assert (found, type(found)) == (expected, type(expected))


FROM_VALUES = [
    ("007", meaning(), "007"),
    ("true", meaning(), "true"),
    (7, meaning(), 7),
    (7, meaning(type="text"), "7"),
    ("7", meaning(type="number"), 7),
    (["a", 1], meaning(), ("a", 1)),
    (["a"], meaning(many=True), ("a",)),
    ("重大", meaning(values={"重大": "major"}), "major"),
    (1.5, meaning(), 1.5),
]


@pytest.mark.parametrize(
    ("cell", "how", "expected"), FROM_VALUES, ids=[f"{cell!r} {how}" for cell, how, _ in FROM_VALUES]
)
def test_a_value_stays_what_it_is(cell: object, how: Meaning, expected: object) -> None:
    found = Reader(Columns(), is_text=False).fact(cell, how)
    assert (found, type(found)) == (expected, type(expected))


REFUSED = [
    ("x", meaning(type="number")),
    ("true", meaning(type="number")),
    ("maybe", meaning(type="boolean")),
    (7, meaning(type="boolean")),
    (7, meaning(many=True)),
    (["a", None], meaning()),
    ([["a"]], meaning()),
    ({"a": 1}, meaning()),
    (10**18, meaning()),
    (float("inf"), meaning()),
    (True, meaning(type="text")),
    (".inf", meaning(type="number")),
]


@pytest.mark.parametrize(("cell", "how"), REFUSED, ids=[f"{cell!r} {how}" for cell, how in REFUSED])
def test_what_is_no_such_value_is_refused(cell: object, how: Meaning) -> None:
    with pytest.raises(CellError):
        Reader(Columns(), is_text=False).fact(cell, how)
