"""What is said about examples, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from policyengine.checks.examples.example import Subject
from policyengine.wording import Wording

TITLE = Wording("按示例检验", "Examples")
ABOUT: Mapping[Subject, Wording] = MappingProxyType(
    {
        Subject.DUTY: Wording("{name}", "{name}"),
        Subject.GAP: Wording("空白 {name}", "the gap {name}"),
        Subject.ABSENT: Wording("不应有的 {name}", "{name}, which must not be owed"),
        Subject.WORKLIST: Wording("合并待办中的 {name}", "{name} in the merged worklist"),
        Subject.CONFLICTS: Wording("冲突", "the conflicts"),
    }
)
INSTANCE = Wording("{name}（{instance}）", "{name} ({instance})")
OF_CASE = Wording("{what}：案件 {case}", "{what} in the case {case}")
UNDER = Wording("{what}，{label}", "{what}, {label}")
UNDER_POLICY = Wording("{what}，按 {policy}", "{what}, under {policy}")
DIFFERS = Wording("{key}：应为 {wanted}，实为 {found}", "{key}: expected {wanted}, found {found}")
NOTHING_EXPECTED = Wording(
    "{key}：尚未写明预期，实为 {found}；--update 可予记录",
    "{key}: nothing expected yet, found {found}; --update records it",
)
NO_ROW = Wording("按所选解释没有这一规定", "there is no such provision under these readings")
NO_INSTANCE = Wording("没有义务 {instance}；有：{known}", "there is no duty {instance}; there are: {known}")
ONE_DUTY = Wording(
    "没有义务 {instance}；该规定在本案只有一项义务，不写 instance",
    "there is no duty {instance}: the provision has one duty here, which has no instance",
)
NO_ENTRY = Wording("待办中没有这一项", "the worklist has no such entry")
OTHER_BEARERS = Wording(
    "待办中没有由 {wanted} 承担的这一项；有：{known}", "no such entry for {wanted}; there are: {known}"
)
ABSENT = Wording("不应有此义务，实际有，状态为 {status}", "there must be no such duty, and there is one: {status}")
ORDER = Wording("待办的顺序应为 {wanted}，实为 {found}", "the entries should come in the order {wanted}, not {found}")
EXPECTED_WHY = Wording("示例所写理由：{why}", "the example says why: {why}")
DERIVATION = Wording("何以如此", "Why it came out so")
NULL = Wording("null（无）", "null")
EMPTY = Wording("[]（空）", "[]")
CONFLICT = Wording("{owed} 与 {forbidden}", "{owed} against {forbidden}")
PASSED = Wording("{n} 项预期全部符合", "all {n} expectations met")
PASSED_ONE = Wording("1 项预期符合", "the one expectation met")
COUNTS = Wording("{n} 项预期中有 {failed} 项不符", "{failed} of {n} expectations not met")
OUT_OF = Wording("示例 {examples} 个，问题 {asks} 个", "examples: {examples}, questions: {asks}")
FAULTS = Wording("未能检验的文件 {n} 个", "files that could not be checked: {n}")
NONE_FOUND = Wording("没有可检验的预期", "there was no expectation to check")
RULE = Wording("与示例不符", "an example comes out otherwise")
RULE_HELP = Wording(
    "示例写明了案件应得出的结果，而规则得出了另一结果。请更正有误的一方；规则无误的，可用 policyengine test --update "
    "更新示例。",
    "An example says what must come out of a case, and the policy says otherwise. Correct whichever is wrong; where it "
    "is the example, policyengine test --update records what comes out.",
)
FAULT_RULE_HELP = Wording("文件有误，未能检验。", "A file is at fault, so it could not be checked.")
