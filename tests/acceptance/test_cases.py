"""The cases of `tests/cases` as a whole: that all of them are there, and that the second matcher agrees.

That everything comes out as worked is held by the pytest plugin, which collects these files.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pytest

from policyengine.checks.examples.example import Subject
from policyengine.loading.yaml_nodes import parse, plain, read_source
from tests.support.cases import CASES, Example, examples
from tests.support.durable import needs_durable

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLES = tuple(examples())


def counts(example: Sequence[Example], *subjects: Subject) -> tuple[int, int]:
    """Return how many expectations there are about *subjects*, under the default readings and under others."""
    asks = [(place == 0, ask) for each in example for place, ask in enumerate(each.asks)]
    found = [own for own, ask in asks for expected in ask.expected if expected.subject in subjects]
    return sum(found), len(found) - sum(found)


WORKED = re.compile(r"[a-z]+/(MHK|ASH|HUB|CZH|XCH)-[0-9]{2}")


def test_the_worked_cases_are_all_there_with_every_item_and_reading() -> None:
    worked = [example for example in EXAMPLES if WORKED.fullmatch(example.name)]
    assert (len(worked), *counts(worked, Subject.DUTY, Subject.GAP)) == (15, 35, 14)


def written(path: Path) -> Iterator[Mapping[str, Any]]:
    """Yield the questions of a file as it has them, the examples that ask only one among them."""
    source, faults = read_source(path)
    assert source is not None, faults
    root = parse(source).root
    assert root is not None
    document: Any = plain(root)
    for each in document.get("examples", [document]):
        yield from each.get("ask", [each])


def test_every_expectation_of_the_files_is_held() -> None:
    asks = [ask for path in sorted(CASES.rglob("*.yaml")) for ask in written(path)]
    items = [item for ask in asks for item in ask.get("expect", ())]
    lists = {Subject.ABSENT: "absent", Subject.WORKLIST: "worklist"}
    own = {subject: sum(len(ask.get(key, ())) for ask in asks) for subject, key in lists.items()}
    own[Subject.DUTY] = len(items) + sum(len(item.get("readings", ())) for item in items)
    own[Subject.CONFLICTS] = sum("conflicts" in ask for ask in asks)
    held = Counter(expected.subject for each in EXAMPLES for ask in each.asks for expected in ask.expected)
    held[Subject.DUTY] += held.pop(Subject.GAP)
    assert held == own
    assert held.total() >= 752


@pytest.mark.parametrize("folder", sorted({example.name.partition("/")[0] for example in EXAMPLES} - {"several"}))
def test_every_regulation_and_parent_has_ten_cases_of_its_own(folder: str) -> None:
    own = [each for each in EXAMPLES if each.name.startswith(f"{folder}/") and not WORKED.fullmatch(each.name)]
    assert len(own) >= 10


@needs_durable
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_the_second_matcher_confirms_every_decision(example: Example) -> None:
    assert example.answer("verify") == example.answer() == example.answer("durable")
