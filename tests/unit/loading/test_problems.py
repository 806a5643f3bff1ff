"""Problems of syntax and access, in both languages."""

from __future__ import annotations

import pytest

from policyengine.loading.problems import access_problem, json_problem, yaml_problem


@pytest.mark.parametrize(
    ("problem", "chinese"),
    [
        ("did not find expected ',' or '}'", "括号之内，前一项到此应已结束"),
        ("expected ',' or ']', but got ':'", "括号之内，前一项到此应已结束"),
        ("did not find expected key", "此行的缩进与同组各行不一致"),
        ("expected <block end>, but found '<scalar>'", "此行的缩进与同组各行不一致"),
        ("mapping values are not allowed here", "此处不能再出现 `键: 值`"),
        ("could not find expected ':'", "此行缺少冒号和其后的空格"),
        ("found unexpected end of stream", "从此处开始的引号没有在文本末尾闭合"),
        ("found character '@' that cannot start any token", "不带引号的文本不能以此字符开头"),
        ("did not find expected alphabetic or numeric character", "不带引号的文本不能以此字符开头"),
        ("expected chomping or indentation indicators, but found 'x'", "不带引号的文本不能以此字符开头"),
        ("block sequence entries are not allowed in this context", "列表不能从此行中间开始"),
        ("did not find expected node content", "此处缺少内容"),
        ("found unknown escape character 'q'", "双引号中的 `\\` 之后不能是此字符"),
        ("did not find expected <document start>", "文件内容结束之后还有内容"),
    ],
)
def test_what_the_parser_of_yaml_finds_is_said_as_what_a_person_did(problem: str, chinese: str) -> None:
    found = yaml_problem(problem)
    assert found.problem.zh == chinese
    assert problem not in (*found.problem, *found.remedy)


def test_what_nobody_foresaw_keeps_the_parsers_words_in_english_alone() -> None:
    found = yaml_problem("something nobody foresaw")
    assert found.problem == ("此处不符合 YAML 的写法", "something nobody foresaw")
    assert found.remedy.zh.startswith("请检查")


@pytest.mark.parametrize(
    ("problem", "chinese"),
    [
        ("a key in double quotes or `}` is expected here", "此处应为 双引号中的键 或 `}`"),
        ("the text ends where `,` or `]` is expected", "文本在应有 `,` 或 `]` 之处结束"),
        ("an escape that JSON does not have", "未知的转义字符"),
    ],
)
def test_json(problem: str, chinese: str) -> None:
    assert json_problem(problem).problem == (chinese, problem)


@pytest.mark.parametrize(
    ("error", "chinese"),
    [
        (FileNotFoundError(), "没有该文件"),
        (IsADirectoryError(), "这是一个目录"),
        (PermissionError(), "没有读取权限"),
        (OSError(5, "Input/output error"), "系统报告 input/output error"),
        (UnicodeEncodeError("utf-8", "x", 0, 1, "no"), "本系统无法表示该文件名"),
        (ValueError("null byte"), "路径无效（null byte）"),
    ],
)
def test_access(error: OSError | ValueError, chinese: str) -> None:
    assert access_problem(error).zh == chinese
