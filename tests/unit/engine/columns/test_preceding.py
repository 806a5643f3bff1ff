"""An act that must precede an event, among other limits (S20, S21): as the reference says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from policyengine.engine.columns import judge, layout
from tests.support.columns import compared
from tests.support.lab import at, log, policy

if TYPE_CHECKING:
    from policyengine.model.case import Case

COLUMNAR = {
    "length first": "{earliest: [{within: {days: 1}}, {before: speak}]}",
    "event first": "{earliest: [{before: speak}, {within: {days: 1}}]}",
    "among three": "{earliest: [{within: {hours: 30}}, {before: speak}, {within: {days: 1}}]}",
    "one limb has a condition": "{earliest: [{within: {hours: 1}, when: {flag: true}}, {before: speak}]}",
    "one limb runs from elsewhere": "{earliest: [{within: {hours: 1}, of: anchor}, {before: speak}]}",
    "the others are composite": "{earliest: [{before: speak}, {latest: [{within: {days: 1}}, {within: {hours: 1}}]}]}",
}
DECLINED = {
    "the latest": "{latest: [{within: {days: 1}}, {before: speak}]}",
    "two events": "{earliest: [{before: speak}, {before: halt}]}",
    "deeper": "{earliest: [{within: {days: 1}}, {latest: [{before: speak}, {within: {hours: 1}}]}]}",
}
LOGS = {
    "no such event": ("9:00 start",),
    "done": ("9:00 start", "9:30 tell"),
    "event, then done": ("9:00 start", "9:20 speak", "9:30 tell"),
    "done, then event": ("9:00 start", "9:20 tell", "9:30 speak"),
    "at one instant, done first": ("9:00 start", "9:20 tell", "9:20 speak"),
    "at one instant, event first": ("9:00 start", "9:20 speak", "9:20 tell"),
    "event as the day ends": ("9:00 start", "+2 0:00 speak"),
    "event and act as the day ends": ("9:00 start", "+2 0:00 tell", "+2 0:00 speak"),
    "event after the length": ("9:00 start", "+4 9:00 speak"),
    "event before the trigger": ("8:00 speak", "9:00 start", "+1 9:00 speak"),
    "with an anchor": ("9:00 start", "9:10 anchor", "10:05 speak"),
    "in force once more": (
        "9:00 start",
        "9:10 speak",
        "9:15 change other=true",
        "9:40 change other=false",
        "9:50 speak",
    ),
    "ended": ("9:00 start", "9:10 stop", "9:20 speak"),
}


def _policy(deadline: str) -> str:
    return f"{{id: a, must: tell, upon: start, unless: {{other: true}}, until: stop, deadline: {deadline}}}"


def _cases() -> list[Case]:
    return [
        log(*entries, other=False, **facts)
        for entries in LOGS.values()
        for facts in ({}, {"flag": True}, {"flag": False})
    ]


@pytest.mark.parametrize("deadline", COLUMNAR.values(), ids=COLUMNAR)
def test_s20_s21_the_earliest_may_be_an_event(deadline: str) -> None:
    laid_out = policy(_policy(deadline))
    assert all(each.columnar for each in layout(laid_out).columns)
    asked = [(case, at(when)) for case in _cases() for when in ("9:05", "9:25", "10:30", "+2 0:00", "+9 9:00")]
    found = list(compared(laid_out, asked, {}, judge))
    answered = [(columns, reference) for _, columns, reference in found if columns is not None]
    assert len(answered) > len(found) // 2
    assert all(columns == reference for columns, reference in answered)


@pytest.mark.parametrize("deadline", DECLINED.values(), ids=DECLINED)
def test_what_is_more_than_that_is_left(deadline: str) -> None:
    (column,) = layout(policy(_policy(deadline))).columns
    assert column.why is not None
    assert "precedes" in column.why.en
