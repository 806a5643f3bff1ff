"""Fixed words of timelines."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from policyengine.report.timeline.values import Mark
from policyengine.wording import Wording

TIMELINE = Wording("时间线", "Timeline")
ON_ONE_CLOCK = Wording("各时刻均按 {zone} 的时钟", "all times on the clock of {zone}")

MARK: Mapping[Mark, Wording] = MappingProxyType(
    {
        Mark.KEPT: Wording("按期", "in time"),
        Mark.DONE: Wording("已履行", "done"),
        Mark.LATE: Wording("逾期", "late"),
        Mark.BREACHED: Wording("违反", "breached"),
        Mark.DEPARTED: Wording("未达到原则性要求", "departed from"),
        Mark.RUNNING: Wording("未到期", "open"),
        Mark.WAITED_FOR: Wording("待履行而无具体时限", "owed without a number"),
        Mark.UNDETERMINED: Wording("待定", "undetermined"),
        Mark.OVER: Wording("不再适用", "over"),
    }
)
EVENT = Wording("事件", "event")
LATER = Wording("未计入", "not seen")
NOW = Wording("判断时点", "as of")

COUNT = Wording("{word} {n} 项", "{n} {word}")
EVENTS = Wording("事件 {n} 个", "{n} events")
ONE_EVENT = Wording("事件 1 个", "1 event")
NO_EVENT = Wording("案件没有任何事件", "the case has no events")

CORRECTED = Wording("已更正", "as corrected")
PARTIAL = Wording("部分履行", "in part")
TAKEN_BACK = Wording("已撤回，未列入：{events}", "taken back, not listed: {events}")
SETS = Wording("由此可知：{facts}", "makes known: {facts}")
PERFORMS = Wording("履行：{what}，{state}", "performs {what}: {state}")
PARTLY_PERFORMS = Wording("部分履行：{what}", "performs in part: {what}")
BREACHES = Wording("违反禁止：{what}", "breaches the prohibition: {what}")
LIMIT = Wording("期限：{what}", "limit: {what}")
JUDGED_HERE = Wording("以此刻为准作出判断", "the case is judged at this instant")

SPARE = Wording("按期，早 {time}", "in time, {time} to spare")
EXACTLY = Wording("按期，恰在期限届满之时", "in time, at the very limit")
DONE_LATE = Wording("履行时逾期 {time}", "done {time} late")
DONE_TOO_LATE = Wording("履行过晚", "done too late")
STILL_OWED = Wording("已逾期 {time}，仍须履行", "{time} late, still owed")
NO_LONGER_OWED = Wording("已逾期 {time}，现已不再负有", "{time} late, no longer owed")
PASSED = Wording("已逾期 {time}", "{time} late")
LEFT = Wording("还有 {time}", "in {time}")
DUE_NOW = Wording("期限即此刻", "due this very instant")
SO_FAR = Wording("已历时 {time}", "{time} so far")
AT_ONCE = Wording("当即履行", "done at that very instant")
AFTER = Wording("用时 {time}", "after {time}")
LACKS = Wording("待定，缺少：{facts}", "undetermined, lacking: {facts}")
BREACHED_ONCE = Wording("违反一次", "breached once")
BREACHED_TIMES = Wording("违反 {n} 次", "breached {n} times")
FIRST_BREACH = Wording("首次：{when}", "first {when}")
IN_DOUBT = Wording("待定，但无论如何{state}", "undetermined, but in any event {state}")

DUE = Wording("期限 {due}", "due {due}")
IF_IT_HOLDS = Wording("若成立，期限 {due}", "if it holds, due {due}")
PROVISIONAL = Wording("暂定", "provisional")
WITHOUT_NUMBER = Wording("文本未规定具体时限", "the text gives no number")
PROMPTLY = Wording("及时，文本未规定具体时限", "promptly, the text gives no number")

WITH_LIMIT = Wording("有期限的义务", "Duties with a limit")
UNNUMBERED = Wording("没有具体时限的义务", "Duties without a number")
OPEN_DUTIES = Wording("待定的义务", "Undetermined duties")
BREACHES_DRAWN = Wording("违反的禁止", "Breached prohibitions")
STANDING = Wording("持续性义务", "Standing duties")
NOT_STARTED = Wording("未起算", "Not started")
PROHIBITED = Wording("禁止", "Prohibitions")
PERMITTED = Wording("许可", "Permissions")
NO_DUTY = Wording("截至判断时点，没有可以画出的义务", "No duty can be drawn at this instant")
PERIODS = Wording("{n} 个周期：{counts}", "{n} periods: {counts}")
ONLY_LAST = Wording("表中只列最近 {n} 个未按期的", "of those missed only the last {n} are in the table")
FROM_TO = Wording("{first} 至 {last}", "{first} to {last}")

WHEN = Wording("时刻", "When")
ELAPSED = Wording("距首个事件", "Since the first event")
WHAT = Wording("事项", "What")
HOW = Wording("结果", "Mark")
CLAUSES = Wording("条款", "Clauses")

TO_SCALE = Wording("时间轴按比例绘制", "The time axis is to scale.")
NOT_TO_SCALE = Wording(
    "时间轴不按比例：先后顺序准确，间隔按时长的对数压缩，实际时长标在轴上",
    "The time axis is not to scale: the order is right, intervals are shortened by the logarithm of their length, "
    "which is written on the axis.",
)
ALLOWED = Wording("期限之内", "time allowed")
ACT = Wording("履行行为", "act that performs it")
WITHOUT_END = Wording("没有具体时限", "no number in the text")
FACT_MISSING = Wording("待定，缺少事实", "undetermined, a fact is missing")
END = Wording("期限届满", "limit")
PROVISIONAL_END = Wording("暂定的期限", "provisional limit")
IS_LATE = Wording("逾期", "late")
IS_DEPARTED = Wording("未达到原则性要求", "departed from in principle")
IS_BREACH = Wording("违反禁止的行为", "act that breaches a prohibition")
IS_OVER = Wording("不再适用", "over")
A_PERIOD: Mapping[Mark, Wording] = MappingProxyType(
    {mark: Wording(f"一个周期，{word.zh}", f"one period, {word.en}") for mark, word in MARK.items()}
)
DESCRIBED = Wording("{title}。{as_of}。{counts}。", "{title}. {as_of}. {counts}.")
