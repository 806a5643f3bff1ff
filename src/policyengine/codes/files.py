"""Codes PE1xx: what can be wrong with a text as text."""

from __future__ import annotations

from types import MappingProxyType

from policyengine.codes.code import Code

FILES: MappingProxyType[str, Code] = MappingProxyType(
    {
        # Of text and YAML (PE1xx).
        "PE101": Code(
            "cannot read the file: {reason}",
            "无法读取文件：{reason}",
            "give the path of a readable text file",
            "请给出可读文本文件的路径",
        ),
        "PE102": Code(
            "the file has {size} bytes, more than the {limit} allowed",
            "文件有 {size} 字节，超过上限 {limit}",
            "split it; large sets of cases belong in JSON Lines, one case a line",
            "请拆分文件；大量案件请用 JSON Lines，每行一件",
        ),
        "PE103": Code(
            "not UTF-8 text: the byte at offset {offset} cannot be read",
            "不是 UTF-8 文本：偏移 {offset} 处的字节无法读取",
            "save the file as UTF-8",
            "请将文件另存为 UTF-8",
        ),
        "PE104": Code(
            "not valid {format}: {problem}",
            "不是有效的 {format}：{problem}",
            "{remedy}",
            "{remedy}",
        ),
        "PE105": Code(
            "nested more than {limit} levels deep",
            "嵌套超过 {limit} 层",
            "no policy or case needs such depth; remove brackets or levels",
            "规则和案件都不需要这样的深度；请减少层次",
        ),
        "PE106": Code(
            "more than {limit} values in one document, aliases counted each time they are used",
            "一个文档中的值超过 {limit} 个 (别名每次使用都计数)",
            "write less, or split the file",
            "请精简内容或拆分文件",
        ),
        "PE107": Code(
            "the key `{key}` stands twice in one mapping",
            "同一映射中键 `{key}` 出现两次",
            "the first one is at {first}; keep one of the two",
            "第一次出现在 {first}；请只保留一个",
        ),
        "PE108": Code(
            "the document is empty",
            "文档是空的",
            "a policy starts with `policy:`, a case with `case:`",
            "规则以 `policy:` 开头，案件以 `case:` 开头",
        ),
        "PE109": Code(
            "a second document starts here",
            "这里开始了第二个文档",
            "keep one document a file, without a further `---`",
            "一个文件只放一个文档，不要再写 `---`",
        ),
        "PE110": Code(
            "the tag `{tag}` is not allowed",
            "不允许使用标签 `{tag}`",
            "files hold data only: text, numbers, true, false, null, lists and mappings",
            "文件只含数据：文本、数字、true、false、null、列表和映射",
        ),
        "PE111": Code(
            "a key must be text, found {found}",
            "键必须是文本，这里是 {found}",
            "put the key in quotes",
            "请给键加引号",
        ),
        "PE112": Code(
            "the number `{text}` is not finite or too long",
            "数字 `{text}` 不是有限数或过长",
            "write a finite number of at most 18 digits, or quote it as text",
            "请写不超过 18 位的有限数，或加引号作为文本",
        ),
        "PE113": Code(
            "unknown key `{name}`",
            "未知的键 `{name}`",
            "allowed here: {allowed}",
            "此处允许：{allowed}",
        ),
        "PE114": Code(
            "the key `{name}` is missing",
            "缺少键 `{name}`",
            "add `{name}:`",
            "请补上 `{name}:`",
        ),
        "PE115": Code(
            "expected {expected}, found {found}",
            "应为：{expected}；实为：{found}",
            "write it in that form; the reference page of such files has every key with an example",
            "请按此形式书写；各键的写法见该类文件的参考页",
        ),
        "PE116": Code(
            "{found} is not one of {allowed}",
            "{found} 不在允许的取值之中：{allowed}",
            "choose one of the values listed",
            "请选用所列取值之一",
        ),
        "PE117": Code(
            "`{name}` is not yet supported",
            "`{name}` 尚不支持",
            "the key is reserved; nothing is approximated in its place, so remove it",
            "该键为保留字；引擎不做近似处理，请删除",
        ),
        "PE118": Code(
            "the character {character} is not allowed in text",
            "文本中不允许字符 {character}",
            "remove it; only printable characters, tabs and line ends may stand in a file",
            "请删除；文件中只允许可见字符、制表符和换行",
        ),
        "PE119": Code(
            "the character `{found}` is read as text, not as punctuation of the file",
            "字符 `{found}` 会被当作文字，不是文件的标点",
            "write {meant}",
            "请改用{meant}",
        ),
        "PE120": Code(
            "only one of {keys} may be given, found {found}",
            "{keys} 中只能给出一个，现有 {found}",
            "keep one of them",
            "请只保留其中一个",
        ),
        "PE121": Code(
            "an alias to an unknown anchor `{name}`",
            "别名指向未知的锚点 `{name}`",
            "declare `&{name}` before `*{name}`",
            "请先声明 `&{name}`，再使用 `*{name}`",
        ),
        "PE122": Code(
            "`{name}` and `{other}` cannot stand together",
            "`{name}` 与 `{other}` 不能并存",
            "remove one of the two",
            "请删去其中之一",
        ),
        "PE123": Code(
            "the alias `{name}` stands inside what it names",
            "别名 `{name}` 出现在它所指的内容之中",
            "write the value out; nothing can contain itself",
            "请直接写出内容；任何内容都不能包含自身",
        ),
        "PE124": Code(
            "a tab cannot indent or separate in YAML",
            "YAML 不允许用制表符缩进或分隔",
            "use spaces instead of the tab",
            "请用空格代替制表符",
        ),
        "PE125": Code(
            "the file is saved as {encoding}, not as UTF-8",
            "文件编码是 {encoding}，不是 UTF-8",
            "save the file as UTF-8",
            "请将文件另存为 UTF-8",
        ),
        "PE126": Code(
            "`{found}` is read as {kind}, where text is expected",
            "`{found}` 会被读作{kind}，此处应为文本",
            'put it in quotes: `"{found}"`',
            '请加引号：`"{found}"`',
        ),
        "PE127": Code(
            "`{found}` stands in quotes and is read as text, where {expected} is expected",
            "`{found}` 带引号，会被读作文本，此处应为{expected}",
            "write it without quotes: `{value}`",
            "请去掉引号：`{value}`",
        ),
        "PE128": Code(
            "{name} has no value",
            "没有写值：{name}",
            "write a value, or remove it; a value on lines of its own is indented further",
            "请写出值，或删除该处；另起行的值须缩进更多",
        ),
        "PE129": Code(
            "`{name}` can only be `true`, found {found}",
            "`{name}` 只能为 `true`；实为：{found}",
            "write `{name}: true`, or leave the key out",
            "请写 `{name}: true`，或省略该键",
        ),
        "PE130": Code(
            "none of {keys} is given",
            "{keys} 一个也没有给出",
            "give exactly one of them",
            "请给出其中一个",
        ),
        "PE131": Code(
            "this file holds a {found}, where a {expected} is expected",
            "此文件是{found}，此处应为{expected}",
            "check the path, and the order of the paths",
            "请检查路径及其先后顺序",
        ),
    }
)
