"""Codes PE830 to PE849: cases as tables."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from policyengine.codes.code import Code

if TYPE_CHECKING:
    from collections.abc import Mapping

BATCHES: Mapping[str, Code] = MappingProxyType(
    {
        "PE830": Code(
            "the case `{case}` stands in {count} rows of the table of cases",
            "案件 `{case}` 在案件表中占 {count} 行",
            "none of them is judged; keep one row for each case",
            "各行均未予判断；每件案件请只保留一行",
        ),
        "PE831": Code(
            "no row of the table of cases has the case `{case}`",
            "案件表中没有案件 `{case}`",
            "add the case, or correct the id in this row; the event is part of no answer",
            "请补上该案件，或更正此行的编号；该事件没有进入任何答案",
        ),
        "PE832": Code(
            "the times in the column `{column}` have no zone",
            "列 `{column}` 中的时间没有时区",
            "declare `time_zone:` in the map of columns, or give the column a zone",
            "请在列对照表中声明 `time_zone:`，或为该列加上时区",
        ),
        "PE833": Code(
            "the table cannot be read: {problem}",
            "表无法读取：{problem}",
            "check whether it was written out in full, and in the format that its name tells",
            "请检查它是否已完整生成，格式是否与其名称相符",
        ),
        "PE834": Code(
            "`{name}` is no event of any of the policies",
            "`{name}` 不是任何一个规则的事件",
            "name an event or an act of the vocabulary",
            "请写词汇中的事件或行为",
        ),
    }
)
