"""One chunk after another in the same arrays."""

from __future__ import annotations

import numpy as np
import pytest

from policyengine.engine.columns import Judged, Room, chunk_of, judge, layout
from tests.support.lab import at, log, policy

LAID = layout(policy("{id: a, must: answer, upon: start, deadline: {within: {working_days: 2}}}"))
WAITING, DONE = log("9:00 start"), log("9:00 start", "10:00 answer")
MANY = chunk_of(LAID, [(WAITING, at("12:00")), (DONE, at("12:00")), (WAITING, at("+9 12:00"))])
ONE = chunk_of(LAID, [(DONE, at("12:00"))])


def _copied(judged: Judged) -> dict[str, object]:
    return {name: np.array(getattr(judged, name)).tolist() for name in Judged.__slots__ if name != "bearer"}


def test_a_chunk_is_judged_as_in_a_room_of_its_own() -> None:
    room = Room(LAID)
    for chunk in (MANY, ONE, MANY):
        assert _copied(judge(LAID, chunk, room)) == _copied(judge(LAID, chunk))


def test_what_was_judged_before_is_gone() -> None:
    room = Room(LAID)
    before = judge(LAID, MANY, room)
    after = judge(LAID, MANY, room)
    assert np.shares_memory(before.status, after.status)


def test_a_room_of_another_layout_is_refused() -> None:
    with pytest.raises(ValueError, match="one layout"):
        judge(LAID, ONE, Room(layout(policy("{id: a, must: answer, upon: start}"))))
