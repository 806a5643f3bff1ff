"""Fixed words of what is said about mutants."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from policyengine.checks.mutation.verdict import Fate
from policyengine.wording import Wording

TITLE = Wording("变异检验：{title}（{policy}）", "Mutants of {title} ({policy})")
METHOD = Wording(
    "变异体是把规则中的一处改写成常见的笔误；示例中至少有一项预期因此不符的，即被发现",
    "A mutant is the policy with one slip of the pen in it; it is noticed when an expectation of an example fails",
)
SCORE = Wording("得分 {score}：{told} 个中发现 {killed} 个", "Score {score}: {killed} of {told} are noticed")
NO_SCORE = Wording("没有可供示例发现的变异体", "There are no mutants for examples to notice")
COUNTS = Wording(
    "变异体 {mutants} 个：{counts}；示例提问 {questions} 项", "Mutants: {mutants}, {counts}; questions: {questions}"
)
COUNT: Mapping[Fate, Wording] = MappingProxyType(
    {
        Fate.KILLED: Wording("被发现 {n}", "{n} noticed"),
        Fate.SURVIVED: Wording("未被发现 {n}", "{n} not noticed"),
        Fate.UNSETTLED: Wording("未能判定 {n}", "{n} not settled"),
        Fate.EQUIVALENT: Wording("证明答案不变 {n}", "{n} proved to answer alike"),
        Fate.REFUSED: Wording("不能载入 {n}", "{n} refused by the loader"),
    }
)
FAILING = Wording(
    "按现行文本即不符的预期，未作变异检验", "Expectations that fail as the policy stands; nothing was tried"
)
FAILS = Wording("{file}：{example}，{name}", "{file}: {example}, {name}")
REFUSED_CASE = Wording("案件不能判断", "the case is refused")

ALIVE = Wording("未被发现：{part}", "Not noticed: {part}")
PART_TITLE = Wording("{part}（{title}）", "{part} ({title})")
SURVIVOR = Wording("{place} {what}", "{place} {what}")
NAMED = Wording("标识：{id}", "id: {id}")
UNDER = Wording("限于解释 {options}", "under {options} only")
NOTICED_BY = Wording("可由此案发现：{course}；{at}{expected}", "a case that notices it: {course}; {at} {expected}")
NOT_SETTLED = Wording(
    "没有找到答案不同的案件，也未能证明答案不变", "no case was found that is answered otherwise, and none is ruled out"
)
IN_FILE = Wording("示例文件：{name}", "example file: {name}")
ROW = Wording("{name} 应为 {row}", "expecting of {name}: {row}")
NO_DUTY = Wording("{name} 应无义务", "expecting no duty from {name}")
NO_GAP = Wording("{name} 应不涉及", "expecting {name} not to be met")
NO_INSTANCE = Wording("{name} 应无 {instance} 一项", "expecting {name} to have no {instance}")
KEY = Wording("{key} {value}", "{key} {value}")
MORE = Wording("另有 {n} 行", "{n} more lines")

ACCEPTED = Wording("已说明理由而保留的（仍计入得分）", "Left alive for a reason (they still count)")
REASON = Wording("理由：{reason}", "reason: {reason}")
IDLE = Wording("已不再需要的理由", "Reasons that nothing needs any more")
IDLE_ONE = Wording("{id}：已被发现或已不存在", "{id}: noticed by now, or there no more")

BY_PART = Wording("各部分得分", "Scores by part")
BY_OPERATOR = Wording("各类笔误得分", "Scores by slip")
SHARE = Wording("{name}：{score}（{killed}/{told}）", "{name}: {score} ({killed}/{told})")
OPERATOR = Wording("{name}（{id}）", "{name} ({id})")
PERCENT = Wording("{n}%", "{n}%")
BELOW = Wording("低于要求的 {minimum}", "below the {minimum} that is asked for")
