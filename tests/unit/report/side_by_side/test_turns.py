"""What becomes of a demand under each other option, chosen alone."""

from __future__ import annotations

import pytest

from policyengine.analysis.sides import Side
from policyengine.analysis.strictness import Finding, between
from policyengine.report.side_by_side.turns import Turns
from tests.support.lab import policy

DEMAND = "{id: a, must: answer, upon: start, deadline: {within: {hours: 5}}}"
LENGTH = "{id: a, must: answer, upon: start, deadline: {reading: r, x: {within: {hours: X}}, y: {within: {hours: Y}}}}"
OPTIONS = (
    "{question: {zh: 问, en: q}, options: {x: {zh: 选, en: x}, y: {zh: 选, en: y}}, default: x, why: {zh: 因, en: w}}"
)
READING = f"readings:\n  r: {OPTIONS}\n"


def turned(one: str, other: str, *, both: bool = False) -> tuple[Finding, list[tuple[tuple[str, ...], str, object]]]:
    """Return what is found of the demand `a` by default, and under every other option."""
    own = Side.of(policy(one, header=f"policy: one\n{READING if 'reading: r,' in one else ''}"))
    parent = Side.of(policy(other, header=f"policy: other\n{READING if both else ''}"))
    (demand,) = between(own, parent, only=("a",)).demands
    known = [] if demand.counterexample is None else [demand.counterexample]
    found = Turns(own, parent, {}).of(demand.provision, known)
    return demand.finding, [(each.policies, each.choice.option, each.finding) for each in found]


def lengths(first: int, second: int) -> str:
    return LENGTH.replace("X", str(first)).replace("Y", str(second))


@pytest.mark.parametrize(
    ("hours", "default", "turn"),
    [
        ((4, 5), Finding.COVERED, Finding.COVERED),
        ((4, 6), Finding.COVERED, Finding.REFUTED),
        ((6, 5), Finding.REFUTED, Finding.COVERED),
        ((6, 7), Finding.REFUTED, Finding.REFUTED),
    ],
    ids=["met under both", "met by default only", "met under the other only", "met under neither"],
)
def test_an_option_of_the_regulation(hours: tuple[int, int], default: Finding, turn: Finding) -> None:
    assert turned(lengths(*hours), DEMAND) == (default, [(("one",), "y", turn)])


def test_a_question_that_both_have_is_answered_alike() -> None:
    assert turned(lengths(1, 2), lengths(1, 2), both=True) == (
        Finding.COVERED,
        [(("one", "other"), "y", Finding.COVERED)],
    )


def test_a_demand_that_the_option_does_not_admit() -> None:
    other = "{id: a, under: {r: [x]}, must: answer, upon: start, deadline: {within: {hours: 5}}}"
    assert turned(DEMAND, other, both=True) == (Finding.COVERED, [(("other",), "y", None)])


def test_a_reading_of_something_else_is_not_asked() -> None:
    one = f"{DEMAND}\n{lengths(1, 9).replace('id: a, must: answer', 'id: b, must: tell')}"
    assert turned(one, DEMAND) == (Finding.COVERED, [])


def test_what_only_counts_from_elsewhere_is_left_open_without_a_search() -> None:
    one = "{id: a, must: answer, upon: start, deadline: {within: {hours: 5}, of: {reading: r, x: start, y: anchor}}}"
    demand = "{id: a, must: answer, upon: start}"
    assert turned(one, demand) == (Finding.COVERED, [(("one",), "y", Finding.OPEN)])
