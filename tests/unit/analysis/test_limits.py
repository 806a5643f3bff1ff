"""Which of two lengths ends first, over every anchor of the announced calendar."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyengine.analysis.limits import Order, Span, order
from policyengine.engine.reference.counting import count
from policyengine.temporal.instant import Instant
from policyengine.temporal.limit import Counting, Length, Unit
from tests.support.cases import policy_named

CHANGZHI = policy_named("changzhi")
CN, ZONE = CHANGZHI.calendar, CHANGZHI.zone
ROLLED = Counting(roll="next_working_day")


def span(n: int, unit: Unit, counting: Counting | None = None) -> Span:
    return Span(Length(unit, n), counting or Counting())


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param(span(24, Unit.HOURS), span(48, Unit.HOURS), Order.TIGHTER, id="24 h and 48 h"),
        pytest.param(span(60, Unit.MINUTES), span(1, Unit.HOURS), Order.EQUAL, id="60 min and 1 h"),
        pytest.param(
            span(1, Unit.HOURS, Counting(hours="next_full_hour")),
            span(1, Unit.HOURS),
            Order.LOOSER,
            id="the starting hour left out",
        ),
        pytest.param(span(24, Unit.HOURS), span(1, Unit.DAYS), Order.TIGHTER, id="24 h and the end of the next day"),
        pytest.param(span(36, Unit.HOURS), span(1, Unit.DAYS), Order.INCOMPARABLE, id="36 h and the next day"),
        pytest.param(span(48, Unit.HOURS), span(1, Unit.DAYS), Order.LOOSER, id="48 h, inclusive, and the next day"),
        pytest.param(span(1, Unit.DAYS), span(1, Unit.WORKING_DAYS), Order.TIGHTER, id="a day and a working day"),
        pytest.param(span(5, Unit.DAYS), span(5, Unit.DAYS, ROLLED), Order.TIGHTER, id="rolled or not"),
        pytest.param(span(5, Unit.DAYS, ROLLED), span(3, Unit.WORKING_DAYS), Order.INCOMPARABLE, id="5 days, 3 worked"),
        pytest.param(span(1, Unit.MONTHS), span(31, Unit.DAYS), Order.TIGHTER, id="a month and 31 days"),
        pytest.param(span(1, Unit.MONTHS), span(30, Unit.DAYS), Order.INCOMPARABLE, id="a month and 30 days"),
        pytest.param(span(5, Unit.DAYS), span(48, Unit.HOURS), Order.LOOSER, id="five days and 48 h"),
    ],
)
def test_the_order_and_anchors_that_show_it(one: Span, other: Span, expected: Order) -> None:
    found = order(one, other, calendar=CN, zone=ZONE)
    assert found.order is expected
    assert (found.earlier_at is not None) == (expected in (Order.TIGHTER, Order.INCOMPARABLE))
    assert (found.later_at is not None) == (expected in (Order.LOOSER, Order.INCOMPARABLE))
    for anchor, sign in ((found.earlier_at, -1), (found.later_at, 1)):
        if anchor is not None:
            assert _difference(one, other, anchor) == sign


def _difference(one: Span, other: Span, anchor: Instant) -> int:
    ends = [
        count(each.length, anchor, counting=each.counting, calendar=CN, zone=ZONE).late_from.micros
        for each in (one, other)
    ]
    return (ends[0] > ends[1]) - (ends[0] < ends[1])


UNITS = st.sampled_from(
    [(Unit.HOURS, 200), (Unit.MINUTES, 5000), (Unit.DAYS, 12), (Unit.WORKING_DAYS, 9), (Unit.MONTHS, 3)]
)
COUNTINGS = st.builds(
    Counting, hours=st.sampled_from(["exact", "next_full_hour"]), roll=st.sampled_from(["stay", "next_working_day"])
)
SPANS = st.builds(
    lambda unit, share, counting: span(1 + share * (unit[1] - 1) // 100, unit[0], counting),
    UNITS,
    st.integers(0, 100),
    COUNTINGS,
)
MOMENTS = st.integers(
    ZONE.first_instant(CN.start).micros,  # type: ignore[arg-type]
    ZONE.first_instant(CN.announced_until).micros - 40 * 86_400_000_000,  # type: ignore[arg-type]
).map(Instant)


@given(one=SPANS, other=SPANS, anchors=st.lists(MOMENTS, min_size=20, max_size=20))
def test_no_anchor_contradicts_the_order(one: Span, other: Span, anchors: list[Instant]) -> None:
    found = order(one, other, calendar=CN, zone=ZONE)
    signs = {_difference(one, other, anchor) for anchor in anchors}
    allowed = {
        Order.EQUAL: {0},
        Order.TIGHTER: {-1, 0},
        Order.LOOSER: {0, 1},
        Order.INCOMPARABLE: {-1, 0, 1},
    }
    assert signs <= allowed[found.order]


def test_what_rests_on_days_off_holds_as_far_as_they_are_announced() -> None:
    assert order(span(1, Unit.DAYS), span(1, Unit.WORKING_DAYS), calendar=CN, zone=ZONE).announced_only
    assert not order(span(24, Unit.HOURS), span(1, Unit.DAYS), calendar=CN, zone=ZONE).announced_only
