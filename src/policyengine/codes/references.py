"""Codes PE2xx and PE3xx: names that lead nowhere, conditions that cannot be asked."""

from __future__ import annotations

from types import MappingProxyType

from policyengine.codes.code import Code

REFERENCES: MappingProxyType[str, Code] = MappingProxyType(
    {
        # Of references (PE2xx).
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
            "name an act of the vocabulary, or declare one under `acts:` there",
            "请写词汇表中的行为，或在其 `acts:` 下声明",
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
            "use it in a table, a provision, a gap or `counting`, or remove it",
            "请在判断表、规定、空白或 `counting` 中使用，或删除",
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
            "`under` may stand only at the top of a table, provision or gap",
            "`under` 只能写在判断表、规定或空白的顶层",
            "move it up, or give the options here with `reading:`",
            "请移到顶层，或在此处用 `reading:` 写出各选项",
        ),
        "PE224": Code(
            "no policy `{name}`, which this one is said to implement",
            "没有规则 `{name}`，而此处称本规则据以实施",
            "put `{name}.yaml` beside this file, or use a packaged one: {known}",
            "请在本文件旁放置 `{name}.yaml`，或使用自带的：{known}",
        ),
        "PE225": Code(
            "`{name}` is said to implement itself",
            "规则 `{name}` 被写为实施其自身",
            "name its superior documents only, or remove it",
            "请只写上级文件，或删除该项",
        ),
        # Of conditions (PE3xx).
        "PE301": Code(
            "`{fact}` holds {expected}, not {found}",
            "`{fact}` 的值应为：{expected}；实为：{found}",
            "write a value of the fact's own type; text, numbers and true/false are never mixed",
            "请写该事实类型的值；文本、数字和 true/false 不可混用",
        ),
        "PE302": Code(
            "`{fact}` has no order, so `{operator}` cannot be asked",
            "`{fact}` 没有顺序，不能使用 `{operator}`",
            "write the values that are meant: `{fact}: [a, b]`, or of a list `{fact}: {{contains: a}}`",
            "请改为写明所指的取值：`{fact}: [a, b]`；列表请写 `{fact}: {{contains: a}}`",
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
    }
)
