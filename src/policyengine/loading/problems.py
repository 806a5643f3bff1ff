"""What is wrong with a text's syntax or a file's access, in both languages.

The parser and the system speak English; what they say often is worded here in Chinese too, and the rest is passed on.
"""

from __future__ import annotations

import re

from policyengine.wording import Wording

_SYNTAX = (
    (r"did not find expected (.+)|expected (.+), but found .+", "此处应有 {}"),
    (r"(.+) is expected here", "此处应为 {}"),
    (r"the text ends where (.+) is expected", "文本在应有 {} 之处结束"),
    (r"found a tab character that violates indentation", "缩进中有制表符"),
    (r"mapping values are not allowed (?:here|in this context)", "此处不能出现 `键: 值`"),
    (r"could not find expected ':'", "缺少 `:`"),
    (r"found unexpected end of stream", "文本意外结束"),
    (r"found character .+ that cannot start any token", "此处出现不能作为开头的字符"),
    (r"found unknown escape character.*|an escape that JSON does not have", "未知的转义字符"),
    (r"a quoted text without end, or with a tab or line end in it", "引号中的文本没有结束，或含有制表符、换行"),
    (r"text after the end of the document", "文档结束之后还有内容"),
)
_PARTS = (
    ("a value", "值"),
    ("a key", "键"),
    ("the end", "结尾"),
    ("key", "键"),
    ("indicator", "标记"),
    ("node content", "内容"),
    (" or ", " 或 "),
)


def syntax_problem(problem: str) -> Wording:
    """Return what the parser found, in both languages."""
    for pattern, words in _SYNTAX:
        found = re.fullmatch(pattern, problem)
        if found is not None:
            part = next((group for group in found.groups() if group), "")
            return Wording(zh=words.format(_part(part)), en=problem)
    return Wording(zh=f"语法有误（{problem}）", en=problem)


def _part(words: str) -> str:
    for english, chinese in _PARTS:
        words = words.replace(english, chinese)
    return words


def access_problem(error: OSError | ValueError) -> Wording:
    """Return why a file cannot be read."""
    match error:
        case FileNotFoundError() | NotADirectoryError():
            return Wording(zh="没有该文件", en="no such file")
        case IsADirectoryError():
            return Wording(zh="这是一个目录", en="it is a directory")
        case PermissionError():
            return Wording(zh="没有读取权限", en="permission denied")
        case OSError(strerror=str(words)):
            return Wording(zh=f"系统报告 {words.lower()}", en=words.lower())
        case UnicodeError():
            return Wording(zh="本系统无法表示该文件名", en="its name cannot be written on this system")
        case _:
            return Wording(zh=f"路径无效（{error}）", en=str(error))
