"""The fixed words of an audit's page of HTML alone."""

from __future__ import annotations

from policyengine.wording import Wording

SKIP = Wording("跳到结果", "Skip to the findings")
CONTENTS = Wording("目录", "Contents")
THEME = Wording("深色", "Dark")
PRINT = Wording("打印", "Print")
NO_SCRIPT = Wording(
    "脚本未运行：内容完整，但不能筛选。", "Scripts do not run: everything is here, but cannot be filtered."
)
KIND = Wording("类别", "Kind")
ALL = Wording("合计", "All")
CASE = Wording("案件", "Case")
ABOUT = Wording("规定", "Provision")
TOLD = Wording("情况", "What is so")
CLAUSES = Wording("条款", "Clauses")
BEARER = Wording("承担者", "Bearer")
PLACE = Wording("位置", "Place")
MONTH = Wording("月份", "Month")
POLICY = Wording("规则", "Policy")
STATE = Wording("状态", "State")
FINDINGS = Wording("逐项结果", "Findings")
WHAT = Wording("事项", "What")
FOUND = Wording("结果", "Found")
LATE = Wording("逾期", "Late")
DONE = Wording("逾期履行", "Done late")
OUTSTANDING = Wording("仍未履行", "Still owed")
MEDIAN = Wording("中位数", "Median")
WORST = Wording("最长", "Worst")
FILTERS = Wording("筛选", "Filters")
EVERY = Wording("全部", "all of them")
SEARCH = Wording("查找", "Search")
RESET = Wording("恢复全部", "Show all")
SHOWN = Wording("显示 {shown} 项，共 {all} 项", "{shown} of {all} shown")
NONE_LEFT = Wording("没有符合所选条件的结果。", "No finding is left with what is chosen.")
NOTHING = Wording("没有发现问题。", "Nothing was found.")
LEFT_OUT = Wording(
    "本页列出最严重的 {shown} 项；另有 {n} 项，见 --format csv 或 --format json。",
    "The {shown} gravest are here; {n} more are in --format csv or --format json.",
)
MORE_ROWS = Wording("另有 {n} 行，见 --format json", "{n} more in --format json")
OUR_WORDS = Wording("条款的内容为我们的概括，不是原文。", "What a clause says is our summary, not its text.")
DASH = Wording("—", "—")
