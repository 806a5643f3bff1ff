"""Codes of audits (PE680-PE699): waivers and baselines, and cases that cannot be judged among others."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from policyengine.codes.code import Code

if TYPE_CHECKING:
    from collections.abc import Mapping

AUDITS: Mapping[str, Code] = MappingProxyType(
    {
        "PE680": Code(
            "the waiver does not say what it is about",
            "豁免没有写明所涉事项",
            "name a `case`, a `policy` or a `provision`; what is left out may be any",
            "请写明 `case`、`policy` 或 `provision` 之一；未写的不限",
        ),
        "PE681": Code(
            "the waiver expires on {expires}, before it is granted on {granted}",
            "豁免于 {expires} 到期，早于其批准之日 {granted}",
            "`expires` is the last day on which it holds",
            "`expires` 为豁免有效的最后一日",
        ),
        "PE682": Code(
            "the waiver waives nothing",
            "豁免没有用到",
            "take it out, if what it was given for is settled; or see whether it names what was meant",
            "所涉事项已了结的，请删去；否则请核对所写的案件、规则和条款",
            level="warning",
        ),
        "PE683": Code(
            "the waiver expired on {expires}, and what it waived is still there",
            "豁免已于 {expires} 到期，而所豁免的事项仍在",
            "see to what it waived, or have it granted anew",
            "请处理所涉事项，或重新报批",
            level="warning",
        ),
        "PE684": Code(
            "the waiver is granted from {granted} only, and does not hold before",
            "豁免自 {granted} 起才有效，此前不予豁免",
            "see to what it is to waive, or ask as of a later day",
            "请处理所涉事项，或以较晚的时点审查",
            level="warning",
        ),
        "PE685": Code(
            "the file is no baseline of an audit: {problem}",
            "文件不是审查的基线：{problem}",
            "write it anew with `--write-baseline`, and review what changes in it",
            "请用 `--write-baseline` 重新写出，并复核其中的变化",
        ),
        "PE686": Code(
            "more than {limit} combinations of readings bear on one duty of `{policy}` in this case",
            "本案中影响 `{policy}` 某一义务的解释组合超过 {limit} 种",
            "judge the case under options chosen with `--reading` rather than under all readings",
            "请用 `--reading` 选定选项来判断该案件，而不是在一切解释下判断",
        ),
        "PE687": Code(
            "two different policies are called `{policy}`, and the cases under this one are not judged",
            "有两个不同的规则都叫 `{policy}`，依此规则的案件未予判断",
            "name the same file everywhere, or give one of them an id of its own",
            "请各处写同一个文件，或为其中之一另取编号",
        ),
        "PE688": Code(
            "the log has no case",
            "日志中没有案件",
            "see whether the right files are named; what is not there cannot be clean",
            "请核对所写的文件是否正确；没有案件，也就谈不上没有问题",
        ),
    }
)
