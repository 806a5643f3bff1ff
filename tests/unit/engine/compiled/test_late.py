"""An answer that is spelled out when somebody first reads it is like any other."""

from __future__ import annotations

import copy
import pickle
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

import policyengine as pe
from policyengine.model.assessment import in_brief

WHEN = "2025-10-09T00:45:00+08:00"


def late() -> pe.Assessment:
    """Return an answer that nobody has read yet."""
    event = pe.Event(id="e1", type="detected", at="2025-10-08T23:30:00+08:00", sets={"event_severity": "major"})
    return pe.evaluate(pe.load("changzhi"), pe.Case(id="demo", events=[event]), as_of=WHEN)


def test_it_equals_and_hashes_like_one_that_was_read() -> None:
    read = late()
    assert read.duties
    assert late() == read
    assert hash(late()) == hash(read)
    assert repr(late()) == repr(read)


def test_it_can_be_copied_pickled_and_replaced() -> None:
    assert pickle.loads(pickle.dumps(late())) == late()  # noqa: S301 - our own
    assert copy.copy(late()) == copy.deepcopy(late()) == late()
    assert replace(late(), case="other").duties == late().duties


def test_the_duties_in_brief_are_those_spelled_out() -> None:
    answer = late()
    brief = answer.standings
    assert brief == tuple(in_brief(each) for each in answer.duties if each.exists)
    assert brief[0] == ("legality-review", pe.Status.ACTIVE, None, None, None, None)
    assert ("first-bulletin", pe.Status.OVERDUE) in {each[:2] for each in brief}
    assert brief == answer.standings


def test_many_threads_may_read_it_first() -> None:
    for _ in range(20):
        answer = late()
        with ThreadPoolExecutor(8) as pool:
            assert len({repr(each) for each in pool.map(lambda one: one.duties, [answer] * 8)}) == 1


def test_a_name_that_it_has_not_is_told_as_ever() -> None:
    with pytest.raises(AttributeError, match="dutys"):
        _ = late().dutys  # type: ignore[attr-defined]
