"""Regions joined: fewer of them, and every case that was told of keeps its answer."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyengine.analysis.cells import Cell
from policyengine.analysis.joining import joined
from policyengine.analysis.regions import Region

if TYPE_CHECKING:
    from collections.abc import Sequence

NO, YES = (Cell(each, (each,)) for each in (False, True))
LOW, MIDDLE, HIGH = (Cell(each, (each,)) for each in ("low", "middle", "high"))
UNDER, OVER = Cell(0, (0,), None, 1.0), Cell(2, (2,), 1.0, None, low_in=True)
AXES = {"flag": (NO, YES), "grade": (LOW, MIDDLE, HIGH), "open": (NO, YES)}


def region(**facts: Sequence[Cell]) -> Region:
    return Region(tuple((name, tuple(found)) for name, found in facts.items()))


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        pytest.param([], [], id="nothing"),
        pytest.param([(region(flag=[YES]), "a")], [(region(), "a")], id="one is all there is"),
        pytest.param(
            [(region(flag=[YES], grade=[LOW]), "a"), (region(flag=[NO], grade=[HIGH]), "a")],
            [(region(), "a")],
            id="alike",
        ),
        pytest.param(
            [
                (region(flag=[YES], grade=[LOW]), "a"),
                (region(flag=[NO], grade=[LOW]), "a"),
                (region(flag=[YES], grade=[MIDDLE, HIGH]), "b"),
                (region(flag=[NO], grade=[HIGH]), "b"),
            ],
            [(region(grade=[LOW]), "a"), (region(grade=[MIDDLE, HIGH]), "b")],
            id="told by the one fact that tells them apart",
        ),
        pytest.param(
            [
                (region(open=[either], flag=[flag], grade=[grade]), "a" if (flag == YES) == (grade == LOW) else "b")
                for either, flag, grade in product((NO, YES), (NO, YES), (LOW, HIGH))
            ],
            [
                (region(flag=[NO], grade=[LOW]), "b"),
                (region(flag=[NO], grade=[HIGH]), "a"),
                (region(flag=[YES], grade=[LOW]), "a"),
                (region(flag=[YES], grade=[HIGH]), "b"),
            ],
            id="without the fact that comes first and tells nothing apart",
        ),
        pytest.param(
            [(region(flag=[YES], size=[OVER]), "a"), (region(flag=[YES], size=[UNDER]), "b")],
            [(region(size=[UNDER]), "b"), (region(size=[OVER]), "a")],
            id="stretches of a number in their order",
        ),
        pytest.param(
            [(Region((), (("stop", (True,)),)), "a"), (Region((), (("stop", (False,)),)), "b")],
            [(Region((), (("stop", (True,)),)), "a"), (Region((), (("stop", (False,)),)), "b")],
            id="by what has happened",
        ),
    ],
)
def test_joined(found: list[tuple[Region, str]], expected: list[tuple[Region, str]]) -> None:
    assert sorted(joined(found), key=str) == sorted(expected, key=str)


@given(st.lists(st.sampled_from(["a", "b", "c", None]), min_size=12, max_size=12))
def test_every_case_keeps_its_answer_and_there_are_no_more_regions(outcomes: list[str | None]) -> None:
    cases = list(product(*AXES.values()))
    found = [
        (region(**{name: [cell] for name, cell in zip(AXES, case, strict=True)}), outcome)
        for case, outcome in zip(cases, outcomes, strict=True)
        if outcome is not None
    ]
    told = joined(found)
    assert len(told) <= len(found)
    for one, outcome in found:
        inside = [what for other, what in told if _within(one, other)]
        assert inside == [outcome]


def _within(case: Region, other: Region) -> bool:
    values = dict(case.facts)
    return all(values[name][0] in cells for name, cells in other.facts)
