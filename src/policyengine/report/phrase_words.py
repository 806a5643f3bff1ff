"""Fixed words for conditions, triggers and limits as a policy states them, whatever the case."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from policyengine.model.happening import Outcome
from policyengine.wording import Wording

# Conditions
ALWAYS = Wording("不附条件", "without further condition")
ALL_OF = Wording("，且", ", and ")
ANY_OF = Wording("，或", ", or ")
GROUP = Wording("（{inner}）", "({inner})")
NOT_SO = Wording("并非（{inner}）", "not ({inner})")
NEITHER = Wording("以下各项均不成立：{inner}", "none of these holds: {inner}")
NUMBERED = Wording("（{n}）{text}", "({n}) {text}")
HOLDS = Wording("“{fact}”成立", "“{fact}” holds")
DOES_NOT_HOLD = Wording("“{fact}”不成立", "“{fact}” does not hold")
IS_KNOWN = Wording("“{fact}”已查明", "“{fact}” is settled")
IS = Wording("{fact}为{value}", "“{fact}” is {value}")
INCLUDES = Wording("{fact}包括{value}", "{value} is among “{fact}”")
WHATEVER = Wording("{fact}不限", "“{fact}” is any at all")
ORDER: Mapping[str, Wording] = MappingProxyType(
    {
        "at_least": Wording("{fact}为{value}及以上", "“{fact}” is {value} or higher"),
        "at_most": Wording("{fact}为{value}及以下", "“{fact}” is {value} or lower"),
        "more_than": Wording("{fact}高于{value}", "“{fact}” is higher than {value}"),
        "less_than": Wording("{fact}低于{value}", "“{fact}” is lower than {value}"),
    }
)
HAS_HAPPENED = Wording("已发生{what}", "{what} has happened")
HAS_NOT_HAPPENED = Wording("未发生{what}", "{what} has not happened")
NONE_HAPPENED = Wording("{what}均未发生", "none of these has happened: {what}")

# What a duty waits for
WITH = Wording("{attribute}：{value}", "{attribute}: {value}")
TRIGGER: Mapping[Outcome, Wording] = MappingProxyType(
    {
        Outcome.VIOLATED: Wording("违反{what}", "violation of {what}"),
        Outcome.PERFORMED: Wording("履行{what}", "performance of {what}"),
        Outcome.BREACHED: Wording("违反禁止{what}", "breach of {what}"),
    }
)
ANCHOR_VIOLATED = Wording("{what}的期限届满而未履行", "the missed limit of {what}")
UNTIL_ANY = Wording("直至{what}", "until {what}")
UNTIL_ALL = Wording("直至以下全部发生：{what}", "until all of these have happened: {what}")
TOGETHER = Wording("、", ", ")

# Limits
LENGTH: Mapping[str, tuple[Wording, Wording]] = MappingProxyType(
    {
        "seconds": (Wording("{n}秒", "{n} second"), Wording("{n}秒", "{n} seconds")),
        "minutes": (Wording("{n}分钟", "{n} minute"), Wording("{n}分钟", "{n} minutes")),
        "hours": (Wording("{n}小时", "{n} hour"), Wording("{n}小时", "{n} hours")),
        "days": (Wording("{n}日", "{n} day"), Wording("{n}日", "{n} days")),
        "working_days": (Wording("{n}个工作日", "{n} working day"), Wording("{n}个工作日", "{n} working days")),
        "months": (Wording("{n}个月", "{n} month"), Wording("{n}个月", "{n} months")),
        "years": (Wording("{n}年", "{n} year"), Wording("{n}年", "{n} years")),
    }
)
"""By unit: for one and for several."""
WITHIN = Wording("自{anchor}起{length}内", "within {length}, counted from {anchor}")
THE_TRIGGER = Wording("触发事件", "the trigger")
BEFORE = Wording("在{event}之前", "before {event}")
PROMPTLY = Wording("及时（文本未规定具体时限）", "promptly (the text gives no number)")
PROMPTLY_FROM = Wording("自{anchor}起及时（文本未规定具体时限）", "promptly after {anchor} (the text gives no number)")
EARLIEST = Wording("取最早者：{limbs}", "whichever is earliest: {limbs}")
LATEST = Wording("取最晚者：{limbs}", "whichever is latest: {limbs}")
LIMB_WHEN = Wording("{limb}（仅当{when}）", "{limb} (only if {when})")
HOURS: Mapping[str, Wording] = MappingProxyType(
    {
        "exact": Wording("自该时刻起连续计算", "counted from the very instant"),
        "next_full_hour": Wording("起算的那一小时不计入，自下一整点起算", "counted from the next full hour"),
    }
)
ROLL: Mapping[str, Wording] = MappingProxyType(
    {
        "stay": Wording("末日为休息日的不顺延", "a last day that is a day off stays the last day"),
        "next_working_day": Wording(
            "末日为休息日的顺延至下一工作日", "a last day that is a day off moves to the next working day"
        ),
    }
)
ENDS = Wording("至最后一日{clock}止", "ending at {clock} on the last day")
NO_LIMIT = Wording("文本未规定时限", "the text sets no time limit")

# Recurrence
PERIOD: Mapping[str, Wording] = MappingProxyType(
    {
        "day": Wording("每日一次", "once every day"),
        "working_day": Wording("每个工作日一次", "once every working day"),
        "week": Wording("每周一次", "once every week"),
        "month": Wording("每月一次", "once every month"),
        "quarter": Wording("每季度一次", "once every quarter"),
        "year": Wording("每年一次", "once every year"),
    }
)
AT_TIMES = Wording("每日{times}前各一次", "every day by {times}")
SINCE_LAST = Wording("每次行为之后{length}内再次作出", "again within {length} of each performance")
