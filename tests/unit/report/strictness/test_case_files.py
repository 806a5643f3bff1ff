"""The cases behind an answer: each file, judged by the readings that its command names, shows what was told."""

from __future__ import annotations

import shlex
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

import policyengine as pe
from policyengine.analysis.degrees import Degree, answers, degree, most
from policyengine.analysis.sides import Side
from policyengine.report.strictness.both_ways import both_ways
from policyengine.report.strictness.case_files import Shown, shown_both_ways, shown_under_readings
from tests.support.strictness import REAL, held, load, ranged

if TYPE_CHECKING:
    from policyengine.model.assessment import Assessment, Duty

RANGED = (("hubei", "state-council-2016-61"), ("changzhi", "state-council-2016-80"))


def replayed(shown: Shown) -> tuple[Degree, Degree]:
    """Return what the file of *shown* comes to by its own commands: for whose demand it is, then for the other."""
    ids = [each.policy.id for each in shown.sides]
    case = pe.Case.from_text(shown.text((ids[0], ids[1])))
    assert case.as_of == shown.found.as_of
    found: dict[str, Assessment] = {}
    for command in shown.commands("case.yaml", (ids[0], ids[1])):
        words = shlex.split(command)
        assert words[:3] == ["policyengine", "evaluate", "case.yaml"]
        options = list(pairwise(words))
        policies = [load(word) for option, word in options if option == "--policy"]
        policies = policies or [load(each) for each in case.policies]
        chosen = [word.split("=") for option, word in options if option == "--reading"]
        readings = {each.id: {name: option for name, option in chosen if name in each.readings} for each in policies}
        for answer in pe.evaluate(policies, case, as_of=shown.found.as_of, readings=readings).answers:
            found[answer.policy] = answer
    ours, theirs = reversed(ids) if shown.beyond else ids
    duty, vocabulary = shown.found.duty, shown.sides[0].vocabulary

    def bears(row: Duty) -> bool:
        return answers(row, duty.act, duty.strength, vocabulary)

    return most(found[theirs], lambda row: row.provision == duty.provision), most(found[ours], bears)


@pytest.mark.parametrize(("one", "other"), REAL)
def test_every_case_replays(one: str, other: str) -> None:
    every = shown_both_ways(held(one, other))
    assert len(every) > sum(each.beyond for each in every) > 0
    for shown in every:
        assert replayed(shown) == (shown.found.found, shown.found.instead), shown.name
        assert replayed(shown)[0] > replayed(shown)[1]


@pytest.mark.parametrize(("one", "other"), RANGED)
def test_every_case_under_some_reading_replays(one: str, other: str) -> None:
    every = shown_under_readings(ranged(one, other))
    assert any("--reading" in each.commands("x", (one, other))[0] for each in every)
    for shown in every:
        assert replayed(shown) == (shown.found.found, shown.found.instead), shown.name


def test_each_demand_that_is_not_met_has_its_own_file() -> None:
    found = held("changzhi", "state-council-2016-80")
    names = [each.name for each in shown_both_ways(found)]
    assert max(Counter(names).values()) == 1
    assert names[0] == "01-authoritative-information"
    assert names[-1] == "10-first-bulletin-beyond"
    assert len(names) == len(found.there.counterexamples) + 1


def test_a_reading_that_only_one_side_takes_otherwise_needs_a_command_for_each() -> None:
    sides = (Side.of(load("changzhi"), {"clock_start": "occurrence"}), Side.of(load("hubei")))
    found = both_ways(*sides, acts=["hold_press_conference"])
    (shown, *_) = shown_both_ways(found)
    assert shown.commands("a b.yaml", ("changzhi", "hubei")) == (
        "policyengine evaluate 'a b.yaml' --policy changzhi --reading clock_start=occurrence",
        "policyengine evaluate 'a b.yaml' --policy hubei",
    )
    assert replayed(shown) == (shown.found.found, shown.found.instead)


def test_a_reading_that_both_sides_take_otherwise_is_told_once() -> None:
    options = {"clock_start": "occurrence"}
    sides = (Side.of(load("changzhi"), options), Side.of(load("hubei"), options))
    found = both_ways(*sides, acts=["consult"])
    (shown, *_) = shown_both_ways(found)
    assert shown.commands("x.yaml", ("changzhi", "hubei")) == (
        "policyengine evaluate x.yaml --reading clock_start=occurrence",
    )


def test_versions_of_one_policy_are_judged_one_by_one() -> None:
    shown = shown_both_ways(held("hubei", "state-council-2016-61"))[0]
    one, other = shown.sides
    header = other.policy.header
    namesake = replace(other, policy=replace(other.policy, header=header.model_copy(update={"policy": one.policy.id})))
    commands = replace(shown, sides=(one, namesake)).commands("x.yaml", ("old.yaml", "new.yaml"))
    assert commands == (
        "policyengine evaluate x.yaml --policy old.yaml",
        "policyengine evaluate x.yaml --policy new.yaml",
    )


def test_a_file_says_what_it_shows_and_how_to_judge_it() -> None:
    shown = shown_both_ways(held("changzhi", "state-council-2016-80"))
    text = shown[0].text(("changzhi-energy-bureau", "state-council-2016-80"))
    assert text.splitlines()[:6] == [
        "# state-council-2016-80 authoritative-information: violated; changzhi-energy-bureau: departed",
        "# policyengine evaluate 01-authoritative-information.yaml",
        "case: 01-authoritative-information",
        "policy:",
        "  - changzhi-energy-bureau",
        "  - state-council-2016-80",
    ]
    last = shown[-1].text(("a", "b")).splitlines()[0]
    assert last == "# changzhi-energy-bureau first-bulletin: departed; state-council-2016-80: owed"


def test_degrees_of_rows_agree_with_what_is_told() -> None:
    for shown in shown_both_ways(held("meihekou", "state-council-2016-80")):
        assert degree(shown.found.duty) is shown.found.found
        assert max(map(degree, shown.found.rows), default=Degree.NOTHING) is shown.found.instead
