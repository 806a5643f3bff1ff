"""Facts too many to enumerate: z3 goes on, as exactly, and regions are told by example."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import policyengine as pe
from policyengine.analysis import possible, regions, sides
from policyengine.analysis.comparison import Relation
from policyengine.analysis.regions import TooManyRegionsError
from policyengine.analysis.strictness import Finding
from policyengine.errors import MissingExtraError
from policyengine.report.region_words import where
from policyengine.report.titles import Titles
from tests.support.lab import policy

if TYPE_CHECKING:
    from policyengine.model.policy import Policy

WHEN = "when: {any: [{flag: true, grade: {at_least: high}}, {other: true, class: low}]}"


def limited(hours: int, name: str) -> Policy:
    demand = f"{{id: a, must: answer, upon: start, {WHEN}, deadline: {{within: {{hours: {hours}}}}}}}"
    return policy(demand, header=f"policy: {name}\n")


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Enumerate so little that the lab's facts are too many."""
    monkeypatch.setattr(regions, "MOST_ASKED", 3)


@pytest.mark.usefixtures("few")
def test_what_is_proved_and_refuted_stays_so() -> None:
    strict, lax = limited(4, "strict"), limited(6, "lax")
    assert pe.at_least_as_strict(strict, lax).holds is True
    (demand,) = pe.at_least_as_strict(lax, strict).demands
    assert demand.finding is Finding.REFUTED
    assert demand.counterexample is not None
    (region, _) = demand.where[0]
    assert region.example
    told = where([region], Titles(lax, "en"))
    assert told.startswith("in some cases, such as where")


@pytest.mark.usefixtures("few")
def test_policies_are_laid_side_by_side() -> None:
    found = pe.compare([limited(4, "strict"), limited(6, "lax")], against=["lax"])
    assert {row.cells[0].relation for row in found.rows} == {Relation.STRICTER}


@pytest.mark.usefixtures("few")
def test_without_z3_the_question_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object, **__: object) -> None:
        raise MissingExtraError("solver")

    monkeypatch.setattr(possible, "possible", missing)
    with pytest.raises(TooManyRegionsError, match="more than 3 combinations"):
        pe.at_least_as_strict(limited(4, "strict"), limited(6, "lax"))


def test_both_ways_come_to_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    side = sides.Side.of(limited(4, "strict"))
    norms = ((side, side.provisions[0]),)
    enumerated = {outcome for _, outcome in sides.applying(side.vocabulary, norms)}
    monkeypatch.setattr(regions, "MOST_ASKED", 3)
    assert {outcome for _, outcome in sides.applying(side.vocabulary, norms)} == enumerated
