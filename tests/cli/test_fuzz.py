"""`policyengine fuzz` as a real process: what it says, what it writes, and what cannot be asked."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import jsonschema
import pytest

import policyengine as pe
from policyengine.report.fuzz.schema import fuzz_schema
from policyengine.testing import laws
from tests.support.command import call, environment, run, started

if TYPE_CHECKING:
    from policyengine.model.assessment import Assessment
    from policyengine.model.policy import Policy

GOOD = Path(__file__).parents[1] / "policies" / "good"
QUICK = ("--law", "L2", "--law", "l10", "--examples", "5")


def broken(policy: Policy, case: pe.Case, *, as_of: pe.Instant, readings: dict[str, str]) -> Assessment:
    """Answer well, and then let every row tell of all events, those to come included."""
    answer = pe.evaluate(policy, case, as_of=as_of, readings=readings)
    return replace(answer, duties=tuple(replace(each, wording=str(len(case.events))) for each in answer.duties))


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        pytest.param("zh", "概要：2 条定律均成立", id="zh"),
        pytest.param("en", "In short: all 2 laws hold", id="en"),
    ],
)
def test_all_laws_hold(tmp_path: Path, lang: str, said: str) -> None:
    done = run("fuzz", "changzhi", *QUICK, "--lang", lang, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert said in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_one_seed_gives_one_answer(tmp_path: Path) -> None:
    asked = ("fuzz", "xincheng", *QUICK, "--format", "json", "--seed", "7")
    one, other = (run(*asked, cwd=tmp_path, env={"PYTHONHASHSEED": each}) for each in "12")
    assert one.returncode == 0
    assert one.stdout == other.stdout
    value = json.loads(one.stdout)
    jsonschema.validate(value, fuzz_schema())
    assert (value["seed"], [each["law"] for each in value["laws"]]) == (7, ["L2", "L10"])


def test_a_policy_with_words_of_its_own(tmp_path: Path) -> None:
    done = run("fuzz", GOOD / "prohibitions.yaml", "--law", "L10", "--law", "L7", "--examples", "3", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


def test_what_is_broken_is_told_as_a_file(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(laws, "evaluate", broken)
    monkeypatch.chdir(tmp_path)
    done = call(capsys, "fuzz", "state-council-2016-61", "--law", "L2", "--quiet")
    assert (done.returncode, done.stderr) == (1, "")
    head, file = done.stdout.partition("\n# state-council-2016-61-l2.yaml\n")[::2]
    assert "- L2 (events after the instant asked about change nothing): BROKEN" in head
    assert "Never a duty" not in head
    case = pe.Case.from_text(file)
    assert (case.policies, len(case.events)) == (("state-council-2016-61",), 1)
    assert list(tmp_path.iterdir()) == []


def test_what_is_broken_is_written_where_that_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(laws, "evaluate", broken)
    policy = tmp_path / "mine.yaml"
    policy.write_text(pe.dump(pe.load("state-council-2016-61")), encoding="utf-8")
    asked = ("fuzz", policy, "--law", "L2", "--witness", tmp_path / "cases")
    done = call(capsys, *asked, "--format", "json")
    value = json.loads(done.stdout)
    jsonschema.validate(value, fuzz_schema())
    assert (done.returncode, value["broken"], len(value["laws"][0]["case"]["events"])) == (1, ["L2"], 1)
    (file,) = (tmp_path / "cases").iterdir()
    assert "policy: ../mine.yaml\n" in file.read_text(encoding="utf-8")
    assert run("evaluate", file, cwd=tmp_path).returncode == 0
    again = call(capsys, *asked)
    assert (again.returncode, again.stdout) == (2, "")
    assert "is there already and is not replaced" in again.stderr


def test_nothing_is_said_quietly_where_all_holds(capsys: pytest.CaptureFixture[str]) -> None:
    done = call(capsys, "fuzz", "changzhi", *QUICK, "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_no_more_than_so_many_seconds(tmp_path: Path) -> None:
    asked = ("--law", "L7", "--examples", "900000", "--seconds", "1", "--format", "json", "--reading", "in_p=both")
    done = run("fuzz", "changzhi", *asked, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    value = json.loads(done.stdout)
    assert value["laws"][0]["cases"] < 900000
    assert value["readings"] == [{"reading": "in_principle", "option": "both"}]


def test_an_interruption_ends_it(tmp_path: Path) -> None:
    with started("fuzz", "changzhi", "--examples", "900000", cwd=tmp_path) as going:
        with pytest.raises(subprocess.TimeoutExpired):
            going.wait(5)
        going.send_signal(signal.SIGINT)
        said = going.communicate(timeout=30)
    assert (going.returncode, *said) == (130, b"", b"\n")  # the line end after `^C`, which is click's
    assert list(tmp_path.iterdir()) == []


def test_without_hypothesis_it_says_what_to_install(tmp_path: Path) -> None:
    script = (
        "import sys; sys.modules['hypothesis'] = None; from policyengine.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    asked = [sys.executable, "-c", script, "fuzz", "changzhi", "--lang", "en"]
    done = subprocess.run(asked, cwd=tmp_path, env=environment(), capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"pip install 'regulatory-duties[testing]'" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        pytest.param("", 2, "the argument POLICY is missing", id="no policy"),
        pytest.param("nowhere", 3, "PE2", id="no such policy"),
        pytest.param("changzhi --law L13", 2, "`--law` cannot be `L13`; choose from: L1, L2", id="no such law"),
        pytest.param("changzhi --examples 0", 2, "`--examples` is a whole number of at least 1", id="no examples"),
        pytest.param("changzhi --examples many", 2, "cannot be `many`", id="no number"),
        pytest.param("changzhi --seed -1", 2, "`--seed` is a whole number of at least 0", id="no seed"),
        pytest.param("changzhi --seconds 1.5", 2, "`--seconds` is a whole number", id="no whole seconds"),
        pytest.param("changzhi --reading clock=never", 2, "`never`", id="no such option"),
        pytest.param("changzhi --format xml", 2, "choose from: text, json", id="no such format"),
    ],
)
def test_what_cannot_be_asked(capsys: pytest.CaptureFixture[str], arguments: str, code: int, said: str) -> None:
    done = call(capsys, "fuzz", *arguments.split())
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr
