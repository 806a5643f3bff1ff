"""What is wrong with a text's syntax or a file's access, in both languages.

The parser and the system speak English, and of their own concerns; here stands what a person did, and the way out.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from policyengine.wording import Wording


class SyntaxProblem(NamedTuple):
    """What is wrong with a text's syntax, and the way out."""

    problem: Wording
    remedy: Wording


UNCLOSED_QUOTE = SyntaxProblem(
    Wording("从此处开始的引号没有在文本末尾闭合", "the quote that begins here is not closed where its text ends"),
    Wording("请在文本末尾补上同样的引号", "put the same quote at the end of the text"),
)
UNCLOSED_BRACKET = SyntaxProblem(
    Wording("从此处开始的括号没有闭合", "the bracket that begins here is not closed"),
    Wording("请在其内容末尾补上 `]` 或 `}`", "put `]` or `}` at the end of what it holds"),
)
NO_SPACE_AFTER_DASH = SyntaxProblem(
    Wording("列表项的短横之后没有空格", "no space stands behind the dash of a list entry"),
    Wording("请写成 `- `，短横后有空格", "write `- `, with a space behind the dash"),
)
_QUOTE_IT = Wording("如属文本，请给整个文本加引号", "if it belongs to a text, put the whole text in quotes")
_MISALIGNED = SyntaxProblem(
    Wording("此行的缩进与同组各行不一致", "this line is not indented like the lines of its group"),
    Wording(
        "请与同组各行左对齐，列表项以 `- ` 开头；此行无误时，请检查上一行的缩进",
        "align it with the lines of its group, entries of a list beginning with `- `; if it is right, indent the line "
        "above as its own group is",
    ),
)
_FIRST_CHARACTER = SyntaxProblem(
    Wording("不带引号的文本不能以此字符开头", "a text without quotes cannot begin with this character"),
    Wording("请给整个文本加引号", "put the whole text in quotes"),
)
INDENTED_TOO_FAR = SyntaxProblem(
    Wording("此行缩进过深", "this line is indented too far"),
    Wording("请与上一行左对齐", "align it with the line above"),
)
_YAML = (
    (r"did not find expected (key|'-' indicator)|expected <block end>, but found .+", _MISALIGNED),
    (
        r"did not find expected ',' or '[\]}]'|expected ',' or '[\]}]', but got .+",
        SyntaxProblem(
            Wording("括号之内，前一项到此应已结束", "within brackets, the entry before should have ended here"),
            Wording(
                "请补上 `,` 或右括号；文本中含有 `: `、逗号或引号的，请给整个文本加引号",
                "add `,` or the closing bracket; put a text that holds `: `, commas or quotes in quotes as a whole",
            ),
        ),
    ),
    (
        r"mapping values are not allowed (?:here|in this context)",
        SyntaxProblem(
            Wording("此处不能再出现 `键: 值`", "no further `key: value` can stand here"),
            Wording(
                "如属文本中的冒号，请给整个文本加引号", "if the colon belongs to a text, put the whole text in quotes"
            ),
        ),
    ),
    (
        r"could not find expected ':'",
        SyntaxProblem(
            Wording("此行缺少冒号和其后的空格", "this line has no colon with a space behind it"),
            Wording("请写成 `键: 值`，冒号后有空格", "write `key: value`, with a space behind the colon"),
        ),
    ),
    (r"found unexpected end of stream", UNCLOSED_QUOTE),
    # `@`, `*`, `|` and `!` each have a message of their own in the parser.
    (r"found character .*that cannot start any token", _FIRST_CHARACTER),
    (r"(?:did not find )?expected alphabetic or numeric character.*", _FIRST_CHARACTER),
    (r"did not find expected (?:comment|whitespace) or line break", _FIRST_CHARACTER),
    (r"expected (?:a comment or a line break|chomping or indentation indicators).*", _FIRST_CHARACTER),
    (
        r"block sequence entries are not allowed.*|sequence entries are not allowed here",
        SyntaxProblem(
            Wording("列表不能从此行中间开始", "a list cannot begin in the middle of this line"),
            Wording("请把列表另起一行，或写成 `[甲, 乙]`", "begin the list on a line of its own, or write `[a, b]`"),
        ),
    ),
    (
        r"did not find expected node content|expected the node content, but found .+",
        SyntaxProblem(
            Wording("此处缺少内容", "something is missing here"),
            Wording(f"请删去多余的逗号或括号；{_QUOTE_IT.zh}", f"remove a comma or bracket too many; {_QUOTE_IT.en}"),
        ),
    ),
    (
        r"found unknown escape character.*|.*escape sequence.*",
        SyntaxProblem(
            Wording(
                "双引号中的 `\\` 之后不能是此字符", "within double quotes, `\\` cannot stand before this character"
            ),
            Wording("请改用单引号，或写成 `\\\\`", "use single quotes, or write `\\\\`"),
        ),
    ),
    (
        r".*<document start>.*",
        SyntaxProblem(
            Wording("文件内容结束之后还有内容", "there is text after the end of the file's contents"),
            Wording("请删去此行，或删去上方的 `...`", "remove it, or the `...` above it"),
        ),
    ),
)
_OTHER_REMEDY = Wording(
    "请检查此行及上一行的缩进、引号和括号", "check this line and the one above: indentation, quotes and brackets"
)
_JSON = (
    (r"(.+) is expected here", "此处应为 {}"),
    (r"the text ends where (.+) is expected", "文本在应有 {} 之处结束"),
    (r"an escape that JSON does not have", "未知的转义字符"),
    (r"a quoted text without end, or with a tab or line end in it", "引号中的文本没有结束，或含有制表符、换行"),
)
_JSON_REMEDY = Wording("请检查此处之前的引号、括号和逗号", "check the quotes, brackets and commas before it")
_PARTS = (
    ("a value", "值"),
    ("a key in double quotes", "双引号中的键"),
    ("the end of the text", "文本结尾"),
    (" or ", " 或 "),
)


def yaml_problem(problem: str) -> SyntaxProblem:
    """Return what the parser of YAML found, in words for whoever wrote the file."""
    known = (found for pattern, found in _YAML if re.fullmatch(pattern, problem))
    return next(known, SyntaxProblem(Wording("此处不符合 YAML 的写法", problem), _OTHER_REMEDY))


def json_problem(problem: str) -> SyntaxProblem:
    """Return what our reader of JSON found, which words it in English, in both languages."""
    for pattern, words in _JSON:
        found = re.fullmatch(pattern, problem)
        if found is not None:
            return SyntaxProblem(Wording(words.format(*map(_part, found.groups())), problem), _JSON_REMEDY)
    raise AssertionError(problem)


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
