"""Fixed words of the picture of limits."""

from __future__ import annotations

from policyengine.wording import Wording

TITLE = Wording("时限对照图", "Limits side by side")
DESC = Wording(
    "{n} 件文件的时限，逐事项、逐等级绘出：{panels}。条的长度与时限成比例。",
    "The limits of {n} documents, topic by topic and grade by grade: {panels}. Bars are as long as the limits.",
)
PANEL = Wording("{topic}（{limits}）", "{topic} ({limits})")
LIMIT_OF = Wording("{policy} {limits}", "{policy} {limits}")
NONE = Wording("没有以数字规定的时限。", "No limit in numbers.")
PROMPTLY = Wording("及时", "promptly")
GAP = Wording("空白", "gap")
REFERRED = Wording("另有规定", "elsewhere")
NO_LIMIT = Wording("未定时限", "no limit")
SAY_NOTHING = Wording("未作规定的：{names}", "Nothing said by: {names}")
SILENT = Wording("—", "—")
ALL_GRADES = Wording("各等级", "all grades")
FROM_ONE = Wording("自{anchor}起算", "counted from {anchor}")
FROM = Wording("{mark} 自{anchor}起算", "{mark} from {anchor}")
APART = Wording(
    "起算点不同：时限的长短不能直接相比。",
    "The limits count from different events: their lengths alone do not compare.",
)
IN_DAYS = Wording(
    "以日、月、年计的时限，条长按每日 24 小时、每月 30 日示意。",
    "Limits in days, months or years are drawn as if days had 24 hours and months 30 days.",
)

LEGEND_MUST = Wording("应当", "must")
LEGEND_SHOULD = Wording("原则上应当", "should in principle")
LEGEND_OTHER = Wording("可以、不得", "may, must not")
LEGEND_PROMPTLY = Wording("只写“及时”一类词语，没有数字", "only a word such as “promptly”, no number")
LEGEND_PARTLY = Wording("* 仅在部分情形", "* only in some cases")
LEGEND_SILENT = Wording("— 未作规定", "— demands nothing")
LEGEND_SCALE = Wording("每一事项自成一个尺度", "each topic has a scale of its own")
