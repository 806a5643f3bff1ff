"""Problems of syntax and access, in both languages."""

from __future__ import annotations

import pytest

from policyengine.loading.problems import access_problem, syntax_problem


@pytest.mark.parametrize(
    ("problem", "chinese"),
    [
        ("did not find expected ',' or '}'", "此处应有 ',' 或 '}'"),
        ("did not find expected key", "此处应有 键"),
        ("mapping values are not allowed here", "此处不能出现 `键: 值`"),
        ("found unexpected end of stream", "文本意外结束"),
        ("something nobody foresaw", "语法有误（something nobody foresaw）"),
    ],
)
def test_syntax(problem: str, chinese: str) -> None:
    assert syntax_problem(problem) == (chinese, problem)


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
