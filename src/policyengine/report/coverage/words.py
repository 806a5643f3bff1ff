"""Fixed words for the coverage of a policy by examples."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from policyengine.checks.coverage.coverage import Kind, Part, Side
from policyengine.model.condition import Truth
from policyengine.wording import Wording

TITLE = Wording("示例对“{policy}”的覆盖", "What the examples hold “{policy}” to")
PAGE_TITLE = Wording("示例覆盖情况", "Coverage by examples")
LEAD = Wording(
    "{asks} 个提问；共 {total} 项，已覆盖 {covered} 项（{percent}%）",
    "{asks} questions; {covered} of {total} items covered ({percent}%)",
)
ONE_ASK = Wording(
    "1 个提问；共 {total} 项，已覆盖 {covered} 项（{percent}%）",
    "1 question; {covered} of {total} items covered ({percent}%)",
)
COUNT = Wording("{kind}：{covered}/{total}（{percent}%）", "{kind}: {covered} of {total} ({percent}%)")
COUNT_IMPOSSIBLE = Wording(
    "{kind}：{covered}/{total}（{percent}%），另有 {impossible} 项已证明不可能出现",
    "{kind}: {covered} of {total} ({percent}%), besides {impossible} proved impossible",
)
ALL_COVERED = Wording("各项均已覆盖", "everything is covered")
IMPOSSIBLE = Wording("已证明不可能出现，不要求覆盖", "Proved impossible, and not asked for")
UNDER_CLAUSE = Wording("{name}（{clauses}）", "{name} ({clauses})")

KINDS: Mapping[Kind, Wording] = MappingProxyType(
    {
        Kind.PROVISIONS: Wording("规范", "provisions"),
        Kind.GAPS: Wording("空白与援引", "gaps and referrals"),
        Kind.ROWS: Wording("决策表各行", "rows of tables"),
        Kind.BRANCHES: Wording("条件的真与假", "branches of conditions"),
        Kind.BOUNDARIES: Wording("期限临界点", "boundaries of limits"),
        Kind.READINGS: Wording("解释问题的选项", "options of readings"),
        Kind.CLAUSES: Wording("条款", "clauses"),
    }
)

# What an example would have to do
NEED_PROVISION = Wording(
    "没有示例断言此项义务成立时的状态", "no example asserts what becomes of its duty where there is one"
)
NEED_PROVISION_ABSENT = Wording(
    "示例只断言过此项义务不存在，没有断言它成立时的状态",
    "examples assert only that its duty is absent, never what becomes of it where there is one",
)
NEED_GAP = Wording("没有示例断言案件遇到此项空白或援引", "no example asserts that its case meets it")
NEED_ROW = Wording(
    "没有示例的断言由第 {n} 行（{value}）决定", "row {n} ({value}) decides nothing that an example asserts"
)
NEED_ELSE = Wording(
    "没有示例的断言由“其余情形”（{value}）决定", "the `else` ({value}) decides nothing that an example asserts"
)
NEED_BRANCH: Mapping[Truth, Wording] = MappingProxyType(
    {
        Truth.TRUE: Wording("没有示例使此项条件成立：{test}（{part}）", "no example has it true that {test} ({part})"),
        Truth.FALSE: Wording(
            "没有示例使此项条件不成立：{test}（{part}）", "no example has it false that {test} ({part})"
        ),
    }
)
NEED_BOUNDARY = Wording(
    "没有示例的提问或行为在期限（{limit}）{sides}", "no example asks or acts {sides} the limit ({limit})"
)
SIDES: Mapping[Side, Wording] = MappingProxyType(
    {
        Side.BEFORE: Wording("届满前一分钟之内", "within the minute before"),
        Side.AT: Wording("届满之时", "exactly at"),
        Side.AFTER: Wording("届满后一分钟之内", "within the minute after"),
    }
)
AND_MORE = Wording(
    "{text}；其条件、期限和选项中另有 {n} 项未覆盖",
    "{text}; with it {n} items of its conditions, limits and options are not covered",
)
AND_ONE = Wording(
    "{text}；其条件、期限和选项中另有 1 项未覆盖",
    "{text}; with it 1 item of its conditions, limits and options is not covered",
)
NEED_OPTION = Wording(
    "没有示例在此选项下断言与之有关的内容：{option}", "no example asserts anything that depends on it under {option}"
)
NEED_NORM_OPTION = Wording(
    "没有示例在此选项下对其作出断言：{option}", "no example asserts anything about it under {option}"
)
NEED_CLAUSE = Wording("尚未覆盖：{names}", "not covered: {names}")

# Which item it is, shortly
UNSTATED = Wording("文本未规定", "the text does not say")
ROW = Wording("{owner} 第 {n} 行（{value}）", "{owner}, row {n} ({value})")
ELSE = Wording("{owner} 其余情形（{value}）", "{owner}, else ({value})")
UNDER = Wording("{owner}，{option}", "{owner} under {option}")
BRANCH: Mapping[Truth, Wording] = MappingProxyType(
    {
        Truth.TRUE: Wording("{owner}：{test}，成立", "{owner}: true that {test}"),
        Truth.FALSE: Wording("{owner}：{test}，不成立", "{owner}: false that {test}"),
    }
)
BOUNDARY: Mapping[Side, Wording] = MappingProxyType(
    {
        Side.BEFORE: Wording("{owner}：期限（{limit}）届满前一刻", "{owner}: just before the limit ({limit})"),
        Side.AT: Wording("{owner}：期限（{limit}）届满之时", "{owner}: exactly at the limit ({limit})"),
        Side.AFTER: Wording("{owner}：期限（{limit}）届满后一刻", "{owner}: just after the limit ({limit})"),
    }
)

PARTS: Mapping[Part, Wording] = MappingProxyType(
    {
        Part.WHEN: Wording("适用条件", "its condition"),
        Part.UNLESS: Wording("例外条件", "its exception"),
        Part.LIMB: Wording("期限的条件", "the condition of a limit"),
        Part.ROW: Wording("表中行的条件", "the condition of a row"),
    }
)

# Suggestions
SUGGESTED_HEAD = Wording(
    "按覆盖情况建议的示例。所列结果是引擎目前的答案，并非法律依据：\n"
    "请逐条对照条文核对，改正或说明理由后，将 why 换成理由。",
    "Examples suggested for what was uncovered. They expect the engine's present answer, which proves nothing:\n"
    "hold each against the text, correct it where it is wrong, and put the reason in place of each `why`.",
)
TO_BE_REVIEWED = Wording("待核对", "TO BE REVIEWED")

# The page of HTML
SIGNS: Mapping[str, str] = MappingProxyType({"covered": "✓", "partly": "◐", "uncovered": "✗", "impossible": "–"})
MARKS: Mapping[str, Wording] = MappingProxyType(
    {
        "covered": Wording("已覆盖", "covered"),
        "partly": Wording("部分覆盖", "in part"),
        "uncovered": Wording("未覆盖", "not covered"),
        "impossible": Wording("不可能出现", "impossible"),
    }
)
BY = Wording("见 {first} 等 {n} 个提问", "by {first} and others, {n} in all")
BY_ONE = Wording("见 {first}", "by {first}")
SKIP = Wording("跳到正文", "Skip to the text")
POLICIES = Wording("规则", "Policies")
ONLY_OPEN = Wording("只显示未覆盖的", "show only what is not covered")
BY_KIND = Wording("各类覆盖情况", "Coverage by kind")
KIND = Wording("类别", "Kind")
COVERED = Wording("已覆盖", "Covered")
SHARE = Wording("比例", "Share")
IMPOSSIBLE_COUNT = Wording("不可能出现", "Impossible")
BY_CLAUSE = Wording("逐条", "Clause by clause")
TABLES = Wording("决策表", "Decision tables")
READINGS = Wording("解释问题", "Readings")
