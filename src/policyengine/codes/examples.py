"""Codes PE650 to PE679: what can be wrong with examples, the cases that say what must come out of them."""

from __future__ import annotations

from types import MappingProxyType

from policyengine.codes.code import Code

EXAMPLES: MappingProxyType[str, Code] = MappingProxyType(
    {
        "PE650": Code(
            "nothing is expected of the case `{case}`",
            "没有写明案件 `{case}` 应得出什么结果",
            "say under `expect:` what must come out, or under `absent:` what must not; `policyengine test` checks it",
            "请在 `expect:` 下写明应得出的结果，或在 `absent:` 下写明不应有的义务，由 `policyengine test` 检验",
        ),
        "PE651": Code(
            "two examples are called `{name}`",
            "有两个示例都叫 `{name}`",
            "the first one is at {first}; give one of the two another name",
            "第一个在 {first}；请更改其中一个的名称",
        ),
        "PE652": Code(
            "`{key}` stands beside `ask`",
            "`{key}` 与 `ask` 并列",
            "where an example asks several questions, each has its own; move it into an entry of `ask:`",
            "示例有多个问题的，各问题分别写明；请移到 `ask:` 的某一项之内",
        ),
        "PE653": Code(
            "nothing says at which instant the case `{case}` is judged",
            "没有写明在哪一时点判断案件 `{case}`",
            "add `as_of:`, such as `as_of: 2025-10-08T23:30:00+08:00`",
            "请补上 `as_of:`，如 `as_of: 2025-10-08T23:30:00+08:00`",
        ),
        "PE654": Code(
            "the expectation is about no provision and no gap",
            "这一预期既没有写明规定，也没有写明空白",
            "add `provision:`, or `gap:` where the text is silent",
            "请补上 `provision:`；属于文本空白的，请补上 `gap:`",
        ),
        "PE655": Code(
            "the expectation is about a provision and a gap at once",
            "这一预期同时写了规定和空白",
            "make it two, one with `provision:` and one with `gap:`",
            "请分成两项，一项写 `provision:`，一项写 `gap:`",
        ),
        "PE656": Code(
            "a {subject} has no `{name}`",
            "{subject}没有 `{name}`",
            "it has {allowed}",
            "可写：{allowed}",
        ),
        "PE657": Code(
            "the case is not judged by the policy `{name}`",
            "案件没有按规则 `{name}` 判断",
            "name it under `policy:` of the example as well, or remove it here",
            "请在示例的 `policy:` 下一并写明，或在此处删除",
        ),
        "PE658": Code(
            "nothing is chosen or given here, so it is no other reading",
            "此处没有另选选项，也没有另给事实，不构成另一种解释",
            "add `choose: {{READING: OPTION}}` or `given: {{FACT: VALUE}}`, or move its keys up into the expectation",
            "请补上 `choose: {{解释问题: 选项}}` 或 `given: {{事实: 值}}`，或将所写各项移到预期本身",
        ),
        "PE659": Code(
            "two questions about the case are called `{label}`",
            "关于该案件有两个问题都叫 `{label}`",
            "put what is expected of both into one, or tell them apart by `label:`",
            "请把二者的预期合并为一项，或用 `label:` 加以区分",
        ),
        "PE660": Code(
            "nothing called `{name}` happens in the case",
            "案件中没有名为 `{name}` 的事件",
            "name the `id` of one of its events",
            "请写案件中某一事件的 `id`",
        ),
    }
)
