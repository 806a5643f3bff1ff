"""Every way to answer gives the reference's answers on generated triples (L9); differences are found and made small."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import policyengine as pe
from policyengine import Status
from policyengine.engine.question import Question
from policyengine.testing import laws
from policyengine.testing.differential.campaign import Manner, campaign, smallest
from policyengine.testing.differential.reached import everything, reached
from policyengine.testing.differential.triple import Declined, Known, Refused, Triple, known
from policyengine.testing.differential.triples import Size, triples
from policyengine.testing.differential.way import Way, agree, one_by_one
from policyengine.testing.differential.ways import WAYS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from policyengine.model.assessment import Assessment
    from policyengine.testing.differential.way import Given

ROOT = Path(__file__).parents[2]
SEEDS = range(5)
SMALL = Size(policies=4, cases=1, steps=8)
MANY = {each: Size(policies=10, cases=2, steps=10) for each in ("compiled", "columns")}
FEW = {"verify": Size(policies=3, cases=1, steps=5), "durable": Size(policies=3, cases=1, steps=5)}


@pytest.mark.unmeasured
@pytest.mark.parametrize("name", [each for each in WAYS if each != "reference"])
def test_l9_every_way_gives_the_answers_of_the_reference(name: str) -> None:
    way = WAYS[name]
    if (missing := way.missing()) is not None:
        pytest.skip(f"{name} is not available: {missing}")
    found = campaign(Manner(SEEDS, size=MANY.get(name) or FEW.get(name) or SMALL), [way])
    told = [f"{each.told}\n{each.files.policy[1]}\n{each.files.case[1]}" for each in found.differences]
    assert not told, "\n\n".join(told)
    tally = found.tallies[name]
    assert tally.equal > tally.declined.total() // 2
    assert (tally.different, found.missing) == (0, {})


MADE = """
import sys
from hashlib import sha256
{imports}
from policyengine.testing.differential.triples import Size, triples
print(sha256(repr([triples(seed, Size(8, 1, 4)) for seed in (1, 3, 5)]).encode()).hexdigest())
"""
EVERYTHING = "import policyengine.monitor, policyengine.engine.compiled.evaluator, policyengine.cli, benchmarks.growth"


def made(imports: str) -> str:
    words = [sys.executable, "-c", MADE.format(imports=imports)]
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True).stdout


def test_the_same_seed_makes_the_same_triples_whatever_else_is_loaded() -> None:
    assert made("") == made(EVERYTHING)


def test_another_seed_makes_other_triples() -> None:
    first, second = (triples(3, SMALL) for _ in range(2))
    assert repr(first) == repr(second)
    assert repr(first) != repr(triples(4, SMALL))


@pytest.mark.unmeasured
def test_triples_reach_most_of_what_is_counted() -> None:
    found: Counter[str] = Counter()
    for seed in SEEDS:
        found.update(name for group in triples(seed, Size(8, 2, 10)) for each in group for name in reached(each))
    assert found.keys() <= set(everything())
    assert len({f"status {each}" for each in Status} - found.keys()) <= 2
    assert len(found) > len(everything()) * 3 // 4


def owing_what_is_waived(asked: Triple) -> Assessment:
    answer = Question(asked.case, asked.as_of, None, "reference", evaluator="reference").answer(
        asked.policy, asked.readings
    )
    rows = (replace(each, owed=True) if each.status is Status.WAIVED else each for each in answer.duties)
    return replace(answer, duties=tuple(rows))


WRONG = Way("wrong", one_by_one(owing_what_is_waived), options=("--evaluator", "wrong"))


@pytest.fixture(scope="module")
def waived() -> Triple:
    """Return a question of many events and provisions, one of whose duties is waived."""
    every = (each for seed in range(1, 40) for group in triples(seed, SMALL) for each in group)
    statuses = ((each, [row.status for row in getattr(each.answer, "duties", ())]) for each in every)
    return next(each.triple for each, found in statuses if Status.WAIVED in found and len(found) > 1)


def test_a_planted_fault_is_found_and_made_small(waived: Triple, tmp_path: Path) -> None:
    found = smallest(WRONG, waived, seed=7)
    small = found.asked.triple
    assert len(small.policy.provision_ids) == 1
    assert len(small.case.events) <= 2
    assert [each.partition(": ")[2] for each in found.told] == ["false became true"]
    policy, case = found.files.written(tmp_path)
    written = pe.Case.from_yaml(case)
    again = known(Triple(pe.load(policy), written, small.as_of, small.readings))
    assert isinstance(again.answer, pe.Assessment)
    assert written.as_of == small.as_of
    assert [each.status for each in again.answer.duties] == [Status.WAIVED]
    assert case.name == f"wrong-7-{small.policy.digest[:6]}-case.yaml"
    assert [each.split()[:3] for each in found.files.commands] == [["policyengine", "evaluate", case.name]] * 2
    assert "--evaluator reference" in found.files.commands[0]


def test_a_campaign_counts_what_is_equal_declined_and_different() -> None:
    def ask(asked: Sequence[Known]) -> Iterable[Given]:
        for place, each in enumerate(asked):
            yield each, (Declined("every third") if place % 3 == 0 else each.answer)

    def absent() -> None:
        raise ImportError("nothing like it is installed")

    ways = [Way("two of three", ask), Way("absent", ask, needs=absent)]
    found = campaign(Manner([2], size=SMALL), ways)
    tally = found.tallies["two of three"]
    assert (tally.different, found.missing) == (0, {"absent": "nothing like it is installed"})
    assert tally.equal + tally.declined.total() == found.triples
    assert tally.declined["every third"] >= found.triples // 3


def test_a_way_that_breaks_down_is_asked_one_by_one() -> None:
    def ask(asked: Sequence[Known]) -> Iterable[Given]:
        if any(isinstance(each.answer, Refused) for each in asked) or len(asked) > 1:
            raise ZeroDivisionError("by nobody")
        return ((each, each.answer) for each in asked)

    found = campaign(Manner([2], size=SMALL, most=0), [Way("brittle", ask)])
    assert found.tallies["brittle"].equal > 0
    assert found.tallies["brittle"].equal + found.tallies["brittle"].different == found.triples


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ((1,), (1,), True),
        ((1,), (True,), False),
        ((1,), (1.0,), False),
        (Status.ACTIVE, "active", False),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}, False),
        (Refused("CaseError", "x"), Refused("CaseError", "y"), False),
    ],
)
def test_two_answers_agree_to_the_last(one: object, other: object, same: bool) -> None:
    assert agree(one, other) is same


def test_l9_the_law_catches_an_evaluator_that_answers_otherwise(
    waived: Triple, monkeypatch: pytest.MonkeyPatch
) -> None:
    def evaluate(policy: pe.Policy, case: pe.Case, *, evaluator: str, **asked: Any) -> Assessment:  # noqa: ANN401
        answer: Assessment = pe.evaluate(policy, case, **asked)
        return replace(answer, duties=()) if evaluator == "compiled" else answer

    laws.law_evaluators_agree(waived.policy, waived.case, waived.as_of, waived.readings)
    monkeypatch.setattr(laws, "evaluate", evaluate)
    with pytest.raises(AssertionError, match="L9: asking the evaluator compiled"):
        laws.law_evaluators_agree(waived.policy, waived.case, waived.as_of, waived.readings)
