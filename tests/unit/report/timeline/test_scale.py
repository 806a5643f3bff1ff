"""Places on the axis, and labels that do not lie on each other."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyengine import Instant
from policyengine.report.timeline.labels import Spread, fitting, steps
from policyengine.report.timeline.scale import scale
from policyengine.temporal.instant import DAY, MINUTE

START = Instant.parse("2025-10-08T23:30:00+08:00")


def after(*micros: int) -> list[Instant]:
    return [START.plus(each) for each in micros]


def test_what_can_be_told_apart_is_to_scale() -> None:
    found = scale(after(0, 60 * MINUTE, 240 * MINUTE), 100, 500)
    assert found.true
    assert [found.at(each) for each in after(0, 60 * MINUTE, 120 * MINUTE, 240 * MINUTE)] == [100, 200, 300, 500]


def test_half_an_hour_can_be_seen_beside_two_years() -> None:
    found = scale(after(0, 30 * MINUTE, 730 * DAY), 0, 560)
    assert not found.true
    assert found.at(START.plus(30 * MINUTE)) > 100
    assert found.at(START.plus(730 * DAY)) == pytest.approx(560)
    half = found.at(START.plus(30 * MINUTE)) / 2
    assert found.at(START.plus(15 * MINUTE)) == pytest.approx(half)  # within an interval lengths are right


def test_one_instant_is_where_the_axis_begins() -> None:
    found = scale(after(0, 0), 100, 500)
    assert found.true
    assert [found.at(each) for each in after(-DAY, 0, DAY)] == [100, 100, 100]


def test_what_lies_outside_is_at_the_nearer_end() -> None:
    found = scale(after(0, DAY), 0, 100)
    assert [found.at(each) for each in after(-DAY, 9 * DAY)] == [0, 100]


@given(st.lists(st.integers(0, 800 * DAY), min_size=2, max_size=40, unique=True))
def test_the_order_is_always_right(micros: list[int]) -> None:
    instants = after(*sorted(micros))
    found = scale(instants, 0, 560)
    places = [found.at(each) for each in instants]
    assert all(one < other for one, other in pairwise(places))
    assert places[0] == 0
    assert places[-1] == pytest.approx(560)


spreads = st.lists(
    st.tuples(st.integers(0, 500), st.integers(1, 400)).map(lambda each: Spread(each[0], each[0] + each[1])),
    max_size=25,
).map(sorted)


@given(spreads)
def test_no_label_lies_on_another_or_on_the_line_that_leads_down_from_one(placed: list[Spread]) -> None:
    levels = steps(placed)
    for (one, high), (other, low) in combinations(list(zip(placed, levels, strict=True)), 2):
        assert high > low or other.left >= one.right


@given(spreads)
def test_dates_on_the_axis_never_touch_and_the_first_is_always_there(placed: list[Spread]) -> None:
    kept = fitting(placed)
    assert kept[:1] == ([0] if placed else [])
    for one, other in combinations(kept, 2):
        assert placed[one].right <= placed[other].left or placed[other].right <= placed[one].left
