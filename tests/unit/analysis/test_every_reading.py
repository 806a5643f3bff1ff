"""At least as strict under every way of reading both policies, under some, or under none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import policyengine as pe
from policyengine.analysis import every_reading
from policyengine.analysis.every_reading import under_every_reading
from policyengine.analysis.strictness import Finding
from policyengine.errors import ReadingError
from policyengine.model.ranges import Verdict
from tests.support.cases import policy_named
from tests.support.lab import policy

if TYPE_CHECKING:
    from policyengine.analysis.every_reading import DemandRange
    from policyengine.model.policy import Policy

DEMAND = "{id: a, must: answer, upon: start, deadline: {within: {hours: 5}}}"


def reading(name: str, *options: str) -> str:
    shown = ", ".join(f"{each}: {{zh: 选, en: {each}}}" for each in options)
    return (
        f"  {name}: {{question: {{zh: 问, en: q}}, options: {{{shown}}}, default: {options[0]}, "
        "why: {zh: 因, en: w}}\n"
    )


def read(provisions: str, *readings: str, name: str = "one") -> Policy:
    return policy(provisions, header=f"policy: {name}\nreadings:\n{''.join(readings)}")


def found(one: Policy, other: Policy) -> DemandRange:
    (only,) = under_every_reading(one, other).demands
    return only


LENGTH = "{id: a, must: answer, upon: start, deadline: {reading: r, x: {within: {hours: X}}, y: {within: {hours: Y}}}}"


@pytest.mark.parametrize(
    ("hours", "verdict"),
    [((4, 5), Verdict.EVERY), ((4, 6), Verdict.SOME), ((6, 7), Verdict.NONE)],
    ids=["never later", "later under one", "later under both"],
)
def test_the_verdict_over_the_options_of_one_reading(hours: tuple[int, int], verdict: Verdict) -> None:
    one = read(LENGTH.replace("X", str(hours[0])).replace("Y", str(hours[1])), reading("r", "x", "y"))
    assert found(one, policy(DEMAND, header="policy: other\n")).verdict is verdict


def test_ways_that_come_to_the_same_are_one_leaf_and_each_that_fails_has_a_case() -> None:
    one = read(LENGTH.replace("X", "4").replace("Y", "6"), reading("r", "x", "y"), reading("s", "m", "n"))
    leaves = found(one, policy(DEMAND, header="policy: other\n")).leaves
    assert [each.one for each in leaves] == [(("r", ("x",)),), (("r", ("y",)),)]
    assert [each.demand.finding if each.demand else None for each in leaves] == [Finding.COVERED, Finding.REFUTED]
    assert leaves[1].demand is not None
    assert leaves[1].demand.counterexample is not None


def test_one_question_is_answered_alike_on_both_sides() -> None:
    text = LENGTH.replace("X", "4").replace("Y", "6")
    one, other = (read(text, reading("r", "x", "y"), name=name) for name in ("one", "other"))
    assert found(one, other).verdict is Verdict.EVERY


def test_an_option_of_one_side_alone_is_held_against_all_of_the_other() -> None:
    text = LENGTH.replace("X", "4").replace("Y", "6")
    third = text.replace("y: {within: {hours: 6}}", "y: {within: {hours: 6}}, z: {within: {hours: 5}}")
    one, other = read(third, reading("r", "x", "y", "z")), read(text, reading("r", "x", "y"), name="other")
    ways = [(each.one, each.other, each.demand.finding if each.demand else None) for each in found(one, other).leaves]
    assert ways == [
        ((("r", ("x", "y", "z")),), (("r", ("x", "y")),), Finding.COVERED),
        ((("r", ("z",)),), (("r", ("x",)),), Finding.REFUTED),
    ]


def test_a_demand_that_is_not_there_under_an_option_is_met_there() -> None:
    other = read(
        "{id: a, under: {r: [x]}, must: answer, upon: start}\n{id: b, must: tell, upon: start}",
        reading("r", "x", "y"),
        name="other",
    )
    first, second = under_every_reading(policy("{id: a, must: punish, upon: start}"), other).demands
    assert (first.verdict, second.verdict) == (Verdict.SOME, Verdict.NONE)
    assert [each.demand is None for each in first.leaves] == [False, True]


def test_too_many_combinations_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(every_reading, "MOST_COMBINATIONS", 1)
    one = read(LENGTH.replace("X", "4").replace("Y", "6"), reading("r", "x", "y"))
    with pytest.raises(ReadingError, match="more than 1 combinations"):
        under_every_reading(one, policy(DEMAND, header="policy: other\n"))


def test_changzhi_keeps_the_press_conference_unless_in_principle_reaches_it() -> None:
    changzhi, rules = policy_named("changzhi"), policy_named("state-council-2016-80")
    whole = pe.at_least_as_strict(changzhi, rules, acts=["hold_press_conference"], readings="all")
    (conference,) = whole.demands
    assert (whole.verdict, conference.verdict) == (Verdict.SOME, Verdict.SOME)
    assert [(each.one, each.demand.finding if each.demand else None) for each in conference.leaves] == [
        ((("in_principle", ("first_hour_only",)),), Finding.COVERED),
        ((("in_principle", ("both",)),), Finding.REFUTED),
    ]
