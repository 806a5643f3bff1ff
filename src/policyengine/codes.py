"""The one table of diagnostic codes: what each says, and the way out, in English and Chinese.

Message: lower case, no final period, one sentence, the user's words in backticks, domain words.
PE1xx text and YAML, PE2xx references, PE3xx conditions, PE4xx time, PE5xx contradictions and gaps, PE6xx cases.
A code is never reused for another fault.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal


@dataclass(frozen=True, slots=True)
class Code:
    """The words of one code: templates filled with the diagnostic's `args`."""

    en: str
    zh: str
    help_en: str = ""
    help_zh: str = ""
    level: Literal["error", "warning"] = "error"


DID_YOU_MEAN = MappingProxyType({"en": "did you mean `{suggestion}`{place}?", "zh": "是否想写 `{suggestion}`{place}？"})
DECLARED_AT = MappingProxyType({"en": ", declared at {place}", "zh": "(声明于 {place})"})

CODES: MappingProxyType[str, Code] = MappingProxyType(
    {
        # --- PE1xx: text and YAML
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
            "请拆分文件；大量案件请用 JSON Lines, 每行一件",
        ),
        "PE103": Code(
            "not UTF-8 text: the byte at offset {offset} cannot be read",
            "不是 UTF-8 文本：偏移 {offset} 处的字节无法读取",
            "save the file as UTF-8",
            "请将文件另存为 UTF-8",
        ),
        "PE104": Code(
            "not valid {format}: {problem}",
            "不是有效的 {format}: {problem}",
            "check the line above as well: indentation, quotes and brackets",
            "请同时检查上一行：缩进、引号和括号",
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
            "see `policyengine schema` for the shape of the file",
            "文件格式见 `policyengine schema`",
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
            "full-width punctuation `{found}` is read as text, not as YAML",
            "全角标点 `{found}` 会被当作文字，不是 YAML 语法",
            "write the half-width `{meant}` followed by a space",
            "请改用半角 `{meant}`，后加空格",
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
        # --- PE2xx: references
        "PE201": Code(
            "unknown vocabulary `{name}`",
            "未知的词汇表 `{name}`",
            "put `vocabulary/{name}.yaml` beside the policy, or use a packaged one: {known}",
            "请在规则旁放置 `vocabulary/{name}.yaml`，或使用自带的：{known}",
        ),
        "PE202": Code(
            "unknown calendar `{name}`",
            "未知的日历 `{name}`",
            "put `calendars/{name}.yaml` beside the policy, or use a packaged one: {known}",
            "请在规则旁放置 `calendars/{name}.yaml`，或使用自带的：{known}",
        ),
        "PE203": Code(
            "unknown role `{name}`",
            "未知的角色 `{name}`",
            "declare it under `roles:` in the policy or the vocabulary",
            "请在规则或词汇表的 `roles:` 下声明",
        ),
        "PE204": Code(
            "unknown act `{name}`",
            "未知的行为 `{name}`",
            "declare it under `acts:` in the vocabulary",
            "请在词汇表的 `acts:` 下声明",
        ),
        "PE205": Code(
            "unknown event type `{name}`",
            "未知的事件类型 `{name}`",
            "declare it under `events:` or `acts:` in the vocabulary",
            "请在词汇表的 `events:` 或 `acts:` 下声明",
        ),
        "PE206": Code(
            "unknown fact `{name}`",
            "未知的事实 `{name}`",
            "declare it under `facts:` in the vocabulary",
            "请在词汇表的 `facts:` 下声明",
        ),
        "PE207": Code(
            "{value} is not a value of `{fact}`",
            "{value} 不是 `{fact}` 的取值",
            "its values are {allowed}",
            "可取值：{allowed}",
        ),
        "PE208": Code(
            "unknown reading `{name}`",
            "未知的解释问题 `{name}`",
            "declare it under `readings:` with question, options, default and reason",
            "请在 `readings:` 下声明问题、选项、默认值和理由",
        ),
        "PE209": Code(
            "the reading `{reading}` has no option `{option}`",
            "解释问题 `{reading}` 没有选项 `{option}`",
            "its options are {allowed}",
            "其选项为 {allowed}",
        ),
        "PE210": Code(
            "unknown clause `{name}`",
            "未知的条款 `{name}`",
            "declare it under `source: clauses:`",
            "请在 `source: clauses:` 下声明",
        ),
        "PE211": Code(
            "unknown provision `{name}`",
            "未知的规定 `{name}`",
            "name the `id` of a provision of this policy",
            "请写本规则中某条规定的 `id`",
        ),
        "PE212": Code(
            "the name `{name}` is declared twice",
            "名称 `{name}` 重复声明",
            "the first one is at {first}; give one of the two another name",
            "第一次声明在 {first}；请更改其中一个名称",
        ),
        "PE213": Code(
            "no policy `{name}` is packaged, and no file has that path",
            "没有自带规则 `{name}`，也没有该路径的文件",
            "packaged policies: {known}",
            "自带规则：{known}",
        ),
        "PE214": Code(
            "unknown scale `{name}`",
            "未知的等级表 `{name}`",
            "declare it under `scales:` in the vocabulary",
            "请在词汇表的 `scales:` 下声明",
        ),
        "PE215": Code(
            "unknown time zone `{name}`",
            "未知的时区 `{name}`",
            "use a name of the IANA database, such as `Asia/Shanghai`",
            "请使用 IANA 时区名，如 `Asia/Shanghai`",
        ),
        "PE216": Code(
            "several packaged policies start with `{name}`: {known}",
            "多个自带规则以 `{name}` 开头：{known}",
            "write more letters of the id",
            "请多写几个字母",
        ),
        "PE217": Code(
            "the reading `{reading}` lacks its option `{option}` here",
            "此处的解释问题 `{reading}` 缺少选项 `{option}`",
            "say what holds under every option: {allowed}",
            "请写明每个选项下的内容：{allowed}",
        ),
        "PE218": Code(
            "nothing uses the reading `{name}`",
            "没有任何地方使用解释问题 `{name}`",
            "use it in a provision, a gap or `counting`, or remove it",
            "请在规定、空白或 `counting` 中使用，或删除",
            level="warning",
        ),
        "PE219": Code(
            "`{name}` is a kind of itself: {circle}",
            "`{name}` 是其自身的下位类：{circle}",
            "`kind_of` must lead upwards; break the circle",
            "`kind_of` 必须逐级向上；请消除循环",
        ),
        "PE220": Code(
            "the clause `{clause}` does not name the {kind} `{name}` that cites it",
            "条款 `{clause}` 未列出引用它的{kind} `{name}`",
            "add it to the clause's `{section}:`",
            "请在该条款的 `{section}:` 中补上",
        ),
        "PE221": Code(
            "unknown attribute `{name}`",
            "未知的属性 `{name}`",
            "declare it under `attributes:` in the vocabulary",
            "请在词汇表的 `attributes:` 下声明",
        ),
        "PE222": Code(
            "unknown gap `{name}`",
            "未知的空白 `{name}`",
            "name the `id` of a gap of this policy",
            "请写本规则中某处空白的 `id`",
        ),
        "PE223": Code(
            "`under` may stand only at the top of a provision or gap",
            "`under` 只能写在规定或空白的顶层",
            "move it up, or give the options here with `reading:`",
            "请移到顶层，或在此处用 `reading:` 写出各选项",
        ),
        # --- PE3xx: conditions
        "PE301": Code(
            "`{fact}` holds {expected}, not {found}",
            "`{fact}` 的值应为：{expected}；实为：{found}",
            "write a value of the fact's own type; text, numbers and true/false are never mixed",
            "请写该事实类型的值；文本、数字和 true/false 不可混用",
        ),
        "PE302": Code(
            "`{fact}` has no order, so `{operator}` cannot be asked",
            "`{fact}` 没有顺序，不能使用 `{operator}`",
            "list the values instead: `{fact}: [a, b]`",
            "请改为列出取值：`{fact}: [a, b]`",
        ),
        "PE303": Code(
            "`{fact}` is not a list, so `contains` cannot be asked",
            "`{fact}` 不是列表，不能使用 `contains`",
            "write `{fact}: value`",
            "请写 `{fact}: 值`",
        ),
        "PE304": Code(
            "the condition asks nothing",
            "条件为空",
            "leave the key out when nothing is asked",
            "没有条件时请省略该键",
        ),
        "PE305": Code(
            "`{fact}` is a list, so it is not compared as a whole",
            "`{fact}` 是列表，不能整体比较",
            "write `{fact}: {{contains: value}}`",
            "请写 `{fact}: {{contains: 值}}`",
        ),
        # --- PE4xx: time
        "PE401": Code(
            "the time `{text}` has no zone",
            "时间 `{text}` 没有时区",
            "add an offset such as `+08:00`, or declare `time_zone:` in the file",
            "请加上偏移，如 `+08:00`，或在文件中声明 `time_zone:`",
        ),
        "PE402": Code(
            "`{text}` is not an instant",
            "`{text}` 不是时刻",
            "write it as `2025-10-08T23:30:00+08:00`",
            "请写成 `2025-10-08T23:30:00+08:00`",
        ),
        "PE403": Code(
            "`{text}` does not exist: {problem}",
            "`{text}` 不存在：{problem}",
            "check day, month and time of day",
            "请检查日期和时刻",
        ),
        "PE404": Code(
            "the limit of `{provision}` has nothing to count from",
            "`{provision}` 的期限没有起算点",
            "name a trigger with `upon:` or an anchor with `of:`",
            "请用 `upon:` 写明触发事件，或用 `of:` 写明起算点",
        ),
        "PE405": Code(
            "a length must be a whole number from 1 to {limit}, found {found}",
            "期限长度必须是 1 到 {limit} 的整数；实为：{found}",
            "write for instance `hours: 24`",
            "例如 `hours: 24`",
        ),
        "PE406": Code(
            "`{text}` is not a date",
            "`{text}` 不是日期",
            "write it as `2025-10-08`",
            "请写成 `2025-10-08`",
        ),
        "PE407": Code(
            "the period from {start} to {end} is empty or turned round",
            "从 {start} 到 {end} 的期间为空或颠倒",
            "`{first}` must lie before `{last}`",
            "`{first}` 必须早于 `{last}`",
        ),
        "PE408": Code(
            "two versions are in force {date}",
            "{date}有两个版本同时有效",
            "let each period end where the next begins",
            "请让每个期间止于下一期间开始之处",
        ),
        "PE409": Code(
            "{date} lies outside the calendar's period {period}",
            "{date} 不在日历期间之内 ({period})",
            "extend the period by `start:` or `announced_until:`, or remove the date",
            "请用 `start:` 或 `announced_until:` 扩展期间，或删除该日期",
        ),
        "PE410": Code(
            "`{text}` lies outside the years {first} to {last}",
            "`{text}` 超出公元 {first} 年至 {last} 年",
            "check the year",
            "请检查年份",
        ),
        "PE411": Code(
            "{date} is both a day off and a make-up working day",
            "{date} 既是休息日又是调休上班日",
            "keep one of the two",
            "请只保留其一",
        ),
        "PE412": Code(
            "the days off from {start} to {end} are turned round, or more than a year",
            "从 {start} 到 {end} 的休息日首尾颠倒或超过一年",
            "`to` is the last day off, the same as `from` for a single day",
            "`to` 为最后一个休息日；只休一天时与 `from` 相同",
        ),
        # --- PE5xx: contradictions and gaps
        "PE501": Code(
            "the provisions wait for one another in a circle: {cycle}",
            "规定之间循环等待：{cycle}",
            "outcome triggers, chained anchors and exceptions must lead back to an event",
            "结果触发、连锁起算点和例外最终必须回到某个事件",
        ),
        "PE502": Code(
            "`{provision}` and `{other}` defeat each other",
            "`{provision}` 与 `{other}` 互相排除",
            "say which one prevails; the order in the file never decides",
            "请写明何者优先；文件中的先后不起作用",
        ),
        "PE503": Code(
            "the clause `{clause}` has neither provisions nor a disposition",
            "条款 `{clause}` 既无规定也无处置说明",
            "add `provisions:` or a `disposition:` such as heading, definition or principle",
            "请补上 `provisions:` 或 `disposition:` (如 heading、definition、principle)",
        ),
        "PE504": Code(
            "the grades of `{fact}` leave out {missing}",
            "`{fact}` 的分级遗漏 {missing}",
            "put every value of the scale in exactly one grade",
            "等级表的每个取值必须恰好属于一个分级",
        ),
        "PE505": Code(
            "`{value}` is out of order in the grades of `{fact}`",
            "`{fact}` 的分级中 `{value}` 的位置有误",
            "list grades from lowest to highest, each value in one of them alone",
            "请由低到高排列，每个取值只属于一个分级",
        ),
        "PE506": Code(
            "{count} combinations of options meet in `{name}`, more than {limit}",
            "`{name}` 中的选项组合有 {count} 种，超过 {limit}",
            "split the provision, so that fewer readings meet in one",
            "请拆分该规定，减少其中的解释问题",
        ),
        "PE507": Code(
            "`{fact}` is not on a scale, so it has no grades",
            "`{fact}` 没有等级表，不能分级",
            "grade a fact that has a `scale:` in the vocabulary",
            "请对词汇表中带 `scale:` 的事实分级",
        ),
        "PE511": Code(
            "the sentence of `{clause}` differs from the one that was read",
            "`{clause}` 的句子与当初所读不同",
            "read the sentence again, mend the policy, then renew the digest: {digest}",
            "请重读该句并修改规则，然后更新摘要值：{digest}",
        ),
        "PE512": Code(
            "no clause accounts for this sentence: {sentence}",
            "没有条款对应此句：{sentence}",
            "add a clause with digest {digest}",
            "请增加条款，摘要值为 {digest}",
        ),
        "PE513": Code(
            "the text lacks the sentence of `{clause}` (copy {copy})",
            "文本缺少 `{clause}` 的句子（第 {copy} 份）",
            "check that the file holds the whole text, {copies} copies",
            "请检查文件是否含有全文，共 {copies} 份",
        ),
        # --- PE6xx: cases
        "PE601": Code(
            "two different events have the id `{id}`",
            "两个不同的事件使用同一编号 `{id}`",
            "the first one is {first}; give one of them another id (the same event may be repeated word for word)",
            "前一个是 {first}；请更改其中一个编号 (完全相同的事件可以重复)",
        ),
        "PE602": Code(
            "`{fact}` holds {expected}, not {found}",
            "`{fact}` 的值应为：{expected}；实为：{found}",
            "write a value of that type, or null when it is not known",
            "请写该类型的值；不知道时写 null",
        ),
        "PE603": Code(
            "no instant to judge by: the case has no `as_of`",
            "没有判断时点：案件未写 `as_of`",
            "add `as_of:` to the case or give `--as-of`",
            "请在案件中写 `as_of:`，或使用 `--as-of`",
        ),
        "PE604": Code(
            "no policy to judge by: the case has no `policy`",
            "没有适用的规则：案件未写 `policy`",
            "add `policy:` to the case or give `--policy`",
            "请在案件中写 `policy:`，或使用 `--policy`",
        ),
        "PE605": Code(
            "`{file}` holds {count} cases where one is asked for",
            "`{file}` 含有 {count} 件案件，而此处只需一件",
            "give a file with one case; `policyengine evaluate` takes files with many",
            "请给出只含一件案件的文件；`policyengine evaluate` 可读取多件",
        ),
    }
)
