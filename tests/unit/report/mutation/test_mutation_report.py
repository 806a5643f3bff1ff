"""What became of mutants, written: pages in both languages, JSON by its schema, and how a mutant differs."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import jsonschema
import pytest

from policyengine.checks.mutation.verdict import Fate
from policyengine.loading.text import Source
from policyengine.loading.yaml_nodes import parse
from policyengine.report.mutation.as_json import mutation_json
from policyengine.report.mutation.difference import difference
from policyengine.report.mutation.mutated import Mutated
from policyengine.report.mutation.page import mutation_page, percent
from policyengine.report.mutation.schema import mutation_schema
from policyengine.report.plain import plain
from tests.support.mutants import EXAMPLE, POLICY, shop, trial

if TYPE_CHECKING:
    from policyengine.wording import Lang
    from tests.support.golden import Golden


@pytest.fixture(scope="module")
def mutated(tmp_path_factory: pytest.TempPathFactory) -> Mutated:
    folder = tmp_path_factory.mktemp("shop")
    shop(folder)
    accepted = {"repair:remove": "the clause is about to be repealed", "gone:remove": "not there"}
    found = trial(folder).mutation(accepted=accepted)
    return Mutated(replace(found, name="shop.yaml"), parse(Source("shop.yaml", POLICY)).root, 95.0)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_pages(mutated: Mutated, lang: Lang, golden: Golden) -> None:
    golden.check(f"mutation.{lang}.txt", plain(mutation_page(mutated, lang)))


def test_json_is_as_its_schema_says(mutated: Mutated) -> None:
    found = json.loads(mutation_json([mutated, replace(mutated, root=None, minimum=None)]))
    jsonschema.Draft202012Validator.check_schema(mutation_schema())
    jsonschema.validate(found, mutation_schema(), format_checker=jsonschema.FormatChecker())
    first, second = found["policies"]
    mutants = {each["id"]: each for each in first["mutants"]}
    survivor = mutants["repair:remove"]
    assert survivor["span"]["line"] == POLICY[: POLICY.index("- id: repair")].count("\n") + 1
    assert survivor["accepted"] == "the clause is about to be repealed"
    assert survivor["example"]["expect"][0]["provision"] == "repair"
    assert survivor["file"] in {name for name, _ in mutated.files.files("shop.yaml")}
    assert mutants["tell-soon:remove"]["killed_by"]["keys"] == ["row"]
    assert (first["below"], second["below"]) == (True, False)
    assert {each["span"] is None for each in second["mutants"]} == {True}
    assert first["idle"] == ["gone:remove"]


def test_a_run_that_could_not_begin(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("failing")
    shop(folder, example=EXAMPLE.replace("status: overdue", "status: active"))
    found = Mutated(trial(folder).mutation(), None, 50.0)
    jsonschema.validate(json.loads(mutation_json([found])), mutation_schema())
    text = plain(mutation_page(found, "en"))
    assert "Expectations that fail as the policy stands; nothing was tried" in text
    assert ": told-late, tell-soon" in text
    assert not found.below


@pytest.mark.parametrize(
    ("mutant", "lines"),
    [
        ("tell-soon:double:deadline.within.hours", ("-     hours: 24", "+     hours: 48")),
        ("repair:drop-upon:upon", ("- upon: alarm",)),
        ("repair:remove", ("- repair",)),
        ("counting:counting:days.roll", ("+ days:", "+   roll: next_working_day")),
    ],
)
def test_differences(mutated: Mutated, mutant: str, lines: tuple[str, ...]) -> None:
    found = next(each.mutant for each in mutated.mutation.verdicts if each.mutant.id == mutant)
    assert difference(found) == lines


@pytest.mark.parametrize(
    ("score", "text"), [(None, "-"), (100.0, "100%"), (99.99, "99.9%"), (95.0, "95%"), (0.0, "0%"), (200 / 3, "66.6%")]
)
def test_scores_are_never_rounded_up(score: float | None, text: str) -> None:
    assert percent(score) == text


@pytest.mark.parametrize(("minimum", "below"), [(None, False), (0.0, False), (100.0, True)])
def test_what_is_below(mutated: Mutated, minimum: float | None, *, below: bool) -> None:
    assert mutated.mutation.total.counts[Fate.SURVIVED]
    assert replace(mutated, minimum=minimum).below is below
