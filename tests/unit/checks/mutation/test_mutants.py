"""What the operators make of a policy: each slip once, at a place that stays called the same."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from policyengine.checks.mutation.mutants import mutants
from policyengine.checks.mutation.operators.every import BY_ID, OPERATORS
from policyengine.checks.mutation.sites import put
from policyengine.loading.nodes import plain
from policyengine.loading.places import reach
from policyengine.loading.policy import load_policy, read_policy_text
from policyengine.loading.text import Source
from policyengine.loading.yaml_nodes import parse
from tests.support.mutants import GOOD, POLICY

FILES = tuple(sorted(each.stem for each in GOOD.glob("*.yaml") if each.stem != "sample"))


def made(policy: str, operator: str) -> list[str]:
    """Return the mutants that an operator makes of a policy's text: the id, and the changed part as JSON."""
    found, faults = read_policy_text(Source("shop.yaml", policy), GOOD)
    assert found is not None, faults
    return [each.id for each in mutants(found) if each.operator == operator]


def edited(old: str, new: str) -> str:
    assert old in POLICY
    return POLICY.replace(old, new)


HOURS = "{within: {hours: 24}, of: {reading: start, opening: opened, alarm: alarm}}"
LIMIT = "tell-soon:{}:deadline.within.hours"


@pytest.mark.parametrize(
    ("operator", "old", "new", "expected"),
    [
        ("halve", "", "", [LIMIT.format("halve")]),
        ("double", "", "", [LIMIT.format("double")]),
        ("plus-one", "", "", [LIMIT.format("plus-one")]),
        ("plus-one", "hours: 24", "hours: 1", []),
        ("halve", "hours: 24", "hours: 1", []),
        (
            "halve",
            "hours: 24",
            "hours: {reading: start, opening: 24, alarm: 12}",
            [f"{LIMIT.format('halve')}.opening", f"{LIMIT.format('halve')}.alarm"],
        ),
        ("unit", "", "", [f"{LIMIT.format('unit')}=days", f"{LIMIT.format('unit')}=minutes"]),
        (
            "grade",
            "at_least: high",
            "at_least: middle",
            ["tell-soon:grade:when.level.at_least=low", "tell-soon:grade:when.level.at_least=high"],
        ),
        ("grade", "", "", ["tell-soon:grade:when.level.at_least=middle"]),
        ("bound", "level: {at_least: high}", "injured: {at_least: 2}", ["tell-soon:bound:when.injured.at_least"]),
        ("bound", "", "", []),
        ("negate", "", "", ["tell-soon:negate:when.level", "no-hearing:negate:when.urgent"]),
        (
            "drop-conjunct",
            "urgent: true",
            "urgent: true, level: high",
            [f"no-hearing:drop-conjunct:when.{each}" for each in ("urgent", "level")],
        ),
        (
            "drop-disjunct",
            "when: {urgent: true}",
            "when: {any: [{urgent: true}, {level: high}]}",
            ["no-hearing:drop-disjunct:when.any.0", "no-hearing:drop-disjunct:when.any.1"],
        ),
        ("value", "urgent: true", "mode: open", ["no-hearing:value:when.mode=closed"]),
        (
            "drop-member",
            "level: {at_least: high}",
            "level: [high, low]",
            ["tell-soon:drop-member:when.level.0=high", "tell-soon:drop-member:when.level.1=low"],
        ),
        ("strength", "", "", ["tell-soon:strength:must=should", "repair:strength:should=must"]),
        ("bearer", "", "", ["tell-soon:bearer:bearer=warden", "repair:bearer:bearer=keeper"]),
        ("remove", "", "", ["tell-soon:remove", "repair:remove", "no-hearing:remove"]),
        ("drop-when", "", "", ["tell-soon:drop-when:when", "no-hearing:drop-when:when"]),
        ("drop-deadline", "", "", ["tell-soon:drop-deadline:deadline"]),
        ("drop-of", "", "", ["tell-soon:drop-of:deadline.of"]),
        (
            "anchor",
            "",
            "",
            [
                f"tell-soon:anchor:deadline.of.{one}={other}"
                for one, other in (("opening", "alarm"), ("opening", "heard"), ("alarm", "opened"), ("alarm", "heard"))
            ],
        ),
        ("swap-options", "", "", ["tell-soon:swap-options:deadline.of.opening=opening-alarm"]),
        ("default", "", "", ["start:default:default=alarm"]),
        ("presume", "", "", ["presume:presume:level=middle"]),
        ("drop-presume", "", "", ["presume:drop-presume:level"]),
        (
            "composite",
            HOURS,
            f"{{earliest: [{HOURS}, {{before: closed}}]}}",
            ["tell-soon:composite:deadline.earliest"],
        ),
        (
            "date",
            "in_force: {}",
            "in_force: {from: 2024-02-29}",
            [f"versions:date:0.in_force.from={each}" for each in ("earlier", "later")],
        ),
    ],
)
def test_each_slip_is_made_where_it_can_be(operator: str, old: str, new: str, expected: list[str]) -> None:
    assert made(edited(old, new) if old else POLICY, operator) == expected


@pytest.mark.parametrize("name", FILES)
def test_every_mutant_is_another_policy_under_an_id_of_its_own(name: str) -> None:
    policy = load_policy(GOOD / f"{name}.yaml")
    document = json.loads(policy.document)
    found = tuple(mutants(policy))
    assert [each.id for each in found if Counter(one.id for one in found)[each.id] > 1] == []
    assert found == tuple(mutants(policy))
    for each in found:
        changed = put(document, each.part.place, each.after)
        assert changed != document, each.id
        assert each.operator in BY_ID


@pytest.mark.parametrize("name", FILES)
def test_every_mutant_has_a_place_in_its_file(name: str) -> None:
    path = GOOD / f"{name}.yaml"
    policy = load_policy(path)
    root = parse(Source(path.name, path.read_text(encoding="utf-8"))).root
    assert root is not None
    for each in mutants(policy):
        if each.part.value:
            assert plain(reach(root, each.part.place) or root) == each.part.value, each.id


def test_every_operator_makes_something() -> None:
    found = {each.operator for name in FILES for each in mutants(load_policy(GOOD / f"{name}.yaml"))}
    assert [each.id for each in OPERATORS if each.id not in found] == []


def test_ids_do_not_hang_on_what_stands_before() -> None:
    start, end = POLICY.index("  - id: repair"), POLICY.index("gaps:")
    more = POLICY[start:end].replace("id: repair", "id: first")
    longer = edited("provisions:\n", f"provisions:\n{more}").replace(
        "provisions: [repair]", "provisions: [repair, first]"
    )
    policies = [read_policy_text(Source("shop.yaml", each), GOOD)[0] for each in (POLICY, longer)]
    before, after = ({each.id for each in mutants(each)} if each is not None else set() for each in policies)
    # Whom a slip names instead may change with what is usual in the file.
    assert {each for each in before - after if "=" not in each} == set()
    assert before


def test_operators_are_called_differently_in_both_languages() -> None:
    for texts in (
        [each.id for each in OPERATORS],
        [each.name.zh for each in OPERATORS],
        [each.name.en for each in OPERATORS],
    ):
        assert len(set(texts)) == len(texts)
    assert all(each.slip.zh and each.slip.en.isascii() and each.name.en.isascii() for each in OPERATORS)
