"""Fixed words of the page that shows a comparison."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from policyengine.analysis.comparison import Relation
from policyengine.wording import Wording

MEANING: Mapping[Relation, Wording] = MappingProxyType(
    {
        Relation.EQUAL: Wording(
            "无论情况如何，应当做什么、是否违反，结论都与对照文件一致",
            "whatever happens, it finds as much owed and violated as the others do",
        ),
        Relation.STRICTER: Wording(
            "从不比对照文件宽，有时更严", "never finds less than the others, and sometimes more"
        ),
        Relation.LOOSER: Wording(
            "从不比对照文件严，有时更宽，但对该事项有所要求",
            "never finds more than the others, and sometimes less, but demands something",
        ),
        Relation.INCOMPARABLE: Wording("有时更严，有时更宽", "sometimes finds more, and sometimes less"),
        Relation.GAP: Wording(
            "此处没有要求，而别处有同类要求，或文本写明未作规定",
            "demands nothing here, although it demands the like elsewhere or says itself that it is silent",
        ),
        Relation.REFERRED: Wording(
            "自身没有要求，只指向另一文件", "demands nothing of its own here, and sends the reader elsewhere"
        ),
        Relation.SILENT: Wording("通篇没有涉及该事项", "says nothing of it anywhere"),
        Relation.EXTRA: Wording("有要求，而对照文件没有", "demands something where the others demand nothing"),
    }
)
SIGN: Mapping[Relation, str] = MappingProxyType(
    {
        Relation.EQUAL: "=",
        Relation.STRICTER: "▲",
        Relation.LOOSER: "▽",
        Relation.INCOMPARABLE: "◇",
        Relation.GAP: "○",
        Relation.REFERRED: "↗",
        Relation.SILENT: "–",
        Relation.EXTRA: "+",
    }
)
"""Seen beside the word, so that the eye finds it without colours."""

SUBTITLE = Wording("{n} 件文件，{topics} 个事项", "{n} documents, {topics} topics")
SUBTITLE_ONE = Wording("{topics} 个事项", "{topics} topics")
SKIP = Wording("跳到对照表", "Skip to the table")
CONTENTS = Wording("本页内容", "On this page")
THEME = Wording("深色", "Dark")
PRINT = Wording("打印", "Print")
PRINT_NOTES = Wording("附注一并打印", "print the notes as well")
NO_SCRIPT = Wording(
    "未启用脚本：不能筛选，各格的详情见文末附注。", "Without scripts there are no filters; the notes stand at the end."
)

DOCUMENTS = Wording("所对照的文件", "The documents")
HELD_AGAINST = Wording("对照：{names}", "held against {names}")
HELD_AGAINST_NOBODY = Wording("不以其他文件为对照", "held against nobody")
READ_AS = Wording("所采解释：{readings}", "read as {readings}")
PREMISES = Wording("前提", "Premises")
GIVEN = Wording("已定事实：{given}。", "Taken as settled: {given}.")
GRADES_OF = Wording("等级：{fact}。", "Grades are those of: {fact}.")
COUNTED = Wording("未另写明的，时限自{trigger}起算。", "Limits count from {trigger} unless they say otherwise.")
REMARK = Wording("{text}。", "{text}.")
DEFAULT_READINGS = Wording(
    "含义不明之处按各自的默认解释，列于附注。",
    "Where a text is ambiguous it is read by its default, which the notes tell.",
)
OUR_WORDS = Wording(
    "内容为概括，不是原文；以原文为准。", "Everything is told in our own words; the texts themselves prevail."
)

LEGEND = Wording("八种关系", "The eight relations")
FILTERS = Wording("筛选", "Filters")
HINT = Wording("不选即为全部。", "None chosen means all.")
ONLY_RELATIONS = Wording("只看关系", "Only relations")
ONLY_GRADES = Wording("只看等级", "Only grades")
ONLY_POLICIES = Wording("只看文件", "Only documents")
TOPIC = Wording("事项", "Topic")
ALL_TOPICS = Wording("全部事项", "all topics")
DIFFERENCES = Wording("只看有差异的", "only differences")
RESET = Wording("恢复全部", "Show all")
SHOWN = Wording("显示 {shown} 行，共 {all} 行", "{shown} of {all} rows shown")
NONE_LEFT = Wording("没有符合所选条件的内容。", "Nothing is left under these filters.")

SYNOPSIS = Wording("对照表", "Synopsis")
CHOOSE = Wording(
    "点选一格，可看依据、承担者、所采解释和逐情形的比较。",
    "Choose a cell for its clauses, bearers, readings and the comparison case by case.",
)
ACTS = Wording(
    "事项之下是格中未另写明时所指的行为。", "Below a topic stands the act that is meant where a cell names no other."
)
SINGLE = Wording("只有一件文件规定的事项", "Topics that one document alone addresses")
SINGLE_CAPTION = Wording(
    "按文件排列。有对照文件的，关系均为“另有要求”，另有标明的除外。",
    "By document. Where it is held against others the relation is extra, unless it is told.",
)
DEMAND = Wording("要求", "demand")
DOCUMENT = Wording("文件", "document")
NOTHING = Wording("未作规定", "says nothing")
OTHER_ACTS = Wording("由相关行为的要求决定", "by what it demands of related acts")
DASH = Wording("—", "—")
FROM = Wording("自{anchor}起", "from {anchor}")
UPON = Wording("遇{trigger}", "upon {trigger}")
TO = Wording("（对象：{role}）", ", to {role}")
DOUBTFUL = Wording("是否适用待定", "not settled whether it applies")
MORE = Wording("另有 {n} 项", "and {n} more")
IN_PART = Wording("部分情形", "in part")
GAP = Wording("空白：{what}", "gap: {what}")
REFERRAL = Wording("援引：{what}", "refers to {what}")

PICTURE = Wording("时限对照图", "Limits side by side")
NOTES = Wording("附注", "Notes")
NOTES_LEAD = Wording("各文件的规定、空白与解释，逐件排列。", "Provisions, gaps and readings, document by document.")

CLOSE = Wording("关闭", "Close")
SAYS = Wording("规定", "What it says")
STANDS = Wording("与对照文件的关系", "How it stands to the others")
CASE_BY_CASE = Wording("逐情形", "Case by case")
PLACES = Wording("{n} 种情形", "cases: {n}")
EVERY_CASE = Wording("在该行的一切情形", "in every case of this row")
AFTER = Wording("{trigger}之后", "after {trigger}")
LACKING = Wording("未达到", "falls short of")
BEYOND = Wording("超出", "goes beyond by")
READINGS = Wording("所采解释", "Readings")

BINDS = Wording("约束力", "binds")
QUOTED = Wording("{binding}（原文“{word}”）", "{binding} (the text’s word: “{word}”)")
BEARER = Wording("承担者", "bearer")
ACT = Wording("行为", "act")
ADDRESSEE = Wording("对象", "addressee")
MEANS = Wording("方式", "means")
TRIGGER = Wording("触发", "trigger")
LIMIT = Wording("时限", "limit")
COUNTED_FROM = Wording("起算", "counted from")
ORDER = Wording("先后与终止", "order and end")
KIND = Wording("性质", "kind")
SANCTION = Wording("追责", "sanction")
AGENCY = Wording("机关经常性义务，不限于个案", "binds the agency always, not in a case alone")
CLAUSES = Wording("依据", "clauses")
CLAUSE = Wording("{number}：{says}", "{number}: {says}")
REMARKED = Wording("备注", "remark")
DEPENDS = Wording("取决于解释", "depends on")
MISSING = Wording("未规定", "what is missing")
REFERS = Wording("援引", "refers to")
IN_HAND = Wording("{title}（原文在手）", "{title} (in hand)")
NOT_IN_HAND = Wording("{title}（原文不在手）", "{title} (not in hand)")
CHOSEN = Wording("所采", "chosen")
BY_DEFAULT = Wording("{option}：{says}（默认）", "{option}: {says} (the default)")
OTHERWISE = Wording("{option}：{says}（另选，非默认）", "{option}: {says} (chosen, not the default)")
WHY = Wording("理由", "why")
OTHERS = Wording("其他选项", "other options")
OPTION = Wording("{option}：{says}", "{option}: {says}")
