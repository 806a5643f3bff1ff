"""The solver: its limits, the numbers that it finds, and that it gives no answer where it has none."""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyengine.analysis import formulas, solver
from policyengine.analysis.numbers import between
from policyengine.analysis.possible import possible
from policyengine.analysis.sides import Side
from policyengine.analysis.solver import Logic, UnsolvedError
from policyengine.model.condition import Truth
from tests.support import lab

if TYPE_CHECKING:
    from policyengine.analysis.possible import Possibility
    from policyengine.analysis.solver import Told

TRUE, FALSE, UNKNOWN = Truth


def solved(provisions: str, header: str = "") -> tuple[Possibility, ...]:
    side = Side.of(lab.policy(provisions, header))
    return possible(side.vocabulary, tuple((side, each) for each in side.provisions), method="solver")


def truths(logic: Logic, *told: Told) -> set[tuple[Truth, ...]]:
    return {found for _, found in logic.solutions(told, ())}


def test_kleene() -> None:
    logic = Logic()
    one, unknown = logic.settled(logic.flag("one")), logic.unknown()
    asked = (one, one.negated(), logic.conjunction([one, unknown]), logic.disjunction([one, unknown]))
    assert truths(logic, *asked, unknown.negated()) == {
        (TRUE, FALSE, UNKNOWN, TRUE, UNKNOWN),
        (FALSE, TRUE, FALSE, UNKNOWN, UNKNOWN),
    }


def test_nothing_joined_is_true_by_all_and_false_by_any() -> None:
    logic = Logic()
    assert truths(logic, logic.conjunction([]), logic.disjunction([])) == {(TRUE, FALSE)}


def test_what_nothing_is_asked_of_comes_out_in_one_way() -> None:
    assert [found for _, found in Logic().solutions((), ())] == [()]


def test_what_cannot_be_comes_out_in_no_way() -> None:
    logic = Logic()
    assert list(logic.solutions((), [logic.constant(truth=False)])) == []


def test_what_is_written_alike_has_one_truth() -> None:
    logic = Logic()
    flags = [logic.settled(logic.flag("same")) for _ in range(50)]
    assert truths(logic, *flags) == {(TRUE,) * 50, (FALSE,) * 50}


def test_what_is_true_and_false_is_a_fault_of_ours() -> None:
    logic = Logic()
    always = logic.constant(truth=True)
    with pytest.raises(AssertionError, match="both true and false"):
        truths(logic, solver.Told(always, always))


def test_where_the_work_does_not_suffice_there_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solver, "MOST_STEPS", 1)
    with pytest.raises(UnsolvedError, match="z3 does not settle within 1 steps"):
        solved("{id: a, must: answer, when: {flag: true, grade: {at_least: high}}}")


def test_more_combinations_than_are_listed_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    provisions = "{id: a, must: answer, when: {flag: true}}\n{id: b, must: answer, when: {other: true}}"
    monkeypatch.setattr(solver, "MOST_FOUND", 4)
    assert len(solved(provisions)) == 4
    monkeypatch.setattr(solver, "MOST_FOUND", 3)
    with pytest.raises(UnsolvedError, match="more than 3 combinations"):
        solved(provisions)


def test_a_condition_on_too_many_open_facts_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = "rows: [{when: {place: here}, then: high}, {when: {flag: true}, then: top}], else: low"
    header = f'tables:\n  - {{derives: grade, clause: "LAB:1", hit: unique, {rows}}}\n'
    provisions = "{id: a, must: answer, when: {grade: top}}"
    monkeypatch.setattr(formulas, "MOST_EXPANDED", 3)
    assert {each.truths for each in solved(provisions, header)} == {(TRUE,), (FALSE,), (UNKNOWN,)}
    monkeypatch.setattr(formulas, "MOST_EXPANDED", 2)
    with pytest.raises(UnsolvedError, match="over 2 ways"):
        solved(provisions, header)


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        pytest.param(None, None, 0, id="anything"),
        pytest.param(None, 5, 4, id="below a whole number"),
        pytest.param(None, 5.5, 5, id="below a broken one"),
        pytest.param(None, 1e17, 99999999999999999, id="below one so large that floats are far apart"),
        pytest.param(-5, None, -4, id="above a whole number"),
        pytest.param(1e17, None, 100000000000000001, id="above a large one"),
        pytest.param(1, 3, 2, id="a whole one between"),
        pytest.param(1, 2, 1.5, id="no whole one between"),
        pytest.param(1.25, 1.5, 1.375, id="between broken ones"),
        pytest.param(2**54 + 1, 2**54 + 3, 2**54 + 2, id="a whole one that is no float"),
        pytest.param(2**54, 2**54 + 1, None, id="whole neighbours beyond the floats"),
        pytest.param(0.1, 0.10000000000000002, None, id="neighbours"),
        pytest.param(0.1, 0.10000000000000003, 0.10000000000000002, id="neighbours but one"),
        pytest.param(0, 5e-324, None, id="the smallest there is"),
        pytest.param(1e308, 1.7e308, int(1e308) + 1, id="sums that are infinite"),
    ],
)
def test_a_number_between_two(low: float | None, high: float | None, expected: float | None) -> None:
    ends = [None if each is None else Fraction(each) for each in (low, high)]
    found = between(*ends)
    assert found == expected
    assert type(found) is type(expected)


@given(*[st.floats(allow_nan=False, allow_infinity=False)] * 2)
def test_a_number_is_found_wherever_there_is_one(one: float, other: float) -> None:
    low, high = sorted((one, other))
    found = between(Fraction(low), Fraction(high))
    assert (found is None) is (math.nextafter(low, math.inf) >= high)
    assert found is None or low < found < high


def test_numbers_far_from_nought_are_told_apart() -> None:
    found = solved("{id: a, must: answer, when: {amount: {at_least: 1.0e+17}}}")
    assert [(each.truths, each.record.values["amount"]) for each in found] == [
        ((TRUE,), 1e17),
        ((FALSE,), 99999999999999999),
    ]


def test_threads_do_not_meet() -> None:
    provisions = (
        "{id: a, must: answer, when: {tags: {contains: x}}}\n{id: b, must: answer, when: {tags: {contains: y}}}"
    )
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(solved, [provisions] * 8))
    assert [[each.truths for each in one] for one in found] == [
        [(TRUE, TRUE), (TRUE, FALSE), (FALSE, TRUE), (FALSE, FALSE)]
    ] * 8
