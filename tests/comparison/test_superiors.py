"""The five regulations beside the two documents that they implement, as a lawyer has read them by hand."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import policyengine as pe
from policyengine.analysis.comparing import compare
from policyengine.analysis.comparison import Relation
from policyengine.analysis.standings import overall
from tests.support.cases import policy_named

if TYPE_CHECKING:
    from policyengine.analysis.comparison import Comparison

TABLE = Path(__file__).parents[1] / "tables" / "superiors.csv"
with TABLE.open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))
CELLS = [pytest.param(row, id=f"{row['point']}: {row['policy']}") for row in ROWS]


REGULATIONS = sorted({row["policy"] for row in ROWS})


@cache
def compared(topics: str, grades: str, against: str) -> Comparison:
    """Return all regulations at one point, side by side with their superiors' documents."""
    policies = [policy_named(each) for each in (*REGULATIONS, *against.split())]
    return compare(policies, against=against.split(), topics=topics.split(), grades=grades.split() or None)


@pytest.mark.parametrize("row", CELLS)
def test_a_cell_comes_from_the_policies_alone(row: dict[str, str]) -> None:
    policy = policy_named(row["policy"])
    cells = [cell for line in compared(row["topics"], row["grades"], row["against"]).rows for cell in line.cells]
    standings = [each for cell in cells if cell.policy == policy.id for each in cell.standings]
    assert str(overall(standings)) == row["expected"]


def test_every_cell_that_differs_from_the_reading_by_hand_says_why() -> None:
    known = {str(each) for each in Relation}
    for row in ROWS:
        assert row["expected"] in known
        assert row["why"] or row["expected"] == row["by_hand"], row


def test_the_table_has_every_regulation_at_every_point() -> None:
    points = {row["point"] for row in ROWS}
    assert len(REGULATIONS) == len([each for each in pe.packaged() if not each.startswith("state-council")])
    assert len(ROWS) == len(points) * len(REGULATIONS)
