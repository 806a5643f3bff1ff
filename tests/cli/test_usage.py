"""Languages, help and wrong usage."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from policyengine.cli import main
from policyengine.cli.language import language
from tests.support.command import run

if TYPE_CHECKING:
    from pathlib import Path

COMMANDS = (
    "evaluate",
    "worklist",
    "compare",
    "strictness",
    "prove",
    "diff",
    "timeline",
    "explain",
    "check",
    "test",
    "audit",
    "fuzz",
    "batch",
    "compile",
    "policies",
    "schema",
    "completion",
    "sources",
    "sources clauses",
    "sources verify",
)


@pytest.mark.parametrize(
    ("arguments", "environ", "expected"),
    [
        pytest.param("", {}, "en", id="nothing says"),
        pytest.param("", {"LANG": "zh_CN.UTF-8"}, "zh", id="LANG"),
        pytest.param("", {"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "de_DE"}, "en", id="LC_MESSAGES before LANG"),
        pytest.param("", {"LC_MESSAGES": "zh_TW", "LC_ALL": "C"}, "en", id="LC_ALL before all"),
        pytest.param("", {"LC_ALL": "", "LANG": "zh"}, "zh", id="an empty variable says nothing"),
        pytest.param("", {"LC_ALL": "C", "POLICYENGINE_LANG": "zh"}, "zh", id="our variable before the locale"),
        pytest.param("--lang en policies", {"POLICYENGINE_LANG": "zh"}, "en", id="option before the variable"),
        pytest.param("policies --lang=zh", {}, "zh", id="option behind the command"),
        pytest.param("--lang en policies --lang zh", {}, "zh", id="the last one counts"),
        pytest.param("--lang fr policies", {"LANG": "zh_CN"}, "zh", id="no such language"),
        pytest.param("check -- --lang zh", {}, "en", id="a file of that name"),
        pytest.param("policies --lang", {}, "en", id="without a value"),
    ],
)
def test_choice_of_language(arguments: str, environ: dict[str, str], expected: str) -> None:
    assert language(arguments.split(), environ) == expected


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_in_both_languages(capsys: pytest.CaptureFixture[str], command: str) -> None:
    assert main([*command.split(), "--help", "--lang", "en"]) == 0
    english = capsys.readouterr().out
    assert main(["--lang", "zh", *command.split(), "--help"]) == 0
    chinese = capsys.readouterr().out
    assert english.startswith(" ".join(("usage: policyengine", *command.split(), "[OPTIONS]")))
    assert chinese.startswith(" ".join(("用法：policyengine", *command.split(), "[选项]")))
    assert "show this help" in english
    assert "显示此帮助" in chinese
    assert english.isascii()
    assert max(map(len, english.splitlines())) <= 120


@pytest.mark.parametrize(
    ("arguments", "en", "zh"),
    [
        pytest.param("evalute", "no command `evalute`; did you mean `evaluate`?", "没有命令 `evalute`", id="command"),
        pytest.param("sources prove", "there is no command `prove`", "没有命令 `prove`", id="subcommand"),
        pytest.param(
            "evaluate x --polcy y", "no option `--polcy`; did you mean `--policy`?", "没有选项 `--polcy`", id="option"
        ),
        pytest.param("evaluate", "the argument CASE is missing", "缺少参数 案件", id="missing argument"),
        pytest.param(
            "sources verify changzhi", "the option `--text` is missing", "缺少选项 `--text`", id="missing option"
        ),
        pytest.param("evaluate a b", "too many arguments: b", "多余的参数：b", id="too many"),
        pytest.param(
            "evaluate a --as-of", "the option `--as-of` needs a value", "选项 `--as-of` 缺少取值", id="no value"
        ),
        pytest.param("schema --check=x", "the option `--check` takes no value", "选项 `--check` 不带取值", id="a flag"),
        pytest.param("policies --format xml", "`--format` cannot be `xml`", "`--format` 不能是 `xml`", id="not one of"),
        pytest.param("check x --fail-on fatal", "choose from: error, warning", "可取：error, warning", id="level"),
        pytest.param("schema nope", "`NAME` cannot be `nope`", "`名称` 不能是 `nope`", id="schema"),
        pytest.param("schema", "give one name", "请给出一个名称", id="no schema"),
        pytest.param("schema case --check", "give one name", "请给出一个名称", id="two things"),
    ],
)
def test_wrong_usage(capsys: pytest.CaptureFixture[str], arguments: str, en: str, zh: str) -> None:
    for lang, said in (("en", en), ("zh", zh)):
        assert main([f"--lang={lang}", *arguments.split()]) == 2
        captured = capsys.readouterr()
        assert said in captured.err
        assert captured.out == ""
        assert captured.err.startswith(("usage: policyengine", "用法：policyengine"))


def test_unknown_language(tmp_path: Path) -> None:
    done = run("policies", "--lang", "fr", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "error: `--lang` cannot be `fr`; choose from: zh, en" in done.stderr
    done = run("policies", cwd=tmp_path, env={"POLICYENGINE_LANG": "fr", "LC_ALL": "zh_CN.UTF-8"})
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "错误：`POLICYENGINE_LANG` 不能是 `fr`，可取：zh, en\n"


def test_no_command_shows_help_where_it_is_not_data(tmp_path: Path) -> None:
    done = run(cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("usage: policyengine [OPTIONS] COMMAND\n")


def test_without_click_both_languages_say_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "click", None)
    assert main(["policies"]) == 2
    said = capsys.readouterr().err
    assert said.count("pip install 'regulatory-duties[cli]'") == 2
    assert "命令行需要 click" in said
