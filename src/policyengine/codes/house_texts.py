"""Codes of house rules about texts and names: what people read, in both languages."""

from __future__ import annotations

from types import MappingProxyType

from policyengine.codes.code import Code

HOUSE_TEXTS: MappingProxyType[str, Code] = MappingProxyType(
    {
        "PE710": Code(
            "there is no Chinese under `zh`",
            "`zh` 之下没有中文",
            "write the Chinese; whoever works in Chinese sees nothing else",
            "请写中文；使用中文的人只看到这一项",
            level="warning",
            name="chinese-missing",
        ),
        "PE711": Code(
            "there is Chinese under `en`: `{text}`",
            "`en` 之下有中文：`{text}`",
            "write it in English; the number of a document may stay as it is, as in `no. 国办发〔2016〕61号`",
            "请写英文；文号可保留原样，例如 `no. 国办发〔2016〕61号`",
            level="warning",
            name="chinese-in-english",
        ),
        "PE712": Code(
            "the mark `{mark}` is half-width, among Chinese",
            "中文之中的标点 `{mark}` 是半角",
            "write `{full}`",
            "请写 `{full}`",
            level="warning",
            name="half-width-mark",
        ),
        "PE713": Code(
            "`{mark}` lacks its counterpart in this text",
            "此处的 `{mark}` 没有配对",
            "add `{other}`, or remove the mark; often the end of a text was lost",
            "请补上 `{other}` 或删除；往往是文字的后半部分遗漏了",
            level="warning",
            name="mark-without-pair",
        ),
        "PE714": Code(
            "this text is not finished: `{text}`",
            "此处文字尚未写完：`{text}`",
            "write what people are to read there",
            "请写出供人阅读的内容",
            level="warning",
            name="text-unfinished",
        ),
        "PE715": Code(
            "`{name}` has the same title as `{other}`",
            "`{name}` 与 `{other}` 的标题相同",
            "say in the title what is different; the other one is at {place}",
            "请在标题中写出两者的区别；另一处在 {place}",
            level="warning",
            name="title-repeated",
        ),
        "PE716": Code(
            "the title is {length} characters long",
            "标题有 {length} 个字符",
            "shorten it to {most}: titles stand in tables and lists; the rest belongs in `note:`",
            "请缩短至 {most} 个以内：标题用于表格和清单，其余内容请写入 `note:`",
            level="warning",
            name="title-too-long",
        ),
        "PE717": Code(
            "the {kind} `{name}` is written with `{mark}`",
            "{kind}的名称 `{name}` 中有 `{mark}`",
            "join the words of provisions and gaps by `-`, those of roles, readings and options by `_`",
            "规定和空白的编号以 `-` 连接各词，角色、解释问题和选项的名称以 `_` 连接",
            level="warning",
            name="name-style",
        ),
    }
)
