"""Lengths and limits as values (S17)."""

from __future__ import annotations

import pickle
from datetime import UTC, time

import pytest

from policyengine.temporal.instant import LAST_MICROS, ImpossibleTimeError, Instant
from policyengine.temporal.limit import CAPS, Counting, Length, LengthError, Limit, LimitTooFar, Step, StepKind, Unit


@pytest.mark.parametrize("unit", Unit)
def test_lengths_run_from_1_to_the_cap(unit: Unit) -> None:
    assert Length(unit, 1).n == 1
    assert Length(unit, CAPS[unit]).n == CAPS[unit]
    for wrong in (0, -1, CAPS[unit] + 1, 10**5000):
        with pytest.raises(LengthError) as caught:
            Length(unit, wrong)
        assert caught.value.reason == "bad_length"


@pytest.mark.parametrize("n", [True, 1.0, "1", None])
def test_lengths_are_whole_numbers(n: object) -> None:
    with pytest.raises(LengthError, match="a length in hours must be a whole number from 1 to 876000"):
        Length(Unit.HOURS, n)  # type: ignore[arg-type]


def test_units_are_the_words_of_a_policy() -> None:
    assert [str(unit) for unit in Unit] == ["seconds", "minutes", "hours", "days", "working_days", "months", "years"]


def test_an_inclusive_limit_is_late_a_microsecond_after_it() -> None:
    limit = Limit(Instant(0), Instant(10), due_inclusive=True)
    assert limit.late_from == Instant(11)
    assert not limit.is_late(Instant(10))
    assert limit.is_late(Instant(11))


def test_an_exclusive_limit_is_late_at_once() -> None:
    limit = Limit(Instant(0), Instant(10), due_inclusive=False)
    assert limit.late_from == Instant(10)
    assert not limit.is_late(Instant(9))
    assert limit.is_late(Instant(10))


def test_a_limit_needs_a_first_late_instant() -> None:
    assert Limit(Instant(0), Instant(LAST_MICROS), due_inclusive=False).late_from == Instant(LAST_MICROS)
    with pytest.raises(ImpossibleTimeError):
        Limit(Instant(0), Instant(LAST_MICROS), due_inclusive=True)


def test_limits_are_values() -> None:
    step = Step(StepKind.ELAPSED, instants=(Instant(10),), length=Length(Unit.SECONDS, 1))
    limit = Limit(Instant(0), Instant(10), due_inclusive=True, steps=(step,))
    assert pickle.loads(pickle.dumps(limit)) == limit  # noqa: S301
    assert len({limit, limit}) == 1
    assert str(pickle.loads(pickle.dumps(LimitTooFar("far")))) == "far"  # noqa: S301


def test_close_of_business_carries_no_zone() -> None:
    assert Counting(ends=time(17, 30)).ends == time(17, 30)
    with pytest.raises(ValueError, match="carries no zone"):
        Counting(ends=time(17, 30, tzinfo=UTC))


def test_by_default_nothing_is_left_out_moved_or_cut_short() -> None:
    assert Counting() == Counting(hours="exact", roll="stay", ends=None)
