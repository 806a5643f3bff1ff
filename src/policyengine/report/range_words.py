"""Fixed words of answers under every reading at once."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from policyengine.model.ranges import Verdict
from policyengine.wording import Wording

VERDICT: Mapping[Verdict, Wording] = MappingProxyType(
    {
        Verdict.EVERY: Wording("任何解释下均是", "under every reading"),
        Verdict.SOME: Wording("部分解释下是 [{when}]", "under some readings [{when}]"),
        Verdict.NONE: Wording("任何解释下均否", "under no reading"),
        Verdict.UNDETERMINED: Wording("取决于缺少的事实", "it hangs on missing facts"),
    }
)

IN_SHORT = Wording(
    "各种解释下：规定 {total} 条，其中因解释而异的 {open} 条；有影响的解释问题 {readings} 个；共判断 {n} 种组合",
    "Under every reading: rows that depend on the reading: {open} of {total}; readings that matter here: {readings}; "
    "combinations judged: {n}",
)
OPEN = Wording("因解释而异", "Depends on the reading")
SETTLED = Wording("任何解释下均相同", "The same under every reading")
NO_DUTY = Wording("任何解释下均没有义务", "No duty under any reading")
READINGS = Wording("此处有影响的解释问题", "Readings that matter here")
OTHERS = Wording("此处没有影响的解释问题：{names}", "Readings that make no difference here: {names}")

STATUS = Wording("状态", "status")
LIMIT = Wording("期限", "due")
STRENGTH = Wording("约束力", "how it binds")
BEARER = Wording("承担者", "who")
IS_DUTY = Wording("有此义务", "there is a duty")
VIOLATED = Wording("违反", "violated")
DEPARTED = Wording("未达到原则性要求", "departed from in principle")
OWED = Wording("仍须履行", "still owed")

ONLY_WHEN = Wording("{value} [{when}]", "{value} [{when}]")
AND_SO_ON = Wording("等 {n} 种", "{n} in all")
BY_DEFAULT = Wording("默认", "by default")
NOT_THERE = Wording("无此规定", "no such provision")
NOT_MET = Wording("不涉及", "not met")
NO_LIMIT = Wording("无时限", "no limit")
NOBODY = Wording("未指明", "nobody named")
PROVISIONAL = Wording("{due}（暂定）", "{due} (provisional)")
VALUES = Wording("{word}：", "{word}:")
