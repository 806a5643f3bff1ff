"""How it is told what became of the laws."""

from __future__ import annotations

from policyengine.wording import Wording

TITLE = Wording("以生成的案件检验：{policy}", "Laws on generated cases: {policy}")
MANNER = Wording("每条定律至多 {examples} 件案件，种子 {seed}", "up to {examples} cases for each law, from seed {seed}")
FIXED = Wording("解释：{readings}；其余逐件另选", "readings: {readings}; the others chosen anew for each case")
CHOSEN = Wording("解释：逐件另选", "readings chosen anew for each case")
ALL_HOLD = Wording("{n} 条定律均成立", "all {n} laws hold")
SOME_BROKEN = Wording("{n} 条定律不成立：{laws}", "{n} broken: {laws}")
LAWS = Wording("定律", "Laws")
HOLDS = Wording("成立（{n} 件案件）", "holds ({n} cases)")
HOLDS_ALONE = Wording("成立", "holds")
BROKEN = Wording("不成立（第 {n} 件案件）", "BROKEN (at case {n})")
BROKEN_ALONE = Wording("不成立", "BROKEN")
NOT_TRIED = Wording("未检验：{why}", "not tried: {why}")
IDLE = Wording("在 {n} 件生成的案件中从未产生义务", "Never a duty in {n} generated cases")
WHAT_IDLE_MEANS = Wording(
    "可能是案件太少，也可能是规定不起作用；`policyengine prove` 可以判明后者。",
    "Too few cases, or a provision that comes to nothing: `policyengine prove` tells the latter.",
)
