"""The reference arithmetic on the table of deadlines, its trace, and composites (S16-S22)."""

from __future__ import annotations

import csv
from datetime import date, time
from pathlib import Path
from typing import Literal, get_args, get_type_hints

import pytest

from policyengine.engine.reference.counting import before, cap, count, earliest, latest
from policyengine.temporal.instant import Instant
from policyengine.temporal.limit import Counting, Length, Limit, LimitTooFar, Step, StepKind, Unit
from policyengine.temporal.zone import Zone
from tests.support.calendars import calendar

SHANGHAI = Zone("Asia/Shanghai")
ROLLED = Counting(roll="next_working_day")


def rows() -> list[dict[str, str]]:
    with (Path(__file__).parents[2] / "tables" / "deadlines.csv").open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def counting_of(row: dict[str, str]) -> Counting:
    hints = get_type_hints(Counting, {"time": time, "Literal": Literal})
    assert row["hours"] in get_args(hints["hours"])
    assert row["roll"] in get_args(hints["roll"])
    ends = time.fromisoformat(row["ends"]) if row["ends"] else None
    return Counting(row["hours"], row["roll"], ends)  # type: ignore[arg-type]


def counted(row: dict[str, str]) -> Limit:
    return count(
        Length(Unit(row["unit"]), int(row["n"])),
        Instant.parse(row["anchor"]),
        counting=counting_of(row),
        calendar=calendar(row["calendar"]),
        zone=Zone(row["zone"]),
    )


@pytest.mark.parametrize("row", [pytest.param(row, id=row["id"]) for row in rows()])
def test_deadline(row: dict[str, str]) -> None:
    if row["due"] == "too far":
        with pytest.raises(LimitTooFar, match="lies beyond the year 9999"):
            counted(row)
        return
    limit = counted(row)
    assert limit.due.to_iso(Zone(row["zone"])) == row["due"], row["why"]
    assert limit.due_inclusive is {"yes": True, "no": False}[row["inclusive"]]
    assert limit.provisional is {"yes": True, "no": False}[row["provisional"]]
    assert limit.anchor == Instant.parse(row["anchor"])
    assert limit.provisional == any(step.kind is StepKind.UNANNOUNCED for step in limit.steps)


def test_every_row_has_its_own_id_and_a_reason() -> None:
    ids = [row["id"] for row in rows()]
    assert len(ids) == len(set(ids)) >= 60
    assert all(row["why"] for row in rows())


def limit_of(unit: Unit, n: int, anchor: str, counting: Counting | None = None) -> Limit:
    return count(
        Length(unit, n),
        Instant.parse(anchor, SHANGHAI),
        counting=counting or Counting(),
        calendar=calendar("cn"),
        zone=SHANGHAI,
    )


def at(text: str) -> Instant:
    return Instant.parse(text, SHANGHAI)


def test_trace_of_hours() -> None:
    limit = limit_of(Unit.HOURS, 5, "2025-10-09T16:00", Counting(hours="next_full_hour"))
    assert limit.steps == (
        Step(StepKind.ANCHOR, instants=(at("2025-10-09T16:00"),)),
        Step(StepKind.NEXT_FULL_HOUR, instants=(at("2025-10-09T16:00"), at("2025-10-09T17:00"))),
        Step(StepKind.ELAPSED, instants=(at("2025-10-09T22:00"),), length=Length(Unit.HOURS, 5)),
    )


def test_trace_of_days_with_roll_and_close_of_business() -> None:
    limit = limit_of(Unit.DAYS, 5, "2025-09-30T17:00", Counting(roll="next_working_day", ends=time(17, 30)))
    assert limit.steps == (
        Step(StepKind.ANCHOR, dates=(date(2025, 9, 30),), instants=(at("2025-09-30T17:00"),)),
        Step(StepKind.COUNTED, dates=(date(2025, 10, 1), date(2025, 10, 5)), length=Length(Unit.DAYS, 5)),
        Step(StepKind.ROLLED, dates=(date(2025, 10, 5), date(2025, 10, 9))),
        Step(StepKind.CLOSE_OF_BUSINESS, dates=(date(2025, 10, 9),), instants=(at("2025-10-09T17:30"),)),
    )


def test_trace_of_working_days_past_the_horizon() -> None:
    limit = limit_of(Unit.WORKING_DAYS, 3, "2026-12-30T09:00")
    assert limit.steps == (
        Step(StepKind.ANCHOR, dates=(date(2026, 12, 30),), instants=(at("2026-12-30T09:00"),)),
        Step(StepKind.COUNTED, dates=(date(2026, 12, 31), date(2027, 1, 4)), length=Length(Unit.WORKING_DAYS, 3)),
        Step(StepKind.DAYS_OFF, dates=(date(2027, 1, 2), date(2027, 1, 3))),
        Step(StepKind.UNANNOUNCED, dates=(date(2027, 1, 1), date(2027, 1, 4))),
        Step(StepKind.END_OF_DAY, dates=(date(2027, 1, 4),), instants=(at("2027-01-04T24:00"),)),
    )


@pytest.mark.parametrize(
    ("anchor", "kind", "last"),
    [
        ("2025-01-31T09:00", StepKind.MONTH_END, date(2025, 2, 28)),
        ("2025-01-28T09:00", StepKind.CORRESPONDING_DAY, date(2025, 2, 28)),
    ],
)
def test_trace_of_months(anchor: str, kind: StepKind, last: date) -> None:
    step = limit_of(Unit.MONTHS, 1, anchor).steps[1]
    assert step == Step(kind, dates=(at(anchor).utc().date(), last), length=Length(Unit.MONTHS, 1))


def test_before_an_event_is_exclusive() -> None:
    limit = before(at("2025-10-09T10:00"), anchor=at("2025-10-09T09:00"))
    assert limit.late_from == limit.due == at("2025-10-09T10:00")
    assert limit.anchor == at("2025-10-09T09:00")
    assert not limit.provisional
    assert [step.kind for step in limit.steps] == [StepKind.ANCHOR, StepKind.BEFORE]


EARLY = Limit(Instant(0), Instant(10), due_inclusive=True)
LATE = Limit(Instant(5), Instant(20), due_inclusive=False)
UNSURE = Limit(Instant(0), Instant(15), due_inclusive=False, provisional=True)


def test_earliest_leaves_out_limits_that_do_not_run_yet() -> None:
    chosen = earliest([None, LATE, None, EARLY])
    assert chosen is not None
    assert (chosen.anchor, chosen.due, chosen.due_inclusive) == (Instant(0), Instant(10), True)
    assert chosen.steps == (Step(StepKind.EARLIEST, instants=(Instant(20), Instant(10))),)
    assert earliest([None, LATE]) == LATE
    assert earliest([None]) is None
    assert earliest([]) is None


def test_latest_is_open_while_a_limit_does_not_run_yet() -> None:
    chosen = latest([EARLY, LATE])
    assert chosen is not None
    assert (chosen.anchor, chosen.due) == (Instant(5), Instant(20))
    assert chosen.steps == (Step(StepKind.LATEST, instants=(Instant(10), Instant(20))),)
    assert latest([EARLY, None]) is None
    assert latest([LATE]) == LATE
    assert latest([]) is None


def test_a_composite_of_uncertain_limits_is_uncertain() -> None:
    for choose in (earliest, latest):
        chosen = choose([EARLY, UNSURE, LATE])
        assert chosen is not None
        assert chosen.provisional
        assert choose([EARLY, LATE]) == choose(iter([EARLY, LATE]))


def test_an_exclusive_limit_ends_before_an_inclusive_one_at_the_same_instant() -> None:
    exclusive = Limit(Instant(0), Instant(10), due_inclusive=False)
    first, last = earliest([EARLY, exclusive]), latest([EARLY, exclusive])
    assert first is not None
    assert last is not None
    assert (first.due_inclusive, last.due_inclusive) == (False, True)


def test_of_equal_limits_the_first_stands() -> None:
    twin = Limit(Instant(7), Instant(11), due_inclusive=False)
    for choose in (earliest, latest):
        chosen = choose([twin, EARLY])
        assert chosen is not None
        assert chosen.anchor == Instant(7)


def test_a_cap_shortens_and_never_lengthens() -> None:
    capped = cap(LATE, EARLY)
    assert (capped.anchor, capped.due, capped.due_inclusive) == (Instant(5), Instant(10), True)
    assert capped.late_from == Instant(11)
    assert capped.steps == (Step(StepKind.CAPPED, instants=(Instant(20), Instant(10))),)
    assert cap(EARLY, LATE) == EARLY
    assert cap(EARLY, EARLY) == EARLY
    assert cap(EARLY, None) == EARLY


def test_an_uncertain_cap_leaves_the_limit_uncertain() -> None:
    assert cap(EARLY, UNSURE).provisional
    assert cap(EARLY, UNSURE).due == EARLY.due
    assert cap(LATE, UNSURE).provisional
    assert cap(UNSURE, EARLY).provisional


def test_the_longest_lengths_are_counted_soon() -> None:
    assert limit_of(Unit.WORKING_DAYS, 36_500, "2025-01-01T09:00", ROLLED).provisional
    assert limit_of(Unit.DAYS, 36_500, "2025-01-01T09:00").due == at("2124-12-08T24:00")


def test_an_anchor_beyond_the_zone_s_years_has_no_limit() -> None:
    with pytest.raises(LimitTooFar):
        limit_of(Unit.DAYS, 1, "9999-12-31T20:00:00Z")
