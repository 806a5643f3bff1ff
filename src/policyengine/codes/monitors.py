"""Codes of monitors (PE800-PE819): open and closed cases, and saved states."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from policyengine.codes.code import Code

if TYPE_CHECKING:
    from collections.abc import Mapping

MONITORS: Mapping[str, Code] = MappingProxyType(
    {
        "PE800": Code(
            "no case `{case}` is open",
            "没有在办案件 `{case}`",
            "open it, or record its first event",
            "请先立案，或记录其第一个事件",
        ),
        "PE801": Code(
            "the case `{case}` is closed",
            "案件 `{case}` 已经办结",
            "give what is new to another case; the id of a closed case is not used again",
            "新发生的事项请另立案件；已办结案件的编号不再使用",
        ),
        "PE802": Code(
            "the case `{case}` is already open",
            "案件 `{case}` 已经立案",
            "record what happens in it; facts that become known later are set by events",
            "请在该案中记录事件；后来才知道的事实由事件写明",
        ),
        "PE803": Code(
            "the saved state cannot be read: {problem}",
            "保存的状态无法读取：{problem}",
            "restore the text that was saved, all of it and as it was",
            "请用当时保存的全文恢复，不要删改",
        ),
        "PE804": Code(
            "the text is not the saved state of a monitor",
            "该文本不是监测保存的状态",
            "give what `state()` returned",
            "请给出 `state()` 所返回的文本",
        ),
        "PE805": Code(
            "the saved state has version {found}, and only version {known} can be read",
            "保存的状态版本为 {found}，只能读取版本 {known}",
            "restore it with the release that saved it",
            "请用保存该状态的版本恢复",
        ),
        "PE806": Code(
            "the state was saved under {saved}, and is to be restored under {given}",
            "保存状态时所依规则为 {saved}，恢复时所给规则为 {given}",
            "give the same policies, unchanged and in the same order; under others, open the cases anew",
            "请按原顺序给出未经改动的同样规则；要改依其他规则，请重新立案",
        ),
        "PE807": Code(
            "the saved state is not as it was saved: its digest is {found}, and should be {told}",
            "保存的状态已被改动：摘要为 {found}，应为 {told}",
            "restore the text that was saved, all of it and as it was",
            "请用当时保存的全文恢复，不要删改",
        ),
        "PE808": Code(
            "in the saved state, at `{place}`: {problem}",
            "保存的状态中 `{place}` 处：{problem}",
            "restore the text that was saved, all of it and as it was",
            "请用当时保存的全文恢复，不要删改",
        ),
    }
)
