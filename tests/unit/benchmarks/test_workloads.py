"""What the benchmarks judge is judged the same by hand and by the library, and their page shows what was measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import policyengine as pe
from benchmarks.page import PAGES, page
from benchmarks.results import NAMES, measured
from benchmarks.workload import HERE, policy
from benchmarks.workload.answers import expected, rows
from benchmarks.workload.cases import as_case, with_text
from benchmarks.workload.plain import plain_iso
from benchmarks.workload.words import PROVISIONS, STATUSES
from benchmarks.workload.workloads import WORKLOADS
from policyengine.model.assessment import NO_DUTY, Status

if TYPE_CHECKING:
    from policyengine.wording import Lang

CASES, SEED = 200, 2026


def test_every_policy_of_the_folder_is_a_workload() -> None:
    assert {each.stem for each in HERE.glob("*.yaml")} == set(WORKLOADS)


def test_numbers_of_rows_are_places_in_the_policy() -> None:
    answer = pe.evaluate(policy("benchmark-steady"), pe.Case("empty"), as_of="2026-07-01T00:00:00+08:00")
    assert [name for name, *_ in PROVISIONS.values()] == [each.provision for each in answer.duties]
    assert list(PROVISIONS) == list(range(1, len(PROVISIONS) + 1))


@pytest.mark.parametrize("name", WORKLOADS)
def test_plain_python_gives_the_answers_of_the_reference(name: str) -> None:
    workload = WORKLOADS[name]
    cases = workload.cases(CASES, SEED)
    wanted = expected(name, cases)
    assert [workload.plain(case) for case in cases] == wanted
    found = {status for each in wanted for _, _, status, *_ in each}
    assert len(found) >= 5, "the cases show too few statuses"


@pytest.mark.parametrize("name", WORKLOADS)
def test_the_default_evaluator_gives_them_too(name: str) -> None:
    workload = WORKLOADS[name]
    cases = workload.cases(CASES, SEED)
    asked = policy(name)
    found = [rows(pe.evaluate(asked, as_case(case), as_of=pe.Instant(case["as_of"]))) for case in cases]
    assert found == [workload.plain(case) for case in cases]


def test_instants_as_text_are_the_same_instants() -> None:
    workload = WORKLOADS["benchmark-steady"]
    cases = workload.cases(CASES, SEED)
    assert [plain_iso(with_text(case)) for case in cases] == [workload.plain(case) for case in cases]


def test_statuses_are_those_of_the_library() -> None:
    assert set(STATUSES) <= set(Status) - NO_DUTY


@pytest.mark.parametrize("lang", PAGES)
def test_the_page_shows_what_was_measured(lang: Lang) -> None:
    assert PAGES[lang].read_text(encoding="utf-8") == page(lang)


@pytest.mark.parametrize("name", NAMES)
def test_results_tell_of_the_machine_and_of_no_place_on_it(name: str) -> None:
    found = measured(name)
    if found is None:
        return
    assert {"machine", "versions", "day"} <= set(found)
    assert "/" not in str(found["machine"])
