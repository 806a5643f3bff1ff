"""A corrected log as it stands (S4, S5): what is seen, under which name, from when on."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from typing import TYPE_CHECKING

import pytest

import policyengine as pe
from policyengine.model.case import Event, instant
from policyengine.prepare.corrections import corrected

if TYPE_CHECKING:
    from policyengine.temporal.instant import Instant

DAY = "2025-10-09"


def at(time: str) -> Instant:
    return instant(f"{DAY}T{time}:00+08:00")


def event(name: str, happened: str, recorded: str | None = None, kind: str = "detected") -> Event:
    return Event(id=name, type=kind, at=at(happened), recorded_at=at(recorded) if recorded else None)


def correction(name: str, of: str, happened: str, recorded: str) -> Event:
    return Event(id=name, corrects=of, type="detected", at=at(happened), recorded_at=at(recorded))


def retraction(name: str, of: str, recorded: str) -> Event:
    return Event(id=name, retracts=of, recorded_at=at(recorded))


E1, E2 = event("e1", "08:00"), event("e2", "09:00")


def standing(*log: Event, known_at: str | None = None) -> str:
    """Return the ids and times of what is seen, `e1 08:00`, in the order of the log."""
    found = corrected(log, None if known_at is None else at(known_at))
    zone = pe.load("changzhi").zone
    return ", ".join(f"{each.id} {each.at.to_iso(zone)[11:16]}" for each in found)


@pytest.mark.parametrize(
    ("log", "expected"),
    [
        pytest.param((), "", id="nothing"),
        pytest.param((E1, E2), "e1 08:00, e2 09:00", id="nothing corrected"),
        pytest.param((E1, E2, E1), "e1 08:00, e2 09:00", id="the same event twice"),
        pytest.param((E1, correction("c1", "e1", "07:00", "10:00")), "e1 07:00", id="a correction"),
        pytest.param((correction("c1", "e1", "07:00", "10:00"), E1), "e1 07:00", id="a correction written first"),
        pytest.param((E1, correction("c1", "e1", "07:00", "07:00")), "e1 07:00", id="a correction recorded before"),
        pytest.param(
            (E1, correction("c1", "e1", "07:00", "10:00"), correction("c2", "c1", "06:00", "11:00")),
            "e1 06:00",
            id="a correction of a correction",
        ),
        pytest.param(
            (E1, correction("c1", "e1", "07:00", "10:00"), correction("c2", "c1", "06:00", "09:00")),
            "e1 06:00",
            id="a correction of a correction, recorded before it",
        ),
        pytest.param(
            (E1, correction("c1", "e1", "07:00", "11:00"), correction("c2", "e1", "06:00", "10:00")),
            "e1 07:00",
            id="two corrections: the later recorded",
        ),
        pytest.param(
            (E1, correction("c1", "e1", "07:00", "10:00"), correction("c2", "e1", "06:00", "10:00")),
            "e1 06:00",
            id="two corrections at one instant: the later in the log",
        ),
        pytest.param((E1, retraction("r1", "e1", "10:00"), E2), "e2 09:00", id="a retraction"),
        pytest.param(
            (E1, correction("c1", "e1", "07:00", "10:00"), retraction("r1", "c1", "11:00")),
            "e1 08:00",
            id="a retraction of a correction",
        ),
        pytest.param(
            (E1, correction("c1", "e1", "07:00", "10:00"), retraction("r1", "e1", "11:00")),
            "",
            id="a retraction after a correction",
        ),
        pytest.param(
            (E1, retraction("r1", "e1", "10:00"), correction("c1", "e1", "07:00", "11:00")),
            "e1 07:00",
            id="a correction after a retraction",
        ),
        pytest.param(
            (E1, retraction("r1", "e1", "10:00"), retraction("r2", "r1", "11:00")),
            "e1 08:00",
            id="a retraction of a retraction",
        ),
        pytest.param(
            (
                E1,
                retraction("r1", "e1", "10:00"),
                correction("c1", "e1", "07:00", "11:00"),
                retraction("r2", "c1", "12:00"),
            ),
            "",
            id="a retraction of a correction after a retraction",
        ),
        pytest.param(
            (
                E1,
                correction("c1", "e1", "07:00", "10:00"),
                correction("c2", "e1", "06:00", "11:00"),
                retraction("r1", "c2", "12:00"),
            ),
            "e1 07:00",
            id="a retraction of the later of two corrections",
        ),
        pytest.param(
            (
                E1,
                correction("c1", "e1", "07:00", "10:00"),
                correction("c2", "c1", "06:00", "11:00"),
                retraction("r1", "c1", "12:00"),
            ),
            "e1 08:00",
            id="a retraction of a correction takes what corrected that along",
        ),
    ],
)
def test_what_stands(log: tuple[Event, ...], expected: str) -> None:
    assert standing(*log) == expected


LOG = (
    E1,
    event("e2", "09:00", "12:00"),
    correction("c1", "e1", "07:00", "10:00"),
    correction("c2", "e2", "09:30", "09:30"),
    retraction("r1", "c1", "11:00"),
    event("e3", "14:00", "08:30", kind="meeting"),
)


@pytest.mark.parametrize(
    ("known_at", "expected"),
    [
        pytest.param("07:59", "", id="before anything was recorded"),
        pytest.param("08:00", "e1 08:00", id="at the very instant of recording"),
        pytest.param("08:30", "e1 08:00, e3 14:00", id="announced before it happens"),
        pytest.param("10:00", "e1 07:00, e3 14:00", id="corrected; what corrects the unknown is not there either"),
        pytest.param("11:00", "e1 08:00, e3 14:00", id="the correction retracted"),
        pytest.param("12:00", "e1 08:00, e2 09:30, e3 14:00", id="corrected as soon as it is there"),
        pytest.param(None, "e1 08:00, e2 09:30, e3 14:00", id="everything"),
    ],
)
def test_what_was_known_then(known_at: str | None, expected: str) -> None:
    assert standing(*LOG, known_at=known_at) == expected


def test_a_corrected_event_keeps_its_name_and_its_place_and_nothing_else() -> None:
    old = Event(id="e1", type="detected", at=at("08:00"), sets={"urgent": True}, by="office", note="old")
    new = Event(
        id="c1", corrects="e1", type="graded", at=at("07:00"), recorded_at=at("10:00"), to="office", partial=True
    )
    assert corrected((old, E2, new)) == (
        Event(id="e1", type="graded", at=at("07:00"), recorded_at=at("10:00"), to="office", partial=True),
        E2,
    )


def test_the_order_of_the_log_decides_nothing_but_ties() -> None:
    log = (E1, correction("c1", "e1", "07:00", "10:00"), correction("c2", "c1", "06:00", "11:00"), E2)
    assert {standing(*sorted(each, key=lambda one: one.at)) for each in permutations(log)} == {"e1 06:00, e2 09:00"}


@pytest.mark.parametrize("kind", ["corrects", "retracts"])
def test_long_chains(kind: str) -> None:
    length = 20_000
    log = [E1]
    for number in range(length):
        of = f"c{number - 1}" if number else "e1"
        entry = Event(id=f"c{number}", type="detected", at=E1.at.plus(number + 1), corrects=of)
        log.append(entry if kind == "corrects" else replace(entry, corrects=None, retracts=of))
    # An even number of retractions: the first of them is itself retracted.
    expected = E1.at.plus(length) if kind == "corrects" else E1.at
    assert [each.at for each in corrected(reversed(log))] == [expected]
