"""Three-valued conditions: the shared table, by every matcher, and types that never mix."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from policyengine.engine.matcher import Record
from policyengine.engine.reference.conditions import ReferenceMatcher, same, unknown_facts
from policyengine.loading.vocabulary import read_vocabulary
from policyengine.loading.yaml_nodes import parse, plain, read_source
from policyengine.model.case import facts
from policyengine.model.condition import Condition

if TYPE_CHECKING:
    from policyengine.model.vocabulary import Vocabulary

TESTS = Path(__file__).parents[2]


def table() -> list[dict[str, Any]]:
    source, _ = read_source(TESTS / "tables" / "conditions.yaml")
    assert source is not None
    root = parse(source).root
    assert root is not None
    rows = plain(root)
    assert isinstance(rows, list)
    return rows


def vocabulary() -> Vocabulary:
    loaded, faults = read_vocabulary(TESTS / "support" / "lab" / "vocabulary" / "lab.yaml")
    assert loaded is not None, faults
    return loaded


def record(row: Mapping[str, Any]) -> Record:
    return Record(facts(row.get("facts", {})), frozenset(row.get("happened", ())))


@pytest.mark.parametrize("row", table(), ids=lambda row: row["id"])
def test_the_condition_has_the_truth_of_the_table(row: Mapping[str, Any]) -> None:
    condition = Condition.model_validate(row["when"])
    assert ReferenceMatcher(vocabulary()).decide((condition,), (record(row),)) == ((row["truth"],),)


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [(1, True, False), (1, "1", False), (True, "true", False), (0, False, False), (1, 1.0, True), ("a", "a", True)],
)
def test_types_are_never_mixed(one: bool | float | str, other: bool | float | str, equal: bool) -> None:
    assert same(one, other) is equal


def test_what_keeps_a_condition_open_is_named() -> None:
    condition = Condition.model_validate({"any": [{"flag": True}, {"all": [{"other": True}, {"grade": "high"}]}]})
    lab = vocabulary()
    assert unknown_facts(condition, record({"facts": {"grade": "high"}}), lab) == ("flag", "other")
    assert unknown_facts(condition, record({"facts": {"grade": "low"}}), lab) == ("flag",)
    assert unknown_facts(condition, record({"facts": {"flag": True}}), lab) == ()
