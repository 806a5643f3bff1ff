"""Types known to `from_type` in a fresh process, and nothing of ours imported before somebody asks for it."""

from __future__ import annotations

import subprocess
import sys

import pytest

ALONE = """
import sys, hypothesis
heavy = ("policyengine.api", "policyengine.model", "policyengine.testing.strategies", "pydantic", "pendulum", "yaml")
print([name for name in sys.modules if name.startswith(heavy)], "policyengine.testing.hypothesis_hook" in sys.modules)
"""
DRAWN = """
{first}
{second}
from hypothesis import HealthCheck, given, settings, strategies as st
found = []
@settings(max_examples=3, database=None, deadline=None, suppress_health_check=list(HealthCheck))
@given({asked})
def draw(value):
    found.append(type(value).__name__)
draw()
print(set(found))
"""


def printed(script: str) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", script], capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.strip()


def test_importing_hypothesis_imports_nothing_heavy() -> None:
    assert printed(ALONE) == "[] True"


@pytest.mark.parametrize("name", ["Case", "Event", "Instant", "Policy", "Assessment"])
def test_types_of_ours_are_known(name: str) -> None:
    script = DRAWN.format(
        first="import hypothesis", second="import policyengine as pe", asked=f"st.from_type(pe.{name})"
    )
    assert printed(script) == f"{{'{name}'}}"


@pytest.mark.parametrize(
    ("first", "second", "asked", "kind"),
    [
        pytest.param(
            "from policyengine import Case", "import hypothesis", "st.from_type(Case)", "Case", id="ours first"
        ),
        pytest.param(
            *("import hypothesis", "from policyengine.testing.strategies import Question"),
            *("st.from_type(Question)", "Question"),
            id="a question",
        ),
        pytest.param(
            *("import policyengine as pe", "def told(case: pe.Case) -> str: return case.id"),
            *("st.builds(told)", "str"),
            id="as a parameter",
        ),
        pytest.param(
            *("import policyengine as pe; pe.Case", "from policyengine.model.case import Case"),
            *("st.from_type(Case)", "Case"),
            id="what a case is based on",
        ),
    ],
)
def test_in_any_order(first: str, second: str, asked: str, kind: str) -> None:
    assert printed(DRAWN.format(first=first, second=second, asked=asked)) == f"{{'{kind}'}}"
