"""The fixed words of the formats that CI services read."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from policyengine.report.annotations.annotation import Grade
from policyengine.wording import Wording

GRADE: Mapping[Grade, Wording] = MappingProxyType(
    {
        Grade.ERROR: Wording("错误", "error"),
        Grade.WARNING: Wording("警告", "warning"),
        Grade.NOTE: Wording("提示", "note"),
    }
)
COUNTED: Mapping[Grade, tuple[Wording, Wording]] = MappingProxyType(
    {
        Grade.ERROR: (Wording("{n} 个错误", "{n} error"), Wording("{n} 个错误", "{n} errors")),
        Grade.WARNING: (Wording("{n} 个警告", "{n} warning"), Wording("{n} 个警告", "{n} warnings")),
        Grade.NOTE: (Wording("{n} 个提示", "{n} note"), Wording("{n} 个提示", "{n} notes")),
    }
)
"""How many of a grade there are: one, and any other number."""
BETWEEN = Wording("，", ", ")
NOT_SHOWN = Wording("另有未逐一标注的结果", "Findings without an annotation")
AND_MORE = Wording(
    "另有 {counts}，未逐一标注：GitHub 每个步骤每级最多显示 {most} 条",
    "And {counts} without an annotation: GitHub shows {most} of a grade in a step",
)
SUPPRESSED = Wording("已获准保留：{reason}", "let stand: {reason}")
KNOWN = Wording("此前已有", "known from before")
AND_OTHERS = Wording("{first}（另有 {n} 项）", "{first} (and {n} more)")
ABOUT = Wording("{grade}：{message}", "{grade}: {message}")

LEFT_OUT = Wording(
    "另有 {counts}未列出：本页已达长度上限", "And {counts} not listed: the page has reached its limit of length"
)
GRADE_COLUMN = Wording("级别", "Grade")
TITLE_COLUMN = Wording("结果", "Finding")
PLACE_COLUMN = Wording("位置", "Place")
MESSAGE_COLUMN = Wording("说明", "What it is")
FINDINGS = Wording("逐项结果", "Findings")
NOTHING = Wording("没有发现问题", "Nothing was found")
