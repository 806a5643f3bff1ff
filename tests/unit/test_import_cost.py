"""What a process has imported by when: nothing for the name alone, and for a first answer only what it needs."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

LOAD = "policy = pe.load('changzhi')\n"
CASE = (
    "log = [pe.Event(id='e1', type='detected', at='2025-10-08T23:30:00+08:00', sets={'event_severity': 'major'})]\n"
    "case = pe.Case(id='demo', events=log)\n"
)
ANSWER = "answer = pe.evaluate(policy, case, as_of='2025-10-09T00:45:00+08:00')\n"
MONTH = "from policyengine.temporal.zone import Zone; import datetime; Zone.add_months(datetime.date(2025, 1, 31), 1)\n"

THIRD_PARTY = frozenset(
    {
        *("pydantic", "pydantic_core", "pendulum", "dateutil", "yaml", "tzdata"),
        *("click", "hypothesis", "pytest", "jinja2", "z3", "durable", "durable_rules_engine"),
        *("numpy", "numba", "pyarrow", "polars", "pandas", "pyspark"),
    }
)
NEEDED = frozenset({"pydantic", "pydantic_core", "yaml", "tzdata"})
"""What reading a policy takes."""


def imported(code: str) -> frozenset[str]:
    """Return the modules that a new process has imported once it has run *code*."""
    program = f"import policyengine as pe\n{code}import sys\nprint(*sys.modules)"
    # Without what measures coverage in every process, which imports much itself.
    alone = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=alone)
    return frozenset(done.stdout.split())


def outside(modules: frozenset[str]) -> frozenset[str]:
    """Return the distributions among *modules* that are neither ours nor Python's."""
    return frozenset(name for name in THIRD_PARTY if name in modules)


def test_the_import_alone_brings_nothing_but_itself() -> None:
    modules = imported("")
    assert outside(modules) == frozenset()
    assert {name for name in modules if name.startswith("policyengine")} == {"policyengine"}
    assert modules.isdisjoint({"typing", "dataclasses", "datetime", "zoneinfo", "json", "difflib"})


@pytest.mark.parametrize(
    ("code", "needed"),
    [
        pytest.param(LOAD, NEEDED, id="loading a packaged policy"),
        pytest.param(LOAD + CASE + ANSWER, NEEDED, id="a first answer"),
        pytest.param(LOAD + CASE + ANSWER + MONTH, NEEDED | {"pendulum", "dateutil"}, id="the first month added"),
    ],
)
def test_nothing_is_imported_before_it_is_needed(code: str, needed: frozenset[str]) -> None:
    assert outside(imported(code)) == needed


@pytest.mark.parametrize(
    "kept_out",
    [
        pytest.param("policyengine.loading.case_shape", id="the models of case files"),
        pytest.param("policyengine.loading.examples", id="the models of examples"),
        pytest.param("policyengine.loading.schema", id="the schemas"),
        pytest.param("policyengine.codes", id="the words of diagnostics"),
        pytest.param("policyengine.loading.shape_faults", id="what does not fit a model"),
        pytest.param("policyengine.loading.json_text", id="JSON"),
        pytest.param("policyengine.loading.dump", id="writing policies"),
        pytest.param("policyengine.model.explanation", id="explanations"),
        pytest.param("policyengine.model.traces", id="the parts of explanations"),
        pytest.param("policyengine.model.worklist", id="worklists"),
        pytest.param("policyengine.report", id="what is shown"),
        pytest.param("policyengine.cli", id="the command"),
        pytest.param("policyengine.analysis", id="analyses"),
        pytest.param("policyengine.testing", id="tests"),
    ],
)
def test_a_first_answer_leaves_out(kept_out: str, first_answer: frozenset[str]) -> None:
    assert "policyengine.model.assessment" in first_answer
    assert kept_out not in first_answer


@pytest.fixture(scope="module")
def first_answer() -> frozenset[str]:
    return imported(LOAD + CASE + ANSWER)


def test_a_public_name_is_looked_up_once() -> None:
    code = "first = pe.evaluate\nassert vars(pe)['evaluate'] is first is pe.evaluate\n"
    assert "policyengine.api" in imported(code)
