"""The log that evaluators see, and the faults of one that corrects itself (S1, S3, S4, S5, S8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import policyengine as pe
from policyengine.model.case import Event, instant
from policyengine.prepare.log import case_faults
from policyengine.prepare.prepared import prepare

if TYPE_CHECKING:
    from collections.abc import Iterator

POLICY = pe.load("changzhi")
START = instant("2025-10-08T23:30:00+08:00")
HOUR = 3_600_000_000


def detected(name: str, hours: int = 0, **more: object) -> Event:
    content = {"type": "detected", "at": START.plus(hours * HOUR), **more}
    return Event(id=name, **content)  # type: ignore[arg-type]


def codes(*log: Event) -> list[str]:
    return sorted(each.code for each in case_faults(POLICY, pe.Case(id="c", events=log)))


def seen(*log: Event, hours: int = 10, known_at: int | None = None) -> list[str]:
    known = None if known_at is None else START.plus(known_at * HOUR)
    found = prepare(POLICY, pe.Case(id="c", events=log), START.plus(hours * HOUR), known_at=known)
    return [each.id for each in found.events]


E1, E2 = detected("e1"), detected("e2", 2)


def test_an_event_corrected_to_a_later_time_is_not_seen_before() -> None:
    later = detected("c1", 5, corrects="e1")
    assert seen(E1, E2, later, hours=4) == ["e2"]
    assert seen(E1, E2, later, hours=5) == ["e2", "e1"]


def test_an_event_corrected_to_an_earlier_time_is_seen_from_then_on() -> None:
    assert seen(E1, E2, detected("c2", 1, corrects="e2", recorded_at=START.plus(9 * HOUR)), hours=1) == ["e1", "e2"]


def test_a_correction_recorded_after_as_of_counts_unless_known_at_says_otherwise() -> None:
    gone = Event(id="r1", retracts="e1", recorded_at=START.plus(20 * HOUR))
    assert seen(E1, E2, gone, hours=4) == ["e2"]
    assert seen(E1, E2, gone, hours=4, known_at=19) == ["e1", "e2"]


def test_at_one_instant_a_corrected_event_stands_where_the_original_was_written() -> None:
    first, second = detected("e1"), detected("e2")
    assert seen(first, detected("e3", 3), second, detected("c3", corrects="e3")) == ["e1", "e3", "e2"]
    assert seen(detected("c3", corrects="e3"), first, second, detected("e3", 3)) == ["e1", "e2", "e3"]


@pytest.mark.parametrize(
    ("log", "expected"),
    [
        pytest.param((E1, detected("c1", corrects="e2")), ["PE606"], id="a correction of nothing"),
        pytest.param((E1, Event(id="r1", retracts="e2", at=START)), ["PE606"], id="a retraction of nothing"),
        pytest.param((detected("c1", corrects="c1"),), ["PE607"], id="of itself"),
        pytest.param((E1, detected("e1", corrects="e1")), ["PE607"], id="under the same id"),
        pytest.param((detected("c1", corrects="c2"), detected("c2", corrects="c1")), ["PE608"], id="a circle"),
        pytest.param((E1, E2, detected("c1", corrects="e1", retracts="e2")), ["PE609"], id="both"),
        pytest.param(
            (E1, detected("c1", corrects="e9", retracts="e8")), ["PE606", "PE606", "PE609"], id="both of none"
        ),
        pytest.param((E1, detected("r1", retracts="e1", to="police")), ["PE610"], id="a retraction with content"),
        pytest.param((E1, detected("r1", retracts="e1", note="mistaken")), [], id="a retraction that says why"),
        pytest.param((E1, Event(id="r1", retracts="e1", type="detect", at=START)), ["PE205"], id="of no known type"),
        pytest.param(
            (E1, Event(id="r1", retracts="e1", at=START), detected("c1", corrects="r1")),
            ["PE611"],
            id="a correction of a retraction",
        ),
        pytest.param((E1, E1, detected("e1", recorded_at=START)), [], id="the same, its default written out"),
        pytest.param((E1, detected("e1", partial=True)), ["PE601"], id="the same but for a part"),
    ],
)
def test_faults(log: tuple[Event, ...], expected: list[str]) -> None:
    assert codes(*log) == expected


def test_each_circle_is_told_once() -> None:
    def chain(*names: str) -> Iterator[Event]:
        return (detected(name, corrects=of) for name, of in zip(names, (*names[1:], names[0]), strict=True))

    log = (detected("in", corrects="a2"), *chain("a1", "a2", "a3"), *chain("b1", "b2"), detected("x", corrects="in"))
    found = [dict(each.args)["cycle"] for each in case_faults(POLICY, pe.Case(id="c", events=log))]
    assert found == ["a2 -> a3 -> a1 -> a2", "b1 -> b2 -> b1"]


@pytest.mark.parametrize(
    ("known_until", "known_at", "expected"),
    [
        pytest.param(None, None, 10, id="as of when it is asked"),
        pytest.param(4, None, 4, id="what the case says"),
        pytest.param(40, None, 10, id="never later than as_of"),
        pytest.param(None, 6, 6, id="as known then, no further"),
        pytest.param(4, 6, 4, id="the earlier of both"),
        pytest.param(8, 6, 6, id="the earlier of both, the other way round"),
        pytest.param(8, 20, 8, id="known at later than as_of"),
    ],
)
def test_until_when_the_log_is_complete(known_until: int | None, known_at: int | None, expected: int) -> None:
    until, at = (None if hours is None else START.plus(hours * HOUR) for hours in (known_until, known_at))
    as_of = START.plus(10 * HOUR)
    in_file = prepare(POLICY, pe.Case(id="c", known_until=until, known_at=at), as_of)
    asked = prepare(POLICY, pe.Case(id="c", known_until=until, known_at=START), as_of, known_at=at or as_of)
    assert in_file.known_until == asked.known_until == START.plus(expected * HOUR)
    assert (in_file.known_at, asked.known_at) == (at, at or as_of)


def test_what_is_asked_goes_before_what_the_case_says() -> None:
    case = pe.Case(id="c", events=(E1, E2), known_at=E1.at)
    duties = [
        {row.trigger.event for row in pe.evaluate(POLICY, each, as_of=as_of, known_at=known).duties if row.trigger}
        for each, as_of, known in ((case, E2.at, None), (pe.Case(id="c", events=(E2,), known_at=E1.at), E2.at, E2.at))
    ]
    assert duties == [{"e1"}, {"e2"}]


@pytest.mark.parametrize("moment", ["0999-01-01T00:00:00Z", "9999-01-01T00:00:00Z"])
def test_known_at_outside_the_years_is_refused(moment: str) -> None:
    case = pe.Case(id="c", known_until=instant(moment))
    assert [each.code for each in case_faults(POLICY, case)] == ["PE410"]
    with pytest.raises(pe.TimeError, match="known_at"):
        pe.evaluate(POLICY, pe.Case(id="c"), as_of=START, known_at=moment)


def test_an_event_needs_a_time_and_a_type_unless_it_is_a_retraction() -> None:
    with pytest.raises(TypeError, match="'e1' has no 'at'"):
        Event(id="e1", type="detected", recorded_at=START)
    assert [each.code for each in case_faults(POLICY, pe.Case(id="c", events=[Event(id="e1", at=START)]))] == ["PE205"]
    with pytest.raises(TypeError, match="'r1' has no 'at'"):
        Event(id="r1", retracts="e1")
    found = Event(id="r1", retracts="e1", recorded_at=START)
    assert (found.at, found.recorded, found.type, found.amends) == (START, START, "", "e1")
