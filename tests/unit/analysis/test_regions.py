"""Regions of the facts: exact, with no more distinctions than conditions make."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import policyengine as pe
from policyengine.analysis.cells import TooManyContentsError, cells
from policyengine.analysis.regions import Open, TooManyRegionsError, partition
from policyengine.engine.matcher import Record
from policyengine.engine.reference.conditions import holds
from policyengine.model.condition import Condition, Truth
from policyengine.model.frozen import FrozenMap
from policyengine.testing.names import conditions
from tests.support.cases import policy_named
from tests.support.lab import policy

if TYPE_CHECKING:
    from collections.abc import Callable

    from policyengine.analysis.cells import Cell
    from policyengine.model.condition import FactTest
    from policyengine.model.vocabulary import Vocabulary

LAB = policy("{id: a, must: answer, upon: start}").vocabulary


def condition(**parts: object) -> Condition:
    return Condition.model_validate(parts, strict=False)


def truth_of(asked: Condition, words: Vocabulary = LAB) -> Callable[[Record], Truth | Open]:
    """Return what asks for the truth of *asked*, and says so where that depends on facts that are missing."""

    def ask(record: Record) -> Truth | Open:
        truth = holds(asked, record, words)
        missing = tuple(name for name in asked.facts_asked() if name not in record.values)
        return Open(missing) if truth is Truth.UNKNOWN and missing else truth

    return ask


def told(cell: Cell) -> object:
    """Return a cell of a number as an interval, any other as its values."""
    if cell.low is None and cell.high is None:
        return cell.values
    return ("[" if cell.low_in else "(", cell.low, cell.high, "]" if cell.high_in else ")")


@pytest.mark.parametrize(
    ("fact", "asked", "expected"),
    [
        pytest.param(
            "grade", [{"at_least": "high"}], [("low", "mid"), ("high", "top")], id="a scale is cut where it is asked"
        ),
        pytest.param("grade", ["mid", "top"], [("low", "high"), ("mid", "top")], id="membership"),
        pytest.param("flag", [True], [(True,), (False,)], id="truth"),
        pytest.param(
            "amount",
            [{"more_than": 5}],
            [("(", None, 5, "]"), ("(", 5, None, ")")],
            id="a bound that does not belong",
        ),
        pytest.param(
            "amount",
            [{"at_least": 5, "less_than": 9}],
            [("(", None, 5, ")"), ("[", 5, 9, ")"), ("[", 9, None, ")")],
            id="a stretch",
        ),
        pytest.param("amount", [3], [("(", None, 3, ")"), ("[", 3, 3, "]"), ("(", 3, None, ")")], id="one number"),
        pytest.param("place", ["here"], [("here",), ("-",)], id="a text and any other"),
        pytest.param(
            "tags",
            [{"contains": "a"}, {"contains": "b"}],
            [((),), (("a",),), (("b",),), (("a", "b"),)],
            id="what a list contains",
        ),
    ],
)
def test_values_that_nothing_tells_apart_are_one_cell(fact: str, asked: list[object], expected: list[object]) -> None:
    value = asked if all(not isinstance(each, dict) for each in asked) else None
    shapes = [{fact: value}] if value is not None else [{fact: each} for each in asked]
    tests = [test for each in shapes for test in condition(**each).facts]
    assert [told(each) for each in cells(fact, tests, LAB)] == expected


def test_only_facts_that_matter_are_told() -> None:
    asked = condition(any=[{"grade": "top"}, {"flag": True, "grade": ["high", "top"]}])
    found = partition(LAB, [asked, condition(other=True)], truth_of(asked))
    shown = [
        ({name: [value for cell in chosen for value in cell.values] for name, chosen in region.facts}, truth.value)
        for region, truth in found
    ]
    assert shown == [
        ({"grade": ["low", "mid"]}, "false"),
        ({"grade": ["high"], "flag": [True]}, "true"),
        ({"grade": ["high"], "flag": [False]}, "false"),
        ({"grade": ["top"]}, "true"),
    ]


def test_what_has_happened_is_a_side_of_its_own() -> None:
    asked = condition(happened="stop", flag=True)
    found = partition(LAB, [asked], truth_of(asked))
    assert [(region.happened, truth) for region, truth in found] == [
        ((("stop", (True,)),), Truth.TRUE),
        ((("stop", (True,)),), Truth.FALSE),
        ((("stop", (False,)),), Truth.FALSE),
    ]


def test_too_many_are_refused_and_never_sampled() -> None:
    many = [condition(tags={"contains": f"t{number}"}) for number in range(9)]
    with pytest.raises(TooManyContentsError, match="9 values"):
        partition(LAB, many, lambda _: 0)
    names = "abcdefgh"
    wide = [condition(tags={"contains": each}) for each in names]
    wide += [condition(grade=each) for each in ("low", "mid", "high", "top")]
    wide += [condition(**{"class": each}) for each in ("low", "mid", "high", "top")]
    wide += [condition(amount=number) for number in range(30)]

    def never(record: Record) -> int | Open:
        missing = tuple(name for each in wide for name in each.facts_asked() if name not in record.values)
        return Open(missing) if missing else hash(tuple(record.values.items()))

    with pytest.raises(TooManyRegionsError, match="combinations"):
        partition(LAB, wide, never)
    with pytest.raises(TooManyRegionsError, match="20 types"):
        partition(LAB, [condition(happened=[f"e{number}" for number in range(20)])], lambda _: 0)


def test_what_is_given_is_not_told_again() -> None:
    asked = condition(grade="top", flag=True)
    found = partition(LAB, [asked], truth_of(asked), FrozenMap(grade="top"))
    assert [([name for name, _ in region.facts], truth) for region, truth in found] == [
        (["flag"], Truth.TRUE),
        (["flag"], Truth.FALSE),
    ]


@pytest.mark.parametrize("name", pe.packaged())
@given(data=st.data())
def test_every_record_lies_in_one_region_and_comes_to_what_it_says(name: str, data: st.DataObject) -> None:
    loaded = policy_named(name)
    asked = data.draw(st.sampled_from([each for each in conditions(loaded) if not each.events_asked()]))
    words = loaded.vocabulary
    found = partition(words, [asked], truth_of(asked, words))
    values = {
        fact: data.draw(st.sampled_from([value for cell in cells(fact, _tests(asked), words) for value in cell.values]))
        for fact in asked.facts_asked()
    }
    truth = holds(asked, Record(FrozenMap(values)), words)
    inside = [
        outcome
        for region, outcome in found
        if all(any(values[fact] in cell.values for cell in chosen) for fact, chosen in region.facts)
    ]
    assert inside == [truth]


def _tests(asked: Condition) -> list[FactTest]:
    return [test for part in asked.parts() for test in part.facts]
