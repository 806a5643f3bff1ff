"""Every case of `tests/cases`, under the default readings and under the others that it names, by both matchers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from tests.support.cases import Example, differences, examples
from tests.support.durable import needs_durable

EXAMPLES = tuple(examples())
NONE: Mapping[str, str] = {}


def _questions() -> Iterator[Any]:
    for example in EXAMPLES:
        for item in example.expect:
            yield pytest.param(example, item, NONE, id=f"{example.name}-{item['provision']}")
            for other in item.get("readings", ()):
                chosen = "-".join(f"{name}={option}" for name, option in other["choose"].items())
                wanted = {"provision": item["provision"], **other}
                yield pytest.param(example, wanted, other["choose"], id=f"{example.name}-{item['provision']}-{chosen}")


@pytest.mark.parametrize(("example", "item", "chosen"), tuple(_questions()))
def test_the_duty_comes_out_as_worked(example: Example, item: Mapping[str, Any], chosen: Mapping[str, str]) -> None:
    assert differences(example.answer(chosen), item) == []


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_what_is_not_owed_is_absent(example: Example) -> None:
    rows = {duty.provision: duty for duty in example.answer().duties}
    assert [name for name in example.absent if name in rows and rows[name].exists] == []


def test_the_worked_changzhi_cases_are_all_there() -> None:
    worked = [example for example in EXAMPLES if example.name.startswith("CZH-")]
    items = [item for example in worked for item in example.expect]
    others = [other for item in items for other in item.get("readings", ())]
    assert (len(worked), len(items), len(others)) == (3, 11, 2)


@needs_durable
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_the_second_matcher_confirms_every_decision(example: Example) -> None:
    assert example.answer(matcher="verify") == example.answer() == example.answer(matcher="durable")
