"""Wrong files and odd cases yield diagnostics and answers: never another exception, never a hang."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import policyengine as pe
from policyengine.temporal.instant import Instant
from tests.support.examination import Examined, examine, random_case
from tests.support.mutations import GOOD, SMALL, WEIGHTS, mutated, samples

if TYPE_CHECKING:
    from random import Random

chances = st.integers(0, 2**64).map(random.Random)
every_kind = pytest.mark.parametrize("kind", WEIGHTS)


@every_kind
@given(st.data(), chances)
def test_mutated_files(kind: str, data: st.DataObject, chance: Random) -> None:
    sample = data.draw(st.sampled_from(samples()[kind]))
    with tempfile.TemporaryDirectory() as folder:
        examine(mutated(sample, chance), Path(folder), chance)


@every_kind
@given(st.data(), st.binary(max_size=200) | st.text(max_size=200).map(str.encode), chances)
def test_files_of_anything(kind: str, data: st.DataObject, content: bytes, chance: Random) -> None:
    sample = data.draw(st.sampled_from(samples()[kind]))
    name = data.draw(st.sampled_from(("a.yaml", "a.json", "a.jsonl")))
    with tempfile.TemporaryDirectory() as folder:
        examine(Examined(kind, name, content, sample.policy), Path(folder), chance)


@every_kind
def test_the_samples_themselves_are_good(kind: str, tmp_path: Path) -> None:
    for number, sample in enumerate(samples()[kind]):
        folder = tmp_path / str(number)
        folder.mkdir()
        file = Examined(kind, sample.name, sample.text.encode(), sample.policy)
        assert examine(file, folder, random.Random(1)) in {"loaded", "answered"}  # noqa: S311 - any will do


@given(st.sampled_from(SMALL), chances, st.data())
def test_cases_made_in_python_that_no_vocabulary_knows(name: str, chance: Random, data: st.DataObject) -> None:
    policy = pe.load(GOOD / f"{name}.yaml")
    # Any value at all, also such as no fact has.
    values: st.SearchStrategy[Any] = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
    names = st.sampled_from(["level", "injured", "tags", "urgent", "nothing", ""]) | st.text(max_size=5)
    anything: st.SearchStrategy[Any] = st.dictionaries(
        names, values | st.lists(values, max_size=2).map(tuple), max_size=3
    )
    odd = pe.Event(
        id=data.draw(st.text(max_size=2)),
        type=data.draw(st.sampled_from(["opened", "unheard", ""])),
        at=Instant(data.draw(st.integers(-62_135_596_800_000_000, 253_402_300_799_999_999))),
        sets=data.draw(anything),
        by=data.draw(st.none() | names),
        to=tuple(data.draw(st.lists(names, max_size=2))),
        attributes=data.draw(anything),
    )
    case = random_case(policy, chance)
    wild = pe.Case(id="odd", facts=data.draw(anything), events=[*case.events, odd])
    try:
        pe.evaluate(policy, wild, as_of=odd.at)
    except pe.PolicyEngineError as error:
        message = str(error)
        assert message
