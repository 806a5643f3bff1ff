"""The conformance tables: what would be written now, sound, and answered the same by every way there is."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from conformance import run, write
from conformance.table import HERE, TABLES, answer
from policyengine.loading.case import load_case_text
from policyengine.loading.library import packaged_policies
from policyengine.loading.policy import load_policy, read_policy_text
from policyengine.loading.text import Source
from policyengine.model.assessment import Assessment
from policyengine.temporal.instant import Instant
from policyengine.testing.differential.campaign import answers
from policyengine.testing.differential.triple import Declined, Refused, Triple, known
from policyengine.testing.differential.way import agree
from policyengine.testing.differential.ways import WAYS
from tests.support import lab

if TYPE_CHECKING:
    from policyengine.model.policy import Policy

pytestmark = pytest.mark.unmeasured
ROOT = HERE.parent
FILES = tuple(sorted(TABLES.rglob("*.json")))
MOST_BYTES = 5 * 2**20


def name(path: Path) -> str:
    return path.relative_to(TABLES).with_suffix("").as_posix()


def read(path: Path) -> Any:  # noqa: ANN401 - JSON
    return json.loads(path.read_text(encoding="utf-8"))


def test_the_tables_are_what_would_be_written_now(request: pytest.FixtureRequest) -> None:
    written = {**dict(write.files()), write.GENERATED: write.generated()}
    if request.config.getoption("--update-golden", default=False):
        for path, text in written.items():
            path.write_text(text, encoding="utf-8", newline="\n")
    kept = {
        path for folder in ("cases", "policies", "vocabulary", "calendars") for path in (HERE / folder).rglob("*.json")
    }
    assert kept == set(written)
    stale = [path.name for path, text in written.items() if path.read_text(encoding="utf-8") != text]
    assert not stale, "if that is meant: --update-golden"


def test_they_stay_small() -> None:
    assert sum(path.stat().st_size for path in HERE.rglob("*.json")) < MOST_BYTES


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_table_is_as_the_schema_says(path: Path) -> None:
    schema = read(HERE / "schema.json")
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(read(path))


def test_every_case_has_a_name_of_its_own_and_every_statement_its_cases() -> None:
    cases = [each for path in FILES for each in read(path)["cases"]]
    names = [each["id"] for each in cases]
    assert len(names) == len(set(names))
    statements = {number for each in cases for number in each.get("statements", ())}
    assert {f"S{number}" for number in range(2, 31)} - statements == {"S23"}


def policy_of(document: Any) -> Policy:  # noqa: ANN401 - JSON
    beside = Path(lab.__file__).parent if document["vocabulary"] == "lab" else None
    found, faults = read_policy_text(Source("policy.json", json.dumps(document)), beside)
    assert found is not None, faults
    return found


def shared(name: str) -> Policy:
    known_paths = {
        **packaged_policies(),
        "product-recall": ROOT / "examples" / "product-recall" / "product-recall.yaml",
    }
    return load_policy(known_paths[name])


@pytest.mark.parametrize("path", FILES, ids=name)
@pytest.mark.parametrize("way", [each for each in WAYS if each not in {"reference", "durable"}])
def test_every_way_answers_as_the_table_says(way: str, path: Path) -> None:
    asked = WAYS[way]
    if (missing := asked.missing()) is not None:
        pytest.skip(f"{way} is not available: {missing}")
    table = read(path)
    cases = table["cases"] if way == "compiled" else table["cases"][::20]
    policies: dict[str, Policy] = {}
    for each in cases:
        own = table["policies"].get(each["policy"])
        if each["policy"] not in policies:
            policies[each["policy"]] = shared(each["policy"]) if own is None else policy_of(own)
        policy = policies[each["policy"]]
        case = load_case_text(json.dumps(each["case"]))
        triple = Triple(policy, case, Instant.parse(each["as_of"]), each["readings"])
        told, given = list(answers(asked, (known(triple),)))[-1]
        if isinstance(given, Declined):
            continue
        assert agree(asked.expected(told), given), each["id"]
        # What is told event by event stands in another order, which decides among events at one instant (S5); and the
        # columns give a part of an answer, which the line above holds to the reference's.
        if told.triple is triple and isinstance(given, Refused | Assessment):
            assert answer(given) == each["expected"], each["id"]


def test_the_runner_holds_another_implementation_to_the_tables() -> None:
    command = [sys.executable, "conformance/run.py", "--only", "S26", "--", sys.executable, "-m", "conformance.adapter"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    number = len(read(TABLES / "statements" / "S26.json")["cases"])
    assert (done.returncode, done.stdout) == (0, f"{number} of {number} cases agree\n"), done.stderr


WRONG = """
import json, sys
for line in sys.stdin:
    asked = json.loads(line)
    print(json.dumps({"facts": {}, "presumed": {}, "duties": [], "no_duty": {"not_triggered": ["a"]}, "gaps": []}))
"""


def test_the_runner_tells_what_is_answered_otherwise(capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(["--only", "S11 ", "--", sys.executable, "-c", WRONG]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert any(
        line.startswith("statements/S11.json: S11 ") and ".duties" in line.replace(": duties", ".duties")
        for line in lines
    )
    assert lines[-1].endswith("cases agree")


def test_the_runner_says_that_the_command_broke_down(capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(["--only", "S2 ", "--", sys.executable, "-c", "raise SystemExit(3)"]) == 2
    assert "0 answers to 2 questions, exit code 3" in capsys.readouterr().err
