"""`policyengine worklist` as a real process: one list a case, one list for all, and what cannot be asked."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import jsonschema
import pytest

from policyengine.report.more_schemas import worklist_schema
from tests.support.cases import CASES
from tests.support.command import EXAMPLE, call, run

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

    from tests.support.golden import Golden

PARENTS = ("--policy", "changzhi", "--policy", "state-council-2016-61", "--policy", "state-council-2016-80")
SAME = ("--same", "responder=responsible_unit")
AS_OF = "2025-10-09T00:45:00+08:00"


def answered(done: subprocess.CompletedProcess[str]) -> str:
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def refused(done: subprocess.CompletedProcess[str], code: int) -> str:
    assert (done.returncode, done.stdout) == (code, ""), done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


def line(name: str, *, at: str, as_of: str = AS_OF, **sets: object) -> str:
    events = [{"id": "e1", "type": "detected", "at": f"2025-10-08T{at}:00+08:00", "sets": sets}]
    return json.dumps({"case": name, "policy": "changzhi", "as_of": as_of, "events": events})


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    """Return a file of three cases: a grave one, another one, and one in which nothing happened yet."""
    lines = (
        line("grave", at="23:30", event_severity="major", sentiment_severity="none", concerns_other_agency=True),
        line("other", at="20:30", sentiment_severity="none", concerns_other_agency=False),
        json.dumps({"case": "quiet", "policy": "changzhi", "as_of": AS_OF, "events": []}),
    )
    path = tmp_path / "cases.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_several_policies_are_one_list(tmp_path: Path, golden: Golden, lang: str) -> None:
    text = answered(run("worklist", EXAMPLE, *PARENTS, *SAME, "--lang", lang, cwd=tmp_path))
    golden.check(f"worklist-changzhi-and-its-parents.{lang}.txt", text)


def test_the_log_of_an_agency_with_a_duty_every_day(tmp_path: Path, golden: Golden) -> None:
    text, _, _ = (CASES / "xincheng" / "agency-log.yaml").read_text(encoding="utf-8").partition("\nexpect:")
    path = tmp_path / "log.yaml"
    path.write_text(text, encoding="utf-8")
    asked = ("--reading", "daily=each_day", "--lang", "zh")
    golden.check("worklist-xincheng-agency-log.zh.txt", answered(run("worklist", path, *asked, cwd=tmp_path)))


def test_several_cases_in_one_list_under_each_bearer_for_a_memo(cases: Path, tmp_path: Path, golden: Golden) -> None:
    asked = ("--merge", "--by-bearer", "--format", "markdown", "--lang", "zh")
    golden.check("worklist-three-cases.zh.md", answered(run("worklist", cases, *asked, cwd=tmp_path)))


def test_several_cases_one_after_another(cases: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = answered(call(capsys, "worklist", cases))
    titles = [found for found in text.splitlines() if found.startswith("Worklist: ")]
    assert titles == ["Worklist: grave", "Worklist: other", "Worklist: quiet"]
    assert "Nothing is to be done for certain now." in text


def test_json_as_the_schema_says(cases: Path, capsys: pytest.CaptureFixture[str], golden: Golden) -> None:
    each = answered(call(capsys, "worklist", cases, "--format", "json"))
    values = [json.loads(text) for text in each.splitlines()]
    assert [value["cases"][0]["case"] for value in values] == ["grave", "other", "quiet"]
    together = answered(call(capsys, "worklist", cases, "--merge", "--format", "json"))
    one = answered(call(capsys, "worklist", EXAMPLE, "--role", "bureau_h", "--format", "json"))
    for value in (*values, json.loads(together), json.loads(one)):
        jsonschema.validate(value, worklist_schema())
    assert [entry["case"] for entry in json.loads(together)["entries"]].count("grave") == len(values[0]["entries"])
    golden.check("worklist-changzhi-bureau-head.json", one)


def test_standard_input_and_the_instants(tmp_path: Path) -> None:
    asked = ("--as-of", "2025-10-09T00:20:00+08:00", "--known-at", "2025-10-09T00:10:00+08:00", "--lang", "en")
    text = answered(run("worklist", "-", *asked, cwd=tmp_path, stdin=EXAMPLE.read_bytes()))
    assert "Next due in 10 min, Thu 2025-10-09 00:30: " in text
    assert "as recorded by Thu 2025-10-09 00:10" in text


def test_only_what_one_role_owes(capsys: pytest.CaptureFixture[str]) -> None:
    text = answered(call(capsys, "worklist", EXAMPLE, "--role", "bureau_h"))
    assert "Only what this role owes, or may owe: head of the bureau" in text
    assert [found for found in text.splitlines() if found.startswith("- ")] == [
        "- head of the bureau: lead, guide, coordinate and supervise the response"
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(
            "--role bureau_haed", "unknown role `bureau_haed`; did you mean `bureau_head`?", id="no such role"
        ),
        pytest.param("--role bureau_", "several names start with `bureau_`: bureau_head, bureau_office", id="several"),
        pytest.param("--same finder", "`finder` is not of the form ROLE=ROLE", id="no pair"),
        pytest.param("--reading clock=never", "`never`", id="no such option"),
        pytest.param("--as-of yesterday", "bad value for --as-of", id="no instant"),
        pytest.param("--format xml", "choose from: text, markdown, json", id="no such format"),
        pytest.param("--merge", "the cases name different instants and cannot be merged", id="two instants"),
    ],
)
def test_what_cannot_be_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: str, said: str) -> None:
    path = tmp_path / "cases.jsonl"
    later = line("later", at="23:30", as_of="2025-10-09T00:46:00+08:00")
    path.write_text(f"{line('sooner', at='23:30')}\n{later}\n", encoding="utf-8")
    assert said in refused(call(capsys, "worklist", path, *arguments.split()), 2)
    merged = call(capsys, "worklist", path, "--merge", "--as-of", AS_OF)
    assert answered(merged).startswith("Worklist: 2 cases together\n")


def test_a_case_that_does_not_load(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text("case: one\npolicy: changzhi\nevents: []\n", encoding="utf-8")
    assert "error PE603" in refused(run("worklist", path, cwd=tmp_path), 3)
    assert "error PE101" in refused(run("worklist", "missing.yaml", cwd=tmp_path), 3)
