"""`policyengine compare` as a real process: what it is asked, every format, and everything that it refuses."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import jsonschema
import pytest

from policyengine.report.comparison.schema import comparison_schema
from tests.support.command import call, run

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable

    from tests.support.golden import Golden

POLICIES = Path(__file__).parents[2] / "policies"
CHANGZHI = POLICIES / "changzhi-energy-bureau.yaml"


def answered(done: subprocess.CompletedProcess[str]) -> str:
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def refused(done: subprocess.CompletedProcess[str], code: int = 2) -> str:
    assert (done.returncode, done.stdout) == (code, ""), done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


@pytest.fixture
def copied(tmp_path: Path) -> Callable[[str, str], Path]:
    """Return a maker of copies of a packaged policy with another id."""
    text = CHANGZHI.read_text(encoding="utf-8")

    def copy(name: str, vocabulary: str = "public-sentiment") -> Path:
        path = tmp_path / f"{name}.yaml"
        changed = text.replace("policy: changzhi-energy-bureau", f"policy: {name}")
        path.write_text(changed.replace("vocabulary: public-sentiment", f"vocabulary: {vocabulary}"), encoding="utf-8")
        return path

    return copy


# What it answers


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_all_packaged_policies_superiors_first(tmp_path: Path, golden: Golden, lang: str) -> None:
    text = answered(run("compare", "--lang", lang, cwd=tmp_path))
    first = next(line for line in text.splitlines() if line.startswith("- "))
    assert "state-council-2016-61" in text.split("- ")[1], first
    golden.check(f"compare-all.{lang}.txt", text)


def test_width_follows_the_environment(tmp_path: Path) -> None:
    names = ("changzhi", "hubei", "state-council-2016-61")
    narrow = answered(run("compare", *names, cwd=tmp_path))
    wide = answered(run("compare", *names, cwd=tmp_path, env={"COLUMNS": "100"}))
    assert "-----" not in narrow
    assert "-----" in wide


def test_against_adds_a_policy_that_is_not_named(capsys: pytest.CaptureFixture[str]) -> None:
    text = answered(call(capsys, "compare", "hubei", "--against", "state-council-2016-80", "--topic", "first_word"))
    assert "(hubei-government-office), held" in text
    assert "- State Council 2016-80: " in text


@pytest.mark.parametrize("topic", ["press_conference", "新闻发布会", "hold_press_conference"])
@pytest.mark.parametrize("grade", ["major", "重大"])
def test_topics_and_grades_by_id_or_title(capsys: pytest.CaptureFixture[str], topic: str, grade: str) -> None:
    asked = ("compare", "changzhi", "--topic", topic, "--severity", grade, "--format", "json")
    value = json.loads(answered(call(capsys, *asked)))
    (row,) = value["rows"]
    assert (row["acts"], row["grades"]) == (["hold_press_conference"], ["major"])


@pytest.mark.parametrize(
    ("given", "found"),
    [
        pytest.param((), {"in_remit": True}, id="what is presumed"),
        pytest.param(("none",), {}, id="nothing"),
        pytest.param(("sensitive=true",), {"in_remit": True, "sensitive": True}, id="one more"),
        pytest.param(("none", "event_kind=other_event"), {"event_kind": "other_event"}, id="one alone"),
        pytest.param(
            ("none", "matter_scope=local,several_places"), {"matter_scope": ["local", "several_places"]}, id="a list"
        ),
    ],
)
def test_given_facts(capsys: pytest.CaptureFixture[str], given: tuple[str, ...], found: dict[str, object]) -> None:
    options = [word for each in given for word in ("--given", each)]
    asked = ("compare", "meihekou", "--topic", "first_word", "--format", "json", *options)
    assert json.loads(answered(call(capsys, *asked)))["given"] == found


def test_a_reading_of_one_policy_or_of_all(capsys: pytest.CaptureFixture[str]) -> None:
    def options(*readings: str) -> list[str]:
        words = [word for each in readings for word in ("--reading", each)]
        asked = ("compare", "changzhi", "hubei", "--topic", "first_word", "--format", "json", *words)
        value = json.loads(answered(call(capsys, *asked)))
        return [
            each["option"]
            for policy in value["policies"]
            for each in policy["readings"]
            if each["reading"] == "clock_start"
        ]

    assert options() == ["detection", "detection"]
    assert options("clock_start=occurrence") == ["occurrence", "occurrence"]
    assert options("hub:clock_start=occ") == ["detection", "occurrence"]
    assert options("clock_start=occurrence", "hub:clock_start=detection") == ["occurrence", "detection"]


def test_every_format_in_one_file_each(tmp_path: Path) -> None:
    asked = ("compare", "changzhi", "state-council-2016-80", "--lang", "zh")
    for name in ("text", "markdown", "csv", "json"):
        assert answered(run(*asked, "--format", name, "--out", f"found.{name}", cwd=tmp_path)) == ""
    assert (tmp_path / "found.markdown").read_text(encoding="utf-8").startswith("# 规则对照\n")
    assert (tmp_path / "found.text").read_text(encoding="utf-8").startswith("规则对照\n")
    data = (tmp_path / "found.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfpolicy,")
    assert len(list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))) > 40
    jsonschema.validate(json.loads((tmp_path / "found.json").read_bytes()), comparison_schema())
    assert {each.name for each in tmp_path.iterdir()} == {
        f"found.{each}" for each in ("text", "markdown", "csv", "json")
    }


def test_json_is_the_same_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("compare", "hubei", "--topic", "reporting", "--format", "json")
    assert answered(call(capsys, *asked)) == answered(call(capsys, *asked, "--lang", "zh"))


@pytest.mark.parametrize(
    "names", [("changzhi",), ("changzhi", "changzhi"), ("changzhi", CHANGZHI)], ids=["1", "2", "file"]
)
def test_one_policy_alone_or_named_twice_stands_once(
    capsys: pytest.CaptureFixture[str], names: tuple[str, ...]
) -> None:
    text = answered(call(capsys, "compare", *names))
    assert text.startswith("What one policy demands: Changzhi Energy Bureau")
    assert "One policy alone: there is nothing to hold it against" in text


def test_a_policy_against_itself_is_one_policy_alone(capsys: pytest.CaptureFixture[str]) -> None:
    text = answered(call(capsys, "compare", "changzhi", "--against", "changzhi", "--lang", "zh"))
    assert "只有一部规则，没有可对照的" in text


def test_fifty_policies_at_once(copied: Callable[[str], Path], capsys: pytest.CaptureFixture[str]) -> None:
    files = [copied(f"copy-{number:02}") for number in range(50)]
    text = answered(call(capsys, "compare", *files, "--lang", "zh"))
    assert "copy-49" in text
    assert len(text.splitlines()) < 200
    assert text.count("24小时内：涉事责任科室、单位应当举行新闻发布会") == 1


def test_a_picture_of_the_limits(capsys: pytest.CaptureFixture[str]) -> None:
    picture = answered(call(capsys, "compare", "changzhi", "hubei", "--topic", "press_conference", "--format", "svg"))
    assert picture.startswith("<svg ")
    assert "24" in picture


def test_a_page_of_html(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    pytest.importorskip("jinja2")
    page = tmp_path / "page.html"
    assert answered(call(capsys, "compare", "changzhi", "hubei", "--format", "html", "--out", page)) == ""
    assert page.read_text(encoding="utf-8").startswith('<!DOCTYPE html>\n<html lang="en"')


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
            ("--severity", "majr"),
            "没有等级 `majr`，是否想写 `major`？",
            "there is no grade `majr`; did you mean `major`?",
            id="a grade",
        ),
        pytest.param(
            ("--given", "in_remi=true"),
            "没有事实 `in_remi`，是否想写 `in_remit`？",
            "there is no fact `in_remi`; did you mean `in_remit`?",
            id="a fact",
        ),
        pytest.param(
            ("--given", "in_remit"),
            "`in_remit` 不是 事实=值 的形式",
            "`in_remit` is not of the form FACT=VALUE",
            id="no value",
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
            ("--given", "event_severity=major"),
            "`event_severity` 是等级，已按等级分行；请用 --severity",
            "`event_severity` is a grade, by which rows are split; use --severity",
            id="a grade given",
        ),
        pytest.param(
            ("--reading", "changzi:clock_start=occurrence"),
            "所列规则中没有 `changzi`",
            "`changzi` is none of the policies compared",
            id="a reading of a policy that is not there",
        ),
        pytest.param(
            ("--reading", "clock_strat=occurrence"),
            "是否想写 `clock_start`？",
            "did you mean `clock_start`?",
            id="a reading",
        ),
        pytest.param(("--format", "htm"), "`--format` 不能是 `htm`", "`--format` cannot be `htm`", id="a format"),
        pytest.param(
            ("--out", "nowhere/found.txt"),
            "`nowhere/found.txt` 无法写入：",
            "cannot write `nowhere/found.txt`: ",
            id="a directory that is not there",
        ),
    ],
)
def test_bad_input_is_refused_with_the_way_out(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], zh: str, en: str
) -> None:
    assert en in refused(call(capsys, "compare", "changzhi", *arguments))
    assert zh in refused(call(capsys, "compare", "changzhi", *arguments, "--lang", "zh"))


def test_a_policy_that_is_not_there(tmp_path: Path) -> None:
    assert "PE213" in refused(run("compare", "changzhi", "--against", "nowhere", "--lang", "zh", cwd=tmp_path), code=3)


def test_two_policies_of_one_name(tmp_path: Path) -> None:
    changed = tmp_path / "changed.yaml"
    text = CHANGZHI.read_text(encoding="utf-8").replace("default: detection", "default: occurrence")
    changed.write_text(text, encoding="utf-8")
    asked = ("compare", "changzhi", changed)
    assert "two different policies are called `changzhi-energy-bureau`" in refused(
        run(*asked, "--lang", "en", cwd=tmp_path)
    )
    assert "两个不同的规则都名为 `changzhi-energy-bureau`" in refused(run(*asked, "--lang", "zh", cwd=tmp_path))


def test_policies_of_different_vocabularies_are_named(copied: Callable[[str, str], Path], tmp_path: Path) -> None:
    words = tmp_path / "vocabulary" / "elsewhere.yaml"
    words.parent.mkdir()
    text = (POLICIES / "vocabulary" / "public-sentiment.yaml").read_text(encoding="utf-8")
    words.write_text(text.replace("vocabulary: public-sentiment", "vocabulary: elsewhere"), encoding="utf-8")
    asked = ("compare", "changzhi", copied("other", "elsewhere"))
    named = "changzhi-energy-bureau (public-sentiment), other (elsewhere)"
    assert f"cannot be laid side by side: {named}" in refused(run(*asked, "--lang", "en", cwd=tmp_path))
    assert f"规则所用的词汇不同，无法对照：{named}" in refused(run(*asked, "--lang", "zh", cwd=tmp_path))


@pytest.mark.parametrize(("lang", "says"), [("zh", "这需要另外安装"), ("en", "this needs one thing more")])
def test_without_jinja2_the_page_is_refused_and_nothing_is_written(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, lang: str, says: str
) -> None:
    monkeypatch.setitem(sys.modules, "jinja2", None)
    page = tmp_path / "page.html"
    asked = ("compare", "changzhi", "--format", "html", "--out", page, "--lang", lang)
    error = refused(call(capsys, *asked))
    assert f"{says}" in error
    assert "regulatory-duties[html]" in error
    assert not page.exists()


def test_what_was_there_stays_where_the_question_is_refused(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("before", encoding="utf-8")
    refused(run("compare", "changzhi", "--topic", "nothing", "--out", page, cwd=tmp_path))
    assert page.read_text(encoding="utf-8") == "before"
