"""`policyengine strictness` as a real process: answers, exit codes, files that replay, and what it refuses."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import jsonschema
import pytest

from policyengine.analysis import every_reading
from policyengine.report.strictness.schema import strictness_range_schema, strictness_schema
from tests.support.command import call, run

if TYPE_CHECKING:
    import subprocess

POLICIES = Path(__file__).parents[2] / "policies"
CHANGZHI = POLICIES / "changzhi-energy-bureau.yaml"
STRICTER = ("hubei", "state-council-2016-61", "--topic", "respond_territorially")
NOT_MET = ("changzhi", "state-council-2016-80", "--topic", "first_word")
OPEN = (*STRICTER, "--reading", "hubei:clock_start=occurrence")


def answered(done: subprocess.CompletedProcess[str], code: int = 0) -> str:
    assert (done.returncode, done.stderr) == (code, "")
    return done.stdout


def refused(done: subprocess.CompletedProcess[str], code: int = 2) -> str:
    assert (done.returncode, done.stdout) == (code, ""), done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


# What it answers


@pytest.mark.parametrize(
    ("lang", "answer", "relation"),
    [("zh", "结论：否。", "互有宽严"), ("en", "No: of the 14 demands of State Council 2016-80", "incomparable")],
)
def test_an_hour_in_principle_against_five_hours(tmp_path: Path, lang: str, answer: str, relation: str) -> None:
    text = answered(run("strictness", "changzhi", "state-council-2016-80", "--lang", lang, cwd=tmp_path))
    assert text.splitlines()[1].startswith(answer)
    assert relation in "".join(text.splitlines()[3:5])
    assert max(map(len, text.splitlines())) <= 80
    assert list(tmp_path.iterdir()) == []


def test_every_case_that_is_written_replays_as_the_page_says(tmp_path: Path) -> None:
    asked = ("strictness", *NOT_MET, "--witness", "cases dir", "--lang", "en")
    text = answered(run(*asked, cwd=tmp_path, env={"COLUMNS": "100"}))
    commands = [line.split("replay: ")[1] for line in text.splitlines() if "replay: " in line]
    assert [Path(shlex.split(each)[2]).stem for each in commands] == [
        "01-authoritative-information",
        "02-first-bulletin-beyond",
    ]
    found = []
    for each in commands:
        name, *arguments = shlex.split(each)
        assert name == "policyengine"
        answers = json.loads(answered(run(*arguments, "--format", "json", cwd=tmp_path)))["assessments"]
        assert [answer["policy"]["id"] for answer in answers] == ["changzhi-energy-bureau", "state-council-2016-80"]
        violated = [
            {duty["provision"]["id"] for duty in answer["duties"] if duty["violated_at"] is not None}
            for answer in answers
        ]
        found.append(violated)
    assert found == [[{"first-bulletin"}, {"authoritative-information"}], [{"first-bulletin"}, set()]]


def test_cases_under_other_readings_replay_by_their_commands(tmp_path: Path) -> None:
    asked = ("strictness", "changzhi", "state-council-2016-80", "--topic", "press_conference", "--readings", "all")
    text = answered(run(*asked, "--witness", "w", "--format", "markdown", "--lang", "en", cwd=tmp_path))
    assert "not met: Changzhi in\\_principle=both" in text
    command = "policyengine evaluate w/01-press-conference.yaml --reading in_principle=both"
    assert f"replay: {command}" in text.replace("\\", "")
    found = json.loads(answered(run(*shlex.split(command)[1:], "--format", "json", cwd=tmp_path)))["assessments"]
    rows = {
        answer["policy"]["id"]: duty["strength"]
        for answer in found
        for duty in answer["duties"]
        if duty["provision"]["id"] == "press-conference" and duty["violated_at"] is not None
    }
    assert rows == {"changzhi-energy-bureau": "should", "state-council-2016-80": "must"}


@pytest.mark.parametrize(
    ("asked", "fail_on", "code"),
    [
        pytest.param(NOT_MET, "never", 0, id="not met"),
        pytest.param(NOT_MET, "refuted", 1, id="not met, and that fails"),
        pytest.param(NOT_MET, "open", 1, id="not met fails too where an open question does"),
        pytest.param(OPEN, "refuted", 0, id="open"),
        pytest.param(OPEN, "open", 1, id="open, and that fails"),
        pytest.param(STRICTER, "open", 0, id="met"),
        pytest.param((*STRICTER, "--readings", "all"), "refuted", 1, id="not met under some reading"),
    ],
)
def test_exit_codes(capsys: pytest.CaptureFixture[str], asked: tuple[str, ...], fail_on: str, code: int) -> None:
    assert answered(call(capsys, "strictness", *asked, "--fail-on", fail_on), code)


def test_json_is_as_its_schema_says_and_the_same_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("strictness", *NOT_MET, "--format", "json")
    text = answered(call(capsys, *asked))
    assert text == answered(call(capsys, *asked, "--lang", "zh"))
    jsonschema.validate(json.loads(text), strictness_schema())
    every = answered(call(capsys, *asked, "--readings", "all"))
    jsonschema.validate(json.loads(every), strictness_range_schema())


@pytest.mark.parametrize(
    "topic", ["press_conference", "新闻发布会", "hold_press_conference", "hold a press conference"]
)
def test_topics_and_acts_by_id_or_title(capsys: pytest.CaptureFixture[str], topic: str) -> None:
    asked = ("strictness", "hubei", "state-council-2016-61", "--topic", topic)
    value = json.loads(answered(call(capsys, *asked, "--format", "json")))
    assert [each["provision"] for each in value["demands"]] == ["press-conference"]
    assert "Only about: " in answered(call(capsys, *asked))


@pytest.mark.parametrize(
    ("given", "found"),
    [
        pytest.param((), {"in_remit": True}, id="what is presumed"),
        pytest.param(("none",), {}, id="nothing"),
        pytest.param(("event_severity=major",), {"in_remit": True, "event_severity": "major"}, id="a grade"),
        pytest.param(("in_remit=false",), {"in_remit": False}, id="other than presumed"),
    ],
)
def test_given_facts(capsys: pytest.CaptureFixture[str], given: tuple[str, ...], found: dict[str, object]) -> None:
    options = [word for each in given for word in ("--given", each)]
    asked = ("strictness", "meihekou", "state-council-2016-80", "--topic", "press_conference", "--format", "json")
    value = json.loads(answered(call(capsys, *asked, *options)))
    assert value["given"] == found
    assert value["holds"] is False


def test_a_given_grade_leaves_out_what_differs_for_other_grades(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("strictness", "anshan", "state-council-2016-61", "--topic", "respond", "--format", "json")
    assert json.loads(answered(call(capsys, *asked)))["holds"] is False
    grades = ("--given", "sentiment_severity=ordinary", "--given", "event_severity=ordinary")
    assert json.loads(answered(call(capsys, *asked, *grades)))["holds"] is True


def test_readings_of_one_policy_or_of_both(capsys: pytest.CaptureFixture[str]) -> None:
    def options(*readings: str) -> list[str]:
        words = [word for each in readings for word in ("--reading", each)]
        asked = ("strictness", "changzhi", "hubei", "--topic", "press_conference", "--format", "json", *words)
        value = json.loads(answered(call(capsys, *asked)))
        sides = (value["one"]["readings"], value["other"]["readings"])
        return [each["option"] for side in sides for each in side if each["reading"] == "clock_start"]

    assert options() == ["detection", "detection"]
    assert options("clock_start=occurrence") == ["occurrence", "occurrence"]
    assert options("hub:clock_start=occ") == ["detection", "occurrence"]
    assert options("clock_start=occurrence", "hubei:clock_start=detection") == ["occurrence", "detection"]


def test_a_policy_against_itself_is_equal(capsys: pytest.CaptureFixture[str]) -> None:
    value = json.loads(answered(call(capsys, "strictness", "changzhi", CHANGZHI, "--format", "json")))
    assert (value["holds"], value["converse"], value["relation"]) == (True, True, "equal")
    assert "后者的29项要求，前者全部达到" in answered(
        call(capsys, "strictness", "changzhi", "changzhi", "--lang", "zh")
    )


@pytest.fixture
def softened(tmp_path: Path) -> Path:
    """Return a version of a packaged policy, under the same id, with a day more for the press conference."""
    text = CHANGZHI.read_text(encoding="utf-8")
    path = tmp_path / "draft.yaml"
    changed = text.replace("within: {hours: 24}", "within: {hours: 48}")
    assert changed != text
    path.write_text(changed, encoding="utf-8")
    return path


def test_a_new_version_of_a_policy_against_the_old_one(tmp_path: Path, softened: Path) -> None:
    asked = ("strictness", softened.name, "changzhi", "--topic", "press_conference", "--witness", "w", "--lang", "en")
    text = answered(run(*asked, "--fail-on", "refuted", cwd=tmp_path, env={"COLUMNS": "100"}), 1)
    assert "the first is the looser" in text
    commands = [line.split("replay: ")[1] for line in text.splitlines() if "replay: " in line]
    assert commands == [
        "policyengine evaluate w/01-press-conference.yaml --policy draft.yaml",
        "policyengine evaluate w/01-press-conference.yaml --policy changzhi",
    ]
    violated = []
    for each in commands:
        answer = json.loads(answered(run(*shlex.split(each)[1:], "--format", "json", cwd=tmp_path)))
        rows = {duty["provision"]["id"]: duty["violated_at"] for duty in answer["duties"]}
        violated.append(rows["press-conference"] is not None)
    assert violated == [False, True]
    assert "policy:\n  - ../draft.yaml\n  - changzhi-energy-bureau\n" in (
        tmp_path / "w/01-press-conference.yaml"
    ).read_text(encoding="utf-8")


# What it refuses


@pytest.mark.parametrize(
    ("arguments", "zh", "en"),
    [
        pytest.param(
            ("--topic", "pres_conference"),
            "没有事项或行为 `pres_conference`，是否想写 `press_conference`？",
            "there is no topic or act `pres_conference`; did you mean `press_conference`?",
            id="a topic",
        ),
        pytest.param(
            ("--given", "in_remi=true"),
            "没有事实 `in_remi`，是否想写 `in_remit`？",
            "there is no fact `in_remi`; did you mean `in_remit`?",
            id="a fact",
        ),
        pytest.param(
            ("--given", "in_remit=maybe"),
            "`in_remit` 不能是 `maybe`，可取：true, false",
            "`in_remit` cannot be `maybe`; choose from: true, false",
            id="a value",
        ),
        pytest.param(
            ("--given", "in_remit=true", "--given", "in_remit=false"),
            "事实 `in_remit` 给了两个不同的值",
            "the fact `in_remit` is given two values",
            id="two values",
        ),
        pytest.param(
            ("--reading", "clock_strat=occurrence"),
            "是否想写 `clock_start`？",
            "did you mean `clock_start`?",
            id="a reading",
        ),
        pytest.param(
            ("--reading", "anshan:clock_start=occurrence"),
            "所列规则中没有 `anshan`",
            "`anshan` is none of the policies compared",
            id="a reading of a policy that is not there",
        ),
        pytest.param(
            ("--reading", "clock_start=occurrence", "--readings", "all"),
            "`--reading` 与 `--readings all` 不能同时使用",
            "`--reading` and `--readings all` exclude each other",
            id="one reading and all",
        ),
        pytest.param(
            ("--fail-on", "open-ended"),
            "`--fail-on` 不能是 `open-ended`",
            "`--fail-on` cannot be `open-ended`",
            id="a level",
        ),
    ],
)
def test_bad_input_is_refused_with_the_way_out(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], zh: str, en: str
) -> None:
    asked = ("strictness", "changzhi", "state-council-2016-80", *arguments)
    assert en in refused(call(capsys, *asked))
    assert zh in refused(call(capsys, *asked, "--lang", "zh"))


def test_policies_that_are_not_there_are_told_together(tmp_path: Path) -> None:
    told = refused(run("strictness", "nowhere", "neither", "--lang", "zh", cwd=tmp_path), code=3)
    assert told.count("PE213") == 2
    assert "缺少参数 对照规则" in refused(run("strictness", "changzhi", "--lang", "zh", cwd=tmp_path))


def test_policies_of_different_vocabularies(tmp_path: Path) -> None:
    words = tmp_path / "vocabulary" / "elsewhere.yaml"
    words.parent.mkdir()
    text = (POLICIES / "vocabulary" / "public-sentiment.yaml").read_text(encoding="utf-8")
    words.write_text(text.replace("vocabulary: public-sentiment", "vocabulary: elsewhere"), encoding="utf-8")
    other = tmp_path / "other.yaml"
    text = CHANGZHI.read_text(encoding="utf-8").replace("vocabulary: public-sentiment", "vocabulary: elsewhere")
    other.write_text(text.replace("policy: changzhi-energy-bureau", "policy: other"), encoding="utf-8")
    named = "changzhi-energy-bureau (public-sentiment), other (elsewhere)"
    assert named in refused(run("strictness", "changzhi", "other.yaml", cwd=tmp_path))


def test_a_reading_of_one_of_two_policies_of_one_id_is_refused(tmp_path: Path, softened: Path) -> None:
    asked = ("strictness", softened.name, "changzhi", "--reading", "changzhi:clock_start=occurrence", "--lang", "en")
    assert "two different policies are called `changzhi-energy-bureau`" in refused(run(*asked, cwd=tmp_path))


@pytest.mark.parametrize(("lang", "says"), [("zh", "解释的组合超过 1 种"), ("en", "combine in more than 1 ways")])
def test_too_many_ways_of_reading(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, lang: str, says: str
) -> None:
    monkeypatch.setattr(every_reading, "MOST_COMBINATIONS", 1)
    monkeypatch.setattr("policyengine.cli.strictness.MOST_COMBINATIONS", 1)
    assert says in refused(call(capsys, "strictness", *NOT_MET, "--readings", "all", "--lang", lang))


# What it writes


def test_a_file_that_is_there_stays_and_nothing_else_is_written(tmp_path: Path) -> None:
    (tmp_path / "02-first-bulletin-beyond.yaml").write_text("mine", encoding="utf-8")
    asked = ("strictness", *NOT_MET, "--witness", ".")
    assert "02-first-bulletin-beyond.yaml` is there already" in refused(run(*asked, "--lang", "en", cwd=tmp_path))
    assert "已存在，不予覆盖" in refused(run(*asked, "--lang", "zh", cwd=tmp_path))
    assert [each.name for each in tmp_path.iterdir()] == ["02-first-bulletin-beyond.yaml"]
    assert (tmp_path / "02-first-bulletin-beyond.yaml").read_text(encoding="utf-8") == "mine"


def test_a_directory_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "w").write_text("a file", encoding="utf-8")
    asked = ("strictness", *NOT_MET, "--witness", "w", "--lang", "en")
    assert "cannot write `w`" in refused(run(*asked, cwd=tmp_path))
    assert "cannot write `w/x`" in refused(run(*asked[:-3], "w/x", "--lang", "en", cwd=tmp_path))
    assert (tmp_path / "w").read_text(encoding="utf-8") == "a file"


def test_without_a_case_no_directory_is_made(tmp_path: Path) -> None:
    answered(run("strictness", "changzhi", "changzhi", "--witness", "w", "--topic", "press_conference", cwd=tmp_path))
    assert list(tmp_path.iterdir()) == []
