"""Every case of `tests/cases`, under the default readings and under the others that it names, by both matchers."""

from __future__ import annotations

import re
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
            name = "-".join((example.name, *([item["policy"]] if "policy" in item else []), item["provision"]))
            yield pytest.param(example, item, NONE, id=name)
            for other in item.get("readings", ()):
                choose, given = other.get("choose", NONE), other.get("given", NONE)
                chosen = "-".join(f"{name}={value}" for name, value in {**choose, **given}.items())
                wanted = {**{key: item[key] for key in ("policy", "provision") if key in item}, **other}
                yield pytest.param(example, wanted, choose, id=f"{name}-{chosen}")


@pytest.mark.parametrize(("example", "item", "chosen"), tuple(_questions()))
def test_the_duty_comes_out_as_worked(example: Example, item: Mapping[str, Any], chosen: Mapping[str, str]) -> None:
    assert differences(example.answer(chosen, given=item.get("given"), policy=item.get("policy")), item) == []


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_what_is_not_owed_is_absent(example: Example) -> None:
    rows = {duty.provision: duty for duty in example.answer().duties}
    assert [name for name in example.absent if name in rows and rows[name].exists] == []


WORKED = re.compile(r"[a-z]+/(MHK|ASH|HUB|CZH|XCH)-[0-9]{2}")


def test_the_worked_cases_are_all_there_with_every_item_and_reading() -> None:
    worked = [example for example in EXAMPLES if WORKED.fullmatch(example.name)]
    items = [item for example in worked for item in example.expect]
    others = [other for item in items for other in item.get("readings", ())]
    assert (len(worked), len(items), len(others)) == (15, 35, 14)


@pytest.mark.parametrize("folder", sorted({example.name.partition("/")[0] for example in EXAMPLES} - {"several"}))
def test_every_regulation_and_parent_has_ten_cases_of_its_own(folder: str) -> None:
    own = [each for each in EXAMPLES if each.name.startswith(f"{folder}/") and not WORKED.fullmatch(each.name)]
    assert len(own) >= 10


@needs_durable
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_the_second_matcher_confirms_every_decision(example: Example) -> None:
    assert example.answer(matcher="verify") == example.answer() == example.answer(matcher="durable")
