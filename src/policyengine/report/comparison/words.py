"""Fixed words of comparisons."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from policyengine.analysis.comparison import Relation
from policyengine.wording import Wording

COMPARISON = Wording("规则对照", "Policies side by side")
ONE_POLICY = Wording("规则一览：{title}（{policy}）", "What one policy demands: {title} ({policy})")
GRADE = Wording("等级", "grade")
TOGETHER = Wording("、", ", ")
ALL_POLICIES = Wording("全部规则", "all of them")
ALL_GRADES = Wording("各等级", "all grades")
TOPIC = Wording("事项", "topic")

RELATION: Mapping[Relation, Wording] = MappingProxyType(
    {
        Relation.EQUAL: Wording("相同", "equal"),
        Relation.STRICTER: Wording("较严", "stricter"),
        Relation.LOOSER: Wording("较宽", "looser"),
        Relation.INCOMPARABLE: Wording("互有宽严", "incomparable"),
        Relation.GAP: Wording("缺漏", "gap"),
        Relation.REFERRED: Wording("援引他文", "referred"),
        Relation.SILENT: Wording("未涉及", "silent"),
        Relation.EXTRA: Wording("另有要求", "extra"),
    }
)
LACKING = Wording("没有达到：{others}", "not matched: {others}")
NONE_OF = Wording("没有规定：{others}", "absent here: {others}")
BEYOND = Wording("超出对照文件：{own}", "beyond the others: {own}")
BESIDE = Wording("另有相关要求：{own}", "demanded instead: {own}")
THEIRS = Wording("{short}（{demands}）", "{short} ({demands})")
IN_PLACE = Wording("{where}，{what}", "{where}, {what}")
FROM_TRIGGER = Wording("{trigger}后{what}", "upon {trigger}, {what}")
ESSENCE = Wording("{binding}，{limit}", "{binding}, {limit}")
DOES = Wording("{binding}{act}", "{binding} {act}")

WITHIN = Wording("{length}内", "within {length}")
PROMPTLY = Wording("及时", "promptly")
STANDING = Wording("持续", "standing")
NO_LIMIT = Wording("未规定时限", "no limit stated")
ANYBODY = Wording("任何人", "anybody")


ALONE = Wording("只有一部规则，没有可对照的", "One policy alone: there is nothing to hold it against")
NOTHING_COMMON = Wording(
    "这些规则没有规范任何相同的事项", "These policies have no topic in common: no two of them say anything about one"
)
NOTHING_SAID = Wording("对所问的事项和等级，没有规则作出规定", "No policy says anything about what is asked")
AGAINST_NOBODY = Wording(
    "没有对照文件：所列规则均未以其他所列规则为上位文件；可用 --against 指定",
    "Held against nobody: none of these policies implements another of them; name one by --against",
)

UPON = Wording("{trigger}后", "upon {trigger}")
FROM = Wording("自{anchor}起", "counted from {anchor}")
LINE = Wording("{terms}：{sentence}", "{terms}: {sentence}")
TERM = Wording("，", ", ")
MEANS = Wording("方式：{means}", "by: {means}")
MARKED = Wording("【{word}】{more}", "[{word}] {more}")
IN_PART = Wording("部分情形", "in part")
GAP = Wording("文本空白", "silent")
REFERRAL = Wording("援引《{document}》", "refers to “{document}”")
DOUBTFUL = Wording("{line}（是否适用待定）", "{line} (whether it applies stays open)")
TO = Wording("{line}（对象：{to}）", "{line}, to {to}")
STARRED = Wording("{line} *", "{line} *")

HELD = Wording("{name}（{policy}），对照：{against}", "{name} ({policy}), held against {against}")
NOT_HELD = Wording("{name}（{policy}）", "{name} ({policy})")
NAMED = Wording("{short}：{title}", "{short}: {title}")
CHOSEN = Wording("所选解释：{readings}", "read as: {readings}")
GIVEN = Wording("以下事实视为已定：{facts}", "Taken as settled: {facts}")
USUAL = Wording(
    "未另写事由的，均自{trigger}起", "Unless a line says otherwise, it waits for {trigger} and counts from it"
)
GRADED = Wording("所称等级，指{facts}均为该等级", "A grade stands for all of these having it: {facts}")
ONLY_GRADES = Wording("以下均为：{stretch}", "Everything below is for: {stretch}")
STAR = Wording("* 取决于文本如何理解（用 --details 列出）", "* hangs on how the text is read (--details tells how)")
COLUMNS = Wording("所列规则", "policies")
SHARED = Wording("其他共有事项（用 --topic 查看）", "Other topics that several provide for (--topic shows one)")
LONE = Wording("只有一部规则规定的事项", "What one policy alone provides for")
AS_ABOVE = Wording("同上", "as above")
NOTHING = Wording("—", "—")

PROVISION = Wording("{title}（{id}）", "{title} ({id})")
QUOTED = Wording("原文用“{word}”", "the text says “{word}”")
NOTE = Wording("注：{note}", "note: {note}")
MISSING = Wording("文本未规定：{what}", "the text does not say: {what}")
CLAUSE = Wording("{id} {number}：{says}", "{id} {number}: {says}")
TAKEN = Wording("{question}取“{says}”", "{question} Taken as “{says}”")
READINGS_OF = Wording("{short}：文本如何理解", "{short}: how the text is read")
WHY = Wording("{reading}；理由：{why}", "{reading}; because {why}")
IS_SANCTION = Wording("属追责", "a sanction")
